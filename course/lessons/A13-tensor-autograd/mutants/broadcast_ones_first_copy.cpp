// slip: no sum over the axes of size 1: only the first copy counts
// why: Where from has 1 and to has more, every copy sends a share back, and they are added. Yours takes the first copy there.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  const std::size_t extra = to.size() - from.size();
  for (std::size_t e = 0; e < dy.size(); e++) {
    std::size_t rest = e, place = 0, step = 1, copy = 0;
    for (std::size_t axis = to.size(); axis > extra; axis--) {
      const std::size_t at = rest % to[axis - 1], size = from[axis - 1 - extra];
      (size > 1 ? place : copy) += at * step;
      rest /= to[axis - 1];
      step *= size;
    }
    if (copy == 0) dx[place] += dy[e];
  }
}
