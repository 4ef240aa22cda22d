// slip: the sum for db is not begun at 0 again for the next matrix
// why: The share of a matrix is added to db once. Yours keeps the sum over the matrices before in it, and adds those shares again with each matrix.
#include <cstddef>
#include <vector>

using solution_::broadcast_backward;

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  const bool shared = b.size() == k * m;
  std::vector<double> share(k * m);
  for (std::size_t s = 0; s < batch; s++) {
    const std::size_t first = shared ? 0 : s * k * m;
    for (std::size_t i = 0; i < n; i++)
      for (std::size_t j = 0; j < m; j++) {
        const double g = dc[(s * n + i) * m + j];
        for (std::size_t p = 0; p < k; p++) {
          da[(s * n + i) * k + p] += g * b[first + p * m + j];
          share[p * m + j] += g * a[(s * n + i) * k + p];
        }
      }
    for (std::size_t e = 0; e < k * m; e++) db[first + e] += share[e];
  }
}
