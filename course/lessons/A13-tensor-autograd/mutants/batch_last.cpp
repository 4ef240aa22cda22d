// slip: the batch is taken for the last axis
// why: The batch is the first axis: element (s, i, p) of a stands at (s * n + i) * k + p. You read it as if s ran fastest.
#include <cstddef>
#include <vector>

using solution_::broadcast_backward;

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  const bool shared = b.size() == k * m;
  for (std::size_t s = 0; s < batch; s++) {
    const std::size_t first = shared ? 0 : s * k * m;
    for (std::size_t i = 0; i < n; i++)
      for (std::size_t j = 0; j < m; j++) {
        const double g = dc[(i * m + j) * batch + s];
        for (std::size_t p = 0; p < k; p++) {
          da[(i * k + p) * batch + s] += g * b[first + p * m + j];
          db[first + p * m + j] += g * a[(i * k + p) * batch + s];
        }
      }
  }
}
