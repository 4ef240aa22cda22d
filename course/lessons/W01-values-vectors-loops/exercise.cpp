// W01: three loops over a vector of whole numbers. `const std::vector<int>& v` is a vector that the function may read and not change.
#include <cstddef>
#include <vector>

// The mean of all numbers: {1, 2} gives 1.5. Of an empty vector it is 0. The sum of the numbers fits into an int.
double mean(const std::vector<int>& v) {
  (void)v;  // remove this line and the next, and write yours
  return 0;
}

// How many numbers are above 0, minus how many are below 0, divided by how many there are: {5, -1, -2, 0} gives -0.25. Of an empty vector 0.
double tilt(const std::vector<int>& v) {
  (void)v;
  return 0;
}

// How often each of the numbers 0, 1, ..., classes - 1 occurs: counts({2, 0, 2, 7}, 3) is {1, 0, 2}. The result has `classes` entries; all other
// numbers in v, negative ones too, are passed over. classes is not negative; when it is 0, the result is empty.
std::vector<int> counts(const std::vector<int>& v, int classes) {
  (void)v, (void)classes;
  return {};
}
