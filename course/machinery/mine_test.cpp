// The learner's pieces in a training: the published solutions train as the engine does, a planted change shows as computed, and what a piece
// can do wrong is told with its name.
#include <course/machinery/mine.h>

#include <cmath>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/ops/ops.h>
#include <course/machinery/paths.h>
#include <course/machinery/progress.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/temp_folder.h>

namespace cairn::course {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr int64_t rows = 24, features = 5, hidden = 7, classes = 3, steps = 60;

// A home of its own for the libraries, which all tests share so that each text is compiled once.
const TempFolder& home() {
  static const TempFolder folder;
  setenv("CAIRN_HOME", folder.path().c_str(), 1);
  return folder;
}

const PieceInfo& info_of(const std::string& exercise) { return *piece_of(exercise); }

std::string solution(const std::string& id, const std::string& file = "/solution.cpp") { return read_file(find_exercise(id).folder + file); }

std::shared_ptr<Piece> piece(const std::string& id, const std::string& text) {
  home();
  const Exercise exercise = find_exercise(id);
  return compiled_piece(info_of(id), exercise, exercise.folder + "/solution.cpp", text);
}
std::shared_ptr<Piece> piece(const std::string& id) { return piece(id, solution(id)); }

// The solution with one place changed.
std::string changed_solution(const std::string& id, const std::string& from, const std::string& to) {
  std::string text = solution(id);
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << id << ": " << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

Pieces all_solutions() {
  Pieces p;
  p.linear = piece("A13"), p.relu = piece("A12"), p.loss = piece("A09"), p.step = piece("A16");
  return p;
}

struct Data {
  Tensor x, y;
};
const Data& data() {
  static const Data d = [] {
    Random r(11);
    std::vector<float> x;
    std::vector<int64_t> y;
    for (int64_t i = 0; i < rows; i++) {
      y.push_back(int64_t(r.below(classes)));
      for (int64_t k = 0; k < features; k++) x.push_back(float(r.normal() + (k == y.back() ? 1.0 : 0.0)));
    }
    return Data{from_span(std::span<const float>(x), {rows, features}), from_vector(y)};
  }();
  return d;
}

// The losses of a training from the same weights, in which nothing but the pieces and the rates differ. first_lr: of the first layer.
std::vector<double> curve(const Pieces& pieces, double lr, double first_lr = 0) {
  manual_seed(5);
  Setup s;
  s.objective = Objective::classify;
  s.model = std::make_shared<Sequential>(Flatten(), Linear(features, hidden), ReLU(), Dropout(0.1), Linear(hidden, classes));
  s.loss = engine_loss;
  TrainOptions options;
  options.lr = lr;
  options.optimizer = "sgd";
  put_pieces(pieces, s, options);
  std::unique_ptr<Optimizer> optimizer = s.optimizer ? s.optimizer(*s.model) : options.make_optimizer(*s.model);
  if (first_lr > 0) {
    NamedParameters first, others;
    for (const auto& p : s.model->parameters()) (p.first.starts_with("1.") ? first : others).push_back(p);
    auto two = std::make_unique<SGD>(first, SgdOptions{.lr = first_lr});
    two->add_group(others, {.lr = lr});
    optimizer = std::move(two);
  }
  SupervisedOptions how;
  how.loss = s.loss;
  Supervised task(*s.model, *optimizer, s.objective, how);
  std::vector<double> losses;
  for (int64_t i = 0; i < steps; i++) {
    const Batch batch(std::vector<Batch::Field>{{"x", data().x}, {"y", data().y}});
    losses.push_back(task.train_step(batch).loss / double(rows));
  }
  return losses;
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double largest = a.size() == b.size() ? 0 : INFINITY;
  for (size_t i = 0; i < std::min(a.size(), b.size()); i++) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

}  // namespace

// f32 rounds once a result; 60 steps carry that on.
constexpr double rounding = 2e-5;

TEST(SlowMine, the_solutions_train_as_the_engine_does_together_and_one_by_one) {
  const std::vector<double> engine = curve({}, 0.3);
  EXPECT_LT(engine.back(), 0.8 * engine.front());
  EXPECT_LT(largest_difference(curve(all_solutions(), 0.3), engine), rounding);
  for (const char* name : {"linear", "relu", "loss", "step"}) {
    SCOPED_TRACE(name);
    Pieces all = all_solutions(), one;
    one.at(name) = all.at(name);
    EXPECT_LT(largest_difference(curve(one, 0.3), engine), rounding);
    EXPECT_GT(one.at(name)->calls(), 0);
  }
  Pieces descent;
  descent.step = piece("A07");
  EXPECT_LT(largest_difference(curve(descent, 0.3), engine), rounding);
}

TEST(SlowMine, calls_into_the_learner_s_functions_are_those_that_the_steps_say) {
  const Pieces p = all_solutions();
  for (const auto& one : p.all()) one->reset();
  curve(p, 0.1);
  EXPECT_EQ(p.loss->calls(), steps * 2);                  // value and gradient
  EXPECT_EQ(p.linear->calls(), steps * 2 * 2);            // two layers; weights, and bias
  EXPECT_EQ(p.step->calls(), steps * 4);                  // two weights, two biases
  EXPECT_EQ(p.relu->calls(), steps * 2 * rows * hidden);  // each element, forward and backward
  for (const auto& one : p.all()) EXPECT_GT(one->seconds(), 0) << one->str();
}

TEST(SlowMine, a_doubled_gradient_of_the_loss_is_a_doubled_rate) {
  Pieces twice = all_solutions();
  twice.loss = piece("A09", changed_solution("A09", "gradient[i] = (p - y[i]) / rows", "gradient[i] = 2 * (p - y[i]) / rows"));
  const std::vector<double> doubled = curve(twice, 0.1);
  EXPECT_LT(largest_difference(doubled, curve(all_solutions(), 0.2)), 1e-6);
  EXPECT_LT(largest_difference(doubled, curve({}, 0.2)), rounding);
  EXPECT_GT(largest_difference(doubled, curve(all_solutions(), 0.1)), 1e-2);
}

TEST(SlowMine, a_doubled_slope_of_the_activation_doubles_the_rate_of_the_layer_before_it) {
  Pieces twice = {};
  twice.relu = piece("A12", changed_solution("A12", "{on ? 1.0 : 0.0}", "{on ? 2.0 : 0.0}"));
  const std::vector<double> doubled = curve(twice, 0.1);
  EXPECT_LT(largest_difference(doubled, curve({}, 0.1, 0.2)), 1e-6);
  EXPECT_GT(largest_difference(doubled, curve({}, 0.1)), 1e-3);
}

TEST(SlowMine, what_a_piece_does_wrong_is_told_with_its_name) {
  Pieces p;
  p.loss = piece("A09", changed_solution("A09", "const double rows =", "if (z[0] != y[0]) throw 5;\n  const double rows ="));
  EXPECT_THAT(message_of<StateError>([&] { curve(p, 0.1); }), AllOf(HasSubstr("your loss (A09) threw an exception"), HasSubstr("cairn check A09")));
  p.loss = piece("A09", changed_solution("A09", "gradient(z.size())", "gradient(z.size() + 1)"));
  EXPECT_THAT(message_of<ShapeError>([&] { curve(p, 0.1); }), HasSubstr("your loss (A09): bce_gradient gave 73 numbers for 72 logits"));
  p.loss = piece("A09", changed_solution("A09", "return sum / rows", "return 0 * sum / 0.0"));
  EXPECT_THAT(message_of<NumericError>([&] { curve(p, 0.1); }), HasSubstr("your loss (A09): bce_with_logits gave NaN"));
}

TEST(SlowMine, an_exception_keeps_its_words_and_a_crash_or_an_endless_loop_ends_with_a_sentence) {
  const std::string broken = changed_solution("A16", "void sgd_step(std::vector<double>& w, std::vector<double>& gradient, double rate) {",
                                              "void sgd_step(std::vector<double>& w, std::vector<double>& gradient, double rate) {\n"
                                              "  if (rate == 0.5) throw std::invalid_argument(\"a half is too much\");\n"
                                              "  if (rate == 0.25) *(volatile double*)8 = 1;\n"
                                              "  for (volatile bool on = rate == 0.125; on;) on = on;\n");
  Pieces p;
  tell_crashes(false, "\nHint: what to do", 0.4);
  p.step = piece("A16", "#include <stdexcept>\n" + broken);
  EXPECT_THAT(message_of<StateError>([&] { curve(p, 0.5); }), HasSubstr("your step (A16) threw an exception: a half is too much"));
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(curve(p, 0.25), testing::ExitedWithCode(1), "your step \\(A16\\) crashed.*\nHint: what to do");
  EXPECT_EXIT(curve(p, 0.125), testing::ExitedWithCode(1), "your step \\(A16\\) has not come back for 0.4 s.*\nHint: what to do");
  tell_crashes(false, "");
}

TEST(SlowMine, a_damaged_library_is_compiled_again) {
  const std::string text = solution("A09") + "// once more\n";
  const std::string name = piece("A09", text)->library(), path = home_folder() + "/mine/" + name + ".so";
  write_unsynced(path, "no library");
  EXPECT_THAT(message_of<FileError>([&] { kept_piece(info_of("A09"), name, ""); }), HasSubstr("cannot be opened"));
  EXPECT_EQ(piece("A09", text)->library(), name);
  EXPECT_GT(file_size(path), 1000u);
  EXPECT_TRUE(kept_piece(info_of("A09"), name, "")) << "and is found by its name";
  EXPECT_FALSE(kept_piece(info_of("A09"), "A09-0123456789abcdef01234567", ""));
  EXPECT_THROW(kept_piece(info_of("A09"), "../A09-0123456789abcdef01234567", ""), FileError);
}

TEST(SlowMine, a_text_that_does_not_compile_is_told_with_its_line) {
  EXPECT_THAT(message_of<FileError>([&] { piece("A09", "#include <vector>\n\nint f( { }\n"); }), AllOf(HasSubstr("A09"), HasSubstr("line 3")));
  home();
  setenv("CXX", "no-such-g++", 1);
  const std::string said = message_of<FileError>([&] { piece("A09", solution("A09") + "// and again\n"); });
  unsetenv("CXX");
  EXPECT_THAT(said, HasSubstr("apt-get install g++"));
}

TEST(SlowMine, columns_are_standardised_by_the_learner_s_transform) {
  Column column;
  column.name = "height";
  column.numeric = true;
  column.values = {170, 182, NAN, 155, 190, 171};
  double mean = 0, deviation = 1;
  const std::shared_ptr<Piece> right = piece("A03");
  fit_column_by(right)(column, {0, 1, 2, 3}, mean, deviation);
  EXPECT_NEAR(mean, 169, 1e-9);
  EXPECT_NEAR(deviation, std::sqrt((1 + 169 + 196) / 3.0), 1e-9);
  EXPECT_EQ(right->calls(), 2);
  const FitColumn bent = fit_column_by(
      piece("A03", changed_solution("A03", "/ deviation[c];\n    }\n    return y", "/ deviation[c] * std::abs(row[c]);\n    }\n    return y")));
  EXPECT_THAT(message_of<StateError>([&] {
                bent(column, {0, 1, 2, 3}, mean, deviation);
              }),
              AllOf(HasSubstr("your standardise (A03)"), HasSubstr("'height'")));
}

TEST(SlowMine, the_test_s_f1_is_the_learner_s) {
  // Of class 0: 3 of 4 found, 3 of 5 called rightly; of class 1: 2 of 4 found, 2 of 3 called rightly.
  const std::vector<double> three = f1_by(piece("A15"), {{3, 1}, {2, 2}});
  EXPECT_NEAR(three[0], (3 / 5.0 + 2 / 3.0) / 2, 1e-12);
  EXPECT_NEAR(three[1], (3 / 4.0 + 2 / 4.0) / 2, 1e-12);
  EXPECT_NEAR(three[2], (6 / 9.0 + 4 / 7.0) / 2, 1e-12);
}

TEST(Mine, a_piece_is_the_learner_s_while_its_file_is_one_that_passed) {
  const TempFolder folder;
  setenv("CAIRN_HOME", (folder / "home").c_str(), 1);
  const auto state = [&](const std::string& name) {
    for (const PieceState& s : piece_states(folder / "course"))
      if (s.info.name == name) return s;
    return PieceState();
  };
  EXPECT_EQ(piece_names(), (std::vector<std::string>{"standardise", "linear", "relu", "loss", "step", "f1"}));
  EXPECT_THAT(state("loss").why(), HasSubstr("A09 has not passed yet: cairn start A09"));
  EXPECT_EQ(state("step").info.exercise, "A07") << "the earlier of its two exercises";
  const auto pass = [&](const std::string& id, const std::string& text) {
    Entry e;
    e.id = id;
    e.digest = sha256(text);
    Progress().record(e);
  };
  pass("A09", "// right\n");
  EXPECT_THAT(state("loss").why(), HasSubstr("its file is not there"));
  const std::string file = folder.put("course/A09-logistic-regression/exercise.cpp", "// right\n");
  EXPECT_EQ(state("loss").state, PieceState::ready);
  EXPECT_EQ(state("loss").file, file);
  folder.put("course/A09-logistic-regression/exercise.cpp", "// right, and more\n");
  EXPECT_EQ(state("loss").why(), "A09 has changed since it passed: cairn check A09");
  pass("A07", "// descent\n");
  folder.put("course/A07-convexity/exercise.cpp", "// descent\n");
  EXPECT_EQ(state("step").info.exercise, "A07");
  pass("A16", "// step\n");
  folder.put("course/A16-sanity-checks/exercise.cpp", "// step\n");
  EXPECT_EQ(state("step").info.exercise, "A16") << "the later one, when both are ready";
  setenv("CAIRN_HOME", home().path().c_str(), 1);
}

}  // namespace cairn::course
