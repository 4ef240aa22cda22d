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
//   64 to 256, 28x28, 1x1, batch 32             1.1                              f32                2.0
//   3 to 64, 224x224, 7x7, stride 2, batch 16   8.5    tiles              11.7   f32               12.2
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
constexpr int64_t few_channels = 4;        // as a picture has
constexpr int64_t large_filter = 25;       // elements, from which on patches pay for few channels
constexpr int64_t spare = 32;              // numbers of bf16 in a vector register

// What the filter looks at, and from where: output (h, w) sees element (i, j) at pixel (h stride + sign i dilation + shift, ...).
struct View {
  int64_t H, W, C, OH, OW, KH, KW;  // pixels and channels looked at, pixels that look, filter
  int64_t stride[2], dilation[2], shift[2], sign;
  int64_t K() const { return KH * KW * C; }
  // Of a patch; of few channels zeros fill it up to whole tiles, which multiply three times as fast.
  int64_t pitch() const { return KH * KW == 1 || C > few_channels ? K() : (K() + 31) / 32 * 32; }
};

View forwards(const Shape& x, const Shape& w, const Shape& y, const ConvGeometry& g) {
  return {x[2], x[3], x[1], y[2], y[3], w[2], w[3], {g.stride[0], g.stride[1]}, {g.dilation[0], g.dilation[1]}, {-g.before[0], -g.before[1]}, 1};
}
View backwards(const Shape& x, const Shape& w, const Shape& y, const ConvGeometry& g) {
  return {y[2], y[3], y[1], x[2], x[3], w[2], w[3], {1, 1}, {g.dilation[0], g.dilation[1]}, {g.before[0], g.before[1]}, -1};
}

// The patches of output rows `begin` to `end`, counted through all images; those of `begin` come first in `to`. Of few channels, whole registers
// are copied, whose ends the next copies overwrite: then `spare` numbers lie behind both pixels and patches.
void lay_rows(const View& v, const bf16_t* pixels, int64_t begin, int64_t end, bf16_t* to) {
  const auto zeros = [](bf16_t* at, int64_t n) { std::memset(static_cast<void*>(at), 0, size_t(n) * sizeof(bf16_t)); };
  const int64_t span = v.KW * v.C, filling = v.pitch() - v.K();
  const bool together = v.dilation[1] == 1 && v.sign == 1;  // what a row of the filter sees lies side by side
  const bool in_register = v.C <= few_channels && span <= spare;
  for (int64_t row = begin; row < end; row++) {
    const bf16_t* image = pixels + row / v.OH * v.H * v.W * v.C;
    bf16_t* patch = to + (row - begin) * v.OW * v.pitch();
    for (int64_t column = 0; column < v.OW; column++) {
      for (int64_t i = 0; i < v.KH; i++, patch += span) {
        const int64_t h = row % v.OH * v.stride[0] + v.sign * i * v.dilation[0] + v.shift[0], left = column * v.stride[1] + v.shift[1];
        if (h < 0 || h >= v.H) {
          zeros(patch, span);
        } else if (together && left >= 0 && left + v.KW <= v.W) {
          const bf16_t* seen = image + (h * v.W + left) * v.C;
          if (in_register) std::memcpy(static_cast<void*>(patch), seen, spare * sizeof(bf16_t));
          else std::memcpy(static_cast<void*>(patch), seen, size_t(span) * sizeof(bf16_t));
        } else {
          for (int64_t j = 0; j < v.KW; j++) {
            const int64_t w = left + v.sign * j * v.dilation[1];
            if (w >= 0 && w < v.W) std::memcpy(static_cast<void*>(patch + j * v.C), image + (h * v.W + w) * v.C, size_t(v.C) * sizeof(bf16_t));
            else zeros(patch + j * v.C, v.C);
          }
        }
      }
      zeros(patch, filling);
      patch += filling;
    }
  }
}

void lay_patches(const View& v, const bf16_t* pixels, int64_t images, bf16_t* to) {
  parallel_for(images * v.OH, 4, [&](int64_t begin, int64_t end) { lay_rows(v, pixels, begin, end, to + begin * v.OW * v.pitch()); });
}

// f(first image, how many, their patches [R, K]) for parts of the images.
template <class F> void each_part(const View& v, const Array& images, F f) {
  const int64_t N = images.size(0), rows = v.OH * v.OW, fitting = patch_bytes / (rows * v.pitch() * int64_t(sizeof(bf16_t)));
  const int64_t most = std::clamp<int64_t>(fitting, 1, N);
  Array patches({most * rows, v.pitch()}, bf16), pixels({most, v.H, v.W, v.C}, bf16);
  const int64_t image = v.H * v.W * v.C;
  for (int64_t first = 0; first < N; first += most) {
    const int64_t count = std::min(most, N - first);
    parallel_for(count, 1, [&](int64_t begin, int64_t end) {
      take_pixels(images, first + begin, end - begin, end - begin, pixels.ptr<bf16_t>() + begin * image);
    });
    lay_patches(v, pixels.ptr<bf16_t>(), count, patches.ptr<bf16_t>());
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
  if (!has_tiles() || g.groups != 1 || conv_plans() == ConvPlans::winograd || y[1] < 16) return false;
  if (y[0] * y[2] * y[3] < 64) return false;  // a product of few rows
  if (x[1] <= few_channels) return pass == ConvPass::grad_weight && w[2] * w[3] >= large_filter;
  if (x[1] < 16) return false;
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

namespace {

// The sums of weights as [K, O] instead of [O, K]: products with more columns than rows are faster by a fifth.
bool sums_turned(const View& v, int64_t O) { return v.KH * v.KW == 1 && O > v.C; }

// Where every number takes part in few multiplications (filters of one element, pictures of few channels), each thread has images of its own,
// brings some at a time into the order of pixels, lays patches of some rows (those of one element are the pixels), multiplies, all within its
// cache, and adds up sums of its own.
void grad_weight_by_shares(const View& v, const Array& x, const Array& dy, Array& sums) {
  const int64_t N = x.size(0), O = dy.size(1), K = v.pitch(), rows = v.OH * v.OW, shares = sums.size(0);
  const bool one = v.KH * v.KW == 1, turned = sums_turned(v, O);
  const int64_t seen = one ? rows * v.C : v.H * v.W * v.C;  // an image's pixels of x
  const int64_t least = std::max(part_bytes, O * K * int64_t(2 * sizeof(float)));
  const int64_t most = std::clamp<int64_t>(least / ((seen + rows * O) * int64_t(sizeof(bf16_t))), 1, (N + shares - 1) / shares);
  const int64_t strip = one ? most * v.OH : std::clamp<int64_t>(part_bytes / 2 / (v.OW * K * int64_t(sizeof(bf16_t))), 1, most * v.OH);  // rows
  parallel_for(shares, 1, [&](int64_t begin, int64_t end) {
    Array xs({most * seen + spare}, bf16), ys({most * rows, O}, bf16), patches = one ? xs : Array({strip * v.OW * K + spare}, bf16);
    for (int64_t share = begin; share < end; share++) {
      Array total = sums.sliced(0, share, 1).reshaped({turned ? K : O, turned ? O : K});
      const int64_t start = N * share / shares, stop = N * (share + 1) / shares;
      for (int64_t first = start; first < stop; first += most) {
        const int64_t count = std::min(most, stop - first);
        take_pixels(x, first, count, count, xs.ptr<bf16_t>(), one ? Step{v.stride[0], v.stride[1]} : Step{1, 1});
        take_pixels(dy, first, count, count, ys.ptr<bf16_t>());
        for (int64_t row = 0; row < count * v.OH; row += strip) {
          const int64_t here = std::min(strip, count * v.OH - row), R = here * v.OW;
          if (!one) lay_rows(v, xs.ptr<bf16_t>(), row, row + here, patches.ptr<bf16_t>());
          const Array left = ys.sliced(0, row * v.OW, R), right = patches.sliced(0, 0, R * K).reshaped({R, K});
          matmul((turned ? right : left).transposed(0, 1), turned ? left : right, total, first > start || row > 0);
        }
      }
    }
  });
  add_up(sums.ptr<float>(), shares, O * K);
}

}  // namespace

void patched_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Array& dw) {
  const View v = forwards(x.shape(), dw.shape(), dy.shape(), g);
  const int64_t O = dy.size(1), rows = v.OH * v.OW;
  const Array images = in_blocks(x), grads = in_blocks(dy);
  const bool shared = v.KH * v.KW == 1 || v.C <= few_channels;
  const int64_t shares = !shared || detail::in_parallel() ? 1 : std::min<int64_t>(x.size(0), num_threads());
  Array sums({shares, O, v.pitch()}, f32), total = sums.sliced(0, 0, 1).reshaped({O, v.pitch()});
  if (shared) grad_weight_by_shares(v, images, grads, sums);
  else
    each_part(v, images, [&](int64_t first, int64_t count, const Array& patches) {
      Array pixels({count * rows, O}, bf16);
      parallel_for(count, 1, [&](int64_t begin, int64_t end) {
        take_pixels(grads, first + begin, end - begin, end - begin, pixels.ptr<bf16_t>() + begin * rows * O);
      });
      matmul(pixels.transposed(0, 1), patches, total, first > 0);
    });
  const bool turned = sums_turned(v, O);
  reorder(described(dw.shape(), f32, {turned ? 1 : v.pitch(), turned ? O : 1, v.KW * v.C, v.C}), sums.raw(), plain(dw), dw.raw());
}

}  // namespace cairn::onednn
