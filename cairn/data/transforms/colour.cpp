#include <cairn/data/transforms/colour.h>

#include <algorithm>
#include <array>
#include <cmath>

#include <cairn/base/errors.h>
#include <cairn/data/transforms/colour_rows.h>
#include <cairn/io/pixels.h>

namespace cairn::transforms {
namespace {

using Table = std::array<uint8_t, 256>;

uint8_t mixed(int poor, int x, float factor) {
  const float v = float(poor) + factor * float(x - poor);
  return v <= 0 ? 0 : v >= 255 ? 255 : uint8_t(v);
}

// What a byte becomes depends on nothing else: 256 answers.
template <class F> Table table(F&& f) {
  Table t;
  for (int i = 0; i < 256; i++) t[size_t(i)] = uint8_t(f(i));
  return t;
}
void look_up(uint8_t* values, int64_t n, const Table& t) {
  for (int64_t i = 0; i < n; i++) values[i] = t[values[i]];
}
void look_up(Planes& p, const Table& t) { look_up(p.values.data(), int64_t(p.values.size()), t); }

// Brightness of each pixel.
const uint8_t* luma_of(const Planes& p) {
  if (p.channels == 1) return p.plane(0);
  thread_local std::vector<uint8_t> grey;
  grey.resize(size_t(p.area()));
  cairn::detail::luma_row(p.plane(0), p.plane(1), p.plane(2), grey.data(), p.area());
  return grey.data();
}

std::array<int64_t, 256> histogram(const uint8_t* values, int64_t n) {
  std::array<int64_t, 256> counts{};
  for (int64_t i = 0; i < n; i++) counts[values[i]]++;
  return counts;
}

}  // namespace

void adjust_brightness(Sample& s, double factor) {
  look_up(s.pixels(), table([&](int x) { return mixed(0, x, float(factor)); }));
}

void adjust_contrast(Sample& s, double factor) {
  Planes& p = s.pixels();
  const uint8_t* grey = luma_of(p);
  int64_t sum = 0;
  for (int64_t i = 0; i < p.area(); i++) sum += grey[i];
  const int mean = int(double(sum) / double(p.area()) + 0.5);
  look_up(p, table([&](int x) { return mixed(mean, x, float(factor)); }));
}

void adjust_saturation(Sample& s, double factor) {
  Planes& p = s.pixels();
  if (p.channels == 1) return;
  const uint8_t* grey = luma_of(p);
  for (int64_t c = 0; c < p.channels; c++) detail::mixed_rows(grey, p.plane(c), float(factor), p.plane(c), p.area());
}

void adjust_sharpness(Sample& s, double factor) {
  const Planes& p = s.pixels();
  if (p.height < 3 || p.width < 3) return;  // all pixels are outermost ones
  Planes& to = s.spare();
  to.resize(p.channels, p.height, p.width);
  for (int64_t c = 0; c < p.channels; c++) {
    const uint8_t* from = p.plane(c);
    uint8_t* out = to.plane(c);
    std::copy(from, from + p.width, out);
    std::copy(from + p.area() - p.width, from + p.area(), out + p.area() - p.width);
    for (int64_t y = 1; y + 1 < p.height; y++) {
      const uint8_t* row = from + y * p.width;
      detail::smoothed_row(row - p.width, row, row + p.width, out + y * p.width, p.width);
    }
    detail::mixed_rows(out, from, float(factor), out, p.area());
  }
  s.done();
}

void adjust_hue(Sample& s, double turn) {
  if (!(std::abs(turn) <= 0.5)) throw ConfigError("[adjust_hue] a turn must be from -0.5 to 0.5, got " + std::to_string(turn) + ".");
  Planes& p = s.pixels();
  if (p.channels == 1) return;
  detail::turn_hue(p.plane(0), p.plane(1), p.plane(2), uint8_t(int(turn * 255)), p.area());
}

void greyscale(Sample& s, int64_t channels) {
  if (channels != 0 && channels != 1 && channels != 3)
    throw ConfigError("[greyscale] 1 or 3 channels, or 0 for as many as there were, not " + std::to_string(channels) + ".");
  const Planes& p = s.pixels();
  if (channels == 0) channels = p.channels;
  if (p.channels == 1 && channels == 1) return;
  const uint8_t* grey = luma_of(p);
  Planes& to = s.spare();
  to.resize(channels, p.height, p.width);
  for (int64_t c = 0; c < channels; c++) std::copy(grey, grey + p.area(), to.plane(c));
  s.done();
}

void posterize(Sample& s, int bits) {
  if (bits < 0 || bits > 8) throw ConfigError("[posterize] 0 to 8 bits can stay, not " + std::to_string(bits) + ".");
  look_up(s.pixels(), table([&](int x) { return x & ~((1 << (8 - bits)) - 1); }));
}

void solarize(Sample& s, double threshold) {
  look_up(s.pixels(), table([&](int x) { return double(x) < threshold ? x : 255 - x; }));
}

void invert(Sample& s) {
  look_up(s.pixels(), table([](int x) { return 255 - x; }));
}

void autocontrast(Sample& s) {
  Planes& p = s.pixels();
  for (int64_t c = 0; c < p.channels; c++) {
    const auto counts = histogram(p.plane(c), p.area());
    int low = 0, high = 255;
    while (low < 255 && counts[size_t(low)] == 0) low++;
    while (high > low && counts[size_t(high)] == 0) high--;
    if (high <= low) continue;
    const double scale = 255.0 / (high - low), offset = -low * scale;
    look_up(p.plane(c), p.area(), table([&](int x) { return std::clamp(int(x * scale + offset), 0, 255); }));
  }
}

void equalize(Sample& s) {
  Planes& p = s.pixels();
  for (int64_t c = 0; c < p.channels; c++) {
    const auto counts = histogram(p.plane(c), p.area());
    int64_t last = 0, kinds = 0;
    for (int64_t n : counts)
      if (n) last = n, kinds++;
    const int64_t step = (p.area() - last) / 255;
    if (kinds <= 1 || step == 0) continue;
    Table t;
    int64_t below = step / 2;
    for (size_t i = 0; i < 256; below += counts[i++]) t[i] = uint8_t(std::min<int64_t>(255, below / step));
    look_up(p.plane(c), p.area(), t);
  }
}

}  // namespace cairn::transforms
