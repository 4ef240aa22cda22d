// Which instruction set the kernels run with. Highway's own library answers this, too, but times the clock whenever a program is
// loaded (10 ms, five times the rest of the start), so on x86 these three functions stand in for it and it is not linked.
#include <cairn/base/targets.h>

#include <hwy/targets.h>

#if HWY_ARCH_X86
#include <cpuid.h>

namespace hwy {

namespace {

int64_t chosen_for_test = 0;

bool has_f16c() {  // clang 14's __builtin_cpu_supports does not know the word
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_F16C);
}

int64_t detected() {
  __builtin_cpu_init();
  auto all = [](auto... has) { return (has && ...); };
  int64_t targets = HWY_SCALAR;
  const bool avx2 =
      all(__builtin_cpu_supports("avx2"), __builtin_cpu_supports("fma"), __builtin_cpu_supports("bmi"), __builtin_cpu_supports("bmi2"), has_f16c());
  if (!avx2) return targets;
  targets |= HWY_AVX2;
  if (all(__builtin_cpu_supports("avx512f"), __builtin_cpu_supports("avx512vl"), __builtin_cpu_supports("avx512dq"),
          __builtin_cpu_supports("avx512bw"), __builtin_cpu_supports("avx512cd")))
    targets |= HWY_AVX3;
  return targets;
}

}  // namespace

int64_t SupportedTargets() {
  static const int64_t found = detected();
  return chosen_for_test ? chosen_for_test : found;
}

void SetSupportedTargetsForTest(int64_t targets) { chosen_for_test = targets; }

ChosenTarget& GetChosenTarget() {
  static ChosenTarget chosen;
  return chosen;
}

}  // namespace hwy
#endif
