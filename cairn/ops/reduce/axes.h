// The axes of a reduction: which go, what remains, and how a gradient gets back.
#pragma once

#include <span>

#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/promotion.h>
#include <cairn/ops/samples.h>

namespace cairn {

struct Reduced {
  uint32_t mask = 0;   // bit i: axis i goes
  Shape axes;          // the same as a list, as a trace keeps it
  Shape kept, result;  // x's shape with 1 at those axes; what the op returns
  int64_t count = 1;   // how many elements make one

  // No axes: all. IndexError outside the rank, ShapeError for an axis named twice.
  Reduced(const char* op, const Tensor& x, std::span<const int> axes, bool keepdim);
};

// Where an empty set has no answer: ShapeError "[max] cannot reduce an axis of size 0 (x [0, 3])".
void check_not_empty(const char* op, const Tensor& x, const Reduced& r);
// y in the kept shape -> without the axes that are gone.
inline Array dropped(const Array& y, const Reduced& r) { return r.kept == r.result ? y : y.reshaped(r.result); }
// y or dy, in either form, with 1 at the reduced axes, so that it broadcasts against x.
Tensor kept_form(const Tensor& dy, const Shape& x, uint32_t mask);
// The same, repeated to x's shape without a copy.
Tensor spread(const Tensor& dy, const Shape& x, uint32_t mask);
// The axes of a mask, as the ops take them (formulas under create_graph).
Axes axes_of(uint32_t mask);
// What a replay passes on.
Axes axes_of(const Attributes& attributes);
// For ops along one axis: a scalar counts as one element. The axis, and the values with at least one axis.
int line_axis(const char* op, const Tensor& x, int axis);
Array as_line(const Array& x);

// A reduction over (axes, keepdim) as the members of Tensor and the free functions share it.
Tensor sum_over(const Tensor& x, std::span<const int> axes, bool keepdim);
Tensor mean_over(const Tensor& x, std::span<const int> axes, bool keepdim);

template <Tensor (*f)(const Tensor&, const Axes&, bool)>
std::vector<Tensor> run_reduction(const std::vector<Tensor>& inputs, const Attributes& attributes) {
  return {f(inputs[0], axes_of(attributes), attributes.boolean("keepdim"))};
}

// What an op makes of an axis of size 0: a value to compare, NaN or infinity (left out of the samples), a ShapeError.
enum class OfNothing { value, not_finite, error };
// Samples over shapes and axes; make(shape) gives the values.
struct ReductionCase {
  Shape x, axes;
  bool keepdim;
};
inline const std::initializer_list<ReductionCase> reduction_cases = {
    {{}, {}, false},         {{7}, {0}, false},          {{7}, {-1}, true},       {{3, 5}, {0}, false},
    {{3, 5}, {1}, true},     {{3, 5}, {0, 1}, false},    {{2, 3, 4}, {1}, false}, {{2, 3, 4}, {0, 2}, true},
    {{1, 3, 1}, {0}, false}, {{4, 1, 3}, {1, 2}, false}, {{2, 0}, {0}, false}};
inline const std::initializer_list<ReductionCase> empty_reduction_cases = {{{0}, {0}, false}, {{0, 3}, {0}, true}, {{2, 0, 3}, {1, 2}, false}};
template <class Make> Samples reduction_samples(const OpInfo& op, Make make, OfNothing nothing) {
  Samples s(op);
  for (const ReductionCase& c : reduction_cases) s.add({make(c.x)}, {{"axes", c.axes}, {"keepdim", c.keepdim}});
  if (nothing == OfNothing::value)
    for (const ReductionCase& c : empty_reduction_cases) s.add({make(c.x)}, {{"axes", c.axes}, {"keepdim", c.keepdim}});
  if (nothing == OfNothing::error)
    s.fails({make(Shape{0, 3})}, {{"axes", Shape{0}}, {"keepdim", false}},
            "[" + std::string(op.name) + "] cannot reduce an axis of size 0 (x [0, 3])");
  s.fails({make(Shape{2, 3})}, {{"axes", Shape{0, -2}}, {"keepdim", false}},
          "[" + std::string(op.name) + "] an axis is named twice in [0, -2] (x [2, 3])");
  return s;
}

// The 16-bit types in f32, others as they are: a formula of several steps rounds once, at its end, when it computes in this.
inline Tensor widened(const Tensor& x) { return size_of(x.dtype()) == 2 ? cast(x, f32) : x; }

}  // namespace cairn
