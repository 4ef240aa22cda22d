// The table of ops that the engine itself uses: adding up gradients, casting them, looking for NaN and infinity.
#include <cairn/ops/install.h>

#include <cairn/autograd/node.h>
#include <cairn/backend/backend.h>
#include <cairn/ops/ops.h>

namespace cairn {

bool all_finite(const Tensor& x) { return backend().all_finite(x.array()); }

void ensure_engine_ops_installed() {
  static const bool installed = [] {
    install_engine_ops({&add, &cast, [](const Array& x) { return backend().all_finite(x); }});
    return true;
  }();
  (void)installed;
}

}  // namespace cairn
