// Random numbers, optimiser steps and indexing against the reference.
#include <gtest/gtest.h>

#include <cmath>

#include <cairn/backend/cpu/cpu_test_helpers.h>

namespace cairn::cpu {
namespace {

class EveryTargetRandom : public ::testing::TestWithParam<int64_t> {
 protected:
  EveryTargetRandom() : target_(GetParam()) {}
  UseTarget target_;
};

void expect_same_bits(const Array& got, const Array& want, const std::string& what) {
  ASSERT_EQ(std::memcmp(got.raw(), want.raw(), size_t(want.numel() * size_of(want.dtype()))), 0) << what << " " << want.shape().str();
}

// Lengths that end within a vector, a block, and on several threads; keys whose counter carries into its upper half.
const int64_t lengths[] = {1, 2, 3, 4, 5, 31, 64, 1000, 1023, 1024, 1025, 5000, 100003};
const RandomKey keys[] = {{1, 2, 3}, {0xfedcba9876543210u, 0x0123456789abcdefu, 0xfffffffeu}, {7, ~uint64_t{0}, 0x1ffffff00u}};

TEST_P(EveryTargetRandom, uniform_and_bernoulli_numbers_are_the_references_to_the_bit) {
  for (const RandomKey& key : keys)
    for (int64_t n : lengths)
      for (auto [a, b] : {std::pair{0.0, 1.0}, {-2.0, 3.0}, {5.0, 5.0000005}, {-0.1, 0.1}, {1e-3, 1.7e3}}) {
        Array want({n}), got({n});
        reference().random(Distribution::uniform, key, a, b, want);
        fast_backend().random(Distribution::uniform, key, a, b, got);
        expect_same_bits(got, want, "uniform");
        const double p = std::abs(a) / (std::abs(a) + b);
        reference().random(Distribution::bernoulli, key, p, 0, want);
        fast_backend().random(Distribution::bernoulli, key, p, 0, got);
        expect_same_bits(got, want, "bernoulli");
      }
}

TEST_P(EveryTargetRandom, other_types_and_distributions_are_the_references_to_the_bit) {
  for (DType t : {f64, bf16, f16, i64, u8}) {
    Array want({1000}, t), got({1000}, t);
    reference().random(Distribution::integer, keys[0], 0, 100, want);
    fast_backend().random(Distribution::integer, keys[0], 0, 100, got);
    expect_same_bits(got, want, "integer");
    if (!is_floating(t)) continue;
    reference().random(Distribution::uniform, keys[0], -1, 1, want);
    fast_backend().random(Distribution::uniform, keys[0], -1, 1, got);
    expect_same_bits(got, want, "uniform");
  }
}

TEST_P(EveryTargetRandom, normal_numbers_are_the_references_up_to_rounding) {
  for (const RandomKey& key : keys)
    for (int64_t n : lengths) {
      Array want({n}), got({n});
      reference().random(Distribution::normal, key, 0.5, 2, want);
      fast_backend().random(Distribution::normal, key, 0.5, 2, got);
      for (int64_t i = 0; i < n; i++) ASSERT_NEAR(got.ptr<float>()[i], want.ptr<float>()[i], 4e-6) << i << " of " << n;
    }
}

TEST_P(EveryTargetRandom, dropout_is_the_references_to_the_bit_in_every_layout) {
  for (DType t : {f32, bf16, f64})
    for (double p : {0.0, 0.2, 0.9})
      for (const Array& x : layouts({37, 61}, t)) {
        Array want(x.shape(), t), got(x.shape(), t);
        reference().dropout(x, keys[1], p, want);
        fast_backend().dropout(x, keys[1], p, got);
        expect_same_bits(got, want, "dropout");
      }
  const Array x = uniform({200001}, f32, -1, 1);
  Array want(x.shape()), got(x.shape());
  reference().dropout(x, keys[2], 0.3, want);
  fast_backend().dropout(x, keys[2], 0.3, got);
  expect_same_bits(got, want, "dropout");
}

std::vector<OptimSlot> slots(DType t) {
  std::vector<OptimSlot> s;
  for (int64_t n : {1, 7, 16, 45, 1030}) {
    OptimSlot slot{uniform({n}, t, -1, 1), uniform({n}, t, -1, 1), uniform({n}, t == f64 ? f64 : f32, 0, 1),
                   uniform({n}, t == f64 ? f64 : f32, 0, 1)};
    s.push_back(slot);
  }
  return s;
}
std::vector<OptimSlot> copies(const std::vector<OptimSlot>& from) {
  std::vector<OptimSlot> s;
  for (const OptimSlot& o : from) s.push_back({cast(o.p, o.p.dtype()), cast(o.g, o.g.dtype()), cast(o.s0, o.s0.dtype()), cast(o.s1, o.s1.dtype())});
  return s;
}
template <class Step> void check_step(const std::string& what, DType t, Step step) {
  std::vector<OptimSlot> want = slots(t), got = copies(want);
  for (int i = 0; i < (t == bf16 ? 1 : 3); i++) {  // roundings of bf16 weights would add up
    step(reference(), want);
    step(fast_backend(), got);
  }
  for (size_t i = 0; i < want.size(); i++) {
    expect_close(got[i].p, want[i].p, what + " weights", nullptr, 3e-6);
    expect_close(got[i].s0, want[i].s0, what + " first state", nullptr, 3e-6);
    expect_close(got[i].s1, want[i].s1, what + " second state", nullptr, 3e-6);
  }
}

TEST_P(EveryTargetRandom, optimiser_steps_agree_with_the_reference) {
  for (DType t : {f32, f64, bf16}) {
    for (double decay : {0.0, 0.01}) {
      for (double momentum : {0.0, 0.9})
        for (bool nesterov : {false, true})
          for (bool first : {false, true})
            check_step("sgd", t, [=](Backend& b, auto& s) {
              b.sgd_step(s, {0.1, momentum, nesterov ? 0 : 0.1, decay, nesterov && momentum != 0, first});
            });
      for (bool decoupled : {false, true})
        for (bool nesterov : {false, true})
          check_step("adam", t, [=](Backend& b, auto& s) {
            b.adam_step(s, {0.01, 0.9, 0.99, 1e-8, decay, decoupled, nesterov, 0.19, 0.02, 0.85, 0.86, 0.7});
          });
      for (double momentum : {0.0, 0.9})
        check_step("rmsprop", t, [=](Backend& b, auto& s) { b.rmsprop_step(s, {0.01, 0.99, 1e-8, decay, momentum}); });
      check_step("adagrad", t, [=](Backend& b, auto& s) { b.adagrad_step(s, {0.01, 1e-10, decay}); });
    }
    check_step("ema", t, [](Backend& b, auto& s) { b.ema_step(s, 0.99); });
  }
}

TEST_P(EveryTargetRandom, scaling_and_clamping_in_place_agree_with_the_reference) {
  for (DType t : {f32, bf16, f64}) {
    Array want = uniform({37, 11}, t, -2, 2), got = cast(want, t);
    const auto both = [&](auto act) {
      act(reference(), want);
      act(fast_backend(), got);
      expect_close(got, want, "in place");
      Array want_part = want.transposed(0, 1).sliced(0, 2, 5), got_part = got.transposed(0, 1).sliced(0, 2, 5);
      act(reference(), want_part);
      act(fast_backend(), got_part);
      expect_close(got, want, "part in place");
    };
    both([](Backend& b, Array& x) { b.scale({&x, 1}, 0.37); });
    both([](Backend& b, Array& x) { b.clamp({&x, 1}, -0.2, 0.3); });
  }
}

INSTANTIATE_TEST_SUITE_P(Cpu, EveryTargetRandom, ::testing::ValuesIn(supported_targets()),
                         [](const auto& info) { return std::string(hwy::TargetName(info.param)); });

TEST(CpuOptimiser, a_large_group_on_all_threads_agrees_with_the_reference) {
  std::vector<OptimSlot> want;
  for (int64_t n : {300001, 5, 250000, 1, 77777})
    want.push_back({uniform({n}, f32, -1, 1), uniform({n}, f32, -1, 1), uniform({n}, f32, 0, 1), uniform({n}, f32, 0, 1)});
  std::vector<OptimSlot> got = copies(want);
  const AdamStep step{0.01, 0.9, 0.99, 1e-8, 0.01, true, false, 0.19, 0.02, 0, 0, 0};
  reference().adam_step(want, step);
  fast_backend().adam_step(got, step);
  for (size_t i = 0; i < want.size(); i++) expect_close(got[i].p, want[i].p, "adam");
}

TEST(CpuOptimiser, sgd_without_states_and_with_undefined_ones_works) {
  std::vector<OptimSlot> want{{uniform({100}, f32, -1, 1), uniform({100}, f32, -1, 1), Array(), Array()}};
  std::vector<OptimSlot> got{{cast(want[0].p, f32), want[0].g, Array(), Array()}};
  reference().sgd_step(want, {0.1, 0, 0, 0.01, false, false});
  fast_backend().sgd_step(got, {0.1, 0, 0, 0.01, false, false});
  expect_close(got[0].p, want[0].p, "sgd");
}

TEST(CpuIndex, rows_are_selected_and_added_as_the_reference_does) {
  for (DType t : {f32, bf16, i64, u8})
    for (int axis : {0, 1, 2})
      for (int64_t k : {0, 1, 9, 300}) {
        const Array x = uniform({4, 5, 33}, t, 0, 9), index = uniform({k}, i64, 0, 4);
        Shape s = x.shape();
        s[axis] = k;
        Array want(s, t), got(s, t);
        for (const Array& view : {x, uniform({33, 5, 4}, t, 0, 9).transposed(0, 2)}) {
          reference().index_select(view, axis, index, want);
          fast_backend().index_select(view, axis, index, got);
          expect_close(got, want, "index_select");
        }
        if (t == u8) continue;
        Array sums = uniform({4, 5, 33}, t, 0, 9), fast_sums = cast(sums, t);
        Shape turned{s[2], s[1], s[0]};
        const Array source = uniform(turned, t, -1, 1).transposed(0, 2);
        reference().index_add(axis, index, source, sums);
        fast_backend().index_add(axis, index, source, fast_sums);
        expect_close(fast_sums, sums, "index_add");
      }
}

TEST(CpuIndex, gradients_of_a_large_embedding_are_added_in_order_on_all_threads) {
  const Array index = uniform({3000}, i64, 0, 50), source = uniform({3000, 200}, f32, -1, 1);
  Array want({50, 200}), got({50, 200});
  reference().fill(want, 0);
  reference().fill(got, 0);
  reference().index_add(0, index, source, want);
  fast_backend().index_add(0, index, source, got);
  expect_same_bits(got, want, "index_add");
}

TEST(CpuIndex, indices_are_wrapped_and_the_first_bad_one_is_named) {
  for (DType t : {i32, i64})
    for (int64_t bad : {int64_t{0}, int64_t{-8}, int64_t{7}, int64_t{-1000000}}) {
      Array index = uniform({40}, t, -7, 7), y({40}, i64), want({40}, i64);
      if (bad) t == i64 ? void(index.ptr<int64_t>()[17] = index.ptr<int64_t>()[30] = bad) : void(index.ptr<int32_t>()[17] = int32_t(bad));
      const Status got = fast_backend().wrap_indices(index, 7, y), expected = reference().wrap_indices(index, 7, want);
      EXPECT_EQ(got.bad_position, bad ? 17 : -1);
      EXPECT_EQ(got.bad_value, expected.bad_value);
      if (!bad) expect_same_bits(y, want, "wrapped");
    }
}

TEST(CpuIndex, elements_are_gathered_and_scattered_as_the_reference_does) {
  for (DType t : {f32, f64, bf16, i64, u8})
    for (int axis : {0, 1, 2})
      for (int64_t k : {0, 1, 9}) {
        const Array x = uniform({4, 50, 33}, t, 0, 9);
        Shape s = x.shape();
        s[axis] = k;
        const Array index = uniform(s, i64, 0, 4), source = uniform(s, t, 0, 9);
        Array want(s, t), got(s, t);
        reference().gather(x, axis, index, want);
        fast_backend().gather(x, axis, index, got);
        expect_same_bits(got, want, "gather");
        const Array some = index.sliced(1, 0, std::min<int64_t>(3, s[1]));  // shorter than x in another axis, too
        Array few(some.shape(), t), expected_few(some.shape(), t);
        reference().gather(x, axis, some, expected_few);
        fast_backend().gather(x, axis, some, few);
        expect_same_bits(few, expected_few, "gather of a part");
        fast_backend().gather(x, axis, contiguous_copy(some), few);
        expect_same_bits(few, expected_few, "gather of a part in a row");
        for (Scatter how : {Scatter::set, Scatter::add}) {
          Array sums = cast(x, t), expected = cast(x, t);
          reference().scatter(how, axis, index, source, expected);
          fast_backend().scatter(how, axis, index, source, sums);
          expect_same_bits(sums, expected, "scatter");
        }
      }
}

TEST(CpuIndex, triangles_are_the_references) {
  for (DType t : {f32, bf16, i64, boolean})
    for (const Shape& s : {Shape{5, 7}, Shape{3, 7, 5}, Shape{2, 300, 200}, Shape{4, 1}})
      for (int64_t diagonal : {int64_t{0}, int64_t{2}, int64_t{-3}, int64_t{1000}, int64_t{-1000}, INT64_MAX, INT64_MIN + 1})
        for (bool upper : {false, true}) {
          const Array x = uniform(s, t, 0, 2);
          Array want(s, t), got(s, t);
          reference().triangle(x, std::clamp<int64_t>(diagonal, -5000, 5000), upper, want);
          fast_backend().triangle(x, diagonal, upper, got);
          expect_same_bits(got, want, "triangle");
        }
}

TEST(CpuSort, lines_are_sorted_as_the_reference_does_with_equals_zeros_nan_and_infinities) {
  for (int64_t n : {1, 2, 7, 100, 1000, 5000}) {
    Array x = uniform({9, n}, f32, -3, 3);
    for (int64_t i = 0; i < x.numel(); i++) {
      float& v = x.ptr<float>()[i];
      if (i % 3 == 0) v = std::round(v);  // many equals, 0 and -0
      if (i % 11 == 5) v = i % 2 ? INFINITY : -INFINITY;
      if (i % 13 == 6) v = i % 2 ? NAN : -NAN;
    }
    for (bool down : {false, true})
      for (int64_t k : {int64_t{1}, std::min<int64_t>(n, 5), std::max<int64_t>(1, n / 8), n}) {
        Array values({9, k}), want({9, k}), places({9, k}, i64), want_places({9, k}, i64);
        reference().topk(x, k, 1, down, want, want_places);
        fast_backend().topk(x, k, 1, down, values, places);
        expect_same_bits(places, want_places, "places");
        expect_same_bits(values, want, "values");
        if (k < n) continue;
        fast_backend().sort(x, 1, down, values, places);
        reference().sort(x, 1, down, want, want_places);
        expect_same_bits(places, want_places, "sorted places");
        expect_same_bits(values, want, "sorted values");
      }
  }
}

TEST(CpuIndex, one_hot_vectors_report_the_first_bad_class) {
  for (DType t : {f32, i64, boolean, bf16}) {
    Array index = uniform({7, 6}, i64, 0, 5).transposed(0, 1), want({6, 7, 5}, t), got({6, 7, 5}, t);
    EXPECT_TRUE(fast_backend().one_hot(index, got).ok());
    reference().one_hot(index, want);
    expect_close(got, want, "one_hot");
    index.ptr<int64_t>()[2 * 6 + 1] = 9;  // element [1, 2]
    const Status bad = fast_backend().one_hot(index, got);
    EXPECT_EQ(bad.bad_position, 1 * 7 + 2);
    EXPECT_EQ(bad.bad_value, 9);
  }
}

}  // namespace
}  // namespace cairn::cpu
