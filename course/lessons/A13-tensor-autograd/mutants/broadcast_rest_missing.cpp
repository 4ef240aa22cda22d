// slip: the position is not divided by the sizes that are done
// why: e % size gives the index along the last axis. For the axis before, divide by the last size first, then take the remainder. Yours takes all
//   remainders of e itself.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  const std::size_t extra = to.size() - from.size();
  for (std::size_t e = 0; e < dy.size(); e++) {
    std::size_t place = 0, step = 1;
    for (std::size_t axis = to.size(); axis > extra; axis--) {
      const std::size_t at = e % to[axis - 1], size = from[axis - 1 - extra];
      if (size > 1) place += at * step;
      step *= size;
    }
    dx[place] += dy[e];
  }
}
