// Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3").
// A draw is a pure function of (seed, stream, position): no hidden state to share between threads, and a stored position is
// all that a checkpoint needs.
#pragma once

#include <array>
#include <cstdint>

namespace cairn {

using PhiloxBlock = std::array<uint32_t, 4>;
// Ten rounds of Philox on one 128-bit counter under a 64-bit key.
PhiloxBlock philox4x32(PhiloxBlock counter, std::array<uint32_t, 2> key);

// Names a place in the random sequence: block i of a draw is philox4x32({lo(offset + i), hi(offset + i), lo(stream), hi(stream)}, seed).
struct RandomKey {
  uint64_t seed = 0, stream = 0, offset = 0;
  PhiloxBlock block(uint64_t i) const;
};

// A sequential reader of one stream, for host code (shuffles, splits).
class Random {
 public:
  explicit Random(uint64_t seed, uint64_t stream = 0, uint64_t offset = 0) : key_{seed, stream, offset} {}
  uint32_t bits();
  uint64_t bits64();
  double uniform();            // [0, 1), 53 bits
  double normal();             // mean 0, deviation 1 (Box-Muller)
  uint64_t below(uint64_t n);  // [0, n), without bias (Lemire 2019)
 private:
  RandomKey key_;
  PhiloxBlock block_{};
  int left_ = 0;
};

// The process's generator: what rand, dropout and init draw from. Each draw takes the blocks it needs and moves on.
void manual_seed(uint64_t seed);
struct GeneratorState {
  uint64_t seed = 0, offset = 0;
};
GeneratorState generator_state();
void set_generator_state(GeneratorState state);
RandomKey take_random(uint64_t blocks);  // the key of the next `blocks` blocks (4 x 32 bits each)

// A seed of 64 well-mixed bits from several parts, for streams keyed by (seed, epoch, index).
uint64_t mix(uint64_t a, uint64_t b);

}  // namespace cairn
