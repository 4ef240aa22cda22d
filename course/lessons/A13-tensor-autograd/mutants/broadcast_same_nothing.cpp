// slip: nothing is added where the shapes agree
// why: Where nothing was repeated, each element of x has one copy, and its gradient still has to be added to dx.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  if (from == to) return;
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
