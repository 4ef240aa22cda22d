// The patch of an output pixel is what the filter sees there: its K = KH KW C numbers, those of one filter element side by side. With the
// patches of all R pixels as the rows of a matrix P [R, K], and weights in the same order as W [K, O]:
//
//   y = P W        dW = P^T dy        dx = P' W', where P' are patches of dy seen by the turned filter (stride 1 only)
//
// The patches of a 3x3 filter hold every number nine times, which is little beside the product where there are many channels. oneDNN's
// convolutions fill a tile with neighbours of one image row, so that rows of 4 pixels use a quarter of it; and they add up gradients of weights
// in memory, image by image. Two cores of a Xeon with AMX, batch 128, ms forward / gradient of the image / of the weights, beside tiles by
// oneDNN's convolutions (conv_tiles.cpp) and f32:
//   512 to 512, 4x4              10.4 /  9.0 /  9.4    tiles 14.7 / 18.2 /       f32 17.2 / 15.8 / 20.3
//   256 to 256, 8x8                            11.6    tiles               13.0  f32               13.8
//   256 to 512, 8x8, stride 2     6.6 /         6.5    tiles  7.2 / 13.2 /       f32 12.7 / 17.7 / 22.4
//   128 to 256, 16x16, stride 2                 8.0    tiles               15.9  f32               16.6
//   256 to 512, 8x8, 1x1                        2.4    tiles                8.6  f32                2.3
#include <cairn/backend/cpu/onednn/conv_patches.h>

#include <algorithm>
#include <cstring>

#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/onednn/conv_plan.h>
#include <cairn/backend/cpu/onednn/conv_tiles.h>
#include <cairn/backend/cpu/onednn/gemm.h>
#include <cairn/backend/cpu/onednn/pixels.h>
#include <cairn/backend/cpu/working_memory.h>
#include <cairn/base/threads.h>

namespace cairn::onednn {
namespace {

constexpr int64_t narrow = 4;              // pixels of a row that leave most of a tile empty
constexpr int64_t many_weights = 1 << 18;  // whose sums, added up once a part, take longer than patches do
constexpr int64_t patch_bytes = 24 << 20;  // of the patches that are laid out at a time

// What the filter looks at, and from where: output (h, w) sees element (i, j) at pixel (h stride + sign i dilation + shift, ...).
struct View {
  int64_t H, W, C, OH, OW, KH, KW;  // pixels and channels looked at, pixels that look, filter
  int64_t stride[2], dilation[2], shift[2], sign;
  int64_t K() const { return KH * KW * C; }
};

View forwards(const Shape& x, const Shape& w, const Shape& y, const ConvGeometry& g) {
  return {x[2], x[3], x[1], y[2], y[3], w[2], w[3], {g.stride[0], g.stride[1]}, {g.dilation[0], g.dilation[1]}, {-g.before[0], -g.before[1]}, 1};
}
View backwards(const Shape& x, const Shape& w, const Shape& y, const ConvGeometry& g) {
  return {y[2], y[3], y[1], x[2], x[3], w[2], w[3], {1, 1}, {g.dilation[0], g.dilation[1]}, {g.before[0], g.before[1]}, -1};
}

void lay_patches(const View& v, const bf16_t* pixels, int64_t images, bf16_t* to) {
  parallel_for(images * v.OH, 4, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      const bf16_t* image = pixels + row / v.OH * v.H * v.W * v.C;
      bf16_t* patch = to + row * v.OW * v.K();
      for (int64_t column = 0; column < v.OW; column++)
        for (int64_t i = 0; i < v.KH; i++) {
          const int64_t h = row % v.OH * v.stride[0] + v.sign * i * v.dilation[0] + v.shift[0];
          for (int64_t j = 0; j < v.KW; j++, patch += v.C) {
            const int64_t w = column * v.stride[1] + v.sign * j * v.dilation[1] + v.shift[1];
            const bool inside = h >= 0 && h < v.H && w >= 0 && w < v.W;
            if (inside) std::memcpy(static_cast<void*>(patch), image + (h * v.W + w) * v.C, size_t(v.C) * sizeof(bf16_t));
            else std::memset(static_cast<void*>(patch), 0, size_t(v.C) * sizeof(bf16_t));
          }
        }
    }
  });
}

// f(first image, how many, their patches [R, K]) for parts of the images. Patches of one element are the pixels themselves, every step-th of them.
template <class F> void each_part(const View& v, const Array& images, F f) {
  const int64_t N = images.size(0), rows = v.OH * v.OW, fitting = patch_bytes / (rows * v.K() * int64_t(sizeof(bf16_t)));
  const int64_t most = std::clamp<int64_t>(fitting, 1, N);
  const bool one = v.KH * v.KW == 1;
  const Step step = one ? Step{v.stride[0], v.stride[1]} : Step{1, 1};
  Array patches({most * rows, v.K()}, bf16), pixels = one ? patches : Array({most, v.H, v.W, v.C}, bf16);
  const int64_t image = one ? rows * v.C : v.H * v.W * v.C;
  for (int64_t first = 0; first < N; first += most) {
    const int64_t count = std::min(most, N - first);
    parallel_for(count, 1, [&](int64_t begin, int64_t end) {
      take_pixels(images, first + begin, end - begin, end - begin, pixels.ptr<bf16_t>() + begin * image, step);
    });
    if (!one) lay_patches(v, pixels.ptr<bf16_t>(), count, patches.ptr<bf16_t>());
    f(first, count, patches.sliced(0, 0, count * rows));
  }
}

// w [O, C, KH, KW] with the given distances between neighbours of each axis, in another type perhaps; or back from there.
dnnl::memory::desc described(const Shape& w, DType type, const dnnl::memory::dims& strides) {
  return {dnnl::memory::dims(w.begin(), w.end()), type == bf16 ? dnnl::memory::data_type::bf16 : dnnl::memory::data_type::f32, strides};
}
void reorder(const dnnl::memory::desc& from, const void* x, const dnnl::memory::desc& to, void* y) {
  dnnl::memory source = memory_at(from, x), target = memory_at(to, y);
  dnnl::reorder(source, target).execute(stream(), source, target);
  stream().wait();
}
dnnl::memory::desc plain(const Array& w) {
  return described(w.shape(), w.dtype(), {w.size(1) * w.size(2) * w.size(3), w.size(2) * w.size(3), w.size(3), 1});
}

// Rows of the product's left factor are patches, of y's or x's pixels; its results are brought into `to` as images.
void product(const View& v, const Array& images, const cpu::PackedWeights& packed, int64_t channels, Array& to) {
  const Array weights(packed.kept ? packed.kept : make_ref<Storage>(const_cast<void*>(packed.data), size_t(v.K() * channels) * sizeof(bf16_t), [] {}),
                      {v.K(), channels}, {channels, 1}, 0, bf16);
  Array into = place_for(to, Layout::nChw16c);
  each_part(v, in_blocks(images), [&](int64_t first, int64_t count, const Array& patches) {
    Array result({patches.size(0), channels}, bf16);
    matmul(patches, weights, result, false);
    const int64_t image = v.OH * v.OW * channels;
    parallel_for(count, 1, [&](int64_t begin, int64_t end) { put_pixels(result.ptr<bf16_t>() + begin * image, first + begin, end - begin, into); });
  });
  bring(into, to);
}

}  // namespace

bool by_patches(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, const ConvGeometry& g) {
  if (!has_tiles() || g.groups != 1 || conv_plans() == ConvPlans::winograd || std::min(x[1], y[1]) < 16) return false;
  if (y[0] * y[2] * y[3] < 64) return false;  // a product of few rows
  const bool one = w[2] * w[3] == 1;
  if (pass == ConvPass::grad_weight) return one ? !padded(g) : w.numel() > many_weights;
  if (one || std::min(x[1], y[1]) < 128) return false;
  return pass == ConvPass::forward ? y[3] <= narrow : x[3] <= narrow && g.stride[0] == 1 && g.stride[1] == 1;
}

void patched_conv2d(const Array& x, const Array& w, const ConvGeometry& g, Array& y) {
  static const auto form = std::make_shared<const int>(0);
  const View v = forwards(x.shape(), w.shape(), y.shape(), g);
  const int64_t O = y.size(1), C = v.C;
  const Array weights = cpu::row_major(w);
  const auto pack = [&](void* to) { reorder(plain(weights), weights.raw(), described(w.shape(), bf16, {1, O, v.KW * C * O, C * O}), to); };
  product(v, x, cpu::packed_weights(form, weights, size_t(v.K() * O) * sizeof(bf16_t), pack), O, y);
}

void patched_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Array& dx) {
  static const auto form = std::make_shared<const int>(0);
  const View v = backwards(dx.shape(), w.shape(), dy.shape(), g);
  const int64_t O = v.C, C = dx.size(1);
  const Array weights = cpu::row_major(w);
  const auto pack = [&](void* to) { reorder(plain(weights), weights.raw(), described(w.shape(), bf16, {C, 1, v.KW * O * C, O * C}), to); };
  product(v, dy, cpu::packed_weights(form, weights, size_t(v.K() * C) * sizeof(bf16_t), pack), C, dx);
}

void patched_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Array& dw) {
  const View v = forwards(x.shape(), dw.shape(), dy.shape(), g);
  const int64_t O = dy.size(1), rows = v.OH * v.OW;
  const Array grads = in_blocks(dy);
  Array sums({O, v.K()}, f32);
  each_part(v, in_blocks(x), [&](int64_t first, int64_t count, const Array& patches) {
    Array pixels({count * rows, O}, bf16);
    parallel_for(count, 1, [&](int64_t begin, int64_t end) {
      take_pixels(grads, first + begin, end - begin, end - begin, pixels.ptr<bf16_t>() + begin * rows * O);
    });
    matmul(pixels.transposed(0, 1), patches, sums, first > 0);
  });
  reorder(described(dw.shape(), f32, {v.K(), 1, v.KW * v.C, v.C}), sums.raw(), plain(dw), dw.raw());
}

}  // namespace cairn::onednn
