// slip: the position is divided before its remainder is taken
// why: The remainder by the last size is the index along the last axis; only then divide by that size. Yours divides first and loses the last
//   index.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  const std::size_t extra = to.size() - from.size();
  for (std::size_t e = 0; e < dy.size(); e++) {
    std::size_t rest = e, place = 0, step = 1;
    for (std::size_t axis = to.size(); axis > extra; axis--) {
      rest /= to[axis - 1];
      const std::size_t at = rest % to[axis - 1], size = from[axis - 1 - extra];
      if (size > 1) place += at * step;
      step *= size;
    }
    dx[place] += dy[e];
  }
}
