// slip: clip has the minimum and the maximum mixed up
// shows: clip of {-1, 0.5, 2} to 0 ... 1 gives {1, 1, 1} instead of {0, 0.5, 1}
// named: mutants/clip_all_high.cpp
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

void clip(std::vector<double>& v, double low, double high) {
  for (size_t i = 0; i < v.size(); i++) { v[i] = std::max(high, std::min(low, v[i])); }
}

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> copy = v;
  for (size_t i = 0; i < copy.size(); i++) {
    if (copy[i] < low) copy[i] = low;
    if (copy[i] > high) copy[i] = high;
  }
  return copy;
}

const std::string& longest(const std::vector<std::string>& words) {
  if (words.empty()) { throw std::invalid_argument("no words"); }
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
