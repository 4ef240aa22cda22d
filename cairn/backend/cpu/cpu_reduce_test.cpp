// Sums, means, extremes, softmax and cross-entropy against the reference.
#include <gtest/gtest.h>

#include <cmath>

#include <cairn/backend/cpu/cpu_test_helpers.h>
#include <cairn/base/threads.h>

namespace cairn::cpu {
namespace {

Shape reduced_shape(Shape s, uint32_t axes) {
  for (int i = 0; i < s.rank(); i++)
    if (axes >> i & 1) s[i] = 1;
  return s;
}

class EveryTargetReduce : public ::testing::TestWithParam<int64_t> {
 protected:
  EveryTargetReduce() : target_(GetParam()) {}
  UseTarget target_;
};

const Reduce floating[] = {Reduce::sum, Reduce::mean, Reduce::prod, Reduce::max, Reduce::min, Reduce::sum_abs, Reduce::sum_square, Reduce::logsumexp};

// Errors of a sum are measured against the sum of magnitudes, which may be far above the sum itself.
void check_reduce(Reduce f, const Array& x, uint32_t axes) {
  const Shape s = reduced_shape(x.shape(), axes);
  Array want(s, f64), got(s, x.dtype()), scale(s, f64), magnitudes(x.shape(), f64);
  reference().reduce(f, cast(x, f64), axes, want);
  fast_backend().reduce(f, x, axes, got);
  reference().unary(Unary::abs, cast(x, f64), 0, 0, magnitudes);
  reference().reduce(f, magnitudes, axes, scale);
  const Array wide = cast(got, f64), in_range = cast(cast(want, f32), f64);  // products leave the range of f32
  for (int64_t i = 0; i < s.numel(); i++) {
    const double w = in_range.ptr<double>()[i], g = wide.ptr<double>()[i];
    if (w == g || (std::isnan(w) && std::isnan(g))) continue;
    ASSERT_TRUE(std::isfinite(w) && std::isfinite(g)) << "reduction " << int(f) << " of " << x.shape().str() << " gives " << g << ", not " << w;
    ASSERT_NEAR(g, w, x.dtype() == bf16 ? 0.004 * std::abs(w) + 1e-6 : 1e-6 * std::max(std::abs(scale.ptr<double>()[i]), std::abs(w)))
        << "reduction " << int(f) << " of " << x.shape().str() << " over axes " << axes << ", output " << i;
  }
}

TEST_P(EveryTargetReduce, every_set_of_axes_agrees_with_the_reference) {
  for (DType t : {f32, bf16}) {
    const Array x = uniform({3, 5, 1, 19}, t, -2, 2), wide = uniform({4, 6, 2, 150}, t, -2, 2);
    for (uint32_t axes = 0; axes < 16; axes++)
      for (Reduce f : floating) {
        check_reduce(f, x, axes);
        check_reduce(f, x.transposed(0, 3), axes);
        check_reduce(f, x.sliced(3, 2, 9, 2).sliced(1, 1, 4), axes);
        if (f != Reduce::prod) check_reduce(f, wide, axes);
      }
  }
}

TEST_P(EveryTargetReduce, every_length_and_layout_agrees_with_the_reference) {
  for (int64_t n = 1; n <= 70; n++)
    for (Reduce f : floating) {
      check_reduce(f, uniform({n + 3}, f32, -2, 2).sliced(0, n % 4, n), 1);
      check_reduce(f, uniform({3, n}, f32, -2, 2), 1);
      check_reduce(f, uniform({3, n}, f32, -2, 2), 2);
    }
  for (const Array& x : layouts({9, 21}, f32))
    for (Reduce f : floating)
      for (uint32_t axes : {1, 2, 3}) check_reduce(f, x, axes);
}

TEST_P(EveryTargetReduce, large_arrays_cut_into_pieces_agree_with_the_reference) {
  const Array x = uniform({3, 70001}, f32, -1, 1), y = uniform({40000, 7}, f32, -1, 1), z = uniform({300, 3, 401}, f32, -1, 1),
              w = uniform({50, 5000}, f32, -1, 1);
  for (Reduce f : {Reduce::sum, Reduce::max, Reduce::min, Reduce::sum_square, Reduce::logsumexp}) {
    for (const Array& a : {x, y, w})
      for (uint32_t axes : {1, 2, 3}) check_reduce(f, a, axes);
    for (uint32_t axes = 1; axes < 8; axes++) check_reduce(f, z, axes);
  }
}

TEST_P(EveryTargetReduce, nan_and_infinity_come_through) {
  for (float special : {std::nanf(""), INFINITY, -INFINITY})
    for (int64_t n : {1, 5, 16, 33, 100})
      for (int64_t at : {int64_t{0}, n / 2, n - 1})
        for (Reduce f : {Reduce::sum, Reduce::max, Reduce::min, Reduce::sum_abs, Reduce::sum_square, Reduce::logsumexp}) {
          Array x = uniform({2, n}, f32, -1, 1);
          x.ptr<float>()[n + at] = special;
          for (uint32_t axes : {1, 2}) check_reduce(f, x, axes);
          EXPECT_FALSE(fast_backend().all_finite(x)) << n << " " << at;
        }
  EXPECT_TRUE(fast_backend().all_finite(uniform({12345}, f32, -3e38, 3e38)));
}

TEST_P(EveryTargetReduce, mean_and_variance_survive_a_large_mean) {
  for (double offset : {0.0, 100.0, 10000.0})
    for (uint32_t axes = 1; axes < 8; axes++) {
      const Array x = uniform({8, 6, 50}, f32, offset - 1, offset + 1);
      const Shape s = reduced_shape(x.shape(), axes);
      Array mean(s), var(s), want_mean(s, f64), want_var(s, f64);
      reference().mean_var(cast(x, f64), axes, 1, want_mean, want_var);
      fast_backend().mean_var(x, axes, 1, mean, var);
      for (int64_t i = 0; i < s.numel(); i++) {  // a few roundings of the values' spread, 1, and one of the mean
        const double w = want_mean.ptr<double>()[i];
        ASSERT_NEAR(mean.ptr<float>()[i], w, 4e-7 + 1.2e-7 * std::abs(w)) << "offset " << offset << ", axes " << axes;
      }
      expect_close(var, cast(want_var, f32), "variance");
    }
}

TEST_P(EveryTargetReduce, moments_merged_from_pieces_agree_with_the_reference) {
  for (const Array& x : {uniform({3, 150001}, f32, 0, 1), uniform({300, 3, 401}, f32, -1, 3), uniform({200, 2500}, f32, 5, 6)})
    for (uint32_t axes = 1; axes < 1u << x.rank(); axes++) {
      const Shape s = reduced_shape(x.shape(), axes);
      Array mean(s), var(s), expected_mean(s), expected_var(s);
      fast_backend().mean_var(x, axes, 1, mean, var);
      reference_backend().mean_var(x, axes, 1, expected_mean, expected_var);
      for (int64_t i = 0; i < s.numel(); i++) {
        ASSERT_NEAR(mean.ptr<float>()[i], expected_mean.ptr<float>()[i], 1e-6 * (1 + std::abs(expected_mean.ptr<float>()[i])))
            << x.shape().str() << " " << axes;
        ASSERT_NEAR(var.ptr<float>()[i], expected_var.ptr<float>()[i], 2e-6 * expected_var.ptr<float>()[i]) << x.shape().str() << " " << axes;
      }
    }
}

TEST_P(EveryTargetReduce, the_place_of_the_largest_is_the_first_of_equals) {
  for (bool largest : {true, false})
    for (int64_t n = 1; n <= 70; n++) {
      Array x({4, n});
      for (int64_t i = 0; i < 4 * n; i++) x.ptr<float>()[i] = float((i * 7 + n) % 5);
      if (n > 3) x.ptr<float>()[n + n / 2] = NAN;
      Array want({4, 1}, i64), got({4, 1}, i64);
      reference().arg_reduce(largest, x, 1, want);
      fast_backend().arg_reduce(largest, x, 1, got);
      expect_close(got, want, "arg");
    }
}

TEST_P(EveryTargetReduce, softmax_and_its_gradient_agree_with_the_reference) {
  for (bool log : {false, true})
    for (DType t : {f32, bf16})
      for (int64_t n : {1, 2, 7, 10, 16, 31, 100, 2500})
        for (int axis : {0, 1}) {
          const Shape s = axis == 1 ? Shape{5, n} : Shape{n, 5};
          const Array x = uniform({s[1], s[0]}, t, -12, 12).transposed(0, 1), dy = uniform(s, t, -1, 1);
          Array want(s, f64), got(s, t), want_dx(s, f64), dx(s, t);
          reference().softmax(cast(x, f64), axis, log, want);
          fast_backend().softmax(x, axis, log, got);
          expect_close(got, cast(want, t), "softmax", nullptr, 3e-6);
          // The gradient is a difference: its error is that of its terms, which are at most sum |dy| = n.
          const Array y = cast(want, t);
          reference().softmax_grad(cast(y, f64), cast(dy, f64), axis, log, want_dx);
          fast_backend().softmax_grad(y, dy, axis, log, dx);
          const Array wide = cast(dx, f64);
          for (int64_t i = 0; i < s.numel(); i++) {
            const double w = want_dx.ptr<double>()[i];
            ASSERT_NEAR(wide.ptr<double>()[i], w, (t == bf16 ? 0.004 : 1e-6) * std::abs(w) + 1e-6) << "n " << n << ", log " << log;
          }
        }
}

TEST_P(EveryTargetReduce, softmax_of_extreme_rows_is_the_references) {
  const float inf = INFINITY;
  const std::vector<std::vector<float>> rows = {{0, -inf, 1},       {-inf, -inf, -inf}, {inf, 0, 1},       {NAN, 0, 1},
                                                {1000, 999, -1000}, {-1e30f, 1e30f, 0}, {3e38f, -3e38f, 0}};
  for (const auto& row : rows)
    for (bool log : {false, true}) {
      const Array x = from_floats(row);
      Array want({3}), got({3});
      reference().softmax(x, 0, log, want);
      fast_backend().softmax(x, 0, log, got);
      expect_close(got, want, "softmax");
    }
}

TEST_P(EveryTargetReduce, cross_entropy_and_its_gradient_agree_with_the_reference) {
  for (int64_t n : {1, 2, 10, 17, 1000})
    for (bool weighted : {false, true})
      for (double smoothing : {0.0, 0.1}) {
        const int64_t m = 13;
        const Array x = uniform({n, m}, f32, -8, 8).transposed(0, 1), weight = weighted ? uniform({n}, f32, 0.1, 2) : Array();
        const Array scale = weighted ? uniform({m}, f32, -1, 1) : uniform({1}, f32, -1, 1).expanded({m});
        Array target = uniform({m}, i64, 0, double(n));
        target.ptr<int64_t>()[4] = -100;
        Array want_loss({m}, f64), want_lse({m}, f64), loss({m}), lse({m}), want({m, n}, f64), got({m, n});
        const Array wide_weight = weighted ? cast(weight, f64) : Array();
        EXPECT_TRUE(reference().cross_entropy(cast(x, f64), target, wide_weight, -100, smoothing, want_loss, want_lse).ok());
        EXPECT_TRUE(fast_backend().cross_entropy(x, target, weight, -100, smoothing, loss, lse).ok());
        expect_close(lse, cast(want_lse, f32), "lse");
        expect_close(loss, cast(want_loss, f32), "loss", nullptr, 3e-6);
        EXPECT_EQ(loss.ptr<float>()[4], 0);
        reference().cross_entropy_grad(cast(x, f64), target, wide_weight, -100, smoothing, want_lse, cast(scale, f64), want);
        fast_backend().cross_entropy_grad(x, target, weight, -100, smoothing, lse, scale, got);
        for (int64_t i = 0; i < m * n; i++) {
          const double w = want.ptr<double>()[i];
          ASSERT_NEAR(got.ptr<float>()[i], w, 3e-6 * std::abs(w) + 1e-6) << "n " << n << ", element " << i;
        }
        target.ptr<int64_t>()[7] = n;
        target.ptr<int64_t>()[9] = -1;
        const Status bad = fast_backend().cross_entropy(x, target, weight, -100, smoothing, loss, lse);
        EXPECT_EQ(bad.bad_position, 7);
        EXPECT_EQ(bad.bad_value, n);
      }
}

INSTANTIATE_TEST_SUITE_P(Cpu, EveryTargetReduce, ::testing::ValuesIn(supported_targets()),
                         [](const auto& info) { return std::string(hwy::TargetName(info.param)); });

TEST(CpuReduce, the_mean_of_ten_million_numbers_keeps_six_digits) {
  Array x({10'000'000});
  for (int64_t i = 0; i < x.numel(); i++) x.ptr<float>()[i] = 0.1f + float(i % 1000) * 1e-6f;
  double exact = 0;
  for (int64_t i = 0; i < x.numel(); i++) exact += double(x.ptr<float>()[i]);
  Array mean({1}), var({1}), m2({1});
  fast_backend().reduce(Reduce::mean, x, 1, mean);
  EXPECT_NEAR(mean.ptr<float>()[0], exact / 1e7, 1e-7 * 0.1);
  fast_backend().mean_var(x, 1, 0, m2, var);
  EXPECT_NEAR(var.ptr<float>()[0], 1e-12 * (1e6 - 1) / 12, 1e-3 * 8.3e-8);  // the numbers themselves are rounded to 7e-9
  EXPECT_NEAR(fast_backend().sum_square({&x, 1}), exact * exact / 1e7 + 8.3e-8 * 1e7, 1e-6 * 1e5);
}

TEST(CpuReduce, the_bits_of_a_sum_depend_neither_on_the_run_nor_on_the_number_of_threads) {
  const Array x = uniform({1000, 1001}, f32, -1, 1);
  for (uint32_t axes : {1, 2, 3}) {
    Array first(reduced_shape(x.shape(), axes)), again(first.shape());
    const int threads = num_threads();
    set_threads(1);
    fast_backend().reduce(Reduce::sum, x, axes, first);
    for (int n : {1, 2, 3, threads}) {
      set_threads(n);
      fast_backend().reduce(Reduce::sum, x, axes, again);
      EXPECT_EQ(std::memcmp(first.raw(), again.raw(), size_t(first.numel()) * 4), 0) << "axes " << axes << ", threads " << n;
    }
    set_threads(threads);
  }
}

TEST(CpuReduce, squares_beyond_the_range_of_floats_are_summed_in_double) {
  const Array x = from_floats({1e25f, 1e25f}), y = from_floats({1e-25f, 1e-25f, 0});
  EXPECT_NEAR(fast_backend().sum_square({&x, 1}), 2e50, 1e44);
  EXPECT_NEAR(fast_backend().sum_square({&y, 1}), 2e-50, 1e-56);
}

TEST(CpuReduce, long_running_sums_are_those_of_double_whatever_the_number_of_threads) {
  for (const Shape& s : {Shape{1'000'003}, Shape{5, 200'001}, Shape{1100, 4099}})
    for (bool reverse : {false, true}) {
      const int axis = s.rank() - 1;
      const Array x = uniform(s, f32, -1, 2);
      Array want(s), got(s), again(s);
      reference().cumsum(x, axis, reverse, want);
      fast_backend().cumsum(x, axis, reverse, got);
      expect_close(got, want, "cumsum", nullptr, 1.2e-7);
      const int threads = num_threads();
      set_threads(threads == 1 ? 2 : 1);
      fast_backend().cumsum(x, axis, reverse, again);
      set_threads(threads);
      EXPECT_EQ(std::memcmp(got.raw(), again.raw(), size_t(got.numel()) * 4), 0);
    }
  Array x = uniform({300'000}, f32, 0, 1), got(x.shape()), want(x.shape());
  x.ptr<float>()[7] = INFINITY;
  reference().cumsum(x, 0, false, want);
  fast_backend().cumsum(x, 0, false, got);
  expect_close(got, want, "cumsum of an infinity");
}

TEST(CpuReduce, moments_of_long_rows_survive_a_large_mean_a_far_first_number_and_the_end_of_the_range) {
  for (double offset : {0.0, 1e4}) {
    Array x = uniform({2, 70'001}, f32, offset - 1, offset + 1);
    x.ptr<float>()[0] = float(offset) + 3000;
    Array mean({2, 1}), var({2, 1}), want_mean({2, 1}, f64), want_var({2, 1}, f64);
    reference().mean_var(cast(x, f64), 2, 1, want_mean, want_var);
    fast_backend().mean_var(x, 2, 1, mean, var);
    expect_close(mean, cast(want_mean, f32), "mean");
    expect_close(var, cast(want_var, f32), "variance", nullptr, 1e-6);
  }
  Array x({1, 5000}), mean({1, 1}), var({1, 1});
  fast_backend().fill(x, 3e38);
  fast_backend().mean_var(x, 2, 1, mean, var);
  EXPECT_FLOAT_EQ(*mean.ptr<float>(), 3e38f);
  EXPECT_EQ(*var.ptr<float>(), 0);
  for (float special : {INFINITY, std::nanf("")}) {
    fast_backend().fill(x, 1);
    x.ptr<float>()[3000] = special;
    fast_backend().mean_var(x, 2, 1, mean, var);
    EXPECT_FALSE(std::isfinite(*mean.ptr<float>()));
    EXPECT_TRUE(std::isnan(*var.ptr<float>()));
  }
}

TEST(CpuReduce, the_place_of_the_largest_is_found_in_long_rows) {
  for (int64_t at : {0, 1023, 1024, 5000, 9999}) {
    Array x = uniform({3, 10'000}, f32, -1, 1), y({3, 1}, i64);
    x.ptr<float>()[at] = x.ptr<float>()[9999] = 2;
    x.ptr<float>()[10'000 + at] = x.ptr<float>()[19'999] = NAN;
    x.ptr<float>()[20'000] = 2;
    fast_backend().arg_reduce(true, x, 1, y);
    EXPECT_EQ(y.ptr<int64_t>()[0], at);
    EXPECT_EQ(y.ptr<int64_t>()[1], at);
    EXPECT_EQ(y.ptr<int64_t>()[2], 0);
  }
}

TEST(CpuReduce, extremes_and_moments_of_arrays_that_are_fetched_ahead_agree_with_the_reference) {
  const Array x = uniform({3000, 1501}, f32, -1, 3);
  for (uint32_t axes : {2u, 3u}) {
    check_reduce(Reduce::max, x, axes);
    check_reduce(Reduce::min, x, axes);
    const Shape s = reduced_shape(x.shape(), axes);
    Array mean(s), var(s), want_mean(s, f64), want_var(s, f64);
    reference().mean_var(cast(x, f64), axes, 1, want_mean, want_var);
    fast_backend().mean_var(x, axes, 1, mean, var);
    expect_close(mean, cast(want_mean, f32), "mean", nullptr, 1e-6);
    expect_close(var, cast(want_var, f32), "variance", nullptr, 1e-6);
  }
  Array got({3000, 1}, i64), want({3000, 1}, i64);
  fast_backend().arg_reduce(true, x, 1, got);
  reference().arg_reduce(true, x, 1, want);
  expect_close(got, want, "argmax");
}

TEST(CpuReduce, running_sums_have_the_bits_of_the_reference) {
  for (DType t : {f32, bf16, i32})
    for (const Shape& s : {Shape{9, 1000}, Shape{1, 3}, Shape{3, 700, 5}, Shape{4}, Shape{0, 3}, Shape{3, 0}})
      for (int axis = 0; axis < s.rank(); axis++)
        for (bool reverse : {false, true}) {
          const Array x = uniform(s, t, -9, 9);
          if (t == f32 && x.numel() == 9000) x.ptr<float>()[100] = INFINITY, x.ptr<float>()[5100] = NAN;
          const DType sum = t == i32 ? i64 : t;
          Array want(s, sum), got(s, sum);
          reference().cumsum(x, axis, reverse, want);
          fast_backend().cumsum(x, axis, reverse, got);
          EXPECT_EQ(std::memcmp(got.raw(), want.raw(), size_t(got.numel() * size_of(sum))), 0) << "axis " << axis << ", reverse " << reverse;
        }
}

}  // namespace
}  // namespace cairn::cpu
