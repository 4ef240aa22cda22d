// Samplers say in which order an epoch visits the examples. The order is a function of (seed, epoch), never of what was drawn before,
// so that a resumed run sees what the uninterrupted one would have seen.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <cairn/base/json.h>

namespace cairn {

class Sampler {
 public:
  virtual ~Sampler() = default;
  virtual int64_t size() const = 0;                             // examples an epoch
  virtual std::vector<int64_t> order(int64_t epoch) const = 0;  // size() numbers of examples
  // What must be equal for a saved position to mean the same; a sampler with memory keeps it here, too.
  virtual Json state() const = 0;
  virtual void set_state(const Json& state);  // StateError when it belongs to another sampler
};

// 0, 1, 2, ...
class SequentialSampler : public Sampler {
 public:
  explicit SequentialSampler(int64_t size) : size_(size) {}
  int64_t size() const override { return size_; }
  std::vector<int64_t> order(int64_t epoch) const override;
  Json state() const override;

 private:
  int64_t size_;
};

// A new permutation in every epoch.
class ShuffledSampler : public Sampler {
 public:
  ShuffledSampler(int64_t size, uint64_t seed) : size_(size), seed_(seed) {}
  int64_t size() const override { return size_; }
  std::vector<int64_t> order(int64_t epoch) const override;
  Json state() const override;

 private:
  int64_t size_;
  uint64_t seed_;
};

// `count` draws with replacement, example i with chance weights[i] / sum. ConfigError for weights that are negative, not finite or all 0.
class WeightedSampler : public Sampler {
 public:
  WeightedSampler(std::vector<double> weights, int64_t count, uint64_t seed);
  int64_t size() const override { return count_; }
  std::vector<int64_t> order(int64_t epoch) const override;
  Json state() const override;

 private:
  std::vector<double> sums_;  // running sums of the weights
  int64_t count_;
  uint64_t seed_;
};

// Every `shards`-th example of another sampler's order, beginning with `shard`: each of several processes gets a part of its own. Those
// at the end take up to one example from the beginning again, so that all have the same number.
class ShardedSampler : public Sampler {
 public:
  ShardedSampler(std::shared_ptr<const Sampler> all, int64_t shard, int64_t shards);  // ConfigError unless 0 <= shard < shards
  int64_t size() const override { return (all_->size() + shards_ - 1) / shards_; }
  std::vector<int64_t> order(int64_t epoch) const override;
  Json state() const override;

 private:
  std::shared_ptr<const Sampler> all_;
  int64_t shard_, shards_;
};

}  // namespace cairn
