#include <bench/workloads.h>

#include <algorithm>
#include <cmath>

#include <bench/clock.h>
#include <cairn/autograd/modes.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>
#include <cairn/nn/inference.h>
#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/profile.h>

namespace cairn {

namespace {

double peak_mib() { return double(peak_rss_bytes()) / 1048576; }

}  // namespace

const WorkloadInfo& find_workload(const std::string& name) {
  std::vector<std::string> names;
  for (const WorkloadInfo* w : all_workloads()) {
    if (name == w->name) return *w;
    names.push_back(w->name);
  }
  throw ConfigError("there is no workload '" + printable(name) + "'." + did_you_mean(name, names));
}

Json run_workload(const WorkloadInfo& info, int64_t steps, DType precision) {
  if (steps <= 0) steps = info.steps;
  const Workload w = info.build();
  AutocastScope scope(precision);
  w.step(0);
  const double first = seconds_since_start();
  int64_t flops = 0;
  {
    FlopCounter counter;
    w.step(1);
    flops = counter.total();
  }
  for (int64_t i = 0; i < info.warm; i++) w.step(i);
  std::vector<double> times;
  times.reserve(size_t(steps));
  Tensor loss;
  double total = 0;
  for (int64_t i = 0; i < steps; i++) {
    const double start = seconds_now();
    loss = w.step(i);
    times.push_back(seconds_now() - start);
    total += times.back();
  }
  const double last = loss.item();
  if (std::isnan(last)) throw NumericError(std::string("[bench] the loss of ") + info.name + " is NaN after " + std::to_string(steps) + " steps.");
  return Json::object({{"workload", info.name},
                       {"threads", num_threads()},
                       {"precision", name_of(precision)},
                       {"steps", steps},
                       {"steps_per_s", double(steps) / total},
                       {std::string(info.unit) + "_per_s", double(w.items * steps) / total},
                       {"median_step_ms", median_of(times) * 1e3},
                       {"gflop_per_step", double(flops) / 1e9},
                       {"gflops", double(flops) * double(steps) / total / 1e9},
                       {"params", w.model->parameter_count()},
                       {"peak_rss_mib", peak_mib()},
                       {"first_step_s", first},
                       {"loss", last}});
}

Json profile_workload(const WorkloadInfo& info, int64_t steps, DType precision, bool infer) {
  if (steps <= 0) steps = std::max<int64_t>(1, info.steps / 5);
  Workload w = info.build();
  AutocastScope scope(precision);
  if (infer) w.step = [net = InferenceModel(w.model), x = info.example()](int64_t) mutable { return net(x); };
  for (int64_t i = 0; i < 2 + info.warm; i++) w.step(i);
  reset_peak_memory();
  const uint64_t at_rest = memory_stats().in_use;  // weights, gradients, what the optimiser keeps, data
  Profiler profiler;
  for (int64_t i = 0; i < steps; i++) w.step(i);
  const double total = profiler.seconds(), n = double(steps);
  Json ops = Json::array();
  double inside = 0;
  for (const ProfileLine& l : profiler.lines()) {
    inside += l.seconds;
    ops.push_back(Json::object({{"op", l.op},
                                {"plan", l.plan},
                                {"calls_per_step", double(l.calls) / n},
                                {"ms_per_step", l.seconds / n * 1e3},
                                {"share", l.seconds / total},
                                {"gflops", double(l.flops) / l.seconds / 1e9},
                                {"gbs", double(l.bytes) / l.seconds / 1e9}}));
  }
  const LayoutConversions c = profiler.conversions();
  return Json::object({{"workload", info.name},
                       {"threads", num_threads()},
                       {"precision", name_of(precision)},
                       {"steps", steps},
                       {"step_ms", total / n * 1e3},
                       {"between_ops_ms", (total - inside) / n * 1e3},
                       {"conversions_per_step", double(c.count) / n},
                       {"converted_mib_per_step", double(c.bytes) / n / 1048576},
                       {"peak_tensor_mib", double(memory_stats().peak) / 1048576},
                       {"activation_mib", double(memory_stats().peak - at_rest) / 1048576},
                       {"cached_mib", double(memory_stats().cached) / 1048576},
                       {"peak_rss_mib", peak_mib()},
                       {"ops", std::move(ops)}});
}

Json run_inference(const WorkloadInfo& info, int64_t calls, DType precision) {
  const Workload w = info.build();
  AutocastScope scope(precision);
  const Tensor x = info.example();
  const auto net = compile_for_inference(w.model, x);
  for (int64_t i = 0; i < std::min<int64_t>(50, calls); i++) (*net)(x);
  std::vector<double> times;
  times.reserve(size_t(calls));
  for (int64_t i = 0; i < calls; i++) {
    const double start = seconds_now();
    (*net)(x);
    times.push_back((seconds_now() - start) * 1e6);
  }
  std::sort(times.begin(), times.end());
  return Json::object({{"infer", info.name},
                       {"threads", num_threads()},
                       {"precision", name_of(precision)},
                       {"calls", calls},
                       {"p50_us", times[times.size() / 2]},
                       {"p99_us", times[size_t(double(times.size()) * 0.99)]},
                       {"min_us", times[0]},
                       {"params", w.model->parameter_count()},
                       {"peak_rss_mib", peak_mib()}});
}

}  // namespace cairn
