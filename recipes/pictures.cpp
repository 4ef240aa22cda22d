#include <recipes/pictures.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <future>

#include <fmt/format.h>

#include <cairn/autograd/modes.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>
#include <cairn/data/transforms/transforms.h>
#include <cairn/models/layer_table.h>
#include <cairn/models/registry.h>
#include <cairn/models/shapes_only.h>
#include <cairn/ops/ops.h>

namespace cairn {

namespace {

constexpr uint64_t split_seed = 0x5b117;  // splits are the same for every seed of the training

Labelled only(const Labelled& all, const std::vector<int64_t>& classes) {
  if (classes.empty()) return all;
  std::vector<int64_t> rows, labels;
  const std::vector<int64_t> y = all.y.to_vector<int64_t>();
  for (size_t i = 0; i < y.size(); i++)
    if (auto it = std::find(classes.begin(), classes.end(), y[i]); it != classes.end()) {
      rows.push_back(int64_t(i));
      labels.push_back(it - classes.begin());
    }
  Labelled some = all;
  some.x = index_select(all.x, 0, from_vector(rows));
  some.y = from_vector(labels);
  some.classes.clear();
  for (int64_t c : classes) some.classes.push_back(all.classes.at(size_t(c)));
  return some;
}

// The labels of the classes "bird,cat" of a data set, in this order.
std::vector<int64_t> labels_named(const std::string& text, const std::string& data, const std::vector<std::string>& all) {
  std::vector<int64_t> labels;
  for (const std::string& part : split(text, ',')) {
    const std::string name(trim(part));
    const auto it = std::find(all.begin(), all.end(), name);
    if (it == all.end()) throw ConfigError("--classes: " + data + " has no class '" + printable(name) + "'." + did_you_mean(name, all));
    if (std::find(labels.begin(), labels.end(), it - all.begin()) != labels.end())
      throw ConfigError("--classes names '" + name + "' twice. Hint: each class once, with commas between them.");
    labels.push_back(it - all.begin());
  }
  if (labels.size() < 2) throw ConfigError("--classes wants two classes at least, with commas between them, got '" + printable(text) + "'.");
  return labels;
}

// Mean and deviation of each channel of the training pictures, for x = (pixel / 255 - mean) / std. From a histogram, so exact.
Normalize fitted(const Tensor& pictures) {
  const int64_t n = pictures.size(0), channels = pictures.size(1), area = pictures.size(2) * pictures.size(3);
  const uint8_t* p = pictures.data<uint8_t>();
  Normalize result{{}, {}};
  for (int64_t c = 0; c < channels; c++) {
    int64_t counts[4][256] = {};  // four, so that equal neighbours do not wait for each other
    for (int64_t i = 0; i < n; i++) {
      const uint8_t* row = p + (i * channels + c) * area;
      for (int64_t k = 0; k < area; k++) counts[k & 3][row[k]]++;
    }
    double sum = 0, squares = 0;
    for (int v = 0; v < 256; v++) sum += v / 255.0 * double(counts[0][v] + counts[1][v] + counts[2][v] + counts[3][v]);
    const double mean = sum / double(n * area);
    for (int v = 0; v < 256; v++)
      squares += (v / 255.0 - mean) * (v / 255.0 - mean) * double(counts[0][v] + counts[1][v] + counts[2][v] + counts[3][v]);
    const double deviation = std::sqrt(squares / double(n * area));
    result.mean.push_back(mean);
    result.std.push_back(deviation > 0 ? deviation : 1);
  }
  return result;
}

}  // namespace

bool is_pictures(const std::string& data) {
  for (const DatasetInfo* info : all_datasets())
    if (data == info->name) return info->splits.size() > 1;
  return false;
}

std::shared_ptr<Dataset> limited(std::shared_ptr<Dataset> data, int64_t limit) {
  if (limit <= 0 || limit >= data->size()) return data;
  std::vector<int64_t> order = shuffled(data->size(), Random(split_seed, 1));
  order.resize(size_t(limit));
  return std::make_shared<Subset>(data, std::move(order));
}

Json data_checksums(const DatasetInfo& info, const std::vector<std::string>& files) {
  Json sums = Json::object();
  for (const std::string& file : files) {
    const std::filesystem::path path(file);
    std::string name = (path.parent_path().filename() / path.filename()).string();
    for (const DataFile& f : info.files)  // whose ending .gz may have gone when somebody unpacked it
      if (path.filename() == f.name || path.filename().string() + ".gz" == f.name) name = f.name;
    sums[std::string(info.name) + "/" + name] = sha256_file(file);
  }
  return sums;
}

Features features_of_pictures(const Labelled& train) {
  Features f;
  f.kind = Features::image;
  f.classes = train.classes;
  f.channels = train.x.size(1);
  f.height = train.x.size(2);
  f.width = train.x.size(3);
  if (f.channels == 3 && f.height == f.width) f.shorter = f.height;  // of a photograph the middle counts; digits are stretched
  f.normalize = fitted(train.x);
  return f;
}

namespace {

// Numbers of `limit` examples of each class; of every one where a class has fewer.
std::vector<int64_t> some_of_each(const Tensor& y, const std::vector<int64_t>& candidates, int64_t limit) {
  const std::vector<int64_t> labels = y.to_vector<int64_t>(), order = shuffled(int64_t(candidates.size()), Random(split_seed, 2));
  std::vector<int64_t> taken, counts(size_t(*std::max_element(labels.begin(), labels.end()) + 1));
  for (int64_t k : order) {
    const int64_t i = candidates[size_t(k)];
    if (counts[size_t(labels[size_t(i)])]++ < limit) taken.push_back(i);
  }
  return taken;
}

// Says where a class has fewer examples than were asked for; "" where none has.
std::string too_few_note(const Tensor& y, const std::vector<int64_t>& candidates, int64_t classes, int64_t asked) {
  const std::vector<int64_t> labels = y.to_vector<int64_t>();
  std::vector<int64_t> counts(size_t(classes), 0);
  for (int64_t i : candidates) counts[size_t(labels[size_t(i)])]++;
  const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
  const int64_t fewer = std::count_if(counts.begin(), counts.end(), [&](int64_t n) { return n < asked; });
  if (fewer == 0) return "";
  const std::string there = fewer < classes
                                ? fmt::format("{} of {} classes {} fewer, {} at least", fewer, classes, fewer == 1 ? "has" : "have", *least)
                            : *least == *most ? fmt::format("each class has {}", *least)
                                              : fmt::format("the classes have {} to {}", *least, *most);
  return fmt::format("--labels {} asks for more labelled pictures of each class than there are: {}; all of those are taken", asked, there);
}

void check_is_pictures(const std::string& data) {
  if (is_pictures(data)) return;
  std::vector<std::string> names;
  for (const DatasetInfo* info : all_datasets())
    if (info->splits.size() > 1) names.push_back(info->name);
  const bool folder = std::filesystem::is_directory(data);
  throw ConfigError("--data '" + printable(data) + "' is no data set of pictures." +
                    (folder ? "\nHint: `cairn train image-folder --data " + printable(data, 200) + "` learns from a folder a class."
                            : did_you_mean_data(data, names)));
}

}  // namespace

std::shared_ptr<Module> network_for(Recipe& recipe, const Features& f, const std::string& network,
                                    const std::function<std::string(int64_t least)>& advice) {
  std::shared_ptr<Module> model;
  std::string what;
  try {
    model = recipe.model(f);
    const bool training = model->training();
    NoGrad off;
    model->eval();
    model->apply(zeros({1, f.channels, f.height, f.width}));
    model->train(training);
    return model;
  } catch (const ShapeError& e) { what = e.what(); }
  if (model) {
    try {
      const ShapesOnly shapes;
      layer_table(*model, {f.channels, f.height, f.width});
    } catch (const ShapeError& e) { what = e.what(); }  // names the layer, too
  }
  const MakeModel make = [&](const ModelInput& input) {
    Features other = f;
    other.height = input.height;
    other.width = input.width;
    return recipe.model(other);
  };
  throw ShapeError(too_small_text(what, network, make, {f.channels, f.height, f.width, f.outputs()}, advice));
}

Setup pictures_setup(const std::string& data, Recipe& recipe, const PicturesOptions& options) {
  check_is_pictures(data);
  const DatasetInfo& info = dataset_named(data);
  // The test split is unpacked by another thread meanwhile, which then digests its files; those of the training split follow.
  std::future<std::pair<Labelled, Json>> other = std::async(std::launch::async, [&] {
    InlineScope alone;
    Labelled part = load_dataset(data, "test");
    Json sums = data_checksums(info, part.files);
    return std::pair(std::move(part), std::move(sums));
  });
  Labelled train = load_dataset(data, "train");
  std::future<Json> train_sums = std::async(std::launch::async, [&info, files = train.files] { return data_checksums(info, files); });
  const std::vector<int64_t> kept = options.class_names.empty() ? options.classes : labels_named(options.class_names, data, train.classes);
  auto [test, sums] = other.get();
  train = only(train, kept);
  test = only(test, kept);
  for (const auto& [part, name] : {std::pair(&train, "train"), std::pair(&test, "test")})
    if (part->x.numel() == 0 || part->x.shape()[3] != train.x.shape()[3] || part->x.shape()[2] != train.x.shape()[2])
      throw FileError(std::string("the ") + name + " split of " + data + " has pictures of the shape " + part->x.shape().str() +
                      ": they must not be empty, and as large as those to train on. Hint: `cairn data get " + info.name +
                      "` fetches the files again.");

  Setup s;
  s.features = std::make_shared<Features>(features_of_pictures(train));
  train.normalize = test.normalize = s.features->normalize;
  s.objective = recipe.objective();
  s.model = network_for(recipe, *s.features, options.network, [&](int64_t) { return options.advice; });
  s.data_note = test.note.empty() ? train.note : test.note;
  const auto plain = std::make_shared<TensorDataset>(train.dataset());
  std::shared_ptr<Dataset> varied = plain;
  if (const transforms::Compose steps = recipe.augmentation(*s.features); !steps.steps().empty())
    varied = std::make_shared<transforms::PictureDataset>(train.x, train.y, steps);
  s.test = std::make_shared<TensorDataset>(test.dataset());
  s.train = varied;
  // A few examples have none to spare for choosing by.
  const int64_t n = plain->size(), held = n - std::llround(double(n) * (1 - recipe.train.val_share));
  Split split;
  if (held > 0 && held < n) {
    split = stratified_split_indices(train.y, 1 - recipe.train.val_share, split_seed);
    s.val = std::make_shared<Subset>(plain, split.second);
    s.train = std::make_shared<Subset>(varied, split.first);
  } else {
    for (int64_t i = 0; i < n; i++) split.first.push_back(i);
  }
  if (options.per_class > 0 && recipe.to_learn)
    if (const std::string note = too_few_note(train.y, split.first, int64_t(train.classes.size()), options.per_class); !note.empty())
      s.notes.push_back(note);
  if (options.per_class > 0) s.train = std::make_shared<Subset>(varied, some_of_each(train.y, split.first, options.per_class));
  s.train = limited(s.train, recipe.train.limit_train);
  s.checksums = train_sums.get();
  for (const auto& [file, sum] : sums.as_object()) s.checksums[file] = sum;
  return s;
}

std::vector<std::string> augmentation_names() { return {"none", "flip", "crop", "crop-flip", "crop-flip-cutout", "rand", "trivial"}; }

void PictureRecipe::fields(Fields& f) {
  f("data", data, sets_);
  f("classes", classes, "only these classes of the data: names with commas between them (bird,cat,frog); empty: all of them");
  model_fields(f);
  f("augment", augment, "how training pictures are varied", one_of(augmentation_names()));
  f.group(mix);
  f.group(train);
}

Setup PictureRecipe::setup() {
  const std::string advice = fmt::format("choose other --data ({}), or another recipe", sets_);
  Setup s = pictures_setup(data, *this, {.class_names = classes, .advice = advice});
  mix.apply(s);
  return s;
}

void MixOptions::fields(Fields& f) {
  f("mix", mix, "mixtures of two training pictures: blended (mixup), or a box of the one in the other (cutmix)", one_of({"none", "mixup", "cutmix"}));
  f("mix_alpha", mix_alpha, "how much is mixed: Beta(alpha, alpha) draws the shares; near 0: hardly any, 1: all alike", above(0.0));
}

void MixOptions::apply(Setup& s) const {
  if (mix == "none") return;
  transforms::MixBatches::Options ways;
  if (mix == "mixup") ways.mix_up = {{mix_alpha}};
  else ways.cut_mix = {{mix_alpha}};
  const auto mixed = std::make_shared<transforms::MixBatches>(s.train, int64_t(s.features->classes.size()), ways);
  s.notes.push_back("training pictures are mixed by " + mixed->str() +
                    ": the training loss and accuracy are those of mixtures (the larger share counts)");
  s.train = mixed;
}

transforms::Compose augmentation_named(const std::string& name, const Features& f) {
  using namespace transforms;
  const int64_t padding = std::max<int64_t>(1, f.height / 8);  // 4 for 32 pixels, as is usual since He et al. 2015
  const RandomCrop crop{.height = f.height, .width = f.width, .padding = padding};
  if (name == "none") return {};
  if (name == "flip") return {HorizontalFlip{}, f.normalize};
  if (name == "crop") return {crop, f.normalize};
  if (name == "crop-flip") return {crop, HorizontalFlip{}, f.normalize};
  if (name == "crop-flip-cutout") return {crop, HorizontalFlip{}, f.normalize, Cutout{.size = std::max<int64_t>(1, f.height / 4)}};
  if (name == "rand") return {crop, HorizontalFlip{}, RandAugment{}, f.normalize};
  if (name == "trivial") return {crop, HorizontalFlip{}, TrivialAugment{}, f.normalize};
  throw ConfigError("there is no augmentation '" + printable(name) + "'." + did_you_mean(name, augmentation_names()));
}

}  // namespace cairn
