// slip: the numbers themselves are collected
// why: The result says how often each class occurs; it does not hold the numbers. Make it with `classes` zeros, then count up.
#include <cstddef>
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result;
  for (const int x : v) {
    if (x >= 0 && x < classes) result.push_back(x);
  }
  return result;
}
