// `cairn train mlp --mine`: which of the learner's pieces a training uses, and how it compares with the engine's own.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <app/training.h>
#include <course/machinery/mine.h>

namespace cairn {

constexpr const char* mine_recipe = "mlp";  // the one that takes pieces

class Mine {
 public:
  // What `--mine WORDS` asks for: "all", or names with commas between them. UsageError for a name that is none; StateError when nothing that
  // was asked for is ready, with what to do.
  explicit Mine(const std::string& words);
  // What a run was begun with, for `cairn resume`; nothing when it was begun without --mine. Opens the pieces. StateError when one of them is
  // neither compiled here nor the learner's file as it was.
  static std::optional<Mine> of(const Session& session, const Run& run);

  bool uses(const std::string& piece) const;
  // Leaves out what does not go with the recipe's options. ConfigError when that was asked for by name, or nothing is left.
  void fit(const Recipe& recipe);
  void compile(const Session& session);                      // opens the pieces
  void put_into(Recipe& recipe);                             // before prepare()
  void put_into(Setup& setup, const TrainOptions& options);  // after it
  Json to_json() const;                                      // for environment.json
  void report(const Session& session) const;                 // which are the learner's, and why others are not
  // Trains the recipe with the engine's own pieces, from the same seed and for as many steps, and shows both side by side.
  void compare(const Session& session, const Run& run);

 private:
  struct Choice {
    course::PieceState state;
    bool used = false;
    std::string why;  // not used
  };
  struct Watch;
  Mine() = default;
  void leave_out(const std::string& piece, const std::string& why);
  std::vector<Choice> choices_;
  bool named_ = false;
  course::Pieces pieces_;
  std::shared_ptr<Watch> watch_;
};

// The columns of a run whose standardiser was the learner's stand in its features.json: its data is prepared with those again.
void keep_columns(Recipe& recipe, const Run& run);

}  // namespace cairn
