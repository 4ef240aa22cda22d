#include <cairn/data/loader.h>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/threads.h>

namespace cairn {

// The workers of one epoch and the shelf between them and the loop. Batch number k lies on shelf place k modulo its length; a worker takes
// the next number only when its place is free, so the memory is bounded, and the loop takes them by number, so the order is fixed.
struct DataLoader::Crew {
  struct Place {
    std::optional<Batch> batch;
    std::exception_ptr failure;
    bool ready = false;
  };

  Crew(std::function<Batch(int64_t)> make_batch, int64_t first, int64_t end, int workers, int prefetch)
      : make(std::move(make_batch)), shelf(size_t(workers) * size_t(prefetch)), next(first), taken(first), last(end) {
    // A machine that gives fewer threads than asked for is only slower; one that gives none is an error.
    try {
      for (int i = 0; i < workers && i < end - first; i++) threads.emplace_back([this] { work(); });
    } catch (const std::system_error& e) {
      if (threads.empty()) throw StateError(std::string("[DataLoader] no worker thread could be started: ") + e.what() + ". Hint: use workers = 0.");
    }
  }
  ~Crew() {
    {
      std::lock_guard lock(mutex);
      stop = true;
    }
    free_place.notify_all();
    for (auto& t : threads) t.join();
  }

  void work() {
    InlineScope no_threads_of_its_own;
    std::unique_lock lock(mutex);
    for (;;) {
      free_place.wait(lock, [&] { return stop || next >= last || next < taken + int64_t(shelf.size()); });
      if (stop || next >= last) return;
      const int64_t number = next++;
      lock.unlock();
      Place made;
      try {
        made.batch = make(number);
      } catch (...) { made.failure = std::current_exception(); }
      made.ready = true;
      lock.lock();
      shelf[size_t(number) % shelf.size()] = std::move(made);
      filled.notify_one();
    }
  }

  Batch take(int64_t number) {
    std::unique_lock lock(mutex);
    Place& place = shelf[size_t(number) % shelf.size()];
    filled.wait(lock, [&] { return place.ready; });
    Place got = std::move(place);
    place = {};
    taken = number + 1;
    lock.unlock();
    free_place.notify_one();
    if (got.failure) std::rethrow_exception(got.failure);
    return std::move(*got.batch);
  }

  std::function<Batch(int64_t)> make;
  std::vector<Place> shelf;
  int64_t next, taken, last;
  bool stop = false;
  std::mutex mutex;
  std::condition_variable free_place, filled;
  std::vector<std::thread> threads;
};

DataLoader::DataLoader(DatasetRef data, LoaderOptions options) : data_(std::move(data)), options_(std::move(options)) {
  const LoaderOptions& o = options_;
  if (o.batch_size < 1) throw ConfigError(fmt::format("[DataLoader] batch_size must be at least 1, got {}.", o.batch_size));
  if (o.workers < 0 || o.workers > 256) throw ConfigError(fmt::format("[DataLoader] workers must be from 0 to 256, got {}.", o.workers));
  if (o.prefetch < 1 || o.prefetch > 1024) throw ConfigError(fmt::format("[DataLoader] prefetch must be from 1 to 1024, got {}.", o.prefetch));
  if (!options_.sampler) {
    if (o.shuffle) options_.sampler = std::make_shared<ShuffledSampler>(data_->size(), o.seed);
    else options_.sampler = std::make_shared<SequentialSampler>(data_->size());
  } else if (o.shuffle) {
    throw ConfigError("[DataLoader] a sampler gives the order: shuffle cannot be asked for beside it.");
  }
}

DataLoader::~DataLoader() = default;
// Workers hold on to the loader's address, so a running epoch does not move with it.
DataLoader::DataLoader(DataLoader&& o) noexcept : data_(o.data_), options_(o.options_), epoch_(o.epoch_), position_(o.position_), placed_(o.placed_) {
  o.crew_.reset();
  o.running_ = false;
}
DataLoader& DataLoader::operator=(DataLoader&& o) noexcept {
  crew_.reset();
  o.crew_.reset();
  data_ = o.data_;
  options_ = o.options_;
  order_.reset();
  epoch_ = o.epoch_, position_ = o.position_, placed_ = o.placed_;
  running_ = o.running_ = false;
  return *this;
}

int64_t DataLoader::examples() const {
  const int64_t n = options_.sampler->size();
  return options_.drop_last ? n / options_.batch_size * options_.batch_size : n;
}

int64_t DataLoader::batches() const {
  const int64_t n = options_.sampler->size();
  return options_.drop_last ? n / options_.batch_size : n / options_.batch_size + (n % options_.batch_size != 0);
}

// Called from worker threads: reads what does not change while an epoch runs.
Batch DataLoader::make(int64_t number) const {
  const int64_t n = int64_t(order_->size()), begin = number * options_.batch_size, end = std::min(n, begin + options_.batch_size);
  const Indices indices(order_->data() + begin, size_t(end - begin));
  const Pass pass{options_.seed, epoch_};
  if (!options_.collate) return data_->get_batch(indices, pass);
  std::vector<Example> examples;
  for (int64_t i : indices) examples.push_back(data_->get(i, pass));
  return options_.collate(examples);
}

DataLoader::Iterator DataLoader::begin() {
  crew_.reset();
  if (!placed_) epoch_++, position_ = 0;
  placed_ = false;
  order_ = std::make_shared<const std::vector<int64_t>>(options_.sampler->order(epoch_));
  running_ = true;
  const int64_t all = batches();
  if (options_.workers > 0 && position_ < all)
    crew_ = std::make_unique<Crew>([this](int64_t number) { return make(number); }, position_, all, options_.workers, options_.prefetch);
  advance();
  return Iterator(this);
}

void DataLoader::advance() {
  batch_ = {};  // its memory is there for the next one
  if (position_ >= batches()) {
    running_ = false;
    crew_.reset();
    return;
  }
  const int64_t number = position_++;
  const double start = seconds_now();
  try {
    batch_ = crew_ ? crew_->take(number) : make(number);
  } catch (...) {
    position_ = number;  // it was not handed out
    running_ = false;
    crew_.reset();
    throw;
  }
  waited_ += seconds_now() - start;
}

void DataLoader::set_epoch(int64_t epoch) {
  if (epoch < 0) throw ConfigError(fmt::format("[DataLoader] an epoch is at least 0, got {}.", epoch));
  crew_.reset();
  running_ = false;
  epoch_ = epoch;
  position_ = 0;
  placed_ = true;
}

Json DataLoader::identity() const {
  return Json::object(
      {{"batch_size", options_.batch_size}, {"drop_last", options_.drop_last}, {"examples", data_->size()}, {"seed", Json(options_.seed)}});
}

Json DataLoader::state() const {
  Json s = identity();
  const bool finished = position_ >= batches() && position_ > 0;
  s["sampler"] = options_.sampler->state();
  s["epoch"] = finished ? epoch_ + 1 : epoch_;
  s["position"] = finished ? int64_t{0} : position_;
  return s;
}

void DataLoader::set_state(const Json& state) {
  const Json mine = identity();
  for (const auto& [key, value] : mine.as_object())
    if (state.at(key) != value)
      throw StateError(
          fmt::format("[DataLoader] the saved position belongs to another loader: {} was {}, now {}. Hint: resume with the same data and options.",
                      key, state.at(key).dump(), value.dump()));
  const int64_t epoch = state.at("epoch").as_int(), position = state.at("position").as_int();
  if (epoch < 0 || position < 0 || position > batches())
    throw StateError(fmt::format("[DataLoader] the saved position is epoch {}, batch {} of {}.", epoch, position, batches()));
  options_.sampler->set_state(state.at("sampler"));
  set_epoch(epoch);
  position_ = position;
}

}  // namespace cairn
