// slip: b is read as if it were already transposed, [m, k] in place of [k, m], when da is computed
// shows: batch 1, n 1, k 2, m 2, b = (1, 2, 3, 4), dc = (1, 0): da gets (1, 2) instead of (1, 3)
// named: mutants/b_not_transposed.cpp
#include <cstddef>
#include <vector>

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  const std::size_t jump = b.size() == k * m ? 0 : k * m;  // from one matrix of b to the next
  for (std::size_t s = 0; s < batch; s++)
    for (std::size_t i = 0; i < n; i++)
      for (std::size_t p = 0; p < k; p++)
        for (std::size_t j = 0; j < m; j++) {
          const double g = dc[(s * n + i) * m + j];
          da[(s * n + i) * k + p] += g * b[s * jump + j * k + p];
          db[s * jump + p * m + j] += a[(s * n + i) * k + p] * g;
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
