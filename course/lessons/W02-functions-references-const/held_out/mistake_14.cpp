// slip: sum is filled with zeros before v is read, and v may be the same vector
// shows: v = {1, 2}, add_to(v, v): {1, 2} instead of {2, 4}
// named: mutants/cleared_first.cpp
#include <stdexcept>
#include <string>
#include <vector>

void clip(std::vector<double>& v, double low, double high) {
  for (size_t i = 0; i < v.size(); i++) {
    if (v[i] < low) v[i] = low;
    if (v[i] > high) v[i] = high;
  }
}

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> copy(v);
  clip(copy, low, high);
  return copy;
}

const std::string& longest(const std::vector<std::string>& words) {
  if (words.size() == 0) throw std::invalid_argument("no words");
  const std::string* best = &words[0];
  for (const std::string& word : words)
    if (word.length() > best->length()) best = &word;
  return *best;
}

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const std::vector<double> old = sum;
  sum.assign(v.size() > old.size() ? v.size() : old.size(), 0.0);
  for (size_t i = 0; i < v.size(); i++) sum[i] = v[i];
  for (size_t i = 0; i < old.size(); i++) sum[i] += old[i];
}
