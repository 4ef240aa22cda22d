// Factorisations put together again, at sizes where sloppy arithmetic would show; signs, orders, and what has no answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

using testing::HasSubstr;

Tensor normal(const Shape& shape, uint64_t seed) { return sample_normal(shape, seed).to(f64); }
double largest(const Tensor& x) { return x.numel() ? max(abs(x)).item() : 0; }
Tensor diagonal(const Tensor& w) { return unsqueeze(w, -1) * eye(w.shape().back(), w.dtype()); }

class Factorisations : public testing::TestWithParam<const char*> {
 protected:
  UseBackend use_{std::string(GetParam()) == "cpu" ? cpu_backend() : reference_backend()};
};
INSTANTIATE_TEST_SUITE_P(By, Factorisations, testing::Values("reference", "cpu"), [](const auto& info) { return std::string(info.param); });

TEST_P(Factorisations, solve_inverts_the_product) {
  const Tensor a = normal({30, 30}, 1), x = normal({30, 4}, 2);
  EXPECT_LT(largest(solve(a, matmul(a, x)) - x), 1e-10);
  EXPECT_LT(largest(solve(a.t(), matmul(a.t(), x)) - x), 1e-10);
  EXPECT_LT(largest(matmul(solve(a, eye(30, f64)), a) - eye(30, f64)), 1e-10);
}

TEST_P(Factorisations, solve_knows_what_is_singular_within_rounding) {
  const Tensor classic = tensor({{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}).to(f64), b = ones({3}, f64);
  EXPECT_THAT(message_of<NumericError>([&] { solve(classic, b); }),
              HasSubstr("[solve] a is singular: pivot 3 of 3 is zero within the rounding of f64 (a [3, 3])"));
  EXPECT_THAT(message_of<NumericError>([&] { solve(zeros({2, 2}), ones({2})); }), HasSubstr("pivot 1 of 2"));
  EXPECT_THAT(message_of<NumericError>([&] { solve(stack({eye(3, f64), classic}), b); }), HasSubstr("[solve] matrix 1 of the batch is singular"));
  // Rows and columns of very different size are not singular.
  const Tensor scaled = tensor({{1e-30, 0}, {0, 1}}).to(f64), rows = tensor({{1, 1}, {1e-30, 2e-30}}).to(f64);
  EXPECT_LT(largest(matmul(scaled, solve(scaled, ones({2}, f64))) - 1.0), 1e-12);
  EXPECT_LT(largest(matmul(rows, solve(rows, tensor({1, 1e-30}).to(f64))) - tensor({1, 1e-30}).to(f64)), 1e-12);
}

TEST_P(Factorisations, cholesky_is_the_square_root) {
  const Tensor x = normal({20, 25}, 1), a = matmul(x, x.t()), l = cholesky(a);
  EXPECT_LT(largest(matmul(l, l.t()) - a), 1e-12 * largest(a));
  EXPECT_EQ(largest(triu(l, 1)), 0);
  for (int64_t i = 0; i < 20; i++) EXPECT_GT(l.at({i, i}), 0);
}

TEST_P(Factorisations, cholesky_names_the_leading_minor) {
  const Tensor a = diagonal(tensor({1, 2, 0, 4}));
  EXPECT_THAT(message_of<NumericError>([&] { cholesky(a); }), HasSubstr("leading minor of order 3 is not positive"));
  EXPECT_THAT(message_of<NumericError>([&] { cholesky(full({2, 2}, NAN)); }), HasSubstr("leading minor of order 1"));
}

TEST_P(Factorisations, qr_is_orthogonal_times_triangular_with_a_positive_diagonal) {
  for (const Shape& shape : {Shape{20, 20}, {30, 7}, {7, 30}, {2, 9, 4}}) {
    const Tensor a = normal(shape, 1);
    const std::vector<Tensor> f = qr(a);
    const int64_t k = std::min(shape[shape.rank() - 2], shape.back());
    EXPECT_LT(largest(matmul(f[0], f[1]) - a), 1e-12);
    EXPECT_LT(largest(matmul(transpose(f[0], -2, -1), f[0]) - eye(k, f64)), 1e-13);
    EXPECT_EQ(largest(tril(f[1], -1)), 0);
    EXPECT_GE(min(sum(f[1] * (triu(ones(f[1].shape(), f64)) - triu(ones(f[1].shape(), f64), 1)), {-1})).item(), 0);
  }
  const std::vector<Tensor> f = qr(tensor({{0, 1}, {0, 1}}).to(f64));  // not of full rank: still orthogonal
  EXPECT_LT(largest(matmul(f[0].t(), f[0]) - eye(2, f64)), 1e-14);
}

TEST_P(Factorisations, eigh_gives_eigenvectors_in_ascending_order) {
  const Tensor x = normal({25, 25}, 1), a = x + x.t();
  const std::vector<Tensor> f = eigh(a);
  EXPECT_LT(largest(matmul(a, f[1]) - matmul(f[1], diagonal(f[0]))), 1e-12);
  EXPECT_LT(largest(matmul(f[1].t(), f[1]) - eye(25, f64)), 1e-13);
  const Numbers w = list(f[0]), top = list(max(f[1], {0})), bottom = list(min(f[1], {0}));
  EXPECT_TRUE(std::is_sorted(w.begin(), w.end()));
  for (size_t j = 0; j < top.size(); j++) EXPECT_GT(top[j], -bottom[j]);
}

TEST_P(Factorisations, eigh_of_repeated_values_is_orthogonal) {
  const std::vector<Tensor> f = eigh(3.0 * eye(4, f64));
  EXPECT_EQ(list(f[0]), Numbers(4, 3));
  EXPECT_LT(largest(matmul(f[1].t(), f[1]) - eye(4, f64)), 1e-14);
  const std::vector<Tensor> g = eigh(ones({5, 5}, f64));  // one of 5, four of 0
  EXPECT_LT(largest(g[0] - tensor({0, 0, 0, 0, 5}).to(f64)), 1e-13);
  EXPECT_LT(largest(matmul(matmul(g[1], diagonal(g[0])), g[1].t()) - 1.0), 1e-13);
}

TEST_P(Factorisations, svd_puts_together_again_and_descends) {
  for (const Shape& shape : {Shape{20, 20}, {30, 7}, {7, 30}, {2, 9, 4}}) {
    const Tensor a = normal(shape, 1);
    const std::vector<Tensor> f = svd(a);
    const int64_t k = std::min(shape[shape.rank() - 2], shape.back());
    EXPECT_LT(largest(matmul(matmul(f[0], diagonal(f[1])), f[2]) - a), 1e-12);
    EXPECT_LT(largest(matmul(transpose(f[0], -2, -1), f[0]) - eye(k, f64)), 1e-13);
    EXPECT_LT(largest(matmul(f[2], transpose(f[2], -2, -1)) - eye(k, f64)), 1e-13);
    EXPECT_LE(largest(f[1] - sort(f[1], -1, true)[0]), 0);
  }
}

TEST_P(Factorisations, svd_of_low_rank_has_orthonormal_vectors_all_the_same) {
  for (const Tensor& a : {matmul(normal({6, 2}, 1), normal({2, 5}, 2)), zeros({4, 3}, f64), matmul(normal({3, 1}, 1), normal({1, 8}, 2))}) {
    const std::vector<Tensor> f = svd(a);
    const int64_t k = std::min(a.size(0), a.size(1));
    EXPECT_LT(largest(matmul(matmul(f[0], diagonal(f[1])), f[2]) - a), 1e-13);
    EXPECT_LT(largest(matmul(f[0].t(), f[0]) - eye(k, f64)), 1e-12);
    EXPECT_LT(largest(matmul(f[2], f[2].t()) - eye(k, f64)), 1e-12);
  }
  const Tensor tiny = 1e-200 * normal({4, 4}, 1);  // whose squares vanish
  const std::vector<Tensor> f = svd(tiny);
  EXPECT_LT(largest(matmul(matmul(f[0], diagonal(f[1])), f[2]) / 1e-200 - tiny / 1e-200), 1e-13);
}

TEST(FactorisationGradients, values_of_repeated_eigenvalues_have_one_and_their_vectors_none) {
  Tensor a = (2.0 * eye(3, f64)).set_requires_grad();
  sum(eigh(a)[0]).backward();  // the trace
  EXPECT_LT(largest(a.grad() - eye(3, f64)), 1e-14);
  EXPECT_THAT(message_of<NumericError>([&] { sum(eigh(a)[1]).backward(); }),
              HasSubstr("[eigh] eigenvectors have no gradient here: values 0 and 1 are equal"));
  EXPECT_THAT(message_of<NumericError>([&] { sum(svd(a)[0]).backward(); }),
              HasSubstr("[svd] singular vectors have no gradient here: values 0 and 1 are equal"));
  Tensor flat = diagonal(tensor({1, 2, 0}).to(f64)).set_requires_grad();
  EXPECT_THAT(message_of<NumericError>([&] { sum(svd(flat)[2]).backward(); }), HasSubstr("the smallest singular value is zero"));
}

TEST(FactorisationGradients, qr_of_dependent_columns_has_none) {
  Tensor a = tensor({{1, 1}, {2, 2}, {3, 3}}).to(f64).set_requires_grad();
  EXPECT_THAT(message_of<NumericError>([&] { sum(qr(a)[0]).backward(); }), HasSubstr("[qr] has no gradient here"));
}

TEST(FactorisationGradients, log_of_the_determinant_by_cholesky_is_the_inverse) {
  const Tensor x = normal({5, 8}, 1);
  Tensor a = matmul(x, x.t()).detach().set_requires_grad();
  sum(2.0 * log(sum(cholesky(a) * eye(5, f64), {1}))).backward();  // d log det a = a^{-1}
  EXPECT_LT(largest(a.grad() - solve(a.detach(), eye(5, f64))), 1e-10);
}

}  // namespace
}  // namespace cairn
