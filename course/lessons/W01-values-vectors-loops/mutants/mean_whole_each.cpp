// slip: each number is divided as a whole number
// why: x / int(v.size()) cuts off the rest each time. Add up first, and divide as a double.
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  for (const int x : v) sum += x / int(v.size());
  return sum;
}
