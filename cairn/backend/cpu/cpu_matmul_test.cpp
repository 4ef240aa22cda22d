// Products by oneDNN and the f64 loop against the reference.
#include <gtest/gtest.h>

#include <regex>
#include <thread>

#include <cairn/backend/cpu/cpu_test_helpers.h>
#include <cairn/base/threads.h>

namespace cairn::cpu {
namespace {

Array magnitude(const Array& x) {
  Array wide = cast(x, f64), y(x.shape(), f64);
  reference().unary(Unary::abs, wide, 0, 0, y);
  return y;
}

// The classic bound of a sum of k products, in any order: k u |a| |b| (Higham 2002, section 3.5), u half a unit in the last place;
// bf16 results are rounded once more.
void expect_product(const Array& a, const Array& b, const std::string& what) {
  Shape s = a.shape();
  s[a.rank() - 1] = b.shape().back();
  Array want(s, f64), bound(s, f64), got(s, a.dtype());
  reference().matmul(cast(a, f64), cast(b, f64), want);
  reference().matmul(magnitude(a), magnitude(b), bound);
  fast_backend().matmul(a, b, got);
  const double k = double(a.size(-1)), u = a.dtype() == f64 ? 0x1p-52 : 0x1p-24, rounding = a.dtype() == bf16 ? 0x1p-8 : 0;
  const Array wide = cast(got, f64);
  for (int64_t i = 0; i < want.numel(); i++) {
    const double w = want.ptr<double>()[i];
    ASSERT_NEAR(wide.ptr<double>()[i], w, rounding * std::abs(w) + k * u * bound.ptr<double>()[i]) << what << ", element " << i;
  }
}

std::string text(const Array& a, const Array& b) { return std::string(name_of(a.dtype())) + " " + a.shape().str() + " x " + b.shape().str(); }

TEST(CpuMatmul, products_of_many_sizes_and_layouts_agree_with_the_reference) {
  for (DType t : {f32, bf16, f64})
    for (auto [m, k, n] :
         {std::array<int64_t, 3>{1, 1, 1}, {2, 3, 4}, {1, 17, 9}, {9, 17, 1}, {1, 1, 5}, {5, 1, 1}, {16, 16, 16}, {33, 7, 65}, {13, 129, 31}})
      for (const Array& a : layouts({m, k}, t))
        for (const Array& b : layouts({k, n}, t)) expect_product(a, b, text(a, b));
}

TEST(CpuMatmul, one_example_through_a_linear_layer_agrees_with_the_reference) {
  for (int64_t target : supported_targets()) {
    UseTarget use(target);
    for (auto [outputs, n] : {std::array<int64_t, 2>{1, 1}, {8, 16}, {10, 128}, {17, 37}, {128, 9216}, {3, 0}})
      for (bool biased : {true, false}) {
        const Array x = uniform({1, n}, f32, -1, 1), w = uniform({outputs, n}, f32, -1, 1), bias = biased ? uniform({outputs}, f32, -1, 1) : Array();
        Array got({1, outputs}), want({1, outputs}), bound({1, outputs}, f64);
        fast_backend().linear(x, w, bias, got);
        reference().linear(x, w, bias, want);
        reference().linear(magnitude(x), magnitude(w), {}, bound);
        for (int64_t o = 0; o < outputs; o++)
          EXPECT_NEAR(got.ptr<float>()[o], want.ptr<float>()[o], 0x1p-22 + double(n) * 0x1p-24 * bound.ptr<double>()[o])
              << hwy::TargetName(target) << " " << n << " to " << outputs;
      }
  }
}

TEST(CpuMatmul, large_products_on_all_threads_agree_with_the_reference) {
  for (DType t : {f32, bf16, f64}) {
    const Array a = uniform({203, 301}, t, -1, 1), b = uniform({301, 190}, t, -1, 1);
    expect_product(a, b, text(a, b));
    const Array at = uniform({301, 203}, t, -1, 1).transposed(0, 1), bt = uniform({190, 301}, t, -1, 1).transposed(0, 1);
    expect_product(at, bt, text(at, bt));
  }
}

TEST(CpuMatmul, batches_may_be_transposed_expanded_or_share_a_matrix) {
  for (DType t : {f32, bf16, f64}) {
    const Array a = uniform({2, 3, 5, 8}, t, -1, 1), b = uniform({2, 3, 8, 7}, t, -1, 1);
    expect_product(a, b, "batch");
    expect_product(a, uniform({2, 3, 7, 8}, t, -1, 1).transposed(2, 3), "b transposed");
    expect_product(uniform({2, 5, 3, 8}, t, -1, 1).transposed(1, 2), b, "heads within rows");
    expect_product(a, uniform({8, 7}, t, -1, 1).expanded({2, 3, 8, 7}), "one b for all");
    expect_product(uniform({5, 8}, t, -1, 1).expanded({2, 3, 5, 8}), b, "one a for all");
    expect_product(uniform({2, 1, 5, 8}, t, -1, 1).expanded({2, 3, 5, 8}), b, "one a for three");
    expect_product(uniform({6, 1, 8}, t, -1, 1), uniform({8, 7}, t, -1, 1).expanded({6, 8, 7}), "single rows");
    expect_product(uniform({40, 30, 20}, t, -1, 1), uniform({40, 20, 30}, t, -1, 1), "forty small ones");
    expect_product(uniform({3, 260, 250}, t, -1, 1), uniform({3, 250, 240}, t, -1, 1), "three large ones");
  }
}

TEST(CpuMatmul, empty_sums_are_zero_and_empty_results_are_left_alone) {
  for (DType t : {f32, bf16, f64}) {
    Array y({3, 4}, t);
    reference().fill(y, 5);
    fast_backend().matmul(Array({3, 0}, t), Array({0, 4}, t), y);
    Array zero({3, 4}, t);
    reference().fill(zero, 0);
    expect_close(y, zero, "k = 0");
    Array none({0, 4}, t), none_batch({0, 2, 2}, t);
    fast_backend().matmul(Array({0, 5}, t), Array({5, 4}, t), none);
    fast_backend().matmul(Array({0, 2, 3}, t), Array({0, 3, 2}, t), none_batch);
  }
}

TEST(CpuMatmul, linear_adds_its_bias_to_every_row) {
  for (DType t : {f32, bf16, f64})
    for (auto [m, k, n] : {std::array<int64_t, 3>{1, 784, 128}, {64, 784, 128}, {3, 5, 7}, {2, 0, 3}})
      for (bool with_bias : {true, false}) {
        const Array x = uniform({m, k}, t, -1, 1), w = uniform({n, k}, t, -1, 1), bias = with_bias ? uniform({n}, t, -1, 1) : Array();
        Array want({m, n}, f64), got({m, n}, t);
        reference().linear(cast(x, f64), cast(w, f64), with_bias ? cast(bias, f64) : Array(), want);
        fast_backend().linear(x, w, bias, got);
        const Array wide = cast(got, f64);
        for (int64_t i = 0; i < want.numel(); i++) {
          const double v = want.ptr<double>()[i];
          ASSERT_NEAR(wide.ptr<double>()[i], v, t == bf16 ? 0.004 * std::abs(v) + 2e-4 : t == f32 ? 1e-4 : 1e-12) << name_of(t) << " element " << i;
        }
      }
}

TEST(CpuMatmul, integers_are_exact) {
  const Array a = uniform({9, 11}, i64, -1e6, 1e6), b = uniform({11, 5}, i64, -1e6, 1e6);
  Array want({9, 5}, i64), got({9, 5}, i64);
  reference().matmul(a, b, want);
  fast_backend().matmul(a, b, got);
  expect_close(got, want, "i64");
}

TEST(CpuMatmul, the_same_product_gives_the_same_bits_each_time) {
  for (DType t : {f32, bf16, f64}) {
    const Array a = uniform({128, 784}, t, -1, 1), b = uniform({784, 64}, t, -1, 1);
    Array first({128, 64}, t), again({128, 64}, t);
    fast_backend().matmul(a, b, first);
    for (int i = 0; i < 20; i++) {
      fast_backend().matmul(a, b, again);
      ASSERT_EQ(std::memcmp(first.raw(), again.raw(), size_t(first.numel() * size_of(t))), 0) << name_of(t);
    }
  }
}

TEST(CpuMatmul, several_threads_may_multiply_at_once) {
  for (DType t : {f32, bf16}) {
    const Array a = uniform({40, 70}, t, -1, 1), b = uniform({70, 30}, t, -1, 1);
    Array want({40, 30}, t);
    {
      InlineScope one_thread;
      fast_backend().matmul(a, b, want);
    }
    std::vector<std::thread> threads;
    std::atomic<int> wrong = 0;
    for (int i = 0; i < 4; i++)
      threads.emplace_back([&] {
        InlineScope one_thread;
        for (int r = 0; r < 50; r++) {
          Array got({40, 30}, t);
          fast_backend().matmul(a, b, got);
          if (std::memcmp(got.raw(), want.raw(), size_t(want.numel() * size_of(t))) != 0) wrong++;
        }
      });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
  }
}

TEST(CpuBackend, describes_the_versions_and_instruction_sets_in_use) {
  const std::string text = describe_cpu_backend();
  EXPECT_TRUE(std::regex_search(text, std::regex("Highway [0-9]+\\.[0-9]+\\.[0-9]+, [A-Z0-9]+; oneDNN [0-9]+\\.[0-9]+\\.[0-9]+, isa "))) << text;
  EXPECT_STREQ(cpu_backend().name(), "cpu");
}

}  // namespace
}  // namespace cairn::cpu
