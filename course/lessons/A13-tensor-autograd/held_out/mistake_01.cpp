// slip: the broadcast is undone by counting round and round through dx, which fits axes in front only, not an inner axis of size 1
// shows: from {2, 1} to {2, 3}, dy = (1, 2, 3, 4, 5, 6) gives dx + (9, 12) instead of dx + (6, 15)
// named: mutants/broadcast_repeats_front.cpp
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
  (void)from, (void)to;
  for (std::size_t i = 0; i < dy.size(); i++) dx[i % dx.size()] += dy[i];
}
