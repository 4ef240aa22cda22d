// The instruction sets that the kernels are compiled for. Included first by every file that uses Highway.
//
// Highway compiles a file once for each and chooses when the program runs: AVX-512 ("AVX3"), AVX2 with FMA, and plain scalar code for
// machines older than 2013, where being right is enough.
#pragma once

#ifndef HWY_DISABLED_TARGETS
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL)
#endif
