// The vector loops of the ceilings, compiled for each instruction set (stream.cpp).
#pragma once

#include <cstdint>

namespace cairn::bench {

// `rounds` times 24 independent multiply-adds of full vectors. Returns how many floating-point operations that was; `sink` keeps the
// compiler from dropping them.
int64_t multiply_add(int64_t rounds, float* sink);
// y_i = sum of the reads (a, then b, then c) times constants; without `write`, only their sum is returned. n is a multiple of 64.
float stream(int reads, bool write, bool past_caches, const float* a, const float* b, const float* c, float* y, int64_t n);

// The same with a mask of a byte an element, a quarter as long as the others: read, as by where(mask, a, b); written, as by a < b.
void stream_choice(const float* a, const float* b, const float* mask, float* y, int64_t n, bool past_caches);
void stream_comparison(const float* a, const float* b, float* mask, int64_t n, bool past_caches);

}  // namespace cairn::bench
