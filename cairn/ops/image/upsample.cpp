// Larger (or smaller) images.                                          x: [N, C, H, W]   y: [N, C, OH, OW]
//   nearest    y_i = x at i H / OH, rounded down
//   bilinear   between the two rows and columns around s = (i + 1/2) H / OH - 1/2: pixels are areas, and centres meet centres;
//              align_corners: s = i (H - 1) / (OH - 1): pixels are points, and corners meet corners
// With a scale instead of a size, the step is 1 / scale also where OH = H scale had to be rounded down, as in PyTorch.
#include <cmath>

#include <fmt/format.h>

#include <cairn/ops/image/resample.h>
#include <cairn/ops/ops.h>

namespace cairn {

Tensor upsample(const Tensor& x, const UpsampleOptions& o) {
  const bool sized = !(o.size == Size2(0)), scaled = !(o.scale == Scale2(0.0));
  if (sized == scaled)
    throw ConfigError("[upsample] give either the size of the result or the scale. Hint: {.scale = 2.0} doubles height and width.");
  if (sized && (o.size.h < 1 || o.size.w < 1))
    throw ConfigError(
        fmt::format("[upsample] the size of the result must be at least 1, not {} x {}. Hint: {{.scale = 2.0}} doubles them.", o.size.h, o.size.w));
  if (scaled && !(std::min(o.scale.h, o.scale.w) > 0 && std::max(o.scale.h, o.scale.w) < 1e9))
    throw ConfigError(
        fmt::format("[upsample] the scale must be above 0 (and below 1e9), not {} x {}. Hint: 2 doubles, 0.5 halves.", o.scale.h, o.scale.w));
  if (o.align_corners && o.mode != Upsampling::bilinear)
    throw ConfigError("[upsample] align_corners has a meaning for bilinear interpolation only. Hint: {.mode = Upsampling::bilinear}.");
  check_rank("upsample", x, exactly(4));
  check_floating("upsample", x);
  Resampling r = {o.mode == Upsampling::nearest ? Resampling::nearest : Resampling::bilinear, o.align_corners};
  Size2 size = o.size;
  const auto along = [&](int axis, int64_t& length, double& step) {
    const int64_t n = x.size(2 + axis);
    if (scaled) length = int64_t(std::floor(double(n) * o.scale[axis]));
    step = o.align_corners ? (length > 1 ? double(n - 1) / double(length - 1) : 0) : scaled ? 1 / o.scale[axis] : double(n) / double(length);
    return n > 0 && length > 0;
  };
  if (!along(0, size.h, r.step.h) || !along(1, size.w, r.step.w))
    fail_shape("upsample", fmt::format("neither the image nor the result ({} x {}) may be without pixels", size.h, size.w), {{"x", x}},
               "a larger scale, or the size itself.");
  return resample(x, r, size);
}

}  // namespace cairn
