// What a finished training shows and leaves behind: twelve pictures in the terminal, the worst mistakes as a PNG, the result against
// the recipe's goal, what to try next.
#pragma once

#include <app/training.h>
#include <cairn/plot/views.h>

namespace cairn {

// samples/worst-mistakes.png (classes of pictures) or samples/predictions.csv; twelve examples in the terminal.
void write_samples(Session& session, const Run& run, Module& model, const Recipe& recipe, const Setup& setup);
void report_end(Session& session, const Run& run, Recipe& recipe, const Json& test, const Setup& setup, double seconds);

// One test example as the model saw it.
struct Seen {
  int64_t index = 0, truth = 0, predicted = 0;
  double confidence = 0;  // probability of what was predicted
};
std::vector<Seen> all_predictions(Module& model, const DatasetRef& test, Objective objective);
// A picture of a data set as it was before its values were normalised.
Image picture_of(const DatasetRef& data, const Features& features, int64_t index);
// The surest mistakes first.
std::vector<Seen> worst(std::vector<Seen> seen, size_t limit = 24);
plot::Figure curves_of(const Run& run);  // losses, and accuracies where there are some, by epoch

// Class probabilities [n, classes] of a batch's x; binary models with one logit give two columns.
Tensor probabilities(Module& model, const Tensor& x, Objective objective);
Tensor probabilities_of(const Tensor& output, Objective objective);  // of what the model gave

}  // namespace cairn
