#include <cairn/data/loader.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include <cairn/base/errors.h>
#include <cairn/base/threads.h>
#include <cairn/data/tensor_dataset.h>

namespace cairn {
namespace {

using ::testing::HasSubstr;
using Labels = std::vector<std::vector<int64_t>>;

TensorDataset numbers(int64_t n) { return TensorDataset({{"x", arange(double(n))}, {"y", arange(double(n), i64)}}); }

Labels epoch(DataLoader& loader) {
  Labels all;
  for (Batch& batch : loader) all.push_back(batch["y"].to_vector<int64_t>());
  return all;
}
std::vector<int64_t> flat(const Labels& batches) {
  std::vector<int64_t> all;
  for (const auto& b : batches) all.insert(all.end(), b.begin(), b.end());
  return all;
}

TEST(Loader, visits_every_example_once_in_order) {
  DataLoader loader(numbers(10), {.batch_size = 4});
  EXPECT_EQ(loader.batches(), 3);
  EXPECT_EQ(epoch(loader), (Labels{{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9}}));
  EXPECT_EQ(epoch(loader), (Labels{{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9}}));
}

TEST(Loader, drops_a_last_batch_that_is_not_full_when_asked) {
  DataLoader loader(numbers(10), {.batch_size = 4, .drop_last = true});
  EXPECT_EQ(loader.batches(), 2);
  EXPECT_EQ(loader.examples(), 8);
  EXPECT_EQ(epoch(loader), (Labels{{0, 1, 2, 3}, {4, 5, 6, 7}}));
}

TEST(Loader, shuffles_anew_in_every_epoch_and_the_same_for_the_same_seed) {
  DataLoader a(numbers(100), {.batch_size = 7, .shuffle = true, .seed = 5}), b(numbers(100), {.batch_size = 7, .shuffle = true, .seed = 5}),
      other(numbers(100), {.batch_size = 7, .shuffle = true, .seed = 6});
  const Labels first = epoch(a), second = epoch(a);
  EXPECT_NE(first, second);
  EXPECT_EQ(epoch(b), first);
  EXPECT_EQ(epoch(b), second);
  EXPECT_NE(epoch(other), first);
  std::vector<int64_t> all = flat(second);
  EXPECT_EQ(std::set<int64_t>(all.begin(), all.end()).size(), 100u);
}

// An example's augmentation: its number, its epoch's draw.
Map augmented(int64_t n) {
  return Map(numbers(n), [](Example e, Random& random) {
    e.set("noise", full({2}, random.uniform()));
    return e;
  });
}

TEST(Loader, batches_are_the_same_for_any_number_of_workers) {
  std::vector<std::vector<double>> noise[3];
  std::vector<Labels> order;
  int k = 0;
  for (int workers : {0, 1, 3}) {
    DataLoader loader(augmented(53), {.batch_size = 4, .shuffle = true, .workers = workers, .prefetch = 2, .seed = 9});
    for (int e = 0; e < 3; e++) {
      Labels labels;
      for (Batch& batch : loader) {
        labels.push_back(batch["y"].to_vector<int64_t>());
        noise[k].push_back(batch["noise"].to_vector<double>());
      }
      order.push_back(labels);
    }
    k++;
  }
  for (int e = 0; e < 3; e++) {
    EXPECT_EQ(order[size_t(e)], order[size_t(3 + e)]);
    EXPECT_EQ(order[size_t(e)], order[size_t(6 + e)]);
  }
  EXPECT_EQ(noise[0], noise[1]);
  EXPECT_EQ(noise[0], noise[2]);
  EXPECT_NE(noise[0][0], noise[0][14]);  // another epoch, another draw
}

TEST(Loader, a_saved_position_goes_on_with_the_very_next_batch) {
  for (int workers : {0, 2}) {
    const LoaderOptions options{.batch_size = 4, .shuffle = true, .workers = workers, .seed = 3};
    DataLoader whole(augmented(30), options);
    std::vector<std::vector<double>> expected;
    for (int e = 0; e < 3; e++)
      for (Batch& batch : whole) expected.push_back(batch["noise"].to_vector<double>());
    for (size_t stop = 1; stop <= 16; stop++) {  // batches before the interruption; 8 make an epoch
      std::vector<std::vector<double>> seen;
      Json saved;
      DataLoader before(augmented(30), options);
      for (int e = 0; e < 2 && seen.size() < stop; e++)
        for (Batch& batch : before) {
          seen.push_back(batch["noise"].to_vector<double>());
          if (seen.size() < stop) continue;
          saved = before.state();
          break;
        }
      DataLoader after(augmented(30), options);
      after.set_state(Json::parse(saved.dump()));
      while (seen.size() < expected.size())
        for (Batch& batch : after) seen.push_back(batch["noise"].to_vector<double>());
      EXPECT_EQ(seen, expected) << "interrupted after " << stop;
    }
  }
}

TEST(Loader, a_finished_epoch_is_saved_as_the_start_of_the_next) {
  DataLoader loader(numbers(10), {.batch_size = 5});
  EXPECT_EQ(loader.state().at("epoch").as_int(), 0);
  epoch(loader);
  EXPECT_EQ(loader.state().at("epoch").as_int(), 1);
  EXPECT_EQ(loader.state().at("position").as_int(), 0);
}

TEST(Loader, set_epoch_chooses_the_next_one) {
  DataLoader a(numbers(40), {.batch_size = 8, .shuffle = true}), b(numbers(40), {.batch_size = 8, .shuffle = true});
  epoch(a), epoch(a);
  const Labels third = epoch(a);
  b.set_epoch(2);
  EXPECT_EQ(epoch(b), third);
  EXPECT_EQ(b.epoch(), 2);
  EXPECT_THROW(b.set_epoch(-1), ConfigError);
}

TEST(Loader, a_loop_that_is_left_early_ends_its_epoch) {
  DataLoader loader(numbers(40), {.batch_size = 8, .workers = 2});
  for (Batch& batch : loader) {
    EXPECT_EQ(batch.size(), 8);
    break;
  }
  EXPECT_EQ(loader.epoch(), 0);
  EXPECT_EQ(epoch(loader).size(), 5u);
  EXPECT_EQ(loader.epoch(), 1);
}

TEST(Loader, a_position_of_another_loader_is_refused_and_says_what_differs) {
  DataLoader loader(numbers(40), {.batch_size = 8, .shuffle = true, .seed = 1});
  const auto refused = [&](DataLoader other) {
    try {
      loader.set_state(other.state());
    } catch (const StateError& e) { return std::string(e.what()); }
    return std::string("nothing");
  };
  EXPECT_THAT(refused(DataLoader(numbers(40), {.batch_size = 4, .shuffle = true, .seed = 1})), HasSubstr("batch_size was 4, now 8"));
  EXPECT_THAT(refused(DataLoader(numbers(39), {.batch_size = 8, .shuffle = true, .seed = 1})), HasSubstr("examples was 39, now 40"));
  EXPECT_THAT(refused(DataLoader(numbers(40), {.batch_size = 8, .shuffle = true, .seed = 2})), HasSubstr("seed was 2, now 1"));
  EXPECT_THAT(refused(DataLoader(numbers(40), {.batch_size = 8, .seed = 1})), HasSubstr("sequential"));
  Json state = loader.state();
  state["position"] = 6;
  EXPECT_THROW(loader.set_state(state), StateError);
  EXPECT_EQ(loader.state().at("position").as_int(), 0);
}

// Fails at one example; counts how many are being made at once and how far ahead.
struct Counting : ItemDataset {
  int64_t n, bad;
  std::shared_ptr<std::atomic<int64_t>> furthest = std::make_shared<std::atomic<int64_t>>(0);
  std::shared_ptr<std::atomic<bool>> parallel = std::make_shared<std::atomic<bool>>(false);
  Counting(int64_t size, int64_t bad_one) : n(size), bad(bad_one) {}
  int64_t size() const override { return n; }
  Example item(int64_t index, const Pass&) const override {
    if (index == bad) throw FileError("picture 17 is damaged");
    int64_t before = *furthest;
    while (before < index && !furthest->compare_exchange_weak(before, index)) {}
    if (!detail::in_parallel()) *parallel = true;
    return {{"y", full({}, double(index), i64)}};
  }
};

TEST(Loader, what_a_worker_throws_reaches_the_loop_at_its_batch) {
  for (int workers : {0, 1, 4}) {
    DataLoader loader(Counting(40, 17), {.batch_size = 4, .workers = workers});
    int64_t batches = 0;
    try {
      for (Batch& batch : loader) batches += batch.size() == 4;
      ADD_FAILURE() << "nothing was thrown";
    } catch (const FileError& e) { EXPECT_THAT(e.what(), HasSubstr("picture 17")); }
    EXPECT_EQ(batches, 4) << workers;
    EXPECT_EQ(loader.position(), 4) << workers;
  }
}

TEST(Loader, workers_stay_within_their_prefetch_and_do_not_start_threads_of_their_own) {
  Counting data(400, -1);
  DataLoader loader(data, {.batch_size = 1, .workers = 2, .prefetch = 3});
  int64_t seen = 0;
  for (Batch& batch : loader) {
    EXPECT_EQ(int64_t(batch["y"].item()), 0 + seen);
    EXPECT_LE(*data.furthest, seen + 2 * 3);  // the one in hand, and at most six on the shelf
    seen++;
  }
  EXPECT_FALSE(*data.parallel);
}

TEST(Loader, an_empty_data_set_has_no_batches) {
  DataLoader loader(numbers(0), {.batch_size = 4, .shuffle = true, .workers = 2});
  EXPECT_TRUE(epoch(loader).empty());
}

TEST(Loader, a_collate_function_replaces_stacking) {
  const auto longest = [](const std::vector<Example>& examples) {
    int64_t width = 0;
    for (const Example& e : examples) width = std::max(width, e["y"].size(0));
    return Batch{{"width", full({int64_t(examples.size())}, double(width))}};
  };
  VectorDataset words(std::vector<std::string>{"a", "bbb", "cc", "dddd"}, [](const std::string& w) {
    return Example{{"y", zeros({int64_t(w.size())})}};
  });
  DataLoader loader(words, {.batch_size = 2, .collate = longest});
  std::vector<double> widths;
  for (Batch& batch : loader) widths.push_back(batch["width"].at({0}));
  EXPECT_EQ(widths, (std::vector<double>{3, 4}));
  DataLoader stacking(words, {.batch_size = 2});
  EXPECT_THROW(epoch(stacking), ShapeError);
}

TEST(Loader, counts_the_seconds_that_the_loop_waits_for_batches) {
  const auto slow = [](const std::vector<Example>&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return Batch();
  };
  for (const int workers : {0, 1}) {
    DataLoader loader(numbers(30), {.batch_size = 10, .workers = workers, .collate = slow});
    EXPECT_EQ(loader.waited(), 0);
    for ([[maybe_unused]] Batch& batch : loader) {}
    EXPECT_GE(loader.waited(), workers ? 0.01 : 0.03);  // a sleep is never shorter than asked for; the workers may be ahead after the first
  }
}

TEST(Loader, options_outside_of_their_range_are_refused) {
  EXPECT_THROW(DataLoader(numbers(3), {.batch_size = 0}), ConfigError);
  EXPECT_THROW(DataLoader(numbers(3), {.workers = -1}), ConfigError);
  EXPECT_THROW(DataLoader(numbers(3), {.prefetch = 0}), ConfigError);
  EXPECT_THROW(DataLoader(numbers(3), {.shuffle = true, .sampler = std::make_shared<SequentialSampler>(3)}), ConfigError);
}

TEST(Sampler, weights_are_chances) {
  WeightedSampler sampler({0, 1, 0, 3, 0}, 40000, 7);
  std::vector<int64_t> count(5);
  for (int64_t i : sampler.order(0)) count[size_t(i)]++;
  EXPECT_EQ(count[0] + count[2] + count[4], 0);
  EXPECT_NEAR(double(count[3]), 30000, 400);  // deviation 87
  EXPECT_EQ(sampler.order(1), sampler.order(1));
  EXPECT_NE(sampler.order(0), sampler.order(1));
  EXPECT_THROW(WeightedSampler({1, -1}, 2, 0), ConfigError);
  EXPECT_THROW(WeightedSampler({0, 0}, 2, 0), ConfigError);
  EXPECT_THROW(WeightedSampler({}, 2, 0), ConfigError);
}

TEST(Sampler, shards_have_equal_length_and_cover_everything) {
  auto all = std::make_shared<ShuffledSampler>(10, 1);
  std::multiset<int64_t> seen;
  for (int64_t shard = 0; shard < 3; shard++) {
    ShardedSampler mine(all, shard, 3);
    EXPECT_EQ(mine.size(), 4);
    for (int64_t i : mine.order(2)) seen.insert(i);
  }
  EXPECT_EQ(seen.size(), 12u);
  EXPECT_EQ(std::set<int64_t>(seen.begin(), seen.end()).size(), 10u);
  EXPECT_THROW(ShardedSampler(all, 3, 3), ConfigError);
}

}  // namespace
}  // namespace cairn
