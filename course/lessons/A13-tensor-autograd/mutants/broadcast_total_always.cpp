// slip: every element gets the sum of all of dy
// why: Each element of x gets the shares of its own copies alone. Yours adds up the whole of dy and sends it to all, even where nothing was
//   repeated.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  (void)from, (void)to;
  for (double& d : dx)
    for (const double g : dy) d += g;
}
