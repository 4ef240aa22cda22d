// The loops of winograd.h: the six small transforms, and products of matrices. The channels of a block are the lanes of a vector, so that
// a transform is written as for single numbers.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/winograd_loops.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <algorithm>

#include "winograd.h"

#ifndef CAIRN_INLINED  // a lambda that is part of a loop: GCC would make a function of a large one
#define CAIRN_INLINED HWY_ATTR __attribute__((always_inline))
#endif

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {
namespace winograd {

namespace hn = hwy::HWY_NAMESPACE;

// The points (winograd.cpp): 0, +-a, +-b and infinity, with a b = 1, which is why no a^2 b^2 appears.
constexpr float a = 2.0f / 3, b = 1.5f, a2 = 4.0f / 9, b2 = 2.25f, a3 = 8.0f / 27, b3 = 3.375f, s = a2 + b2;
constexpr float na = 1 / (2 * a2 * (a2 - b2)), nb = 1 / (2 * b2 * (b2 - a2));  // what the rows of G are divided by

// The one-dimensional transforms. K: the constant k in all lanes of a vector.
template <class D> struct Transforms {
  using V = hn::Vec<D>;
  static HWY_INLINE V K(float k) { return hn::Set(D(), k); }

  static HWY_INLINE void pixels(const V* d, V* v) {  // v = B^T d: 6 -> 6
    v[0] = hn::NegMulAdd(K(s), d[2], hn::Add(d[0], d[4]));
    const V even_a = hn::NegMulAdd(K(b2), d[2], d[4]), odd_a = hn::MulSub(K(a), d[3], hn::Mul(K(b), d[1]));
    v[1] = hn::Add(even_a, odd_a), v[2] = hn::Sub(even_a, odd_a);
    const V even_b = hn::NegMulAdd(K(a2), d[2], d[4]), odd_b = hn::MulSub(K(b), d[3], hn::Mul(K(a), d[1]));
    v[3] = hn::Add(even_b, odd_b), v[4] = hn::Sub(even_b, odd_b);
    v[5] = hn::NegMulAdd(K(s), d[3], hn::Add(d[1], d[5]));
  }
  static HWY_INLINE void results(const V* m, V* y) {  // y = A^T m: 6 -> 4
    const V even_a = hn::Add(m[1], m[2]), odd_a = hn::Sub(m[1], m[2]), even_b = hn::Add(m[3], m[4]), odd_b = hn::Sub(m[3], m[4]);
    y[0] = hn::Add(m[0], hn::Add(even_a, even_b));
    y[1] = hn::MulAdd(K(a), odd_a, hn::Mul(K(b), odd_b));
    y[2] = hn::MulAdd(K(a2), even_a, hn::Mul(K(b2), even_b));
    y[3] = hn::MulAdd(K(a3), odd_a, hn::MulAdd(K(b3), odd_b, m[5]));
  }
  static HWY_INLINE void gradients(const V* e, V* m) {  // m = A e: 4 -> 6
    m[0] = e[0];
    const V even_a = hn::MulAdd(K(a2), e[2], e[0]), odd_a = hn::MulAdd(K(a3), e[3], hn::Mul(K(a), e[1]));
    m[1] = hn::Add(even_a, odd_a), m[2] = hn::Sub(even_a, odd_a);
    const V even_b = hn::MulAdd(K(b2), e[2], e[0]), odd_b = hn::MulAdd(K(b3), e[3], hn::Mul(K(b), e[1]));
    m[3] = hn::Add(even_b, odd_b), m[4] = hn::Sub(even_b, odd_b);
    m[5] = e[3];
  }
  static HWY_INLINE void filters(const V* g, V* u) {  // u = G g: 3 -> 6
    u[0] = g[0];
    const V even_a = hn::Mul(K(na), hn::MulAdd(K(a2), g[2], g[0])), odd_a = hn::Mul(K(na * a), g[1]);
    u[1] = hn::Add(even_a, odd_a), u[2] = hn::Sub(even_a, odd_a);
    const V even_b = hn::Mul(K(nb), hn::MulAdd(K(b2), g[2], g[0])), odd_b = hn::Mul(K(nb * b), g[1]);
    u[3] = hn::Add(even_b, odd_b), u[4] = hn::Sub(even_b, odd_b);
    u[5] = g[2];
  }
  static HWY_INLINE void filter_gradients(const V* u, V* g) {  // g = G^T u: 6 -> 3
    const V even_a = hn::Mul(K(na), hn::Add(u[1], u[2])), odd_a = hn::Mul(K(na * a), hn::Sub(u[1], u[2]));
    const V even_b = hn::Mul(K(nb), hn::Add(u[3], u[4])), odd_b = hn::Mul(K(nb * b), hn::Sub(u[3], u[4]));
    g[0] = hn::Add(u[0], hn::Add(even_a, even_b));
    g[1] = hn::Add(odd_a, odd_b);
    g[2] = hn::MulAdd(K(a2), even_a, hn::MulAdd(K(b2), even_b, u[5]));
  }

  // In two dimensions: down the columns, then along the rows. load(i, j) gives an element, store(i, j, v) takes one.
  template <int kFrom, int kTo, class Load, class Store>
  static HWY_INLINE void both_ways(void (*one_way)(const V*, V*), const Load& load, const Store& store) {
    V half[kTo][kFrom];
#pragma GCC unroll 6
    for (int j = 0; j < kFrom; j++) {
      V in[kFrom], out[kTo];
#pragma GCC unroll 6
      for (int i = 0; i < kFrom; i++) in[i] = load(i, j);
      one_way(in, out);
#pragma GCC unroll 6
      for (int i = 0; i < kTo; i++) half[i][j] = out[i];
    }
#pragma GCC unroll 6
    for (int i = 0; i < kTo; i++) {
      V out[kTo];
      one_way(half[i], out);
#pragma GCC unroll 6
      for (int j = 0; j < kTo; j++) store(i, j, out[j]);
    }
  }
};

// Where tile t lies: its image, and its first pixel.
struct Place {
  int64_t image, top, left;
  Place(const WinogradGrid& g, int64_t t)
      : image(t / (g.rows * g.columns)), top(t / g.columns % g.rows * 4 - g.top), left(t % g.columns * 4 - g.left) {}
};

// A square of pixels of one block of channels, where the image has them; a copy with zeros around where it has not all of them.
template <int kSize> struct Square {
  const float* data;
  int64_t step;  // from row to row
  Square(const WinogradImages& x, const Place& at, int64_t block, float* copy) {
    const float* image = x.data + at.image * x.step + block * x.H * x.W * x.block;
    if (at.top >= 0 && at.left >= 0 && at.top + kSize <= x.H && at.left + kSize <= x.W) {
      data = image + (at.top * x.W + at.left) * x.block, step = x.W * x.block;
      return;
    }
    data = copy, step = kSize * x.block;
    const int64_t left = std::clamp<int64_t>(-at.left, 0, kSize), right = std::clamp<int64_t>(x.W - at.left, left, kSize);
    for (int64_t i = 0; i < kSize; i++) {
      float* row = copy + i * step;
      const int64_t h = at.top + i;
      if (h < 0 || h >= x.H) {
        std::fill(row, row + step, 0.0f);
        continue;
      }
      std::fill(row, row + left * x.block, 0.0f);
      std::copy_n(image + (h * x.W + at.left + left) * x.block, (right - left) * x.block, row + left * x.block);
      std::fill(row + right * x.block, row + step, 0.0f);
    }
  }
};

template <int kSize, class D>
HWY_INLINE void squares_to_points(D d, void (*one_way)(const hn::Vec<D>*, hn::Vec<D>*), const WinogradImages& x, const WinogradGrid& grid,
                                  int64_t first, int64_t last, const WinogradMatrices& m) {
  HWY_ALIGN float copy[kSize * kSize * 16];
  for (int64_t t = first; t < last; t++) {
    const Place at(grid, t);
    for (int64_t block = 0; block < x.blocks; block++) {
      const Square<kSize> square(x, at, block, copy);
      for (int64_t lane = 0; lane < x.block; lane += int64_t(hn::Lanes(d))) {
        const float* from = square.data + lane;
        float* to = m.data + (t - first) * m.row + block * x.block + lane;
        Transforms<D>::template both_ways<kSize, 6>(
            one_way, [&](int i, int j) CAIRN_INLINED { return hn::LoadU(d, from + i * square.step + j * x.block); },
            [&](int i, int j, hn::Vec<D> v) CAIRN_INLINED { hn::StoreU(v, d, to + (i * 6 + j) * m.matrix); });
      }
    }
  }
}

template <class D>
HWY_INLINE void points_to_squares(D d, const WinogradMatrices& m, const WinogradGrid& grid, int64_t first, int64_t last, const float* bias, bool relu,
                                  const WinogradImages& y) {
  using V = hn::Vec<D>;
  for (int64_t t = first; t < last; t++) {
    const Place at(grid, t);
    const int64_t rows = std::min<int64_t>(4, y.H - at.top), columns = std::min<int64_t>(4, y.W - at.left);
    for (int64_t block = 0; block < y.blocks; block++) {
      float* pixels = y.data + at.image * y.step + ((block * y.H + at.top) * y.W + at.left) * y.block;
      for (int64_t lane = 0; lane < y.block; lane += int64_t(hn::Lanes(d))) {
        const int64_t channel = block * y.block + lane;
        const float* from = m.data + (t - first) * m.row + channel;
        const V plus = bias ? hn::LoadU(d, bias + channel) : hn::Zero(d);
        V result[4][4];
        Transforms<D>::template both_ways<6, 4>(
            Transforms<D>::results, [&](int i, int j) CAIRN_INLINED { return hn::LoadU(d, from + (i * 6 + j) * m.matrix); },
            [&](int i, int j, V v) CAIRN_INLINED {
              v = hn::Add(v, plus);
              result[i][j] = relu ? hn::Max(hn::Zero(d), v) : v;
            });
        for (int64_t i = 0; i < rows; i++)
          for (int64_t j = 0; j < columns; j++) hn::StoreU(result[i][j], d, pixels + (i * y.W + j) * y.block + lane);
      }
    }
  }
}

using D16 = hn::CappedTag<float, 16>;  // lanes for blocks of 16 channels, and of 8
using D8 = hn::CappedTag<float, 8>;

}  // namespace winograd

using namespace winograd;

void winograd_from_pixels(const WinogradImages& x, const WinogradGrid& g, int64_t first, int64_t last, const WinogradMatrices& V) {
  if (x.block == 16) squares_to_points<6>(D16(), Transforms<D16>::pixels, x, g, first, last, V);
  else squares_to_points<6>(D8(), Transforms<D8>::pixels, x, g, first, last, V);
}
void winograd_from_gradients(const WinogradImages& dy, const WinogradGrid& g, int64_t first, int64_t last, const WinogradMatrices& E) {
  if (dy.block == 16) squares_to_points<4>(D16(), Transforms<D16>::gradients, dy, g, first, last, E);
  else squares_to_points<4>(D8(), Transforms<D8>::gradients, dy, g, first, last, E);
}
void winograd_to_pixels(const WinogradMatrices& M, const WinogradGrid& g, int64_t first, int64_t last, const float* bias, bool relu,
                        const WinogradImages& y) {
  if (y.block == 16) points_to_squares(D16(), M, g, first, last, bias, relu, y);
  else points_to_squares(D8(), M, g, first, last, bias, relu, y);
}

void winograd_from_filters(const float* w, int64_t output_step, int64_t input_step, bool turned, int64_t outputs, int64_t C, int64_t width, float* U,
                           int64_t matrix) {
  const D16 d;
  const int64_t lanes = int64_t(hn::Lanes(d));
  HWY_ALIGN float g[9 * 16] = {};
  for (int64_t c = 0; c < C; c++)
    for (int64_t o0 = 0; o0 < width; o0 += lanes) {
      for (int64_t o = 0; o < lanes; o++)
        for (int k = 0; k < 9; k++) g[k * 16 + o] = o0 + o < outputs ? w[(o0 + o) * output_step + c * input_step + (turned ? 8 - k : k)] : 0;
      float* to = U + c * width + o0;
      Transforms<D16>::both_ways<3, 6>(
          Transforms<D16>::filters, [&](int i, int j) CAIRN_INLINED { return hn::Load(d, g + (i * 3 + j) * 16); },
          [&](int i, int j, hn::Vec<D16> v) CAIRN_INLINED { hn::StoreU(v, d, to + (i * 6 + j) * matrix); });
    }
}

void winograd_to_filters(const WinogradMatrices& u, int64_t parts, int64_t part, int64_t c, int64_t O, float* dw, int64_t output_step) {
  const D16 d;
  const int64_t lanes = int64_t(hn::Lanes(d));
  HWY_ALIGN float g[9 * 16];
  for (int64_t o0 = 0; o0 < O; o0 += lanes) {
    const float* from = u.data + c * u.row + o0;
    Transforms<D16>::both_ways<6, 3>(
        Transforms<D16>::filter_gradients,
        [&](int i, int j) CAIRN_INLINED {
          auto sum = hn::LoadU(d, from + (i * 6 + j) * u.matrix);
          for (int64_t k = 1; k < parts; k++) sum = hn::Add(sum, hn::LoadU(d, from + k * part + (i * 6 + j) * u.matrix));
          return sum;
        },
        [&](int i, int j, hn::Vec<D16> v) CAIRN_INLINED { hn::Store(v, d, g + (i * 3 + j) * 16); });
    for (int64_t o = 0; o < std::min(lanes, O - o0); o++)
      for (int k = 0; k < 9; k++) dw[(o0 + o) * output_step + k] = g[k * 16 + o];
  }
}

namespace winograd {

// ---- products. A block of kRows x (kVectors vectors) of y stays in registers while k runs; AVX-512 has 32 of them, AVX2 16.

constexpr int kMostRows = HWY_TARGET == HWY_AVX3 ? 12 : 6;

template <int kRows, int kVectors>
HWY_INLINE void block_of_product(int64_t k, const float* a, int64_t a_row, int64_t a_step, const float* b, int64_t b_step, float* y, int64_t y_row,
                                 bool accumulate) {
  const D16 d;
  using V = hn::Vec<D16>;
  const int64_t lanes = int64_t(hn::Lanes(d));
  V sum[kRows][kVectors];
#pragma GCC unroll 12
  for (int i = 0; i < kRows; i++)
#pragma GCC unroll 2
    for (int v = 0; v < kVectors; v++) sum[i][v] = accumulate ? hn::LoadU(d, y + i * y_row + v * lanes) : hn::Zero(d);
  for (; k > 0; k--, a += a_step, b += b_step) {
    V right[kVectors];
#pragma GCC unroll 2
    for (int v = 0; v < kVectors; v++) right[v] = hn::LoadU(d, b + v * lanes);
#pragma GCC unroll 12
    for (int i = 0; i < kRows; i++) {
      const V left = hn::Set(d, a[i * a_row]);
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; v++) sum[i][v] = hn::MulAdd(left, right[v], sum[i][v]);
    }
  }
#pragma GCC unroll 12
  for (int i = 0; i < kRows; i++)
#pragma GCC unroll 2
    for (int v = 0; v < kVectors; v++) hn::StoreU(sum[i][v], d, y + i * y_row + v * lanes);
}

template <int kVectors>
HWY_INLINE void columns_of_product(int64_t m, int64_t k, const float* a, int64_t a_row, int64_t a_step, const float* b, int64_t b_step, float* y,
                                   int64_t y_row, bool accumulate) {
  int64_t i = 0;
  const auto rows = [&]<int kRows>() CAIRN_INLINED {
    for (; i + kRows <= m; i += kRows)
      block_of_product<kRows, kVectors>(k, a + i * a_row, a_row, a_step, b, b_step, y + i * y_row, y_row, accumulate);
  };
  rows.template operator()<kMostRows>();
  if constexpr (kMostRows > 6) rows.template operator()<6>();
  rows.template operator()<4>();
  rows.template operator()<2>();
}

}  // namespace winograd

void winograd_product(int64_t m, int64_t n, int64_t k, const float* a, int64_t a_row, int64_t a_step, const float* b, int64_t b_step, float* y,
                      int64_t y_row, bool accumulate) {
  const int64_t lanes = int64_t(hn::Lanes(D16()));
  int64_t j = 0;
  for (; j + 2 * lanes <= n; j += 2 * lanes) columns_of_product<2>(m, k, a, a_row, a_step, b + j, b_step, y + j, y_row, accumulate);
  if (j < n) columns_of_product<1>(m, k, a, a_row, a_step, b + j, b_step, y + j, y_row, accumulate);
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(winograd_from_pixels);
HWY_EXPORT(winograd_from_gradients);
HWY_EXPORT(winograd_to_pixels);
HWY_EXPORT(winograd_from_filters);
HWY_EXPORT(winograd_to_filters);
HWY_EXPORT(winograd_product);
void winograd_from_pixels(const WinogradImages& x, const WinogradGrid& grid, int64_t first, int64_t last, const WinogradMatrices& V) {
  HWY_DYNAMIC_DISPATCH(winograd_from_pixels)(x, grid, first, last, V);
}
void winograd_from_gradients(const WinogradImages& dy, const WinogradGrid& grid, int64_t first, int64_t last, const WinogradMatrices& E) {
  HWY_DYNAMIC_DISPATCH(winograd_from_gradients)(dy, grid, first, last, E);
}
void winograd_to_pixels(const WinogradMatrices& M, const WinogradGrid& grid, int64_t first, int64_t last, const float* bias, bool relu,
                        const WinogradImages& y) {
  HWY_DYNAMIC_DISPATCH(winograd_to_pixels)(M, grid, first, last, bias, relu, y);
}
void winograd_from_filters(const float* w, int64_t output_step, int64_t input_step, bool turned, int64_t outputs, int64_t C, int64_t width, float* U,
                           int64_t matrix) {
  HWY_DYNAMIC_DISPATCH(winograd_from_filters)(w, output_step, input_step, turned, outputs, C, width, U, matrix);
}
void winograd_to_filters(const WinogradMatrices& u, int64_t parts, int64_t part, int64_t c, int64_t O, float* dw, int64_t output_step) {
  HWY_DYNAMIC_DISPATCH(winograd_to_filters)(u, parts, part, c, O, dw, output_step);
}
void winograd_product(int64_t m, int64_t n, int64_t k, const float* a, int64_t a_row, int64_t a_step, const float* b, int64_t b_step, float* y,
                      int64_t y_row, bool accumulate) {
  HWY_DYNAMIC_DISPATCH(winograd_product)(m, n, k, a, a_row, a_step, b, b_step, y, y_row, accumulate);
}
}  // namespace cairn::cpu
#endif
