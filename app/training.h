// What train, resume, eval and predict share: from a run's config to a model and its data, and from a trained model to its report.
#pragma once

#include <app/command.h>
#include <cairn/train/run.h>
#include <recipes/recipe.h>

namespace cairn {

// Where a run goes, and its place in the random sequence; part of every config.
struct RunOptions {
  std::string name, runs = "runs";
  void fields(Fields& f);
};
std::string default_runs();                    // CAIRN_RUNS or "runs"

// A recipe as a run's config.toml has it. ConfigError with the file's line when it does not fit the recipe.
std::unique_ptr<Recipe> recipe_of(const Run& run, int64_t& seed);
std::string config_text(Recipe& recipe, int64_t seed);          // what config.toml holds
// The trained model of a run: model.safetensors, or the newest checkpoint of an unfinished run.
std::shared_ptr<Module> trained_model(const Run& run, Recipe& recipe, const Features& features);
Features features_of(const Run& run);

// Trains (or goes on), evaluates, writes the run's results, and says so. The exit code.
int train_run(Session& session, Run& run, Recipe& recipe, int64_t seed, bool resuming);

// Test metrics of a model: loss, accuracy, per class, confusion matrix; RMSE, MAE, R2 for regression.
Json evaluate_model(Module& model, DatasetRef data, Objective objective, const Features& features, int64_t batch_size);
std::string evaluation_text(const Json& metrics, const Features& features);

}  // namespace cairn
