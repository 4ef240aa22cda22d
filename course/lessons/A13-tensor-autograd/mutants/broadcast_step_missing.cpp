// slip: the step through dx stays 1
// why: One step along an axis passes over all elements of the axes behind it: multiply the step by the size of each axis that is done. In yours
//   different indices meet in the same place.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  const std::size_t extra = to.size() - from.size();
  for (std::size_t e = 0; e < dy.size(); e++) {
    std::size_t rest = e, place = 0;
    for (std::size_t axis = to.size(); axis > extra; axis--) {
      const std::size_t at = rest % to[axis - 1], size = from[axis - 1 - extra];
      if (size > 1) place += at;
      rest /= to[axis - 1];
    }
    dx[place] += dy[e];
  }
}
