// Draws, outputs and their text. The verdict itself is in verdict.cpp.
#include <course/machinery/judge/judge.h>

#include <cmath>
#include <cstdio>

namespace judge {

// splitmix64 (Steele, Lea, Flood 2014): enough for test inputs, and the same everywhere.
uint64_t Draw::bits() {
  uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

int64_t Draw::integer(int64_t low, int64_t high) { return low + int64_t(bits() % uint64_t(high - low + 1)); }

double Draw::number(double low, double high) { return low + (high - low) * (double(bits() >> 11) * 0x1p-53); }

double Draw::number() {
  if (size <= 6) return double(integer(-6, 6)) / 2;
  return size <= 9 ? double(integer(-40, 40)) / 4 : normal() * 3;
}

double Draw::normal() {
  const double radius = std::sqrt(-2 * std::log(1 - number(0, 1)));
  return radius * std::cos(6.283185307179586 * number(0, 1));
}

bool Draw::chance(double p) { return number(0, 1) < p; }

std::vector<double> Draw::numbers(int64_t n) {
  std::vector<double> v;
  for (int64_t i = 0; i < n; i++) v.push_back(number());
  return v;
}

std::vector<double> Draw::numbers(int64_t n, double low, double high) {
  std::vector<double> v;
  for (int64_t i = 0; i < n; i++) v.push_back(number(low, high));
  return v;
}

std::vector<int64_t> Draw::integers(int64_t n, int64_t low, int64_t high) {
  std::vector<int64_t> v;
  for (int64_t i = 0; i < n; i++) v.push_back(integer(low, high));
  return v;
}

std::vector<int64_t> Draw::permutation(int64_t n) {
  std::vector<int64_t> v;
  for (int64_t i = 0; i < n; i++) v.push_back(i);
  for (int64_t i = n - 1; i > 0; i--) std::swap(v[size_t(i)], v[size_t(integer(0, i))]);
  return v;
}

void Output::operator()(const std::string& name, double v) { items.push_back({name, 1, 1, {v}, {}, Item::number}); }

void Output::operator()(const std::string& name, const std::vector<double>& v) { items.push_back({name, 1, int64_t(v.size()), v, {}, Item::list}); }

void Output::operator()(const std::string& name, const std::vector<int64_t>& v) { (*this)(name, std::vector<double>(v.begin(), v.end())); }

void Output::operator()(const std::string& name, const std::vector<int>& v) { (*this)(name, std::vector<double>(v.begin(), v.end())); }

void Output::operator()(const std::string& name, int64_t rows, int64_t columns, const std::vector<double>& v) {
  if (rows * columns == int64_t(v.size())) items.push_back({name, rows, columns, v, {}, Item::matrix});
  else (*this)(name, v);  // of another length than it should have: shown as the list that it is
}

void Output::operator()(const std::string& name, const std::string& words) { items.push_back({name, 0, 0, {}, words, Item::text}); }

void Output::truth(const std::string& name, bool v) { items.push_back({name, 1, 1, {v ? 1.0 : 0.0}, {}, Item::truth}); }

std::string text(double v) {
  char buffer[40];
  if (std::isnan(v)) return "nan";
  if (std::isinf(v)) return v > 0 ? "infinity" : "-infinity";
  std::snprintf(buffer, sizeof buffer, "%.8g", v == 0 ? 0.0 : v);
  return buffer;
}

namespace {

template <class T> std::string list_text(const std::vector<T>& v) {
  std::string s = "[";
  for (size_t i = 0; i < v.size(); i++) {
    if (i == 12) return s + ", ... (" + std::to_string(v.size()) + " in all)]";
    s += (i ? ", " : "") + text(double(v[i]));
  }
  return s + "]";
}

}  // namespace

std::string text(const std::vector<double>& v) { return list_text(v); }
std::string text(const std::vector<int64_t>& v) { return list_text(v); }
std::string text(const std::vector<int>& v) { return list_text(v); }

std::string matrix_text(int64_t rows, int64_t columns, const std::vector<double>& v) {
  if (rows * columns != int64_t(v.size())) return list_text(v);
  std::string s = "[";
  for (int64_t r = 0; r < rows; r++) {
    if (r == 6) return s + ", ... (" + std::to_string(rows) + " rows)]";
    s += (r ? ", " : "") + list_text(std::vector<double>(v.begin() + r * columns, v.begin() + (r + 1) * columns));
  }
  return s + "]";
}

}  // namespace judge
