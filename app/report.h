// What a finished training shows and leaves behind: twelve pictures in the terminal, the worst mistakes as a PNG, the result against
// the recipe's goal, what to try next.
#pragma once

#include <app/training.h>

namespace cairn {

// samples/worst-mistakes.png (classes of pictures) or samples/predictions.csv; twelve examples in the terminal.
void write_samples(Session& session, const Run& run, Module& model, DatasetRef test, Objective objective, const Features& features);
void report_end(Session& session, const Run& run, const Recipe& recipe, const Json& test, const Setup& setup, double seconds);

// Class probabilities [n, classes] of a batch's x; binary models with one logit give two columns.
Tensor probabilities(Module& model, const Tensor& x, Objective objective);

}  // namespace cairn
