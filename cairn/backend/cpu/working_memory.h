// Working memory of convolutions, and packed weights.
#pragma once

#include <functional>
#include <memory>

#include <cairn/tensor/array.h>

namespace cairn::cpu {

// One block a thread for all of its convolutions: kept, and made anew only when a larger one is needed. (As blocks of their own, each
// plan's would wait in the allocator's cache for the next call of that very plan.) What it holds is lost at the next call for the same
// purpose.
enum class Purpose { scratch, weights, x_pixels, y_pixels };
void* working_memory(Purpose purpose, size_t bytes);

// Weights in the form that a kernel wants them in; `kept` holds them alive where they are kept.
struct PackedWeights {
  const void* data;
  Ref<Storage> kept;
};
// pack(to) makes that form, of `bytes` bytes, of w. It is kept beside w from the second use of the same values on (inference; while a
// net learns they change before there is one). `form` names it: whoever packs in the same way has the same object.
PackedWeights packed_weights(const std::shared_ptr<const void>& form, const Array& w, size_t bytes, const std::function<void(void*)>& pack);

}  // namespace cairn::cpu
