// slip: longest compares the words by the alphabet instead of by their length
// shows: longest({"z", "aaa", "b"}) gives z instead of aaa
// named: mutants/alphabet.cpp
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
  return *std::max_element(words.begin(), words.end());
}

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  if (sum.size() < v.size()) sum.resize(v.size());
  std::transform(v.begin(), v.end(), sum.begin(), sum.begin(), std::plus<>());
}
