// right
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
  std::vector<double> result = v;
  clip(result, low, high);
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
