// right
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

// A whole-number total of 64 bits has room for every vector that fits into memory.
double mean(const std::vector<int>& v) {
  int64_t total = 0, n = 0;
  for (const int x : v) {
    total += x;
    n++;
  }
  return n == 0 ? 0.0 : static_cast<double>(total) / static_cast<double>(n);
}

double tilt(const std::vector<int>& v) {
  int64_t signs[3] = {0, 0, 0};  // below, zero, above
  for (const int x : v) signs[(x > 0) - (x < 0) + 1]++;
  const int64_t n = signs[0] + signs[1] + signs[2];
  if (n == 0) return 0;
  return static_cast<double>(signs[2]) / static_cast<double>(n) - static_cast<double>(signs[0]) / static_cast<double>(n);
}

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::map<int, int> seen;
  for (const int x : v) ++seen[x];
  std::vector<int> result(static_cast<size_t>(classes));
  for (const auto& [number, times] : seen) {
    if (number < 0) continue;
    if (number >= classes) break;  // the map is sorted: only larger ones follow
    result[static_cast<size_t>(number)] = times;
  }
  return result;
}
