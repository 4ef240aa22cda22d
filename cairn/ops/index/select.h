// What the index ops share: indices checked and wrapped, and the adjoint of index_select.
#pragma once

#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>

namespace cairn {

// DtypeError unless i32 or i64.
void check_index(const char* op, const Tensor& index);
// Indices in [0, size) as i64, negative ones counted from the end; IndexError with position and value.
Array wrapped(const char* op, const Array& index, int axis, int64_t size);

// Zeros with `size` elements at `axis`, and source's slice i added at index[i].   source: [.., k, ..]   index: i64 [k] in [0, size)
Tensor index_add(const Tensor& source, int axis, const Tensor& index, int64_t size);

}  // namespace cairn
