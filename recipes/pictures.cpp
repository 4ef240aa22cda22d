#include <recipes/pictures.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <future>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>
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

Setup pictures_setup(const std::string& data, Recipe& recipe, const std::vector<int64_t>& classes) {
  const DatasetInfo& info = dataset_named(data);
  // The test split is unpacked by another thread meanwhile, which then digests its files; those of the training split follow.
  std::future<std::pair<Labelled, Json>> other = std::async(std::launch::async, [&] {
    InlineScope alone;
    Labelled part = only(load_dataset(data, "test"), classes);
    Json sums = data_checksums(info, part.files);
    return std::pair(std::move(part), std::move(sums));
  });
  Labelled train = only(load_dataset(data, "train"), classes);
  std::future<Json> train_sums = std::async(std::launch::async, [&info, files = train.files] { return data_checksums(info, files); });
  auto [test, sums] = other.get();
  for (const auto& [part, name] : {std::pair(&train, "train"), std::pair(&test, "test")})
    if (part->x.numel() == 0 || part->x.shape()[3] != train.x.shape()[3] || part->x.shape()[2] != train.x.shape()[2])
      throw FileError(std::string("the ") + name + " split of " + data + " has pictures of the shape " + part->x.shape().str() +
                      ": they must not be empty, and as large as those to train on. Hint: `cairn data get " + info.name +
                      "` fetches the files again.");
  train.normalize = test.normalize = fitted(train.x);
  auto features = std::make_shared<Features>();
  features->kind = Features::image;
  features->classes = train.classes;
  features->channels = train.x.size(1);
  features->height = train.x.size(2);
  features->width = train.x.size(3);
  features->normalize = train.normalize;

  Setup s;
  s.features = features;
  s.objective = recipe.objective();
  s.model = recipe.model(*features);
  s.data_note = test.note.empty() ? train.note : test.note;
  auto all = std::make_shared<TensorDataset>(train.dataset());
  s.test = std::make_shared<TensorDataset>(test.dataset());
  // A few examples have none to spare for choosing by.
  const int64_t n = all->size(), held = n - std::llround(double(n) * (1 - recipe.train.val_share));
  if (held > 0 && held < n) {
    auto [kept, held_out] = stratified_split(all, train.y, 1 - recipe.train.val_share, split_seed);
    s.train = std::make_shared<Subset>(std::move(kept));
    s.val = std::make_shared<Subset>(std::move(held_out));
  } else {
    s.train = all;
  }
  s.train = limited(s.train, recipe.train.limit_train);
  s.checksums = train_sums.get();
  for (const auto& [file, sum] : sums.as_object()) s.checksums[file] = sum;
  return s;
}

}  // namespace cairn
