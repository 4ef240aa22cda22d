// Weights of models from files of others: torchvision's and timm's safetensors load by name.
//
//   ResNet net(resnet18());
//   load_weights(net, "resnet18.safetensors");                                     // every tensor must fit
//   load_weights(net, "resnet18.safetensors", {.skip = {"fc"}});                   // transfer: all but the head, which keeps its own values
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <cairn/nn/module.h>

namespace cairn {

// A model whose public weights come under other names, too.
struct KnowsOtherNames {
  virtual ~KnowsOtherNames() = default;
  virtual std::string own_name(const std::string& other) const = 0;  // what we call it; the same when it is no foreign name
};

// `name` with the first of the prefixes that it begins with replaced.
std::string renamed(const std::string& name, const std::vector<std::pair<std::string, std::string>>& prefixes);

// What the model calls the tensor that a file calls `name`: behind a wrapper's prefix, and translated where the model knows others' names.
std::string name_in(const Module& model, const std::string& name);

struct WeightsOptions {
  bool strict = true;                  // false: what is there and fits is loaded, the rest stays as it is
  std::vector<std::string> skip = {};  // paths ("fc", "classifier.6") at or below which nothing is loaded and nothing needs to fit
};

// Copies the file's values into the model, converting types. Names: the model's own (torchvision's), those it knows of others (timm's),
// either behind "module." or "_orig_mod." (wrapped models). A file may lack counters of batches (older files do), or have more.
// Returns what differs, without what was skipped. StateError that shows it when something does and `strict` is on, or when nothing
// fits at all; nothing is changed then. NumericError for NaN or infinity in what would be loaded. FileError for a damaged file,
// UnsupportedError for pickles (.pt, .pth, .bin, whatever their name is: reading one can run code), each with what to do.
StateDifference load_weights(Module& model, const std::string& path, const WeightsOptions& options = {});

}  // namespace cairn
