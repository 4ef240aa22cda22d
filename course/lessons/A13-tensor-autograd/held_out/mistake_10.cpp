// slip: the steps through dx are computed from the first axis on, as if it were stored column by column
// shows: from {2, 3} to {2, 3}, dy = (1, 2, 3, 4, 5, 6): dx gets (1, 4, 2, 5, 3, 6) instead of (1, 2, 3, 4, 5, 6)
// named: mutants/broadcast_steps_reversed.cpp
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
  // the shape of x with ones in front, and how far one step along each axis goes in dx
  std::size_t axes = to.size();
  std::size_t missing = axes - from.size();
  std::vector<std::size_t> stride(axes, 0);
  std::size_t step = 1;
  for (std::size_t d = missing; d < axes; d++) {
    std::size_t size = from[d - missing];
    if (size != 1) { stride[d] = step; }
    step *= size;
  }

  std::vector<std::size_t> index(axes, 0);
  for (std::size_t t = 0; t < dy.size(); t++) {
    std::size_t place = 0;
    for (std::size_t d = 0; d < axes; d++) { place += index[d] * stride[d]; }
    dx[place] += dy[t];

    for (std::size_t d = axes; d > 0; d--) {  // count on, the last axis first
      index[d - 1]++;
      if (index[d - 1] < to[d - 1]) break;
      index[d - 1] = 0;
    }
  }
}
