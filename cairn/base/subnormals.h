// Numbers too small for a normal float (below 1.2e-38) count as zero while a FlushSubnormals lives, on its thread.
//
// Intel's CPUs take over a hundred cycles for an operation on such a number. An average that decays, like the momentum of a weight whose
// gradient has become 0, gets there after some 900 steps at 0.9 a step, and then stays at the smallest of them, since 0.9 of it is rounded
// up again: Adam's step took six times as long from there on. As a part of a weight they are nothing.
#pragma once

#if defined(__SSE2__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <cstdint>
#endif

namespace cairn {

class FlushSubnormals {
 public:
#if defined(__SSE2__)
  FlushSubnormals() : before_(_mm_getcsr()) { _mm_setcsr(before_ | 0x8040); }  // results (bit 15) and operands (bit 6)
  ~FlushSubnormals() { _mm_setcsr(before_); }
 private:
  unsigned before_;
#elif defined(__aarch64__)
  FlushSubnormals() {
    asm volatile("mrs %0, fpcr" : "=r"(before_));
    asm volatile("msr fpcr, %0" : : "r"(before_ | (uint64_t{1} << 24)));
  }
  ~FlushSubnormals() { asm volatile("msr fpcr, %0" : : "r"(before_)); }
 private:
  uint64_t before_;
#else
  FlushSubnormals() {}
#endif
 public:
  FlushSubnormals(const FlushSubnormals&) = delete;
  FlushSubnormals& operator=(const FlushSubnormals&) = delete;
};

}  // namespace cairn
