// Checkpoints: exact, whole or not there at all, and never trusted when one byte of them differs.
#include <gtest/gtest.h>

#include <filesystem>
#include <limits>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/tensor/tensor.h>
#include <cairn/train/checkpoint.h>
#include <tests/helpers/in_memory.h>
#include <tests/helpers/recording_disk.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

namespace fs = std::filesystem;

class CheckpointTest : public ::testing::Test {
  InMemory in_memory_;
};

Checkpoint sample(int64_t step) {
  Checkpoint c;
  c.step = step;
  const std::vector<float> weights = {1.5f, -0.0f, 1e-42f, std::numeric_limits<float>::infinity(), float(step)};
  const std::vector<int64_t> counts = {step, -1, std::numeric_limits<int64_t>::max()};
  c.parts["model"].tensors["layer.0.weight"] = from_vector(weights);
  c.parts["optimizer"].tensors["counts"] = from_vector(counts);
  c.parts["optimizer"].values = Json::object({{"lr", 0.1}, {"tiny", 4.9e-324}, {"big", Json(~uint64_t{0})}, {"text", "ü\n"}});
  c.parts["empty"];
  c.progress = Json::object({{"epoch", 3}, {"loss", 1.0 / 3}, {"zero", -0.0}, {"unknown", std::numeric_limits<double>::infinity()}});
  return c;
}

std::string text_of(const Checkpoint& c) {
  std::string text = std::to_string(c.step) + c.progress.dump();
  for (const auto& [part, state] : c.parts) {
    text += "\n" + part + state.values.dump();
    for (const auto& [path, t] : state.tensors)
      text += "\n" + path + t.shape().str() + std::string(static_cast<const char*>(t.array().raw()), size_t(t.numel() * size_of(t.dtype())));
  }
  return text;
}

// Step and number of problems; -1 when there is none.
std::pair<int64_t, size_t> newest(const std::string& folder) {
  Checkpoint c;
  std::vector<std::string> problems;
  const bool found = newest_sound_checkpoint(folder, c, problems);
  if (found) { EXPECT_EQ(text_of(c), text_of(sample(c.step))); }
  return {found ? c.step : -1, problems.size()};
}

TEST_F(CheckpointTest, ReadsBackTheSameBits) {
  TempFolder folder;
  write_checkpoint(folder / "c", sample(12));
  EXPECT_EQ(text_of(read_checkpoint(folder / "c/step-000000012")), text_of(sample(12)));
  EXPECT_EQ(checkpoint_name(12), "step-000000012");
}

TEST_F(CheckpointTest, KnowsWhatTheTrainingWasAskedForAndMayNot) {
  TempFolder folder;
  int64_t step = -1;
  EXPECT_TRUE(noted_config(folder.path(), step).is_null());
  EXPECT_EQ(step, -1);
  write_checkpoint(folder.path(), sample(3));  // as an older program wrote it
  EXPECT_TRUE(noted_config(folder.path(), step).is_null());
  EXPECT_EQ(step, 3);
  EXPECT_TRUE(read_checkpoint(folder / "step-000000003").config.is_null());
  EXPECT_EQ(read_file(folder / "step-000000003/manifest.json").find("config"), std::string::npos);

  Checkpoint c = sample(4);
  c.config = Json::object({{"lr", 0.1}, {"hidden", 128}, {"data", "m\u00e4n.csv"}});
  write_checkpoint(folder.path(), c);
  EXPECT_EQ(read_checkpoint(folder / "step-000000004").config.dump(), c.config.dump());
  EXPECT_EQ(noted_config(folder.path(), step).dump(), c.config.dump());
  EXPECT_EQ(step, 4);
  // One whose manifest is damaged is passed over.
  c.step = 5;
  c.config = Json::object({{"lr", 0.2}});
  write_checkpoint(folder.path(), c);
  std::string text = read_file(folder / "step-000000005/manifest.json");
  text.replace(text.find("0.2"), 3, "0.3");
  folder.put("step-000000005/manifest.json", text);
  EXPECT_EQ(noted_config(folder.path(), step).at("lr"), Json(0.1));
  EXPECT_EQ(step, 4);
}

TEST_F(CheckpointTest, OneFlippedBitAnywhereIsSeen) {
  TempFolder folder;
  const std::string written = text_of(sample(7));
  write_checkpoint(folder.path(), sample(7));
  for (const char* name : {"manifest.json", "state.safetensors"}) {
    const std::string path = folder / ("step-000000007/" + std::string(name)), good = read_file(path);
    size_t refused = 0;
    for (size_t i = 0; i < good.size(); i++)
      for (int bit : {0, 4, 7}) {
        std::string bad = good;
        bad[i] = char(bad[i] ^ (1 << bit));
        folder.put("step-000000007/" + std::string(name), bad);
        try {
          // A blank of the manifest may become another blank; what is read must be what was written.
          EXPECT_EQ(text_of(read_checkpoint(folder / "step-000000007")), written) << name << " byte " << i << " bit " << bit;
        } catch (const Error& e) {
          refused++;
          EXPECT_NE(std::string(e.what()).find(folder.path()), std::string::npos) << e.what();
        }
      }
    EXPECT_GT(refused, good.size() * 2) << name;
    folder.put("step-000000007/" + std::string(name), good);
  }
  EXPECT_EQ(newest(folder.path()).first, 7);
}

TEST_F(CheckpointTest, EveryTruncationIsSeen) {
  TempFolder folder;
  write_checkpoint(folder.path(), sample(7));
  for (const char* name : {"manifest.json", "state.safetensors"}) {
    const std::string file = "step-000000007/" + std::string(name), good = read_file(folder / file);
    for (size_t length = 0; length < good.size(); length++) {
      folder.put(file, good.substr(0, length));
      EXPECT_THROW(read_checkpoint(folder / "step-000000007"), FileError) << name << " cut to " << length;
    }
    fs::remove(folder / file);
    EXPECT_THROW(read_checkpoint(folder / "step-000000007"), FileError) << name;
    folder.put(file, good + " ");
    if (std::string(name) == "state.safetensors") { EXPECT_THROW(read_checkpoint(folder / "step-000000007"), FileError); }
    folder.put(file, good);
  }
}

TEST_F(CheckpointTest, ForgedManifestsAreRefusedWithAMessage) {
  TempFolder folder;
  for (const char* text : {"", "null", "[]", "{}", "{\"format\":2,\"sha256\":\"\"}", "{\"format\":\"x\",\"sha256\":1}",
                           "{\"format\":1,\"sha256\":\"00\"}", "\xff\xfe"}) {
    folder.put("step-000000001/manifest.json", text);
    EXPECT_THROW(read_checkpoint(folder / "step-000000001"), FileError) << text;
  }
}

TEST_F(CheckpointTest, ADamagedOneIsSkippedWithALineAndTheOlderOneUsed) {
  TempFolder folder;
  for (int64_t step : {9, 10, 200}) write_checkpoint(folder.path(), sample(step));
  EXPECT_EQ(newest(folder.path()), (std::pair<int64_t, size_t>(200, 0)));
  fs::remove(folder / "step-000000200/state.safetensors");
  folder.put("step-000000300", "a file, not a folder");
  Checkpoint c;
  std::vector<std::string> problems;
  ASSERT_TRUE(newest_sound_checkpoint(folder.path(), c, problems));
  EXPECT_EQ(c.step, 10);
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_NE(problems[0].find("step-000000300"), std::string::npos) << problems[0];
  EXPECT_NE(problems[1].find("step-000000200/state.safetensors: missing"), std::string::npos) << problems[1];
  EXPECT_EQ(newest(folder / "nowhere"), (std::pair<int64_t, size_t>(-1, 0)));
}

TEST_F(CheckpointTest, PruningKeepsTheTwoNewestAndTheBestAndTidiesUp) {
  TempFolder folder;
  for (int64_t step : {1, 2, 3, 4, 1000000000, 1000000001}) write_checkpoint(folder.path(), sample(step));
  folder.put(".writing-step-000000009/state.safetensors", "half");
  set_aside_checkpoint(folder / "step-000000004");
  prune_checkpoints(folder.path(), "step-000000002");
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator(folder.path())) left.push_back(entry.path().filename());
  std::sort(left.begin(), left.end());
  EXPECT_EQ(left, (std::vector<std::string>{"step-000000002", "step-1000000000", "step-1000000001"}));
  EXPECT_EQ(list_checkpoints(folder.path()).back(), folder / "step-1000000001");
}

// Steps 1 to 5 with pruning between; 4 is written twice, as by a run that went on from an older one.
constexpr int64_t steps[] = {1, 2, 3, 4, 4, 5};
void write_several(const std::string& folder, const std::function<void(int64_t)>& wrote = {}) {
  for (int64_t step : steps) {
    write_checkpoint(folder, sample(step));
    if (wrote) wrote(step);
    prune_checkpoints(folder, "step-000000001");
  }
}

TEST_F(CheckpointTest, APowerCutAtAnyMomentLeavesEachFinishedOneOrANewerOne) {
  TempFolder folder;
  RecordingDisk recorder(folder.path());
  std::vector<std::pair<size_t, int64_t>> durable;  // from this operation on, this step is safe
  {
    UseDisk use(recorder);
    write_several(folder / "checkpoints", [&](int64_t step) { durable.push_back({recorder.log().size(), step}); });
  }
  size_t cases = 0;
  for (size_t n = 0; n <= recorder.log().size(); n++) {
    int64_t least = -1;
    for (auto [operations, step] : durable)
      if (operations <= n) least = step;
    // While 4 is written a second time its first copy is out of the way; 3 is what the run went on from.
    if (least == 4) least = 3;
    for (Crash crash : all_crashes()) {
      TempFolder remains;
      recorder.replay(n, crash, remains.path());
      const auto [step, problems] = newest(remains / "checkpoints");
      EXPECT_GE(step, least) << "after operation " << n << " (" << (n ? describe(recorder.log()[n - 1]) : "none") << ")";
      EXPECT_EQ(problems, 0u) << "a crash is no damage: after operation " << n << " (" << (n ? describe(recorder.log()[n - 1]) : "none") << ")";
      cases++;
    }
  }
  EXPECT_GT(cases, 300u);
}

TEST_F(CheckpointTest, AFailureAtAnyCallSaysSoAndLeavesTheOlderOnes) {
  for (const bool stays_full : {false, true})
    for (size_t at = 1;; at++) {
      TempFolder folder;
      write_checkpoint(folder.path(), sample(1));
      write_checkpoint(folder.path(), sample(2));
      FaultyDisk faulty(at, stays_full);
      std::string message;
      {
        UseDisk use(faulty);
        try {
          write_checkpoint(folder.path(), sample(3));
          prune_checkpoints(folder.path(), "");
        } catch (const FileError& e) { message = e.what(); }
      }
      if (!faulty.failed()) {
        EXPECT_GT(at, 10u);
        break;
      }
      if (message.empty()) {  // only tidying up may fail unheard
        EXPECT_EQ(newest(folder.path()).first, 3) << "call " << at;
      } else {
        EXPECT_NE(message.find("no space left on device"), std::string::npos) << message;
        EXPECT_GE(newest(folder.path()).first, 2) << "call " << at << ": " << message;
      }
      EXPECT_EQ(newest(folder.path()).second, 0u) << "call " << at;
      // With room again, the next one can be written, and nothing of the failure is left.
      write_checkpoint(folder.path(), sample(4));
      prune_checkpoints(folder.path(), "");
      EXPECT_EQ(newest(folder.path()).first, 4);
      for (const auto& entry : fs::directory_iterator(folder.path())) EXPECT_EQ(entry.path().filename().string()[0], 's') << entry.path();
    }
}

}  // namespace
}  // namespace cairn
