#include <cairn/data/dataset.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {
namespace {

constexpr uint64_t split_stream = 0x73706c6974;  // "split": apart from shuffles of the same seed

void check_indices(Indices indices, int64_t size) {
  for (int64_t i : indices)
    if (i < 0 || i >= size) throw IndexError(fmt::format("example {} does not exist: this data set has {}, numbered from 0.", i, size));
}

Example first_of(const Batch& batch) {
  Example e;
  for (const auto& [name, tensor] : batch) {
    Shape shape = tensor.shape();
    Strides strides = tensor.strides();
    shape.erase(0);
    strides.erase(0);
    e.set(name, Tensor(tensor.array().with(shape, strides, tensor.array().offset())));
  }
  return e;
}

}  // namespace

Batch Dataset::get_batch(Indices indices, const Pass& pass) const {
  check_indices(indices, size());
  return read(indices, pass);
}

Example Dataset::get(int64_t index, const Pass& pass) const { return first_of(get_batch({&index, 1}, pass)); }

void DatasetRef::check() const {
  if (!data_) throw StateError("this data set is a null pointer.");
}

void no_function(const char* what) {
  throw StateError(std::string("[") + what +
                   "] the function that makes its examples is empty. Hint: a std::function must be set before it is given.");
}

std::vector<std::string> ItemDataset::names() const {
  if (size() == 0) return {};
  return item(0, {}).names();
}

Batch ItemDataset::read(Indices indices, const Pass& pass) const {
  std::vector<Example> examples;
  examples.reserve(indices.size());
  for (int64_t i : indices) examples.push_back(item(i, pass));
  return collate(examples);
}

Subset::Subset(DatasetRef data, std::vector<int64_t> indices) : data_(std::move(data)), indices_(std::move(indices)) {
  check_indices(indices_, data_->size());
}

Batch Subset::read(Indices indices, const Pass& pass) const {
  std::vector<int64_t> inner;
  inner.reserve(indices.size());
  for (int64_t i : indices) inner.push_back(indices_[size_t(i)]);
  return data_->read(inner, pass);
}

Concat::Concat(std::vector<DatasetRef> parts) : parts_(std::move(parts)), starts_{0} {
  for (const auto& part : parts_) {
    if (part->names() != parts_[0]->names() && part->size() && parts_[0]->size())
      throw ConfigError("data sets that are joined must have the same names: " + join(parts_[0]->names(), ", ") + " and " +
                        join(part->names(), ", ") + ".");
    starts_.push_back(starts_.back() + part->size());
  }
}

std::vector<std::string> Concat::names() const {
  for (const auto& part : parts_)
    if (part->size()) return part->names();
  return {};
}

// Each part is asked once, for all its examples; they are then put in the order asked for.
Batch Concat::read(Indices indices, const Pass& pass) const {
  std::vector<std::vector<int64_t>> wanted(parts_.size()), places(parts_.size());
  for (size_t i = 0; i < indices.size(); i++) {
    size_t part = size_t(std::upper_bound(starts_.begin(), starts_.end(), indices[i]) - starts_.begin()) - 1;
    wanted[part].push_back(indices[i] - starts_[part]);
    places[part].push_back(int64_t(i));
  }
  std::vector<Example> examples(indices.size());
  for (size_t part = 0; part < parts_.size(); part++) {
    if (wanted[part].empty()) continue;
    // A part's draws differ from those of the same number in another part.
    Batch batch = parts_[part]->read(wanted[part], {mix(pass.seed, uint64_t(part)), pass.epoch});
    if (places[part].size() == indices.size()) return batch;
    for (size_t k = 0; k < places[part].size(); k++) {
      Example e;
      for (const auto& [name, tensor] : batch) e.set(name, Tensor(tensor.array().sliced(0, int64_t(k), 1)));
      examples[size_t(places[part][k])] = first_of(e);
    }
  }
  return collate(examples);
}

Example Map::item(int64_t index, const Pass& pass) const {
  Random random = pass.random(index);
  return function_(first_of(data_->read({&index, 1}, pass)), random);
}

std::vector<std::string> MapBatches::names() const {
  const int64_t first = 0;
  return size() ? read({&first, 1}, {}).names() : std::vector<std::string>{};
}

// ---- splits

std::vector<int64_t> shuffled(int64_t n, Random random) {
  std::vector<int64_t> order(size_t(std::max<int64_t>(0, n)));
  std::iota(order.begin(), order.end(), 0);
  for (size_t i = order.size(); i > 1; i--) std::swap(order[i - 1], order[random.below(i)]);  // Fisher, Yates
  return order;
}

namespace {
void check_fraction(double fraction, int64_t size, int64_t first) {
  if (!(fraction > 0 && fraction < 1)) throw ConfigError(fmt::format("a split needs a fraction between 0 and 1, got {}.", fraction));
  if (first < 1 || first >= size) throw ConfigError(fmt::format("splitting {} examples at {} leaves a part empty.", size, fraction));
}
}  // namespace

Split random_split_indices(int64_t size, double fraction, uint64_t seed) {
  const int64_t first = int64_t(std::llround(double(size) * fraction));
  check_fraction(fraction, size, first);
  std::vector<int64_t> order = shuffled(size, Random(seed, split_stream));
  return {{order.begin(), order.begin() + first}, {order.begin() + first, order.end()}};
}

Split stratified_split_indices(const Tensor& labels, double fraction, uint64_t seed) {
  if (labels.rank() != 1) throw ShapeError("[stratified_split] labels must be one number an example (labels " + labels.shape().str() + ").");
  const std::vector<int64_t> label = labels.to_vector<int64_t>();
  const int64_t n = int64_t(label.size()), first = int64_t(std::llround(double(n) * fraction));
  check_fraction(fraction, n, first);
  // Classes in the order of their numbers; within a class, the order of one shuffle of all.
  std::map<int64_t, std::vector<int64_t>> classes;
  for (int64_t i : shuffled(n, Random(seed, split_stream))) classes[label[size_t(i)]].push_back(i);

  // Each class gives the floor of its share, and those with the largest remainders one more, until `first` are reached.
  struct Share {
    int64_t count;
    double rest;
    size_t number;
  };
  std::vector<Share> shares;
  int64_t given = 0;
  for (const auto& [c, members] : classes) {
    double share = double(members.size()) * double(first) / double(n);
    shares.push_back({int64_t(share), share - std::floor(share), shares.size()});
    given += shares.back().count;
  }
  std::stable_sort(shares.begin(), shares.end(), [](const Share& a, const Share& b) { return a.rest > b.rest; });
  for (size_t i = 0; given < first; i++, given++) shares[i].count++;
  std::sort(shares.begin(), shares.end(), [](const Share& a, const Share& b) { return a.number < b.number; });

  Split split;
  size_t k = 0;
  for (const auto& [c, members] : classes) {
    auto cut = members.begin() + shares[k++].count;
    split.first.insert(split.first.end(), members.begin(), cut);
    split.second.insert(split.second.end(), cut, members.end());
  }
  // By number again: reading neighbours is faster, and shuffling is the sampler's.
  std::sort(split.first.begin(), split.first.end());
  std::sort(split.second.begin(), split.second.end());
  return split;
}

std::pair<Subset, Subset> random_split(DatasetRef data, double fraction, uint64_t seed) {
  Split s = random_split_indices(data->size(), fraction, seed);
  return {Subset(data, std::move(s.first)), Subset(data, std::move(s.second))};
}

std::pair<Subset, Subset> stratified_split(DatasetRef data, const Tensor& labels, double fraction, uint64_t seed) {
  if (labels.numel() != data->size())
    throw ShapeError(fmt::format("[stratified_split] there must be one label an example ({} labels, {} examples).", labels.numel(), data->size()));
  Split s = stratified_split_indices(labels, fraction, seed);
  return {Subset(data, std::move(s.first)), Subset(data, std::move(s.second))};
}

std::vector<Subset> random_split(DatasetRef data, const std::vector<int64_t>& sizes, uint64_t seed) {
  int64_t sum = 0;
  for (int64_t s : sizes) {
    if (s < 0) throw ConfigError(fmt::format("the size of a split must be at least 0, got {}.", s));
    sum += s;
  }
  if (sum != data->size())
    throw ConfigError(fmt::format("the sizes of a split must add up to the data set's {} examples, got {}.", data->size(), sum));
  std::vector<int64_t> order = shuffled(data->size(), Random(seed, split_stream));
  std::vector<Subset> parts;
  auto at = order.begin();
  for (int64_t s : sizes) {
    parts.emplace_back(data, std::vector<int64_t>(at, at + s));
    at += s;
  }
  return parts;
}

}  // namespace cairn
