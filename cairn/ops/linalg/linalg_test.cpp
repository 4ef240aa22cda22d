// Products against plain loops.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

using testing::ElementsAre;

// [m, k] times [k, n] in double.
Numbers loop_product(const Tensor& a, const Tensor& b) {
  const int64_t m = a.size(0), k = a.size(1), n = b.size(1);
  const Numbers as = list(a), bs = list(b);
  Numbers y(size_t(m * n));
  for (int64_t i = 0; i < m; ++i)
    for (int64_t j = 0; j < n; ++j)
      for (int64_t p = 0; p < k; ++p) y[size_t(i * n + j)] += as[size_t(i * k + p)] * bs[size_t(p * n + j)];
  return y;
}
void expect_all_near(const Numbers& got, const Numbers& wanted, double tolerance) {
  ASSERT_EQ(got.size(), wanted.size());
  for (size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], wanted[i], tolerance) << "element " << i;
}

TEST(Matmul, agrees_with_loops_in_every_arrangement_of_memory) {
  for (bool ta : {false, true})
    for (bool tb : {false, true})
      for (DType dtype : {f32, f64, i64, i32}) {
        Tensor a = cast(sample_index(ta ? Shape{5, 3} : Shape{3, 5}, 9, 1), dtype),
               b = cast(sample_index(tb ? Shape{4, 5} : Shape{5, 4}, 9, 2), dtype);
        if (ta) a = a.t();
        if (tb) b = b.t();
        EXPECT_EQ(list(matmul(a, b)), loop_product(a, b));
        EXPECT_EQ(matmul(a, b).dtype(), dtype);
      }
}

TEST(Matmul, has_numpys_shapes) {
  const auto shape = [](const Shape& a, const Shape& b) { return matmul(zeros(a), zeros(b)).shape(); };
  EXPECT_EQ(shape({3}, {3}), (Shape{}));
  EXPECT_EQ(shape({3}, {3, 2}), (Shape{2}));
  EXPECT_EQ(shape({2, 3}, {3}), (Shape{2}));
  EXPECT_EQ(shape({5, 2, 3}, {3}), (Shape{5, 2}));
  EXPECT_EQ(shape({3}, {5, 3, 2}), (Shape{5, 2}));
  EXPECT_EQ(shape({5, 1, 2, 3}, {4, 3, 6}), (Shape{5, 4, 2, 6}));
  EXPECT_EQ(shape({2, 0}, {0, 3}), (Shape{2, 3}));
  EXPECT_THAT(list(matmul(zeros({2, 0}), zeros({0, 2}))), ElementsAre(0, 0, 0, 0));
}

TEST(Matmul, broadcasts_batches_like_a_loop_over_them) {
  const Tensor a = sample_normal({2, 1, 3, 4}, 1), b = sample_normal({3, 4, 2}, 2);
  const Tensor y = matmul(a, b);
  ASSERT_EQ(y.shape(), (Shape{2, 3, 3, 2}));
  for (int64_t i = 0; i < 2; ++i)
    for (int64_t j = 0; j < 3; ++j) expect_all_near(list(y[i][j]), loop_product(a[i][0], b[j]), 1e-5);
}

TEST(Matmul, refuses_mixed_types_and_truth_values) {
  EXPECT_THROW(matmul(zeros({2, 2}), zeros({2, 2}, f64)), DtypeError);
  EXPECT_THROW(matmul(zeros({2, 2}, boolean), zeros({2, 2}, boolean)), DtypeError);
}

TEST(Matmul, keeps_only_what_a_gradient_needs) {
  Tensor w = sample_normal({4, 2}, 1), x = sample_normal({3, 4}, 2);
  w.set_requires_grad();
  Tensor y = matmul(x, w);
  w.detach().fill_(0);  // only x is needed for dw
  sum(y).backward();
  const Tensor columns = sum(x, {0});
  for (int64_t i = 0; i < 4; ++i) EXPECT_NEAR(w.grad().at({i, 0}), columns.at({i}), 1e-6);
}

TEST(Linear, is_x_times_w_transposed_plus_bias) {
  const Tensor x = sample_normal({3, 4}, 1), w = sample_normal({2, 4}, 2), bias = tensor({10, 20});
  Numbers wanted = loop_product(x, w.t());
  for (size_t i = 0; i < wanted.size(); ++i) wanted[i] += i % 2 ? 20 : 10;
  expect_all_near(list(linear(x, w, bias)), wanted, 1e-5);
  EXPECT_EQ(linear(zeros({5, 6, 4}), w).shape(), (Shape{5, 6, 2}));
  EXPECT_EQ(linear(zeros({4}), w, bias).shape(), (Shape{2}));
}

TEST(Linear, counts_a_multiplication_and_an_addition_each) {
  FlopCounter flops;
  linear(zeros({8, 4}), zeros({3, 4}), zeros({3}));
  EXPECT_EQ(flops.total(), 2 * 8 * 4 * 3);
  matmul(zeros({5, 8, 4}), zeros({4, 3}));
  EXPECT_EQ(flops.total(), 2 * 8 * 4 * 3 + 2 * 5 * 8 * 4 * 3);
}

TEST(Linear, runs_in_bf16_under_autocast_with_f32_gradients) {
  Tensor x = sample_normal({3, 4}, 1), w = sample_normal({2, 4}, 2), bias = zeros({2});
  for (Tensor* t : {&x, &w, &bias}) t->set_requires_grad();
  Tensor y;
  {
    AutocastScope low;
    y = linear(x, w, bias);
  }
  EXPECT_EQ(y.dtype(), bf16);
  sum(y.to(f32)).backward();
  EXPECT_EQ(w.grad().dtype(), f32);
  EXPECT_EQ(x.grad().dtype(), f32);
  expect_all_near(list(bias.grad()), {3, 3}, 0);
}

}  // namespace
}  // namespace cairn
