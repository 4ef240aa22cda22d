// slip: b is always taken for one matrix that serves all, also when each product has its own
// shows: batch 2, 1 x 1 matrices, a = (1, 1), b = (2, 3), dc = (1, 1): da gets (2, 2) instead of (2, 3), db (2, 0) instead of (1, 1)
// named: mutants/one_b_for_all.cpp
#include <cstddef>
#include <vector>

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  for (std::size_t s = 0; s < batch; s++) {
    for (std::size_t i = 0; i < n; i++) {
      for (std::size_t j = 0; j < m; j++) {
        const double up = dc[(s * n + i) * m + j];
        for (std::size_t p = 0; p < k; p++) {
          da[(s * n + i) * k + p] += up * b[p * m + j];
          db[p * m + j] += up * a[(s * n + i) * k + p];
        }
      }
    }
  }
}

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  for (std::size_t t = 0; t < dy.size(); t++) {
    std::size_t rest = t, place = 0, stride = 1;
    for (std::size_t e = 1; e <= from.size(); e++) {  // axes counted from the right
      const std::size_t size = from[from.size() - e], wide = to[to.size() - e];
      if (size > 1) place += rest % wide * stride;
      rest /= wide;
      stride *= size;
    }
    dx[place] += dy[t];
  }
}
