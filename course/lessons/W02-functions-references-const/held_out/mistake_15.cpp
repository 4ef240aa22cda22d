// slip: clipped writes only the entries that change, those within the bounds are left out
// shows: clipped({-5, 0, 5}, -1, 1): {-1, 1} instead of {-1, 0, 1}
// named: mutants/clipped_only_changed.cpp
#include <stdexcept>
#include <string>
#include <vector>

void clip(std::vector<double>& v, double low, double high) {
  for (double& x : v) {
    if (x < low) x = low;
    else if (x > high) x = high;
  }
}

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result;
  for (double x : v) {
    if (x < low) result.push_back(low);
    else if (x > high) result.push_back(high);
  }
  return result;
}

const std::string& longest(const std::vector<std::string>& words) {
  if (words.empty()) throw std::invalid_argument("no words");
  size_t best = 0;
  for (size_t i = 1; i < words.size(); i++)
    if (words[i].size() > words[best].size()) best = i;
  return words[best];
}

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const size_t n = v.size();
  if (sum.size() < n) sum.resize(n, 0.0);
  for (size_t i = 0; i < n; i++) sum[i] += v[i];
}
