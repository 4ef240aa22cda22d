#include <app/estimate.h>

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include <app/prose.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>

namespace cairn {

namespace {

constexpr int most_steps = 6;
constexpr double test_passes = 2;          // the metrics, and the worst mistakes
constexpr double forward_share = 1.0 / 3;  // of a step: backward computes the gradients of inputs and of weights, each as much again

// The random sequence stands afterwards where it stood before.
class KeepGenerator {
 public:
  KeepGenerator() : state_(generator_state()) {}
  ~KeepGenerator() { set_generator_state(state_); }
  KeepGenerator(const KeepGenerator&) = delete;
  KeepGenerator& operator=(const KeepGenerator&) = delete;

 private:
  GeneratorState state_;
};

}  // namespace

std::optional<Estimate> estimate_training(const Recipe& recipe, const Setup& s, int64_t seed, double most_seconds) {
  const TrainOptions& o = recipe.train;
  const int64_t n = s.train->size(), batch = std::min(o.batch_size, n), steps = (n + o.batch_size - 1) / o.batch_size;
  if (n == 0) return std::nullopt;
  const KeepGenerator keep;
  std::vector<double> times;
  try {
    const std::shared_ptr<Module> copy = s.model->clone_module();
    const std::unique_ptr<Optimizer> optimizer = optimizer_of(s, o, *copy);
    Supervised task(*copy, *optimizer, s.objective, supervised_options(s, o));
    task.set_training(true);
    const std::vector<int64_t> order = shuffled(n, Random(uint64_t(seed), 0xe571));
    const double start = seconds_now();
    // The first step makes plans and takes memory: it does not count unless there is no time for another.
    for (int i = 0; i < most_steps && (i < 2 || seconds_now() - start < most_seconds); i++) {
      if (i == 1 && times[0] > most_seconds) break;
      std::vector<int64_t> rows;
      for (int64_t k = 0; k < batch; k++) rows.push_back(order[size_t((i * batch + k) % n)]);
      const double before = seconds_now();
      task.train_step(s.train->get_batch(rows, Pass{uint64_t(seed), 0}));
      times.push_back(seconds_now() - before);
    }
  } catch (const Error&) { return std::nullopt; }
  if (times.size() > 1) times.erase(times.begin());
  // The lower quartile: a burst of another program's work in some of so few steps shall not count for hours.
  const size_t quarter = times.size() / 4;
  std::nth_element(times.begin(), times.begin() + int64_t(quarter), times.end());

  Estimate e;
  e.step_seconds = times[quarter];
  const double per_example = e.step_seconds * forward_share / double(batch);
  e.epoch_seconds = double(steps) * e.step_seconds + (s.val ? double(s.val->size()) * per_example : 0);
  const double epochs = o.max_steps > 0 ? std::min(double(o.epochs), double(o.max_steps) / double(steps)) : double(o.epochs);
  e.seconds = epochs * e.epoch_seconds + test_passes * double(s.test->size()) * per_example;
  e.bytes = peak_rss_bytes();
  return e;
}

std::string estimate_text(const Estimate& e, int threads) {
  return fmt::format("about {} on {} thread{}, {} of memory", human_seconds(e.seconds), threads, threads == 1 ? "" : "s", human_bytes(e.bytes));
}

void report_estimate(Session& session, const Recipe& recipe, const Setup& setup, int64_t seed) {
  const std::optional<Estimate> e = estimate_training(recipe, setup, seed);
  if (!e) return;
  session.event(Json::object({{"event", "estimate"},
                              {"seconds", e->seconds},
                              {"epoch_seconds", e->epoch_seconds},
                              {"step_seconds", e->step_seconds},
                              {"memory_bytes", e->bytes},
                              {"threads", num_threads()}}));
  session.say(narrowed(fmt::format("estimate: {}; {} an epoch", estimate_text(*e, num_threads()), human_seconds(e->epoch_seconds))));
}

}  // namespace cairn
