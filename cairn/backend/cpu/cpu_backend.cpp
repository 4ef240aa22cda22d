#include <cairn/base/targets.h>

#include <cairn/backend/cpu/cpu_backend.h>

#include <string>

#include <hwy/highway.h>

#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/onednn/gemm.h>

namespace cairn {

Backend& cpu_backend() {
  static CpuBackend backend;
  return backend;
}

std::string describe_cpu_backend() {
  const std::string version = std::to_string(HWY_MAJOR) + "." + std::to_string(HWY_MINOR) + "." + std::to_string(HWY_PATCH);
  return "Highway " + version + ", " + cpu::instruction_set() + "; " + onednn::describe();
}

}  // namespace cairn
