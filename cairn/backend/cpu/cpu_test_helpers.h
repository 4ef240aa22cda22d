// What the tests of the fast kernels share: arrays in every layout, the comparison, the choice of the instruction set.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <cairn/base/targets.h>
#include <hwy/highway.h>

#include <cairn/backend/backend.h>
#include <cairn/base/random.h>

namespace cairn::cpu {

inline Backend& reference() { return reference_backend(); }
inline Backend& fast_backend() {
  backend();
  return cpu_backend();
}  // the first call also installs tensor/'s copies
Array cast(const Array& x, DType dtype);

// Runs the kernels with one instruction set only, until the end of the scope.
class UseTarget {
 public:
  explicit UseTarget(int64_t target) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
  ~UseTarget() {
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
};
std::vector<int64_t> supported_targets();

Array uniform(const Shape& shape, DType dtype, double low, double high);  // seeded by a counter: each call gives other values
Array from_floats(const std::vector<float>& values);
// The same kind of values, row-major; transposed in memory; a part of something larger; every second element; reversed; one row for
// all; one column for all; one value for all. Integers are small; bool is 0 or 1.
std::vector<Array> layouts(const Shape& shape, DType dtype);
bool has_zero_stride(const Array& x);

// Equal up to `relative` of the value (2e-6 for f32; bf16 may differ by one rounding; other types not at all), NaN and infinities in the
// same places. Functions that multiply their input with a difference of numbers near 1 (gelu of -4) may differ by 1.2e-7, one rounding
// of 1, times the input, which `inputs` hands over.
void expect_close(const Array& got, const Array& want, const std::string& what, const Array* inputs = nullptr, double relative = 2e-6);

}  // namespace cairn::cpu
