#include <cairn/base/subnormals.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace cairn {
namespace {

// The register that says how this thread's floating point works, and what in it has to be set.
#if defined(__SSE2__)
constexpr uint64_t flush = 0x8040;  // results (bit 15) and operands (bit 6)
uint64_t control() { return _mm_getcsr(); }
void set_control(uint64_t bits) { _mm_setcsr(unsigned(bits)); }
#elif defined(__aarch64__)
constexpr uint64_t flush = uint64_t{1} << 24;
uint64_t control() {
  uint64_t bits;
  asm volatile("mrs %0, fpcr" : "=r"(bits));
  return bits;
}
void set_control(uint64_t bits) { asm volatile("msr fpcr, %0" : : "r"(bits)); }
#else
constexpr uint64_t flush = 0;
uint64_t control() { return 0; }
void set_control(uint64_t) {}
#endif

}  // namespace

FlushSubnormals::FlushSubnormals() : before_(control()) { set_control(before_ | flush); }
FlushSubnormals::~FlushSubnormals() { set_control(before_); }

}  // namespace cairn
