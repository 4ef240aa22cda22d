// The program, killed by SIGKILL at random moments and resumed until it has finished: the same weights and the same metrics as the run
// that nobody touched. 20 kills; 200 with CAIRN_LONG=1.
#include <gtest/gtest.h>

#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <sstream>

#include <cairn/base/disk.h>
#include <cairn/base/json.h>
#include <cairn/base/random.h>
#include <cairn/base/system.h>
#include <cairn/train/checkpoint.h>
#include <tests/helpers/in_memory.h>
#include <tests/helpers/process.h>
#include <tests/helpers/small_data.h>

namespace cairn {
namespace {

namespace fs = std::filesystem;

class Kill : public ::testing::Test {
 protected:
  void SetUp() override {
    put_pictures(folder);
    options.folder = folder.path();
    options.environment = {{"CAIRN_DATA_MIRROR", folder / "mirror"}, {"CAIRN_CACHE", folder / "cache"}, {"CAIRN_RUNS", ""}};
  }
  ProcessResult cairn(std::vector<std::string> words, ProcessOptions o) {
    words.insert(words.begin(), program);
    return run_process(words, o);
  }
  ProcessResult cairn(std::vector<std::string> words) { return cairn(std::move(words), options); }
  std::vector<std::string> train(const std::string& name, int epochs) {
    return {"train",
            "mlp",
            "--data",
            "mnist",
            "--name",
            name,
            "--epochs",
            std::to_string(epochs),
            "--batch-size",
            "16",
            "--checkpoint-every",
            "5",
            "--schedule",
            "one-cycle",
            "--ema",
            "0.99",
            "--accumulate",
            "2",
            "--patience",
            "1000",
            "--seed",
            "9",
            "--threads",
            "1",
            "--json"};
  }
  std::string model(const std::string& name) { return read_file(folder / ("runs/" + name + "/model.safetensors")); }
  // The metrics without what the clock, the memory and the name say.
  std::string metrics(const std::string& name) {
    std::string text;
    std::istringstream in(read_file(folder / ("runs/" + name + "/metrics.jsonl")));
    for (std::string line; std::getline(in, line);) {
      Json::Object kept;
      const Json whole = Json::parse(line);
      for (const auto& member : whole.as_object())
        if (member.first.find("seconds") == std::string::npos && member.first != "peak_memory_mib" && member.first != "run") kept.push_back(member);
      text += Json(kept).dump() + "\n";
    }
    return text;
  }
  static Json event(const std::string& out, const std::string& name) {
    std::istringstream in(out);
    for (std::string line; std::getline(in, line);)
      if (Json j = Json::parse(line); j.at("event") == Json(name)) return j;
    return nullptr;
  }
  InMemory in_memory;
  TempFolder folder;
  ProcessOptions options;
};

TEST_F(Kill, AtRandomMomentsTheResumedRunIsTheSameRun) {
  const int kills = env("CAIRN_LONG") == "1" ? 200 : 20, epochs = 40;
  const ProcessResult whole = cairn(train("whole", epochs));
  ASSERT_EQ(whole.code, 0) << whole.out << whole.err;
  const double seconds = event(whole.out, "end").at("seconds").as_double();

  Random random(env("CAIRN_LONG") == "1" ? uint64_t(getpid()) : 17);
  int killed = 0, finished = 0, resumed_late = 0;
  for (int number = 0; killed < kills; number++) {
    const std::string name = "cut-" + std::to_string(number);
    std::vector<std::string> words = train(name, epochs);
    int64_t last = 0;
    for (;;) {
      ProcessOptions o = options;
      o.kill_after_ms = int(random.uniform() * 1000 * (seconds + 0.02));
      // The first life reaches a checkpoint: the first epoch's line is printed before it is written, the second's after.
      if (words[0] == "train") o.when = "\"epoch\":2,";
      const ProcessResult r = cairn(words, killed < kills ? o : options);
      if (r.signal == SIGKILL) killed++;
      else ASSERT_EQ(r.code, 0) << r.out << r.err;
      EXPECT_EQ(r.err, "");
      if (words[0] == "resume" && r.out.find("\"resumed_at\"") != std::string::npos) {
        const int64_t at = event(r.out.substr(0, r.out.rfind('\n') + 1), "resume").at("resumed_at").as_int();
        EXPECT_GE(at, last) << "no life goes back behind the checkpoint that another one found";
        EXPECT_GE(at, 24) << "the first epoch's end";
        resumed_late += at > 24;
        last = at;
      }
      if (r.code == 0) break;
      words = {"resume", name, "--json"};
    }
    EXPECT_EQ(model(name), model("whole")) << name;
    EXPECT_EQ(metrics(name), metrics("whole")) << name;
    for (const auto& entry : fs::directory_iterator(folder / ("runs/" + name)))
      EXPECT_EQ(entry.path().filename().string().find(".tmp-"), std::string::npos) << entry.path() << ": what a killed writer left should go";
    finished++;
  }
  std::printf("%d kills in %d runs, %d resumes behind the first epoch\n", killed, finished, resumed_late);
  EXPECT_GT(resumed_late, kills / 10);
}

TEST_F(Kill, CtrlCSavesAndSaysHowToGoOn) {
  ASSERT_EQ(cairn(train("whole", 40)).code, 0);
  ProcessOptions o = options;
  o.signal = SIGINT;
  o.when = "\"epoch\":2,";
  o.kill_after_ms = 0;
  const ProcessResult stopped = cairn(train("stopped", 40), o);
  ASSERT_EQ(stopped.code, 130) << stopped.out << stopped.err;
  const Json event_ = event(stopped.out, "interrupted");
  ASSERT_FALSE(event_.is_null()) << stopped.out;
  EXPECT_EQ(event_.at("resume").as_string(), "cairn resume stopped");
  const ProcessResult resumed = cairn({"resume", "stopped", "--json"});
  ASSERT_EQ(resumed.code, 0) << resumed.err;
  EXPECT_EQ(event(resumed.out, "resume").at("resumed_at").as_int(), event_.at("step").as_int()) << "nothing is repeated";
  EXPECT_EQ(model("stopped"), model("whole"));
  EXPECT_EQ(metrics("stopped"), metrics("whole"));
  // In words, with the runs elsewhere: the command can be pasted.
  std::vector<std::string> words = train("words", 400);
  words.back() = "--runs";
  words.push_back(folder / "other");
  o.when = "epoch 2/";
  const ProcessResult said = cairn(words, o);
  EXPECT_EQ(said.code, 130);
  EXPECT_NE(said.out.find("`cairn resume words --runs " + (folder / "other") + "` goes on from here"), std::string::npos) << said.out;
}

TEST_F(Kill, BeforeTheFirstCheckpointTheRunStartsFromTheBeginning) {
  ASSERT_EQ(cairn(train("whole", 3)).code, 0);
  ASSERT_EQ(cairn(train("early", 3)).code, 0);
  fs::remove_all(folder / "runs/early/checkpoints");
  fs::remove(folder / "runs/early/model.safetensors");
  folder.put("runs/early/metrics.jsonl", "{\"event\":\"st");
  const ProcessResult none = cairn({"eval", "early"});
  EXPECT_EQ(none.code, 1);
  EXPECT_NE(none.err.find("`cairn resume early`"), std::string::npos) << none.err;
  const ProcessResult r = cairn({"resume", "early", "--json"});
  ASSERT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(event(r.out, "resume").at("resumed_at").as_int(), 0);
  EXPECT_EQ(model("early"), model("whole"));
  EXPECT_EQ(metrics("early"), metrics("whole"));
}

TEST_F(Kill, AnotherEnvironmentIsSaid) {
  ASSERT_EQ(cairn(train("r", 3)).code, 0);
  const std::string path = "runs/r/environment.json";
  Json environment = Json::parse(read_file(folder / path));
  environment["kernels"] = "an abacus";
  folder.put(path, environment.dump());
  folder.put("runs/r/metrics.jsonl",
             read_file(folder / "runs/r/metrics.jsonl").substr(0, read_file(folder / "runs/r/metrics.jsonl").find("{\"event\":\"end\"")));
  const ProcessResult r = cairn({"resume", "r", "--json", "--threads", "2"});
  ASSERT_EQ(r.code, 0) << r.err;
  const std::string list = event(r.out, "environment").at("differences").dump();
  EXPECT_NE(list.find("kernels: an abacus then, "), std::string::npos) << list;
  EXPECT_NE(list.find("threads: 1 then, 2 now"), std::string::npos) << list;
}

TEST_F(Kill, AFileThatCannotGrowIsAnErrorAndTheOlderCheckpointServes) {
  ASSERT_EQ(cairn(train("whole", 3)).code, 0);
  // A limit on the size of files stands in for a full disk: the weights and moments do not fit, or the metrics do not.
  for (long limit : {0l, 500l, 2000l, 20000l, 60000l}) {
    const std::string name = "limit-" + std::to_string(limit);
    ProcessOptions o = options;
    o.file_limit = limit;
    const ProcessResult r = cairn(train(name, 3), o);
    EXPECT_EQ(r.code, 1) << limit << r.out << r.err << " signal " << r.signal;
    const Json error = event(r.out, "error");
    ASSERT_FALSE(error.is_null()) << r.out;
    EXPECT_EQ(error.at("type").as_string(), "FileError");
    EXPECT_NE(error.at("message").as_string().find("cannot write"), std::string::npos) << error.dump();
    for (const char* temporary : {".tmp-", ".writing-"})
      EXPECT_EQ(error.at("message").as_string().find(temporary), std::string::npos) << "a file that nobody knows: " << error.dump();
    if (!fs::exists(folder / ("runs/" + name + "/config.toml"))) continue;
    const ProcessResult again = cairn({"resume", name, "--json"});
    ASSERT_EQ(again.code, 0) << again.out << again.err;
    EXPECT_EQ(model(name), model("whole"));
    EXPECT_EQ(metrics(name), metrics("whole"));
  }
}

}  // namespace
}  // namespace cairn
