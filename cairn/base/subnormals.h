// Numbers too small for a normal float (below 1.2e-38) count as zero while a FlushSubnormals lives, on its thread.
//
// Intel's CPUs take over a hundred cycles for an operation on such a number. An average that decays, like the momentum of a weight whose
// gradient has become 0, gets there after some 900 steps at 0.9 a step, and then stays at the smallest of them, since 0.9 of it is rounded
// up again: Adam's step took six times as long from there on. As a part of a weight they are nothing.
#pragma once

#include <cstdint>

namespace cairn {

class FlushSubnormals {
 public:
  FlushSubnormals();
  ~FlushSubnormals();
  FlushSubnormals(const FlushSubnormals&) = delete;
  FlushSubnormals& operator=(const FlushSubnormals&) = delete;
 private:
  uint64_t before_;
};

}  // namespace cairn
