// What several layers ask of their options, and the one rule about names that loading weights needs in several places.
#pragma once

#include <string>
#include <string_view>

#include <cairn/base/errors.h>
#include <cairn/tensor/dtype.h>

namespace cairn {

// DtypeError, "[linear] ...", unless the type is a floating one.
inline void check_layer_dtype(const char* layer, DType dtype) {
  if (!is_floating(dtype))
    throw DtypeError("[" + std::string(layer) + "] a layer computes in floating types, not in " + name_of(dtype) + ". Hint: f32 is usual.");
}

// PyTorch's norms count batches; no value of a model depends on a counter that it does not have, so files may lack them or have more.
inline bool is_batch_counter(std::string_view path) { return path == "num_batches_tracked" || path.ends_with(".num_batches_tracked"); }

}  // namespace cairn
