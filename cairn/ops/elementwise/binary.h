// What functions of two numbers share: broadcasting, promotion, the sum that undoes a broadcast, samples.
#pragma once

#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/promotion.h>
#include <cairn/ops/samples.h>

namespace cairn {

// Two images that lie blocked alike, or one and a factor: f runs over the lanes (tensor/layout.h), as f(0, 0) = 0.
inline bool by_lanes(const Array& a, const Array& b, Binary f) {
  if (f == Binary::mul && a.blocked() && b.numel() == 1 && b.rank() == 0) return true;
  const bool zero = f == Binary::add || f == Binary::sub || f == Binary::mul || f == Binary::maximum || f == Binary::minimum;
  return zero && a.blocked() && a.layout() == b.layout() && a.shape() == b.shape();
}
inline Array apply_to_lanes(const Call& op, Binary f, const Array& a, const Array& b) {
  const Array y = array_like(a);
  Array lanes = y.lanes();
  op.kernel().binary(f, a.lanes(), b.rank() == 0 ? b.expanded(lanes.shape()) : b.lanes(), lanes);
  return y;
}

// f(op[0], op[1]) over the broadcast `shape`; the operands have one type.
inline Array apply(const Call& op, Binary f, const Shape& shape, DType dtype) {
  if (by_lanes(op[0], op[1], f)) return apply_to_lanes(op, f, op[0], op[1]);
  if (f == Binary::mul && by_lanes(op[1], op[0], f)) return apply_to_lanes(op, f, op[1], op[0]);
  Array y = op.out(shape, dtype);
  const bool a_fits = op[0].shape() == shape, b_fits = op[1].shape() == shape;
  if (a_fits && b_fits) op.kernel().binary(f, op[0], op[1], y);
  else if (a_fits) op.kernel().binary(f, op[0], op[1].expanded(shape), y);
  else op.kernel().binary(f, op[0].expanded(shape), op[1].expanded(shape), y);
  return y;
}
inline Array apply(const Call& op, Binary f, const Shape& shape) { return apply(op, f, shape, op[0].dtype()); }

// Saves operand i only when some gradient reads it: bit i of `wanted`.
inline Call::Saved save_operands(const Call& op, bool first, bool second, bool output = false) {
  Call::Saved s;
  if (!op.recording()) return s;
  s.inputs = (first ? 1u : 0u) | (second ? 2u : 0u);
  s.output = output;
  return s;
}

template <Tensor (*f)(const Tensor&, const Tensor&)> std::vector<Tensor> run_binary(const std::vector<Tensor>& inputs, const Attributes&) {
  return {f(inputs[0], inputs[1])};
}

struct ShapePair {
  Shape a, b;
};
inline const std::initializer_list<ShapePair> binary_shapes = {{{}, {}},  {{5}, {5}},          {{2, 3}, {3}},    {{1}, {0}}, {{2, 1}, {1, 3}},
                                                               {{}, {4}}, {{3, 1, 2}, {2, 1}}, {{0, 3}, {1, 3}}, {{7}, {1}}, {{2, 3, 3}, {2, 3, 3}}};

// first(shape) and second(shape) make the operands.
template <class First, class Second> Samples binary_samples(const OpInfo& op, First first, Second second) {
  Samples s(op);
  for (const ShapePair& p : binary_shapes) s.add({first(p.a), second(p.b)});
  s.fails({first(Shape{2, 3}), second(Shape{4})}, "[" + std::string(op.name) + "] ");
  return s;
}

}  // namespace cairn
