#include <cairn/data/transforms/compose.h>

#include <cmath>

#include <fmt/format.h>

#include <cairn/base/errors.h>

namespace cairn::transforms {
namespace {

// Normalize as a step: y = (x / 255 - mean) / std = (x - 255 mean) / (255 std).
struct NormalizeStep {
  static constexpr bool changes_floats = false;
  std::vector<double> mean, std;
  std::vector<float> centre, scale;

  explicit NormalizeStep(const Normalize& how) : mean(how.mean), std(how.std) {
    const size_t n = std::max(mean.size(), std.size());
    if (n == 0 || (mean.size() != n && mean.size() != 1) || (std.size() != n && std.size() != 1))
      throw ConfigError(fmt::format("[Normalize] there must be as many means as deviations ({} and {}).", mean.size(), std.size()));
    for (size_t i = 0; i < n; i++) {
      const double m = mean[mean.size() == 1 ? 0 : i], s = std[std.size() == 1 ? 0 : i];
      if (!(s > 0) || !std::isfinite(s) || !std::isfinite(m))
        throw ConfigError(fmt::format("[Normalize] a deviation must be above 0 and finite, got {} (mean {}).", s, m));
      centre.push_back(float(255 * m));
      scale.push_back(float(1 / (255 * s)));
    }
  }
  void apply(Sample& s, Random&) const { s.normalize(centre, scale); }
  std::string str() const { return fmt::format("Normalize(mean {:.4g}, std {:.4g})", fmt::join(mean, " "), fmt::join(std, " ")); }
};

// Apart from shuffles and whatever else is drawn from the same seed.
constexpr uint64_t transforms_stream = 0x7472616e73666f72;  // "transfor"

}  // namespace

Transform::Transform(const Normalize& how) : Transform(NormalizeStep(how)) { normalizes_ = true; }

Compose::Compose(std::vector<Transform> steps) : steps_(std::move(steps)) {
  for (const Transform& t : steps_) {
    if (normalizes_ && !t.changes_floats())
      throw ConfigError(fmt::format("[Compose] {} changes bytes and must stand before Normalize, which makes floats of them.", t.str()));
    if (t.normalizes()) normalizes_ = true;
  }
}

Compose Compose::then(Transform step) const {
  std::vector<Transform> steps = steps_;
  steps.push_back(std::move(step));
  return Compose(std::move(steps));
}

std::string Compose::str() const {
  if (steps_.empty()) return "as it is";
  std::string text;
  for (const Transform& t : steps_) text += (text.empty() ? "" : "\n") + t.str();
  return text;
}

void Compose::apply(Sample& s, const Pass& pass, int64_t index) const {
  const uint64_t key = mix(mix(pass.seed, uint64_t(pass.epoch)), transforms_stream);
  for (size_t i = 0; i < steps_.size(); i++) {
    Random random(mix(key, i), uint64_t(index));
    steps_[i].apply(s, random);
  }
}

Tensor Compose::operator()(const Tensor& x, const Pass& pass, int64_t index) const {
  const Planes planes = to_planes(x);
  Sample s(planes);
  apply(s, pass, index);
  Array y({s.channels(), s.height(), s.width()}, normalizes_ ? f32 : u8);
  if (normalizes_) s.write(y.ptr<float>());
  else s.write(y.ptr<uint8_t>());
  return Tensor(y);
}

Image Compose::preview(const Image& picture, const Pass& pass, int64_t index) const {
  const Planes planes = to_planes(picture);
  Sample s(planes);
  apply(s, pass, index);
  Planes result;
  result.resize(s.channels(), s.height(), s.width());
  s.write(result.values.data());
  return to_image(result);
}

}  // namespace cairn::transforms
