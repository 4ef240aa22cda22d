// slip: the sum runs over the wrong axis
// why: You add up neighbours. That is right where the last axis was repeated; a list that became rows of a matrix was repeated along the first axis, so
//   the sum runs down the columns.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  (void)from, (void)to;
  for (std::size_t e = 0; e < dy.size(); e++) dx[e / (dy.size() / dx.size())] += dy[e];
}
