#include <cairn/base/random.h>

#include <cmath>
#include <mutex>
#include <numbers>

#include <cairn/base/errors.h>

namespace cairn {
namespace {

struct Product {
  uint32_t high, low;
};
Product multiply(uint32_t a, uint32_t b) {
  uint64_t p = uint64_t{a} * b;
  return {static_cast<uint32_t>(p >> 32), static_cast<uint32_t>(p)};
}

constexpr uint32_t low_half(uint64_t v) { return static_cast<uint32_t>(v); }
constexpr uint32_t high_half(uint64_t v) { return static_cast<uint32_t>(v >> 32); }

// The process draws from a stream of its own: Random(seed) on the same seed, as a shuffle makes it, must not repeat its numbers.
constexpr uint64_t process_stream = ~uint64_t{0};

std::mutex generator_mutex;
GeneratorState generator;

// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection that turns any changed bit into about 32 changed ones.
uint64_t scramble(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

}  // namespace

PhiloxBlock philox4x32(PhiloxBlock c, std::array<uint32_t, 2> key) {
  for (int round = 0; round < 10; round++) {
    Product a = multiply(0xD2511F53u, c[0]), b = multiply(0xCD9E8D57u, c[2]);
    c = {b.high ^ c[1] ^ key[0], b.low, a.high ^ c[3] ^ key[1], a.low};
    key[0] += 0x9E3779B9u;  // the golden ratio
    key[1] += 0xBB67AE85u;  // sqrt(3) - 1
  }
  return c;
}

PhiloxBlock RandomKey::block(uint64_t i) const {
  uint64_t at = offset + i;
  return philox4x32({low_half(at), high_half(at), low_half(stream), high_half(stream)}, {low_half(seed), high_half(seed)});
}

uint32_t Random::bits() {
  if (left_ == 0) {
    block_ = key_.block(0);
    key_.offset++;
    left_ = 4;
  }
  return block_[4 - left_--];
}

uint64_t Random::bits64() {
  uint64_t low = bits();
  return low | uint64_t{bits()} << 32;
}

double Random::uniform() { return static_cast<double>(bits64() >> 11) * 0x1p-53; }

// Only the cosine half of Box-Muller's pair is used: a draw then takes a fixed number of bits and nothing waits for the next call.
double Random::normal() {
  double radius = std::sqrt(-2 * std::log(1 - uniform()));  // 1 - u lies in (0, 1]: the logarithm is finite
  return radius * std::cos(2 * std::numbers::pi * uniform());
}

uint64_t Random::below(uint64_t n) {
  if (n == 0) throw ConfigError("a random number below 0 was asked for. Hint: n must be at least 1; is a list empty?");
  __extension__ using Wide = unsigned __int128;
  Wide product = static_cast<Wide>(bits64()) * n;
  if (static_cast<uint64_t>(product) < n) {
    uint64_t threshold = (0 - n) % n;  // 2^64 mod n: the draws that would make some results likelier
    while (static_cast<uint64_t>(product) < threshold) product = static_cast<Wide>(bits64()) * n;
  }
  return static_cast<uint64_t>(product >> 64);
}

void manual_seed(uint64_t seed) { set_generator_state({seed, 0}); }

GeneratorState generator_state() {
  std::lock_guard lock(generator_mutex);
  return generator;
}

void set_generator_state(GeneratorState state) {
  std::lock_guard lock(generator_mutex);
  generator = state;
}

RandomKey take_random(uint64_t blocks) {
  std::lock_guard lock(generator_mutex);
  RandomKey key{generator.seed, process_stream, generator.offset};
  generator.offset += blocks;
  return key;
}

uint64_t mix(uint64_t a, uint64_t b) {
  constexpr uint64_t golden = 0x9e3779b97f4a7c15u;
  return scramble((scramble(a + golden) ^ b) + golden);
}

}  // namespace cairn
