// Data sets: what can be asked for examples by number. Batches first: one call a batch is what the loader does; a data set that
// only knows single examples is an ItemDataset.
//
//   TensorDataset digits({{"x", images}, {"y", labels}});
//   auto [train, held_out] = stratified_split(digits, labels, 0.9, /*seed=*/0);
//   for (Batch& batch : DataLoader(train, {.batch_size = 64, .shuffle = true})) ...
#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include <cairn/base/random.h>
#include <cairn/data/batch.h>

namespace cairn {

using Indices = std::span<const int64_t>;

// Which pass over the data this is. What a data set draws at random is keyed by it and by the example's number, so that it depends
// neither on the number of workers nor on where a run was interrupted.
struct Pass {
  uint64_t seed = 0;
  int64_t epoch = 0;
  Random random(int64_t index) const { return Random(mix(seed, uint64_t(epoch)), uint64_t(index)); }
};

class Dataset {
 public:
  virtual ~Dataset() = default;
  virtual int64_t size() const = 0;
  virtual std::vector<std::string> names() const = 0;  // of the tensors of an example
  // The examples of these numbers, in this order, each checked to lie in [0, size()). Called from several threads at once.
  virtual Batch read(Indices indices, const Pass& pass) const = 0;

  Batch get_batch(Indices indices, const Pass& pass = {}) const;  // IndexError outside [0, size())
  Example get(int64_t index, const Pass& pass = {}) const;
};

// A shared handle on any data set. Made from a data set (which it then owns) or from a shared pointer.
class DatasetRef {
 public:
  template <std::derived_from<Dataset> D> DatasetRef(D data) : data_(std::make_shared<const D>(std::move(data))) {}
  template <std::derived_from<Dataset> D> DatasetRef(std::shared_ptr<D> data) : data_(std::move(data)) { check(); }
  const Dataset* operator->() const { return data_.get(); }
  const Dataset& operator*() const { return *data_; }

 private:
  void check() const;  // StateError for a null pointer
  std::shared_ptr<const Dataset> data_;
};

[[noreturn]] void no_function(const char* what);

// What a data set calls for each example must be there. StateError, naming `what`, for an empty std::function.
template <class F> F called(F function, const char* what) {
  if (!function) no_function(what);
  return function;
}

// One example at a time; a batch is their collation.
class ItemDataset : public Dataset {
 public:
  virtual Example item(int64_t index, const Pass& pass) const = 0;
  std::vector<std::string> names() const override;  // those of the first example
  Batch read(Indices indices, const Pass& pass) const override;
};

// The user's own vector and how one element becomes an example:
//   VectorDataset data(words, [](const std::string& w) { return Example{{"x", encode(w)}}; });
template <class T> class VectorDataset : public ItemDataset {
 public:
  VectorDataset(std::vector<T> values, std::function<Example(const T&)> make)
      : values_(std::move(values)), make_(called(std::move(make), "VectorDataset")) {}
  int64_t size() const override { return int64_t(values_.size()); }
  Example item(int64_t index, const Pass&) const override { return make_(values_[size_t(index)]); }

 private:
  std::vector<T> values_;
  std::function<Example(const T&)> make_;
};
template <class T, class F> VectorDataset(std::vector<T>, F) -> VectorDataset<T>;

// Some examples of another data set, in a given order.
class Subset : public Dataset {
 public:
  Subset(DatasetRef data, std::vector<int64_t> indices);  // IndexError outside of it
  int64_t size() const override { return int64_t(indices_.size()); }
  std::vector<std::string> names() const override { return data_->names(); }
  Batch read(Indices indices, const Pass& pass) const override;
  const std::vector<int64_t>& indices() const { return indices_; }

 private:
  DatasetRef data_;
  std::vector<int64_t> indices_;
};

// One data set after the other. ConfigError when their names differ.
class Concat : public Dataset {
 public:
  explicit Concat(std::vector<DatasetRef> parts);
  int64_t size() const override { return starts_.back(); }
  std::vector<std::string> names() const override;
  Batch read(Indices indices, const Pass& pass) const override;

 private:
  std::vector<DatasetRef> parts_;
  std::vector<int64_t> starts_;  // one more than parts: where each begins, and the end
};

// A function of each example. `random` is the example's own in this epoch: draw augmentations from it.
class Map : public ItemDataset {
 public:
  using Function = std::function<Example(Example, Random& random)>;
  Map(DatasetRef data, Function function) : data_(std::move(data)), function_(called(std::move(function), "Map")) {}
  int64_t size() const override { return data_->size(); }
  Example item(int64_t index, const Pass& pass) const override;

 private:
  DatasetRef data_;
  Function function_;
};

// A function of each batch, for what is fast on many examples at once.
class MapBatches : public Dataset {
 public:
  using Function = std::function<Batch(Batch)>;
  MapBatches(DatasetRef data, Function function) : data_(std::move(data)), function_(called(std::move(function), "MapBatches")) {}
  int64_t size() const override { return data_->size(); }
  std::vector<std::string> names() const override;
  Batch read(Indices indices, const Pass& pass) const override { return function_(data_->read(indices, pass)); }

 private:
  DatasetRef data_;
  Function function_;
};

// ---- splits, as lists of example numbers: the same for the same seed, whatever else was drawn before.

struct Split {
  std::vector<int64_t> first, second;
};
// `fraction` of the first part, within (0, 1); ConfigError when a part would be empty.
Split random_split_indices(int64_t size, double fraction, uint64_t seed);
// The same, each class divided by itself, so that both parts have its share (largest remainders); labels: i64 [n], classes of any numbers.
Split stratified_split_indices(const Tensor& labels, double fraction, uint64_t seed);

std::pair<Subset, Subset> random_split(DatasetRef data, double fraction, uint64_t seed);
std::pair<Subset, Subset> stratified_split(DatasetRef data, const Tensor& labels, double fraction, uint64_t seed);
// Parts of given sizes, which must add up to the data set's; ConfigError otherwise.
std::vector<Subset> random_split(DatasetRef data, const std::vector<int64_t>& sizes, uint64_t seed);

// 0 .. n-1 in random order.
std::vector<int64_t> shuffled(int64_t n, Random random);

}  // namespace cairn
