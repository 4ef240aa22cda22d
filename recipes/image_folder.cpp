// A folder of your own pictures, a folder a class: any model of the list, from scratch or from somebody's weights.
//   FOLDER/CLASS/*.jpg                      a stratified fifth is held out to test; which, is written into the run (split.json)
//   FOLDER/train/CLASS/*   FOLDER/val/CLASS/*   FOLDER/test/CLASS/*
// Pictures are decoded once, into a cache; training sees a random part of each at a random scale, tests see the middle.
#include <filesystem>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/data/decoded_cache.h>
#include <cairn/data/transforms/transforms.h>
#include <recipes/pictures.h>
#include <recipes/transfer.h>

namespace cairn {

namespace {

constexpr const char* split_file = "split.json";
// Means and deviations of ImageNet's pictures: photographs are much alike, and public weights expect these.
const Normalize photographs = {{0.485, 0.456, 0.406}, {0.229, 0.224, 0.225}};
constexpr int64_t listed = 10, least_to_watch = 8;

struct Folder : Recipe {
  std::string data, model_name = "resnet18", augment = "resized-crop-flip";
  MixOptions mix;
  TransferOptions transfer;
  int64_t size = 96;
  bool skip_bad = false;
  double test_share = 0.2;
  Folder() {
    transfer.tuning = "full";
    train.epochs = 15;
    train.batch_size = 32;
    train.lr = 5e-4;
    train.optimizer = "adamw";
    train.weight_decay = 0.01;
    train.schedule = "cosine";
    train.warmup = 1;
    train.val_share = 0.1;
    train.workers = 1;
  }

  void fields(Fields& f) override {
    f("data", data, "a folder with a folder of pictures for each class, or with train, val, test that have them");
    f("model", model_name, "the network; `cairn model` lists them");
    f.group(transfer);
    f("size", size, "side of the pictures as the network sees them, in pixels", between(16, 1024));
    f("skip_bad", skip_bad, "leave damaged pictures out and list them, instead of stopping at the first");
    f("test_share", test_share, "share of each class that is held out to test, where the folder has no test or val", between(0.01, 0.9));
    f("augment", augment, "how training pictures are varied", one_of({"none", "flip", "resized-crop-flip", "rand", "trivial"}));
    f.group(mix);
    f.group(train);
  }
  std::string data_name() const override { return data; }
  std::vector<Preset> presets() const override {
    return {{"quick", "small pictures, few passes", {{"size", "64"}, {"epochs", "5"}}},
            {"standard", "a first serious try", {{"size", "96"}, {"epochs", "15"}}},
            {"paper", "ResNet's own size", {{"size", "224"}, {"epochs", "90"}}}};
  }
  Goal goal() const override { return {"test_accuracy", 0.9, "", "yours to set: there is no literature on your folder"}; }

  transforms::Compose augmentation(const Features& f) const override {
    using namespace transforms;
    const RandomResizedCrop part{.height = f.height, .width = f.width, .least_area = 0.35};
    if (augment == "none") return f.plain();
    if (augment == "flip") return {Resize{.shorter = f.shorter}, CenterCrop{.height = f.height, .width = f.width}, HorizontalFlip{}, f.normalize};
    if (augment == "rand") return {part, HorizontalFlip{}, RandAugment{}, f.normalize};
    if (augment == "trivial") return {part, HorizontalFlip{}, TrivialAugment{}, f.normalize};
    return {part, HorizontalFlip{}, f.normalize};
  }

  std::shared_ptr<Module> model(const Features& f) override { return model_named(model_name).make({f.channels, f.height, f.width, f.outputs()}); }

  Setup setup() override {
    const ModelInfo& info = model_named(model_name);
    if (data.empty()) throw ConfigError("image-folder learns from a folder of yours: --data FOLDER, with a folder of pictures for each class in it.");
    if (transfer.weights.empty() && transfer.tuning == "full") transfer.tuning = "scratch";  // all of it learns in both
    check_weights_are_named(info, transfer);
    const ImageFolder folder = opened();

    Setup s;
    s.features = std::make_shared<Features>();
    s.features->kind = Features::image;
    s.features->classes = folder.classes();
    s.features->channels = 3;
    s.features->height = s.features->width = size;
    s.features->shorter = size * 8 / 7;  // 256 for 224, as is usual
    s.features->normalize = photographs;
    s.objective = objective();
    s.model = network_for(*this, *s.features, info.name,
                          [](int64_t least) { return fmt::format("--size {} or more, or another --model (`cairn model` lists them)", least); });
    const DecodedCache cache(folder.missing() ? folder.only_held_out() : folder,
                             {.shorter = s.features->decoded_side(), .skip_bad = skip_bad, .progress = reading});
    s.files[split_file] = folder.split_json().dump(1) + "\n";
    Json files = folder.split_json();
    files["folder"] = nullptr;  // which pictures, wherever they lie
    s.checksums[last_name(data) + "/" + split_file] = sha256(files.dump());
    if (const std::string note = folder.foreign_note(); to_learn && !note.empty()) s.notes.push_back("left aside: " + note);
    note_bad(cache.bad(), to_learn, s);
    if (folder.missing()) {
      s.notes.push_back(fmt::format("{} of the pictures that it learned from {} not there any more; all those to test on are", folder.missing(),
                                    folder.missing() == 1 ? "is" : "are"));
      s.test = pictures(cache.split(folder.held_out()), s.features->plain());
      return s;
    }
    ImageFolder sound = folder;
    sound.leave_out(cache.bad());
    if (const std::string note = sound.untested_note(); !note.empty()) s.notes.push_back(note);

    const PictureSet test = cache.split(folder.held_out()), all = cache.split("train");
    s.test = pictures(test, s.features->plain());
    const auto varied = pictures(all, augmentation(*s.features)), plain = pictures(all, s.features->plain());
    s.train = varied;
    if (folder.held_out() == "test" && has(folder, "val")) {
      s.val = pictures(cache.split("val"), s.features->plain());
    } else if (double(all.labels.size(0)) * train.val_share >= least_to_watch) {
      const Split split = stratified_split_indices(all.labels, 1 - train.val_share, 0x5b117);
      s.train = std::make_shared<Subset>(varied, split.first);
      s.val = std::make_shared<Subset>(plain, split.second);
    } else if (to_learn && train.val_share > 0) {
      s.notes.push_back(nothing_to_watch(all.labels.size(0)));
    }
    s.train = limited(s.train, train.limit_train);
    start_from(info, transfer, train.epochs, run_folder, s);
    mix.apply(s);
    return s;
  }

  ImageFolder opened() const {
    if (std::error_code ignored; !std::filesystem::exists(data, ignored))
      throw FileError("there is no folder " + printable(data, 200) + "." + did_you_mean_path(data, true) +
                      " Hint: name the folder that holds train/CLASS/*.jpg, or CLASS/*.jpg.");
    const std::string written = run_folder + "/" + split_file;
    if (!run_folder.empty() && file_exists(written))
      return ImageFolder(data, Json::parse(read_file(written, 1 << 30), written),
                         to_learn ? ImageFolder::Needed::everything : ImageFolder::Needed::held_out);
    return ImageFolder(data, ImageFolderOptions{.train_share = 1 - test_share});
  }
  static bool has(const ImageFolder& folder, const std::string& split) {
    for (const std::string& s : folder.splits())
      if (s == split) return true;
    return false;
  }
  static std::shared_ptr<transforms::PictureDataset> pictures(const PictureSet& set, const transforms::Compose& steps) {
    return std::make_shared<transforms::PictureDataset>(set.pictures, set.labels, steps);
  }
  // Why nothing is held back from `n` pictures, and what would change that.
  std::string nothing_to_watch(int64_t n) const {
    const int64_t percent = (100 * least_to_watch + n - 1) / std::max<int64_t>(1, n);
    return fmt::format("nothing is held back for validation: --val-share {:g} of {} pictures is fewer than {}, too few to tell; {}", train.val_share,
                       n, least_to_watch,
                       percent <= 90 ? fmt::format("--val-share {:g} is enough", double(percent) / 100) : "that takes more pictures");
  }
  static void note_bad(const std::vector<BadPicture>& bad, bool one_by_one, Setup& s) {
    if (bad.empty()) return;
    s.data_note = fmt::format("without {} damaged picture{}", bad.size(), bad.size() == 1 ? "" : "s");
    if (!one_by_one) return;
    s.notes.push_back(s.data_note + ":");
    for (size_t i = 0; i < bad.size() && int64_t(i) < listed; i++) s.notes.push_back("  " + printable(bad[i].why, 300));
    if (int64_t(bad.size()) > listed)
      s.notes.push_back(fmt::format("  and {} more: `cairn data info FOLDER --decode` lists them", int64_t(bad.size()) - listed));
  }
};

}  // namespace

extern const RecipeInfo image_folder_recipe;
const RecipeInfo image_folder_recipe = {"image-folder",
                                        "B10",
                                        "a folder of your own pictures",
                                        "any model of `cairn model`; --weights FILE starts from somebody's",
                                        "--data FOLDER, with a folder for each class",
                                        make_recipe<Folder>};

}  // namespace cairn
