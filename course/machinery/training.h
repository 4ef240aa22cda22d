// The second half of a project's check: the learner's file, compiled for speed, trains on real pictures in a process of its own and is scored on
// test pictures whose labels it never gets. project.toml of the project's folder says what is trained, on which data, and how good it must be.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <cairn/base/json.h>
#include <cairn/data/registry.h>
#include <course/machinery/exercises.h>

namespace cairn::course {

struct TrainingGoal {
  std::string data;    // a name of the catalogue of data sets
  double percent = 0;  // of the test pictures
};
struct Training {
  std::string part, name;           // what trainer.cpp is told, "mlp"; what a person is told, "network"
  std::vector<TrainingGoal> goals;  // the first data set that is at hand counts
};
struct TrainingPlan {
  std::vector<Training> trainings;
  double seconds = 600;
  int64_t memory_mib = 3072;
  int64_t most_train = 0, most_test = 0;  // so many pictures of a set; 0: all
};
// project.toml in the exercise's folder; none: it is no project. FileError with line.
std::optional<TrainingPlan> training_plan_of(const Exercise& exercise);

struct Trained {
  enum Kind { reached, falls_short, breaks_off, no_data, stopped, not_tried } kind = not_tried;
  std::string part, name, data, title;  // data: "mnist"; title: "MNIST"
  std::string note;                     // what must be said beside the score: "from the JPEG copy"
  double score = 0, goal = 0;           // percent
  int64_t epochs = 0, pictures = 0;     // pictures: of the test
  double first_loss = 0, last_loss = 0, seconds = 0;
  std::string sentence;  // why it is not reached, and what to do
  std::string prints;    // the learner's own
};

// What is told while it runs; false ends it.
struct TrainingNews {
  const Trained& so_far;
  double seconds = 0;  // since this training began
};
using TrainingTell = std::function<bool(const TrainingNews&)>;
// Reads a split of a data set; nothing where it is not at hand.
using TrainingData = std::function<std::optional<Labelled>(const std::string& name, const std::string& split)>;
std::optional<Labelled> data_at_hand(const std::string& name, const std::string& split);

// One result for each training, in order. The first that fails ends it: what comes behind is not_tried. What lacks its data does not.
// FileError when the file cannot be compiled for speed, or a data set is damaged.
std::vector<Trained> train_project(const Exercise& exercise, const TrainingPlan& project, const std::string& file, const std::string& text,
                                   const TrainingTell& tell, const TrainingData& data = data_at_hand);

// A line for each, then what is to be said, on lines of `width` columns; 0: no line is broken.
std::string training_text(const std::vector<Trained>& all, size_t width = 0);
std::string training_line(const TrainingNews& news);  // "MNIST, network: epoch 3, loss 0.111, 8 s"
Json training_json(const Trained& t);

}  // namespace cairn::course
