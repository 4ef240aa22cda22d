// Sorting f32 along a contiguous last axis. A number becomes a 32-bit key that sorts as a whole number; then
//   sort: radix sort, least significant digit first (11 + 11 + 10 bits), which keeps the order of equals;
//   topk: one pass that keeps the k best in order, for a few; else a sort.
// Everything else is the reference's. Hollerith 1889 had the first radix sort.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>

namespace cairn {

using namespace cpu;

namespace {

struct Keyed {
  uint32_t key, index;
};

// Ascending keys are the wanted order: negative numbers with all bits turned, others with the sign turned; NaN above all, -0 as 0.
uint32_t key_of(float x, uint32_t turn) {
  uint32_t bits = std::bit_cast<uint32_t>(x == 0 ? 0.0f : x);
  bits ^= bits >> 31 ? 0xffffffffu : 0x80000000u;
  return (x != x ? 0xffffffffu : bits) ^ turn;
}

class Sorter {
 public:
  // The first k of a line of n in order.
  void first(const float* x, int64_t n, int64_t k, bool descending, float* values, int64_t* indices) {
    const uint32_t turn = descending ? 0xffffffffu : 0;
    if (k <= 64 && k * 8 <= n) {
      keep_best(x, n, size_t(k), turn);
    } else {
      line_.resize(size_t(n));
      for (int64_t i = 0; i < n; i++) line_[size_t(i)] = {key_of(x[i], turn), uint32_t(i)};
      radix_sort();
    }
    for (int64_t i = 0; i < k; i++) indices[i] = line_[size_t(i)].index, values[i] = x[indices[i]];
  }

 private:
  // Nearly every number is worse than the k best so far, which one comparison tells; only the others (and NaN) get a key.
  void keep_best(const float* x, int64_t n, size_t k, uint32_t turn) {
    line_.clear();
    uint32_t worst = 0;
    float limit = NAN;
    for (int64_t i = 0; i < n; i++) {
      if (turn ? x[i] < limit : x[i] > limit) continue;
      const Keyed e = {key_of(x[i], turn), uint32_t(i)};
      if (line_.size() == k) {
        if (e.key >= worst) continue;
        line_.pop_back();
      }
      line_.insert(std::upper_bound(line_.begin(), line_.end(), e, [](const Keyed& a, const Keyed& b) { return a.key < b.key; }), e);
      if (line_.size() == k) worst = line_.back().key, limit = x[line_.back().index];
    }
  }

  void radix_sort() {
    constexpr int digits = 3, bits[digits] = {11, 11, 10}, shift[digits] = {0, 11, 22};
    std::array<std::array<uint32_t, 2048>, digits> count{};
    for (const Keyed& e : line_)
      for (int d = 0; d < digits; d++) count[d][e.key >> shift[d] & ((1u << bits[d]) - 1)]++;
    other_.resize(line_.size());
    for (int d = 0; d < digits; d++) {
      uint32_t at = 0;
      for (uint32_t& c : count[d]) at += std::exchange(c, at);
      for (const Keyed& e : line_) other_[count[d][e.key >> shift[d] & ((1u << bits[d]) - 1)]++] = e;
      line_.swap(other_);
    }
  }

  std::vector<Keyed> line_, other_;
};

bool sorts(const Array& x, int axis, const Array& values, const Array& indices) {
  return x.dtype() == f32 && axis == x.rank() - 1 && x.contiguous() && values.contiguous() && indices.contiguous() && x.numel() > 0 &&
         x.size(axis) < std::numeric_limits<int32_t>::max();
}

void first_of_lines(const Array& x, int64_t k, bool descending, Array& values, Array& indices) {
  const int64_t n = x.shape().back();
  parallel_for(x.numel() / n, std::max<int64_t>(1, costly_grain / n), [&](int64_t begin, int64_t end) {
    Sorter sorter;
    for (int64_t i = begin; i < end; i++)
      sorter.first(x.ptr<float>() + i * n, n, k, descending, values.ptr<float>() + i * k, indices.ptr<int64_t>() + i * k);
  });
}

}  // namespace

void CpuBackend::sort(const Array& x, int axis, bool descending, Array& values, Array& indices) {
  if (sorts(x, axis, values, indices)) first_of_lines(x, x.size(axis), descending, values, indices);
  else ReferenceBackend::sort(x, axis, descending, values, indices);
}

void CpuBackend::topk(const Array& x, int64_t k, int axis, bool largest, Array& values, Array& indices) {
  if (sorts(x, axis, values, indices)) first_of_lines(x, k, largest, values, indices);
  else ReferenceBackend::topk(x, k, axis, largest, values, indices);
}

}  // namespace cairn
