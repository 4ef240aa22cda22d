// slip: the steps through dx are counted from the first axis on
// why: x is stored row by row: along the last axis one step is 1 place, and along each axis before it is larger by the sizes behind. Yours
//   multiplies the sizes from the front.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  const std::size_t extra = to.size() - from.size();
  for (std::size_t e = 0; e < dy.size(); e++) {
    std::vector<std::size_t> index(to.size());
    for (std::size_t rest = e, axis = to.size(); axis > 0; rest /= to[--axis]) index[axis - 1] = rest % to[axis - 1];
    std::size_t place = 0, step = 1;
    for (std::size_t axis = extra; axis < to.size(); axis++) {
      if (from[axis - extra] > 1) place += index[axis] * step;
      step *= from[axis - extra];
    }
    dx[place] += dy[e];
  }
}
