// cairn bench: how fast trainings, forward passes and single ops are, alone or beside PyTorch; how long a check of an exercise takes.
#include <algorithm>

#include <fmt/format.h>

#include <app/check_times.h>
#include <app/command.h>
#include <bench/decode.h>
#include <bench/ops.h>
#include <bench/peer.h>
#include <bench/workloads.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>

namespace cairn {

namespace {

struct BenchOptions {
  std::string workload = "mlp", precision = "f32";
  int64_t steps = 0, calls = 2000;
  bool infer = false, ops = false, profile = false, checks = false, decode = false;
  PeerOptions peer;
  void fields(Fields& f) {
    f("workload", workload, "what is trained: a name, names with commas, or all");
    f("steps", steps, "timed steps; 0: the workload's own number", between(0, 1e9));
    f("precision", precision, "what products and convolutions are computed in, and activations kept in", one_of({"f32", "bf16"}));
    f("infer", infer, "the latency of a forward pass of one example instead of training");
    f("profile", profile, "where the time of a training step (with --infer, a forward pass) goes: each op's share, rate and plan");
    f("calls", calls, "timed calls of --infer", between(1, 1e9));
    f("checks", checks, "seconds of a check, wrong and right answer, of each exercise of the course; ids after `bench` choose some");
    f("ops", ops, "single ops at several sizes; names after `bench` choose some; with --precision bf16: those of mixed precision, beside f32");
    f("decode", decode, "reading JPEG pictures, beside libjpeg-turbo's own time at the same scale");
    f.group(peer);
  }
};

std::vector<const WorkloadInfo*> workloads_of(const std::string& text) {
  if (text == "all") return all_workloads();
  std::vector<const WorkloadInfo*> list;
  for (const std::string& name : split(text, ',')) list.push_back(&find_workload(name));
  return list;
}

double number(const Json& report, const char* key) { return report.at(key).as_double(); }

// One object a workload, on one line under --json; keys are in bench/workloads.h.
void show(const Session& session, const Json& report) {
  session.event(report);
  if (report.find("infer"))
    session.say(fmt::format("{} forward of one example: median {:.1f} us, 99 % below {:.1f} us (fastest {:.1f}), {} thread(s)",
                            report.at("infer").as_string(), number(report, "p50_us"), number(report, "p99_us"), number(report, "min_us"),
                            report.at("threads").as_int()));
  else
    session.say(fmt::format(
        "{}: {:.3f} ms a step (median), {:.0f} steps/s, {:.1f} GFLOP/s, peak {:.0f} MiB, first step after {:.0f} ms, {} thread(s), loss {:.4f}",
        report.at("workload").as_string(), number(report, "median_step_ms"), number(report, "steps_per_s"), number(report, "gflops"),
        number(report, "peak_rss_mib"), 1e3 * number(report, "first_step_s"), report.at("threads").as_int(), number(report, "loss")));
}

void show_profile(const Session& session, const Json& report) {
  session.event(report);
  session.say(fmt::format("{}: {:.3f} ms a step on {} thread(s)", report.at("workload").as_string(), number(report, "step_ms"),
                          report.at("threads").as_int()));
  session.say(fmt::format("{:>8} {:>7} {:>9} {:>9} {:>8}  {}", "share", "calls", "ms", "GFLOP/s", "GB/s", "op"));
  for (const Json& l : report.at("ops").as_array()) {
    const std::string& plan = l.at("plan").as_string();
    session.say(fmt::format("{:>6.1f} % {:>7.1f} {:>9.3f} {:>9.1f} {:>8.1f}  {}{}", 100 * number(l, "share"), number(l, "calls_per_step"),
                            number(l, "ms_per_step"), number(l, "gflops"), number(l, "gbs"), l.at("op").as_string(),
                            plan.empty() ? "" : ", " + plan));
  }
  session.say(fmt::format("{:>6.1f} % {:>7} {:>9.3f} {:>9} {:>8}  between the ops: graph, memory, this clock",
                          100 * number(report, "between_ops_ms") / number(report, "step_ms"), "", number(report, "between_ops_ms"), "", ""));
  session.say(
      fmt::format("activations brought from one layout into the other: {:.1f} a step, {:.1f} MiB (packing of weights is part of the convolutions)",
                  number(report, "conversions_per_step"), number(report, "converted_mib_per_step")));
  session.say(
      fmt::format("memory: {:.0f} MiB of tensors at the peak, {:.0f} of them activations and working memory, {:.0f} MiB kept for reuse at the end; "
                  "the process {:.0f} MiB",
                  number(report, "peak_tensor_mib"), number(report, "activation_mib"), number(report, "cached_mib"), number(report, "peak_rss_mib")));
}

std::vector<int> thread_counts(const Session& session) {
  std::vector<int> counts = {1};
  if (session.threads_given) counts = {num_threads()};
  else if (num_threads() > 1) counts.push_back(num_threads());
  return counts;
}

void beside_peer(const Session& session, const BenchOptions& o, const WorkloadInfo& w) {
  const auto say = [&](const Json& run) {
    session.say(fmt::format("  {}, {} thread(s): {:.3f} ms a step (cores' round trip {:.0f} ns)", run.at("side").as_string(),
                            run.at("threads").as_int(), number(run, "median_step_ms"), number(run, "ping_pong_ns")));
  };
  const std::vector<int> threads = thread_counts(session);
  PeerOptions peer = o.peer;
  peer.bf16 |= o.precision == "bf16";  // --peer-best then tries f32, too
  if (peer.peer_best) {
    session.say("PyTorch's settings, each once:");
    peer = best_settings(peer, w.name, o.steps, threads.back(), [&](const std::string& line) { session.say("  " + line); });
  }
  const Json report = compare(w.name, cairn_side(w.name, o.steps, o.precision), torch_side(peer, w.name, o.steps), threads, o.peer.rounds, say);
  session.event(report);
  const Json &ours = report.at("cairn"), &theirs = report.at("torch");
  session.say(fmt::format(
      "{}: {:.2f} x the speed of PyTorch {} ({}; medians, each side at its best: {:.3f} ms on {} thread(s) against {:.3f} ms on {}; round "
      "trip {:.0f} ns)",
      w.name, number(report, "ratio"), theirs.find("torch") ? theirs.at("torch").as_string() : "",
      theirs.find("mode") ? theirs.at("mode").as_string() : "", number(ours, "median_step_ms"), ours.at("threads").as_int(),
      number(theirs, "median_step_ms"), theirs.at("threads").as_int(), number(report, "ping_pong_ns")));
  if (ours.find("first_step_s") && theirs.find("first_step_s") && ours.find("peak_rss_mib") && theirs.find("peak_rss_mib"))
    session.say(fmt::format("  first step done after {:.0f} ms against {:.0f} ms; peak memory {:.0f} MiB against {:.0f} MiB",
                            1e3 * number(ours, "first_step_s"), 1e3 * number(theirs, "first_step_s"), number(ours, "peak_rss_mib"),
                            number(theirs, "peak_rss_mib")));
}

// PyTorch's times of the cases; none when this Python has no torch and nobody asked for it.
std::vector<Json> peer_times(const Session& session, const BenchOptions& o, const std::vector<OpCase>& cases) {
  try {
    session.say("timing PyTorch first ...");
    return torch_op_times(cases, o.peer.python, find_tool("torch_ops.py"), num_threads());
  } catch (const FileError& e) {
    if (!o.peer.peer.empty()) throw;
    session.say("no ratios: `" + o.peer.python + "` has no PyTorch (--python names another)");
    return {};
  }
}

// The ops that mixed precision computes in bf16, in both precisions.
void bench_mixed_ops(const Session& session, std::vector<OpCase> cases) {
  std::erase_if(cases,
                [](const OpCase& c) { return std::none_of(c.inputs.begin(), c.inputs.end(), [](const OpInput& in) { return in.activation; }); });
  if (cases.empty()) throw UsageError("none of these ops has a case in mixed precision.\nHint: cairn bench --ops conv2d --precision bf16");
  session.say(fmt::format("{:<8} {:<62} {:>11} {:>11} {:>10}", "op", "shapes", "f32 us", "bf16 us", "f32 : bf16"));
  for (const OpCase& c : cases) {
    const Json row = run_in_both_precisions(c);
    session.event(row);
    session.say(fmt::format("{:<8} {:<62} {:>11.1f} {:>11.1f} {:>10.2f}", c.op, c.shapes, number(row, "f32_us"), number(row, "bf16_us"),
                            number(row, "ratio")));
  }
}

void bench_ops(const Session& session, const BenchOptions& o, const std::vector<std::string>& names) {
  const std::vector<OpCase> cases = op_cases(names);
  if (o.precision != "f32") {
    bench_mixed_ops(session, cases);
    return;
  }
  size_t wide = 34;
  for (const OpCase& c : cases) wide = std::max(wide, c.shapes.size());
  const std::vector<Json> torch = peer_times(session, o, cases);
  session.say(fmt::format("{:<14} {:<{}} {:>11} {:>16} {:>9} {:>11}", "op", "shapes", wide, "us", "rate", "ceiling", "x PyTorch"));
  for (size_t i = 0; i < cases.size(); i++) {
    Json row = run_op_case(cases[i]);
    std::string ratio;
    if (!torch.empty() && !torch[i].is_null()) {
      row["torch_us"] = torch[i];
      row["ratio"] = torch[i].as_double() / number(row, "us");
      ratio = fmt::format("{:.2f}", number(row, "ratio"));
    }
    const bool flops = row.find("gflops");
    session.event(row);
    session.say(fmt::format("{:<14} {:<{}} {:>11.2f} {:>8.1f} {:<7} {:>7.0f} % {:>11}", cases[i].op, cases[i].shapes, wide, number(row, "us"),
                            number(row, flops ? "gflops" : "gbs"), flops ? "GFLOP/s" : "GB/s", 100 * number(row, "share"), ratio));
  }
  if (!names.empty()) return;
  session.say("\nwhat a call of 64 x 128 costs beside its kernel (microseconds): kernel, with no_grad, recorded");
  for (const Json& row : op_overheads()) {
    session.event(row);
    session.say(fmt::format("{:<14} {:>8.2f} {:>8.2f} {:>8.2f}", row.at("op").as_string(), number(row, "kernel_us"), number(row, "no_grad_us"),
                            number(row, "recorded_us")));
  }
}

void bench_decoding(const Session& session) {
  session.say(fmt::format("{:<10} {:>8} {:>6} {:>10} {:>14} {:>7}", "JPEG", "at least", "scale", "us", "libjpeg-turbo", "share"));
  for (const Json& row : decode_rates()) {
    session.event(row);
    session.say(fmt::format("{:<10} {:>8} {:>6} {:>10.0f} {:>14.0f} {:>5.0f} %", row.at("picture").as_string(), row.at("at_least").as_int(),
                            row.at("scale").as_string(), number(row, "us"), number(row, "libjpeg_us"), 100 * number(row, "share")));
  }
}

void bench_checks(const Session& session, const BenchOptions& o, const std::vector<std::string>& ids) {
  std::vector<course::Exercise> exercises;
  for (const std::string& id : ids) exercises.push_back(course::find_exercise(id));
  if (ids.empty()) exercises = course::all_exercises();
  const int rounds = std::max(3, o.peer.rounds);
  session.say(fmt::format("{:<18} {:>9} {:>9}   {:>9} {:>9} {:>9}   seconds, medians of {}", "exercise", "wrong", "right", "compiling", "linking",
                          "running", rounds));
  double slowest = 0;
  for (const course::Exercise& e : exercises) {
    const Json row = time_checks(e, rounds);
    const Json* right = row.find("right_s");
    slowest = std::max({slowest, number(row, "wrong_s"), right ? right->as_double() : 0.0});
    session.event(row);
    session.say(fmt::format("{:<18} {:>9.2f} {:>9}   {:>9.2f} {:>9.2f} {:>9.2f}   {}", e.id, number(row, "wrong_s"),
                            right ? fmt::format("{:.2f}", right->as_double()) : "", number(row, "compile_s"), number(row, "link_s"),
                            number(row, "run_s"), row.at("wrong").as_string()));
  }
  session.say(fmt::format("\nThe slowest takes {:.2f} s. A project's right answer is left out: it is trained for minutes.", slowest));
}

int bench(Session& session, Arguments& arguments) {
  BenchOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 1000);
  if (o.checks) {
    bench_checks(session, o, arguments.positionals());
    return 0;
  }
  if (!arguments.positionals().empty() && !o.ops)
    throw UsageError("`cairn bench` does not know what to do with '" + printable(arguments.positionals()[0]) +
                     "'. Hint: `cairn bench --workload NAME`, `cairn bench --ops NAME...` or `cairn bench --checks ID...`.");
  if (o.ops) {
    bench_ops(session, o, arguments.positionals());
    return 0;
  }
  if (o.decode) {
    bench_decoding(session);
    return 0;
  }
  const DType precision = dtype_named(o.precision);
  for (const WorkloadInfo* w : workloads_of(o.workload)) {
    if (o.profile) show_profile(session, profile_workload(*w, o.steps, precision, o.infer));
    else if (o.infer) show(session, run_inference(*w, o.calls, precision));
    else if (!o.peer.peer.empty()) beside_peer(session, o, *w);
    else show(session, run_workload(*w, o.steps, precision));
  }
  return 0;
}

std::string bench_options(const Arguments&) {
  BenchOptions o;
  std::string text = options_table(fields_of(o)) + "\nworkloads:\n";
  for (const WorkloadInfo* w : all_workloads()) text += fmt::format("  {:<12} {}\n", w->name, w->summary);
  return text;
}

}  // namespace

extern const CommandInfo bench_command;
const CommandInfo bench_command = {"bench", "how fast this is: trainings, single ops, checks, beside PyTorch",
                                   "cairn bench [--workload NAME] [--steps N] [--threads T] [--precision bf16] [--peer torch] | --profile | --infer "
                                   "| --ops [OP...] | --decode | --checks [ID...]",
                                   bench, bench_options};

}  // namespace cairn
