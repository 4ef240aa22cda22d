// Runs from outside: what is missing, damaged, cut short or changed is named with what to do, and a run is used from any folder.
#include <gtest/gtest.h>

#include <cairn/base/disk.h>
#include <tests/helpers/cli.h>

namespace cairn {
namespace {

class CliRuns : public Cli {};

TEST_F(CliRuns, RunsThatAreNotThereAreNamed) {
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

TEST_F(CliRuns, DamagedRunsSayWhichFileAndWhatToDo) {
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

TEST_F(CliRuns, ARunGoesOnOnlyWithTheConfigItWasTrainedWith) {
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

  ASSERT_EQ(cairn({"train", "kmeans", "--data", "iris", "--epochs", "1", "--name", "clusters"}).code, 0);
  std::string standardised = read_file(*folder / "runs/clusters/config.toml");
  standardised.replace(standardised.find("standardise = false"), 19, "standardise = true");
  folder->put("runs/clusters/config.toml", standardised);
  fs::remove(*folder / "runs/clusters/model.safetensors");
  refused({"resume", "clusters"}, 1, {"standardise: false in the checkpoint, true in the file", "`cairn train kmeans ... --standardise`"}, quiet);

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

TEST_F(CliRuns, AConfigThatIsCutShortSaysSo) {
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

TEST_F(CliRuns, ADamagedCheckpointIsReportedAndTheOlderOneUsed) {
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

TEST_F(CliRuns, ChangedDataIsSaid) {
  folder->put("moving.csv", small_table());
  ASSERT_EQ(cairn({"train", "softmax", "--data", "moving.csv", "--target", "kind", "--epochs", "2", "--name", "moving"}).code, 0);
  folder->put("moving.csv", small_table(80));
  refused({"eval", "moving"}, 1, {"other features or classes", "bring the data back"});
  fs::remove(*folder / "moving.csv");
  refused({"eval", "moving"}, 1, {"runs/moving/config.toml: its data", "moving.csv, is not there", "bring it back"});
}

TEST_F(CliRuns, ARunIsUsedFromAnyFolderAndItsDataMayMove) {
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
