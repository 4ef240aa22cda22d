// slip: add_to sets sum to zeros before it adds, and v is gone when it is the same vector
// shows: s = {1, 2, 3}, add_to(s, s) gives {1, 2, 3} instead of {2, 4, 6}
// named: mutants/cleared_first.cpp
#include <stdexcept>
#include <string>
#include <vector>

static double held(double x, double low, double high) { return x < low ? low : high < x ? high : x; }

void clip(std::vector<double>& v, double low, double high) {
  for (auto it = v.rbegin(); it != v.rend(); ++it) *it = held(*it, low, high);
}

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result;
  result.reserve(v.size());
  for (const double x : v) result.push_back(held(x, low, high));
  return result;
}

// From the back to the front, so that the first of several equally long words is the last one to be kept.
const std::string& longest(const std::vector<std::string>& words) {
  if (words.empty()) throw std::invalid_argument("no words");
  const std::string* found = &words.back();
  for (size_t i = words.size(); i-- > 0;)
    if (words[i].length() >= found->length()) found = &words[i];
  return *found;
}

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const std::vector<double> before = sum;
  sum.assign(before.size() > v.size() ? before.size() : v.size(), 0);
  for (size_t i = 0; i < v.size(); i++) sum[i] += v[i];
  for (size_t i = 0; i < before.size(); i++) sum[i] += before[i];
}
