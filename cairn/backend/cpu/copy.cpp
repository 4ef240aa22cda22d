// Copies, conversions and constants. Axes are taken in the order of y's memory; then there are three kinds of rows:
//   both contiguous: memcpy, or the vector loops between u8, bool, bf16 and f32;
//   x transposed: tiles of 16 x 16, so that every cache line of x and y is used whole while it is near;
//   anything else: element by element.
#include <cstring>
#include <numeric>

#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/reference/loop.h>

namespace cairn {

using namespace cpu;

namespace {

constexpr int64_t tile = 16;  // 16 x 16 floats: every row is one cache line

// x and y with their axes ordered so that y's strides fall. The last axis is then the one along which writing is cheapest.
void order_by_memory(Array& x, Array& y) {
  int order[Shape::max_rank];
  std::iota(order, order + y.rank(), 0);
  const auto stride = [&](int axis) { return std::abs(y.strides()[axis]); };
  if (std::is_sorted(order, order + y.rank(), [&](int a, int b) { return stride(a) > stride(b); })) return;
  std::stable_sort(order, order + y.rank(), [&](int a, int b) { return stride(a) > stride(b); });
  Shape shape = y.shape();
  Strides sx = x.strides(), sy = y.strides();
  for (int i = 0; i < y.rank(); i++) shape[i] = y.shape()[order[i]], sx[i] = x.strides()[order[i]], sy[i] = y.strides()[order[i]];
  x = x.with(shape, sx, x.offset());
  y = y.with(shape, sy, y.offset());
}

// Calls f with an unsigned integer of the width of the type: moving needs no arithmetic.
template <class F> void visit_width(DType t, F&& f) {
  switch (size_of(t)) {
    case 1: return f(uint8_t{});
    case 2: return f(uint16_t{});
    case 4: return f(uint32_t{});
    default: return f(uint64_t{});
  }
}

// The axis along which x is contiguous, when that is not y's (axis 0 of the plan); -1: none.
int transposed_axis(const Plan<2>& plan) {
  if (plan.stride[0][0] == 1 || plan.stride[1][0] != 1 || plan.size[0] < 4) return -1;
  for (int axis = 1; axis < plan.rank; axis++)
    if (plan.stride[0][axis] == 1 && plan.size[axis] >= 4) return axis;
  return -1;
}

// y[j][i] = x[i][j] for one tile; i runs along y's rows.
template <class T> void copy_tile(const T* x, int64_t x_stride, T* y, int64_t y_stride, int64_t rows, int64_t columns) {
  if constexpr (sizeof(T) == 4) {
    if (rows == tile && columns == tile)
      return transpose_tile_loop(reinterpret_cast<const float*>(x), x_stride, reinterpret_cast<float*>(y), y_stride);
  }
  for (int64_t j = 0; j < columns; j++)
    for (int64_t i = 0; i < rows; i++) y[j * y_stride + i] = x[i * x_stride + j];
}

// Compilers turn a loop over 4-byte values into single stores; memory's own copy is faster from the second KiB on.
template <class T> void fill_row(T* y, int64_t n, T value) {
  const int64_t first = std::min<int64_t>(n, 256);
  std::fill_n(y, first, value);
  for (int64_t i = first; i < n; i += first) std::memcpy(static_cast<void*>(y + i), y, std::min(first, n - i) * sizeof(T));
}

template <class T> void copy_transposed(const Plan<2>& plan, int across) {
  const int64_t rows = plan.size[0], columns = plan.size[across], x_stride = plan.stride[0][0], y_stride = plan.stride[1][across];
  const int64_t tiles = (columns + tile - 1) / tile;
  const int64_t others = plan.numel / (rows * columns);
  parallel_for(others * tiles, std::max<int64_t>(1, cheap_grain / (rows * tile)), [&](int64_t begin, int64_t end) {
    for (int64_t task = begin; task < end; task++) {
      const T* x = reinterpret_cast<const T*>(plan.base[0]);
      T* y = reinterpret_cast<T*>(plan.base[1]);
      int64_t rest = task / tiles;
      for (int axis = 1; axis < plan.rank; axis++) {
        if (axis == across) continue;
        x += rest % plan.size[axis] * plan.stride[0][axis];
        y += rest % plan.size[axis] * plan.stride[1][axis];
        rest /= plan.size[axis];
      }
      const int64_t j = task % tiles * tile, width = std::min(tile, columns - j);
      for (int64_t i = 0; i < rows; i += tile)
        copy_tile(x + i * x_stride + j, x_stride, y + i + j * y_stride, y_stride, std::min(tile, rows - i), width);
    }
  });
}

template <class T> void move(const Plan<2>& plan) {
  if (const int across = transposed_axis(plan); across > 0) return copy_transposed<T>(plan, across);
  const int64_t dx = plan.stride[0][0], dy = plan.stride[1][0];
  const bool past_caches = plan.numel * int64_t(sizeof(T)) >= streaming_bytes && plan.size[0] >= block_size;
  const auto rows = [=](std::byte* const* p, int64_t n) {
    const T* x = reinterpret_cast<const T*>(p[0]);
    T* y = reinterpret_cast<T*>(p[1]);
    if (dx == 1 && dy == 1 && past_caches) stream_bytes_loop(x, y, n * sizeof(T));
    else if (dx == 1 && dy == 1) std::memcpy(y, x, n * sizeof(T));
    else if (dx == 0 && dy == 1) fill_row(y, n, *x);
    else
      for (int64_t i = 0; i < n; i++) y[i * dy] = x[i * dx];
  };
  plan.run_parallel(cheap_grain, rows, past_caches);
}

// Contiguous rows of the conversions that training is full of: images to floats, masks to floats, f32 to bf16 and back.
bool convert_rows(const Plan<2>& plan, DType from, DType to) {
  if (plan.stride[0][0] != 1 || plan.stride[1][0] != 1) return false;
  const auto rows = [&](auto loop) {
    plan.run_parallel(cheap_grain, loop);
    return true;
  };
  if (to == f32 && (from == u8 || from == boolean))
    return rows(
        [](std::byte* const* p, int64_t n) { bytes_to_floats_loop(reinterpret_cast<const uint8_t*>(p[0]), reinterpret_cast<float*>(p[1]), n); });
  if (to == f32 && from == bf16)
    return rows([](std::byte* const* p, int64_t n) { widen_loop(reinterpret_cast<const bf16_t*>(p[0]), reinterpret_cast<float*>(p[1]), n); });
  if (to == bf16 && from == f32)
    return rows([](std::byte* const* p, int64_t n) { narrow_loop(reinterpret_cast<const float*>(p[0]), reinterpret_cast<bf16_t*>(p[1]), n); });
  return false;
}

}  // namespace

void CpuBackend::copy(const Array& from, Array& to) {
  Array x = from, y = to;
  order_by_memory(x, y);
  const Plan<2> plan(y.shape(), {&x, &y});
  if (plan.numel == 0) return;
  if (x.dtype() == y.dtype()) return visit_width(x.dtype(), [&](auto tag) { move<decltype(tag)>(plan); });
  if (!convert_rows(plan, x.dtype(), y.dtype())) ReferenceBackend::copy(x, y);
}

void CpuBackend::fill(Array& to, double value) {
  Array x = to, y = to;
  order_by_memory(x, y);
  const Plan<1> plan(y.shape(), {&y});
  visit(y.dtype(), [&](auto tag) {
    using T = decltype(tag);
    const T v = reference::convert<T>(value);
    const int64_t step = plan.stride[0][0];
    plan.run_parallel(cheap_grain, [=](std::byte* const* p, int64_t n) {
      T* out = reinterpret_cast<T*>(p[0]);
      if (step == 1) fill_row(out, n, v);
      else
        for (int64_t i = 0; i < n; i++) out[i * step] = v;
    });
  });
}

}  // namespace cairn
