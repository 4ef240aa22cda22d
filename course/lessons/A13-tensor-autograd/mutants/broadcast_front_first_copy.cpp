// slip: no sum over the axes in front: only the first copy counts
// why: An axis that from lacks was repeated as well: every copy sends a share back, and they are added. Yours adds up along axes of size 1 alone,
//   and takes the first copy of the rest.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  const std::size_t extra = to.size() - from.size();
  for (std::size_t e = 0; e < dy.size(); e++) {
    std::size_t rest = e, place = 0, step = 1;
    for (std::size_t axis = to.size(); axis > extra; axis--) {
      const std::size_t at = rest % to[axis - 1], size = from[axis - 1 - extra];
      if (size > 1) place += at * step;
      rest /= to[axis - 1];
      step *= size;
    }
    if (rest == 0) dx[place] += dy[e];
  }
}
