// Cairn beside another library: both run the same workload as processes of their own, in turn, so that what the machine does
// meanwhile meets both alike.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <cairn/base/fields.h>
#include <cairn/base/json.h>

namespace cairn {

struct PeerOptions {
  std::string peer;  // "torch", or "" for none
  std::string python = "python3";
  std::string peer_script;  // "": tools/torch_peer.py
  bool fused = true, channels_last = false, compile = false, bf16 = false;
  bool peer_best = false;
  int rounds = 2;
  void fields(Fields& f);
};

// tools/NAME of the source tree that this program was built in or that is the current folder; FileError saying where it looked.
std::string find_tool(const std::string& name);

// One comparison: {"workload", "peer", "ratio", "ping_pong_ns", "cairn": best, "torch": best, "runs": [...]}.
//   best: the medians over the rounds of the side's best thread count;  ratio: theirs / ours of the median step (above 1: we are faster).
// `cairn` and `torch` run one side once at a number of threads and return its report; `say` hears each.
using Side = std::function<Json(int threads)>;
Json compare(const std::string& workload, const Side& cairn, const Side& torch, const std::vector<int>& threads, int rounds,
             const std::function<void(const Json& run)>& say = {});

// The two sides as processes. The last line that the script prints must be one JSON object with the workload's keys.
Side cairn_side(const std::string& workload, int64_t steps, const std::string& precision = "f32");
Side torch_side(const PeerOptions& options, const std::string& workload, int64_t steps);

// The settings in which PyTorch takes the workload fastest: its own layout or channels-last, each as it stands or compiled (and in f32 or
// bf16 where `options` has bf16), each run once with `threads`. `say` hears each; one that fails (no compiler) is left out, unless all do.
PeerOptions best_settings(const PeerOptions& options, const std::string& workload, int64_t steps, int threads,
                          const std::function<void(const std::string& line)>& say = {});

}  // namespace cairn
