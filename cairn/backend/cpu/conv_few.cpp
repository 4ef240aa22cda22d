// Convolutions of few channels, one image after the other: an image is copied with its padding into a line that stays in the L1 cache,
// and the filter's elements become offsets into that line (conv_few.h). Pixels between the rows are computed, too, and thrown away
// (forward), or meet zeros (backward): one eighth of 28 x 28 with a filter of 5 x 5.
//
//   grad_input is the forward pass of the turned filter: dx[c] = sum over o, i, j of w[o, c, KH-1-i, KW-1-j] dy[o] with padding K - 1 - p
//   grad_weight sums each image's gradient in f32 and the images' in f64
//
// LeNet's first layer (1 to 6 channels, 5 x 5, batch 64) ran at 2 GFLOP/s backward before.
#include <cairn/backend/cpu/conv_few.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/reduce_loops.h>
#include <cairn/base/threads.h>
#include <cairn/tensor/layout.h>

namespace cairn::cpu {
namespace {

constexpr int64_t most_channels = 8, most_elements = 256;  // C, C KH KW
constexpr double grain_flops = 1e6;                        // what a thread should get at least

// The line of one image.  C channels   H x W pixels   P = W + before + after: the length of a row with its padding
struct Line {
  int64_t C, H, W, KH, KW, OH, OW, P, rows, T, channel;
  ConvGeometry g;
  std::vector<int64_t> offset;  // of filter element (c, i, j)
  Line(int64_t C, int64_t H, int64_t W, int64_t KH, int64_t KW, const ConvGeometry& g)
      : C(C), H(H), W(W), KH(KH), KW(KW), OH(conv_output(H, KH, g, 0)), OW(conv_output(W, KW, g, 1)), g(g) {
    P = W + g.before[1] + g.after[1];
    rows = H + g.before[0] + g.after[0];
    T = (OH * P + 15) / 16 * 16;
    channel = (std::max(rows * P, T + (KH - 1) * P + KW - 1) + 32 + 15) / 16 * 16;  // loads may run beyond the last pixel
    for (int64_t c = 0; c < C; c++)
      for (int64_t i = 0; i < KH; i++)
        for (int64_t j = 0; j < KW; j++) offset.push_back(c * channel + i * P + j);
  }
  int64_t K() const { return C * KH * KW; }
  int64_t size() const { return C * channel; }

  // Lays image n of x (row-major) into a line whose padding is zero already.
  void fill(const float* image, float* line) const {
    for (int64_t c = 0; c < C; c++)
      for (int64_t h = 0; h < H; h++)
        std::memcpy(line + c * channel + (h + g.before[0]) * P + g.before[1], image + (c * H + h) * W, size_t(W) * sizeof(float));
  }
};

bool plain(const ConvGeometry& g) { return g.groups == 1 && g.stride[0] == 1 && g.stride[1] == 1 && g.dilation[0] == 1 && g.dilation[1] == 1; }

// f(n, scratch) for every image, on several threads, each with `floats` floats of its own that begin a cache line and are zero at first.
template <class F> void each_image(int64_t images, double flops, int64_t floats, F f) {
  const int64_t grain = std::max<int64_t>(1, int64_t(grain_flops / std::max(1.0, flops)));
  parallel_for(images, grain, [&](int64_t begin, int64_t end) {
    std::vector<float> scratch(size_t(floats) + 16, 0.0f);
    float* const first = scratch.data() + (-(reinterpret_cast<uintptr_t>(scratch.data()) / sizeof(float)) & 15);
    for (int64_t n = begin; n < end; n++) f(n, first);
  });
}

// y = the convolution of x with weights [O][K] (+ bias), all row-major.
void run_forward(const Array& x, const Line& line, const float* weights, int64_t O, const float* bias, bool relu, float* y) {
  const int64_t K = line.K();
  each_image(x.size(0), 2.0 * double(O * K * line.OH * line.OW), line.size() + O * line.T, [&](int64_t n, float* scratch) {
    float* sums = scratch + line.size();
    line.fill(x.ptr<float>() + n * line.C * line.H * line.W, scratch);
    few_forward(scratch, line.offset.data(), K, weights, O, sums, line.T);
    float* to = y + n * O * line.OH * line.OW;
    for (int64_t o = 0; o < O; o++) {
      const float b = bias ? bias[o] : 0;
      for (int64_t p = 0; p < line.OH; p++, to += line.OW) {
        const float* from = sums + o * line.T + p * line.P;
        for (int64_t q = 0; q < line.OW; q++) to[q] = from[q] + b;
        if (relu)
          for (int64_t q = 0; q < line.OW; q++) to[q] = to[q] < 0 ? 0 : to[q];
      }
    }
  });
}

// One image's gradient from its form of blocks of B channels into O lines (their places between the rows are zero already).
void lay_blocks(const float* blocks, int64_t B, const Line& line, int64_t O, float* lines) {
  for (int64_t o0 = 0; o0 < O; o0 += B, blocks += line.OH * line.OW * B)
    for (int64_t p = 0; p < line.OH; p++) {
      const float* row = blocks + p * line.OW * B;
      float* to = lines + o0 * line.T + p * line.P;
      int64_t q = 0;
      if (B == 16 && O - o0 >= 16)
        for (; q + 16 <= line.OW; q += 16) transpose_tile_loop(row + q * 16, 16, to + q, line.T);
      for (; q < line.OW; q++)
        for (int64_t o = 0; o < std::min(B, O - o0); o++) to[o * line.T + q] = row[q * B + o];
    }
}

}  // namespace

bool few_channels(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g) {
  if (dtype != f32 || !plain(g) || w[2] * w[3] < 4) return false;
  const int64_t C = x[1], O = y[1], area = w[2] * w[3];
  if (pass == ConvPass::grad_input)  // C sums of O channels each; the turned filter's padding, kernel - 1 - padding, must not be negative
    return C <= most_channels && O <= 32 && g.before[0] < w[2] && g.before[1] < w[3] && g.after[0] < w[2] && g.after[1] < w[3];
  return C <= most_channels && C * area <= most_elements && O <= 64;
}

void few_conv2d(const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y) {
  const Array from = row_major(x), weights = row_major(w), b = bias.defined() ? row_major(bias) : bias;
  const Line line(x.size(1), x.size(2), x.size(3), w.size(2), w.size(3), g);
  Array to = y.blocked() ? Array(y.shape()) : y;
  run_forward(from, line, weights.ptr<float>(), w.size(0), b.defined() ? b.ptr<float>() : nullptr, relu, to.ptr<float>());
  if (y.blocked()) assign(to, y);
}

void few_conv2d_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Array& dx) {
  const int64_t O = w.size(0), C = w.size(1), KH = w.size(2), KW = w.size(3);
  const Array from = row_major(dy), weights = row_major(w);
  std::vector<float> turned(size_t(w.numel()));  // [C][O][KH][KW], upside down and left to right
  for (int64_t o = 0; o < O; o++)
    for (int64_t c = 0; c < C; c++)
      for (int64_t i = 0; i < KH * KW; i++) turned[size_t((c * O + o) * KH * KW + KH * KW - 1 - i)] = weights.ptr<float>()[(o * C + c) * KH * KW + i];
  ConvGeometry back;
  for (int axis = 0; axis < 2; axis++)
    back.before[axis] = w.size(axis + 2) - 1 - g.before[axis], back.after[axis] = w.size(axis + 2) - 1 - g.after[axis];
  const Line line(O, dy.size(2), dy.size(3), KH, KW, back);
  Array to = dx.blocked() ? Array(dx.shape()) : dx;
  run_forward(from, line, turned.data(), C, nullptr, false, to.ptr<float>());
  if (dx.blocked()) assign(to, dx);
}

void few_conv2d_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Array& dw, Array& dbias) {
  const Array from = row_major(x), grads = dy.blocked() ? dy : row_major(dy);
  const Line line(x.size(1), x.size(2), x.size(3), dw.size(2), dw.size(3), g);
  const int64_t N = x.size(0), O = dy.size(1), K = line.K(), pixels = line.OH * line.OW, image_sums = O * K + O;
  // A fixed number of parts, whatever the threads, so that the sums do not depend on them.
  const int64_t parts = std::min<int64_t>(N, 16);
  std::vector<double> sums(size_t(parts * image_sums), 0.0);
  const double flops = 2.0 * double(O * K * pixels) * double(N) / double(parts);
  each_image(parts, flops, line.size() + O * line.T + O * K, [&](int64_t part, float* scratch) {
    float *lines = scratch + line.size(), *products = lines + O * line.T;
    double* total = sums.data() + part * image_sums;
    for (int64_t n = N * part / parts; n < N * (part + 1) / parts; n++) {
      line.fill(from.ptr<float>() + n * line.C * line.H * line.W, scratch);
      if (grads.blocked()) {
        const int64_t block = block_of(grads.layout());
        lay_blocks(grads.lanes().ptr<float>() + n * ((O + block - 1) / block) * pixels * block, block, line, O, lines);
      } else {
        const float* d = grads.ptr<float>() + n * O * pixels;
        for (int64_t o = 0; o < O; o++)
          for (int64_t p = 0; p < line.OH; p++, d += line.OW) std::memcpy(lines + o * line.T + p * line.P, d, size_t(line.OW) * sizeof(float));
      }
      if (dbias.defined())
        for (int64_t o = 0; o < O; o++) total[O * K + o] += row_sum(Term::value, lines + o * line.T, line.T, 0);
      std::fill(products, products + O * K, 0.0f);
      few_grad_weight(scratch, line.offset.data(), K, lines, O, products, line.T);
      for (int64_t i = 0; i < O * K; i++) total[i] += products[i];
    }
  });
  const auto sum_of = [&](int64_t i) {
    double s = 0;
    for (int64_t part = 0; part < parts; part++) s += sums[size_t(part * image_sums + i)];
    return float(s);
  };
  for (int64_t i = 0; i < O * K; i++) dw.ptr<float>()[i] = sum_of(i);
  if (dbias.defined())
    for (int64_t o = 0; o < O; o++) dbias.ptr<float>()[o] = sum_of(O * K + o);
}

}  // namespace cairn::cpu
