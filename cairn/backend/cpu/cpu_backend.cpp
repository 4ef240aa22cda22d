#include <cairn/base/targets.h>

#include <cairn/backend/cpu/cpu_backend.h>

#include <string>

#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/onednn/gemm.h>

namespace cairn {

Backend& cpu_backend() {
  static CpuBackend backend;
  return backend;
}

std::string describe_cpu_backend() { return std::string("Highway ") + cpu::instruction_set() + "; " + onednn::describe(); }

}  // namespace cairn
