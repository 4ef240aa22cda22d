#include <cairn/ops/reduce/axes.h>

#include <cairn/ops/axis.h>

namespace cairn {

Reduced::Reduced(const char* op, const Tensor& x, std::span<const int> wanted, bool keepdim) : kept(x.shape()) {
  const int rank = x.rank();
  if (wanted.empty()) mask = (1u << rank) - 1;
  for (int axis : wanted) {
    const uint32_t bit = 1u << axis_in(op, x, axis);
    if (mask & bit) {
      std::string list;
      for (int a : wanted) list += (list.empty() ? "" : ", ") + std::to_string(a);
      fail_shape(op, "an axis is named twice in [" + list + "]", {{"x", x}},
                 "negative axes count from the end: -1 is " + std::to_string(rank - 1) + ".");
    }
    mask |= bit;
  }
  for (int i = 0; i < rank; i++) {
    if (mask >> i & 1) {
      axes.push_back(i);
      count *= kept[i];
      kept[i] = 1;
      if (keepdim) result.push_back(1);
    } else {
      result.push_back(kept[i]);
    }
  }
}

void check_not_empty(const char* op, const Tensor& x, const Reduced& r) {
  if (r.count == 0 && r.kept.numel() != 0)
    fail_shape(op, "cannot reduce an axis of size 0", {{"x", x}}, "nothing has no such value; is the batch or the mask empty?");
}

Tensor kept_form(const Tensor& dy, const Shape& x, uint32_t mask) {
  if (dy.rank() == x.rank()) return dy;
  Shape kept = x;
  for (int i = 0; i < kept.rank(); i++)
    if (mask >> i & 1) kept[i] = 1;
  return reshape(dy, kept);
}

Tensor spread(const Tensor& dy, const Shape& x, uint32_t mask) { return expand(dy.rank() == 0 ? dy : kept_form(dy, x, mask), x); }

Axes axes_of(uint32_t mask) {
  Axes axes;
  for (int i = 0; i < Shape::max_rank; i++)
    if (mask >> i & 1) axes.push_back(i);
  return axes;
}

Axes axes_of(const Attributes& attributes) {
  const std::vector<int64_t>& axes = attributes.integers("axes");
  return {axes.begin(), axes.end()};
}

int line_axis(const char* op, const Tensor& x, int axis) { return x.rank() == 0 && (axis == 0 || axis == -1) ? 0 : axis_in(op, x, axis); }
Array as_line(const Array& x) { return x.rank() == 0 ? x.with({1}, {1}, x.offset()) : x; }

}  // namespace cairn
