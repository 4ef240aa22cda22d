// slip: longest returns an empty string for an empty list instead of throwing
// shows: longest({}) gives "" instead of std::invalid_argument
// named: mutants/no_words.cpp
#include <stdexcept>
#include <string>
#include <vector>

void clip(std::vector<double>& v, double low, double high) {
  for (double& x : v) {
    if (x < low) x = low;
    if (x > high) x = high;
  }
}

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> copy = v;
  clip(copy, low, high);
  return copy;
}

const std::string& longest(const std::vector<std::string>& words) {
  static const std::string none = "";
  if (words.size() == 0) return none;
  size_t best = 0;
  for (size_t i = 1; i < words.size(); i++) {
    if (words[i].size() > words[best].size()) { best = i; }
  }
  return words[best];
}

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  for (size_t i = 0; i < v.size(); i++) {
    if (i < sum.size()) {
      sum[i] += v[i];
    } else {
      sum.push_back(v[i]);
    }
  }
}
