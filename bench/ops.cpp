#include <bench/ops.h>

#include <algorithm>

#include <bench/clock.h>
#include <bench/process.h>
#include <cairn/autograd/modes.h>
#include <cairn/backend/backend.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>
#include <cairn/ops/ops.h>

namespace cairn {

std::vector<OpCase> all_op_cases();  // op_cases.cpp: the table
std::vector<OpCase> conv_cases();    // conv_cases.cpp

namespace {

Tensor make_input(const OpInput& in) { return in.below ? randint(0, in.below, in.shape) : 0.9 * rand(in.shape) + 0.1; }

Json shape_json(const Shape& shape) {
  Json list = Json::array();
  for (const int64_t s : shape) list.push_back(s);
  return list;
}

std::string mix_text(Mix m) {
  const std::string mask = m.mask == Mix::Mask::read ? ", a mask read" : m.mask == Mix::Mask::written ? ", a mask written" : "";
  return std::to_string(m.reads) + " read" + (m.write ? " 1 written" : "") + mask;
}

}  // namespace

std::vector<OpCase> op_cases(const std::vector<std::string>& ops) {
  std::vector<OpCase> all = all_op_cases(), chosen;
  for (OpCase& c : conv_cases()) all.push_back(std::move(c));
  std::vector<std::string> names;
  for (const OpCase& c : all)
    if (std::find(names.begin(), names.end(), c.op) == names.end()) names.push_back(c.op);
  for (const std::string& op : ops)
    if (std::find(names.begin(), names.end(), op) == names.end())
      throw ConfigError("there is no benchmark of the op '" + printable(op) + "'." + did_you_mean(op, names));
  for (OpCase& c : all)
    if (ops.empty() || std::find(ops.begin(), ops.end(), c.op) != ops.end()) chosen.push_back(std::move(c));
  return chosen;
}

Json run_op_case(const OpCase& c) {
  NoGrad no_grad;
  std::vector<Tensor> inputs;
  for (const OpInput& in : c.inputs) inputs.push_back(make_input(in));
  // Before and after the op: the rate of memory changes under way where a machine is shared.
  const auto ceiling_now = [&] { return c.flops > 0 ? 0 : best_stream_gbs(c.mix, c.numel, 0.025); };
  const double before = ceiling_now(), seconds = best_seconds(c.prepare(inputs));
  inputs.clear();
  Json row = Json::object({{"op", c.op}, {"shapes", c.shapes}, {"us", seconds * 1e6}});
  if (c.flops > 0) {
    static std::map<int, double> fma;
    double& ceiling = fma[num_threads()];
    if (ceiling == 0) ceiling = fma_gflops(num_threads());
    const double rate = c.flops / seconds * 1e-9;
    for (const auto& [key, value] :
         std::initializer_list<Json::Member>{{"gflops", rate}, {"ceiling", ceiling}, {"share", rate / ceiling}, {"mix", "multiply-adds"}})
      row[key] = value;
  } else {
    const double ceiling = std::max(before, ceiling_now()), rate = c.bytes / seconds * 1e-9;
    for (const auto& [key, value] :
         std::initializer_list<Json::Member>{{"gbs", rate}, {"ceiling", ceiling}, {"share", rate / ceiling}, {"mix", mix_text(c.mix)}})
      row[key] = value;
  }
  return row;
}

Json run_in_both_precisions(const OpCase& c) {
  NoGrad no_grad;
  std::vector<Tensor> wide, low;
  for (const OpInput& in : c.inputs) {
    wide.push_back(make_input(in));
    low.push_back(in.activation ? wide.back().to(bf16) : wide.back().clone());
  }
  const std::function<void()> in_f32 = c.prepare(wide), in_bf16 = c.prepare(low);
  double seconds[2] = {1e30, 1e30};
  for (int round = 0; round < 3; round++) {  // in turn: both meet the same mood of the machine
    seconds[0] = std::min(seconds[0], best_seconds(in_f32, 0.05));
    seconds[1] = std::min(seconds[1], best_seconds(in_bf16, 0.05));
  }
  return Json::object({{"op", c.op},
                       {"shapes", c.shapes},
                       {"f32_us", seconds[0] * 1e6},
                       {"bf16_us", seconds[1] * 1e6},
                       {"gflops", c.flops / seconds[1] * 1e-9},
                       {"ratio", seconds[0] / seconds[1]}});
}

std::vector<Json> torch_op_times(const std::vector<OpCase>& cases, const std::string& python, const std::string& script, int threads) {
  Json list = Json::array();
  for (const OpCase& c : cases) {
    if (c.torch.empty()) continue;
    Json inputs = Json::array();
    for (const OpInput& in : c.inputs) inputs.push_back(Json::object({{"shape", shape_json(in.shape)}, {"below", in.below}}));
    list.push_back(Json::object({{"run", c.torch}, {"inputs", inputs}}));
  }
  const std::string n = std::to_string(threads);
  const std::string text = run_program({python, script, "--threads", n, list.dump()}, {{"OMP_NUM_THREADS", n}, {"MKL_NUM_THREADS", n}});
  const Json report = Json::parse(trim(text), script);
  const Json::Array& times = report.as_array();
  std::vector<Json> all;
  size_t next = 0;
  for (const OpCase& c : cases) {
    if (!c.torch.empty() && next >= times.size())
      throw FileError(script + " reported " + std::to_string(times.size()) + " times, fewer than it was asked for.");
    all.push_back(c.torch.empty() ? Json() : times[next++]);
  }
  return all;
}

std::vector<Json> op_overheads() {
  const Shape shape = {64, 128};
  const Tensor a = rand(shape), b = rand(shape);
  Tensor wanted = rand(shape);
  wanted.set_requires_grad();
  Array y(shape);
  const auto row = [&](const char* op, auto kernel, auto call) {
    const double bare = best_seconds(kernel), recorded = best_seconds([&] { call(wanted); });
    NoGrad no_grad;
    return Json::object(
        {{"op", op}, {"kernel_us", bare * 1e6}, {"no_grad_us", best_seconds([&] { call(a); }) * 1e6}, {"recorded_us", recorded * 1e6}});
  };
  return {row(
              "add", [&] { backend().binary(Binary::add, a.array(), b.array(), y); }, [&](const Tensor& x) { return x + b; }),
          row(
              "mul", [&] { backend().binary(Binary::mul, a.array(), b.array(), y); }, [&](const Tensor& x) { return x * b; }),
          row(
              "relu", [&] { backend().unary(Unary::relu, a.array(), 0, 0, y); }, [&](const Tensor& x) { return relu(x); })};
}

}  // namespace cairn
