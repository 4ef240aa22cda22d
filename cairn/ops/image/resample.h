// The op under upsampling and padding: each axis of y takes its places from x by a rule (backend.h has the rules).
#pragma once

#include <cairn/backend/backend.h>
#include <cairn/ops/call.h>

namespace cairn {

// x: [.., H, W] -> [.., size.h, size.w]. The caller has checked that the rule has a place for each.
Tensor resample(const Tensor& x, const Resampling& r, Size2 size);

}  // namespace cairn
