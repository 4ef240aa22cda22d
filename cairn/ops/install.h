// Hands autograd the few ops that it needs (autograd knows no op by name). Called by the door; once is enough.
#pragma once

namespace cairn {
void ensure_engine_ops_installed();
}
