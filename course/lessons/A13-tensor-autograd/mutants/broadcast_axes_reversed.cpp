// slip: the first axis is taken for the one that runs fastest
// why: Row by row the last axis runs fastest: to turn a position into an index, take the remainder by the last size first.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  const std::size_t extra = to.size() - from.size();
  for (std::size_t e = 0; e < dy.size(); e++) {
    std::vector<std::size_t> index;
    for (std::size_t rest = e, axis = 0; axis < to.size(); rest /= to[axis++]) index.push_back(rest % to[axis]);
    std::size_t place = 0, step = 1;
    for (std::size_t axis = to.size(); axis > extra; axis--) {
      const std::size_t at = index[axis - 1], size = from[axis - 1 - extra];
      if (size > 1) place += at * step;
      step *= size;
    }
    dx[place] += dy[e];
  }
}
