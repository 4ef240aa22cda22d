// slip: every element gets the sum of all of dy
// why: Each element of x gets the shares of its own copies alone. Yours adds up the whole of dy and sends it to all.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  (void)to;
  double sum = 0;
  for (const double g : dy) sum += g;
  for (std::size_t i = 0; i < dx.size(); i++) dx[i] += from == to ? dy[i] : sum;
}
