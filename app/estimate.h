// What a training will cost on this machine, before it starts: a few steps of a copy of the model are timed.
#pragma once

#include <app/training.h>

namespace cairn {

struct Estimate {
  double seconds = 0;       // of the whole training, with its evaluations
  double step_seconds = 0;  // of one step, its batch included
  double epoch_seconds = 0;
  uint64_t bytes = 0;  // of memory, at its peak
};

// Leaves no trace in the training to come: the steps are those of a copy, and the random sequence is put back. Nothing when a step fails;
// the training itself will say why. `most_seconds`: about how long it may take.
std::optional<Estimate> estimate_training(const Recipe& recipe, const Setup& setup, int64_t seed, double most_seconds = 1.5);
std::string estimate_text(const Estimate& e, int threads);  // "about 2 min 40 s on 2 threads, 300 MiB of memory"

void report_estimate(Session& session, const Recipe& recipe, const Setup& setup, int64_t seed);

}  // namespace cairn
