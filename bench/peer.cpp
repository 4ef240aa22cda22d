#include <bench/peer.h>

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include <bench/ceilings.h>
#include <bench/clock.h>
#include <bench/process.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {

void PeerOptions::fields(Fields& f) {
  f("peer", peer, "compare with another library, in turn", one_of({"", "torch"}));
  f("python", python, "the Python that has it");
  f("peer_script", peer_script, "another script with the same keys than tools/torch_peer.py");
  f("fused", fused, "the peer uses its fused optimisers");
  f("channels_last", channels_last, "the peer keeps images with the channels innermost");
  f("compile", compile, "the peer compiles its model (torch.compile)");
  f("peer_bf16", bf16, "the peer computes in mixed precision (autocast to bfloat16)");
  f("peer_best", peer_best, "try the peer's settings first, and compare with the fastest of them");
  f("rounds", rounds, "how often each side runs at each number of threads", between(1, 1000));
}

std::string find_tool(const std::string& name) {
  std::vector<std::string> tried;
  std::vector<std::filesystem::path> folders = {std::filesystem::path(own_program()).parent_path()};
  std::error_code error;
  folders.push_back(std::filesystem::current_path(error));
  for (std::filesystem::path folder : folders)
    for (int up = 0; up < 3 && !folder.empty(); up++, folder = folder.parent_path()) {
      const std::string path = (folder / "tools" / name).string();
      if (std::filesystem::is_regular_file(path, error)) return path;
      tried.push_back(path);
    }
  throw FileError("tools/" + name + " is not there; looked for " + join(tried, ", ") +
                  ". Hint: it comes with the sources; run from their folder, or name a script by --peer-script.");
}

namespace {

// The median over runs of every number; the rest as in the first.
Json medians(const std::vector<Json>& runs) {
  Json result = runs.at(0);
  for (auto& [key, value] : result.as_object()) {
    if (!value.is_number() || value.is_int()) continue;
    std::vector<double> values;
    for (const Json& r : runs)
      if (const Json* v = r.find(key); v && v->is_number()) values.push_back(v->as_double());
    value = median_of(values);
  }
  return result;
}

double step_ms(const Json& report) {
  const double ms = report.at("median_step_ms").as_double();
  if (!(ms > 0)) throw FileError("a report's median_step_ms must be above 0, not " + report.at("median_step_ms").dump() + ".");
  return ms;
}

Json best_of(const std::vector<std::vector<Json>>& by_threads) {
  Json best;
  for (const auto& runs : by_threads)
    if (Json m = medians(runs); best.is_null() || step_ms(m) < step_ms(best)) best = std::move(m);
  return best;
}

Json last_object(const std::string& text, const std::string& who) {
  const std::vector<std::string> lines = split(trim(text), '\n');
  Json report = Json::parse(lines.back(), who);
  for (const char* key : {"workload", "median_step_ms", "steps_per_s"})
    if (!report.find(key)) throw FileError("the report of " + who + " has no " + key + ": " + printable(lines.back(), 200));
  return report;
}

}  // namespace

Json compare(const std::string& workload, const Side& cairn, const Side& torch, const std::vector<int>& threads, int rounds,
             const std::function<void(const Json& run)>& say) {
  std::vector<std::vector<Json>> ours(threads.size()), theirs(threads.size());
  Json runs = Json::array(), trips = Json::array();
  for (int r = 0; r < rounds; r++)
    for (size_t t = 0; t < threads.size(); t++) {
      const double trip = ping_pong_ns();
      trips.push_back(trip);
      for (const bool is_ours : {true, false}) {
        Json report = (is_ours ? cairn : torch)(threads[t]);
        Json run = Json::object(
            {{"side", is_ours ? "cairn" : "torch"}, {"threads", threads[t]}, {"median_step_ms", step_ms(report)}, {"ping_pong_ns", trip}});
        if (say) say(run);
        runs.push_back(std::move(run));
        (is_ours ? ours : theirs)[t].push_back(std::move(report));
      }
    }
  const Json best = best_of(ours), other = best_of(theirs);
  std::vector<double> all_trips;
  for (const Json& t : trips.as_array()) all_trips.push_back(t.as_double());
  return Json::object({{"workload", workload},
                       {"peer", "torch"},
                       {"ratio", step_ms(other) / step_ms(best)},
                       {"ping_pong_ns", median_of(all_trips)},
                       {"cairn", best},
                       {"torch", other},
                       {"runs", runs}});
}

Side cairn_side(const std::string& workload, int64_t steps, const std::string& precision) {
  return [=](int threads) {
    return last_object(run_program({own_program(), "bench", "--workload", workload, "--steps", std::to_string(steps), "--threads",
                                    std::to_string(threads), "--precision", precision, "--json"}),
                       "cairn bench");
  };
}

Side torch_side(const PeerOptions& options, const std::string& workload, int64_t steps) {
  const std::string script = options.peer_script.empty() ? find_tool("torch_peer.py") : options.peer_script;
  if (!file_exists(script)) throw FileError("there is no script '" + printable(script, 200) + "' (--peer-script).");
  return [=](int threads) {
    const std::string n = std::to_string(threads);
    std::vector<std::string> words = {options.python, script, "--workload", workload, "--steps", std::to_string(steps), "--threads", n};
    if (options.fused) words.push_back("--fused");
    if (options.channels_last) words.push_back("--channels-last");
    if (options.compile) words.push_back("--compile");
    if (options.bf16) words.push_back("--bf16");
    return last_object(run_program(words, {{"OMP_NUM_THREADS", n}, {"MKL_NUM_THREADS", n}, {"OPENBLAS_NUM_THREADS", n}}), script);
  };
}

PeerOptions best_settings(const PeerOptions& options, const std::string& workload, int64_t steps, int threads,
                          const std::function<void(const std::string& line)>& say) {
  PeerOptions best = options;
  double fastest = 0;
  std::string failure;
  for (const bool bf16 : {false, true})
    for (const bool compile : {false, true})
      for (const bool channels_last : {false, true}) {
        if (bf16 && !options.bf16) continue;
        PeerOptions o = options;
        o.bf16 = bf16, o.compile = compile, o.channels_last = channels_last;
        const std::string name =
            std::string(channels_last ? "channels-last" : "its own layout") + (compile ? ", compiled" : "") + (bf16 ? ", bf16" : "");
        try {
          const double ms = step_ms(torch_side(o, workload, steps)(threads));
          if (say) say(fmt::format("{}: {:.3f} ms a step", name, ms));
          if (fastest == 0 || ms < fastest) fastest = ms, best = o;
        } catch (const FileError& e) {
          failure = e.what();
          if (say) say(name + " does not run here: " + failure);
        }
      }
  if (fastest == 0) throw FileError(failure);
  return best;
}

}  // namespace cairn
