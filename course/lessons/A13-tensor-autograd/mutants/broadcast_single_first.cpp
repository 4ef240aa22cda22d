// slip: a single number gets the first share alone
// why: {} is the shape of a single number, which was copied to every place: all of dy is added to it.
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
    if (!from.empty() || e == 0) dx[place] += dy[e];
  }
}
