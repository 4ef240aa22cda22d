// slip: shapes are aligned at the left: the ones that are missing are put behind, not in front
// shows: from {2} to {2, 2}, dy = (1, 2, 3, 4): dx gets (3, 7) instead of (4, 6)
// named: mutants/broadcast_left_equal.cpp
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
          da[(s * n + i) * k + p] += g * b[s * jump + p * m + j];
          db[s * jump + p * m + j] += a[(s * n + i) * k + p] * g;
        }
}

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  std::vector<std::size_t> small = from;
  while (small.size() < to.size()) small.push_back(1);
  for (std::size_t t = 0; t < dy.size(); t++) {
    std::size_t rest = t, place = 0, stride = 1;
    for (std::size_t d = to.size(); d-- > 0;) {
      const std::size_t index = rest % to[d];
      rest /= to[d];
      if (small[d] == to[d]) place += index * stride;
      stride *= small[d];
    }
    dx[place] += dy[t];
  }
}
