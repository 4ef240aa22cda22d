// The verbs that measure, check and fetch, from outside: what they print, never how long it took. And what a program at the other end of a
// pipe, a narrow terminal and odd tables get to see.
#include <algorithm>
#include <set>

#include <cairn/base/disk.h>
#include <cairn/io/csv.h>
#include <tests/helpers/cli.h>
#include <tests/helpers/io_files.h>

namespace cairn {
namespace {

class CliTools : public Cli {
 protected:
  static std::vector<Json> lines(const Words& words, const ProcessOptions& o = options) {
    Words json = words;
    json.push_back("--json");
    const ProcessResult r = cairn(json, o);
    EXPECT_EQ(r.code, 0) << shown(json) << r.out << r.err;
    EXPECT_EQ(r.err, "");
    std::vector<Json> list;
    std::istringstream in(r.out);
    for (std::string line; std::getline(in, line);) list.push_back(Json::parse(line));
    EXPECT_FALSE(list.empty()) << shown(json);
    if (list.empty()) list.push_back(Json::object());
    return list;
  }
  static void has_numbers(const Json& object, const Words& keys) {
    for (const std::string& key : keys) {
      const Json* value = object.find(key);
      ASSERT_TRUE(value) << "no '" << key << "' in " << object.dump();
      EXPECT_TRUE(value->is_number()) << key << ": " << value->dump();
    }
  }
};

TEST_F(CliTools, BenchGivesTheKeysOfTheOtherSide) {
  const Json training = lines({"bench", "--workload", "mlp", "--steps", "2", "--threads", "1"})[0];
  EXPECT_EQ(training.at("workload").as_string(), "mlp");
  EXPECT_EQ(training.at("threads").as_int(), 1);
  EXPECT_EQ(training.at("steps").as_int(), 2);
  EXPECT_EQ(training.at("params").as_int(), 784 * 128 + 128 + 128 * 10 + 10);
  has_numbers(training, {"steps_per_s", "median_step_ms", "gflop_per_step", "gflops", "peak_rss_mib", "first_step_s", "loss"});
  const Json forward = lines({"bench", "--infer", "--calls", "3"})[0];
  EXPECT_EQ(forward.at("infer").as_string(), "mlp");
  has_numbers(forward, {"calls", "p50_us", "p99_us", "min_us", "params"});
  const ProcessResult words = cairn({"bench", "--steps", "1"});
  EXPECT_EQ(words.code, 0) << words.err;
  EXPECT_NE(words.out.find("ms a step (median)"), std::string::npos) << words.out;
  refused({"bench", "--workload", "mpl"}, 2, {"'mpl'", "Did you mean 'mlp'?"});
  refused({"bench", "--workload", ""}, 2, {"''"});
  refused({"bench", "relu"}, 2, {"'relu'", "cairn bench --ops NAME"});
  refused({"bench", "--ops", "relu", "--precision", "bf16"}, 2, {"none of these ops has a case in mixed precision", "--ops conv2d"});
  refused({"bench", "--ops", "rleu"}, 2, {"'rleu'", "Did you mean 'relu'?"});
  refused({"bench", "--steps", "-1"}, 2, {"--steps must be between 0 and"});
}

TEST_F(CliTools, DoctorDescribesTheMachine) {
  const Json report = lines({"doctor", "--no-ceilings"})[0];
  EXPECT_EQ(report.at("event").as_string(), "doctor");
  has_numbers(report.at("machine"), {"cores", "threads", "memory_bytes", "memory_available_bytes", "disk_free_bytes"});
  EXPECT_GT(report.at("machine").at("disk_free_bytes").as_int(), 0);
  for (const char* key : {"cairn", "build", "backend", "kernels", "zlib", "libpng", "openssl"})
    EXPECT_FALSE(report.at("software").at(key).dump().empty()) << key;
  has_numbers(report.at("allocator"), {"in_use_bytes", "peak_bytes", "cached_bytes"});
  std::set<std::string> present;
  for (const Json& d : report.at("data").as_array())
    if (d.at("present").as_bool()) present.insert(d.at("name").as_string());
  EXPECT_TRUE(present.count("mnist") && present.count("iris"));
  EXPECT_FALSE(present.count("cifar10"));
  bool mended = false;
  for (const Json& p : report.at("problems").as_array()) mended |= p.at("mend").as_string() == "cairn data get cifar10";
  EXPECT_TRUE(mended) << report.at("problems").dump();
  const ProcessResult words = cairn({"doctor", "--no-ceilings", "--backend", "reference"});
  EXPECT_EQ(words.code, 0);
  for (const char* part : {"machine", "memory", "disk", "libraries", "cairn data get cifar10", "naive reference kernels"})
    EXPECT_NE(words.out.find(part), std::string::npos) << part << " in " << words.out;
  refused({"doctor", "who"}, 2, {"does not know what to do with 'who'"});
}

TEST_F(CliTools, GradcheckShowsEveryElement) {
  const std::vector<Json> events = lines({"gradcheck", "tanh", "one_hot"});
  EXPECT_EQ(events.back().at("event").as_string(), "end");
  EXPECT_EQ(events.back().at("ops").as_int(), 2);
  EXPECT_EQ(events.back().at("failed").size(), 0u);
  EXPECT_GT(events.back().at("derivatives").as_int(), 10);
  bool shown_elements = false, said_why = false;
  for (const Json& e : events) {
    if (e.at("event") == Json("sample") && e.at("elements").size()) {
      shown_elements = true;
      has_numbers(e.at("elements").as_array()[0], {"output", "input", "analytic", "numeric", "error"});
    }
    said_why |= e.find("no_gradient") && !e.at("no_gradient").as_string().empty();
  }
  EXPECT_TRUE(shown_elements);
  EXPECT_TRUE(said_why) << "one_hot has no gradient, and says why";
  const ProcessResult words = cairn({"gradcheck", "tanh"});
  EXPECT_NE(words.out.find("all gradients are right"), std::string::npos) << words.out;
  refused({"gradcheck", "tnah"}, 2, {"there is no op 'tnah'", "Did you mean 'tanh'?"});
}

TEST_F(CliTools, DataIsExplainedFetchedAndShown) {
  const Json mnist = lines({"data", "info", "mnist"})[0];
  for (const char* key : {"title", "description", "licence", "citation", "shape"}) EXPECT_FALSE(mnist.at(key).as_string().empty()) << key;
  EXPECT_TRUE(mnist.at("here").as_bool());
  EXPECT_EQ(mnist.at("classes").size(), 10u);
  ASSERT_EQ(mnist.at("files").size(), 4u);
  EXPECT_EQ(mnist.at("files").as_array()[0].at("sha256").as_string().size(), 64u);
  EXPECT_FALSE(lines({"data", "info", "cifar10"})[0].at("here").as_bool());

  EXPECT_TRUE(lines({"data", "get", "iris"})[0].at("folder").as_string().ends_with("/tables"));  // where it is, as it comes with Cairn
  EXPECT_FALSE(fs::exists(*folder / "cache/data/iris"));
  // The small pictures are no MNIST, and a copy that is not what it should be is not taken.
  refused({"data", "get", "mnist"}, 1, {"mirror/mnist/train-images-idx3-ubyte", "expected 47040016 bytes", "nothing was taken"});
  refused({"data", "get", "mnist", "--from", "nowhere"}, 1, {"nowhere holds neither mnist/train-images-idx3-ubyte.gz"});
  EXPECT_FALSE(fs::exists(*folder / "cache/data/mnist"));

  const Json preview = lines({"data", "preview", "mnist", "--count", "5", "--split", "test"})[0];
  EXPECT_EQ(preview.at("pictures").as_int(), 5);
  EXPECT_EQ(preview.at("file").as_string(), "mnist-preview.png");
  EXPECT_GT(load_image(*folder / "mnist-preview.png").width, 40);
  accepted({"data", "preview", "mnist", "--out", "grid.png"}, {"written: grid.png"});
  EXPECT_TRUE(fs::exists(*folder / "grid.png"));
  refused({"data", "preview", "iris"}, 2, {"iris is a table"});
  refused({"data", "preview", "mnist", "--split", "valid"}, 2, {"--split must be one of train, test"});
  refused({"data", "preview", "mnist", "--out", "/dev/null/x.png"}, 1, {"/dev/null/x.png"});
  refused({"data", "preview"}, 2, {"needs the name of a data set"});
  refused({"data", "fetch", "mnist"}, 2, {"`cairn data fetch`?"});
}

// A mirror with CIFAR-10 as pictures in an archive (here PNG in a plain tar, which the reader takes, too).
std::string picture_archive(size_t of_each) {
  const Words classes = {"airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"};
  std::string archive;
  for (const char* part : {"train", "test"})
    for (size_t k = 0; k < of_each; k++)
      for (size_t label = 0; label < classes.size(); label++) {
        const Image p{32, 32, 3, std::vector<uint8_t>(3072, uint8_t(20 * label + k))};
        archive += tar_entry(std::string("cifar/") + part + "/" + classes[label] + "/000" + std::to_string(k) + ".jpg", encode_png(p));
      }
  return archive + std::string(1024, '\0');
}

TEST_F(CliTools, ScoresOnTheJpegCopySaySo) {
  folder->put("jpeg/cifar10/cifar10-jpg.tar.zst", picture_archive(4));
  ProcessOptions o = options;
  o.environment["CAIRN_DATA_MIRROR"] = *folder / "jpeg";
  o.environment["CAIRN_LOG"] = "error";
  const ProcessResult words = cairn({"train", "softmax", "--data", "cifar10", "--epochs", "1", "--name", "jpeg"}, o);
  ASSERT_EQ(words.code, 0) << words.err;
  EXPECT_NE(words.out.find("(40 examples from the JPEG copy)"), std::string::npos) << words.out;
  EXPECT_NE(cairn({"eval", "jpeg"}, o).out.find("(40 examples from the JPEG copy)"), std::string::npos);
  EXPECT_NE(cairn({"runs"}, o).out.find("% from the JPEG copy"), std::string::npos);
  EXPECT_EQ(lines({"eval", "jpeg"}, o)[0].at("data_note").as_string(), "from the JPEG copy");
  const Json environment = Json::parse(read_file(*folder / "runs/jpeg/environment.json"));
  EXPECT_EQ(environment.at("data_note").as_string(), "from the JPEG copy");
  for (const char* name : {"train.bin", "test.bin"})
    EXPECT_EQ(environment.at("data").at("cifar10/from-jpeg/" + std::string(name)).as_string(),
              sha256_file(*folder / ("cache/data/cifar10/from-jpeg/" + std::string(name))));
  const std::vector<Json> json = lines({"train", "softmax", "--data", "cifar10", "--epochs", "1"}, o);
  EXPECT_EQ(json.back().at("data_note").as_string(), "from the JPEG copy");
  EXPECT_THAT(cairn({"data", "info", "cifar10"}, o).out,
              AllOf(HasSubstr("It is here, from the JPEG copy, not as the files above"), Not(HasSubstr("It is here."))));
  EXPECT_THAT(cairn({"data"}, o).out, HasSubstr("u8 (from the JPEG copy)\n"));
  EXPECT_EQ(lines({"data", "info", "cifar10"}, o)[0].at("data_note").as_string(), "from the JPEG copy");
  EXPECT_EQ(lines({"data", "info", "mnist"})[0].find("data_note"), nullptr);
  for (const char* name : {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"}) {
    folder->put("originals/cifar10/" + std::string(name), "");
    fs::resize_file(*folder / ("originals/cifar10/" + std::string(name)), 30730000);
  }
  const std::string original = cairn({"data", "info", "cifar10", "--from", "originals"}, o).out;
  EXPECT_THAT(original, AllOf(HasSubstr("It is here."), Not(HasSubstr("copy"))));
  fs::remove_all(*folder / "originals");
  EXPECT_EQ(cairn({"eval", "pictures"}).out.find("copy"), std::string::npos) << "only where there is something to say";
}

TEST_F(CliTools, DefaultsSuitTheData) {
  auto started = [&](const Words& words) {
    const std::vector<Json> events = lines(words);
    return events[0].at("epochs").as_int();
  };
  EXPECT_EQ(started({"train", "softmax", "--data", "mnist"}), 10);
  EXPECT_EQ(started({"train", "softmax", "--data", "iris"}), 50);
  EXPECT_EQ(started({"train", "softmax", "--epochs", "3", "--data", "iris"}), 3) << "a flag counts more than any default";
  EXPECT_EQ(started({"train", "mlp", "--data", "t.csv", "--target", "kind"}), 50);
  const std::string said = cairn({"recipes", "softmax"}).out;
  EXPECT_NE(said.find("defaults for a table"), std::string::npos) << said;
  EXPECT_NE(said.find("--epochs 50 --batch-size 32 --lr 0.01"), std::string::npos) << said;
  EXPECT_EQ(lines({"recipes", "softmax"})[0].at("defaults").as_array()[0].at("values").at("epochs").as_string(), "50");
  EXPECT_NE(cairn({"train", "softmax", "--data", "iris", "--help"}).out.find("(default 50; 1 to"), std::string::npos);
}

TEST_F(CliTools, ClassNamesWithCommasAreQuotedInTheTablesWeWrite) {
  std::string text = "a,kind\n";
  for (int i = 0; i < 40; i++) text += std::to_string(i % 2 * 10 + i) + (i % 2 ? ",\"large, \"\"very\"\"\"\n" : ",\"small, or so\"\n");
  folder->put("commas.csv", text);
  ASSERT_EQ(cairn({"train", "softmax", "--data", "commas.csv", "--target", "kind", "--epochs", "2", "--name", "commas"}).code, 0);
  const Table written = load_csv(*folder / "runs/commas/samples/predictions.csv");
  EXPECT_EQ(written.names(), (Words{"row", "truth", "prediction"}));
  EXPECT_EQ(written.rows(), 8);
  for (const std::string& c : written["truth"].categories) EXPECT_TRUE(c == "large, \"very\"" || c == "small, or so") << c;
}

TEST_F(CliTools, TablesWithSemicolonsAndTabsAreRead) {
  for (const auto& [name, separator] : {std::pair("semicolons.csv", ';'), std::pair("tabs.tsv", '\t')}) {
    std::string text = small_table();
    std::replace(text.begin(), text.end(), ',', separator);
    folder->put(name, text);
    const std::string run = std::string(name).substr(0, 4);
    accepted({"train", "softmax", "--data", name, "--target", "kind", "--epochs", "1", "--runs", std::string("separated-") + run}, {"accuracy"});
    ASSERT_EQ(cairn({"train", "softmax", "--data", name, "--target", "kind", "--epochs", "2", "--name", run}).code, 0);
    EXPECT_EQ(read_file(*folder / "runs/" + run + "/model.safetensors"), read_file(*folder / "runs/table/model.safetensors"))
        << "the same rows give the same model";
    accepted({"predict", run, name, "--top", "1"}, {"row 60:"});
  }
}

TEST_F(CliTools, NamesFromFilesCannotCommandTheTerminal) {
  std::string text = "a,kind\n";
  for (int i = 0; i < 40; i++) text += std::to_string(i) + (i % 2 ? ",\x1b]0;title\x07red\n" : ",blue\n");
  folder->put("escape.csv", text);
  ASSERT_EQ(cairn({"train", "softmax", "--data", "escape.csv", "--target", "kind", "--epochs", "2", "--name", "escape"}).code, 0);
  for (const Words& words :
       {Words{"eval", "escape"}, Words{"predict", "escape", "escape.csv"}, Words{"runs", "show", "escape"},
        Words{"train", "softmax", "--data", "escape.csv", "--target", "kid"}, Words{"train", "softmax", "--data", "escape.csv"}}) {
    const ProcessResult r = cairn(words);
    EXPECT_EQ((r.out + r.err).find_first_of("\x1b\x07"), std::string::npos) << shown(words);
  }
  EXPECT_NE(cairn({"eval", "escape"}).out.find("\\x1b]0;title\\x07red"), std::string::npos);
}

TEST_F(CliTools, WhatFollowsTwoDashesIsAName) {
  folder->put("-p.png", read_file(*folder / "p.png"));
  refused({"predict", "pictures", "-p.png"}, 2, {"no option '-p.png'"});
  const ProcessResult r = cairn({"predict", "pictures", "--top", "1", "--", "-p.png"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_NE(r.out.find("-p.png:"), std::string::npos) << r.out;
}

TEST_F(CliTools, AnUnfinishedRunSaysThatItIsOne) {
  const std::string path = copied("pictures", "begun");
  fs::remove(path + "/model.safetensors");
  const std::string metrics = read_file(path + "/metrics.jsonl");
  folder->put("runs/begun/metrics.jsonl", metrics.substr(0, metrics.find("{\"event\":\"end\"")));
  accepted({"eval", "begun"}, {"begun has not finished", "`cairn resume begun`"});
  accepted({"predict", "begun", "p.png"}, {"begun has not finished"});
  fs::remove_all(path + "/checkpoints");
  refused({"eval", "begun"}, 1, {"neither model.safetensors nor a whole checkpoint", "cairn resume begun"});
}

// A reader that goes away ends the program, as it does every other; what was saved serves the next one.
TEST_F(CliTools, AClosedPipeLeavesARunThatGoesOn) {
  const ProcessResult r = run_process({"/bin/sh", "-c", program + " train mlp --data mnist --epochs 400 --name piped --json | head -2"}, options);
  EXPECT_EQ(r.err, "");
  EXPECT_EQ(std::count(r.out.begin(), r.out.end(), '\n'), 2) << r.out;
  accepted({"runs"}, {"piped", "unfinished"});
  ProcessOptions stop = options;
  stop.when = "\"epoch\":";
  stop.kill_after_ms = 0;
  stop.signal = 2;
  EXPECT_EQ(cairn({"resume", "piped", "--json"}, stop).code, 130);
}

TEST_F(CliTools, AFileThatCannotBeWrittenSaysHowToGoOn) {
  ProcessOptions o = options;
  o.file_limit = 4000;  // the config fits, the weights do not
  const ProcessResult r = cairn({"train", "mlp", "--data", "mnist", "--epochs", "1", "--name", "narrow"}, o);
  EXPECT_EQ(r.code, 1);
  for (const char* part : {"state.safetensors", "file too large", "has no checkpoint yet", "`cairn resume narrow` goes on from the beginning"})
    EXPECT_NE(r.err.find(part), std::string::npos) << part << " in " << r.err;
  o.file_limit = 300;
  const size_t before = runs_now();
  EXPECT_EQ(cairn({"train", "mlp", "--data", "mnist", "--epochs", "1", "--name", "none"}, o).code, 1);
  EXPECT_EQ(runs_now(), before) << "no half a run is left behind";
}

TEST_F(CliTools, CommandsThatAreOfferedCanBePasted) {
  folder->put("my table.csv", small_table());
  const ProcessResult r =
      cairn({"train", "softmax", "--data", "my table.csv", "--target", "kind", "--epochs", "3", "--runs", "my runs", "--name", "x"});
  ASSERT_EQ(r.code, 0) << r.err;
  for (const char* command : {"cairn eval x --runs 'my runs'", "cairn train softmax --data 'my table.csv' --target kind --epochs 6"}) {
    EXPECT_NE(r.out.find(command), std::string::npos) << r.out;
    const std::string path = program.substr(0, program.rfind('/'));
    EXPECT_EQ(run_process({"/bin/sh", "-c", "PATH=" + path + ":$PATH " + command}, options).code, 0) << command;
  }
  EXPECT_EQ(cairn({"help"}).out, cairn({"--help"}).out);
  EXPECT_EQ(cairn({"help", "eval"}).out, cairn({"eval", "--help"}).out);
}

}  // namespace
}  // namespace cairn
