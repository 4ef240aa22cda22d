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

}  // namespace
}  // namespace cairn
