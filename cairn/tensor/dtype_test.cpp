#include <cairn/tensor/dtype.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include <cairn/base/errors.h>

namespace cairn {
namespace {

// The value of 16 bits by the definition of the format: (-1)^s 2^(e - bias) 1.f, or 2^(1 - bias) 0.f where e is 0.
double by_definition(uint16_t bits, int exponent_bits, int fraction_bits) {
  const int bias = (1 << (exponent_bits - 1)) - 1, e = (bits >> fraction_bits) & ((1 << exponent_bits) - 1);
  const int fraction = bits & ((1 << fraction_bits) - 1);
  const double sign = bits & 0x8000 ? -1 : 1;
  if (e == (1 << exponent_bits) - 1) return fraction ? std::numeric_limits<double>::quiet_NaN() : sign * std::numeric_limits<double>::infinity();
  if (e == 0) return sign * std::ldexp(fraction, 1 - bias - fraction_bits);
  return sign * std::ldexp((1 << fraction_bits) + fraction, e - bias - fraction_bits);
}

template <class T, int exponent_bits, int fraction_bits> void check_every_pattern() {
  for (uint32_t u = 0; u < 65536; u++) {
    T x;
    x.bits = uint16_t(u);
    const double want = by_definition(x.bits, exponent_bits, fraction_bits);
    const float value = float(x);
    const T back(value);
    if (std::isnan(want)) {
      ASSERT_TRUE(std::isnan(value)) << u;
      ASSERT_TRUE(std::isnan(float(back))) << u;
      ASSERT_EQ(back.bits & 0x8000, x.bits & 0x8000) << u;
    } else {
      ASSERT_EQ(double(value), want) << u;
      ASSERT_EQ(std::signbit(value), bool(u & 0x8000)) << u;
      ASSERT_EQ(back.bits, x.bits) << u;
    }
  }
}

// Between two neighbours a and b, everything below the middle goes to a, above to b, and the middle to the one with an even last bit.
template <class T> void check_rounding_between_neighbours(uint16_t infinity) {
  for (uint32_t u = 0; u + 1 < infinity; u++) {
    T a, b;
    a.bits = uint16_t(u), b.bits = uint16_t(u + 1);
    const float middle = float((double(float(a)) + double(float(b))) / 2);  // exact: a float has more bits
    const uint16_t even = u % 2 ? b.bits : a.bits;
    for (int sign : {0, 0x8000}) {
      const float s = sign ? -1.0f : 1.0f;
      ASSERT_EQ(T(s * middle).bits, even | sign) << u;
      ASSERT_EQ(T(s * std::nextafter(middle, 0.0f)).bits, a.bits | sign) << u;
      ASSERT_EQ(T(s * std::nextafter(middle, INFINITY)).bits, b.bits | sign) << u;
    }
  }
}

TEST(F16, every_pattern_has_the_value_of_the_definition_and_comes_back) { check_every_pattern<f16_t, 5, 10>(); }
TEST(Bf16, every_pattern_has_the_value_of_the_definition_and_comes_back) { check_every_pattern<bf16_t, 8, 7>(); }
TEST(F16, rounds_to_nearest_even_everywhere) { check_rounding_between_neighbours<f16_t>(0x7c00); }
TEST(Bf16, rounds_to_nearest_even_everywhere) { check_rounding_between_neighbours<bf16_t>(0x7f80); }

TEST(F16, goes_to_infinity_from_65520_on_and_to_zero_below_half_the_smallest) {
  EXPECT_EQ(float(f16_t(65519.996f)), 65504.0f);
  EXPECT_EQ(f16_t(65520.0f).bits, 0x7c00);
  EXPECT_EQ(f16_t(-1e30f).bits, 0xfc00);
  EXPECT_EQ(f16_t(std::ldexp(1.0f, -25)).bits, 0);  // a tie: zero is even
  EXPECT_EQ(f16_t(std::nextafter(std::ldexp(1.0f, -25), 1.0f)).bits, 1);
  EXPECT_EQ(f16_t(-1e-30f).bits, 0x8000);
  EXPECT_EQ(f16_t(std::numeric_limits<float>::denorm_min()).bits, 0);
}

TEST(Bf16, goes_to_infinity_above_its_largest) {
  EXPECT_EQ(bf16_t(std::numeric_limits<float>::max()).bits, 0x7f80);
  EXPECT_EQ(bf16_t(-std::numeric_limits<float>::max()).bits, 0xff80);
}

TEST(Promotion, is_the_documented_table) {
  // Rows and columns: f32 f64 bf16 f16 i8 u8 i32 i64 bool.
  const DType table[9][9] = {
      {f32, f64, f32, f32, f32, f32, f32, f32, f32},       {f64, f64, f64, f64, f64, f64, f64, f64, f64},
      {f32, f64, bf16, f32, bf16, bf16, bf16, bf16, bf16}, {f32, f64, f32, f16, f16, f16, f16, f16, f16},
      {f32, f64, bf16, f16, i8, i32, i32, i64, i8},        {f32, f64, bf16, f16, i32, u8, i32, i64, u8},
      {f32, f64, bf16, f16, i32, i32, i32, i64, i32},      {f32, f64, bf16, f16, i64, i64, i64, i64, i64},
      {f32, f64, bf16, f16, i8, u8, i32, i64, boolean},
  };
  for (int a = 0; a < 9; a++)
    for (int b = 0; b < 9; b++) EXPECT_EQ(promote(DType(a), DType(b)), table[a][b]) << name_of(DType(a)) << " " << name_of(DType(b));
}

TEST(DType, names_and_sizes_belong_together) {
  const std::pair<const char*, int64_t> expected[] = {{"f32", 4}, {"f64", 8}, {"bf16", 2}, {"f16", 2}, {"i8", 1},
                                                      {"u8", 1},  {"i32", 4}, {"i64", 8},  {"bool", 1}};
  for (int i = 0; i < 9; i++) {
    EXPECT_STREQ(name_of(DType(i)), expected[i].first);
    EXPECT_EQ(size_of(DType(i)), expected[i].second);
    EXPECT_EQ(dtype_named(expected[i].first), DType(i));
    visit(DType(i), [&](auto tag) {
      EXPECT_EQ(dtype_of<decltype(tag)>, DType(i));
      EXPECT_EQ(int64_t(sizeof(tag)), size_of(DType(i)));
    });
  }
}

TEST(DType, has_three_categories) {
  for (DType t : {f32, f64, bf16, f16}) EXPECT_TRUE(is_floating(t) && !is_integer(t));
  for (DType t : {i8, u8, i32, i64}) EXPECT_TRUE(is_integer(t) && !is_floating(t));
  EXPECT_FALSE(is_floating(boolean) || is_integer(boolean));
}

TEST(DType, an_unknown_name_is_a_config_error_that_lists_the_known_ones) {
  try {
    dtype_named("float\x01");
    FAIL();
  } catch (const ConfigError& e) { EXPECT_STREQ(e.what(), "there is no element type 'float\\x01'. Hint: f32 f64 bf16 f16 i8 u8 i32 i64 bool."); }
  EXPECT_THROW(dtype_named(""), ConfigError);
}

}  // namespace
}  // namespace cairn
