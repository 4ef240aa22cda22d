// slip: either axes in front or the last axis, but not both
// why: You ask only whether the last axis was repeated, and then take all copies for neighbours, or else for whole lists. With axes in front and
//   others of size 1, copies lie in several distances: go axis by axis.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  (void)to;
  const std::size_t copies = dy.size() / dx.size();
  const bool neighbours = !from.empty() && from.back() == 1;
  for (std::size_t e = 0; e < dy.size(); e++) dx[neighbours ? e / copies : e % dx.size()] += dy[e];
}
