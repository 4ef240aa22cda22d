// slip: db is set to 0 again for each matrix of the batch
// why: Set to 0 within the loop over the batch, db forgets what the matrices before have added: only the last one remains. And what others have
//   sent belongs in it, too.
#include <cstddef>
#include <vector>

using solution_::broadcast_backward;

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  const bool shared = b.size() == k * m;
  for (std::size_t s = 0; s < batch; s++) {
    db.assign(db.size(), 0.0);
    const std::size_t first = shared ? 0 : s * k * m;
    for (std::size_t i = 0; i < n; i++)
      for (std::size_t j = 0; j < m; j++) {
        const double g = dc[(s * n + i) * m + j];
        for (std::size_t p = 0; p < k; p++) {
          da[(s * n + i) * k + p] += g * b[first + p * m + j];
          db[first + p * m + j] += g * a[(s * n + i) * k + p];
        }
      }
  }
}
