// slip: inner_product starts with the int 0, so the sum is cut to a whole number after each term
// shows: w = {0.5, 0}, x = {1, 2}, y = 1 gives true and w = {1.5, 2} instead of false and {0.5, 0}
// named: mutants/whole_number_sum.cpp
// named: mutants/whole_number_terms.cpp
#include <numeric>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  const auto sum = std::inner_product(w.begin(), w.end(), x.begin(), 0);
  if (y * sum > 0) return false;
  auto xi = x.begin();
  for (double& wi : w) wi += y * *xi++;
  return true;
}
