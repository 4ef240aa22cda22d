// The ops that autograd needs but may not name: handed to it once, before the first call is recorded.
#pragma once

namespace cairn {

// Cheap after the first time; safe from several threads.
void ensure_engine_ops_installed();

}  // namespace cairn
