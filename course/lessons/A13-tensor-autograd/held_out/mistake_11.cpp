// slip: the gradient of a is stored with = in place of +=, what others have sent is lost
// shows: batch = n = k = m = 1, a = {2}, b = {3}, dc = {1}, da = {10} before: da is 3 instead of 13
// named: mutants/overwrites_da.cpp
// named: mutants/overwrites.cpp
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
        da[(s * n + i) * k + p] = sum;
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
