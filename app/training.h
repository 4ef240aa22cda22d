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
std::string default_runs();                       // CAIRN_RUNS or "runs"
std::string shell_word(const std::string& text);  // in quotes where a shell would take it apart
// "cairn resume NAME", with --runs where it takes one: a command that can be pasted.
std::string command_for(const std::string& verb, const Run& run);
std::string runs_option(const Run& run);  // " --runs DIR" for a run that is not in default_runs(), else ""

// A recipe as a run's config.toml has it. FileError with the file's line when it does not fit the recipe, or is cut short.
std::unique_ptr<Recipe> recipe_of(const Run& run, int64_t& seed);
// StateError when a run's config.toml asks for another training than its checkpoints are of: which field, both values, what to do. What does
// not change the result (workers, checkpoint_every) may differ, and files may have moved. Older checkpoints do not know, and are taken.
void check_config(const Run& run);
// StateError when files that moved, as config.toml says, are not those that the run was trained on, by their digests in environment.json.
void check_moved_data(const Run& run, const Json& environment_now);
std::string config_text(Recipe& recipe, int64_t seed);  // what config.toml holds; paths of files that are there become absolute
// The trained model of a run: model.safetensors, or the newest checkpoint of an unfinished run. FileError when it is damaged or missing.
std::shared_ptr<Module> trained_model(const Run& run, Recipe& recipe, const Features& features);
// Says that a run has not finished, so that what is shown is its newest checkpoint's.
void say_unfinished(const Session& session, const Run& run);
// Whether a finished run's model.safetensors is there, with the bytes that the training wrote.
bool model_is_whole(const Run& run, const Json& end);
Features features_of(const Run& run);
// StateError when the data of a run gives other features or classes than those it was trained on.
void check_features(const Run& run, const Features& now);

// Seeds the generator, reads the data, makes the model, and checks the options of the optimiser and the schedule: everything that can be
// wrong before a run's folder is made.
Setup prepare(Recipe& recipe, int64_t seed);
// The data and model of a run that is there: what its config.toml asks for and cannot be had is a FileError, not a wrong command line.
Setup prepare(Recipe& recipe, int64_t seed, const Run& run);
// The optimiser and the loss of a training: the Setup's own where it has some, else what the options say.
std::unique_ptr<Optimizer> optimizer_of(const Setup& setup, const TrainOptions& options, const Module& model);
SupervisedOptions supervised_options(const Setup& setup, const TrainOptions& options);
constexpr int64_t evaluation_batch = 500;
// What a training runs with, beside its Setup, which has to stay as long.
struct TrainingParts {
  TrainingParts(const Setup& setup, const TrainOptions& options, int64_t seed);
  DataLoader train;
  std::unique_ptr<DataLoader> val;  // null where nothing is held back
  std::unique_ptr<Optimizer> optimizer;
  Supervised supervised;
  std::vector<std::shared_ptr<Callback>> callbacks;  // what the options ask for
};
// environment.json: where this program runs, and SHA-256 of the data files.
Json environment_of(const Setup& setup, int64_t seed);
// Trains (or goes on), evaluates, writes the run's results, and says so. The exit code.
int train_run(Session& session, Run& run, Recipe& recipe, const Setup& setup, int64_t seed, bool resuming);

// Test metrics of a model: loss, accuracy, per class, confusion matrix; RMSE, MAE, R2 for regression.
Json evaluate_model(Module& model, DatasetRef data, Objective objective, const Features& features, int64_t batch_size);
// The same, or the recipe's own metrics where it has some.
Json evaluate_setup(Module& model, const Setup& setup, const Features& features, int64_t batch_size);
// One line; `note` says on what data, where that is not what one would think.
std::string evaluation_text(const Json& metrics, const Features& features, const std::string& note);

}  // namespace cairn
