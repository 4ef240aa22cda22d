// A list of numbers that counts how many of them were ever copied, for W02's figure and demo.
#pragma once

#include <cstdint>
#include <vector>

namespace cairn::course::w02 {

struct Counted {
  std::vector<double> numbers;
  int64_t* copied;
  Counted(int64_t n, int64_t* copied) : numbers(size_t(n), 1.0), copied(copied) {}
  Counted(const Counted& other) : numbers(other.numbers), copied(other.copied) { *copied += int64_t(numbers.size()); }
  Counted& operator=(const Counted&) = delete;
};

inline double sum_by_value(Counted list) {
  double sum = 0;
  for (const double x : list.numbers) sum += x;
  return sum;
}
inline double sum_by_reference(const Counted& list) {
  double sum = 0;
  for (const double x : list.numbers) sum += x;
  return sum;
}

// Numbers copied by `calls` calls with a list of `length`.
inline int64_t copied(int64_t length, int64_t calls, bool by_value) {
  int64_t count = 0;
  const Counted list(length, &count);
  double sum = 0;
  for (int64_t i = 0; i < calls; i++) sum += by_value ? sum_by_value(list) : sum_by_reference(list);
  return sum == double(length * calls) ? count : -1;
}

}  // namespace cairn::course::w02
