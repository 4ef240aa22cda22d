// Normalisation against the reference in double: every form of memory, both element types, blocked images, far-off means, any threads.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include <cairn/backend/cpu/cpu_test_helpers.h>
#include <cairn/base/threads.h>
#include <cairn/tensor/layout.h>

namespace cairn::cpu {
namespace {

class EveryTargetNorm : public ::testing::TestWithParam<int64_t> {
 protected:
  EveryTargetNorm() : target_(GetParam()) {}
  UseTarget target_;
};

void expect_near(const Array& got, const Array& want, double tolerance, const std::string& what) {
  ASSERT_EQ(got.shape(), want.shape()) << what;
  const Array g = cast(got, f64), w = cast(want, f64);
  const double rounding = got.dtype() == bf16 ? 0.004 : 0;
  for (int64_t i = 0; i < w.numel(); i++) {
    const double a = g.ptr<double>()[i], b = w.ptr<double>()[i];
    if (std::isnan(a) && std::isnan(b)) continue;
    ASSERT_NEAR(a, b, tolerance * (1 + std::abs(b)) + rounding * std::abs(b)) << what << ", element " << i << " of " << want.shape().str();
  }
}
Array wide(const Array& a) { return a.defined() ? cast(a, f64) : a; }

// What the rounding of the mean to f32 can do to xhat: large where the deviation is small beside the mean. Each result is held to its own
// share of it.
struct Conditioning {
  double steep = 1, xhat = 0;  // the largest rstd; of an xhat
  Conditioning(const Array& mean, const Array& rstd) {
    for (int64_t i = 0; i < mean.numel(); i++) {
      const double r = rstd.ptr<double>()[i];
      steep = std::max(steep, r);
      xhat = std::max(xhat, 1.2e-7 * r * std::abs(mean.ptr<double>()[i]));
    }
  }
  double y() const { return 3e-6 + xhat; }
  double dx() const { return steep * (3e-6 + 2 * xhat); }
  double sums(double n) const { return 2e-6 + n * (2e-7 + xhat); }
};

struct BatchNormResults {
  Array y, mean, rstd, running_mean, running_var, dx, dweight, dbias;
};
// Forward and backward; y and dx in the layout of `layout_of`.
BatchNormResults batch_norm(Backend& b, const Array& x, const Array& dy, const Array& weight, const Array& bias, const Array& running_mean,
                            const Array& running_var, const BatchNormRule& rule, const Array& layout_of) {
  const Shape c = {x.size(1)};
  const DType t = x.dtype() == f64 ? f64 : f32;
  BatchNormResults r;
  r.y = array_like(layout_of, x.dtype());
  r.dx = array_like(layout_of, x.dtype());
  r.mean = Array(c, t);
  r.rstd = Array(c, t);
  if (running_mean.defined()) r.running_mean = contiguous_copy(running_mean), r.running_var = contiguous_copy(running_var);
  if (weight.defined()) r.dweight = Array(c, weight.dtype());
  if (bias.defined()) r.dbias = Array(c, bias.dtype());
  b.batch_norm(x, weight, bias, rule, r.running_mean, r.running_var, r.y, r.mean, r.rstd);
  b.batch_norm_grad(x, dy, weight, bias, r.mean, r.rstd, rule, r.dx, r.dweight, r.dbias);
  return r;
}

void check_batch_norm(const Array& x, bool affine, const BatchNormRule& rule) {
  const Shape c = {x.size(1)};
  const DType t = x.dtype();
  const double n = double(x.numel() / x.size(1));
  const Array dy = uniform(x.shape(), t, -1, 1), mean = uniform(c, f32, -0.2, 0.2), var = uniform(c, f32, 0.5, 2);
  const Array weight = affine ? uniform(c, f32, 0.5, 1.5) : Array(), bias = affine ? uniform(c, f32, -0.5, 0.5) : Array();
  const BatchNormResults got = batch_norm(fast_backend(), x, dy, weight, bias, mean, var, rule, x.blocked() ? x : Array(x.shape(), t));
  const BatchNormResults want =
      batch_norm(reference(), cast(x, f64), cast(dy, f64), wide(weight), wide(bias), wide(mean), wide(var), rule, Array(x.shape(), f64));
  const std::string what = std::string(name_of(t)) + (x.blocked() ? " blocked" : "") + (rule.training ? " training" : " eval") +
                           (rule.relu ? " relu " : " ") + x.shape().str();
  expect_near(got.mean, want.mean, 1e-6, what + ": mean");
  expect_near(got.rstd, want.rstd, 2e-6, what + ": rstd");
  expect_near(got.running_mean, want.running_mean, 1e-6, what + ": running mean");
  expect_near(got.running_var, want.running_var, 2e-6, what + ": running var");
  const Conditioning allowed(want.mean, want.rstd);
  expect_near(got.y, want.y, allowed.y(), what + ": y");
  expect_near(got.dx, want.dx, allowed.dx(), what + ": dx");
  if (affine) expect_near(got.dweight, want.dweight, allowed.sums(n), what + ": dweight");
  if (affine) expect_near(got.dbias, want.dbias, 2e-6 + 2e-7 * n, what + ": dbias");
}

const std::initializer_list<Shape> shapes = {{2, 1},          {7, 5},         {64, 37},       {3, 16, 2},       {2, 3, 31},
                                             {5, 20, 3, 3},   {2, 3, 4, 8},   {3, 17, 7, 7},  {1, 2, 64, 65},   {2, 33, 5, 13},
                                             {1, 16, 80, 80}, {4, 2, 91, 97}, {300, 3, 1, 1}, {2, 5, 2, 3, 11}, {20, 8, 14, 14}};

TEST_P(EveryTargetNorm, batch_norm_of_every_form_agrees_with_the_reference) {
  for (DType t : {f32, bf16})
    for (const Shape& s : shapes)
      for (bool training : {true, false})
        for (bool relu : {false, true}) check_batch_norm(uniform(s, t, -2, 3), s[0] != 3, {.momentum = 0.3, .training = training, .relu = relu});
}

TEST_P(EveryTargetNorm, batch_norm_takes_any_strides) {
  for (const Array& x : layouts({40, 6}, f32)) check_batch_norm(x, true, {});
  const Array x = uniform({3, 5, 9, 40}, f32, -2, 3);
  check_batch_norm(x.transposed(1, 3), true, {});
  check_batch_norm(x.transposed(0, 2).sliced(3, 1, 19, 2), true, {.relu = true});
  check_batch_norm(x.sliced(0, 2, 3, -1).sliced(1, 1, 3), true, {.training = false});
}

TEST_P(EveryTargetNorm, batch_norm_of_blocked_images_stays_blocked_and_keeps_the_padding_zero) {
  for (Layout layout : {Layout::nChw16c, Layout::nChw8c})
    for (DType t : {f32, bf16})
      for (const Shape& s : {Shape{2, 16, 3, 3}, {3, 5, 4, 7}, {2, 40, 1, 1}, {1, 17, 37, 41}, {2, 64, 6, 5}})
        for (bool training : {true, false}) {
          if (!training || s.numel() / s[1] > 1)
            for (bool relu : {false, true}) check_batch_norm(to_blocked(uniform(s, t, -2, 3), layout), true, {.training = training, .relu = relu});
          const Array x = to_blocked(uniform(s, t, -2, 3), layout), b = uniform({s[1]}, f32, 1, 2);
          const BatchNormResults r = batch_norm(fast_backend(), x, x, b, b, uniform({s[1]}, f32, 1, 2), b, {.training = training}, x);
          const int64_t block = block_of(layout), pixels = s[2] * s[3], blocks = (s[1] + block - 1) / block;
          for (const Array& a : {r.y, r.dx}) {
            ASSERT_EQ(a.layout(), layout);
            const Array lanes = cast(a.lanes(), f64);
            for (int64_t i = 0; i < lanes.numel(); i++)
              if (i / (pixels * block) % blocks * block + i % block >= s[1])
                ASSERT_EQ(lanes.ptr<double>()[i], 0) << "padding lane " << i << " of " << s.str();
          }
        }
}

TEST_P(EveryTargetNorm, the_reference_fills_blocked_results_too) {
  const Array x = to_blocked(uniform({2, 5, 3, 4}, f32, -2, 2), Layout::nChw16c), w = uniform({5}, f32, 1, 2);
  const BatchNormResults got = batch_norm(reference(), x, x, w, w, Array(), Array(), {}, x);
  const BatchNormResults want = batch_norm(fast_backend(), x, x, w, w, Array(), Array(), {}, x);
  EXPECT_TRUE(got.y.blocked());
  expect_near(got.y, want.y, 5e-6, "y");
  expect_near(got.y.lanes(), want.y.lanes(), 5e-6, "lanes of y");
  expect_near(got.dx.lanes(), want.dx.lanes(), 1e-5, "lanes of dx");
}

TEST_P(EveryTargetNorm, statistics_are_right_far_from_zero_and_after_an_odd_first_piece) {
  for (const Shape& s : {Shape{4, 3, 50, 50}, {5000, 2}}) {
    Array x = uniform(s, f32, -1, 1);
    Array plain = cast(x, f32);
    for (int64_t i = 0; i < x.numel(); i++) plain.ptr<float>()[i] += 30000;
    check_batch_norm(plain, false, {});
    for (int64_t i = 0; i < x.numel(); i++) plain.ptr<float>()[i] = i < s.numel() / s[0] ? 0 : 1e4f + x.ptr<float>()[i];
    check_batch_norm(plain, false, {});
  }
}

TEST_P(EveryTargetNorm, the_mean_of_ten_million_numbers_is_right_to_a_millionth) {
  Array x({10, 1, 1000, 1000}, f32);
  double sum = 0;
  for (int64_t i = 0; i < x.numel(); i++) sum += double(x.ptr<float>()[i] = 0.1f + float(i % 1013) * 1e-3f);
  const double mean = sum / double(x.numel());
  double squares = 0;
  for (int64_t i = 0; i < x.numel(); i++) squares += (double(x.ptr<float>()[i]) - mean) * (double(x.ptr<float>()[i]) - mean);
  Array none, y(x.shape(), f32), m({1}, f32), rstd({1}, f32);
  fast_backend().batch_norm(x, none, none, {.eps = 0}, none, none, y, m, rstd);
  EXPECT_NEAR(m.ptr<float>()[0], mean, 1e-6 * mean);
  EXPECT_NEAR(rstd.ptr<float>()[0], 1 / std::sqrt(squares / double(x.numel())), 1e-6 / std::sqrt(squares / double(x.numel())));
}

TEST_P(EveryTargetNorm, nan_comes_through_the_rectifier) {
  Array x = uniform({2, 2, 40}, f32, -1, 1), none, y(x.shape(), f32), mean({2}, f32), rstd({2}, f32);
  x.ptr<float>()[3] = NAN;
  fast_backend().batch_norm(x, none, none, {.relu = true}, none, none, y, mean, rstd);
  EXPECT_TRUE(std::isnan(y.ptr<float>()[5]));
  EXPECT_FALSE(std::isnan(y.ptr<float>()[45]));
}

struct GroupNormResults {
  Array y, mean, rstd, dx, dweight, dbias;
};
GroupNormResults group_norm(Backend& b, const Array& x, const Array& dy, const Array& weight, const Array& bias, const GroupNormRule& rule) {
  const Shape c = {x.size(1)}, statistics = {x.size(0), rule.groups};
  const DType t = x.dtype() == f64 ? f64 : f32;
  GroupNormResults r = {Array(x.shape(), x.dtype()), Array(statistics, t), Array(statistics, t), Array(x.shape(), x.dtype()), {}, {}};
  if (weight.defined()) r.dweight = Array(c, weight.dtype());
  if (bias.defined()) r.dbias = Array(c, bias.dtype());
  b.group_norm(x, weight, bias, rule, r.y, r.mean, r.rstd);
  b.group_norm_grad(x, dy, weight, r.mean, r.rstd, rule, r.dx, r.dweight, r.dbias);
  return r;
}
void check_group_norm(const Array& x, bool affine, const GroupNormRule& rule) {
  const Shape c = {x.size(1)};
  const Array dy = uniform(x.shape(), x.dtype(), -1, 1);
  const Array weight = affine ? uniform(c, f32, 0.5, 1.5) : Array(), bias = affine && rule.centred ? uniform(c, f32, -0.5, 0.5) : Array();
  const GroupNormResults got = group_norm(fast_backend(), x, dy, weight, bias, rule);
  const GroupNormResults want = group_norm(reference(), cast(x, f64), cast(dy, f64), wide(weight), wide(bias), rule);
  const std::string what = std::string(name_of(x.dtype())) + " in " + std::to_string(rule.groups) + " groups " + x.shape().str();
  const double n = double(x.numel() / x.size(1));
  expect_near(got.mean, want.mean, 1e-6, what + ": mean");
  expect_near(got.rstd, want.rstd, 2e-6, what + ": rstd");
  const Conditioning allowed(want.mean, want.rstd);
  expect_near(got.y, want.y, allowed.y(), what + ": y");
  expect_near(got.dx, want.dx, allowed.dx(), what + ": dx");
  if (weight.defined()) expect_near(got.dweight, want.dweight, allowed.sums(n), what + ": dweight");
  if (bias.defined()) expect_near(got.dbias, want.dbias, 2e-6 + 2e-7 * n, what + ": dbias");
}

TEST_P(EveryTargetNorm, group_norm_of_every_form_agrees_with_the_reference) {
  for (DType t : {f32, bf16})
    for (const auto& [s, groups] : {std::pair{Shape{5, 7}, 1},
                                    {{130, 1}, 1},
                                    {{70, 768}, 1},
                                    {{2, 2000}, 1},
                                    {{6, 12}, 4},
                                    {{3, 6, 3, 3}, 2},
                                    {{3, 6, 7, 7}, 6},
                                    {{2, 8, 8, 12}, 2},
                                    {{2, 4, 70, 70}, 1},
                                    {{100, 3, 2, 20}, 3}})
      for (bool centred : {true, false})
        for (bool affine : {true, false}) check_group_norm(uniform(s, t, -2, 3), affine, {.groups = groups, .centred = centred});
}

TEST_P(EveryTargetNorm, group_norm_takes_any_strides) {
  for (const Array& x : layouts({40, 6}, f32)) check_group_norm(x, true, {});
  const Array x = uniform({3, 6, 9, 40}, f32, -2, 3);
  check_group_norm(x.transposed(1, 3), true, {.groups = 5});
  check_group_norm(x.transposed(0, 2).sliced(3, 1, 19, 2), true, {.groups = 3, .centred = false});
}

std::vector<int64_t> targets() { return supported_targets(); }
INSTANTIATE_TEST_SUITE_P(Targets, EveryTargetNorm, ::testing::ValuesIn(targets()),
                         [](const auto& info) { return std::string(hwy::TargetName(info.param)); });

bool same_bits(const Array& a, const Array& b) {
  const Array x = a.blocked() ? a.lanes() : a, y = b.blocked() ? b.lanes() : b;
  return std::memcmp(x.raw(), y.raw(), size_t(x.numel() * size_of(x.dtype()))) == 0;
}

TEST(CpuNorm, gives_the_same_bits_on_any_number_of_threads) {
  const int before = num_threads();
  for (const Shape& s : {Shape{64, 3, 40, 40}, {16, 12, 32, 32}, {2000, 70}, {8, 48, 20, 20}}) {
    const Array plain = uniform(s, f32, -2, 3), w = uniform({s[1]}, f32, 1, 2);
    for (bool blocked : {false, true}) {
      if (blocked && s.rank() != 4) continue;
      const Array x = blocked ? to_blocked(plain, Layout::nChw16c) : plain;
      set_threads(1);
      const BatchNormResults one = batch_norm(fast_backend(), x, x, w, w, Array(), Array(), {.relu = true}, x);
      const GroupNormResults rows = group_norm(fast_backend(), plain, plain, w, w, {});
      set_threads(3);
      const BatchNormResults three = batch_norm(fast_backend(), x, x, w, w, Array(), Array(), {.relu = true}, x);
      const GroupNormResults rows_of_three = group_norm(fast_backend(), plain, plain, w, w, {});
      EXPECT_TRUE(same_bits(one.y, three.y) && same_bits(one.dx, three.dx) && same_bits(one.dweight, three.dweight)) << s.str();
      EXPECT_TRUE(same_bits(rows.y, rows_of_three.y) && same_bits(rows.dx, rows_of_three.dx) && same_bits(rows.dweight, rows_of_three.dweight));
    }
  }
  set_threads(before);
}

}  // namespace
}  // namespace cairn::cpu
