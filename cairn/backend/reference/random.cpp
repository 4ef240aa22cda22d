// Random numbers: the words of a key, turned into numbers as random_map.h says.
#include <cairn/backend/random_map.h>
#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

using namespace reference;

namespace {

// The words of a key by their number; fast when asked in order.
class Words {
 public:
  explicit Words(RandomKey key) : key_(key), block_(key.block(0)) {}
  uint32_t operator()(int64_t i) {
    if (i / 4 != at_) block_ = key_.block(at_ = i / 4);
    return block_[i % 4];
  }
 private:
  RandomKey key_;
  int64_t at_ = 0;
  PhiloxBlock block_;
};

// Number i of a type, in [0, 1).
template <class T> Wide<T> unit(Words& words, int64_t i) {
  if constexpr (std::is_same_v<T, double>) return unit_f64(words(2 * i), words(2 * i + 1));
  else if constexpr (std::is_same_v<T, bf16_t>) return unit_bf16(words(i));
  else if constexpr (std::is_same_v<T, f16_t>) return unit_f16(words(i));
  else return unit_f32(words(i));
}

template <class T> void uniform(Words& words, double a, double b, Array& y) {
  using W = Wide<T>;
  const W low = static_cast<W>(a), high = static_cast<W>(b), length = high - low;
  const T last = last_uniform<T>(low, high);
  for (int64_t i = 0; i < y.numel(); i++) {
    const W scaled = length * unit<T>(words, i);
    const T v = static_cast<T>(low + scaled);
    y.ptr<T>()[i] = static_cast<W>(v) < static_cast<W>(last) ? v : last;
  }
}

template <class T> void normal(Words& words, double mean, double deviation, Array& y) {
  using W = Wide<T>;
  using U = std::conditional_t<std::is_same_v<T, double>, double, float>;  // the uniform numbers that it is made from
  const int64_t n = y.numel();
  for (int64_t i = 0; i < n; i += 2) {
    const W u1 = unit<U>(words, i), u2 = unit<U>(words, i + 1);
    W z[2];
    box_muller(u1, u2, &z[0], &z[1]);
    for (int64_t j = 0; j < 2 && i + j < n; j++) y.ptr<T>()[i + j] = static_cast<T>(static_cast<W>(mean) + static_cast<W>(deviation) * z[j]);
  }
}

template <class T> void integer(Words& words, double a, double b, Array& y) {
  const int64_t low = convert<int64_t>(a);
  const uint64_t range = uint64_t(convert<int64_t>(b)) - uint64_t(low);
  if (!(a < b))
    throw ConfigError("[random] there is no whole number in [" + std::to_string(a) + ", " + std::to_string(b) +
                      "). Hint: the end must be above the start.");
  if (range > uint64_t(1) << 32)
    throw UnsupportedError("[random] whole numbers from a range of " + std::to_string(range) + ", which is above 2^32. Hint: combine two draws.");
  for (int64_t i = 0; i < y.numel(); i++) y.ptr<T>()[i] = convert<T>(wrap_add(low, int64_t(below(words(i), range))));
}

template <class T> void bernoulli(Words& words, double p, Array& y) {
  for (int64_t i = 0; i < y.numel(); i++) y.ptr<T>()[i] = convert<T>(unit_f32(words(i)) < float(p));
}

}  // namespace

void ReferenceBackend::random(Distribution d, RandomKey key, double a, double b, Array& y) {
  Words words(key);
  visit(y.dtype(), [&](auto tag) {
    using T = decltype(tag);
    if (d == Distribution::integer) return integer<T>(words, a, b, y);
    if (d == Distribution::bernoulli) return bernoulli<T>(words, a, y);
    if constexpr (std::integral<T>) unsupported("random", "a continuous distribution", y.dtype());
    else if (d == Distribution::uniform) uniform<T>(words, a, b, y);
    else normal<T>(words, a, b, y);
  });
}

void ReferenceBackend::dropout(const Array& x, RandomKey key, double p, Array& y) {
  if (!is_floating(x.dtype())) unsupported("dropout", "a scale", x.dtype());
  visit_floating(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    using W = Wide<T>;
    const W factor = static_cast<W>(1 / (1 - p));
    Words words(key);
    int64_t i = 0;
    map<T, T>(x, y, [&](W v) { return unit_f32(words(i++)) < float(p) ? 0 : v * factor; });
  });
}

}  // namespace cairn
