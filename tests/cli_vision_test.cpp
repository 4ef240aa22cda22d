// The verbs about pictures, from outside: train with a preset and an estimate, show, data info and preview of folders.
#include <cmath>

#include <cairn/base/columns.h>
#include <cairn/base/disk.h>
#include <cairn/base/text.h>
#include <cairn/io/safetensors.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/cli.h>

namespace cairn {
namespace {

class Vision : public Cli {
 protected:
  static void SetUpTestSuite() {
    Cli::SetUpTestSuite();
    for (const auto& [name, level] : {std::pair("dark", 40), std::pair("bright", 220)})
      for (int i = 0; i < 10; i++) {
        Image p{24 + i, 20, 3, std::vector<uint8_t>(size_t(24 + i) * 20 * 3, uint8_t(level + i))};
        folder->put("pictures/" + std::string(name) + "/" + std::to_string(10 + i) + ".png", encode_png(p));
      }
    ASSERT_EQ(cairn({"train", "resnet20", "--data", "mnist", "--depth", "8", "--epochs", "1", "--name", "conv"}).code, 0);
  }
  static std::vector<Json> events(const Words& words) {
    Words all = words;
    all.push_back("--json");
    const ProcessResult r = cairn(all);
    EXPECT_EQ(r.code, 0) << shown(words) << r.out << r.err;
    std::vector<Json> list;
    std::istringstream in(r.out);
    for (std::string line; std::getline(in, line);) list.push_back(Json::parse(line));
    return list;
  }
};

// As accepted(), but once: for what makes a run of a given name.
void done(const ProcessResult& r, const Words& parts) {
  EXPECT_EQ(r.code, 0) << r.out << r.err;
  for (const std::string& part : parts) EXPECT_NE(r.out.find(part), std::string::npos) << "no '" << part << "' in: " << r.out;
}

TEST_F(Vision, a_training_says_first_what_it_will_cost) {
  for (const Json& e : events({"train", "mlp", "--data", "mnist", "--epochs", "2"})) {
    if (e.at("event") != Json("estimate")) continue;
    EXPECT_GT(e.at("seconds").as_double(), 0);
    EXPECT_GT(e.at("memory_bytes").as_double(), 1e6);
    return;
  }
  ADD_FAILURE() << "no estimate";
}

TEST_F(Vision, a_preset_is_overridden_by_flags_and_kept_resolved) {
  const Json end = events({"train", "resnet20", "--data", "mnist", "--preset", "quick", "--depth", "8", "--epochs", "1", "--name", "preset"}).back();
  EXPECT_EQ(end.at("epochs").as_int(), 1);
  const std::string config = read_file(*folder / "runs/preset/config.toml");
  EXPECT_NE(config.find("epochs = 1\n"), std::string::npos) << config;
  EXPECT_EQ(config.find("preset"), std::string::npos) << config;
  refused({"train", "resnet20", "--data", "mnist", "--preset", "quik"}, 2,
          {"--preset must be one of quick, standard, paper, got 'quik'. Did you mean 'quick'?"});
  accepted({"train", "resnet20", "--help"}, {"--preset quick|standard|paper"});
  accepted({"recipes", "image-folder"}, {"test_accuracy of 0.9 on your data\n"});
  refused({"train", "pca", "--preset", "quick"}, 2, {"no option '--preset'"});
  accepted({"recipes", "resnet20"}, {"presets", "quick", "standard", "paper", "--epochs 3"});
}

TEST_F(Vision, show_writes_each_picture_of_a_run) {
  for (const Words& words : {Words{"curves"}, Words{"filters"}, Words{"features", "p.png"}, Words{"mistakes"}, Words{"confusion"},
                             Words{"receptive-field"}, Words{"receptive-field", "p.png"}}) {
    Words all = {"show", "conv"};
    all.insert(all.end(), words.begin(), words.end());
    accepted(all, {"written: runs/conv/samples/" + words[0] + ".svg"});
    EXPECT_TRUE(read_file(*folder / ("runs/conv/samples/" + words[0] + ".svg")).starts_with("<svg")) << words[0];
  }
  accepted({"show", "table", "curves"}, {"written"});
  accepted({"show", "table", "confusion"}, {"written"});
  accepted({"show", "conv", "filters", "--layer", "layer1.0.conv1", "--out", "f.svg"}, {"written: f.svg"});
  accepted({"show", "conv", "filters", "--out", "f.png"}, {"written: f.png"});
  const Image png = load_image(*folder / "f.png");
  EXPECT_GT(png.width, 100);
  accepted({"show", "conv", "features", "p.png", "--layer", "conv1", "--out", "maps.png"}, {"written: maps.png"});
}

// What axes are drawn on has no PNG, and nothing is written in its place.
TEST_F(Vision, show_refuses_a_png_of_a_chart) {
  refused({"show", "conv", "curves", "--out", "c.png"}, 2, {"drawn as SVG only", "--out NAME.svg"});
  refused({"show", "conv", "confusion", "--out", "c.png"}, 2, {"drawn as SVG only"});
  refused({"show", "conv", "features", "p.png", "--out", "c.png"}, 2, {"several parts"});
  EXPECT_FALSE(file_exists(*folder / "c.png"));
}

TEST_F(Vision, pictures_are_written_as_what_their_names_say_or_not_at_all) {
  for (const char* other : {"c.pdf", "c.jpg", "c.JPEG", "c.svg.gz"})
    refused({"show", "conv", "curves", "--out", other}, 2,
            {std::string("--out ") + other + ": the picture is written as SVG or PNG.\nHint: --out c."});
  refused({"show", "conv", "curves", "--out", "pictures"}, 2, {"--out pictures: that is a folder; name a file.\nHint: --out pictures/curves.svg"});
  refused({"show", "conv", "filters", "--out", "new/"}, 2, {"that is a folder; name a file."});
  refused({"data", "preview", "mnist", "--out", "c.jpg"}, 2, {"--out c.jpg: the picture is written as PNG.\nHint: --out c.png"});
  refused({"data", "preview", "mnist", "--out", "."}, 2, {"that is a folder; name a file.\nHint: --out ./preview.png"});
  for (const char* name : {"c.pdf", "c.jpg", "c.JPEG", "c.svg.gz"}) EXPECT_FALSE(file_exists(*folder / name)) << name;
  accepted({"show", "conv", "curves", "--out", "C.SVG"}, {"written: C.SVG"});
  EXPECT_TRUE(read_file(*folder / "C.SVG").starts_with("<svg"));
  for (const Words& words : {Words{"show", "conv", "filters"}, Words{"data", "preview", "mnist"}}) {
    Words all = words;
    all.insert(all.end(), {"--out", "C.Png"});
    accepted(all, {"written: C.Png"});
    EXPECT_GT(load_image(*folder / "C.Png").width, 100);
    fs::remove(*folder / "C.Png");
  }
}

TEST_F(Vision, a_run_without_its_model_says_how_to_get_it_back) {
  std::filesystem::copy(*folder / "runs/conv", *folder / "runs/emptied", std::filesystem::copy_options::recursive);
  std::filesystem::remove(*folder / "runs/emptied/model.safetensors");
  std::filesystem::remove_all(*folder / "runs/emptied/checkpoints");
  refused({"show", "emptied", "filters"}, 1, {"model.safetensors is missing", "cairn resume emptied"});
  accepted({"show", "emptied", "curves"}, {"written"});  // what was written down needs no model
  std::filesystem::create_directories(*folder / "runs/nothing");
  refused({"show", "nothing", "curves"}, 1, {"nothing is not a run"});
}

TEST_F(Vision, mixtures_and_milestones_are_options_of_a_training) {
  const Words base = {"train", "resnet20", "--data", "mnist", "--depth", "8", "--epochs", "2"};
  const auto with = [&](Words more) {
    more.insert(more.begin(), base.begin(), base.end());
    return more;
  };
  done(cairn(with({"--mix", "cutmix", "--mix-alpha", "0.5", "--name", "mixed"})), {"CutMix(alpha 0.5)", "the larger share counts"});
  const std::string config = read_file(*folder / "runs/mixed/config.toml");
  EXPECT_NE(config.find("mix = \"cutmix\"\n"), std::string::npos) << config;
  refused(with({"--mix", "mixin"}), 2, {"mixup"});
  refused(with({"--mix", "mixup", "--mix-alpha", "0"}), 2, {"--mix-alpha", "above 0"});
  const Json end = events(with({"--schedule", "multi-step", "--milestones", "1,2", "--max-steps", "3", "--name", "stepped"})).back();
  EXPECT_EQ(end.at("epochs").as_int(), 1) << "three batches are one pass over the small data";
  refused(with({"--schedule", "multi-step"}), 2, {"--milestones 32000,48000"});
  refused(with({"--schedule", "multi-step", "--milestones", "5,4"}), 2, {"rising", "'4'"});
}

TEST_F(Vision, mixed_precision_is_an_option_of_a_training_that_is_kept) {
  done(cairn({"train", "resnet20", "--data", "mnist", "--depth", "8", "--epochs", "1", "--precision", "bf16", "--name", "low"}), {"low"});
  const std::string config = read_file(*folder / "runs/low/config.toml");
  EXPECT_NE(config.find("precision = \"bf16\"\n"), std::string::npos) << config;
  accepted({"eval", "low"}, {"low"});
  accepted({"predict", "low", "p.png"}, {"p.png"});
  refused({"train", "mlp", "--data", "mnist", "--precision", "fp16"}, 2, {"--precision", "f32, bf16", "fp16"});
  refused({"bench", "--precision", "half"}, 2, {"--precision", "f32, bf16", "half"});
}

TEST_F(Vision, a_cpu_without_bf16_says_so_once_and_computes_it_all_the_same) {
  const auto loss = [](const std::string& isa, std::string* said) {
    ProcessOptions o = options;
    o.environment["ONEDNN_MAX_CPU_ISA"] = isa;
    const ProcessResult r = cairn({"bench", "--workload", "lenet", "--steps", "3", "--precision", "bf16", "--json"}, o);
    EXPECT_EQ(r.code, 0) << r.out << r.err;
    *said = r.err;
    return Json::parse(r.out).at("loss").as_double();
  };
  std::string capped, free;
  const double low = loss("AVX2", &capped), best = loss("ALL", &free);
  EXPECT_NEAR(low, best, 0.02) << "both round to 8 bits, in other orders";
  const size_t first = capped.find("no fast instructions for bf16");
  ASSERT_NE(first, std::string::npos) << capped;
  EXPECT_EQ(capped.find("no fast instructions for bf16", first + 1), std::string::npos) << capped;
}

TEST_F(Vision, show_refuses_what_there_is_not) {
  refused({"show", "conv", "curvs"}, 2, {"Did you mean 'curves'?"});
  refused({"show", "conv"}, 2, {"needs at least 2"});
  refused({"show", "conv", "features"}, 2, {"needs a picture"});
  refused({"show", "conv", "features", "nowhere.png"}, 1, {"there is no file nowhere.png. Hint: check the spelling, and the folder you are in."});
  refused({"show", "conv", "filters", "--layer", "conv9"}, 2, {"no layer 'conv9'"});
  refused({"show", "conv", "curves", "p.png"}, 2, {"p.png"});
  refused({"show", "pictures", "filters"}, 2, {"no convolutions"});
  refused({"show", "table", "mistakes"}, 2, {"learned from a table"});
  refused({"show", "nobody", "curves"}, 1, {"nobody"});
}

TEST_F(Vision, a_folder_of_pictures_is_described_shown_learned_and_predicted) {
  const Json info = events({"data", "info", "pictures", "--decode"}).back();
  EXPECT_EQ(info.at("event").as_string(), "folder");
  accepted({"data", "info", "pictures"}, {"bright", "dark", "cairn train image-folder --data pictures"});
  const Json preview = events({"data", "preview", "pictures", "--augment", "image-folder", "--count", "3"}).back();
  EXPECT_EQ(preview.at("pictures").as_int(), 3);
  EXPECT_GT(load_image(*folder / preview.at("file").as_string()).width, 7 * 96);
  accepted({"data", "preview", "pictures", "--augment", "resnet20", "--count", "2"}, {"Resize", "CenterCrop", "RandomCrop"});
  accepted({"data", "preview", "mnist", "--augment", "resnet20", "--out", "augmented.png"}, {"written: augmented.png", "RandomCrop"});
  for (const auto& [columns, versions] : {std::pair(40, 2), std::pair(80, 4), std::pair(100, 6), std::pair(300, 6)}) {
    ProcessOptions o = options;
    o.environment["COLUMNS"] = std::to_string(columns);
    const std::string out = cairn({"data", "preview", "mnist", "--augment", "resnet20", "--out", "augmented.png"}, o).out;
    size_t rows = 0;
    std::istringstream in(out);
    for (std::string line; std::getline(in, line);) {
      const bool has = line.find("version 1") != std::string::npos;
      rows += has;
      for (int k = 2; k <= 6 && has; k++)
        EXPECT_EQ(line.find("version " + std::to_string(k)) != std::string::npos, k <= versions) << columns << ": " << line;
    }
    EXPECT_EQ(rows, 4u) << "one for each picture: " << out;
    EXPECT_EQ(out.find("of 6 have room here") != std::string::npos, versions < 6) << out;
  }
  refused({"data", "preview", "mnist", "--augment", "mlp"}, 2, {"does not augment"});

  const Words train = {"train", "image-folder", "--data", "pictures", "--model", "resnet20", "--size", "16", "--epochs", "2"};
  Words first = train;
  first.insert(first.end(), {"--name", "mine"});
  done(cairn(first), {"test:", "written", "estimate: about"});
  EXPECT_TRUE(fs::exists(*folder / "runs/mine/split.json"));
  accepted({"predict", "mine", "pictures/dark/11.png", "p.png"}, {"dark", "bright"});
  refused({"predict", "mine", "pictures/dark"}, 1, {"pictures/dark is a folder", "FOLDER/*.jpg"});
  EXPECT_NE(cairn({"predict", "mine", "p.png"}).out.find("its shorter side has 18 pixels, then the 16 x 16 in its middle"), std::string::npos);
  accepted({"eval", "mine"}, {"accuracy"});
  ProcessOptions elsewhere = options;
  elsewhere.folder = *folder / "runs";
  accepted({"eval", "mine", "--runs", "."}, {"accuracy"}, elsewhere);
  fs::remove(*folder / "runs/mine/model.safetensors");
  const ProcessResult resumed = cairn({"resume", "mine", "--runs", "."}, elsewhere);
  EXPECT_EQ(resumed.code, 0) << resumed.err;
  EXPECT_EQ(resumed.out.find("may differ"), std::string::npos) << "the same pictures, from another folder: " << resumed.out;

  folder->put("pictures/dark/zz.png", "no picture");
  refused(train, 1, {"zz.png"});
  Words skipping = train;
  skipping.insert(skipping.end(), {"--skip-bad", "--name", "skipping"});
  done(cairn(skipping), {"without 1 damaged picture"});
  accepted({"data", "info", "pictures"}, {"zz.png", "--skip-bad"});
  const size_t before = runs_now();
  refused({"train", "vgg", "--data", "mnist"}, 1,
          {"an image of 1x8x8 ends at features.", "takes images from 32x32 on: choose other --data (cifar10, cifar100)"});
  refused({"train", "image-folder", "--data", "pictures", "--model", "vgg16_cifar", "--size", "16", "--skip-bad"}, 1,
          {"Hint: vgg16_cifar takes images from 32x32 on: --size 32 or more, or another --model"});
  refused({"train", "image-folder", "--data", "pictures", "--tuning", "frozen"}, 2, {"--tuning frozen starts from weights", "--weights FILE"});
  EXPECT_EQ(runs_now(), before) << "no run is made for a net that is too deep for its pictures";
  refused({"train", "image-folder"}, 2, {"--data FOLDER"});
  refused({"train", "convnet", "--data", "pictures"}, 2, {"cairn train image-folder --data pictures"});
}

TEST_F(Vision, class_names_that_a_png_cannot_show_are_told) {
  for (const char* name : {"gr\u00fcn", "\u65e5\u672c"})
    for (int i = 0; i < 5; i++)
      folder->put("names/" + std::string(name) + "/" + std::to_string(i) + ".png", shaded_png(20, 20, name[0] == 'g' ? 20 : 200));
  const std::string note = "the picture has no letters but Latin ones; there are question marks in place of others, as in '\u65e5\u672c'.\n";
  accepted({"data", "preview", "names"}, {"written: names-preview.png\nnote: " + note});
  EXPECT_EQ(cairn({"data", "preview", "pictures"}).out.find("note"), std::string::npos);
  done(cairn({"train", "image-folder", "--data", "names", "--model", "resnet20", "--size", "16", "--epochs", "1", "--name", "names"}),
       {"note on worst-mistakes.png: " + note});
}

TEST_F(Vision, a_run_is_tested_when_pictures_that_it_learned_from_are_gone) {
  for (const char* name : {"dark", "bright"})
    for (int i = 0; i < 10; i++)
      folder->put("going/" + std::string(name) + "/" + std::to_string(i) + ".png", shaded_png(20, 20, name[0] == 'd' ? 20 : 200));
  done(cairn({"train", "image-folder", "--data", "going", "--model", "resnet20", "--size", "16", "--epochs", "1", "--name", "going"}), {"test:"});
  const Json before = events({"eval", "going"}).back();
  const Json splits = Json::parse(read_file(*folder / "runs/going/split.json")).at("splits");
  const auto remove = [&](const char* split, size_t i) { fs::remove(*folder / ("going/" + splits.at(split).as_array().at(i).as_string())); };
  remove("train", 0);
  remove("train", 1);
  accepted({"eval", "going"}, {"note: 2 of the pictures that it learned from are not there any more; all those to test on are", "accuracy"});
  EXPECT_EQ(events({"eval", "going"}).back(), before);
  accepted({"show", "going", "confusion"}, {"written"});
  const auto decoded = [](const fs::directory_entry& file) { return file.path().filename().string().starts_with("going-"); };
  EXPECT_EQ(std::count_if(fs::directory_iterator(*folder / "cache/pictures"), fs::directory_iterator(), decoded), 2) << "all, and those to test on";
  remove("test", 0);
  refused({"eval", "going"}, 1, {"of the written split 'test' is not there (any more). Hint: bring it back"});
  fs::remove(*folder / "runs/going/model.safetensors");  // so that there is something to resume
  const ProcessResult resumed = cairn({"resume", "going"});
  EXPECT_EQ(resumed.code, 1);
  EXPECT_THAT(resumed.err, HasSubstr("of the written split 'train' is not there (any more), nor is another one. Hint: bring them back"));
}

TEST_F(Vision, tables_and_lines_keep_to_a_narrow_terminal) {
  ProcessOptions narrow = options, usual = options, wide = options;
  narrow.environment["COLUMNS"] = "40";
  usual.environment["COLUMNS"] = "80";
  wide.environment["COLUMNS"] = "200";
  for (const char* name : {"a class with quite a long name", "short"})
    for (const char* part : {"train", "val", "test"}) folder->put("wide/" + std::string(part) + "/" + name + "/1.png", shaded_png(20, 20, 20));
  folder->put("wide/train/short/2.png", "no picture");
  for (const Words& words : {Words{"model"}, Words{"model", "lenet"}, Words{"model", "resnet18"}, Words{"data", "info", "wide"},
                             Words{"data", "preview", "pictures", "--augment", "image-folder", "--count", "1"}}) {
    SCOPED_TRACE(shown(words));
    const ProcessResult r = cairn(words, narrow);
    EXPECT_EQ(r.code, 0) << r.err;
    std::istringstream in(r.out);
    for (std::string line; std::getline(in, line);) {
      const std::string text(trim(line));
      if (text.find("cairn ") != text.npos || text.find(' ') == text.npos) continue;  // commands and paths are there to be copied
      EXPECT_LE(columns_of(line), 40u) << line;
    }
    if (words.size() > 1 && words[1] == "preview") continue;  // whose pictures are as wide as the terminal
    EXPECT_EQ(cairn(words, usual).out, cairn(words, wide).out);
    EXPECT_EQ(cairn(words, usual).out, cairn(words).out);
  }
}

TEST_F(Vision, a_data_set_that_was_cut_off_is_told_with_what_mends_it) {
  const auto sized = [](const std::string& name, uint64_t bytes) {
    const std::string path = *folder / name;
    folder->put(name, "");
    fs::resize_file(path, bytes);
    return path;
  };
  const std::string train = sized("cache/data/cifar100/train.bin", 1000);
  sized("cache/data/cifar100/test.bin", 30740000);
  accepted({"data", "info", "cifar100"}, {train + " is damaged: it has 1000 bytes, 153700000 are expected", "`cairn data get cifar100` mends it"});
  EXPECT_EQ(cairn({"data", "info", "cifar100"}).out.find("It is here"), std::string::npos);
  EXPECT_EQ(events({"data", "info", "cifar100"})[0].at("damaged").as_array().size(), 1u);
  accepted({"data"}, {"cifar100        damaged"});
  sized("cache/data/cifar100/train.bin", 153700000);
  accepted({"data", "info", "cifar100"}, {"It is here."});
  const std::string batch = sized("elsewhere/cifar10/cifar-10-batches-bin/data_batch_2.bin", 30729999);
  accepted({"data", "info", "cifar10", "--from", "elsewhere"},
           {batch.substr(batch.find("elsewhere")) + " is damaged", "remove it, then `cairn data get cifar10`"});
  fs::remove_all(*folder / "cache/data/cifar100");
  fs::remove_all(*folder / "elsewhere");
}

TEST_F(Vision, a_folder_that_cannot_be_described_or_shown_gets_an_answer_about_itself) {
  refused({"data", "info", "/nope/pictures"}, 2, {"there is no folder /nope/pictures", "`cairn data`"});
  refused({"data", "preview", "./nope"}, 2, {"there is no folder ./nope"});
  refused({"data", "info", "minst"}, 2, {"there is no data set 'minst', and no folder of that name. Did you mean 'mnist'?"});
  refused({"data", "info", "t.csv"}, 2, {"t.csv is a file", "takes a folder of pictures"});
  refused({"data", "get", "pictures"}, 2, {"pictures is here already"});
  refused({"data", "get", "minst"}, 2, {"there is no data set 'minst'. Did you mean 'mnist'?"});
  for (const char* name : {"halves/Train/a/1.png", "halves/Train/b/1.png", "halves/Test/a/1.png", "halves/Test/b/1.png", "halves/Test/b/2.png"})
    folder->put(name, encode_png({20, 20, 3, std::vector<uint8_t>(1200, 9)}));
  accepted({"data", "info", "halves"}, {"5 pictures of 2 classes", "train     test"});
  folder->put("halves/Test/b/2.png", "no picture");
  refused({"data", "preview", "halves", "--split", "test"}, 1, {"halves/Test/b/2.png", "mend or remove it", "cairn data info halves --decode"});
  const Json sound = events({"data", "preview", "halves", "--split", "test", "--skip-bad"}).back();
  EXPECT_EQ(sound.at("left_out").as_array().size(), 1u);
  EXPECT_THAT(sound.at("left_out").dump(), HasSubstr("halves/Test/b/2.png"));
  EXPECT_GT(sound.at("pictures").as_int(), 0);
  folder->put("halves/Testing/a/1.png", encode_png({20, 20, 3, std::vector<uint8_t>(1200, 9)}));
  refused({"data", "info", "halves"}, 1, {"more than one folder for the split 'test': Test, Testing"});
}

TEST_F(Vision, weights_of_one_run_start_another) {
  const Words train = {"train", "transfer", "--data", "mnist", "--labels", "3", "--epochs", "2"};
  const auto with = [&](const Words& more) {
    Words all = train;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  done(cairn(with({"--tuning", "scratch", "--name", "scratch"})), {"test:"});
  done(cairn(with({"--weights", "runs/scratch/model.safetensors", "--tuning", "gradual", "--name", "gradual"})),
       {"starting from runs/scratch/model.safetensors"});
  Tensors spoilt = load(*folder / "runs/scratch/model.safetensors");
  spoilt.at("conv1.weight") = spoilt.at("conv1.weight") * NAN;
  save(*folder / "spoilt.safetensors", spoilt);
  const size_t before = runs_now();
  refused(with({"--weights", "spoilt.safetensors"}), 1, {"spoilt.safetensors", "values of 'conv1.weight'", "NaN or infinite"});
  refused(with({"--weights", "nowhere.safetensors"}), 1, {"there is no file nowhere.safetensors. Hint: check the spelling"});
  EXPECT_EQ(runs_now(), before) << "no run is left that could be resumed";
  // The run holds its values now: the file may go.
  fs::rename(*folder / "runs/scratch", *folder / "runs/elsewhere");
  accepted({"eval", "gradual"}, {"accuracy"});
  refused(train, 2, {"--weights FILE"});
}

}  // namespace
}  // namespace cairn
