// Powers against those of double: special numbers, and how many digits hold over the whole range.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include <cairn/backend/cpu/cpu_test_helpers.h>

namespace cairn::cpu {
namespace {

class EveryTargetPow : public ::testing::TestWithParam<int64_t> {
 protected:
  EveryTargetPow() : target_(GetParam()) {}
  UseTarget target_;
};

TEST_P(EveryTargetPow, powers_are_within_a_unit_in_the_last_place_and_special_ones_those_of_cmath) {
  const float inf = std::numeric_limits<float>::infinity();
  std::vector<float> bases, powers;
  for (float v : {0.0f, 1e-45f, 1e-40f, 1.17549435e-38f, 1e-20f, 0.1f, 0.5f, 0.70710677f, 0.70710683f, 0.99999994f, 1.0f, 1.0000001f, 1.5f, 2.0f,
                  3.0f, 1000.0f, 3.4028235e38f, inf, std::nanf("")})
    bases.push_back(v), bases.push_back(-v);
  for (float v : {0.0f, 1e-45f, 1e-30f, 0.3f,   0.5f,       1.0f,       1.5f, 2.0f,  3.0f, 4.0f,
                  7.0f, 127.0f, 128.0f, 149.0f, 8388607.0f, 8388609.0f, 1e9f, 3e38f, inf,  std::nanf("")})
    powers.push_back(v), powers.push_back(-v);
  const Array random_bases = uniform({3000}, f32, 0.01, 30), random_powers = uniform({3000}, f32, -25, 25);
  std::vector<float> a, b;
  for (float x : bases)
    for (float y : powers) a.push_back(x), b.push_back(y);
  for (int64_t i = 0; i < 3000; i++) a.push_back(random_bases.ptr<float>()[i]), b.push_back(random_powers.ptr<float>()[i]);
  const auto check = [&](const Array& x, const Array& y) {
    Array z(x.shape());
    fast_backend().binary(Binary::pow, x, y, z);
    for (int64_t i = 0; i < z.numel(); i++) {
      const float p = x.ptr<float>()[i * x.strides()[0]], q = y.ptr<float>()[i * y.strides()[0]], got = z.ptr<float>()[i];
      const float want = float(std::pow(double(p), double(q)));
      if (got == want ? std::signbit(got) == std::signbit(want) : std::isnan(got) && std::isnan(want)) continue;
      ASSERT_EQ(std::signbit(got), std::signbit(want)) << p << " to the power of " << q;
      ASSERT_TRUE(got == std::nextafter(want, inf) || got == std::nextafter(want, -inf))
          << p << " to the power of " << q << ": " << got << ", not " << want;
    }
  };
  check(from_floats(a), from_floats(b));
  for (float y : powers) check(from_floats(bases), from_floats({y}).expanded({int64_t(bases.size())}));
}

// The largest error in units in the last place of 100,000 powers x^y, y = exponent / log2 x; results that are not normal are left out.
double worst_error(double low, double high, double smallest_exponent, double largest_exponent) {
  constexpr int64_t n = 100'000;
  const Array x = uniform({n}, f32, low, high), exponent = uniform({n}, f32, smallest_exponent, largest_exponent);
  Array y({n}), z({n});
  for (int64_t i = 0; i < n; i++) {
    const double quotient = double(exponent.ptr<float>()[i]) / std::log2(double(x.ptr<float>()[i]));
    y.ptr<float>()[i] = std::isfinite(quotient) ? float(quotient) : 1;
  }
  fast_backend().binary(Binary::pow, x, y, z);
  double worst = 0;
  for (int64_t i = 0; i < n; i++) {
    const double want = std::pow(double(x.ptr<float>()[i]), double(y.ptr<float>()[i]));
    if (want < std::numeric_limits<float>::min() || want > std::numeric_limits<float>::max()) continue;
    worst = std::max(worst, std::abs(double(z.ptr<float>()[i]) - want) / std::ldexp(1.0, std::ilogb(want) - 23));
  }
  return worst;
}

TEST_P(EveryTargetPow, ordinary_powers_are_within_one_and_a_quarter_units_in_the_last_place) {
  EXPECT_LE(worst_error(0.1, 1, -3, 3), 1.25);
  EXPECT_LE(worst_error(1, 30, -20, 20), 1.25);
  EXPECT_LE(worst_error(0.9, 1.1, -3, 3), 1.25);
  EXPECT_LE(worst_error(1e-30, 1e-20, -120, 120), 1.25);
  EXPECT_LE(worst_error(1e20, 3e38, -125.9, 127.9), 1.25);
}

// Where the exponent is large because y is, the logarithm's last bits count.
TEST_P(EveryTargetPow, bases_near_one_to_very_large_powers_are_within_two_units_in_the_last_place) {
  EXPECT_LE(worst_error(0.95, 1.05, 110, 127.9), 2);
  EXPECT_LE(worst_error(0.95, 1.05, -125.9, -110), 2);
  EXPECT_LE(worst_error(1.01, 1.02, 120, 127.9), 2);
  EXPECT_LE(worst_error(0.99999, 1.00001, -125.9, 127.9), 2);
}

TEST_P(EveryTargetPow, one_unusual_number_leaves_its_neighbours_as_they_are) {
  const Array x = uniform({40}, f32, 0.1, 10), y = uniform({40}, f32, -3, 3);
  Array undisturbed({40}), got({40});
  fast_backend().binary(Binary::pow, x, y, undisturbed);
  for (float special : {-2.0f, 0.0f, 1e-40f, std::numeric_limits<float>::infinity(), std::nanf("")}) {
    Array other = cast(x, f32);
    other.ptr<float>()[5] = special;
    fast_backend().binary(Binary::pow, other, y, got);
    for (int64_t i = 0; i < 40; i++) EXPECT_TRUE(i == 5 || got.ptr<float>()[i] == undisturbed.ptr<float>()[i]) << i << ", beside " << special;
  }
}

INSTANTIATE_TEST_SUITE_P(Cpu, EveryTargetPow, ::testing::ValuesIn(supported_targets()),
                         [](const auto& info) { return std::string(hwy::TargetName(info.param)); });

}  // namespace
}  // namespace cairn::cpu
