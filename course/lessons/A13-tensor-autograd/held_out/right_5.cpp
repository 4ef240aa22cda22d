// right
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

namespace {
// Walks along axis d of y; place_y and place_x are the places reached so far.
void walk(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to, std::vector<double>& dx,
          std::size_t d, std::size_t place_y, std::size_t place_x) {
  if (d == to.size()) {
    dx[place_x] += dy[place_y];
    return;
  }
  for (std::size_t i = 0; i < to[d]; ++i) {
    std::size_t next_x = place_x;
    if (d >= to.size() - from.size()) {
      const std::size_t size = from[d - (to.size() - from.size())];
      next_x = place_x * size + (size == 1 ? 0 : i);
    }
    walk(dy, from, to, dx, d + 1, place_y * to[d] + i, next_x);
  }
}
}  // namespace

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  walk(dy, from, to, dx, 0, 0, 0);
}
