// Joining along an axis and taking apart again; each is the gradient of the other.
//   cat:   y = x_0, x_1, ... one after the other       dx_i = piece i of dy
//   split: y_i = piece i of x, views                   dx = cat of the dy_i
#include <cairn/ops/axis.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo cat_op, split_op;

namespace {

// What to do about two tensors that do not join along `axis` (-1: a new one).
std::string join_hint(const Tensor& a, const Tensor& b, int axis) {
  if (a.rank() != b.rank()) return "unsqueeze(axis) gives the one with fewer axes one of size 1.";
  if (axis < 0) return "cat joins along an axis that they have, which may differ.";
  int differ = 0, along = axis;
  for (int i = 0; i < a.rank(); ++i)
    if (a.shape()[i] != b.shape()[i]) ++differ, along = i;
  return differ == 1 ? "along axis " + std::to_string(along) + " they would fit." : "slice(axis, {start, stop}) cuts, pad() lengthens.";
}

// Same sizes but along `axis`; the widest type wins. Returns the inputs in that type.
std::vector<Tensor> matched(const char* op, const std::vector<Tensor>& xs, int axis) {
  std::vector<Tensor> same = xs;
  DType dtype = xs[0].dtype();
  for (size_t i = 1; i < xs.size(); ++i) {
    const std::string name = "tensor " + std::to_string(i);
    bool fits = xs[i].rank() == xs[0].rank();
    for (int a = 0; fits && a < xs[0].rank(); ++a) fits = a == axis || xs[i].shape()[a] == xs[0].shape()[a];
    if (!fits)
      fail_shape(op, axis < 0 ? "all tensors must have one shape" : "all sizes but that of axis " + std::to_string(axis) + " must agree",
                 {{"tensor 0", xs[0]}, {name.c_str(), xs[i]}}, join_hint(xs[0], xs[i], axis));
    dtype = promote(dtype, xs[i].dtype());
  }
  for (Tensor& x : same)
    if (x.dtype() != dtype) x = cast(x, dtype);
  return same;
}

std::string as_sum(const std::vector<int64_t>& sizes) {  // "2 + 3"
  std::string text;
  for (int64_t n : sizes) text += (text.empty() ? "" : " + ") + std::to_string(n);
  return text.empty() ? "none" : text;
}

void check_some(const char* op, const std::vector<Tensor>& xs) {
  if (xs.empty()) throw ShapeError("[" + std::string(op) + "] there must be at least one tensor. Hint: the list is empty; was it filled?");
  for (size_t i = 0; i < xs.size(); ++i)
    if (!xs[i].defined())
      throw StateError("[" + std::string(op) + "] tensor " + std::to_string(i) + " is not defined (an empty Tensor). Hint: was it ever assigned?");
}

}  // namespace

Tensor cat(const std::vector<Tensor>& xs, int axis) {
  check_some("cat", xs);
  const int at = axis_in("cat", xs[0], axis);
  const std::vector<Tensor> same = matched("cat", xs, at);
  Call op(cat_op, std::span<const Tensor>(same), {{"axis", axis}});

  Shape shape = op[0].shape();
  for (int i = 1; i < op.count(); ++i) shape[at] += op[i].shape()[at];
  Array y = op.out(shape);
  int64_t start = 0;
  for (int i = 0; i < op.count(); ++i) {
    const int64_t n = op[i].shape()[at];
    Array piece = y.sliced(at, start, n);
    op.kernel().copy(op[i], piece);
    start += n;
  }
  if (!op.recording()) return op.differentiable(y, [](Backward&) {});
  Array ends({op.count()}, i64);  // where each piece ends
  for (int i = 0; i < op.count(); ++i) ends.ptr<int64_t>()[i] = op[i].shape()[at] + (i ? ends.ptr<int64_t>()[i - 1] : 0);
  return op.differentiable(y, op.save({}, {ends}), [at](Backward& b) {
    const Tensor dy = b.grad(0), ends = b.stored(0);
    const int64_t* end = ends.data<int64_t>();
    for (int i = 0; i < b.input_count(); ++i) b.give(i, [&] { return slice(dy, at, {i ? end[i - 1] : 0, end[i]}); });
  });
}

Tensor stack(const std::vector<Tensor>& xs, int axis) {
  check_some("stack", xs);
  axis_in("stack", xs[0], axis, 1);
  std::vector<Tensor> layers = matched("stack", xs, -1);
  for (Tensor& x : layers) x = unsqueeze(x, axis);
  return cat(layers, axis);
}

std::vector<Tensor> split(const Tensor& x, const std::vector<int64_t>& sizes, int axis) {
  const int at = axis_in("split", x, axis);
  int64_t rest = x.shape()[at];
  bool fits = !sizes.empty();
  for (int64_t n : sizes) {
    fits = fits && n >= 0 && n <= rest;
    rest -= fits ? n : 0;
  }
  if (!fits || rest != 0)
    fail_shape("split", "the sizes must add up to the " + std::to_string(x.shape()[at]) + " elements of axis " + std::to_string(axis), {{"x", x}},
               "they are " + as_sum(sizes) + "; one number instead of a list cuts into pieces of that size.");
  Call op(split_op, {x}, {{"axis", axis}, {"sizes", std::span<const int64_t>(sizes)}});
  std::vector<Array> pieces;
  int64_t start = 0;
  for (int64_t n : sizes) {
    pieces.push_back(op[0].sliced(at, n ? start : 0, n));
    start += n;
  }
  return op.differentiable(pieces, {}, [at, count = int(sizes.size())](Backward& b) {
    b.give(0, [&] {
      std::vector<Tensor> dy;
      for (int i = 0; i < count; ++i) dy.push_back(b.grad(i));
      return cat(dy, at);
    });
  });
}

std::vector<Tensor> split(const Tensor& x, int64_t size, int axis) {
  const int64_t n = x.shape()[axis_in("split", x, axis)];
  if (size <= 0)
    throw ConfigError("[split] the size of the pieces must be positive, not " + std::to_string(size) + ". Hint: chunk takes their number.");
  std::vector<int64_t> sizes;
  for (int64_t at = 0; at < n; at += sizes.back()) sizes.push_back(std::min(size, n - at));
  if (sizes.empty()) sizes.push_back(0);
  return split(x, sizes, axis);
}

// As many pieces as asked for, all of ceil(n / pieces) elements but the last; fewer where x is used up before.
std::vector<Tensor> chunk(const Tensor& x, int64_t pieces, int axis) {
  const int64_t n = x.shape()[axis_in("chunk", x, axis)];
  if (pieces <= 0)
    throw ConfigError("[chunk] the number of pieces must be positive, not " + std::to_string(pieces) + ". Hint: split takes their size.");
  return split(x, std::max<int64_t>(1, n / pieces + (n % pieces != 0)), axis);
}

namespace {

std::vector<Tensor> run_cat(const std::vector<Tensor>& in, const Attributes& a) { return {cat(in, a.axis())}; }
std::vector<Tensor> run_split(const std::vector<Tensor>& in, const Attributes& a) { return split(in[0], a.integers("sizes"), a.axis()); }

Samples cat_samples() {
  Samples s(cat_op);
  s.add({sample_normal({2, 3}, 1), sample_normal({1, 3}, 2), sample_normal({3, 3}, 3)}, {{"axis", 0}});
  s.add({sample_normal({2, 3}, 1), sample_normal({2, 0}, 2), sample_normal({2, 1}, 3)}, {{"axis", -1}});
  s.add({sample_normal({2}, 1)}, {{"axis", 0}});
  s.add({sample_normal({1, 1}, 1), sample_normal({1, 1}, 2)}, {{"axis", 1}});
  s.add({sample_normal({0, 3}, 1), sample_normal({0, 3}, 2)}, {{"axis", 0}});
  s.add({sample_normal({1}, 1), sample_normal({1}, 2), sample_normal({1}, 3), sample_normal({1}, 4), sample_normal({1}, 5)}, {{"axis", 0}});
  s.fails({sample_normal({2, 3}), sample_normal({2, 4})}, {{"axis", 0}},
          "[cat] all sizes but that of axis 0 must agree (tensor 0 [2, 3], tensor 1 [2, 4])");
  s.fails({}, {{"axis", 0}}, "[cat] there must be at least one tensor");
  s.fails({sample_normal({2, 3})}, {{"axis", 2}}, "[cat]");
  return s;
}

Samples split_samples() {
  Samples s(split_op);
  s.add({sample_normal({5, 2})}, {{"axis", 0}, {"sizes", Shape{2, 2, 1}}});
  s.add({sample_normal({2, 6})}, {{"axis", -1}, {"sizes", Shape{1, 0, 5}}});
  s.add({sample_normal({1})}, {{"axis", 0}, {"sizes", Shape{1}}});
  s.add({sample_normal({0, 2})}, {{"axis", 0}, {"sizes", Shape{0, 0}}});
  s.fails({sample_normal({5, 2})}, {{"axis", 0}, {"sizes", Shape{2, 2}}}, "[split] the sizes must add up to the 5 elements of axis 0 (x [5, 2])");
  return s;
}

}  // namespace

const OpInfo cat_op = {"cat", Autocast::widest, run_cat, cat_samples};
const OpInfo split_op = {"split", Autocast::widest, run_split, split_samples};

}  // namespace cairn
