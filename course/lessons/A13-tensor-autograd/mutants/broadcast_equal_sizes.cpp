// slip: the numbers are added one for one, as if nothing had been repeated
// why: dy is larger than dx. Find for each element of dy the one of x that it was copied from, and add it there. Yours adds the first elements of
//   dy and leaves the rest.
#include <cstddef>
#include <vector>

using solution_::matmul_backward;

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  (void)from, (void)to;
  for (std::size_t i = 0; i < dx.size(); i++) dx[i] += dy[i];
}
