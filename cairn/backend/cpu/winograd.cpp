// Winograd's convolution: fewer multiplications by computing with polynomials. (Winograd 1980; Lavin, Gray 2015, arXiv 1509.09308.)
//
//   g filter, 3 numbers   d pixels   y results   e gradient of y          upper case: matrices; x: element by element
//
// In one dimension. y_i = g_0 d_i + g_1 d_{i+1} + g_2 d_{i+2}, four results from six pixels: 12 multiplications. Turn it around first:
// multiplying the polynomials g(t), of degree 2, and e(t), of degree 3, gives one of degree 5, and six values determine that. So evaluate
// both at six points, multiply value by value (6 multiplications, not 12), and interpolate. Evaluating is a matrix for each, the rows of
// which are powers of the points (at the point "infinity" only the highest power counts):
//
//   G' = [1 p p^2], 6 x 3      A = [1 p p^2 p^3], 6 x 4      g(t) e(t) = B (G g x A e), B: the interpolation, 6 x 6
//
// where G is G' with each row divided by what Lagrange's formula divides by, so that B stays free of fractions. A convolution is this
// product's transpose in e: the sum over all places of d times (g e) is linear in e, and what e is multiplied with is the result.
//
//   y = A^T (G g x B^T d)
//
// In two dimensions each matrix stands on both sides; 36 multiplications give 4 x 4 results, which are 144 the direct way: F(4x4, 3x3).
//
//   y = A^T [G g G^T x B^T d B] A
//
// The transforms cost additions, but the filter's is made once, the pixels' once for all outputs, the results' once for the sum over
// all inputs, since they are linear. What is left in the middle are 36 products of matrices, one for each point p of the 6 x 6:
//
//   M_p [tiles, outputs] = V_p [tiles, inputs] U_p [inputs, outputs]           U = G g G^T   V = B^T d B   y = A^T M A
//
// The other two passes use the same matrices. The gradient of the input is the convolution of e with the filters turned by 180 degrees
// and inputs and outputs exchanged. The gradient of the filters is that of the formula above:
//
//   dU_p [inputs, outputs] = V_p^T E_p       E = A e A^T [tiles, outputs]       dg = G^T dU G
//
// The points are 0, a, -a, b, -b and infinity. Papers have a = 1 and b = 2, for integers; a = 2/3 and b = 3/2 halve the rounding errors
// (rms 1.0e-6 of the results' at 128 channels instead of 2.3e-6), because no power is far from 1, and with a b = 1 most constants vanish:
//
//   B^T = 1  0 -s  0  1  0      G = 1      0         0              A^T = 1  1    1    1    1   0         s  = a^2 + b^2
//         0 -b -b2 a  1  0          1/na   a/na      a2/na                0  a   -a    b   -b   0         a2 = a^2, ...
//         0  b -b2 -a 1  0          1/na  -a/na      a2/na                0  a2   a2   b2   b2  0         na = 2 a2 (a2 - b2)
//         0 -a -a2 b  1  0          1/nb   b/nb      b2/nb                0  a3  -a3   b3  -b3  1         nb = 2 b2 (b2 - a2)
//         0  a -a2 -b 1  0          1/nb  -b/nb      b2/nb
//         0  1  0 -s  0  1          0      0         1
//
// Blocks of tiles go all the way from pixels to pixels, so that V and M are still in a cache when they are read.
#include <cairn/backend/cpu/winograd.h>

#include <algorithm>
#include <vector>

#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/working_memory.h>
#include <cairn/base/threads.h>

namespace cairn::cpu {
namespace {

constexpr int64_t points = 36, panel = 32;       // outputs are taken 32 at a time
constexpr int64_t tiles_at_once = 96;            // each transformed filter that is read serves so many tiles
constexpr int64_t tile_bytes = 1 << 20;          // of V and E of a thread, in the gradient of the filters
constexpr int64_t sums_bytes = 64 << 20;         // of dU, all threads'
constexpr int64_t inline_multiplications = 1e6;  // below, a second thread costs more than it brings

int64_t up(int64_t n, int64_t to) { return (n + to - 1) / to * to; }
int64_t tiles_of(const Shape& y) { return y[0] * ((y[2] + 3) / 4) * ((y[3] + 3) / 4); }

WinogradImages images(const Array& x) {
  const int64_t B = block_of(x.layout()), blocks = (x.size(1) + B - 1) / B;
  return {x.lanes().ptr<float>(), B, blocks, x.size(2), x.size(3), blocks * x.size(2) * x.size(3) * B};
}
// Of each image those blocks that have the channels from `first` on, at most `channels` of them.
WinogradImages part_of(WinogradImages x, int64_t first, int64_t channels) {
  x.data += first * x.H * x.W;
  x.blocks = std::min(x.blocks - first / x.block, channels / x.block);
  return x;
}
WinogradGrid grid_over(const Array& y, int64_t top = 0, int64_t left = 0) { return {(y.size(2) + 3) / 4, (y.size(3) + 3) / 4, top, left}; }

// Floats of 36 matrices. The odd 16 keep them off each other's cache lines.
WinogradMatrices matrices(float* at, int64_t rows, int64_t row) { return {at, rows * row + 16, row}; }
int64_t size(const WinogradMatrices& m) { return points * m.matrix; }

// U of all filters: panel after panel in each matrix, [C][width] each.
struct Filters {
  PackedWeights packed;
  const float* data;
  int64_t matrix;
};

Filters transformed_filters(const Array& weight, bool turned) {
  static const std::shared_ptr<const void> forms[2] = {std::make_shared<int>(0), std::make_shared<int>(1)};
  const Array w = row_major(weight);
  const int64_t inputs = w.size(turned ? 0 : 1), outputs = w.size(turned ? 1 : 0), wide = up(outputs, 16), matrix = inputs * wide + 16;
  const int64_t step = 9 * w.size(1), output_step = turned ? 9 : step, input_step = turned ? step : 9;
  const auto pack = [&](void* to) {
    constexpr int64_t some = 16;  // inputs at a time
    const int64_t parts = (inputs + some - 1) / some, panels = (wide + panel - 1) / panel;
    parallel_for(parts * panels, std::max<int64_t>(1, 8192 / (some * panel)), [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) {
        const int64_t o = i / parts * panel, c = i % parts * some, width = std::min(panel, wide - o);
        winograd_from_filters(w.ptr<float>() + o * output_step + c * input_step, output_step, input_step, turned, outputs - o,
                              std::min(some, inputs - c), width, static_cast<float*>(to) + o * inputs + c * width, matrix);
      }
    });
  };
  PackedWeights packed = packed_weights(forms[turned], w, size_t(points * matrix) * sizeof(float), pack);
  const auto* data = static_cast<const float*>(packed.data);
  return {std::move(packed), data, matrix};
}

// y = x * filters, of which there are x.size(1) times y.size(1); x has `top` and `left` zeros before it.
void convolve(const Array& x, const Filters& U, int64_t top, int64_t left, const float* bias, bool relu, Array& y) {
  const WinogradImages from = images(x), to = images(y);
  const WinogradGrid grid = grid_over(y, top, left), own = grid_over(y);
  const int64_t C = x.size(1), wide = up(y.size(1), 16), tiles = tiles_of(y.shape());
  const int64_t threads = detail::in_parallel() ? 1 : num_threads();
  const bool alone = points * tiles * C * wide < inline_multiplications;
  const int64_t shares = up((tiles + tiles_at_once - 1) / tiles_at_once, alone ? 1 : threads);
  const int64_t T = up((tiles + shares - 1) / shares, 6), blocks = (tiles + T - 1) / T;
  std::vector<float> padded(bias ? size_t(to.blocks * to.block) : 0, 0.0f);
  if (bias) std::copy_n(bias, y.size(1), padded.begin());

  parallel_for(blocks, alone ? blocks : 1, [&](int64_t begin, int64_t end) {
    WinogradMatrices V = matrices(nullptr, T, from.blocks * from.block + 16), M = matrices(nullptr, T, panel);
    Array memory({size(V) + size(M)});
    V.data = memory.ptr<float>(), M.data = V.data + size(V);
    for (int64_t i = begin; i < end; i++) {
      const int64_t first = i * T, last = std::min(tiles, first + T);
      winograd_from_pixels(from, grid, first, last, V);
      for (int64_t o = 0; o < wide; o += panel) {
        const int64_t width = std::min(panel, wide - o);
        for (int64_t p = 0; p < points; p++)
          winograd_product(up(last - first, 2), width, C, V.data + p * V.matrix, V.row, 1, U.data + p * U.matrix + o * C, width,
                           M.data + p * M.matrix, M.row, false);
        winograd_to_pixels(M, own, first, last, bias ? padded.data() + o : nullptr, relu, part_of(to, o, width));
      }
    }
  });
}

// The result, where it does not lie as wanted: an array that does, brought into it in the end.
template <class F> void into(Array& y, Layout layout, F f) {
  Array to = y.layout() == layout ? y : blocked_array(y.shape(), f32, layout);
  f(to);
  if (to.storage() != y.storage()) assign(to, y);
}

}  // namespace

bool winograd_fits(const Shape& x, const Shape& w, DType dtype, const ConvGeometry& g, Layout layout) {
  for (int axis = 0; axis < 2; axis++)
    if (g.stride[axis] != 1 || g.dilation[axis] != 1 || g.before[axis] > 2 || g.after[axis] > 2 || w[axis + 2] != 3) return false;
  return dtype == f32 && g.groups == 1 && layout != Layout::strided && w[0] >= 16 && x[1] >= 16;
}

// With fewer channels the transforms weigh more than what they save, which is less where direct plans have AVX-512 (blocks of 16): there 16
// channels are level, with AVX2 they win a tenth. With few tiles the filters do, which are four times as large when
// transformed: they are made anew at every step of a training, and even for inference they no longer fit a cache.
bool winograd_pays(ConvPass pass, const Shape& w, const Shape& y, Layout layout) {
  const int64_t channels = layout == Layout::nChw16c ? 32 : 16;
  const bool small = pass == ConvPass::forward && w[0] * w[1] <= 256 * 256;
  return w[0] >= channels && w[1] >= channels && tiles_of(y) >= (small ? 4 : 16);
}

// GFLOP/s (of the direct way's operations) of direct plans, of oneDNN 2.6.3's Winograd and of ours; forward / input / weights, batch 128,
// on two cores of a Zen 5 with AVX-512 beside other programs, as was all of this:
//    64, 32x32   147 / 149 / 134   257 / 277 / 143   355 / 364 / 324      256, 8x8   158 / 141 / 138   373 / 336 / 278   369 / 349 / 303
//   128, 16x16   147 / 148 / 137   231 / 308 / 247   389 / 392 / 360      512, 4x4   161 / 190 / 106   353 / 349 / 295   373 / 348 / 346
// and for one image of 32x32, 64 channels, forward: 151, 276, 577. Where they are level it is oneDNN's.
bool winograd_of_onednn_is_faster(const Shape& w, const Shape& y) {
  const int64_t few = std::min(w[0], w[1]), many = std::max(w[0], w[1]);
  return tiles_of(y) >= 512 && few % 16 == 0 && many % 16 == 0 && many > 128;
}

void winograd_conv2d(const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Layout layout, Array& y) {
  const Array from = to_blocked(x, layout), b = bias.defined() ? row_major(bias) : bias;
  const Filters U = transformed_filters(w, false);
  into(y, layout, [&](Array& to) { convolve(from, U, g.before[0], g.before[1], b.defined() ? b.ptr<float>() : nullptr, relu, to); });
}

void winograd_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Layout layout, Array& dx) {
  const Array from = to_blocked(dy, layout);
  const Filters U = transformed_filters(w, true);
  into(dx, layout, [&](Array& to) { convolve(from, U, 2 - g.before[0], 2 - g.before[1], nullptr, false, to); });
}

// Threads share tiles out, each with sums of its own, while those are small: nothing that one writes is read by another, and nobody waits.
// Large sums are there once, and threads share the outputs out, for each of which the pixels have to be transformed again.
void winograd_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Layout layout, Array& dw) {
  const Array from_x = to_blocked(x, layout), from_dy = to_blocked(dy, layout);
  const WinogradImages pixels = images(from_x), gradients = images(from_dy);
  const WinogradGrid grid = grid_over(dy, g.before[0], g.before[1]), own = grid_over(dy);
  const int64_t C = x.size(1), O = dy.size(1), wide = up(O, 16), tiles = tiles_of(dy.shape());
  const int64_t threads = detail::in_parallel() || points * tiles * C * wide < inline_multiplications ? 1 : num_threads();
  WinogradMatrices dU = matrices(nullptr, up(C, 2), wide);
  const int64_t parts = std::clamp(sums_bytes / (size(dU) * int64_t(sizeof(float))), int64_t{1}, std::min(threads, tiles));
  const int64_t ranges = std::min((threads + parts - 1) / parts, (wide + panel - 1) / panel), range = up((wide + ranges - 1) / ranges, panel);
  dU.data = static_cast<float*>(working_memory(Purpose::scratch, size_t(parts * size(dU)) * sizeof(float)));

  parallel_for(parts * ranges, 1, [&](int64_t begin, int64_t end) {
    const int64_t rows_c = pixels.blocks * pixels.block + 16, rows_o = std::min(range, wide) + 16;
    const int64_t T = std::max<int64_t>(96, tile_bytes / (points * (rows_c + rows_o) * int64_t(sizeof(float))));
    WinogradMatrices V = matrices(nullptr, T, rows_c), E = matrices(nullptr, T, rows_o);
    Array memory({size(V) + size(E)});
    V.data = memory.ptr<float>(), E.data = V.data + size(V);
    for (int64_t i = begin; i < end; i++) {
      const int64_t part = i / ranges, start = tiles * part / parts, stop = tiles * (part + 1) / parts, from = i % ranges * range,
                    to = std::min(wide, from + range);
      float* sums = dU.data + part * size(dU);
      for (int64_t first = start; first < stop && from < to; first += T) {
        const int64_t last = std::min(stop, first + T);
        winograd_from_pixels(pixels, grid, first, last, V);
        winograd_from_gradients(part_of(gradients, from, to - from), own, first, last, E);
        for (int64_t p = 0; p < points; p++)
          for (int64_t o = from; o < to; o += panel)
            winograd_product(up(C, 2), std::min(panel, wide - o), last - first, V.data + p * V.matrix, 1, V.row, E.data + p * E.matrix + o - from,
                             E.row, sums + p * dU.matrix + o, dU.row, first > start);
      }
    }
  });
  parallel_for(C, threads == 1 ? C : std::max<int64_t>(1, 4096 / O), [&](int64_t first, int64_t last) {
    for (int64_t c = first; c < last; c++) winograd_to_filters(dU, parts, size(dU), c, O, dw.ptr<float>() + c * 9, C * 9);
  });
}

}  // namespace cairn::cpu
