// How the fast kernels see arrays: a plan of merged axes, cut into rows, whose operands arrive as runs of floats.
//
// The vector loops (unary.cpp, binary.cpp, ...) know one case only: contiguous f32, or one f32 for all. Everything else is made so here:
// a bf16, strided or transposed operand is brought, 1024 elements at a time, into a buffer that stays in the L1 cache, and results
// leave through such a buffer when they are bf16 or so large that they should bypass the caches.
#pragma once

#include <algorithm>
#include <array>

#include <cairn/backend/backend.h>
#include <cairn/base/threads.h>
#include <cairn/tensor/array.h>

namespace cairn::cpu {

// Elements a thread should get at least: waking a second one costs about a microsecond.
constexpr int64_t cheap_grain = 32768, costly_grain = 8192;
constexpr int64_t block_size = 1024;
// Results above this size are written past the caches (they would only evict what is still needed).
constexpr int64_t streaming_bytes = int64_t{16} << 20;

// The vector loops. n elements; `a` and `b` of a unary are its constants; a flag says that an operand is one value for all.
// past_caches: results are written past the caches, while the next ones are computed; end_stream() before anybody reads them.
using UnaryLoop = void (*)(const float* x, float* y, int64_t n, float a, float b, bool past_caches);
using UnaryGradLoop = void (*)(const float* r, const float* dy, float* dx, int64_t n, float a, float b, bool past_caches);
using BinaryLoop = void (*)(const float* a, bool one_a, const float* b, bool one_b, float* y, int64_t n, bool past_caches);
using CompareLoop = void (*)(const float* a, bool one_a, const float* b, bool one_b, uint8_t* y, int64_t n, bool past_caches);
UnaryLoop unary_loop(Unary f);  // these four: nullptr where the reference has to do
UnaryGradLoop unary_grad_loop(Unary f);
BinaryLoop binary_loop(Binary f);
CompareLoop compare_loop(Binary f);
void where_loop(const uint8_t* condition, bool one_c, const float* a, bool one_a, const float* b, bool one_b, float* y, int64_t n, bool past_caches);
void widen_loop(const bf16_t* x, float* y, int64_t n);
void narrow_loop(const float* x, bf16_t* y, int64_t n);
void bytes_to_floats_loop(const uint8_t* x, float* y, int64_t n);
void stream_loop(const float* x, float* y, int64_t n);  // y = x past the caches; end_stream() before anybody reads y
void stream_bytes_loop(const void* x, void* y, int64_t bytes);
void end_stream();
void transpose_tile_loop(const float* x, int64_t x_stride, float* y, int64_t y_stride);  // y[j][i] = x[i][j], 16 x 16

void row_product_loop(const float* x, const float* w, float* y, int64_t outputs, int64_t n);  // y[o] = sum of w[o][k] x[k]; w [outputs, n]

void matmul_f64(const Array& a, const Array& b, Array& y);
const char* instruction_set();  // Highway's name of the one in use: "AVX3", "AVX2", "SCALAR"

inline bool fast(const Array& x) { return x.dtype() == f32 || x.dtype() == bf16; }

// x itself where it lies row by row (and is of that type), else a copy that does.
inline Array row_major(const Array& x) { return x.contiguous() ? x : contiguous_copy(x); }
inline Array row_major(const Array& x, DType dtype) { return x.dtype() == dtype && x.contiguous() ? x : cast_copy(x, dtype); }

// K arrays of one shape, walked together in the order of the last axis; axes that lie in memory as one are merged.
template <int K> class Plan {
 public:
  Plan(const Shape& shape, const std::array<const Array*, K>& arrays) {
    for (int k = 0; k < K; k++) base[k] = static_cast<std::byte*>(arrays[k]->raw()), bytes_[k] = size_of(arrays[k]->dtype());
    numel = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      int64_t s = shape[axis];
      numel *= s;
      if (s == 1) continue;
      bool merge = rank > 0;
      for (int k = 0; k < K && merge; k++) merge = stride[k][rank - 1] * size[rank - 1] == arrays[k]->strides()[axis];
      if (merge) {
        size[rank - 1] *= s;
        continue;
      }
      for (int k = 0; k < K; k++) stride[k][rank] = arrays[k]->strides()[axis];
      size[rank++] = s;
    }
    if (rank == 0) {
      rank = 1, size[0] = 1;
      for (int k = 0; k < K; k++) stride[k][0] = 1;
    }
  }

  // body(pointers, n) for every piece of a row within the elements [begin, end).
  template <class Body> void run(int64_t begin, int64_t end, Body&& body) const {
    std::byte* p[K];
    int64_t index[Shape::max_rank] = {};
    int64_t rest = begin;
    for (int k = 0; k < K; k++) p[k] = base[k];
    for (int axis = 0; axis < rank; axis++) {
      index[axis] = rest % size[axis];
      rest /= size[axis];
      for (int k = 0; k < K; k++) p[k] += index[axis] * stride[k][axis] * bytes_[k];
    }
    for (;;) {
      int64_t n = std::min(size[0] - index[0], end - begin);
      body(p, n);
      if ((begin += n) >= end) return;
      for (int k = 0; k < K; k++) p[k] -= index[0] * stride[k][0] * bytes_[k];
      index[0] = 0;
      for (int axis = 1; axis < rank; axis++) {
        for (int k = 0; k < K; k++) p[k] += stride[k][axis] * bytes_[k];
        if (++index[axis] < size[axis]) break;
        for (int k = 0; k < K; k++) p[k] -= stride[k][axis] * bytes_[k] * size[axis];
        index[axis] = 0;
      }
    }
  }
  // past_caches: the body writes so.
  template <class Body> void run_parallel(int64_t grain, Body&& body, bool past_caches = false) const {
    parallel_for(numel, grain, [&](int64_t begin, int64_t end) {
      run(begin, end, body);
      if (past_caches) end_stream();
    });
  }

  int rank = 0;  // axis 0 is the innermost
  int64_t numel = 0;
  int64_t size[Shape::max_rank], stride[K][Shape::max_rank];
  std::byte* base[K];

 private:
  int64_t bytes_[K];
};

// Gives an operand's elements as floats. An operand that is one value for the whole row comes as one float, or repeated.
class Feed {
 public:
  enum Ones { single, repeated };
  Feed(DType dtype, int64_t stride, Ones ones)
      : dtype_(dtype), stride_(stride), one_(stride == 0 && ones == single), direct_(dtype == f32 && (stride == 1 || one_)) {}
  bool direct() const { return direct_; }
  bool one() const { return one_; }
  // Elements [at, at + n) of the row at p; `buffer` holds block_size floats.
  const float* take(const std::byte* p, int64_t at, int64_t n, float* buffer) const {
    if (direct_) return reinterpret_cast<const float*>(p) + at * stride_;
    fill(p, at, one_ ? 1 : n, buffer);
    return buffer;
  }

 private:
  void fill(const std::byte* p, int64_t at, int64_t n, float* buffer) const;
  DType dtype_;
  int64_t stride_;
  bool one_, direct_;
};

// Takes results: straight into f32 memory, or by way of a buffer.
class Sink {
 public:
  // Short rows are not streamed: they would end within a cache line.
  Sink(const Array& y, int64_t row) : dtype_(y.dtype()), streaming_(y.dtype() == f32 && y.numel() * 4 >= streaming_bytes && row >= block_size) {}
  bool direct() const { return dtype_ == f32 && !streaming_; }
  bool past_caches() const { return streaming_; }
  float* place(std::byte* p, int64_t at, float* buffer) const { return direct() ? reinterpret_cast<float*>(p) + at : buffer; }
  void done(std::byte* p, int64_t at, int64_t n, const float* buffer) const {
    if (direct()) return;
    if (streaming_) stream_loop(buffer, reinterpret_cast<float*>(p) + at, n);
    else narrow_loop(buffer, reinterpret_cast<bf16_t*>(p) + at, n);
  }
  void finish() const {
    if (streaming_) end_stream();
  }

 private:
  DType dtype_;
  bool streaming_;
};

// Runs loop(inputs, one, y, n, past_caches) over the rows of K inputs (f32 or bf16, any strides) and y (f32 or bf16, row-major). one[k]:
// input k is a single value; with Feed::repeated there are none of these.
template <int K, class Loop> void elementwise(const std::array<const Array*, K>& inputs, Array& y, Feed::Ones ones, int64_t grain, Loop&& loop) {
  std::array<const Array*, K + 1> all;
  for (int k = 0; k < K; k++) all[k] = inputs[k];
  all[K] = &y;
  const Plan<K + 1> plan(y.shape(), all);
  const std::array<Feed, K> feeds = [&]<size_t... I>(std::index_sequence<I...>) {
    return std::array<Feed, K>{Feed(inputs[I]->dtype(), plan.stride[I][0], ones)...};
  }
  (std::make_index_sequence<K>());
  const Sink sink(y, plan.size[0]);
  const bool straight = y.dtype() == f32, past_caches = sink.past_caches();
  bool direct = straight, one[K];
  for (int k = 0; k < K; k++) direct = direct && feeds[k].direct(), one[k] = feeds[k].one();
  const auto whole = [&](std::byte* const* p, int64_t n) {
    const float* x[K];
    for (int k = 0; k < K; k++) x[k] = reinterpret_cast<const float*>(p[k]);
    loop(x, one, reinterpret_cast<float*>(p[K]), n, past_caches);
  };
  if (direct) return plan.run_parallel(grain, whole, past_caches);
  const auto in_blocks = [&](std::byte* const* p, int64_t n) {
    alignas(64) float buffers[K + 1][block_size];
    const float* x[K];
    for (int64_t at = 0; at < n; at += block_size) {
      const int64_t m = std::min(block_size, n - at);
      for (int k = 0; k < K; k++) x[k] = feeds[k].take(p[k], at, m, buffers[k]);
      loop(x, one, straight ? reinterpret_cast<float*>(p[K]) + at : buffers[K], m, past_caches);
      if (!straight) sink.done(p[K], at, m, buffers[K]);
    }
  };
  plan.run_parallel(grain, in_blocks, past_caches);
}

}  // namespace cairn::cpu
