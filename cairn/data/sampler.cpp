#include <cairn/data/sampler.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/data/dataset.h>

namespace cairn {

void Sampler::set_state(const Json& state) {
  if (state != this->state())
    throw StateError("the saved order of the examples is another one: saved " + state.dump() + ", now " + this->state().dump() +
                     ". Hint: resume with the same data, seed and splits.");
}

std::vector<int64_t> SequentialSampler::order(int64_t) const {
  std::vector<int64_t> order(size_t(std::max<int64_t>(0, size_)));
  std::iota(order.begin(), order.end(), 0);
  return order;
}
Json SequentialSampler::state() const { return Json::object({{"kind", "sequential"}, {"size", size_}}); }

std::vector<int64_t> ShuffledSampler::order(int64_t epoch) const { return shuffled(size_, Random(seed_, mix(0x6f72646572, uint64_t(epoch)))); }
Json ShuffledSampler::state() const { return Json::object({{"kind", "shuffled"}, {"size", size_}, {"seed", Json(seed_)}}); }

WeightedSampler::WeightedSampler(std::vector<double> weights, int64_t count, uint64_t seed) : sums_(std::move(weights)), count_(count), seed_(seed) {
  double sum = 0;
  for (size_t i = 0; i < sums_.size(); i++) {
    if (!(sums_[i] >= 0) || !std::isfinite(sums_[i]))
      throw ConfigError(fmt::format("the weight of example {} must be at least 0 and finite, got {}.", i, sums_[i]));
    sums_[i] = sum += sums_[i];
  }
  if (!(sum > 0) || !std::isfinite(sum)) throw ConfigError("the weights of the examples must have a finite sum above 0.");
  if (count < 0) throw ConfigError(fmt::format("the number of draws must be at least 0, got {}.", count));
}

std::vector<int64_t> WeightedSampler::order(int64_t epoch) const {
  Random random(seed_, mix(0x77656967, uint64_t(epoch)));
  std::vector<int64_t> order(size_t(count_), 0);
  // upper_bound passes over examples of weight 0, whose running sum is that of their forerunner; the last one with weight catches rounding.
  const auto last = std::lower_bound(sums_.begin(), sums_.end(), sums_.back());
  for (auto& i : order) i = std::min(std::upper_bound(sums_.begin(), sums_.end(), random.uniform() * sums_.back()), last) - sums_.begin();
  return order;
}
Json WeightedSampler::state() const {
  const std::string_view bytes(reinterpret_cast<const char*>(sums_.data()), sums_.size() * sizeof(double));
  return Json::object({{"kind", "weighted"}, {"size", count_}, {"seed", Json(seed_)}, {"weights_sha256", sha256(bytes)}});
}

ShardedSampler::ShardedSampler(std::shared_ptr<const Sampler> all, int64_t shard, int64_t shards)
    : all_(std::move(all)), shard_(shard), shards_(shards) {
  if (shards < 1 || shard < 0 || shard >= shards) throw ConfigError(fmt::format("a shard must lie in [0, {}), got {}.", shards, shard));
}

std::vector<int64_t> ShardedSampler::order(int64_t epoch) const {
  const std::vector<int64_t> all = all_->order(epoch);
  std::vector<int64_t> mine;
  for (int64_t i = shard_, n = size(); n > 0; n--, i += shards_) mine.push_back(all[size_t(i) % all.size()]);
  return mine;
}
Json ShardedSampler::state() const { return Json::object({{"kind", "sharded"}, {"shard", shard_}, {"shards", shards_}, {"of", all_->state()}}); }

}  // namespace cairn
