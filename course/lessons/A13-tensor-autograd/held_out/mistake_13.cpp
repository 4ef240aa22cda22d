// slip: for a shared b the products of the batch are not summed, only that of the last element is added to db
// shows: batch 2, n = k = m = 1, a = {1, 2}, b = {1}, dc = {1, 1}: db is 2 instead of 3
// named: mutants/no_sum_over_batch.cpp
#include <cstddef>
#include <vector>

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  const bool one_b = b.size() == k * m;
  std::vector<double> product(k * m, 0.0);  // A^T dC
  for (std::size_t s = 0; s < batch; s++) {
    for (std::size_t i = 0; i < n; i++)
      for (std::size_t p = 0; p < k; p++)
        for (std::size_t j = 0; j < m; j++) da[(s * n + i) * k + p] += dc[(s * n + i) * m + j] * b[(one_b ? 0 : s * k * m) + p * m + j];
    for (std::size_t p = 0; p < k; p++)
      for (std::size_t j = 0; j < m; j++) {
        product[p * m + j] = 0;
        for (std::size_t i = 0; i < n; i++) product[p * m + j] += a[(s * n + i) * k + p] * dc[(s * n + i) * m + j];
        if (!one_b) db[s * k * m + p * m + j] += product[p * m + j];
      }
  }
  if (one_b)
    for (std::size_t q = 0; q < product.size(); q++) db[q] += product[q];
}

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  for (std::size_t i = 0; i < dy.size(); i++) {
    // Take the index apart from the last axis on, and put together the one in x.
    std::size_t rest = i, place = 0, stride = 1;
    for (std::size_t back = 1; back <= from.size(); back++) {
      const std::size_t coordinate = rest % to[to.size() - back];
      rest /= to[to.size() - back];
      const std::size_t size = from[from.size() - back];
      if (size != 1) place += coordinate * stride;
      stride *= size;
    }
    dx[place] += dy[i];
  }
}
