#include <cairn/data/transforms/geometry.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include <cairn/base/errors.h>

namespace cairn::transforms {
namespace {

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

// The old pixel that holds each new pixel's middle, -1 where there is none. Steps are added up in 1/65536 of a pixel, which is exact enough
// for 32,768 of them and needs no conversions; maps without rotation are walked in doubles along each axis.
void nearest_places(const AffineMap& m, int64_t height, int64_t width, std::vector<int32_t>& places) {
  places.resize(size_t(height * width));
  int32_t* to = places.data();
  if (m[1] == 0 && m[3] == 0) {
    const auto walk = [](double at, double step, int64_t n) {
      std::vector<int32_t> found;
      for (int64_t i = 0; i < n; i++, at += step) found.push_back(at >= 0 && at < double(n) ? int32_t(at) : -1);
      return found;
    };
    const std::vector<int32_t> xs = walk(m[2] + m[0] * 0.5, m[0], width), ys = walk(m[5] + m[4] * 0.5, m[4], height);
    for (int64_t y = 0; y < height; y++)
      for (int64_t x = 0; x < width; x++) *to++ = ys[size_t(y)] < 0 || xs[size_t(x)] < 0 ? -1 : int32_t(ys[size_t(y)] * width + xs[size_t(x)]);
    return;
  }
  const auto fixed = [](double v) { return int64_t(std::floor(v * 65536 + 0.5)); };
  const int64_t xx = fixed(m[0]), xy = fixed(m[1]), yx = fixed(m[3]), yy = fixed(m[4]);
  int64_t row_x = fixed(m[2] + m[0] * 0.5 + m[1] * 0.5), row_y = fixed(m[5] + m[3] * 0.5 + m[4] * 0.5);
  for (int64_t y = 0; y < height; y++, row_x += xy, row_y += yy) {
    int64_t at_x = row_x, at_y = row_y;
    for (int64_t x = 0; x < width; x++, at_x += xx, at_y += yx) {
      const int64_t i = at_x >> 16, j = at_y >> 16;
      *to++ = uint64_t(i) < uint64_t(width) && uint64_t(j) < uint64_t(height) ? int32_t(j * width + i) : -1;
    }
  }
}

void bilinear(const AffineMap& m, const Planes& from, Planes& to, uint8_t fill) {
  const int64_t width = from.width, height = from.height;
  for (int64_t y = 0; y < height; y++)
    for (int64_t x = 0; x < width; x++) {
      const double px = double(x) + 0.5, py = double(y) + 0.5;
      double at_x = m[0] * px + m[1] * py + m[2], at_y = m[3] * px + m[4] * py + m[5];
      const bool inside = at_x >= 0 && at_x < double(width) && at_y >= 0 && at_y < double(height);
      at_x -= 0.5, at_y -= 0.5;
      const double left = std::floor(at_x), top = std::floor(at_y), dx = at_x - left, dy = at_y - top;
      for (int64_t c = 0; c < from.channels; c++) {
        if (!inside) {
          to.at(c, y, x) = fill;
          continue;
        }
        const auto old = [&](double row, double column) {
          return double(from.at(c, std::clamp<int64_t>(int64_t(row), 0, height - 1), std::clamp<int64_t>(int64_t(column), 0, width - 1)));
        };
        const auto mixed = [](double a, double b, double share) { return a + (b - a) * share; };
        const double above = mixed(old(top, left), old(top, left + 1), dx);
        // Where there is no row below (or above) the nearest is all there is.
        const double below = top + 1 >= 0 && top + 1 < double(height) ? mixed(old(top + 1, left), old(top + 1, left + 1), dx) : above;
        to.at(c, y, x) = uint8_t(mixed(above, below, dy));
      }
    }
}

}  // namespace

void transform(Sample& s, const AffineMap& m, Interpolation how, uint8_t fill) {
  if (how == Interpolation::bicubic)
    throw ConfigError("[transform] rotations and shears are made by nearest or bilinear interpolation, not bicubic.");
  const Planes& from = s.pixels();
  Planes& to = s.spare();
  to.resize(from.channels, from.height, from.width);
  if (how == Interpolation::bilinear) {
    bilinear(m, from, to, fill);
  } else {
    thread_local std::vector<int32_t> places;
    nearest_places(m, from.height, from.width, places);
    for (int64_t c = 0; c < from.channels; c++) {
      const uint8_t* old = from.plane(c);
      uint8_t* fresh = to.plane(c);
      for (size_t i = 0; i < places.size(); i++) fresh[i] = places[i] < 0 ? fill : old[places[i]];
    }
  }
  s.done();
}

void rotate(Sample& s, double degrees, Interpolation how, uint8_t fill) {
  const double turn = degrees - 360 * std::floor(degrees / 360);
  if (turn == 0) return;
  if (turn == 180) {
    s.mirror();
    s.turn_upside_down();
    return;
  }
  const double w = double(s.width()), h = double(s.height());
  // Sixteen digits of cos(90 degrees) would not be 0.
  const auto rounded = [](double v) { return std::nearbyint(v * 1e15) / 1e15; };
  const double c = rounded(std::cos(radians(-turn))), d = rounded(std::sin(radians(-turn)));
  AffineMap m = {c, d, 0, -d, c, 0};
  m[2] = m[0] * (-w / 2) + m[1] * (-h / 2) + w / 2;
  m[5] = m[3] * (-w / 2) + m[4] * (-h / 2) + h / 2;
  transform(s, m, how, fill);
}

AffineMap inverse_affine(const AffineParameters& p, double centre_x, double centre_y) {
  if (!(p.scale > 0) || !std::isfinite(p.scale)) throw ConfigError(fmt::format("[affine] a scale must be above 0, got {}.", p.scale));
  const double rot = radians(p.degrees), sx = radians(p.shear_x), sy = radians(p.shear_y);
  // Rotation times shear without the scale, of determinant 1: [a b; c d]. Its inverse is [d -b; -c a].
  const double a = std::cos(rot - sy) / std::cos(sy), b = -std::cos(rot - sy) * std::tan(sx) / std::cos(sy) - std::sin(rot);
  const double c = std::sin(rot - sy) / std::cos(sy), d = -std::sin(rot - sy) * std::tan(sx) / std::cos(sy) + std::cos(rot);
  AffineMap m = {d / p.scale, -b / p.scale, 0, -c / p.scale, a / p.scale, 0};
  m[2] = m[0] * (-centre_x - p.translate_x) + m[1] * (-centre_y - p.translate_y) + centre_x;
  m[5] = m[3] * (-centre_x - p.translate_x) + m[4] * (-centre_y - p.translate_y) + centre_y;
  return m;
}

void resize(Sample& s, int64_t height, int64_t width, Interpolation how) {
  if (height == s.height() && width == s.width()) return;
  const Look from = s.look();
  const Resampler resampler(from.width, from.height, width, height, how);
  Planes& to = s.spare();
  to.resize(from.channels, height, width);
  for (int64_t c = 0; c < from.channels; c++) resampler.run(from.values + c * from.plane, from.row, to.plane(c));
  s.done();
}

}  // namespace cairn::transforms
