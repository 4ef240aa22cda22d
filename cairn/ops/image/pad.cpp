// Padding by what the image shows, of the last one or two axes.               x: [.., H, W]   y: [.., before + H + after, ..]
//   reflect ... 2 1 | 0 1 2 | 1 0 ...     replicate ... 0 0 | 0 1 2 | 2 2 ...     circular ... 1 2 | 0 1 2 | 0 1 ...
#include <fmt/format.h>

#include <cairn/ops/image/resample.h>
#include <cairn/ops/ops.h>

namespace cairn {

Tensor pad(const Tensor& x, const std::vector<int64_t>& amounts, PadMode mode) {
  check_rank("pad", x, at_least(1));
  const int axes = int(amounts.size() / 2);
  if (amounts.size() % 2 || axes < 1 || axes > std::min(2, x.rank()))
    fail_shape("pad", fmt::format("this mode takes one or two pairs (before, after) for the last axes, not {} numbers", amounts.size()), {{"x", x}},
               "{left, right, top, bottom} for images; zeros go on all axes: pad(x, amounts).");
  constexpr int64_t most = int64_t{1} << 60;
  const char* const names[] = {"reflect", "replicate", "circular"};
  const auto check = [&](int axis, int64_t before, int64_t after) {
    const int64_t n = x.size(axis), room = mode == PadMode::reflect ? n - 1 : mode == PadMode::circular ? n : n > 0 ? most : 0;
    if (before >= 0 && after >= 0 && before <= room && after <= room) return;
    fail_shape("pad",
               fmt::format("mode {} can add 0 to {} elements on each side of axis {}, not ({}, {})", names[int(mode)], std::max<int64_t>(0, room),
                           axis < 0 ? axis + x.rank() : axis, before, after),
               {{"x", x}}, before < 0 || after < 0 ? "slice() cuts elements off." : "smaller amounts, or pad(x, amounts) with zeros.");
  };
  check(-1, amounts[0], amounts[1]);
  if (axes == 2) check(-2, amounts[2], amounts[3]);
  const Tensor images = x.rank() == 1 ? unsqueeze(x, 0) : x;
  Resampling r;
  r.rule = mode == PadMode::reflect ? Resampling::reflect : mode == PadMode::replicate ? Resampling::replicate : Resampling::circular;
  r.before = {axes == 2 ? amounts[2] : 0, amounts[0]};
  const Size2 size = {images.size(-2) + (axes == 2 ? amounts[2] + amounts[3] : 0), images.size(-1) + amounts[0] + amounts[1]};
  const Tensor y = resample(images, r, size);
  return x.rank() == 1 ? squeeze(y, 0) : y;
}

}  // namespace cairn
