// slip: nothing is added where shapes differ
// why: Where the shapes agree the gradient passes as it is; where they differ the copies are added up. Yours does the first alone.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  if (from == to)
    for (std::size_t e = 0; e < dy.size(); e++) dx[e] += dy[e];
}
