#include <cairn/data/transforms/colours.h>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/data/transforms/draws.h>

namespace cairn::transforms {

using namespace detail;

void ColorJitter::apply(Sample& s, Random& r) const {
  std::array<int, 4> order = {0, 1, 2, 3};
  for (size_t i = 4; i > 1; i--) std::swap(order[i - 1], order[r.below(i)]);
  const auto factor = [&](double v) { return between(r, std::max(0.0, 1 - v), 1 + v); };
  // All are drawn, in a fixed order, whether they are used or not: turning one off leaves the others as they were.
  const double b = factor(brightness), c = factor(contrast), t = factor(saturation), h = between(r, -hue, hue);
  for (int what : order) {
    if (what == 0 && brightness > 0) adjust_brightness(s, b);
    if (what == 1 && contrast > 0) adjust_contrast(s, c);
    if (what == 2 && saturation > 0) adjust_saturation(s, t);
    if (what == 3 && hue > 0) adjust_hue(s, h);
  }
}
std::string ColorJitter::str() const {
  return fmt::format("ColorJitter(brightness {}, contrast {}, saturation {}, hue {})", brightness, contrast, saturation, hue);
}
void ColorJitter::check() const {
  check_range("ColorJitter", "brightness", brightness, brightness, 0, 100);
  check_range("ColorJitter", "contrast", contrast, contrast, 0, 100);
  check_range("ColorJitter", "saturation", saturation, saturation, 0, 100);
  check_range("ColorJitter", "hue", hue, hue, 0, 0.5);
}

void Greyscale::apply(Sample& s, Random& r) const {
  if (p >= 1 || chance(r, p)) greyscale(s, channels);
}
std::string Greyscale::str() const {
  return fmt::format("Greyscale({}{})", channels == 0 ? "as many channels" : fmt::format("{} channels", channels),
                     p < 1 ? fmt::format(", p {}", p) : "");
}
void Greyscale::check() const {
  check_chance("Greyscale", p);
  if (channels != 0 && channels != 1 && channels != 3) throw ConfigError(fmt::format("[Greyscale] channels must be 1, 3 or 0, got {}.", channels));
  if (p < 1 && channels == 1) throw ConfigError("[Greyscale] with p below 1 all pictures must keep their channels. Hint: channels = 0.");
}

void RandomErasing::apply(Sample& s, Random& r) const {
  if (!chance(r, p)) return;
  if (noise && !s.normalized()) throw ConfigError("[RandomErasing] noise is of floats. Hint: put it behind Normalize.");
  const int64_t h = s.height(), w = s.width();
  for (int tries = 0; tries < 10; tries++) {
    const double area = double(h * w) * between(r, least_area, most_area), ratio = log_between(r, least_ratio, most_ratio);
    const int64_t bh = std::llround(std::sqrt(area * ratio)), bw = std::llround(std::sqrt(area / ratio));
    if (bh >= h || bw >= w) continue;
    const int64_t top = below(r, h - bh + 1), left = below(r, w - bw + 1);
    const Sample::Noise key{r.bits64(), r.bits64()};
    s.erase(top, left, bh, bw, value, noise ? &key : nullptr);
    return;
  }
}
std::string RandomErasing::str() const {
  return fmt::format("RandomErasing(p {}, area {} to {}, ratio {} to {}{}{})", p, least_area, most_area, least_ratio, most_ratio,
                     value ? fmt::format(", value {}", value) : "", noise ? ", noise" : "");
}
void RandomErasing::check() const {
  check_chance("RandomErasing", p);
  check_range("RandomErasing", "the area", least_area, most_area, 0, 1);
  check_range("RandomErasing", "the ratio of the sides", least_ratio, most_ratio, 1e-3, 1e3);
}

void Cutout::apply(Sample& s, Random& r) const {
  for (int64_t i = 0; i < holes; i++) {
    const int64_t y = below(r, s.height()), x = below(r, s.width());
    s.erase(y - size / 2, x - size / 2, size, size, value);
  }
}
std::string Cutout::str() const { return fmt::format("Cutout({} x {}{})", size, size, holes == 1 ? "" : fmt::format(", {} holes", holes)); }
void Cutout::check() const {
  check_size("Cutout", size, 0);
  if (holes < 1 || holes > 1000) throw ConfigError(fmt::format("[Cutout] holes must be from 1 to 1000, got {}.", holes));
}

}  // namespace cairn::transforms
