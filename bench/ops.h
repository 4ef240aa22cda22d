// The speed of single ops at sizes that occur: what `cairn bench --ops` prints. Each case runs through the public function, with
// no_grad, and is held against the ceiling of its own mix of reads and writes, or of multiply-adds, on this machine.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <bench/ceilings.h>
#include <cairn/base/json.h>
#include <cairn/tensor/tensor.h>

namespace cairn {

// An input of a case, made only when it runs: uniform numbers in [0.1, 1), or whole numbers below `below` (i64).
struct OpInput {
  Shape shape;
  int64_t below = 0;
  bool activation = false;  // bf16 in mixed precision
};

struct OpCase {
  std::string op, shapes;  // "add", "64x128, 64x128"
  std::vector<OpInput> inputs;
  // Prepares (a B that is fresh each time, an optimiser) and returns what is timed.
  std::function<std::function<void()>(const std::vector<Tensor>& inputs)> prepare;
  std::string torch;  // the same as an expression of a, b, c, torch and F; "" when there is none
  double flops = 0;   // 0: what counts is memory
  Mix mix;
  int64_t numel = 0;  // of the arrays of the mix
  double bytes = 0;   // moved at least
};
std::vector<OpCase> op_cases(const std::vector<std::string>& ops = {});  // all, or those of these ops (ConfigError: nearest name)

// Runs one: {"op", "shapes", "us", "gflops" or "gbs", "ceiling", "share", "mix"}.
Json run_op_case(const OpCase& c);
// One that has activations, in f32 and mixed precision in turn: {"op", "shapes", "f32_us", "bf16_us", "ratio"}; ratio above 1: bf16 is faster.
Json run_in_both_precisions(const OpCase& c);
// Microseconds of the cases in PyTorch, in the same order (null where a case has no expression). FileError when it is not there.
std::vector<Json> torch_op_times(const std::vector<OpCase>& cases, const std::string& python, const std::string& script, int threads);

// What the door costs: add, relu and mul of 64 x 128: {"op", "kernel_us", "no_grad_us", "recorded_us"}.
std::vector<Json> op_overheads();

}  // namespace cairn
