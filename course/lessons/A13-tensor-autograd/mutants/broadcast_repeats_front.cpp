// slip: only axes in front are taken back
// why: The remainder by the size of x is right when whole copies of x lie one after the other, as for axes added in front. Where an axis of size 1 was
//   repeated, the copies of one element lie beside each other.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  (void)from, (void)to;
  for (std::size_t e = 0; e < dy.size(); e++) dx[e % dx.size()] += dy[e];
}
