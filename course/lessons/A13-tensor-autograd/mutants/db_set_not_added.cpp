// slip: the finished sums of db are written with = in place of +=
// why: Within one product the sums are right. But db of a shared b takes a share from each matrix of the batch, and it holds what others have sent:
//   add with +=.
#include <cstddef>
#include <vector>

using solution_::broadcast_backward;

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  const bool shared = b.size() == k * m;
  for (std::size_t s = 0; s < batch; s++) {
    const std::size_t first = shared ? 0 : s * k * m;
    for (std::size_t i = 0; i < n; i++)
      for (std::size_t p = 0; p < k; p++)
        for (std::size_t j = 0; j < m; j++) da[(s * n + i) * k + p] += dc[(s * n + i) * m + j] * b[first + p * m + j];
    for (std::size_t p = 0; p < k; p++)
      for (std::size_t j = 0; j < m; j++) {
        double sum = 0;
        for (std::size_t i = 0; i < n; i++) sum += dc[(s * n + i) * m + j] * a[(s * n + i) * k + p];
        db[first + p * m + j] = sum;
      }
  }
}
