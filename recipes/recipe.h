// A recipe: a config that describes itself, which data, which model, and what score it must reach. What is left is the Trainer's.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <cairn/base/fields.h>
#include <cairn/data/data.h>
#include <cairn/data/transforms/compose.h>
#include <cairn/nn/nn.h>
#include <cairn/train/options.h>
#include <recipes/features.h>

namespace cairn {

struct Goal {
  std::string metric;  // "test_accuracy", "test_r2"
  double score = 0;
  std::string data;    // the data set that the score is for
  std::string source;  // who reports it
};

// How a training without a loss to descend came out.
struct Outcome {
  Json values = Json::object();    // of the event "end": {"converged": true}
  std::vector<std::string> lines;  // in words
};

// What a recipe hands to the Trainer.
struct Setup {
  std::shared_ptr<Dataset> train, val, test;  // batches hold "x" and "y"; val may be null
  std::shared_ptr<Module> model;
  Objective objective = Objective::classify;
  std::shared_ptr<Features> features;  // how a file of the user's becomes an "x"
  std::string data_note;               // said beside every score: "from the JPEG copy"
  Json checksums = Json::object();     // of the data files, for environment.json
  std::vector<std::string> notes;      // said before the training: pictures that were left out
  // What has to be kept beside the run to have the same data again: name, contents ("split.json").
  std::map<std::string, std::string> files;
  std::vector<std::shared_ptr<Callback>> callbacks;                          // what else listens to the training: layers that thaw
  std::function<Tensor(const Tensor& output, const Tensor& y)> loss;         // instead of the objective's; empty otherwise
  std::function<std::unique_ptr<Optimizer>(const Module& model)> optimizer;  // instead of the TrainOptions'; empty otherwise

  // Of a recipe that is no gradient descent on the objective (Rosenblatt's rule, k-means, PCA); null or empty otherwise.
  std::shared_ptr<Task> task;                                           // what a step does
  std::function<Json(Module& model, const DatasetRef& test)> evaluate;  // its own metrics, "loss" and "examples" among them
  std::function<Outcome()> outcome;                                     // said after the training
};

// What some fields start from when the data is of another kind than the recipe's own.
struct Defaults {
  std::string data;                                         // which, in words: "a table"
  bool (*fits)(const std::string& data);                    // given what the data field says
  std::vector<std::pair<std::string, std::string>> values;  // field, value
  std::string flags() const;                                // "--epochs 50 --batch-size 32"
};

// A named set of field values: `cairn train NAME --preset quick`. Flags go before it.
struct Preset {
  std::string name;                                         // "quick": at most 3 minutes on 2 cores; "standard"; "paper": as its authors trained
  std::string what;                                         // what it is for, and what it was seen to reach
  std::vector<std::pair<std::string, std::string>> values;  // field, value
  std::string flags() const;
};

class Recipe {
 public:
  virtual ~Recipe() = default;
  virtual void fields(Fields& f) = 0;
  virtual Goal goal() const = 0;
  // The data and the model of this config. Reads data files: FileError when they are not there.
  virtual Setup setup() = 0;
  // The untrained model alone, for predicting without the data; `features` were saved by the training.
  virtual std::shared_ptr<Module> model(const Features& features) = 0;
  virtual std::string data_name() const = 0;                                // what the data field says
  virtual std::vector<std::string> made_data() const { return {}; }         // names of data that it makes itself: "xor"; never a file
  virtual bool goal_applies() const { return data_name() == goal().data; }  // the score is one on the data that the goal is about
  virtual std::vector<Defaults> defaults() const { return {}; }
  virtual std::vector<Preset> presets() const { return {}; }
  // How training pictures are varied, Normalize included; no steps: not at all.
  virtual transforms::Compose augmentation(const Features&) const { return {}; }
  virtual Objective objective() const { return Objective::classify; }
  // Is a class what comes out? Otherwise there is no confusion matrix.
  virtual bool predicts_classes() const { return objective() != Objective::regress; }
  // One row of outputs as `cairn predict` and predictions.csv say it ({"cluster": "2"}); null: probabilities of the classes, or the target.
  virtual Json answer(std::span<const double> /*outputs*/, const Features& /*features*/) const { return {}; }
  TrainOptions train;
  FitColumn fit_column;                                    // how the columns of a table are standardised; empty: by their mean and deviation
  std::function<void(int64_t done, int64_t all)> reading;  // told while setup() decodes the pictures of a folder; empty: nobody is
  bool to_learn = true;    // false: setup() is to test or show a trained model, and what that only learned from may be missing
  std::string run_folder;  // of the run that setup() is for, when it is there already: what Setup::files says lies in it
};

struct RecipeInfo {
  const char* name;
  const char* id;  // "R2": the number in the roadmap's list of recipes
  const char* title;
  const char* model;  // what is trained, in a line
  const char* data;   // the data it takes
  std::unique_ptr<Recipe> (*make)();
};
const std::vector<const RecipeInfo*>& all_recipes();
const RecipeInfo& find_recipe(const std::string& name);  // UsageError with the nearest match

// A recipe for this data, its fields at the defaults that suit it, then as the preset has them. UsageError for a preset that it does not
// have, with those that it has.
std::unique_ptr<Recipe> recipe_for(const RecipeInfo& info, const std::string& data, const std::string& preset = "");

// Whether a data field means a file or folder of the user's: no data set of the catalogue, and nothing that the recipe makes itself.
bool is_path(const Recipe& recipe, const std::string& data);
// A path that means the same from any folder; links in it are followed, but for the last name. What is not there stays as it is.
std::string absolute_path(const std::string& path);
// The name of a file or folder of the user's in Setup::checksums: its last name, which is the same however its path was written.
std::string last_name(const std::string& path);

// For a file or folder that is not there: " Did you mean 'x/iris.csv'?" of what lies beside it, or what of that kind there is; "" for a word
// that looks like no path and has nothing near.
std::string did_you_mean_path(const std::string& path, bool folder);

template <class R> std::unique_ptr<Recipe> make_recipe() { return std::make_unique<R>(); }

}  // namespace cairn
