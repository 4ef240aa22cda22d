// slip: clipped leaves out the entries that lie outside, instead of moving them to the limit
// shows: clipped({-1, 0.5, 2}, 0, 1) gives {0.5} instead of {0, 0.5, 1}
// named: mutants/clipped_removes.cpp
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

static double held(double x, double low, double high) { return x < low ? low : high < x ? high : x; }

void clip(std::vector<double>& v, double low, double high) {
  for (auto it = v.rbegin(); it != v.rend(); ++it) *it = held(*it, low, high);
}

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result;
  result.reserve(v.size());
  for (const double x : v)
    if (x >= low && x <= high) result.push_back(x);
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

// The longer one of the two is copied, the shorter one is added to the copy.
void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const bool grows = v.size() > sum.size();
  std::vector<double> total = grows ? v : sum;
  const std::vector<double>& rest = grows ? sum : v;
  for (size_t i = 0; i < rest.size(); i++) total[i] = sum[i] + v[i];
  sum = std::move(total);
}
