// slip: no sum over the repeated axes: only the first copy counts
// why: Every copy of an element sends a share back, and they are added. Yours takes the first copy alone.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  std::vector<bool> taken(dx.size(), false);
  const std::size_t extra = to.size() - from.size();
  for (std::size_t e = 0; e < dy.size(); e++) {
    std::size_t rest = e, place = 0, step = 1;
    for (std::size_t axis = to.size(); axis > extra; axis--) {
      const std::size_t at = rest % to[axis - 1], size = from[axis - 1 - extra];
      if (size > 1) place += at * step;
      rest /= to[axis - 1];
      step *= size;
    }
    if (!taken[place]) dx[place] += dy[e];
    taken[place] = true;
  }
}
