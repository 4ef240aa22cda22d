// A recipe: a config that describes itself, which data, which model, and what score it must reach. What is left is the Trainer's.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <cairn/base/fields.h>
#include <cairn/data/data.h>
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

// What a recipe hands to the Trainer.
struct Setup {
  std::shared_ptr<Dataset> train, val, test;  // batches hold "x" and "y"; val may be null
  std::shared_ptr<Module> model;
  Objective objective = Objective::classify;
  std::shared_ptr<Features> features;  // how a file of the user's becomes an "x"
  std::string data_note;               // said beside every score: "from the JPEG copy"
  Json checksums = Json::object();     // of the data files, for environment.json
};

// What some fields start from when the data is of another kind than the recipe's own.
struct Defaults {
  std::string data;                                         // which, in words: "a table"
  bool (*fits)(const std::string& data);                    // given what the data field says
  std::vector<std::pair<std::string, std::string>> values;  // field, value
  std::string flags() const;                                // "--epochs 50 --batch-size 32"
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
  virtual std::string data_name() const = 0;  // what the data field says
  virtual std::vector<Defaults> defaults() const { return {}; }
  virtual Objective objective() const { return Objective::classify; }
  TrainOptions train;
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

// A recipe for this data, its fields at the defaults that suit it.
std::unique_ptr<Recipe> recipe_for(const RecipeInfo& info, const std::string& data);

template <class R> std::unique_ptr<Recipe> make_recipe() { return std::make_unique<R>(); }

}  // namespace cairn
