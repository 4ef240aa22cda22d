// Channels to pixels: r r channels become one of r times the height and width.       x: [.., C r r, H, W]   y: [.., C, H r, W r]
//   y[c, h r + i, w r + j] = x[c r r + i r + j, h, w];  unshuffle is the inverse.  Both are views and one copy.   Shi et al. 2016
#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>

namespace cairn {

namespace {

// [B, channels, H, W], B being all axes in front.
Tensor as_images(const char* op, const Tensor& x, int64_t factor) {
  check_rank(op, x, at_least(3));
  if (factor < 1 || factor > (int64_t{1} << 30))
    throw ConfigError("[" + std::string(op) + "] the factor must be at least 1 and at most 2^30, not " + std::to_string(factor) +
                      ". Hint: 2 doubles height and width.");
  int64_t batch = 1;
  for (int i = 0; i < x.rank() - 3; i++) batch *= x.size(i);
  return reshape(x, {batch, x.size(-3), x.size(-2), x.size(-1)});
}

Shape with_image(Shape shape, int64_t channels, int64_t height, int64_t width) {
  const int rank = shape.rank();
  shape[rank - 3] = channels;
  shape[rank - 2] = height;
  shape[rank - 1] = width;
  return shape;
}

}  // namespace

Tensor pixel_shuffle(const Tensor& x, int64_t r) {
  const Tensor images = as_images("pixel_shuffle", x, r);
  const int64_t B = images.size(0), C = images.size(1) / (r * r), H = images.size(2), W = images.size(3);
  check_shape("pixel_shuffle", "the channels must be a multiple of " + std::to_string(r) + " x " + std::to_string(r), {{"x", x}},
              images.size(1) == C * r * r, "the layer before it has to make that many channels: outputs x " + std::to_string(r * r) + ".");
  return reshape(permute(reshape(images, {B, C, r, r, H, W}), {0, 1, 4, 2, 5, 3}), with_image(x.shape(), C, H * r, W * r));
}

Tensor pixel_unshuffle(const Tensor& x, int64_t r) {
  const Tensor images = as_images("pixel_unshuffle", x, r);
  const int64_t B = images.size(0), C = images.size(1), H = images.size(2) / r, W = images.size(3) / r;
  check_shape("pixel_unshuffle", "height and width must be multiples of " + std::to_string(r), {{"x", x}},
              images.size(2) == H * r && images.size(3) == W * r, "pad() or slice() changes the size.");
  return reshape(permute(reshape(images, {B, C, H, r, W, r}), {0, 1, 3, 5, 2, 4}), with_image(x.shape(), C * r * r, H, W));
}

}  // namespace cairn
