#include <cairn/ops/loss/reduction.h>

namespace cairn {

Reduction reduction_named(const std::string& name) {
  for (Reduction r : {Reduction::none, Reduction::mean, Reduction::sum})
    if (name == name_of(r)) return r;
  throw ConfigError("[loss] reduction must be none, mean or sum, not '" + name + "'. Hint: mean is usual.");
}

void check_pair(const char* op, const char* a_name, const Tensor& a, const char* b_name, const Tensor& b) {
  check_floating(op, a, a_name);
  if (!b.defined()) throw StateError("[" + std::string(op) + "] " + b_name + " is not defined (an empty Tensor). Hint: was it ever assigned?");
  if (a.shape() == b.shape()) return;
  const bool same_count = a.numel() == b.numel();
  fail_shape(op, std::string(a_name) + " and " + b_name + " must have one shape", {{a_name, a}, {b_name, b}},
             same_count ? std::string(b_name) + ".reshape(" + a_name + ".shape()) where they mean the same elements."
                        : "losses do not broadcast; expand one of them where that is meant.");
}

}  // namespace cairn
