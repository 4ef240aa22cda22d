#include <cstddef>
#include <vector>

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  const bool shared = b.size() == k * m;
  for (std::size_t s = 0; s < batch; s++) {
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

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  const std::size_t extra = to.size() - from.size();
  for (std::size_t e = 0; e < dy.size(); e++) {
    std::size_t rest = e, place = 0, step = 1;
    for (std::size_t axis = to.size(); axis > extra; axis--) {
      const std::size_t at = rest % to[axis - 1], size = from[axis - 1 - extra];
      if (size > 1) place += at * step;
      rest /= to[axis - 1];
      step *= size;
    }
    dx[place] += dy[e];
  }
}
