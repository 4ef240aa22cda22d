// Checkpoints: a directory `step-000001234` with `state.safetensors` (all tensors) and `manifest.json` (all other values, size and
// SHA-256 of the tensors' file, and a SHA-256 of the manifest itself). Written beside under another name, synced, renamed, the parent
// synced: at any instant of a crash there is either the whole checkpoint or none of it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <cairn/base/json.h>
#include <cairn/tensor/stateful.h>

namespace cairn {

struct Checkpoint {
  static constexpr int format = 1;
  int64_t step = 0;
  std::map<std::string, State> parts;  // "model", "optimizer", ...: the state of every stateful object by name
  Json progress = Json::object();      // epoch, position, running sums, generator, length of metrics.jsonl
  Json config;                         // what the training was asked for, by field; null where nobody said, and in older checkpoints
};

// Writes `folder/step-N` durably. FileError when it cannot; what was there before stays as it was.
void write_checkpoint(const std::string& folder, const Checkpoint& c);
// Reads and verifies one checkpoint directory. FileError: what is damaged, expected and found.
Checkpoint read_checkpoint(const std::string& path);
// The checkpoints of a folder, oldest first; unfinished ones (from a crash while writing) do not count.
std::vector<std::string> list_checkpoints(const std::string& folder);
// The newest checkpoint that verifies, with a line in `problems` for each damaged one that was skipped. False when there is none.
bool newest_sound_checkpoint(const std::string& folder, Checkpoint& c, std::vector<std::string>& problems);
// The config of the newest checkpoint whose manifest is whole, and its step, without a look at the tensors; null when there is none.
Json noted_config(const std::string& folder, int64_t& step);
// Renames a damaged checkpoint, so that it no longer counts as one; the next prune_checkpoints() deletes it.
void set_aside_checkpoint(const std::string& path);
// Deletes all but the two newest, the one called `best` (a folder's name; may be empty), what was set aside and leftovers of crashes.
void prune_checkpoints(const std::string& folder, const std::string& best);
std::string checkpoint_name(int64_t step);

}  // namespace cairn
