#include <cairn/data/transforms/crops.h>

#include <cmath>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/data/transforms/draws.h>

namespace cairn::transforms {

using namespace detail;

namespace {
std::string unless_nearest(Interpolation how) { return how == Interpolation::nearest ? "" : fmt::format(", {}", cairn::name_of(how)); }
std::string unless_bilinear(Interpolation how) { return how == Interpolation::bilinear ? "" : fmt::format(", {}", cairn::name_of(how)); }
std::string unless_black(uint8_t fill) { return fill ? fmt::format(", fill {}", fill) : ""; }
}  // namespace

void Resize::apply(Sample& s, Random&) const {
  if (!shorter) return resize(s, height, width, how);
  const int64_t h = s.height(), w = s.width();
  const auto longer = [&](int64_t a, int64_t b) { return int64_t(double(shorter) * double(a) / double(b)); };
  if (w <= h) resize(s, longer(h, w), shorter, how);
  else resize(s, shorter, longer(w, h), how);
}
std::string Resize::str() const {
  const std::string size = shorter ? fmt::format("shorter side {}", shorter) : fmt::format("{} x {}", height, width);
  return fmt::format("Resize({}{})", size, unless_bilinear(how));
}
void Resize::check() const {
  if (shorter && (height || width)) throw ConfigError("[Resize] either the shorter side or both sides can be asked for.");
  check_size("Resize", shorter ? shorter : height, shorter ? shorter : width);
  if (!shorter && !width) throw ConfigError("[Resize] the width is missing. Hint: Resize{.shorter = 256} keeps the ratio of the sides.");
}

// Halves go to the even number, as Python's round() has it.
void CenterCrop::apply(Sample& s, Random&) const {
  const int64_t w = width ? width : height;
  const auto start = [](int64_t all, int64_t part) { return all >= part ? int64_t(std::nearbyint(double(all - part) / 2)) : -((part - all) / 2); };
  s.crop(start(s.height(), height), start(s.width(), w), height, w);
}
std::string CenterCrop::str() const { return fmt::format("CenterCrop({})", size_text(height, width)); }
void CenterCrop::check() const { check_size("CenterCrop", height, width); }

void RandomCrop::apply(Sample& s, Random& r) const {
  const int64_t w = width ? width : height;
  int64_t pad_y = padding, pad_x = padding;
  if (pad_if_needed) pad_y = std::max(pad_y, height - s.height()), pad_x = std::max(pad_x, w - s.width());
  const int64_t spare_y = s.height() + 2 * pad_y - height, spare_x = s.width() + 2 * pad_x - w;
  if (spare_y < 0 || spare_x < 0)
    throw ShapeError(
        fmt::format("[RandomCrop] {} x {} does not fit into a picture of {} x {} with a padding of {}. Hint: put Resize before it, or set "
                    "pad_if_needed.",
                    height, w, s.height(), s.width(), padding));
  const int64_t top = below(r, spare_y + 1), left = below(r, spare_x + 1);
  s.crop(top - pad_y, left - pad_x, height, w, border, fill);
}
std::string RandomCrop::str() const {
  return fmt::format("RandomCrop({}{}{}{}{})", size_text(height, width), padding ? fmt::format(", padding {}", padding) : "",
                     border == Border::constant ? "" : fmt::format(" {}", name_of(border)), unless_black(fill),
                     pad_if_needed ? ", padded if needed" : "");
}
void RandomCrop::check() const {
  check_size("RandomCrop", height, width);
  if (padding < 0 || padding > max_image_side) throw ConfigError(fmt::format("[RandomCrop] padding must be at least 0, got {}.", padding));
}

void RandomResizedCrop::apply(Sample& s, Random& r) const {
  const int64_t h = s.height(), w = s.width(), to_width = width ? width : height;
  int64_t top = 0, left = 0, box_h = 0, box_w = 0;
  for (int tries = 0; tries < 10 && box_h == 0; tries++) {
    const double area = double(h * w) * between(r, least_area, most_area), ratio = log_between(r, least_ratio, most_ratio);
    const int64_t bw = std::llround(std::sqrt(area * ratio)), bh = std::llround(std::sqrt(area / ratio));
    if (bw < 1 || bh < 1 || bw > w || bh > h) continue;
    box_h = bh, box_w = bw;
    top = below(r, h - bh + 1), left = below(r, w - bw + 1);
  }
  if (box_h == 0) {
    const double ratio = double(w) / double(h);
    box_h = ratio > most_ratio || ratio >= least_ratio ? h : std::clamp<int64_t>(std::llround(double(w) / least_ratio), 1, h);
    box_w = ratio > most_ratio ? std::clamp<int64_t>(std::llround(double(h) * most_ratio), 1, w) : w;
    top = (h - box_h) / 2, left = (w - box_w) / 2;
  }
  s.crop(top, left, box_h, box_w);
  resize(s, height, to_width, how);
}
std::string RandomResizedCrop::str() const {
  return fmt::format("RandomResizedCrop({}, area {:.3g} to {:.3g}, ratio {:.3g} to {:.3g}{})", size_text(height, width), least_area, most_area,
                     least_ratio, most_ratio, unless_bilinear(how));
}
void RandomResizedCrop::check() const {
  check_size("RandomResizedCrop", height, width);
  check_range("RandomResizedCrop", "the area", least_area, most_area, 1e-6, 1);
  check_range("RandomResizedCrop", "the ratio of the sides", least_ratio, most_ratio, 1e-3, 1e3);
}

void HorizontalFlip::apply(Sample& s, Random& r) const {
  if (chance(r, p)) s.mirror();
}
std::string HorizontalFlip::str() const { return fmt::format("HorizontalFlip(p {})", p); }
void HorizontalFlip::check() const { check_chance("HorizontalFlip", p); }

void VerticalFlip::apply(Sample& s, Random& r) const {
  if (chance(r, p)) s.turn_upside_down();
}
std::string VerticalFlip::str() const { return fmt::format("VerticalFlip(p {})", p); }
void VerticalFlip::check() const { check_chance("VerticalFlip", p); }

void Rotation::apply(Sample& s, Random& r) const { rotate(s, between(r, -degrees, degrees), how, fill); }
std::string Rotation::str() const { return fmt::format("Rotation({} degrees{}{})", degrees, unless_nearest(how), unless_black(fill)); }
void Rotation::check() const {
  check_range("Rotation", "degrees", degrees, degrees, 0, 360);
  if (how == Interpolation::bicubic) throw ConfigError("[Rotation] interpolation is nearest or bilinear, not bicubic.");
}

void Affine::apply(Sample& s, Random& r) const {
  AffineParameters p;
  p.degrees = between(r, -degrees, degrees);
  const double most_x = translate_x * double(s.width()), most_y = translate_y * double(s.height());
  p.translate_x = std::nearbyint(between(r, -most_x, most_x));
  p.translate_y = std::nearbyint(between(r, -most_y, most_y));
  p.scale = between(r, least_scale, most_scale);
  p.shear_x = between(r, -shear_x, shear_x);
  p.shear_y = between(r, -shear_y, shear_y);
  transform(s, inverse_affine(p, double(s.width()) / 2, double(s.height()) / 2), how, fill);
}
std::string Affine::str() const {
  std::string text = fmt::format("Affine({} degrees", degrees);
  if (translate_x != 0 || translate_y != 0) text += fmt::format(", moved by {} x {}", translate_x, translate_y);
  if (least_scale != 1 || most_scale != 1) text += fmt::format(", scaled {} to {}", least_scale, most_scale);
  if (shear_x != 0 || shear_y != 0) text += fmt::format(", sheared {} x {} degrees", shear_x, shear_y);
  return text + unless_nearest(how) + unless_black(fill) + ")";
}
void Affine::check() const {
  check_range("Affine", "degrees", degrees, degrees, 0, 360);
  check_range("Affine", "translate_x", translate_x, translate_x, 0, 1);
  check_range("Affine", "translate_y", translate_y, translate_y, 0, 1);
  check_range("Affine", "the scale", least_scale, most_scale, 1e-3, 1e3);
  check_range("Affine", "shear_x", shear_x, shear_x, 0, 89);
  check_range("Affine", "shear_y", shear_y, shear_y, 0, 89);
  if (how == Interpolation::bicubic) throw ConfigError("[Affine] interpolation is nearest or bilinear, not bicubic.");
}

}  // namespace cairn::transforms
