// slip: an empty vector is refused
// why: The mean of an empty vector is 0 here: return it before you divide.
#include <stdexcept>
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) throw std::invalid_argument("empty");
  double sum = 0;
  for (const int x : v) sum += x;
  return sum / double(v.size());
}
