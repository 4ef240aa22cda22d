// LAPACK's C interface, opened when it is first needed: linking it would load 40 MB and start threads at every start of every program.
#pragma once

#include <lapacke.h>

namespace cairn {

struct Lapack {
  decltype(&LAPACKE_dgesv_work) gesv;    // solve
  decltype(&LAPACKE_dpotrf_work) potrf;  // cholesky
  decltype(&LAPACKE_dgeqrf) geqrf;       // qr: the reflections, and
  decltype(&LAPACKE_dorgqr) orgqr;       // q from them
  decltype(&LAPACKE_dsyevd) syevd;       // eigh
  decltype(&LAPACKE_dgesdd) gesdd;       // svd
};

// UnsupportedError, naming Debian's package, when the library is not there or lacks one of them. OpenBLAS under it is kept to one thread: its
// threads would compete with Cairn's, and the same input is to give the same bits.
Lapack open_lapack(const char* library);
const Lapack& lapack();  // of liblapacke.so.3; opened once

}  // namespace cairn
