// slip: the copies of a broadcast are averaged instead of added up
// shows: from {} to {2}, dy = (1, 3): dx gets 2 instead of 4
// named: mutants/broadcast_mean.cpp
#include <cstddef>
#include <vector>

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  bool one_for_all = b.size() == k * m;
  for (std::size_t s = 0; s < batch; s++) {
    std::size_t start = s * k * m;
    if (one_for_all) start = 0;

    // da = dc times b transposed
    for (std::size_t i = 0; i < n; i++) {
      for (std::size_t p = 0; p < k; p++) {
        double sum = 0;
        for (std::size_t j = 0; j < m; j++) { sum += dc[(s * n + i) * m + j] * b[start + p * m + j]; }
        da[(s * n + i) * k + p] += sum;
      }
    }

    // db = a transposed times dc
    for (std::size_t p = 0; p < k; p++) {
      for (std::size_t j = 0; j < m; j++) {
        double sum = 0;
        for (std::size_t i = 0; i < n; i++) { sum += a[(s * n + i) * k + p] * dc[(s * n + i) * m + j]; }
        db[start + p * m + j] += sum;
      }
    }
  }
}

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  std::size_t copies = 1, small = 1;
  for (std::size_t s : to) copies *= s;
  for (std::size_t s : from) small *= s;
  if (small > 0) copies /= small;
  for (std::size_t t = 0; t < dy.size(); t++) {
    std::size_t rest = t, place = 0, stride = 1;
    for (std::size_t e = 1; e <= from.size(); e++) {
      std::size_t f = from[from.size() - e];
      std::size_t index = rest % to[to.size() - e];
      rest /= to[to.size() - e];
      if (f == 1) index = 0;
      place += index * stride;
      stride *= f;
    }
    dx[place] += dy[t] / double(copies);
  }
}
