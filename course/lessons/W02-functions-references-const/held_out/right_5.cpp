// right
#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

void clip(std::vector<double>& v, double low, double high) {
  std::transform(v.begin(), v.end(), v.begin(), [=](double x) { return std::clamp(x, low, high); });
}

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> out;
  out.reserve(v.size());
  for (double x : v) out.push_back(std::clamp(x, low, high));
  return out;
}

const std::string& longest(const std::vector<std::string>& words) {
  const auto found = std::max_element(words.begin(), words.end(), [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
  if (found == words.end()) throw std::invalid_argument("no words");
  return *found;  // max_element gives the first of several
}

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const std::size_t common = std::min(sum.size(), v.size());
  for (std::size_t i = 0; i < common; ++i) sum[i] += v[i];
  for (std::size_t i = common; i < v.size(); ++i) sum.push_back(v[i]);
}
