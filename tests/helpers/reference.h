// What the tests of the reference kernels share: the kernels, the element types, the comparison of an array with numbers.
#pragma once

#include <gmock/gmock.h>

#include <cairn/backend/reference/reference.h>
#include <tests/helpers/arrays.h>
#include <tests/helpers/numbers.h>

namespace cairn {

inline Backend& k = reference_backend();
inline constexpr DType all_types[] = {f32, f64, bf16, f16, i8, u8, i32, i64, boolean};

inline void expect_near(const Array& x, const Numbers& expected, double tolerance = 1e-14) {
  EXPECT_THAT(list(x), ::testing::Pointwise(::testing::NanSensitiveDoubleNear(tolerance), expected));
}
inline void expect_equal(const Array& x, const Numbers& expected) {
  EXPECT_THAT(list(x), ::testing::Pointwise(::testing::NanSensitiveDoubleEq(), expected));
}

}  // namespace cairn
