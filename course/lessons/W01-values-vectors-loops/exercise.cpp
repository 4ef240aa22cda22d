// W01: three loops over a vector of whole numbers.
#include <vector>

// The mean of all numbers: {1, 2} gives 1.5. Of an empty vector it is 0.
double mean(const std::vector<int>& v) {
  (void)v;  // remove this line and the next, and write yours
  return 0;
}

// How many numbers are above 0, minus how many are below 0, divided by how many there are: {5, -1, -2, 0} gives -0.25. Of an empty vector 0.
double tilt(const std::vector<int>& v) {
  (void)v;
  return 0;
}

// counts({2, 0, 2, 7}, 3) is {1, 0, 2}: how often 0, 1 and 2 occur. The result has `classes` entries; numbers outside of 0 ... classes - 1 are
// passed over. classes is not negative.
std::vector<int> counts(const std::vector<int>& v, int classes) {
  (void)v, (void)classes;
  return {};
}
