// slip: the sum starts from the whole number 0, so each partial sum is cut to a whole number
// shows: W = {{0.5}}, delta_above = {1}, a = {0.5} gives 0 instead of 0.125
// named: mutants/whole_number_sum.cpp
// named: mutants/whole_number_terms.cpp
#include <cstddef>
#include <functional>
#include <numeric>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta;
  for (std::size_t j = 0; j < a.size(); j++) {
    const double back = std::inner_product(W.begin(), W.end(), delta_above.begin(), 0, std::plus<int>{},
                                           [j](const std::vector<double>& row, double d) { return row[j] * d; });
    delta.push_back(back * a[j] * (1 - a[j]));
  }
  return delta;
}
