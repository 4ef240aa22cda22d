// Shapes and strides: up to eight axes, kept in place (no allocation).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

namespace cairn {

class Shape {
 public:
  static constexpr int max_rank = 8;
  Shape() = default;  // rank 0: a scalar
  Shape(std::initializer_list<int64_t> sizes) : Shape(std::span<const int64_t>(sizes.begin(), sizes.size())) {}
  Shape(std::span<const int64_t> sizes) {  // ShapeError above eight axes
    if (sizes.size() > size_t(max_rank)) [[unlikely]]
      too_many_axes(sizes.size());
    for (int64_t s : sizes) sizes_[rank_++] = s;
  }
  Shape(const std::vector<int64_t>& sizes) : Shape(std::span<const int64_t>(sizes)) {}
  static Shape filled(int rank, int64_t value);

  int rank() const { return rank_; }
  int64_t operator[](int i) const { return sizes_[i]; }  // 0 <= i < rank, unchecked
  int64_t& operator[](int i) { return sizes_[i]; }
  int64_t back() const { return sizes_[rank_ - 1]; }
  const int64_t* begin() const { return sizes_; }
  const int64_t* end() const { return sizes_ + rank_; }
  int64_t numel() const {  // wraps around above 63 bits: see checked_bytes
    uint64_t n = 1;
    for (int64_t s : *this) n *= uint64_t(s);
    return int64_t(n);
  }
  void push_back(int64_t size);  // ShapeError above eight axes
  void insert(int axis, int64_t size);
  void erase(int axis);
  std::string str() const;  // "[64, 1, 28, 28]"
  std::vector<int64_t> vector() const { return {begin(), end()}; }

  friend bool operator==(const Shape& a, const Shape& b) {
    if (a.rank_ != b.rank_) return false;
    for (int i = 0; i < a.rank_; i++)
      if (a.sizes_[i] != b.sizes_[i]) return false;
    return true;
  }

 private:
  [[noreturn]] static void too_many_axes(size_t rank);
  int64_t sizes_[max_rank] = {};
  int rank_ = 0;
};

using Strides = Shape;  // in elements; may be 0 (expanded) or negative (flipped)

Strides contiguous_strides(const Shape& shape);
// Sizes that fit together: from the right, equal or one of them 1. ShapeError names the op, the shapes and the axis.
Shape broadcast_shapes(const char* op, const Shape& a, const Shape& b);
// -1 is the last axis. IndexError outside [-rank, rank).
int normal_axis(const char* op, int axis, int rank);
// Checked product: OutOfMemoryError when the bytes do not fit into 63 bits, ShapeError for a negative size.
int64_t checked_bytes(const Shape& shape, int64_t element_size);

}  // namespace cairn
