// slip: the first axis is taken for the one that runs fastest
// why: Row by row the last axis runs fastest, in dy and in dx: take the remainder by the last size first, and begin the steps through dx there.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  const std::size_t extra = to.size() - from.size();
  for (std::size_t e = 0; e < dy.size(); e++) {
    std::size_t rest = e, place = 0, step = 1;
    for (std::size_t axis = 0; axis < to.size(); axis++) {
      const std::size_t at = rest % to[axis], size = axis < extra ? 1 : from[axis - extra];
      if (size > 1) place += at * step;
      rest /= to[axis];
      step *= size;
    }
    dx[place] += dy[e];
  }
}
