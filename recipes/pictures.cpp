#include <recipes/pictures.h>

#include <algorithm>

#include <cairn/base/text.h>
#include <cairn/ops/ops.h>

namespace cairn {

namespace {

constexpr uint64_t split_seed = 0x5b117;             // splits are the same for every seed of the training

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

Json data_checksums(const DatasetInfo& info) {
  Json sums = Json::object();
  for (const DataFile& f : info.files) sums[std::string(info.name) + "/" + f.name] = f.sha256;
  return sums;
}

Setup pictures_setup(const std::string& data, Recipe& recipe, const std::vector<int64_t>& classes) {
  const DatasetInfo& info = dataset_named(data);
  const Labelled train = only(load_dataset(data, "train"), classes), test = only(load_dataset(data, "test"), classes);
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
  s.checksums = data_checksums(info);
  auto all = std::make_shared<TensorDataset>(train.dataset());
  s.test = std::make_shared<TensorDataset>(test.dataset());
  if (recipe.train.val_share > 0) {
    auto [kept, held_out] = stratified_split(all, train.y, 1 - recipe.train.val_share, split_seed);
    s.train = std::make_shared<Subset>(std::move(kept));
    s.val = std::make_shared<Subset>(std::move(held_out));
  } else {
    s.train = all;
  }
  s.train = limited(s.train, recipe.train.limit_train);
  return s;
}

}  // namespace cairn
