// How the losses of single elements become one number.
#pragma once

#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>

namespace cairn {

inline Tensor reduced(const Tensor& losses, Reduction r) {
  if (r == Reduction::none) return losses;
  return r == Reduction::mean ? mean(losses) : sum(losses);
}

inline const char* name_of(Reduction r) { return r == Reduction::none ? "none" : r == Reduction::mean ? "mean" : "sum"; }
Reduction reduction_named(const std::string& name);  // ConfigError when there is none

// Losses do not broadcast: [n, 1] against [n] would silently compare everything with everything.
void check_pair(const char* op, const char* a_name, const Tensor& a, const char* b_name, const Tensor& b);

}  // namespace cairn
