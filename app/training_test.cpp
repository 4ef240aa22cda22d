// A training through the program's own function: what it makes durable, and what not.
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include <app/training.h>
#include <cairn/base/text.h>
#include <tests/helpers/recording_disk.h>
#include <tests/helpers/small_data.h>

namespace cairn {
namespace {

// The log of a run of one epoch.
std::vector<DiskOperation> log_of(const std::string& data) {
  TempFolder folder;
  put_pictures(folder, 60, 20);
  setenv("CAIRN_DATA_MIRROR", (folder / "mirror").c_str(), 1);
  RecordingDisk recorder(folder.path());
  {
    UseDisk use(recorder);
    auto recipe = recipe_for(find_recipe("softmax"), data);
    recipe->train.epochs = 1;
    GlobalOptions options;
    options.json = true;
    Session session(options);
    const Setup setup = prepare(*recipe, 1);
    Run run = Run::create(folder / "runs", "softmax", "one", config_text(*recipe, 1), environment_of(setup, 1));
    EXPECT_EQ(train_run(session, run, *recipe, setup, 1, false), 0);
  }
  unsetenv("CAIRN_DATA_MIRROR");
  return recorder.log();
}

TEST(TrainRun, syncs_what_cannot_be_made_again_and_nothing_else) {
  for (const char* data : {"iris", "mnist"}) {
    SCOPED_TRACE(data);
    std::set<std::string> synced, written;
    int syncs = 0;
    for (const DiskOperation& o : log_of(data)) {
      const std::string file = o.path.substr(0, o.path.find(".tmp-"));
      if (o.kind == DiskOperation::create || o.kind == DiskOperation::append) written.insert(file);
      if (o.kind == DiskOperation::sync || o.kind == DiskOperation::sync_folder) synced.insert(file), syncs++;
    }
    for (const char* file : {"config.toml", "environment.json", "features.json", "metrics.jsonl", "model.safetensors"})
      EXPECT_TRUE(synced.count("runs/one/" + std::string(file))) << file;
    for (const std::string& file : written) {
      const bool again = file.starts_with("runs/one/samples/") || file == "runs/one/test.json";
      EXPECT_EQ(synced.count(file), again ? 0u : 1u) << file;
    }
    EXPECT_TRUE(written.count("runs/one/test.json") && written.count("runs/one/samples/loss.svg"));
    EXPECT_FALSE(synced.count("runs/one/samples"));
    std::printf("%d syncs in a run of one epoch on %s\n", syncs, data);
  }
}

}  // namespace
}  // namespace cairn
