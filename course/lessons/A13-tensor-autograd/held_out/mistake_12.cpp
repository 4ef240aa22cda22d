// slip: B is not transposed in the gradient of a (read as if it were [m, k])
// shows: batch = n = 1, k = m = 2, a = {1, 2}, b = {3, 0, 1, 4}, dc = {10, 1}: da is {31, 4} instead of {30, 14}
// named: mutants/b_not_transposed.cpp
#include <cstddef>
#include <vector>

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  const bool shared = b.size() == k * m;
  for (std::size_t s = 0; s < batch; s++) {
    const std::size_t b0 = shared ? 0 : s * k * m;
    for (std::size_t i = 0; i < n; i++)
      for (std::size_t j = 0; j < m; j++) {
        const double g = dc[(s * n + i) * m + j];
        for (std::size_t p = 0; p < k; p++) {
          da[(s * n + i) * k + p] += g * b[b0 + j * k + p];
          db[b0 + p * m + j] += a[(s * n + i) * k + p] * g;
        }
      }
  }
}

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  // For each axis of y: how far a step along it goes in x, 0 where x was repeated.
  const std::size_t axes = to.size(), lacking = to.size() - from.size();
  std::vector<std::size_t> stride(axes, 0), at(axes, 0);
  std::size_t size = 1;
  for (std::size_t d = axes; d-- > lacking;) {
    if (from[d - lacking] > 1) stride[d] = size;
    size *= from[d - lacking];
  }
  for (const double g : dy) {
    std::size_t place = 0;
    for (std::size_t d = 0; d < axes; ++d) place += at[d] * stride[d];
    dx[place] += g;
    for (std::size_t d = axes; d-- > 0;) {
      if (++at[d] < to[d]) break;
      at[d] = 0;
    }
  }
}
