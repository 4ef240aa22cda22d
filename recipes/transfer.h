// Starting from somebody's weights: what a network learned on many pictures, put to use where there are few.
//   frozen    only the head learns; the layers below stay as they were, their running statistics, too
//   gradual   the head first, then the layers thaw from the top down, all of them by half of the epochs (Howard, Ruder 2018)
//   full      everything learns from the first step
//   scratch   no weights are loaded: what the others are compared with
// Yosinski, Clune, Bengio, Lipson 2014, "How transferable are features in deep neural networks?"
#pragma once

#include <cairn/models/registry.h>
#include <recipes/recipe.h>

namespace cairn {

struct TransferOptions {
  std::string weights, tuning = "full";
  void fields(Fields& f);
};

// ConfigError when tuning needs weights and none are named.
void check_weights_are_named(const ModelInfo& info, const TransferOptions& options);
// Loads the weights into all but the model's head, and freezes what `tuning` says; layers that thaw join setup.callbacks. The file is not read
// for a run that has a checkpoint or a model already (`run_folder`): those hold the values. Checks that weights are named; StateError with
// what differs when they are of another model.
void start_from(const ModelInfo& info, const TransferOptions& options, int64_t epochs, const std::string& run_folder, Setup& setup);

// The parts of a model that thaw one after another, from the input to the head: "conv1", "layer1.0", ..., "fc".
std::vector<std::string> thawing_parts(const Module& model);

}  // namespace cairn
