// slip: the shapes are aligned at the left
// why: Shapes are aligned at the right, as in A02: [2] becomes [2, 2] as a row, not as a column. The ones that are missing stand in front, not
//   behind.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  std::vector<std::size_t> padded = from;
  padded.resize(to.size(), 1);
  for (std::size_t e = 0; e < dy.size(); e++) {
    std::size_t rest = e, place = 0, step = 1;
    for (std::size_t axis = to.size(); axis > 0; axis--) {
      const std::size_t at = rest % to[axis - 1], size = padded[axis - 1];
      if (size == to[axis - 1]) place += at * step;
      rest /= to[axis - 1];
      step *= size;
    }
    dx[place] += dy[e];
  }
}
