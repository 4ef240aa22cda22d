#include <cairn/ops/samples.h>

#include <algorithm>
#include <numeric>

#include <cairn/base/random.h>

namespace cairn {

Samples& Samples::add(std::vector<Tensor> inputs, std::initializer_list<Attr> attributes) {
  list.push_back({std::move(inputs), Attributes(attributes)});
  return *this;
}
Samples& Samples::fails(std::vector<Tensor> inputs, std::initializer_list<Attr> attributes, std::string message) {
  failing.push_back({std::move(inputs), Attributes(attributes), std::move(message)});
  return *this;
}
Samples& Samples::no_gradient(std::string why) {
  why_no_gradient = std::move(why);
  return *this;
}
Samples& Samples::no_second_gradient(std::string why) {
  why_no_second_gradient = std::move(why);
  return *this;
}
Samples& Samples::constant(int input, std::string why) {
  constants.push_back({input, std::move(why)});
  return *this;
}
Samples& Samples::only_f32_f64(std::string why) {
  why_only_f32_f64 = std::move(why);
  return *this;
}
Samples& Samples::random(std::string why) {
  why_random = std::move(why);
  return *this;
}

namespace {

constexpr uint64_t sample_stream = 0x5a3b1e;

template <class T, class F> Tensor filled(const Shape& shape, F&& next) {
  std::vector<T> values(size_t(shape.numel()));
  for (size_t i = 0; i < values.size(); i++) values[i] = next(i);
  return from_span(std::span<const T>(values), shape);
}

}  // namespace

Tensor sample_normal(const Shape& shape, uint64_t seed) {
  Random r(seed, sample_stream);
  return filled<float>(shape, [&](size_t) { return float(r.normal()); });
}

Tensor sample_uniform(const Shape& shape, double low, double high, uint64_t seed) {
  Random r(seed, sample_stream);
  return filled<float>(shape, [&](size_t) { return float(low + (high - low) * r.uniform()); });
}

Tensor sample_index(const Shape& shape, int64_t below, uint64_t seed) {
  Random r(seed, sample_stream);
  return filled<int64_t>(shape, [&](size_t) { return int64_t(r.below(uint64_t(below))); });
}

Tensor sample_mask(const Shape& shape, uint64_t seed) {
  Random r(seed, sample_stream);
  Tensor mask = zeros(shape, boolean);
  bool* p = static_cast<bool*>(mask.array().raw());
  for (int64_t i = 0; i < shape.numel(); i++) p[i] = r.bits() & 1;
  return mask;
}

Tensor sample_distinct(const Shape& shape, uint64_t seed) {
  Random r(seed, sample_stream);
  const size_t n = size_t(shape.numel());
  std::vector<size_t> order(n);
  std::iota(order.begin(), order.end(), size_t{0});
  for (size_t i = n; i > 1; i--) std::swap(order[i - 1], order[r.below(i)]);
  return filled<float>(shape, [&](size_t i) { return 0.1f * (float(order[i]) - float(n / 2)) + 0.05f + 0.01f * float(r.uniform()); });
}

}  // namespace cairn
