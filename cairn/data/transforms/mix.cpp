#include <cairn/data/transforms/mix.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/data/transforms/draws.h>

namespace cairn::transforms {

using namespace detail;

namespace {

constexpr uint64_t mix_stream = 0x6d6978;  // "mix"

void check_pictures(const char* op, const Tensor& x, const Tensor& y) {
  if (x.dtype() != f32)
    throw DtypeError(fmt::format("[{}] pictures must be f32, they are {}. Hint: end the pipeline with Normalize.", op, name_of(x.dtype())));
  if (x.rank() != 4 || !x.is_contiguous() || y.rank() < 1 || y.size(0) != x.size(0))
    throw ShapeError(
        fmt::format("[{}] pictures must be [n, C, H, W] and labels [n] or [n, classes] (x {}, y {}).", op, x.shape().str(), y.shape().str()));
}

// Labels as shares, row i being weight * own + (1 - weight) * that of example i - 1.
Tensor mixed_labels(const char* op, const Tensor& y, int64_t classes, double weight) {
  const int64_t n = y.size(0);
  Tensor shares = zeros({n, classes});
  float* to = shares.mutable_data<float>();
  if (y.rank() == 1) {
    const std::vector<int64_t> label = y.to_vector<int64_t>();
    for (int64_t i = 0; i < n; i++)
      if (label[size_t(i)] < 0 || label[size_t(i)] >= classes)
        throw IndexError(fmt::format("[{}] example {} has the label {}, expected 0 to {}.", op, i, label[size_t(i)], classes - 1));
    for (int64_t i = 0; i < n; i++) {
      to[i * classes + label[size_t(i)]] += float(weight);
      to[i * classes + label[size_t((i + n - 1) % n)]] += float(1 - weight);
    }
    return shares;
  }
  if (y.rank() != 2 || y.size(1) != classes)
    throw ShapeError(fmt::format("[{}] labels must be [n] or [n, {}] (y {}).", op, classes, y.shape().str()));
  const std::vector<float> own = y.to_vector<float>();
  for (int64_t i = 0; i < n; i++)
    for (int64_t c = 0; c < classes; c++)
      to[i * classes + c] = float(weight * own[size_t(i * classes + c)] + (1 - weight) * own[size_t((i + n - 1) % n * classes + c)]);
  return shares;
}

}  // namespace

Tensor mix_up(Tensor& x, const Tensor& y, int64_t classes, double lambda) {
  check_pictures("mix_up", x, y);
  const int64_t n = x.size(0), length = n ? x.numel() / n : 0;
  float* p = x.mutable_data<float>();
  const float own = float(lambda), other = float(1 - lambda);
  // From the last to the first, so that each still finds its partner as it was; the first one's partner is the last, kept aside.
  const std::vector<float> last(p + (n - 1) * length, p + n * length);
  for (int64_t i = n - 1; i >= 0; i--) {
    const float* partner = i ? p + (i - 1) * length : last.data();
    for (int64_t k = 0; k < length; k++) p[i * length + k] = own * p[i * length + k] + other * partner[k];
  }
  return mixed_labels("mix_up", y, classes, lambda);
}

Box cut_mix_box(Random& r, double lambda, int64_t height, int64_t width) {
  const int64_t x = below(r, width), y = below(r, height);
  const double side = 0.5 * std::sqrt(1 - lambda);
  const int64_t half_w = int64_t(side * double(width)), half_h = int64_t(side * double(height));
  return {std::max<int64_t>(0, y - half_h), std::max<int64_t>(0, x - half_w), std::min(height, y + half_h), std::min(width, x + half_w)};
}

Tensor cut_mix(Tensor& x, const Tensor& y, int64_t classes, const Box& b) {
  check_pictures("cut_mix", x, y);
  const int64_t n = x.size(0), channels = x.size(1), height = x.size(2), width = x.size(3), plane = height * width, length = channels * plane;
  if (b.top < 0 || b.left < 0 || b.bottom > height || b.right > width || b.top > b.bottom || b.left > b.right)
    throw ShapeError(fmt::format("[cut_mix] rows {} to {} and columns {} to {} are not a box of the pictures (x {}).", b.top, b.bottom, b.left,
                                 b.right, x.shape().str()));
  float* p = x.mutable_data<float>();
  const std::vector<float> last(p + (n - 1) * length, p + n * length);
  for (int64_t i = n - 1; i >= 0; i--) {
    const float* partner = i ? p + (i - 1) * length : last.data();
    for (int64_t c = 0; c < channels; c++)
      for (int64_t row = b.top; row < b.bottom; row++) {
        const int64_t at = c * plane + row * width + b.left;
        std::copy(partner + at, partner + at + (b.right - b.left), p + i * length + at);
      }
  }
  return mixed_labels("cut_mix", y, classes, 1 - double((b.bottom - b.top) * (b.right - b.left)) / double(plane));
}

MixBatches::MixBatches(DatasetRef data, int64_t classes, Options options) : data_(std::move(data)), classes_(classes), options_(std::move(options)) {
  if (options_.mix_up.empty() && options_.cut_mix.empty()) throw ConfigError("[MixBatches] at least one way to mix is needed: MixUp or CutMix.");
  if (classes < 2) throw ConfigError(fmt::format("[MixBatches] there must be at least 2 classes, got {}.", classes));
  check_chance("MixBatches", options_.p);
  const auto check_alpha = [](const char* step, double alpha) {
    if (!(alpha > 0) || !std::isfinite(alpha)) throw ConfigError(fmt::format("[{}] alpha must be above 0, got {}.", step, alpha));
  };
  for (const MixUp& m : options_.mix_up) check_alpha("MixUp", m.alpha);
  for (const CutMix& m : options_.cut_mix) check_alpha("CutMix", m.alpha);
}

Batch MixBatches::read(Indices indices, const Pass& pass) const {
  Batch batch = data_->read(indices, pass);
  if (indices.empty()) return batch;
  Random r(mix(mix(pass.seed, uint64_t(pass.epoch)), mix_stream), uint64_t(indices[0]));
  Tensor x = batch[options_.x];
  const Tensor y = batch[options_.y];
  const size_t ways = options_.mix_up.size() + options_.cut_mix.size();
  const bool mixes = chance(r, options_.p);
  const size_t way = r.below(ways);
  if (!mixes) {
    batch.set(options_.y, mixed_labels("MixBatches", y, classes_, 1));
  } else if (way < options_.mix_up.size()) {
    const double alpha = options_.mix_up[way].alpha;
    batch.set(options_.y, mix_up(x, y, classes_, beta(r, alpha, alpha)));
  } else {
    const double alpha = options_.cut_mix[way - options_.mix_up.size()].alpha, lambda = beta(r, alpha, alpha);
    check_pictures("cut_mix", x, y);
    batch.set(options_.y, cut_mix(x, y, classes_, cut_mix_box(r, lambda, x.size(2), x.size(3))));
  }
  return batch;
}

std::string MixBatches::str() const {
  std::vector<std::string> ways;
  for (const MixUp& m : options_.mix_up) ways.push_back(fmt::format("MixUp(alpha {})", m.alpha));
  for (const CutMix& m : options_.cut_mix) ways.push_back(fmt::format("CutMix(alpha {})", m.alpha));
  return fmt::format("{}{}", fmt::join(ways, " or "), options_.p < 1 ? fmt::format(", p {}", options_.p) : "");
}

}  // namespace cairn::transforms
