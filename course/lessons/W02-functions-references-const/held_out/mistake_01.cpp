// slip: the loop of clip goes through copies of the entries, so v stays as it is
// shows: clip of {-1, 0.5, 2} to 0 ... 1 leaves {-1, 0.5, 2} instead of {0, 0.5, 1}
// named: mutants/clip_copies.cpp
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

void clip(std::vector<double>& v, double low, double high) {
  for (auto x : v) x = std::clamp(x, low, high);
}

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> w;
  for (auto x : v) w.push_back(std::clamp(x, low, high));
  return w;
}

const std::string& longest(const std::vector<std::string>& words) {
  if (words.empty()) throw std::invalid_argument("no words");
  size_t at = 0;
  for (size_t i = 0; i < words.size(); i++)
    if (words[i].size() > words[at].size()) at = i;
  return words[at];
}

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const size_t common = std::min(sum.size(), v.size());
  for (size_t i = 0; i < common; i++) sum[i] += v[i];
  for (size_t i = common; i < v.size(); i++) sum.push_back(v[i]);
}
