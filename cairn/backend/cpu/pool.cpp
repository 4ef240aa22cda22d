// Pooling of f32 and bf16. Planes (or, of blocked images, blocks of channels) are shared out among the threads; which loop does them
// depends on the form of the images and of the windows:
//   one window over the whole image, row-major        a reduction of each plane; its gradient fills a plane
//   row-major                                         vectors along rows, pool_loops.cpp
//   blocked by channels                               vectors across channels, pool_blocked.cpp
//   adaptive windows of unequal sizes; the gradient of strides above 2 along rows: loops over single elements, below
#include <cstring>
#include <vector>

#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/pool_loops.h>
#include <cairn/tensor/layout.h>

namespace cairn {

using namespace cpu;

namespace {

PoolPlanes planes_of(const Windows& w, const Array& x, const Array& y, const Array& result) {
  PoolPlanes p{};
  p.w = w;
  p.H = x.size(2), p.W = x.size(3), p.OH = y.size(2), p.OW = y.size(3);
  p.count = x.size(0) * x.size(1);
  p.dtype = x.dtype();
  p.past_caches = result.numel() * size_of(result.dtype()) >= streaming_bytes;
  return p;
}

bool one_window(const PoolPlanes& p) {
  const Windows& w = p.w;
  return p.OH == 1 && p.OW == 1 && w.kernel == Size2(p.H, p.W) && w.padding == Size2(0) && w.dilation == Size2(1) && !w.adaptive;
}

// body(begin, end) over ranges of `count` pieces of n elements of the image each.
template <class Body> void share_out(int64_t count, int64_t n, Body&& body) {
  parallel_for(count, std::max<int64_t>(1, cheap_grain / std::max<int64_t>(1, n)), body);
}

// An array of one pixel an image [N, C, 1, 1] as blocks of channels, and back. With C a multiple of the block that is the same memory.
Array pixels_to_blocks(const Array& x, int64_t block) {
  const int64_t N = x.size(0), C = x.size(1), filled = (C + block - 1) / block * block;
  const Array rows = row_major(x).reshaped({N, C});
  if (C == filled) return rows;
  Array blocks({N, filled}, x.dtype());
  device_ops().fill(blocks, 0);
  Array inner = blocks.sliced(1, 0, C);
  device_ops().copy(rows, inner);
  return blocks;
}
// What kernels fill in place of y: y's lanes, or, for one pixel an image, blocks whose values are then moved to y.
class BlockedResult {
 public:
  BlockedResult(Array& y, int64_t block) : y_(y), block_(block) {
    if (!y.defined()) return;
    const int64_t N = y.size(0), C = y.size(1);
    lanes = y.blocked() ? y.lanes() : C % block == 0 ? y.reshaped({N, C}) : Array({N, (C + block - 1) / block * block}, y.dtype());
  }
  void done() {
    if (!y_.defined() || y_.blocked() || y_.size(1) % block_ == 0) return;
    Array rows = y_.reshaped({y_.size(0), y_.size(1)});
    device_ops().copy(lanes.sliced(1, 0, y_.size(1)), rows);
  }
  void* raw() const { return lanes.defined() ? lanes.raw() : nullptr; }
  Array lanes;

 private:
  Array& y_;
  int64_t block_;
};

// Do these pooled arrays lie as the blocks of the image do?
bool pooled_fits(const Array& y, Layout layout) { return !y.defined() || y.layout() == layout || (y.size(2) == 1 && y.size(3) == 1); }
Array blocks_of(const Array& y, int64_t block) { return y.blocked() ? y.lanes() : pixels_to_blocks(y, block); }
int64_t blocks(const Array& x) { return x.size(0) * ((x.size(1) + block_of(x.layout()) - 1) / block_of(x.layout())); }

// ---- loops over single elements of planes, for windows that the vector loops do not take

template <class F> void for_each_place(const PoolPlanes& p, int64_t i, int64_t j, F f) {
  const WindowSpan rows = window_span(p.w, 0, i, p.H, p.OH), columns = window_span(p.w, 1, j, p.W, p.OW);
  for (int64_t k = 0; k < rows.count; k++)
    for (int64_t l = 0; l < columns.count; l++)
      f((rows.place + k * p.w.dilation.h) * p.W + columns.place + l * p.w.dilation.w, (rows.k + k) * p.w.kernel.w + columns.k + l);
}
template <class T, class P> void max_pool_each(const PoolPlanes& p, const T* x, T* y, P* place) {
  for (int64_t i = 0; i < p.OH; i++)
    for (int64_t j = 0; j < p.OW; j++) {
      float best = -std::numeric_limits<float>::infinity();
      int64_t at = -1;
      for_each_place(p, i, j, [&](int64_t where, int64_t number) {
        const float v = x[where];
        if (at < 0 || v > best || v != v) best = v, at = number;
      });
      y[i * p.OW + j] = T(best);
      if (place) place[i * p.OW + j] = P(std::max<int64_t>(0, at));
    }
}
template <class T> void avg_pool_each(const PoolPlanes& p, const T* x, T* y) {
  for (int64_t i = 0; i < p.OH; i++)
    for (int64_t j = 0; j < p.OW; j++) {
      float sum = 0;
      for_each_place(p, i, j, [&](int64_t where, int64_t) { sum += x[where]; });
      const int64_t area = window_length(p.w, 0, i, p.H, p.OH, p.count_padding) * window_length(p.w, 1, j, p.W, p.OW, p.count_padding);
      y[i * p.OW + j] = T(sum / float(area));
    }
}
// sums: the plane of dx, in f32.
template <class T, class P> void max_pool_grad_each(const PoolPlanes& p, const T* dy, const P* place, float* sums) {
  const auto start = [&](int axis, int64_t at, int64_t n, int64_t m) {
    return p.w.adaptive ? at * n / m : at * p.w.stride[axis] - p.w.padding[axis];
  };
  for (int64_t i = 0; i < p.OH; i++)
    for (int64_t j = 0; j < p.OW; j++) {
      const int64_t number = place[i * p.OW + j];
      const int64_t row = start(0, i, p.H, p.OH) + number / p.w.kernel.w * p.w.dilation.h;
      const int64_t column = start(1, j, p.W, p.OW) + number % p.w.kernel.w * p.w.dilation.w;
      if (row >= 0 && row < p.H && column >= 0 && column < p.W) sums[row * p.W + column] += float(dy[i * p.OW + j]);
    }
}
template <class T> void avg_pool_grad_each(const PoolPlanes& p, const T* dy, float* sums) {
  for (int64_t i = 0; i < p.OH; i++)
    for (int64_t j = 0; j < p.OW; j++) {
      const int64_t area = window_length(p.w, 0, i, p.H, p.OH, p.count_padding) * window_length(p.w, 1, j, p.W, p.OW, p.count_padding);
      const float share = float(dy[i * p.OW + j]) / float(area);
      for_each_place(p, i, j, [&](int64_t where, int64_t) { sums[where] += share; });
    }
}

// f(tag of the type of the values); f(tag of the type of the places).
template <class F> void with_type(DType dtype, F f) { dtype == bf16 ? f(bf16_t()) : f(float()); }
template <class F> void with_place(const PoolPlanes& p, F f) { p.wide ? f(int32_t()) : f(uint8_t()); }

// add(plane, sums) for each plane of dx, whose values then become the sums.
template <class Add> void sum_planes(const PoolPlanes& p, Array& dx, Add add) {
  const int64_t n = p.H * p.W;
  share_out(p.count, n, [&](int64_t begin, int64_t end) {
    std::vector<float> sums(static_cast<size_t>(n));
    for (int64_t plane = begin; plane < end; plane++) {
      std::fill(sums.begin(), sums.end(), 0.0f);
      add(plane, sums.data());
      if (dx.dtype() == f32) std::memcpy(dx.ptr<float>() + plane * n, sums.data(), sums.size() * sizeof(float));
      else narrow_loop(sums.data(), dx.ptr<bf16_t>() + plane * n, n);
    }
  });
}

template <class T> T* raw_of(const Array& x) { return x.defined() ? x.ptr<T>() : nullptr; }

}  // namespace

void CpuBackend::max_pool(const Array& x, const Windows& w, Array& y, Array& place) {
  if (!fast(x)) return ReferenceBackend::max_pool(x, w, y, place);
  PoolPlanes p = planes_of(w, x, y, y);
  p.wide = place.defined() && place.dtype() == i32;
  if (x.blocked() && !w.adaptive && w.dilation == Size2(1) && pooled_fits(y, x.layout()) && pooled_fits(place, x.layout())) {
    const int64_t block = block_of(x.layout());
    BlockedResult to(y, block), to_place(place, block);
    const Array from = x.lanes();
    p.count = blocks(x);
    share_out(p.count, p.H * p.W * block,
              [&](int64_t begin, int64_t end) { max_pool_blocks(p, block, from.raw(), to.raw(), to_place.raw(), begin, end); });
    to.done();
    return to_place.done();
  }
  if (y.blocked() || (place.defined() && place.blocked())) return ReferenceBackend::max_pool(x, w, y, place);
  const Array from = row_major(x);
  share_out(p.count, p.H * p.W, [&](int64_t begin, int64_t end) {
    if (one_window(p)) return max_of_planes(p, from.raw(), y.raw(), raw_of<void>(place), begin, end);
    if (!w.adaptive) return max_pool_planes(p, from.raw(), y.raw(), raw_of<void>(place), begin, end);
    with_type(p.dtype, [&](auto t) {
      with_place(p, [&](auto q) {
        using T = decltype(t);
        using P = decltype(q);
        for (int64_t i = begin; i < end; i++)
          max_pool_each(p, from.ptr<T>() + i * p.H * p.W, y.ptr<T>() + i * p.OH * p.OW, place.defined() ? place.ptr<P>() + i * p.OH * p.OW : nullptr);
      });
    });
  });
}

void CpuBackend::max_pool_grad(const Array& dy, const Array& place, const Windows& w, Array& dx) {
  if (!fast(dy)) return ReferenceBackend::max_pool_grad(dy, place, w, dx);
  PoolPlanes p = planes_of(w, dx, dy, dx);
  p.wide = place.dtype() == i32;
  if (dx.blocked()) {
    if (w.adaptive || w.dilation != Size2(1)) return ReferenceBackend::max_pool_grad(dy, place, w, dx);
    const int64_t block = block_of(dx.layout());
    const Array from = blocks_of(pooled_fits(dy, dx.layout()) ? dy : to_blocked(dy, dx.layout()), block);
    const Array places = blocks_of(pooled_fits(place, dx.layout()) ? place : to_blocked(place, dx.layout()), block);
    const Array to = dx.lanes();
    p.count = blocks(dx);
    return share_out(p.count, p.H * p.W * block,
                     [&](int64_t begin, int64_t end) { max_pool_grad_blocks(p, block, from.raw(), places.raw(), to.raw(), begin, end); });
  }
  const Array from = row_major(dy), places = row_major(place);
  if (one_window(p))
    return share_out(p.count, p.H * p.W, [&](int64_t begin, int64_t end) { fill_planes(p, from.raw(), 1, places.raw(), dx.raw(), begin, end); });
  if (!w.adaptive && fast_gradient(p))
    return share_out(p.count, p.H * p.W,
                     [&](int64_t begin, int64_t end) { max_pool_grad_planes(p, from.raw(), places.raw(), dx.raw(), begin, end); });
  with_type(p.dtype, [&](auto t) {
    with_place(p, [&](auto q) {
      using T = decltype(t);
      using P = decltype(q);
      sum_planes(p, dx,
                 [&](int64_t i, float* sums) { max_pool_grad_each(p, from.ptr<T>() + i * p.OH * p.OW, places.ptr<P>() + i * p.OH * p.OW, sums); });
    });
  });
}

void CpuBackend::avg_pool(const Array& x, const Windows& w, bool count_padding, Array& y) {
  if (!fast(x)) return ReferenceBackend::avg_pool(x, w, count_padding, y);
  PoolPlanes p = planes_of(w, x, y, y);
  p.count_padding = count_padding;
  if (x.blocked() && !w.adaptive && pooled_fits(y, x.layout())) {
    const int64_t block = block_of(x.layout());
    BlockedResult to(y, block);
    const Array from = x.lanes();
    p.count = blocks(x);
    share_out(p.count, p.H * p.W * block, [&](int64_t begin, int64_t end) { avg_pool_blocks(p, block, from.raw(), to.raw(), begin, end); });
    return to.done();
  }
  if (y.blocked()) return ReferenceBackend::avg_pool(x, w, count_padding, y);
  const Array from = row_major(x);
  share_out(p.count, p.H * p.W, [&](int64_t begin, int64_t end) {
    if (one_window(p)) return avg_of_planes(p, from.raw(), y.raw(), begin, end);
    if (!w.adaptive) return avg_pool_planes(p, from.raw(), y.raw(), begin, end);
    with_type(p.dtype, [&](auto t) {
      using T = decltype(t);
      for (int64_t i = begin; i < end; i++) avg_pool_each(p, from.ptr<T>() + i * p.H * p.W, y.ptr<T>() + i * p.OH * p.OW);
    });
  });
}

void CpuBackend::avg_pool_grad(const Array& dy, const Windows& w, bool count_padding, Array& dx) {
  if (!fast(dy)) return ReferenceBackend::avg_pool_grad(dy, w, count_padding, dx);
  PoolPlanes p = planes_of(w, dx, dy, dx);
  p.count_padding = count_padding;
  if (dx.blocked()) {
    if (w.adaptive) return ReferenceBackend::avg_pool_grad(dy, w, count_padding, dx);
    const int64_t block = block_of(dx.layout());
    const Array from = blocks_of(pooled_fits(dy, dx.layout()) ? dy : to_blocked(dy, dx.layout()), block), to = dx.lanes();
    p.count = blocks(dx);
    return share_out(p.count, p.H * p.W * block,
                     [&](int64_t begin, int64_t end) { avg_pool_grad_blocks(p, block, from.raw(), to.raw(), begin, end); });
  }
  const Array from = row_major(dy);
  if (one_window(p))
    return share_out(p.count, p.H * p.W,
                     [&](int64_t begin, int64_t end) { fill_planes(p, from.raw(), 1 / double(p.H * p.W), nullptr, dx.raw(), begin, end); });
  if (!w.adaptive && fast_gradient(p))
    return share_out(p.count, p.H * p.W, [&](int64_t begin, int64_t end) { avg_pool_grad_planes(p, from.raw(), dx.raw(), begin, end); });
  with_type(p.dtype, [&](auto t) {
    using T = decltype(t);
    sum_planes(p, dx, [&](int64_t i, float* sums) { avg_pool_grad_each(p, from.ptr<T>() + i * p.OH * p.OW, sums); });
  });
}

}  // namespace cairn
