// The fast kernels against the reference: every layout, lengths around the vector widths, special values, every instruction set.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include <cairn/backend/cpu/cpu_test_helpers.h>

namespace cairn::cpu {
namespace {

const Unary all_unary[] = {Unary::neg,        Unary::abs,   Unary::sign,   Unary::exp,        Unary::expm1, Unary::log,     Unary::log1p,
                           Unary::sqrt,       Unary::rsqrt, Unary::square, Unary::reciprocal, Unary::sin,   Unary::cos,     Unary::tanh,
                           Unary::sigmoid,    Unary::erf,   Unary::floor,  Unary::ceil,       Unary::round, Unary::clamp,   Unary::relu,
                           Unary::leaky_relu, Unary::elu,   Unary::gelu,   Unary::gelu_tanh,  Unary::silu,  Unary::softplus};
const Binary all_binary[] = {Binary::add,     Binary::sub,         Binary::mul,        Binary::div,        Binary::pow, Binary::maximum,
                             Binary::minimum, Binary::eq,          Binary::ne,         Binary::lt,         Binary::le,  Binary::gt,
                             Binary::ge,      Binary::logical_and, Binary::logical_or, Binary::logical_xor};
bool gives_bool(Binary f) { return f >= Binary::logical_and; }

double constant_a(Unary f) { return f == Unary::clamp ? -0.75 : f == Unary::softplus ? 1.5 : 0.3; }
double constant_b(Unary f) { return f == Unary::softplus ? 10 : 0.9; }

// The reference in double, rounded once: near -5 the float formulas of gelu themselves lose half their digits.
Array exact_unary(Unary f, const Array& x) {
  Array y(x.shape(), f64);
  reference().unary(f, cast(x, f64), constant_a(f), constant_b(f), y);
  return cast(y, x.dtype());
}
Array exact_grad(Unary f, const Array& r, const Array& dy) {
  Array dx(r.shape(), f64);
  reference().unary_grad(f, cast(r, f64), cast(dy, f64), constant_a(f), constant_b(f), dx);
  return cast(dx, r.dtype());
}

class EveryTarget : public ::testing::TestWithParam<int64_t> {
 protected:
  EveryTarget() : target_(GetParam()) {}
  UseTarget target_;
};

TEST_P(EveryTarget, unary_functions_agree_with_the_reference_in_every_layout) {
  for (Unary f : all_unary)
    for (DType t : {f32, bf16})
      for (const Array& x : layouts({5, 37}, t)) {
        const Array want = exact_unary(f, x);
        Array got(x.shape(), t);
        fast_backend().unary(f, x, constant_a(f), constant_b(f), got);
        expect_close(got, want, "unary " + std::to_string(int(f)), &x);
      }
}

TEST_P(EveryTarget, unary_functions_are_right_for_all_lengths_and_write_nothing_beyond) {
  for (Unary f : all_unary)
    for (int64_t n = 1; n <= 70; n++) {
      Array x = uniform({n + 3}, f32, -3, 3).sliced(0, n % 4, n), whole({n + 8}, f32);
      const Array want = exact_unary(f, x);
      reference().fill(whole, 77);
      Array got = whole.sliced(0, 3, n);
      fast_backend().unary(f, x, constant_a(f), constant_b(f), got);
      expect_close(got, want, "unary " + std::to_string(int(f)) + " of length " + std::to_string(n), &x);
      for (int64_t i : {int64_t{0}, int64_t{1}, int64_t{2}, n + 3, n + 4, n + 7})
        ASSERT_EQ(whole.ptr<float>()[i], 77) << "unary " << int(f) << ", length " << n;
    }
}

// Every exponent and both signs, infinities, NaN, zeros, subnormal numbers, and what lies around the places where functions change.
Array special_values() {
  std::vector<float> v;
  const float inf = std::numeric_limits<float>::infinity();
  for (float x : {0.0f,     inf,      std::nanf(""), 1e-45f, 1e-40f, 1.17549435e-38f, 3.4028235e38f, 88.72283f, 88.7229f, 87.33f,     103.97f,
                  104.5f,   0.5f,     1.5f,          2.5f,   1.0f,   0.99999994f,     1.0000001f,    8192.0f,   8193.0f,  1e5f,       1e10f,
                  0.34657f, 0.34658f, 4.0f,          9.9f,   10.1f,  3.14159265f,     1.57079633f,   0.9f,      0.75f,    8388607.5f, 16777217.f})
    v.push_back(x), v.push_back(-x);
  for (int e = -126; e < 128; e++)
    for (float m : {1.0f, 1.3f, 1.7f}) v.push_back(std::ldexp(m, e)), v.push_back(-std::ldexp(m, e));
  return from_floats(v);
}

TEST_P(EveryTarget, unary_functions_are_right_for_special_values) {
  const Array x = special_values();
  for (Unary f : all_unary) {
    Array want(x.shape()), got(x.shape());
    reference().unary(f, x, constant_a(f), constant_b(f), want);
    fast_backend().unary(f, x, constant_a(f), constant_b(f), got);
    expect_close(got, want, "unary " + std::to_string(int(f)), &x);
  }
}

TEST_P(EveryTarget, functions_are_within_three_units_in_the_last_place) {
  const struct {
    Unary f;
    double (*exact)(double);
    double low, high;
  } cases[] = {{Unary::exp, std::exp, -87, 88.7},       {Unary::expm1, std::expm1, -10, 20}, {Unary::expm1, std::expm1, -0.5, 0.5},
               {Unary::log, std::log, 1e-6, 1e3},       {Unary::log, std::log, 0.5, 2},      {Unary::log1p, std::log1p, -0.9, 3},
               {Unary::log1p, std::log1p, -1e-3, 1e-3}, {Unary::tanh, std::tanh, -9, 9},     {Unary::tanh, std::tanh, -0.1, 0.1},
               {Unary::erf, std::erf, -4, 4},           {Unary::sin, std::sin, -3, 3},       {Unary::cos, std::cos, -1.5, 1.5}};
  for (const auto& c : cases) {
    const Array x = uniform({20000}, f32, c.low, c.high);
    Array y(x.shape());
    fast_backend().unary(c.f, x, 0, 0, y);
    double worst = 0;
    for (int64_t i = 0; i < x.numel(); i++) {
      const double want = c.exact(x.ptr<float>()[i]);
      const float near = std::abs(float(want));
      worst = std::max(worst, std::abs(y.ptr<float>()[i] - want) / (std::nextafter(near, 1e30f) - near));
    }
    // Without fused multiply-add (the scalar fallback) one bit more is lost.
    EXPECT_LE(worst, GetParam() == HWY_SCALAR ? 6 : 3) << "unary " << int(c.f) << " on [" << c.low << ", " << c.high << "]";
  }
}

TEST_P(EveryTarget, gelu_keeps_its_digits_where_the_normal_distribution_is_small) {
  const struct { double low, high, relative; } cases[] = {{-1, 0, 6e-7}, {-3, -1, 1.6e-6}, {-6, -3, 7e-6}, {0, 6, 3.5e-7}};
  for (const auto& c : cases) {
    const Array x = uniform({20000}, f32, c.low, c.high);
    Array y(x.shape());
    fast_backend().unary(Unary::gelu, x, 0, 0, y);
    for (int64_t i = 0; i < x.numel(); i++) {
      const double v = x.ptr<float>()[i], want = v * std::erfc(-v * std::sqrt(0.5)) / 2;
      ASSERT_NEAR(y.ptr<float>()[i], want, c.relative * std::abs(want)) << "gelu(" << v << ")";
    }
  }
}

TEST_P(EveryTarget, derivatives_agree_with_the_reference) {
  for (Unary f : all_unary)
    for (DType t : {f32, bf16})
      for (const Array& r : layouts({3, 29}, t)) {
        const Array dy = uniform({29, 3}, t, -2, 2).transposed(0, 1);
        const Array want = exact_grad(f, r, dy);
        Array got(r.shape(), t);
        fast_backend().unary_grad(f, r, dy, constant_a(f), constant_b(f), got);
        expect_close(got, want, "gradient of unary " + std::to_string(int(f)), &r);
      }
  const Array x = special_values(), dy = uniform(x.shape(), f32, 1, 2);
  for (Unary f : all_unary) {
    const Array want = exact_grad(f, x, dy);
    Array got(x.shape());
    fast_backend().unary_grad(f, x, dy, constant_a(f), constant_b(f), got);
    expect_close(got, want, "gradient of unary " + std::to_string(int(f)), &x);
  }
}

TEST_P(EveryTarget, functions_of_two_numbers_agree_with_the_reference_in_every_pair_of_layouts) {
  for (Binary f : all_binary)
    for (DType t : {f32, bf16, i32})
      for (const Array& a : layouts({4, 19}, t))
        for (const Array& b : layouts({4, 19}, t)) {
          if (t == i32 && (f == Binary::pow || f == Binary::div)) continue;
          Array want(a.shape(), gives_bool(f) ? boolean : t), got(a.shape(), want.dtype());
          reference().binary(f, a, b, want);
          fast_backend().binary(f, a, b, got);
          expect_close(got, want, "binary " + std::to_string(int(f)));
        }
}

TEST_P(EveryTarget, functions_of_two_numbers_are_right_for_special_values) {
  const Array row = special_values();
  const int64_t n = row.numel();
  const Array a = row.expanded({n, n}), b = a.transposed(0, 1);
  for (Binary f : all_binary) {
    if (f == Binary::pow) continue;
    Array want(a.shape(), gives_bool(f) ? boolean : f32), got(a.shape(), want.dtype());
    reference().binary(f, a, b, want);
    fast_backend().binary(f, a, b, got);
    expect_close(got, want, "binary " + std::to_string(int(f)));
  }
}

TEST_P(EveryTarget, where_chooses_as_the_reference_does) {
  for (DType t : {f32, bf16, i64})
    for (const Array& c : layouts({6, 23}, boolean))
      for (const Array& a : layouts({6, 23}, t))
        for (const Array& b : {uniform({6, 23}, t, -1, 1), uniform({1}, t, -1, 1).expanded({6, 23})}) {
          Array want(a.shape(), t), got(a.shape(), t);
          reference().where(c, a, b, want);
          fast_backend().where(c, a, b, got);
          expect_close(got, want, "where");
        }
}

TEST_P(EveryTarget, copies_convert_between_all_types_and_layouts) {
  const DType types[] = {f32, f64, bf16, f16, i8, u8, i32, i64, boolean};
  for (DType from : types)
    for (DType to : types)
      for (const Array& x : layouts({5, 33}, from))
        for (Array& got : layouts({5, 33}, to)) {
          if (has_zero_stride(got)) continue;
          Array want({5, 33}, to);
          reference().copy(x, want);
          fast_backend().copy(x, got);
          expect_close(got, want, "copy");
        }
}

TEST_P(EveryTarget, large_transposed_copies_are_exact) {
  for (DType t : {f32, bf16, u8, f64})
    for (const Shape& s : {Shape{67, 35, 129}, Shape{64, 16, 128}}) {
      const Array x = uniform(s, t, -100, 100);
      for (const Array& view : {x.transposed(0, 2), x.transposed(1, 2), x.transposed(0, 1)}) {
        Array want(view.shape(), t), got(view.shape(), t);
        reference().copy(view, want);
        fast_backend().copy(view, got);
        expect_close(got, want, "transposed copy");
      }
    }
}

TEST_P(EveryTarget, fill_writes_every_element_and_no_other) {
  for (DType t : {f32, f64, bf16, u8, i64, boolean}) {
    Array whole({40, 60}, t);
    fast_backend().fill(whole, 0);
    Array part = whole.sliced(0, 3, 10).sliced(1, 5, 20, 2);
    fast_backend().fill(part, 1);
    Array ones({1}, i64), long_sum({1, 1}, i64);
    Array as_integers({40, 60}, i64);
    reference().copy(whole, as_integers);
    reference().reduce(Reduce::sum, as_integers, 3, long_sum);
    EXPECT_EQ(*long_sum.ptr<int64_t>(), 200);
    Array want({10, 20}, t);
    reference().fill(want, 1);
    expect_close(part, want, "fill");
  }
}

INSTANTIATE_TEST_SUITE_P(Cpu, EveryTarget, ::testing::ValuesIn(supported_targets()),
                         [](const auto& info) { return std::string(hwy::TargetName(info.param)); });

TEST(CpuElementwise, a_million_elements_on_all_threads_agree_with_the_reference) {
  const Array a = uniform({1000, 1003}, f32, -2, 2), b = uniform({1003}, f32, -2, 2).expanded({1000, 1003});
  Array want(a.shape()), got(a.shape());
  reference().binary(Binary::mul, a, b, want);
  fast_backend().binary(Binary::mul, a, b, got);
  expect_close(got, want, "mul");
  reference().unary(Unary::gelu, a, 0, 0, want);
  fast_backend().unary(Unary::gelu, a, 0, 0, got);
  expect_close(got, want, "gelu", &a);
}

TEST(CpuElementwise, results_that_bypass_the_caches_are_the_same) {
  const Array whole = uniform({6'000'005}, f32, -2, 2);
  for (int64_t offset : {0, 3}) {
    const Array x = whole.sliced(0, offset, 6'000'000);
    Array y({6'000'001}), got = y.sliced(0, 1 - offset % 2, 6'000'000), want({6'000'000});
    reference().unary(Unary::relu, x, 0, 0, want);
    fast_backend().unary(Unary::relu, x, 0, 0, got);
    expect_close(got, want, "relu");
    reference().copy(x, want);
    fast_backend().copy(x, got);
    expect_close(got, want, "copy");
    const Array other = whole.sliced(0, 5, 6'000'000);
    reference().binary(Binary::sub, x, other, want);
    fast_backend().binary(Binary::sub, x, other, got);
    expect_close(got, want, "sub");
  }
}

TEST(CpuElementwise, comparisons_and_choices_that_bypass_the_caches_are_the_same) {
  const int64_t n = 17'000'003;
  Array whole({n + 5}), bytes({n + 5}, boolean), want({n + 5}, boolean);
  for (int64_t i = 0; i < n + 5; i++) whole.ptr<float>()[i] = float((i * 7919) % 1009);
  for (int64_t offset : {0, 3}) {
    const Array a = whole.sliced(0, offset, n), b = whole.sliced(0, 5 - offset, n);
    Array got = bytes.sliced(0, 3 - offset, n), expected = want.sliced(0, 3 - offset, n), numbers({n});
    reference().binary(Binary::lt, a, b, expected);
    fast_backend().binary(Binary::lt, a, b, got);
    ASSERT_EQ(std::memcmp(got.raw(), expected.raw(), size_t(n)), 0);
    fast_backend().where(got, a, b, numbers);
    for (int64_t i = 0; i < n; i++) ASSERT_EQ(numbers.ptr<float>()[i], std::min(a.ptr<float>()[i], b.ptr<float>()[i]));
  }
}

TEST(CpuElementwise, empty_and_scalar_arrays_work) {
  for (const Shape& s : {Shape{}, Shape{0}, Shape{3, 0}, Shape{1, 1}}) {
    const Array a = uniform(s, f32, 1, 2);
    Array want(s), got(s);
    reference().binary(Binary::add, a, a, want);
    fast_backend().binary(Binary::add, a, a, got);
    expect_close(got, want, "add");
    fast_backend().copy(a, got);
    expect_close(got, a, "copy");
  }
}

}  // namespace
}  // namespace cairn::cpu
