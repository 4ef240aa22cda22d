// The program from outside: every verb once as it should be, and every kind of bad input: one clear message, the right exit code.
#include <gtest/gtest.h>

#include <sys/file.h>

#include <fcntl.h>
#include <unistd.h>

#include <cairn/base/columns.h>
#include <cairn/base/disk.h>
#include <cairn/base/text.h>
#include <tests/helpers/cli.h>

namespace cairn {
namespace {

// ---- as it should be

TEST_F(Cli, EveryVerbDoesItsWork) {
  accepted({}, {"next:", "cairn recipes"});
  accepted({"--version"}, {"cairn 0."});
  accepted({"--help"}, {"usage: cairn VERB", "train", "--seed"});
  accepted({"recipes"}, {"mlp", "softmax", "linear-regression", "logistic-regression"});
  accepted({"recipes", "mlp"}, {"--hidden", "goal", "1 to 65536"});
  accepted({"runs"}, {"pictures", "table", "finished"});
  accepted({"runs", "list"}, {"pictures"});
  accepted({"runs", "show", "pictures"}, {"hidden = 128", "threads", "epoch"});
  accepted({"runs", "compare", "pictures", "table"}, {"recipe", "mlp", "softmax", "result"});
  accepted({"eval", "pictures"}, {"accuracy", "predicted", "recall"});
  accepted({"eval", *folder / "runs/pictures"}, {"accuracy"});
  accepted({"predict", "pictures", "p.png"}, {"p.png:", "%"});
  accepted({"predict", "table", "t.csv", "--top", "1"}, {"t.csv row 60:"});
  accepted({"resume", "pictures"}, {"has finished"});
  accepted({"data"}, {"mnist", "here"});
  for (const char* verb : {"train", "resume", "eval", "predict", "runs", "recipes", "data"})
    accepted({verb, "--help"}, {"usage: cairn " + std::string(verb)});
  accepted({"train", "mlp", "--help"}, {"--hidden", "--batch-size", "--name"});
}

TEST_F(Cli, TrainingSaysAtLeastWhatProgramsNeed) {
  const ProcessResult r = cairn({"train", "mlp", "--data", "mnist", "--epochs", "2", "--name", "json", "--json", "--seed", "3"});
  ASSERT_EQ(r.code, 0) << r.err;
  std::vector<Json> events;
  std::istringstream in(r.out);
  for (std::string line; std::getline(in, line);) events.push_back(Json::parse(line));
  ASSERT_EQ(events.size(), 5u);
  EXPECT_EQ(events[0].at("event").as_string(), "start");
  EXPECT_EQ(events[1].at("event").as_string(), "estimate");
  for (const char* key : {"epoch", "train_loss", "train_accuracy", "val_loss", "val_accuracy", "seconds"})
    EXPECT_TRUE(events[3].at(key).is_number()) << key;
  for (const char* key : {"test_accuracy", "test_loss", "seconds"}) EXPECT_TRUE(events[4].at(key).is_number()) << key;
  EXPECT_EQ(events[4].at("run").as_string(), "runs/json");
  for (const char* file :
       {"config.toml", "environment.json", "metrics.jsonl", "model.safetensors", "features.json", "test.json", "checkpoints", "samples"})
    EXPECT_TRUE(fs::exists(*folder / ("runs/json/" + std::string(file)))) << file;
  const Json environment = Json::parse(read_file(*folder / "runs/json/environment.json"));
  EXPECT_EQ(environment.at("seed").as_int(), 3);
  EXPECT_EQ(environment.at("data").at("mnist/train-images-idx3-ubyte.gz").as_string(), sha256_file(*folder / "mirror/mnist/train-images-idx3-ubyte"));
  EXPECT_NE(cairn({"runs", "rm", "json"}).out.find("removed runs/json"), std::string::npos);
}

TEST_F(Cli, EveryRecipeTrainsOnATable) {
  accepted({"train", "linear-regression", "--data", "t.csv", "--target", "a", "--epochs", "2"}, {"R2"});
  accepted({"train", "logistic-regression", "--data", "t.csv", "--target", "kind", "--epochs", "2"}, {"accuracy"});
  accepted({"train", "mlp", "--data", "t.csv", "--target", "kind", "--epochs", "2"}, {"accuracy"});
  accepted({"train", "logistic-regression", "--data", "mnist-3-8", "--epochs", "2"}, {"accuracy"});
  accepted({"train", "linear-regression", "--data", "line", "--epochs", "2"}, {"R2"});
}

TEST_F(Cli, TheSameSeedGivesTheSameBytes) {
  for (const char* name : {"one", "two"})
    ASSERT_EQ(cairn({"train", "mlp", "--data", "mnist", "--epochs", "2", "--seed", "5", "--name", name}).code, 0);
  ASSERT_EQ(cairn({"train", "mlp", "--data", "mnist", "--epochs", "2", "--seed", "6", "--name", "three"}).code, 0);
  auto model = [&](const std::string& name) { return read_file(*folder / ("runs/" + name + "/model.safetensors")); };
  EXPECT_EQ(model("one"), model("two"));
  EXPECT_NE(model("one"), model("three"));
}

TEST_F(Cli, SmallDataAndLargeBatchesWork) {
  accepted({"train", "mlp", "--data", "mnist", "--epochs", "1", "--batch-size", "1000000"}, {"accuracy"});
  accepted({"train", "mlp", "--data", "mnist", "--epochs", "1", "--limit-train", "1"}, {"accuracy"});
  accepted({"train", "mlp", "--data", "mnist", "--epochs", "1", "--val-share", "0.9"}, {"accuracy"});
  accepted({"train", "mlp", "--data", "mnist", "--epochs", "1", "--val-share", "0"}, {"accuracy"});
  accepted({"train", "mlp", "--data", "mnist", "--epochs", "1", "--val-share", "0.001"}, {"accuracy"});
  folder->put("tiny.csv", small_table(10));
  accepted({"train", "softmax", "--data", "tiny.csv", "--target", "kind", "--epochs", "1", "--val-share", "0.9"}, {"accuracy"});
  put_pictures(*folder, 3, 2, "few");
  ProcessOptions few = options;
  few.environment["CAIRN_DATA_MIRROR"] = *folder / "few";
  accepted({"train", "mlp", "--data", "mnist", "--epochs", "1"}, {"accuracy"}, few);
}

TEST_F(Cli, TablesKeepToANarrowTerminal) {
  ProcessOptions narrow = options, usual = options, wide = options;
  narrow.environment["COLUMNS"] = "40";
  usual.environment["COLUMNS"] = "80";
  wide.environment["COLUMNS"] = "200";
  ASSERT_EQ(cairn({"train", "linear-regression", "--data", "line", "--epochs", "2", "--name", "a-run-with-a-very-long-name"}).code, 0);
  const std::vector<Words> verbs = {{"eval", "pictures"},
                                    {"eval", "table"},
                                    {"eval", "a-run-with-a-very-long-name"},
                                    {"runs"},
                                    {"recipes"},
                                    {"recipes", "mlp"},
                                    {"data"},
                                    {"data", "info", "mnist"},
                                    {"runs", "show", "pictures"},
                                    {"runs", "compare", "pictures", "table"},
                                    {"runs", "compare", "pictures", "table", "a-run-with-a-very-long-name"}};
  for (const Words& words : verbs) {
    SCOPED_TRACE(shown(words));
    const std::string out = cairn(words, narrow).out;
    std::istringstream in(out);
    for (std::string line; std::getline(in, line);) {
      // Commands, paths and digests are there to be copied.
      const std::string word = std::string(trim(line));
      if (word.find("cairn ") != std::string::npos || word.find(' ') == std::string::npos || word.starts_with("sha256 ")) continue;
      EXPECT_LE(columns_of(line), 40u) << line;
    }
    EXPECT_EQ(cairn(words).out, cairn(words, usual).out);
    EXPECT_EQ(cairn(words, wide).out, cairn(words, usual).out);
  }
  EXPECT_NE(cairn({"runs"}, narrow).out.find("finished"), std::string::npos);
  EXPECT_NE(cairn({"eval", "pictures"}, narrow).out.find("prec. recall"), std::string::npos);
  const ProcessResult trained = cairn({"train", "softmax", "--data", "mnist", "--epochs", "2", "--name", "narrow"}, narrow);
  ASSERT_EQ(trained.code, 0) << trained.err;
  EXPECT_NE(trained.out.find("\n2/2  loss "), std::string::npos) << trained.out;
  for (const char* run : {"narrow", "a-run-with-a-very-long-name"}) fs::remove_all(*folder / ("runs/" + std::string(run)));
}

// ---- wrong words

TEST_F(Cli, MistypedWordsGetTheNearestMatch) {
  refused({"tran"}, 2, {"there is no verb 'tran'", "Did you mean 'train'?"});
  refused({"xyzzy"}, 2, {"there is no verb 'xyzzy'", "train", "eval"});
  refused({"train", "mpl"}, 2, {"there is no recipe 'mpl'", "Did you mean 'mlp'?"});
  refused({"train"}, 2, {"mlp", "softmax"});
  refused({"train", "mlp", "--epoch", "3"}, 2, {"--epoch", "Did you mean '--epochs'?"});
  refused({"train", "mlp", "--data", "fashon-mnist"}, 2, {"'fashon-mnist'", "Did you mean 'fashion-mnist'?"});
  refused({"train", "mlp", "--data", "fashon"}, 2, {"'fashon'", "Did you mean 'fashion-mnist'?"});
  refused({"train", "convnet", "--data", "fashon"}, 2, {"'fashon'", "Did you mean 'fashion-mnist'?"});
  refused({"data", "get", "fashon"}, 2, {"Did you mean 'fashion-mnist'?"});
  refused({"data", "info", "cancr"}, 2, {"Did you mean 'breast_cancer'?"});
  refused({"train", "softmax", "--data", "nosuch.csv", "--target", "y"}, 2,
          {"nosuch.csv", "neither a data set nor a file", "Tables in this folder: ", "t.csv"});
  folder->put("tables/flowers.csv", small_table());
  refused({"train", "softmax", "--data", "tables/flower.csv", "--target", "y"}, 2, {"Did you mean 'tables/flowers.csv'?"});
  refused({"train", "softmax", "--data", "./tables/x.csv", "--target", "y"}, 2, {"Tables in ./tables: flowers.csv."});
  refused({"train", "softmax", "--data", "tabels/x.csv", "--target", "y"}, 2, {"There is no folder tabels."});
  refused({"train", "softmax", "--data", "qqqqqq", "--target", "y"}, 2, {"Known: ", "iris"});
  refused({"train", "image-folder", "--data", "tabels/"}, 1, {"there is no folder tabels/. Did you mean 'tables'?", "Hint: name the folder"});
  refused({"data", "info", "./tabels"}, 2, {"there is no folder ./tabels. Did you mean './tables'?"});
  refused({"train", "mlp", "--optimizer", "adm"}, 2, {"--optimizer must be one of sgd, adam", "'adm'", "Did you mean 'adam'?"});
  refused({"train", "mlp", "--schedule", "cosin"}, 2, {"--schedule", "Did you mean 'cosine'?"});
  refused({"train", "mlp", "extra"}, 2, {"does not know what to do with 'extra'"});
  refused({"train", "mlp", "--epochs"}, 2, {"--epochs needs a value"});
  refused({"train", "mlp", "-e", "3"}, 2, {"'-e'"});
  refused({"--epochs", "3"}, 2, {"comes before a verb"});
  refused({"recipes", "softmx"}, 2, {"Did you mean 'softmax'?"});
  refused({"data", "info", "minst"}, 2, {"'minst'", "Did you mean 'mnist'?"});
  refused({"runs", "sho"}, 2, {"Did you mean 'show'?"});
  refused({"runs", "compare", "pictures"}, 2, {"needs the names of two runs or more"});
  refused({"runs", "show"}, 2, {"needs the name of a run"});
  refused({"runs", "show", "pictures", "table"}, 2, {"does not know what to do with 'table'", "compare"});
  refused({"runs", "list", "pictures"}, 2, {"does not know what to do with 'pictures'"});
  refused({"data", "list", "mnist"}, 2, {"does not know what to do with 'mnist'", "cairn data info mnist"});
  refused({"doctor", "--runs"}, 2, {"--runs needs a value", "is looked at."});
  refused({"runs", "rm"}, 2, {"needs the name of a run"});
  refused({"eval"}, 2, {"needs a name", "cairn eval RUN"});
  refused({"predict", "pictures"}, 2, {"cairn predict RUN FILE"});
  refused({"resume"}, 2, {"cairn resume RUN"});
  refused({"recipes", "--backend", "gpu"}, 2, {"--backend", "reference"});
  refused({std::string("tr\x01\xff") + "ain"}, 2, {"there is no verb"});
  refused({"train", "mlp", "--help=maybe"}, 2, {"--help must be true or false"});
}

TEST_F(Cli, ValuesOutsideTheirRangeNameItAndTheRange) {
  const size_t before = runs_now();
  auto train = [](Words more) {
    Words words = {"train", "mlp", "--data", "mnist"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  };
  refused(train({"--epochs", "0"}), 2, {"--epochs must be between 1 and", "got 0"});
  refused(train({"--epochs", "-1"}), 2, {"--epochs must be between 1 and", "got -1"});
  refused(train({"--epochs", "2.5"}), 2, {"--epochs must be a whole number", "'2.5'"});
  refused(train({"--epochs", "three"}), 2, {"--epochs must be a whole number between 1 and 1e+06, got 'three'"});
  refused(train({"--epochs", "99999999999999999999"}), 2, {"--epochs must fit 64 bits"});
  refused(train({"--epochs", ""}), 2, {"--epochs must be a whole number"});
  refused(train({"--lr", "nan"}), 2, {"--lr must be a finite number"});
  refused(train({"--lr", "inf"}), 2, {"--lr must be a finite number"});
  refused(train({"--lr", "1e999"}), 2, {"--lr must be"});
  refused(train({"--lr", "0"}), 2, {"--lr must be above 0"});
  refused(train({"--lr", "-0.1"}), 2, {"--lr must be above 0", "got -0.1"});
  refused(train({"--lr=fast"}), 2, {"--lr must be a number above 0, got 'fast'"});
  refused(train({"--dropout", "1"}), 2, {"--dropout must be between 0 and 0.95"});
  refused(train({"--batch-size", "0"}), 2, {"--batch-size must be between 1 and"});
  refused(train({"--hidden", "100000"}), 2, {"--hidden must be between 1 and 65536"});
  refused(train({"--val-share", "1"}), 2, {"--val-share must be between 0 and 0.9"});
  refused(train({"--workers", "-1"}), 2, {"--workers must be between 0 and 64"});
  refused(train({"--workers", "99999999999"}), 2, {"--workers must be between 0 and 64"});
  refused(train({"--threads", "-1"}), 2, {"--threads must be between 0 and 1024"});
  refused(train({"--threads", "9999"}), 2, {"--threads must be between 0 and 1024"});
  refused(train({"--threads", "many"}), 2, {"--threads must be a whole number"});
  refused(train({"--seed", "-1"}), 2, {"--seed must be between 0 and"});
  refused(train({"--seed", "1e3"}), 2, {"--seed must be a whole number"});
  refused(train({"--schedule", "plateau", "--warmup", "1"}), 2, {"--warmup", "plateau"});
  refused(train({"--name", ""}), 2, {"--name is empty", "leave --name out", "mlp-1"});
  refused(train({"--name="}), 2, {"--name is empty"});
  refused({"predict", "pictures", "p.png", "--top", "0"}, 2, {"--top must be between 1 and 1000"});
  refused({"eval", "pictures", "--batch-size", "0"}, 2, {"--batch-size must be"});
  EXPECT_EQ(runs_now(), before) << "a refused training leaves no run behind";
  accepted({"recipes", "--threads", "0"}, {"mlp"});
}

// ---- wrong places

TEST_F(Cli, NamesAndPathsStayWhereTheyBelong) {
  for (const char* name : {"../x", "/tmp/x", "a/b", "..", ".x", "a b"})
    refused({"train", "mlp", "--data", "mnist", "--name", name}, 2, {"the run's name", "one folder below the runs directory"});
  EXPECT_FALSE(fs::exists(*folder / "x"));
  folder->put("outside/config.toml", "# recipe: mlp\n");
  for (const char* name : {"../outside", "..", ".", "/tmp"}) refused({"runs", "rm", name}, 1, {"there is no run"});
  refused({"runs", "rm", *folder / "runs/pictures"}, 1, {"there is no run", "by its name alone"});
  EXPECT_TRUE(fs::exists(*folder / "outside/config.toml"));
  copied("table", "keep");
  refused({"runs", "rm", "keep", "kep"}, 1, {"Did you mean 'keep'?"});
  EXPECT_TRUE(fs::exists(*folder / "runs/keep")) << "one mistyped name removes nothing";
  refused({"train", "mlp", "--data", "mnist", "--name", "pictures"}, 2, {"exists already", "cairn resume pictures"});
}

TEST_F(Cli, PlacesThatCannotBeWrittenSaySo) {
  refused({"train", "mlp", "--data", "mnist", "--runs", "/dev/null/x"}, 1, {"/dev/null", "a file stands where a folder was expected"});
  refused({"train", "mlp", "--data", "mnist", "--runs", *folder / "t.csv"}, 1, {"t.csv"});
  refused({"train", "mlp", "--data", "mnist", "--runs", ""}, 2, {"--runs FOLDER"});
  refused({"train", "mlp", "--data", "mnist", "--runs", "/proc/nowhere"}, 1, {"/proc/nowhere"});
  ProcessOptions full = options;
  full.output = "/dev/full";
  const ProcessResult r = cairn({"recipes"}, full);
  EXPECT_EQ(r.code, 1);
  EXPECT_EQ(r.err, "cairn: standard output cannot be written: No space left on device.\n");
}

// As a user who is not root, in a folder that is not his.
TEST_F(Cli, AFolderWithoutPermissionIsNamed) {
  ProcessOptions o = options;
  fs::permissions(folder->path(), fs::perms(0755));
  if (geteuid() == 0) o.user = 65534;
  const auto plain = cairn({"recipes"}, o);
  if (plain.code != 0) GTEST_SKIP() << "the program lies where another user may not run it";
  if (plain.err.find("profiling:") != std::string::npos) GTEST_SKIP() << "another user may not write the counters of a coverage build, and says so";
  fs::create_directory(*folder / "closed");
  fs::permissions(*folder / "closed", fs::perms::owner_read);
  if (o.user >= 0) {
    refused({"resume", "pictures"}, 1, {"runs/pictures/.lock: cannot be opened", "permission"}, o);
    refused({"runs", "rm", "pictures"}, 1, {"runs/pictures/.lock"}, o);
    accepted({"eval", "pictures"}, {"accuracy"}, o);
  }
  refused({"train", "mlp", "--data", "mnist", "--runs", *folder / "closed/runs"}, 1, {"permission denied"}, o);
  const std::string path = copied("table", "locked");
  fs::permissions(path, fs::perms::none);
  refused({"eval", "locked"}, 1, {"cannot look into runs/locked", "Permission denied"}, o);
  accepted({"runs"}, {"locked", "damaged", "cannot look into"}, o);
  fs::permissions(path, fs::perms(0755));
  fs::permissions(path + "/model.safetensors", fs::perms::none);
  refused({"eval", "locked"}, 1, {"cannot open runs/locked/model.safetensors: permission denied"}, o);
  fs::permissions(*folder / "closed", fs::perms(0755));
  fs::remove_all(path);
}

TEST_F(Cli, TwoTrainingsDoNotShareARun) {
  const std::string path = copied("pictures", "busy");
  fs::remove(path + "/metrics.jsonl");
  const int lock = open((path + "/.lock").c_str(), O_RDWR | O_CREAT, 0644);
  ASSERT_EQ(flock(lock, LOCK_EX), 0);
  refused({"resume", "busy"}, 1, {"another process is training in this run directory", "--name"});
  refused({"train", "mlp", "--data", "mnist", "--name", "busy"}, 1, {"another process is training in this run directory"});
  refused({"runs", "rm", "busy"}, 1, {"another process is training"});
  close(lock);
  accepted({"runs", "show", "busy"}, {"unfinished"});
  EXPECT_EQ(cairn({"resume", "busy"}).code, 1) << "its metrics are gone, the checkpoint knows how many there were";
}

// ---- wrong data

TEST_F(Cli, DamagedPictureFilesAreNamedWithTheirOffset) {
  const std::string images = "mnist/train-images-idx3-ubyte", labels = "mnist/train-labels-idx1-ubyte";
  auto mirror = [&](const std::string& file, const std::string& content, const Words& parts) {
    fs::remove_all(*folder / "bad");
    put_pictures(*folder, 40, 20, "bad");
    if (content == "(none)") fs::remove(*folder / ("bad/" + file));
    else folder->put("bad/" + file, content);
    ProcessOptions o = options;
    o.environment["CAIRN_DATA_MIRROR"] = *folder / "bad";
    const size_t before = runs_now();
    refused({"train", "mlp", "--data", "mnist", "--epochs", "1"}, 1, parts, o);
    EXPECT_EQ(runs_now(), before);
  };
  const std::string good = read_file(*folder / "mirror/mnist/train-images-idx3-ubyte");
  mirror(images, "(none)", {"mnist is not here", "train-images-idx3-ubyte.gz", "cairn data get mnist"});
  mirror(images, "", {images, "byte 0", "expected", "found"});
  mirror(images, good.substr(0, 3), {images, "expected", "found"});
  mirror(images, good.substr(0, 10), {images, "expected", "found"});
  mirror(images, good.substr(0, good.size() - 1), {images, "byte 16", "expected 25600 bytes", "found 25599"});
  mirror(images, good + "x", {images, "expected", "found"});
  mirror(images, "this is not an IDX file at all", {images, "byte 0", "the start of an IDX file"});
  mirror(images, idx({4000000000, 4000000000, 4000000000}, ""), {images, "expected", "found"});
  mirror(images, idx({4000000000, 28, 28}, "abc"), {images, "expected", "found"});
  mirror(images, idx({40, 64}, std::string(40 * 64, 'x')), {images, "pictures: u8 with three axes"});
  mirror(images, idx({0, 8, 8}, ""), {labels, "expected 0 labels"});
  mirror(images, idx({40, 0, 8}, ""), {"the train split of mnist", "[40, 1, 0, 8]"});
  mirror(images, std::string("\x1f\x8b\x08", 3) + std::string(40, 'z'), {images});
  mirror(labels, idx({39}, std::string(39, 1)), {labels, "40 labels", "found 39"});
  mirror(labels, idx({40}, std::string(39, 1) + '\x0a'), {labels, "example 39", "label 10", "0 to 9"});
  mirror("mnist/t10k-images-idx3-ubyte", idx({20, 9, 9}, std::string(20 * 81, 'x')), {"the test split of mnist", "[20, 1, 9, 9]"});
}

TEST_F(Cli, WrongTablesAreNamedWithLineAndColumn) {
  auto table = [&](const std::string& text, int code, const Words& parts, const std::string& recipe = "softmax", const std::string& target = "y") {
    folder->put("bad.csv", text);
    const size_t before = runs_now();
    refused({"train", recipe, "--data", "bad.csv", "--target", target, "--epochs", "1"}, code, parts);
    EXPECT_EQ(runs_now(), before);
  };
  std::string rows;
  for (int i = 0; i < 20; i++) rows += std::to_string(i) + (i % 2 ? ",yes\n" : ",no\n");
  table("", 1, {"bad.csv"});
  table("a,y\n", 1, {"bad.csv"});
  table("a,y\n1,yes\n2\n3,no\n", 1, {"bad.csv, line 3", "1 value, but the header has 2 columns"});
  table("a,y\n1,yes\n2,no,4\n", 1, {"bad.csv, line 3"});
  table("a,y\n1,\"yes\n2,no\n", 1, {"bad.csv, line 2", "never closed"});
  table("a,a\n1,2\n", 1, {"bad.csv, line 1", "'a'"});
  table("a,y\n" + rows, 2, {"no column 'price'", "Known: a, y"}, "softmax", "price");
  table("a,kind\n" + rows, 2, {"no column 'kin'", "Did you mean 'kind'?"}, "softmax", "kin");
  table("a,y\n" + rows + "7,\n", 1, {"line 22", "the target 'y' is missing"});
  table("a,y\n1,yes\n2,yes\n3,yes\n4,yes\n5,yes\n", 2, {"only one value"});
  table("a,y\n" + rows, 2, {"holds text", "a regression predicts numbers"}, "linear-regression");
  table("y\nyes\nno\n", 2, {"only the column 'y'"});
  table(std::string("a,y\n1,\0\x01\x02\n", 10), 1, {"bad.csv: byte 6 is zero", "Export it as CSV"});
  table("a,y\n\xff\xfe\x80,yes\n", 1, {"bad.csv", "not UTF-8"});
  table("a,y\n" + rows + "3,maybe\n", 2, {"two classes", "has 3"}, "logistic-regression");
  std::string quantity = "a,y\n";
  for (int i = 0; i < 60; i++) quantity += std::to_string(i) + "," + std::to_string(i * 1.37) + "\n";
  table(quantity, 2, {"60 different numbers", "a quantity, not a class"});
  std::string sum = "a,b,y\n";  // one word among numbers is a mistake, not a category
  for (int i = 0; i < 20; i++) sum += fmt::format("{},{},{}\n", i, i == 8 ? "foo" : std::to_string(i), 2 * i);
  table(sum, 1, {"bad.csv, line 10", "column 'b' holds 'foo', but numbers in 19 of its 20 values"}, "linear-regression");
  table(sum + "1,1,oops\n", 2, {"bad.csv, line 22", "the target 'y' holds text ('oops')"}, "linear-regression");
  table("a,y\n1,no\n2,yes\n", 1, {"bad.csv has 2 rows", "at least 5"});
  refused({"train", "softmax", "--data", "t.csv"}, 2, {"which column", "--target COLUMN", "a, b, kind"});
  refused({"train", "softmax", "--data", ".", "--target", "y"}, 1, {"a folder stands where a file was expected"});
  refused({"train", "softmax", "--data", "p.png", "--target", "y"}, 1, {"p.png"});
  refused({"train", "linear-regression", "--data", "mnist", "--target", "y"}, 2, {"mnist"});
  refused({"train", "linear-regression", "--data", "iris"}, 2, {"species", "holds text"});
  refused({"train", "softmax", "--data", "/dev/zero", "--target", "y"}, 1, {"/dev/zero is a device or pipe"});
  table("a,y\n1,2\n2,3\n3,4\n4,5\n5,1e200\n6,7\n", 1, {"line 6", "'y' is above 1e30"}, "linear-regression");
  table("a,y\n1e300,yes\n" + rows, 1, {"line 2", "'a' is above 1e30"});
}

TEST_F(Cli, ALossThatIsNotANumberStopsTheTraining) {
  ProcessOptions elsewhere = options;
  elsewhere.environment["CAIRN_RUNS"] = *folder / "explosions";
  refused({"train", "mlp", "--data", "mnist", "--epochs", "3", "--optimizer", "sgd", "--lr", "1e30"}, 1,
          {"epoch 1, step ", "not finite", "Hint: lower --lr"}, elsewhere);
}

// ---- wrong files for a model

TEST_F(Cli, PredictRefusesWhatIsNoPictureAndNoTable) {
  folder->put("empty.png", "");
  folder->put("text.png", "hello");
  folder->put("cut.png", read_file(*folder / "p.png").substr(0, 50));
  std::string flipped = read_file(*folder / "p.png");
  flipped[flipped.size() / 2] = char(flipped[flipped.size() / 2] ^ 0x55);
  folder->put("flipped.png", flipped);
  folder->put("big.pgm", "P5\n99999999 99999999\n255\n");
  for (const char* bad : {"empty.png", "text.png", "t.csv"})
    refused({"predict", "pictures", bad}, 1, {bad, "this model takes pictures (PNG, JPEG, PGM, PPM) of 8 x 8"});
  folder->put("scan.tif", std::string("II*\0\x08\0\0\0", 8));
  for (const char* bad : {"cut.png", "flipped.png", "big.pgm", "scan.tif"}) {
    refused({"predict", "pictures", bad}, 1, {bad});
    EXPECT_EQ(cairn({"predict", "pictures", bad}).err.find("this model takes"), std::string::npos) << bad << ": its size is not what is wrong";
  }
  refused({"predict", "pictures", "scan.tif"}, 1, {"a TIFF image", "save it as PNG"});
  refused({"predict", "pictures", "nosuch.png"}, 1, {"there is no file nosuch.png", "check the spelling"});
  refused({"predict", "pictures", "."}, 1, {". is a folder, not a file"});
  refused({"predict", "pictures", "/dev/zero"}, 1, {"/dev/zero is a device or pipe, not a file"});
  folder->put("-p.png", read_file(*folder / "p.png"));
  accepted({"predict", "pictures", "./-p.png"}, {"-p.png:"});
  refused({"predict", "table", "p.png"}, 1, {"p.png", "this model takes CSV files with the columns a, b"});
  folder->put("other.csv", "a,c\n1,2\n");
  refused({"predict", "table", "other.csv"}, 1, {"no column 'b'", "this model takes CSV files with the columns a, b"});
  folder->put("words.csv", "a,b\n1,2\nx,3\n");
  refused({"predict", "table", "words.csv"}, 1, {"words.csv, line", "'a'", "numbers"});
  folder->put("more.csv", "b,extra,a\n1,z,2\n");
  accepted({"predict", "table", "more.csv"}, {"more.csv row 1"});
  folder->put("gap.csv", "a,b\n,2\n");
  accepted({"predict", "table", "gap.csv"}, {"gap.csv row 1"});
  // One bad file of several: the others are answered, the exit code says that something failed.
  const ProcessResult r = cairn({"predict", "pictures", "text.png", "p.png"});
  EXPECT_EQ(r.code, 1);
  EXPECT_NE(r.out.find("p.png:"), std::string::npos) << r.out;
  EXPECT_TRUE(r.err.starts_with("cairn: cannot read text.png")) << r.err;
}

// ---- wrong runs

TEST_F(Cli, RunsThatAreNotThereAreNamed) {
  for (const char* verb : {"eval", "resume"}) {
    refused({verb, "pictres"}, 1, {"there is no run 'pictres'", "Did you mean 'pictures'?"});
    refused({verb, "mirror"}, 1, {"is not a run: it has no config.toml"});
    refused({verb, ""}, 1, {"there is no run ''"});
  }
  refused({"predict", "pictres", "p.png"}, 1, {"Did you mean 'pictures'?"});
  refused({"runs", "show", "pictres"}, 1, {"Did you mean 'pictures'?"});
  refused({"runs", "compare", "pictures", "tabel"}, 1, {"Did you mean 'table'?"});
  EXPECT_NE(cairn({"runs", "--runs", "nowhere"}).out.find("there are no runs in nowhere"), std::string::npos);
}

// The checkpoints of a run, as a program wrote them that did not note the config in them.
void forget_config(const std::string& run) {
  for (const auto& entry : fs::directory_iterator(run + "/checkpoints")) {
    const std::string file = entry.path().string() + "/manifest.json";
    Json::Object rest;
    for (const auto& member : Json::parse(read_file(file)).as_object())
      if (member.first != "config" && member.first != "sha256") rest.push_back(member);
    rest.push_back({"sha256", sha256(Json(rest).dump())});
    write_file(file, Json(rest).dump(1));
  }
}

TEST_F(Cli, DamagedRunsSayWhichFileAndWhatToDo) {
  ProcessOptions quiet = options;  // without the warning that the model is written again
  quiet.environment["CAIRN_LOG"] = "error";
  auto spoilt = [&](const std::string& file, const std::string& content) {
    const std::string path = copied("pictures", "spoilt") + "/" + file;
    if (content == "(none)") fs::remove_all(path);
    else folder->put("runs/spoilt/" + file, content);
  };
  const std::string model = read_file(*folder / "runs/pictures/model.safetensors"), config = read_file(*folder / "runs/pictures/config.toml");
  auto flipped = [](std::string text, size_t at) { return text[at] = char(text[at] ^ 4), text; };

  for (const std::string& bad : {model.substr(0, model.size() / 2), std::string(), std::string("garbage"), flipped(model, 3), flipped(model, 100),
                                 flipped(model, model.size() - 5), std::string("(none)")}) {
    spoilt("model.safetensors", bad);
    refused({"eval", "spoilt"}, 1, {"model.safetensors is missing, or damaged", "cairn resume spoilt"});
    refused({"predict", "spoilt", "p.png"}, 1, {"model.safetensors"});
  }
  // What the message promises: a resume writes it again, the same bytes.
  const ProcessResult mended = cairn({"resume", "spoilt"});
  EXPECT_EQ(mended.code, 0) << mended.err;
  EXPECT_EQ(read_file(*folder / "runs/spoilt/model.safetensors"), model);
  accepted({"eval", "spoilt"}, {"accuracy"});

  auto changed = [&](const std::string& from, const std::string& to) {
    std::string text = config;
    text.replace(text.find(from), from.size(), to);
    spoilt("config.toml", text);
  };
  changed("hidden = 128", "hidden = 64");
  refused({"eval", "spoilt"}, 1, {"runs/spoilt", "config.toml", "[128, 64]", "Bring it back"});
  fs::remove(*folder / "runs/spoilt/model.safetensors");
  forget_config(*folder / "runs/spoilt");
  refused({"resume", "spoilt"}, 1, {"belongs to another model", "config.toml"}, quiet);
  changed("hidden = 128", "hidden = 0");
  refused({"eval", "spoilt"}, 1, {"config.toml line", "hidden must be between 1 and 65536"});
  changed("hidden = 128", "hiden = 128");
  refused({"eval", "spoilt"}, 1, {"config.toml line", "hiden", "Did you mean 'hidden'?"});
  changed("hidden = 128", "hidden = \"wide\"");
  refused({"eval", "spoilt"}, 1, {"config.toml line", "whole number"});
  changed("hidden = 128", "hidden = ");
  refused({"eval", "spoilt"}, 1, {"config.toml line"});
  changed("# recipe: mlp", "# recipe: mlpp");
  refused({"eval", "spoilt"}, 1, {"config.toml line 1", "Did you mean 'mlp'?"});
  for (const char* bad : {"", "\xff\xfe\x00\x01", "[[[["}) {
    spoilt("config.toml", bad);
    refused({"eval", "spoilt"}, 1, {"config.toml"});
    fs::remove(*folder / "runs/spoilt/model.safetensors");
    refused({"resume", "spoilt"}, 1, {"config.toml"}, quiet);
  }
  changed("data = \"mnist\"", "data = \"t.csv\"");
  refused({"eval", "spoilt"}, 1, {"column"});

  for (const char* bad : {"", "{", "[]", "{\"kind\":\"image\"}",
                          "{\"kind\":\"image\",\"classes\":[],\"channels\":1,\"height\":1000000000,\"width\":8,\"mean\":[0],\"std\":[1]}",
                          "{\"kind\":\"image\",\"classes\":[\"a\"],\"channels\":1,\"height\":8,\"width\":8,\"mean\":[0],\"std\":[0]}",
                          "{\"kind\":\"sound\",\"classes\":[]}"}) {
    spoilt("features.json", bad);
    refused({"predict", "spoilt", "p.png"}, 1, {"features.json"});
  }
  spoilt("features.json", "(none)");
  refused({"eval", "spoilt"}, 1, {"features.json is missing", "cairn resume spoilt"});

  auto unfinished = [&](const std::string& file, const std::string& content) {
    spoilt(file, content);
    fs::remove(*folder / "runs/spoilt/model.safetensors");
  };
  for (const char* bad : {"", "{}", "null", "{\"threads\":\"two\",\"backend\":\"cpu\"}", "{\"threads\":100000000,\"backend\":\"cpu\"}",
                          "{\"threads\":1,\"backend\":\"abacus\"}"}) {
    unfinished("environment.json", bad);
    refused({"resume", "spoilt"}, 1, {"environment.json"}, quiet);
  }
  spoilt("environment.json", "{");
  accepted({"runs", "show", "spoilt"}, {"environment.json", "hidden = 128", "checkpoint step-"});
  spoilt("environment.json", "(none)");
  accepted({"runs", "show", "spoilt"}, {"runs/spoilt/environment.json is missing", "hidden = 128", "epoch", "checkpoint step-"});
  unfinished("metrics.jsonl", "nonsense\n");
  refused({"runs", "show", "spoilt"}, 1, {"metrics.jsonl line 1"});
  refused({"resume", "spoilt"}, 1, {"metrics.jsonl", "lines are missing"});
  accepted({"runs", "list"}, {"spoilt", "damaged", "metrics.jsonl"});
  fs::remove_all(*folder / "runs/spoilt");
}

TEST_F(Cli, ARunGoesOnOnlyWithTheConfigItWasTrainedWith) {
  ASSERT_EQ(cairn({"train", "mlp", "--data", "mnist", "--epochs", "2", "--lr", "0.002", "--name", "noted"}).code, 0);
  const std::string config = read_file(*folder / "runs/noted/config.toml"), model = read_file(*folder / "runs/noted/model.safetensors");
  auto without = [&](const std::string& line) {
    const size_t at = config.find("\n" + line) + 1;
    return config.substr(0, at) + config.substr(config.find('\n', at) + 1);
  };
  auto with = [&](const std::string& from, const std::string& to) {
    std::string text = config;
    EXPECT_NE(text.find(from), std::string::npos) << from;
    return text.replace(text.find(from), from.size(), to);
  };
  ProcessOptions quiet = options;  // without the warning that the model is written again
  quiet.environment["CAIRN_LOG"] = "error";
  auto edited = [&](const std::string& text) {
    fs::remove_all(*folder / "runs/edited");
    fs::copy(*folder / "runs/noted", *folder / "runs/edited", fs::copy_options::recursive);
    fs::remove(*folder / "runs/edited/model.safetensors");
    folder->put("runs/edited/config.toml", text);
  };
  auto goes_on = [&] {
    const ProcessResult r = cairn({"resume", "edited"}, quiet);
    EXPECT_EQ(r.code, 0) << r.err;
    EXPECT_EQ(read_file(*folder / "runs/edited/model.safetensors"), model);
  };

  edited(with("lr = 0.002", "lr = 0.1"));
  refused({"resume", "edited"}, 1,
          {"runs/edited/config.toml was changed", "checkpoint at step 12", "lr: 0.002 in the checkpoint, 0.1 in the file", "put it back (lr = 0.002)",
           "`cairn resume edited` goes on", "`cairn train mlp ... --lr 0.1`"},
          quiet);
  edited(without("lr = "));
  refused({"resume", "edited"}, 1, {"lr: 0.002 in the checkpoint, 0.001 now, for the file does not have it", "put it back (lr = 0.002)"}, quiet);
  edited(with("hidden = 128", "hidden = 64"));
  refused({"resume", "edited"}, 1, {"hidden: 128 in the checkpoint, 64 in the file"}, quiet);
  edited(with("data = \"mnist\"", "data = \"fashion-mnist\""));
  refused({"resume", "edited"}, 1, {"data: \"mnist\" in the checkpoint, \"fashion-mnist\" in the file"}, quiet);
  edited(with("seed = 0", "seed = 1"));
  refused({"resume", "edited"}, 1, {"seed: 0 in the checkpoint, 1 in the file"}, quiet);
  edited(with("# recipe: mlp", "# recipe: softmax"));
  refused({"resume", "edited"}, 1, {"names the recipe softmax", "is of \"mlp\"", "\"# recipe: mlp\" back"}, quiet);

  // What is at its default may be missing, for an older program did not know every field; so may what changes nothing in the result.
  edited(without("momentum = "));
  goes_on();
  edited(with("workers = 0", "workers = 2"));
  goes_on();
  edited(with("checkpoint_every = 0", "checkpoint_every = 4"));
  goes_on();
  // Checkpoints of an older program know nothing of it.
  edited(without("momentum = "));
  forget_config(*folder / "runs/edited");
  goes_on();
  EXPECT_NE(read_file(*folder / "runs/noted/checkpoints/step-000000012/manifest.json").find("\"config\""), std::string::npos);
}

TEST_F(Cli, AConfigThatIsCutShortSaysSo) {
  const std::string config = read_file(*folder / "runs/pictures/config.toml");
  ProcessOptions quiet = options;
  quiet.environment["CAIRN_LOG"] = "error";
  copied("pictures", "short");
  fs::remove(*folder / "runs/short/model.safetensors");
  for (const std::string& text :
       {config.substr(0, config.find('\n') + 1), config.substr(0, config.find('\n')), config.substr(0, config.rfind("seed"))}) {
    folder->put("runs/short/config.toml", text);
    for (const char* verb : {"eval", "resume"})
      refused({verb, "short"}, 1, {"runs/short/config.toml is cut short", "fields are missing", "Bring it back"}, quiet);
  }
  folder->put("runs/short/config.toml", "# recipe: mlp\n");
  refused({"eval", "short"}, 1, {"(data, target, hidden"});
  fs::remove_all(*folder / "runs/short");
}

TEST_F(Cli, ADamagedCheckpointIsReportedAndTheOlderOneUsed) {
  const std::string path = copied("pictures", "crashed");
  const std::string model = read_file(path + "/model.safetensors");
  fs::remove(path + "/model.safetensors");
  fs::resize_file(path + "/metrics.jsonl", fs::file_size(path + "/metrics.jsonl") - 10);
  std::vector<std::string> checkpoints;
  for (const auto& entry : fs::directory_iterator(path + "/checkpoints")) checkpoints.push_back(entry.path());
  std::sort(checkpoints.begin(), checkpoints.end());
  ASSERT_EQ(checkpoints.size(), 2u);
  fs::resize_file(checkpoints[1] + "/state.safetensors", 99);
  const ProcessResult r = cairn({"resume", "crashed"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_NE(r.err.find("skipped a damaged checkpoint: runs/crashed/checkpoints/step-000000012/state.safetensors: 99 bytes, expected"),
            std::string::npos)
      << r.err;
  EXPECT_NE(r.out.find("resumed_at: step 6"), std::string::npos) << r.out;
  EXPECT_EQ(read_file(path + "/model.safetensors"), model);

  fs::remove(path + "/model.safetensors");
  for (const auto& entry : fs::directory_iterator(path + "/checkpoints")) fs::remove(entry.path() / "manifest.json");
  ProcessOptions quiet = options;
  quiet.environment["CAIRN_LOG"] = "error";
  refused({"resume", "crashed"}, 1, {"none of its 2 checkpoints is whole", "Hint: remove"}, quiet);
  EXPECT_EQ(cairn({"resume", "crashed"}, quiet).err.find("keeps its older"), std::string::npos) << "what is damaged is no comfort";
}

TEST_F(Cli, ChangedDataIsSaid) {
  folder->put("moving.csv", small_table());
  ASSERT_EQ(cairn({"train", "softmax", "--data", "moving.csv", "--target", "kind", "--epochs", "2", "--name", "moving"}).code, 0);
  folder->put("moving.csv", small_table(80));
  refused({"eval", "moving"}, 1, {"other features or classes", "bring the data back"});
  fs::remove(*folder / "moving.csv");
  refused({"eval", "moving"}, 1, {"runs/moving/config.toml: its data", "moving.csv, is not there", "bring it back"});
}

TEST_F(Cli, ARunIsUsedFromAnyFolderAndItsDataMayMove) {
  ProcessOptions elsewhere = options, quiet = options;
  elsewhere.folder = *folder / "elsewhere/deep";
  quiet.environment["CAIRN_LOG"] = elsewhere.environment["CAIRN_LOG"] = "error";  // without the warning that the model is written again
  fs::create_directories(elsewhere.folder);
  folder->put("sub/t.csv", small_table());
  folder->put("xor", "no table");
  const ProcessResult trained = cairn({"train", "softmax", "--data", "./sub/t.csv", "--target", "kind", "--epochs", "2", "--name", "anywhere"});
  ASSERT_EQ(trained.code, 0) << trained.err;
  EXPECT_NE(trained.out.find("--data ./sub/t.csv"), std::string::npos) << "said as it was typed: " << trained.out;
  const std::string path = fs::canonical(*folder / "sub/t.csv").string(), runs = *folder / "runs";
  const std::string config = read_file(runs + "/anywhere/config.toml"), model = read_file(runs + "/anywhere/model.safetensors");
  EXPECT_NE(config.find("data = \"" + path + "\"\n"), std::string::npos) << config;
  accepted({"eval", "anywhere", "--runs", runs}, {"accuracy"}, elsewhere);
  auto goes_on = [&](const ProcessOptions& o) {
    fs::remove(runs + "/anywhere/model.safetensors");
    const ProcessResult r = cairn({"resume", "anywhere", "--runs", runs}, o);
    EXPECT_EQ(r.code, 0) << r.err;
    EXPECT_TRUE(fs::exists(runs + "/anywhere/model.safetensors") && read_file(runs + "/anywhere/model.safetensors") == model);
    EXPECT_EQ(r.out.find("may differ"), std::string::npos) << r.out;
  };
  goes_on(elsewhere);

  // Moved, and said so in config.toml: the same bytes are the same data.
  fs::rename(*folder / "sub", *folder / "moved");
  refused({"eval", "anywhere"}, 1, {"its data, " + path + ", is not there", "write the new place into runs/anywhere/config.toml"});
  std::string moved = config;
  moved.replace(moved.find(path), path.size(), *folder / "moved/t.csv");
  folder->put("runs/anywhere/config.toml", moved);
  goes_on(options);
  folder->put("moved/other.csv", small_table() + "0,0,yes\n");
  moved.replace(moved.find("moved/t.csv"), 11, "moved/other.csv");
  folder->put("runs/anywhere/config.toml", moved);
  fs::remove(runs + "/anywhere/model.safetensors");
  refused({"resume", "anywhere"}, 1, {"moved/other.csv", "its files are others than those of", "sub/t.csv", "a training on other data is a new run"},
          quiet);

  // What a recipe makes itself is no file, whatever lies beside.
  ASSERT_EQ(cairn({"train", "perceptron", "--data", "xor", "--epochs", "2", "--name", "made"}).code, 0);
  EXPECT_NE(read_file(runs + "/made/config.toml").find("data = \"xor\"\n"), std::string::npos);
  for (const char* run : {"anywhere", "made"}) fs::remove_all(runs + "/" + run);
  fs::remove(*folder / "xor");
}

}  // namespace
}  // namespace cairn
