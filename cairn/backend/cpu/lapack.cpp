#include <cairn/backend/cpu/lapack.h>

#include <dlfcn.h>

#include <string>

#include <cairn/base/errors.h>

namespace cairn {

namespace {

constexpr const char* hint = " Hint: `apt-get install liblapacke libopenblas0`, or CAIRN_BACKEND=reference for the slow loops.";

template <class F> void find(void* library, const char* file, const char* name, F& f) {
  f = reinterpret_cast<F>(dlsym(library, name));
  if (!f) throw UnsupportedError(std::string("[linear algebra] ") + file + " has no " + name + "." + hint);
}

}  // namespace

Lapack open_lapack(const char* file) {
  void* library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (!library) throw UnsupportedError(std::string("[linear algebra] LAPACK is not there: ") + dlerror() + "." + hint);
  if (void* set = dlsym(library, "openblas_set_num_threads")) reinterpret_cast<void (*)(int)>(set)(1);  // of the BLAS that came along
  Lapack l;
  find(library, file, "LAPACKE_dgesv_work", l.gesv);
  find(library, file, "LAPACKE_dpotrf_work", l.potrf);
  find(library, file, "LAPACKE_dgeqrf", l.geqrf);
  find(library, file, "LAPACKE_dorgqr", l.orgqr);
  find(library, file, "LAPACKE_dsyevd", l.syevd);
  find(library, file, "LAPACKE_dgesdd", l.gesdd);
  return l;
}

const Lapack& lapack() {
  static const Lapack l = open_lapack("liblapacke.so.3");
  return l;
}

}  // namespace cairn
