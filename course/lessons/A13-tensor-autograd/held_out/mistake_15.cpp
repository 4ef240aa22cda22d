// slip: the place in y is taken apart from the first axis on, as if the first axis ran fastest
// shows: from {3}, to {2, 3}, dy = {1, 2, 3, 4, 5, 6}: dx is {3, 7, 11} instead of {5, 7, 9}
// named: mutants/broadcast_axes_reversed.cpp
// named: mutants/broadcast_all_reversed.cpp
#include <cstddef>
#include <vector>

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  const std::size_t step = b.size() == k * m ? 0 : k * m;  // from one B to the next
  // da = dc B^T
  for (std::size_t s = 0; s < batch; ++s)
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t p = 0; p < k; ++p) {
        double sum = 0;
        for (std::size_t j = 0; j < m; ++j) sum += dc[(s * n + i) * m + j] * b[s * step + p * m + j];
        da[(s * n + i) * k + p] += sum;
      }
  // db = A^T dc
  for (std::size_t s = 0; s < batch; ++s)
    for (std::size_t p = 0; p < k; ++p)
      for (std::size_t j = 0; j < m; ++j) {
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i) sum += a[(s * n + i) * k + p] * dc[(s * n + i) * m + j];
        db[s * step + p * m + j] += sum;
      }
}

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  const std::size_t skip = to.size() - from.size();
  // Steps in x for each of its axes, 0 where it was repeated.
  std::vector<std::size_t> step(from.size());
  std::size_t below = 1;
  for (std::size_t d = from.size(); d > 0; --d) {
    step[d - 1] = from[d - 1] == 1 ? 0 : below;
    below *= from[d - 1];
  }
  for (std::size_t i = 0; i < dy.size(); ++i) {
    std::size_t rest = i, place = 0;
    for (std::size_t d = 0; d < to.size(); ++d) {
      const std::size_t coordinate = rest % to[d];
      rest /= to[d];
      if (d >= skip) place += coordinate * step[d - skip];
    }
    dx[place] += dy[i];
  }
}
