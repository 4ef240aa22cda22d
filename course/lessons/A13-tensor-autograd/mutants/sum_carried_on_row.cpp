// slip: the sum is not begun at 0 again for the next element
// why: Each element of da and db has a sum of its own. Set the sum to 0 directly before the innermost loop; yours carries the sums of the elements
//   before.
#include <cstddef>
#include <vector>

using solution_::broadcast_backward;

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  const bool shared = b.size() == k * m;
  for (std::size_t s = 0; s < batch; s++) {
    const std::size_t first = shared ? 0 : s * k * m;
    for (std::size_t i = 0; i < n; i++) {
      double sum = 0;
      for (std::size_t p = 0; p < k; p++) {
        for (std::size_t j = 0; j < m; j++) sum += dc[(s * n + i) * m + j] * b[first + p * m + j];
        da[(s * n + i) * k + p] += sum;
      }
    }
    for (std::size_t p = 0; p < k; p++) {
      double sum = 0;
      for (std::size_t j = 0; j < m; j++) {
        for (std::size_t i = 0; i < n; i++) sum += dc[(s * n + i) * m + j] * a[(s * n + i) * k + p];
        db[first + p * m + j] += sum;
      }
    }
  }
}
