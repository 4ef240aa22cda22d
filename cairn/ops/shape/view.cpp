// Shapes, strides and windows: the arithmetic behind the view ops.
#include <cairn/ops/shape/view.h>

#include <algorithm>

#include <cairn/ops/call.h>

namespace cairn {

// Walks both shapes from the right. Axes of x that lie in memory as one run (stride of the outer = stride x size of the inner) form
// a chunk; each chunk must be filled exactly by axes of the new shape.
std::optional<Array> view_as(const Array& x, const Shape& shape) {
  if (x.contiguous()) return x.reshaped(shape);
  if (x.numel() == 0) return x.with(shape, contiguous_strides(shape), x.offset());

  Strides strides = Shape::filled(shape.rank(), 1);
  int to = shape.rank() - 1;
  for (int from = x.rank() - 1; from >= 0;) {
    if (x.shape()[from] == 1) {
      --from;
      continue;
    }
    const int64_t base = x.strides()[from];
    int64_t chunk = x.shape()[from], next = base * chunk;
    for (--from; from >= 0; --from) {
      if (x.shape()[from] == 1) continue;
      if (x.strides()[from] != next) break;
      chunk *= x.shape()[from];
      next = base * chunk;
    }
    int64_t filled = 1;
    for (; to >= 0 && (filled < chunk || shape[to] == 1); --to) {
      strides[to] = base * filled;
      filled *= shape[to];
    }
    if (filled != chunk) return {};
  }
  return x.with(shape, strides, x.offset());
}

Array reshaped_or_copied(const Array& x, const Shape& shape) {
  if (std::optional<Array> view = view_as(x, shape)) return *view;
  return contiguous_copy(x).reshaped(shape);
}

namespace {

// What to do about n elements and a shape of which the sizes that are given multiply up to `known`.
std::string fill_hint(int64_t n, int64_t known, bool open, bool too_large) {
  if (too_large) return "its sizes multiply up to more than 63 bits can count.";
  if (open) return "beside the -1 its sizes multiply up to " + std::to_string(known) + ", which does not divide " + std::to_string(n) + ".";
  return "its sizes multiply up to " + std::to_string(known) + "; -1 in place of one stands for what is left over.";
}

}  // namespace

Shape resolve_shape(const char* op, const Tensor& x, const Shape& wanted) {
  Shape shape = wanted;
  int open = -1;
  int64_t known = 1;
  bool too_large = false, empty = false;
  for (int i = 0; i < wanted.rank(); ++i) {
    if (wanted[i] == -1) {
      if (open >= 0) fail_shape(op, "only one size of " + wanted.str() + " may be -1", {{"x", x}}, "write out all sizes but one.");
      open = i;
    } else if (wanted[i] < 0) {
      fail_shape(op, "sizes must not be negative, but the shape is " + wanted.str(), {{"x", x}}, "-1 stands for the size that is left over.");
    } else {
      empty = empty || wanted[i] == 0;
      too_large = __builtin_mul_overflow(known, wanted[i], &known) || too_large;
    }
  }
  if (empty) known = 0, too_large = false;
  const int64_t n = x.numel();
  if (open >= 0) {
    if (known == 0) fail_shape(op, "the -1 in " + wanted.str() + " could be any size", {{"x", x}}, "write the size out.");
    if (!too_large && n % known == 0) {
      shape[open] = n / known;
      return shape;
    }
  }
  if (too_large || open >= 0 || known != n)
    fail_shape(op, std::to_string(n) + (n == 1 ? " element does" : " elements do") + " not fill the shape " + wanted.str(), {{"x", x}},
               fill_hint(n, known, open >= 0, too_large));
  return shape;
}

Window resolve_slice(const char* op, Slice s, int64_t size) {
  if (s.step == 0) throw ConfigError("[" + std::string(op) + "] the step must not be 0. Hint: 1 takes every element, -1 goes backwards.");
  const int64_t step = std::clamp(s.step, -(size + 1), size + 1);
  const auto place = [&](std::optional<int64_t> i, int64_t missing, int64_t low, int64_t high) {
    if (!i) return missing;
    return std::clamp(*i < 0 ? *i + size : *i, low, high);
  };
  Window w{0, 0, step};
  if (step > 0) {
    w.start = place(s.start, 0, 0, size);
    w.length = (place(s.stop, size, 0, size) - w.start + step - 1) / step;
  } else {
    w.start = place(s.start, size - 1, -1, size - 1);
    w.length = (w.start - place(s.stop, -1, -1, size - 1) - step - 1) / -step;
  }
  if (w.length <= 0) return {0, 0, 1};
  return w;
}

Slice slice_of(Window w) {
  if (w.length == 0) return {0, 0, 1};
  const int64_t last = w.start + (w.length - 1) * w.step;
  if (w.step > 0) return {w.start, last + 1, w.step};
  if (last == 0) return {w.start, {}, w.step};
  return {w.start, last - 1, w.step};
}

}  // namespace cairn
