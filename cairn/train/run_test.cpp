// A run's directory: names, the lock, metrics that a crash tore.
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/train/run.h>
#include <tests/helpers/recording_disk.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

namespace fs = std::filesystem;
using Folder = cairn::Run;  // GoogleTest has a Run of its own

const Json environment = Json::object({{"threads", 2}, {"seed", 7}});
Folder make(const TempFolder& folder, const std::string& name, const std::string& recipe = "mlp") {
  return Folder::create(folder / "runs", recipe, name, "epochs = 3\n", environment);
}
// What the Error says that f throws, if it throws one.
template <class F> std::string error_text(F f) {
  try {
    f();
  } catch (const Error& e) { return e.what(); }
  return "";
}

TEST(Run, HasItsConfigItsEnvironmentAndItsFolders) {
  TempFolder folder;
  Folder run = make(folder, "first");
  EXPECT_EQ(run.path(), folder / "runs/first");
  EXPECT_EQ(run.name(), "first");
  EXPECT_EQ(run.recipe(), "mlp");
  EXPECT_EQ(run.config_toml(), "# recipe: mlp\nepochs = 3\n");
  EXPECT_EQ(run.environment(), environment);
  EXPECT_TRUE(fs::is_directory(run.checkpoints()));
  EXPECT_TRUE(fs::is_directory(run.samples()));
  EXPECT_FALSE(run.finished());
}

TEST(Run, WithoutANameTakesTheNextNumber) {
  TempFolder folder;
  EXPECT_EQ(make(folder, "").name(), "mlp-1");
  Folder second = make(folder, "");
  EXPECT_EQ(second.name(), "mlp-2");
  EXPECT_EQ(make(folder, "", "softmax").name(), "softmax-1");
  fs::remove_all(folder / "runs/mlp-1");
  EXPECT_EQ(make(folder, "").name(), "mlp-1");
  EXPECT_EQ(Folder::list(folder / "runs").size(), 3u);
}

TEST(Run, NamesStayBelowTheRunsFolder) {
  TempFolder folder;
  for (const char* bad : {"../x", "/tmp/x", "a/b", "..", ".", ".hidden", "-x", "--name", "a b", "a\nb", "a\\b", "\xC3\xA4", "a:b"}) {
    EXPECT_THROW(make(folder, bad), ConfigError) << bad;
    EXPECT_FALSE(fs::exists(folder / "x"));
  }
  EXPECT_THROW(make(folder, std::string(101, 'a')), ConfigError);
  EXPECT_EQ(make(folder, std::string(100, 'a')).name().size(), 100u);
  EXPECT_THROW(Folder::create("", "mlp", "x", "", environment), ConfigError);
  EXPECT_FALSE(fs::exists(folder / "runs/..x"));
}

TEST(Run, ATakenNameIsAnErrorThatSaysWhatToDo) {
  TempFolder folder;
  { Folder run = make(folder, "a"); }
  const std::string text = error_text([&] { make(folder, "a"); });
  EXPECT_NE(text.find("exists already"), std::string::npos) << text;
  EXPECT_NE(text.find("cairn resume a"), std::string::npos) << text;
  folder.put("runs/mine/letter.txt", "not a run");
  EXPECT_NE(error_text([&] { make(folder, "mine"); }).find("is not a run"), std::string::npos);
  folder.put("runs/file", "text");
  EXPECT_NE(error_text([&] { make(folder, "file"); }), "");
  EXPECT_EQ(read_file(folder / "runs/file"), "text");
}

TEST(Run, IsFoundByNameOrPathAndNearNamesAreOffered) {
  TempFolder folder;
  { Folder run = make(folder, "fashion"); }
  EXPECT_EQ(Folder::open(folder / "runs", "fashion", false).name(), "fashion");
  EXPECT_EQ(Folder::open(folder / "elsewhere", folder / "runs/fashion/", false).name(), "fashion");
  const std::string text = error_text([&] { Folder::open(folder / "runs", "fashon", false); });
  EXPECT_NE(text.find("Did you mean 'fashion'?"), std::string::npos) << text;
  EXPECT_THROW(Folder::open(folder / "runs", "", false), FileError);
  EXPECT_THROW(Folder::open(folder / "runs", "..", false), FileError);
  EXPECT_THROW(Folder::open(folder / "runs", folder / "runs", false), FileError);
  EXPECT_THROW(Folder::open(folder / "runs", std::string("a\0b", 3), false), FileError);
}

TEST(Run, OnlyOneProcessTrainsInIt) {
  TempFolder folder;
  Folder run = make(folder, "busy");
  const pid_t child = fork();
  if (child == 0) {
    int code = 0;
    try {
      Folder::open(folder / "runs", "busy", true);
    } catch (const StateError& e) { code = std::string(e.what()).find("another process is training") != std::string::npos ? 11 : 12; } catch (...) {
      code = 13;
    }
    _exit(code);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 11);
  EXPECT_EQ(Folder::open(folder / "runs", "busy", false).name(), "busy") << "reading needs no lock";
}

TEST(Run, TheLockEndsWithTheProcess) {
  TempFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    Folder run = make(folder, "killed");
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(Folder::open(folder / "runs", "killed", true).name(), "killed");
}

TEST(Run, MetricsAreLinesAndATornOneIsLeftOut) {
  TempFolder folder;
  Folder run = make(folder, "m");
  EXPECT_TRUE(run.metrics().empty());
  for (int i = 1; i <= 3; i++) run.append_metrics(Json::object({{"event", "epoch"}, {"epoch", i}}));
  const uint64_t length = run.sync_metrics();
  EXPECT_EQ(length, file_size(run.path() + "/metrics.jsonl"));
  const std::string whole = read_file(run.path() + "/metrics.jsonl");
  folder.put("runs/m/metrics.jsonl", whole + "{\"event\":\"ep");
  ASSERT_EQ(run.metrics().size(), 3u);
  EXPECT_EQ(run.metrics()[2].at("epoch").as_int(), 3);
  run.cut_metrics(length);
  EXPECT_EQ(read_file(run.path() + "/metrics.jsonl"), whole);
  EXPECT_THROW(run.cut_metrics(length + 1), FileError);
}

TEST(Run, DamagedMetricsNameTheLineAndAreNoEnd) {
  TempFolder folder;
  Folder run = make(folder, "m");
  const std::string end = "{\"event\":\"end\",\"test_loss\":1.0}\n";
  folder.put("runs/m/metrics.jsonl", end);
  EXPECT_TRUE(run.finished());
  folder.put("runs/m/metrics.jsonl", "{\"event\":\"step\"}\n" + end.substr(0, end.size() - 1));
  EXPECT_FALSE(run.finished()) << "its line end was not written";
  for (const std::string& bad :
       {std::string("\0\0\0\n", 4), std::string("42\n"), std::string("{\"epoch\":1}\n"), std::string("\n"), std::string("{\n")}) {
    folder.put("runs/m/metrics.jsonl", "{\"event\":\"step\"}\n" + bad);
    EXPECT_FALSE(run.finished());
    EXPECT_NE(error_text([&] { run.metrics(); }).find("metrics.jsonl line 2"), std::string::npos) << error_text([&] { run.metrics(); });
  }
}

TEST(Run, DamagedFilesAreErrorsThatNameThem) {
  TempFolder folder;
  Folder run = make(folder, "d");
  folder.put("runs/d/config.toml", "epochs = 3\n");
  EXPECT_NE(error_text([&] { run.recipe(); }).find("config.toml: line 1"), std::string::npos);
  for (const char* bad : {"", "[1]", "{", "3"}) {
    folder.put("runs/d/environment.json", bad);
    EXPECT_NE(error_text([&] { run.environment(); }).find("environment.json"), std::string::npos) << bad;
  }
}

TEST(Run, EnvironmentsAreComparedEntryByEntry) {
  const Json then = Json::object({{"threads", 2}, {"cpu", "A"}, {"data", Json::object({{"iris.csv", "00"}})}});
  const Json now = Json::object({{"threads", 1}, {"cpu", "A"}, {"data", Json::object({{"iris.csv", "11"}})}, {"new", 1}});
  EXPECT_EQ(environment_differences(then, now), (std::vector<std::string>{"threads: 2 then, 1 now", "data/iris.csv: 00 then, 11 now"}));
  EXPECT_TRUE(environment_differences(environment_now(3), environment_now(3)).empty());
}

TEST(Run, ACreatedRunSurvivesAPowerCut) {
  TempFolder folder;
  RecordingDisk recorder(folder.path());
  {
    UseDisk use(recorder);
    Folder run = Folder::create(folder / "deep/er/runs", "mlp", "r", "epochs = 3\n", environment);
  }
  for (Crash crash : all_crashes()) {
    TempFolder remains;
    recorder.replay(recorder.log().size(), crash, remains.path());
    const Folder run = Folder::open(remains / "deep/er/runs", "r", false);
    EXPECT_EQ(run.recipe(), "mlp");
    EXPECT_EQ(run.environment(), environment);
    EXPECT_TRUE(fs::is_directory(run.checkpoints()));
  }
}

TEST(Run, AFailingDiskIsAFileErrorAndANameCanBeTriedAgain) {
  for (size_t at = 1;; at++) {
    TempFolder folder;
    FaultyDisk faulty(at);
    std::string message;
    {
      UseDisk use(faulty);
      message = error_text([&] { make(folder, "r"); });
    }
    if (!faulty.failed()) {
      EXPECT_GT(at, 10u);
      break;
    }
    EXPECT_NE(message.find("no space left on device"), std::string::npos) << "call " << at << ": " << message;
    if (!fs::exists(folder / "runs/r/config.toml")) { EXPECT_EQ(make(folder, "r").recipe(), "mlp") << "call " << at; }
  }
}

}  // namespace
}  // namespace cairn
