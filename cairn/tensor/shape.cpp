#include <cairn/tensor/shape.h>

#include <algorithm>

#include <cairn/base/errors.h>

namespace cairn {

void Shape::too_many_axes(size_t rank) {
  throw ShapeError("a shape has at most " + std::to_string(max_rank) + " axes, not " + std::to_string(rank) + ".");
}

Shape Shape::filled(int rank, int64_t value) {
  Shape s;
  for (int i = 0; i < rank; i++) s.push_back(value);
  return s;
}

void Shape::push_back(int64_t size) {
  if (rank_ == max_rank) too_many_axes(max_rank + 1);
  sizes_[rank_++] = size;
}

void Shape::insert(int axis, int64_t size) {
  push_back(size);
  std::rotate(sizes_ + axis, sizes_ + rank_ - 1, sizes_ + rank_);
}

void Shape::erase(int axis) {
  std::copy(sizes_ + axis + 1, sizes_ + rank_, sizes_ + axis);
  sizes_[--rank_] = 0;
}

std::string Shape::str() const {
  std::string text = "[";
  for (int i = 0; i < rank_; i++) text += (i ? ", " : "") + std::to_string(sizes_[i]);
  return text + "]";
}

Strides contiguous_strides(const Shape& shape) {
  Strides strides = shape;
  uint64_t step = 1;  // unsigned: [0, 2^62, 2^62] is a legal, empty shape
  for (int i = shape.rank() - 1; i >= 0; i--) {
    strides[i] = int64_t(step);
    step *= uint64_t(shape[i]);
  }
  return strides;
}

Shape broadcast_shapes(const char* op, const Shape& a, const Shape& b) {
  if (a == b) return a;
  const bool a_longer = a.rank() >= b.rank();
  Shape result = a_longer ? a : b;
  const Shape& other = a_longer ? b : a;
  for (int i = -1; i >= -other.rank(); i--) {  // axes from the right
    int64_t& s = result[result.rank() + i];
    const int64_t t = other[other.rank() + i];
    if (s == t || t == 1) continue;
    if (s != 1)
      throw ShapeError(std::string("[") + op + "] the shapes " + a.str() + " and " + b.str() + " do not broadcast: on axis " + std::to_string(i) +
                       " " + std::to_string(a_longer ? s : t) + " meets " + std::to_string(a_longer ? t : s) +
                       ".\nHint: counted from the right, sizes must be equal or 1; unsqueeze() or reshape() adds an axis of size 1.");
    s = t;
  }
  return result;
}

int normal_axis(const char* op, int axis, int rank) {
  if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  throw IndexError(std::string("[") + op + "] axis " + std::to_string(axis) + " is outside a tensor of " + std::to_string(rank) +
                   (rank == 1 ? " axis." : " axes.") + " Hint: they count from 0, or from the end from -1 on.");
}

int64_t checked_bytes(const Shape& shape, int64_t element_size) {
  int64_t bytes = element_size;
  bool empty = false, overflow = false;
  for (int64_t s : shape) {
    if (s < 0) throw ShapeError("a size cannot be negative: " + shape.str() + ". Hint: only reshape() and expand() know -1.");
    if (s == 0) empty = true;
    else overflow |= __builtin_mul_overflow(bytes, s, &bytes);
  }
  if (empty) return 0;
  if (overflow) throw OutOfMemoryError("a tensor of shape " + shape.str() + " has more bytes than 63 bits can count. Hint: smaller sizes.");
  return bytes;
}

}  // namespace cairn
