// W02 by another way: a new vector is built and put in the old one's place, a pointer remembers the best word.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result;
  for (const double x : v) result.push_back(std::min(std::max(x, low), high));
  return result;
}

void clip(std::vector<double>& v, double low, double high) { v = clipped(v, low, high); }

const std::string& longest(const std::vector<std::string>& words) {
  const std::string* best = nullptr;
  for (const std::string& w : words) {
    if (!best || w.size() > best->size()) best = &w;
  }
  if (!best) throw std::invalid_argument("no words");
  return *best;
}

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  std::vector<double> result(std::max(sum.size(), v.size()), 0.0);
  for (size_t i = 0; i < sum.size(); i++) result[i] += sum[i];
  for (size_t i = 0; i < v.size(); i++) result[i] += v[i];
  sum = std::move(result);
}
