// Windows as columns, and back.                   x: [N, C, H, W]   y: [N, C KH KW, L], L = OH OW windows
//   unfold: y[n, (c, k, l), (i, j)] = x[n, c, i stride - padding + k dilation, j stride - padding + l dilation], 0 outside of the image
//           so that a convolution is a matrix product: weight [O, C KH KW] times y          dx = fold(dy)
//   fold:   x = the columns added up where they came from                                   dy = unfold(dx)
#include <fmt/format.h>

#include <cairn/ops/ops.h>
#include <cairn/ops/pool/pooling.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo unfold_op, fold_op;

namespace {

constexpr int64_t most = int64_t{1} << 31;

Windows windows_of(const char* op, Size2 kernel, const UnfoldOptions& o) {
  const auto check = [&](const char* what, Size2 s, int64_t low) {
    if (std::min(s.h, s.w) < low || std::max(s.h, s.w) > most)
      throw ConfigError(
          fmt::format("[{}] the {} must be at least {} and at most 2^31, not {} x {}. Hint: {} or more.", op, what, low, s.h, s.w, low));
  };
  check("kernel", kernel, 1);
  check("stride", o.stride, 1);
  check("dilation", o.dilation, 1);
  check("padding", o.padding, 0);
  return {.kernel = kernel, .stride = o.stride, .padding = o.padding, .dilation = o.dilation};
}

Size2 windows_in(const char* op, const Tensor& x, Size2 image, const Windows& w) {
  const auto along = [&](int axis) {
    const int64_t rest = image[axis] + 2 * w.padding[axis] - w.dilation[axis] * (w.kernel[axis] - 1) - 1;
    return rest < 0 ? 0 : rest / w.stride[axis] + 1;
  };
  const Size2 count = {along(0), along(1)};
  if (count.h == 0 || count.w == 0)
    fail_shape(op,
               fmt::format("a window of {} x {} (dilation {} x {}) does not fit into an image of {} x {} with padding {} x {}", w.kernel.h,
                           w.kernel.w, w.dilation.h, w.dilation.w, image.h, image.w, w.padding.h, w.padding.w),
               {{"x", x}}, "a smaller kernel, more padding or a larger image.");
  return count;
}

}  // namespace

Tensor unfold(const Tensor& x, Size2 kernel, const UnfoldOptions& o) {
  const Windows w = windows_of("unfold", kernel, o);
  check_rank("unfold", x, {3, 4});
  if (x.rank() == 3) return squeeze(unfold(unsqueeze(x, 0), kernel, o), 0);
  const Size2 image = {x.size(2), x.size(3)}, count = windows_in("unfold", x, image, w);
  checked_bytes({x.size(0), x.size(1), kernel.h, kernel.w, count.h, count.w}, size_of(x.dtype()));
  Call op(unfold_op, {x},
          {{"kernel", shape_of(kernel)}, {"dilation", shape_of(o.dilation)}, {"padding", shape_of(o.padding)}, {"stride", shape_of(o.stride)}});
  Array y = op.out({x.size(0), x.size(1) * kernel.h * kernel.w, count.h * count.w});
  op.kernel().unfold(op[0], w, y);
  return op.differentiable(y, [image, kernel, o](Backward& b) { b.give(0, [&] { return fold(b.grad(), image, kernel, o); }); });
}

Tensor fold(const Tensor& x, Size2 size, Size2 kernel, const UnfoldOptions& o) {
  const Windows w = windows_of("fold", kernel, o);
  if (size.h < 1 || size.w < 1 || size.h > most || size.w > most)
    throw ConfigError(fmt::format(
        "[fold] the size of the image must be at least 1 and at most 2^31, not {} x {}. Hint: the height and width before unfold.", size.h, size.w));
  check_rank("fold", x, {2, 3});
  if (x.rank() == 2) return squeeze(fold(unsqueeze(x, 0), size, kernel, o), 0);
  const Size2 count = windows_in("fold", x, size, w);
  const int64_t area = kernel.h * kernel.w;
  if (x.size(1) % area != 0)
    fail_shape("fold", fmt::format("axis 1 must be a multiple of the {} places of a {} x {} window", area, kernel.h, kernel.w), {{"x", x}},
               "x is [N, channels x places, windows], as unfold makes it.");
  if (x.size(2) / count.h != count.w || x.size(2) % count.h != 0)
    fail_shape("fold",
               fmt::format("axis 2 must have a column for each of the {} x {} windows in an image of {} x {}", count.h, count.w, size.h, size.w),
               {{"x", x}}, "size, kernel, stride, padding and dilation are those that unfold had.");
  const Shape shape = {x.size(0), x.size(1) / area, size.h, size.w};
  checked_bytes(shape, size_of(x.dtype()));
  Call op(fold_op, {x},
          {{"size", shape_of(size)},
           {"kernel", shape_of(kernel)},
           {"dilation", shape_of(o.dilation)},
           {"padding", shape_of(o.padding)},
           {"stride", shape_of(o.stride)}});
  Array image = op.out(shape);
  op.kernel().fold(op[0], w, image);
  return op.differentiable(image, [kernel, o](Backward& b) { b.give(0, [&] { return unfold(b.grad(), kernel, o); }); });
}

namespace {

UnfoldOptions options_of(const Attributes& a) { return {size2(a, "dilation"), size2(a, "padding"), size2(a, "stride")}; }
std::vector<Tensor> run_unfold(const std::vector<Tensor>& in, const Attributes& a) { return {unfold(in[0], size2(a, "kernel"), options_of(a))}; }
std::vector<Tensor> run_fold(const std::vector<Tensor>& in, const Attributes& a) {
  return {fold(in[0], size2(a, "size"), size2(a, "kernel"), options_of(a))};
}

struct UnfoldCase {
  Shape image, columns, kernel, dilation, padding, stride;
};
const std::vector<UnfoldCase>& unfold_cases() {
  static const std::vector<UnfoldCase> cases = {{{2, 3, 4, 5}, {2, 12, 12}, {2, 2}, {1, 1}, {0, 0}, {1, 1}},
                                                {{1, 2, 5, 4}, {1, 18, 6}, {3, 3}, {1, 1}, {1, 1}, {2, 2}},
                                                {{1, 1, 6, 5}, {1, 4, 12}, {2, 2}, {3, 1}, {1, 0}, {2, 1}},
                                                {{2, 2, 3, 7}, {2, 2, 6}, {1, 1}, {1, 1}, {0, 0}, {2, 3}},
                                                {{0, 2, 3, 3}, {0, 8, 4}, {2, 2}, {1, 1}, {0, 0}, {1, 1}}};
  return cases;
}
Samples unfold_samples() {
  Samples s(unfold_op);
  for (const UnfoldCase& c : unfold_cases())
    s.add({sample_normal(c.image)}, {{"kernel", c.kernel}, {"dilation", c.dilation}, {"padding", c.padding}, {"stride", c.stride}});
  s.fails({sample_normal({1, 1, 2, 5})}, {{"kernel", Shape{3, 3}}, {"dilation", Shape{1, 1}}, {"padding", Shape{0, 1}}, {"stride", Shape{1, 1}}},
          "[unfold] a window of 3 x 3 (dilation 1 x 1) does not fit into an image of 2 x 5 with padding 0 x 1 (x [1, 1, 2, 5])");
  return s;
}
Samples fold_samples() {
  Samples s(fold_op);
  for (const UnfoldCase& c : unfold_cases())
    s.add({sample_normal(c.columns)},
          {{"size", Shape{c.image[2], c.image[3]}}, {"kernel", c.kernel}, {"dilation", c.dilation}, {"padding", c.padding}, {"stride", c.stride}});
  const Shape one = {1, 1}, none = {0, 0}, two = {2, 2}, three = {3, 3};
  s.fails({sample_normal({1, 6, 4})}, {{"size", three}, {"kernel", two}, {"dilation", one}, {"padding", none}, {"stride", one}},
          "[fold] axis 1 must be a multiple of the 4 places of a 2 x 2 window (x [1, 6, 4])");
  s.fails({sample_normal({1, 8, 5})}, {{"size", three}, {"kernel", two}, {"dilation", one}, {"padding", none}, {"stride", one}},
          "[fold] axis 2 must have a column for each of the 2 x 2 windows in an image of 3 x 3 (x [1, 8, 5])");
  return s;
}

}  // namespace

const OpInfo unfold_op = {"unfold", Autocast::widest, run_unfold, unfold_samples};
const OpInfo fold_op = {"fold", Autocast::widest, run_fold, fold_samples};

}  // namespace cairn
