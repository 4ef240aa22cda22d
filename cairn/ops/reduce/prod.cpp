// Products over axes.                                                    x: any shape; y: x's without the axes (1 with keepdim)
//   y = prod(x)     dx_i = dy prod_{j != i} x_j         integers and bool are multiplied in i64; the product of nothing is 1
// The product of the others is left_i right_i, the products of what stands before and behind i, made by doubling (Hillis, Steele
// 1986): never a division, so it is right where there are zeros, for every derivative.
#include <cairn/ops/reduce/axes.h>

namespace cairn {

extern const OpInfo prod_op;

namespace {

// y_i = x_0 ... x_{i-1} along the last axis.
Tensor product_before(const Tensor& x) {
  const int64_t n = x.size(-1);
  const auto later = [n](const Tensor& t, int64_t by) { return slice(pad(t, {by, 0}, 1), -1, {0, n}); };
  Tensor y = later(x, 1);
  for (int64_t step = 1; step < n; step *= 2) y = y * later(y, step);
  return y;
}

// The product of the other elements that x_i is multiplied with; the axes of `mask` are brought to the end and become one.
Tensor product_of_others(const Tensor& x, uint32_t mask) {
  std::vector<int> order, back(x.rank());
  for (int reduced = 0; reduced < 2; reduced++)
    for (int i = 0; i < x.rank(); i++)
      if (int(mask >> i & 1) == reduced) order.push_back(i);
  for (int i = 0; i < x.rank(); i++) back[order[i]] = i;
  Shape moved, line;
  int64_t n = 1;
  for (int i : order) {
    moved.push_back(x.size(i));
    if (mask >> i & 1) n *= x.size(i);
    else line.push_back(x.size(i));
  }
  line.push_back(n);
  Tensor z = reshape(permute(x, order), line);
  Tensor others = product_before(z) * flip(product_before(flip(z, {-1})), {-1});
  return permute(reshape(others, moved), back);
}

}  // namespace

Tensor prod(const Tensor& x, const Axes& axes, bool keepdim) {
  const Reduced r("prod", x, axes, keepdim);
  Call op(prod_op, {x}, {{"axes", r.axes}, {"keepdim", keepdim}});
  Array y = op.out(r.kept, is_floating(op[0].dtype()) ? op[0].dtype() : i64);
  op.kernel().reduce(Reduce::prod, op[0], r.mask, y);
  return op.differentiable(dropped(y, r), op.save({0}), [mask = r.mask](Backward& b) {
    Tensor x = b.input(0);
    b.give(0, [&] {
      Tensor dy = kept_form(b.grad(), x.shape(), mask);
      return x.numel() == 0 || x.rank() == 0 ? expand(dy, x.shape()) : dy * product_of_others(x, mask);
    });
  });
}

namespace {

Samples prod_samples() {
  Samples s = reduction_samples(
      prod_op, [](const Shape& shape) { return sample_uniform(shape, 0.5, 1.5); }, OfNothing::value);
  for (const std::vector<float>& row : {std::vector<float>{2, 0, 3, -1}, {0, 0.5f, 0, 2}, {0, 0, 0, 1}})
    s.add({from_vector(row)}, {{"axes", Shape{0}}, {"keepdim", false}});
  s.add({sample_index({3, 4}, 9)}, {{"axes", Shape{1}}, {"keepdim", false}});
  return s;
}

}  // namespace

const OpInfo prod_op = {"prod", Autocast::f32, run_reduction<prod>, prod_samples};

}  // namespace cairn
