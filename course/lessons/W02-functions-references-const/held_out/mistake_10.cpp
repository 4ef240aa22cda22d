// slip: add_to gives sum the size of v in every case, so a longer sum loses its end
// shows: sum {1, 2, 3}, v {1} gives {2} instead of {2, 2, 3}
// named: mutants/sum_cut.cpp
#include <algorithm>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> out(v.size());
  std::transform(v.begin(), v.end(), out.begin(), [=](double x) { return std::clamp(x, low, high); });
  return out;
}

void clip(std::vector<double>& v, double low, double high) { v = clipped(v, low, high); }

const std::string& longest(const std::vector<std::string>& words) {
  if (words.empty()) throw std::invalid_argument("no words");
  return *std::max_element(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
}

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  sum.resize(v.size());
  std::transform(v.begin(), v.end(), sum.begin(), sum.begin(), std::plus<>());
}
