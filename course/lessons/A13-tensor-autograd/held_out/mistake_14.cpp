// slip: takes x to be repeated as a whole block (i modulo size), which is wrong where an axis of size 1 behind others was repeated
// shows: from {2, 1}, to {2, 3}, dy = {1, 2, 3, 4, 5, 6}: dx is {9, 12} instead of {6, 15}
// named: mutants/broadcast_repeats_front.cpp
#include <cstddef>
#include <vector>

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  for (std::size_t s = 0; s < batch; ++s) {
    const double* A = a.data() + s * n * k;
    const double* C = dc.data() + s * n * m;
    const std::size_t offset = b.size() == k * m ? 0 : s * k * m;
    const double* B = b.data() + offset;
    double* dA = da.data() + s * n * k;
    double* dB = db.data() + offset;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t p = 0; p < k; ++p)
        for (std::size_t j = 0; j < m; ++j) {
          dA[i * k + p] += C[i * m + j] * B[p * m + j];
          dB[p * m + j] += A[i * k + p] * C[i * m + j];
        }
  }
}

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  (void)from, (void)to;
  // The numbers of x come again and again in y.
  for (std::size_t i = 0; i < dy.size(); ++i) dx[i % dx.size()] += dy[i];
}
