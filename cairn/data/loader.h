// DataLoader: an epoch of batches, in the order of a sampler, prepared by worker threads ahead of the training loop.
//
//   DataLoader loader(data, {.batch_size = 64, .shuffle = true, .seed = 1});
//   for (int epoch = 0; epoch < 5; epoch++)
//     for (Batch& batch : loader) step(batch["x"], batch["y"]);
//
// The batches are the same for any number of workers. state() names the next batch; set_state() goes on exactly there.
#pragma once

#include <functional>
#include <iterator>
#include <memory>

#include <cairn/data/dataset.h>
#include <cairn/data/sampler.h>

namespace cairn {

struct LoaderOptions {
  int64_t batch_size = 1;
  bool shuffle = false;
  bool drop_last = false;                                               // leave out a last batch that is not full
  int workers = 0;                                                      // threads that prepare batches; 0: the loop itself does
  int prefetch = 2;                                                     // batches a worker prepares ahead
  uint64_t seed = 0;                                                    // of the shuffle and of what the data set draws
  std::shared_ptr<Sampler> sampler = nullptr;                           // instead of `shuffle`
  std::function<Batch(const std::vector<Example>&)> collate = nullptr;  // instead of stacking: padding, for instance
};

class DataLoader {
 public:
  // ConfigError for options outside of their range.
  explicit DataLoader(DatasetRef data, LoaderOptions options = {});
  ~DataLoader();
  DataLoader(DataLoader&&) noexcept;
  DataLoader& operator=(DataLoader&&) noexcept;

  const Dataset& data() const { return *data_; }
  int64_t examples() const;  // visited in an epoch
  int64_t batches() const;   // of an epoch
  const LoaderOptions& options() const { return options_; }

  class Iterator {
   public:
    using value_type = Batch;
    using difference_type = std::ptrdiff_t;
    Batch& operator*() const { return loader_->batch_; }
    Batch* operator->() const { return &loader_->batch_; }
    Iterator& operator++() {
      loader_->advance();
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& i, std::default_sentinel_t) { return !i.loader_->running(); }

   private:
    friend class DataLoader;
    explicit Iterator(DataLoader* loader) : loader_(loader) {}
    DataLoader* loader_;
  };
  // Starts the next epoch (the first time: epoch 0), or goes on where set_epoch() or set_state() put it. Ends an iteration that is still
  // under way. What a worker's data set throws is thrown here or by ++, at the batch it belongs to.
  Iterator begin();
  std::default_sentinel_t end() const { return {}; }

  bool running() const { return running_; }       // a batch is in hand
  int64_t epoch() const { return epoch_; }        // of the batch in hand, counted from 0
  int64_t position() const { return position_; }  // batches of this epoch handed out, the one in hand included
  void set_epoch(int64_t epoch);                  // the next begin() starts this one
  // Seconds that the loop has spent in begin() and ++ so far: waiting for the workers, or making batches itself where there are none.
  double waited() const { return waited_; }

  // {"epoch", "position", and what must be equal: batch size, number of examples, sampler}. A finished epoch reads as the start of the next.
  Json state() const;
  void set_state(const Json& state);  // StateError, naming both, when something differs

 private:
  struct Crew;
  Batch make(int64_t number) const;
  void advance();
  Json identity() const;

  DatasetRef data_;
  LoaderOptions options_;
  std::shared_ptr<const std::vector<int64_t>> order_;
  std::unique_ptr<Crew> crew_;
  Batch batch_;
  int64_t epoch_ = 0, position_ = 0;
  double waited_ = 0;
  bool placed_ = true;  // epoch_ and position_ say where the next begin() starts
  bool running_ = false;
};

}  // namespace cairn
