#include <course/machinery/exercises.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/json.h>
#include <tests/helpers/exercise.h>

namespace cairn::course {

using ::testing::HasSubstr;

namespace {

// A home and a working folder of its own.
class Exercises : public ::testing::Test {
 protected:
  void SetUp() override {
    before_ = std::filesystem::current_path().string();
    home_ = std::getenv("CAIRN_HOME") ? std::getenv("CAIRN_HOME") : "";
    setenv("CAIRN_HOME", (scratch_ / "home").c_str(), 1);
    std::filesystem::create_directory(scratch_ / "work");
    std::filesystem::current_path(scratch_ / "work");
  }
  void TearDown() override {
    std::filesystem::current_path(before_);
    if (home_.empty()) unsetenv("CAIRN_HOME");
    else setenv("CAIRN_HOME", home_.c_str(), 1);
  }
  Scratch scratch_;
  std::string before_, home_;
};

}  // namespace

TEST_F(Exercises, are_found_by_id_and_by_name_in_any_case) {
  EXPECT_EQ(find_exercise("a06").name, "A06-derivatives");
  EXPECT_EQ(find_exercise("A06-derivatives").id, "A06");
  EXPECT_EQ(exercise_id("A06-derivatives"), "A06");
  EXPECT_EQ(exercise_id("PC3-something-else"), "PC3");
  EXPECT_EQ(exercise_id("rosenblatt-1958"), "rosenblatt-1958");
  try {
    find_exercise("A66");
    ADD_FAILURE();
  } catch (const UsageError& e) { EXPECT_THAT(e.what(), HasSubstr("A06")); }
}

TEST_F(Exercises, of_projects_and_lessons_that_are_not_written_say_so) {
  EXPECT_EQ(find_exercise("pa").name, "PA-from-scratch");
  EXPECT_EQ(find_exercise("PA").title, "Logistic regression and an MLP from scratch");
  for (const char* id : {"PB1", "pd3", "B01"}) try {
      find_exercise(id);
      ADD_FAILURE() << id;
    } catch (const UsageError& e) { EXPECT_THAT(e.what(), HasSubstr("not written yet")); }
}

TEST_F(Exercises, starting_lays_the_starter_with_what_git_and_editors_want_and_never_overwrites) {
  const Exercise e = find_exercise("A06");
  const Workplace place = workplace("");
  EXPECT_EQ(place.root, scratch_ / "work/cairn-course");
  const Started s = start_exercise(place, e);
  EXPECT_TRUE(s.made);
  EXPECT_TRUE(s.notes.empty());
  EXPECT_EQ(read_file(s.file), read_file(e.folder + "/exercise.cpp"));
  EXPECT_THAT(read_file(place.root + "/.gitignore"), HasSubstr("compile_commands.json"));
  const Json commands = Json::parse(read_file(place.root + "/compile_commands.json"));
  ASSERT_EQ(commands.size(), 1u);
  EXPECT_EQ(commands.as_array()[0].at("directory").as_string(), place.folder_of(e));
  EXPECT_EQ(Json::parse(read_file(place.root + "/.vscode/tasks.json")).at("tasks").as_array()[0].at("label").as_string(), "cairn check");

  write_unsynced(s.file, "mine\n");
  write_unsynced(place.root + "/.gitignore", "mine, too\n");
  const Started again = start_exercise(place, e);
  EXPECT_FALSE(again.made);
  EXPECT_EQ(read_file(s.file), "mine\n");
  EXPECT_EQ(read_file(place.root + "/.gitignore"), "mine, too\n");
}

TEST_F(Exercises, a_compile_commands_of_another_project_stays) {
  const Workplace place = workplace("");
  disk().make_folder(place.root);
  write_unsynced(place.root + "/compile_commands.json", R"([{"directory": "/x", "file": "main.c"}])");
  const Started s = start_exercise(place, find_exercise("A06"));
  ASSERT_EQ(s.notes.size(), 1u);
  EXPECT_THAT(read_file(place.root + "/compile_commands.json"), HasSubstr("main.c"));
}

TEST_F(Exercises, the_folder_is_found_from_inside_of_it_and_from_elsewhere) {
  const Exercise e = find_exercise("A06");
  const Started s = start_exercise(workplace(""), e);
  std::filesystem::current_path(scratch_ / "work/cairn-course/A06-derivatives");
  EXPECT_EQ(exercise_target("", "").file, s.file);
  std::filesystem::current_path("/");
  EXPECT_EQ(exercise_target("", "").file, s.file);  // remembered
  EXPECT_EQ(exercise_target("A06", "").file, s.file);
  EXPECT_EQ(exercise_target(s.file, "").exercise.id, "A06");
  std::filesystem::current_path(scratch_ / "work");
  EXPECT_EQ(exercise_target("cairn-course/A06-derivatives/", "").file, s.file);
}

TEST_F(Exercises, the_one_in_whose_folder_the_learner_stands_goes_before_the_one_written_last) {
  const Workplace place = workplace("");
  const Started first = start_exercise(place, find_exercise("A06")), last = start_exercise(place, find_exercise("A07"));
  std::filesystem::last_write_time(last.file, std::filesystem::last_write_time(first.file) + std::chrono::seconds(5));
  EXPECT_EQ(exercise_target("", "").exercise.id, "A07");
  std::filesystem::create_directories(place.folder_of(find_exercise("A06")) + "/notes/old");
  std::filesystem::create_directories(place.root + "/A06-derivatives-of-mine");
  for (const char* inside : {"/A06-derivatives", "/A06-derivatives/notes/old"}) {
    std::filesystem::current_path(place.root + inside);
    EXPECT_EQ(exercise_target("", "").file, first.file) << inside;
  }
  for (const std::string& elsewhere : {place.root, place.root + "/A06-derivatives-of-mine"}) {
    std::filesystem::current_path(elsewhere);
    EXPECT_EQ(exercise_target("", "").file, last.file) << elsewhere;
  }
  // --folder names another learner's folder: where one stands says nothing about it.
  const Started other = start_exercise(workplace(scratch_ / "other"), find_exercise("A07"));
  std::filesystem::current_path(place.root + "/A06-derivatives");
  EXPECT_EQ(exercise_target("", scratch_ / "other").file, other.file);
  // A file that is gone is told; another exercise would not be meant.
  std::filesystem::remove(first.file);
  try {
    exercise_target("", "");
    ADD_FAILURE();
  } catch (const UsageError& e) {
    EXPECT_THAT(e.what(), ::testing::AllOf(HasSubstr("A06-derivatives/exercise.cpp is gone"), HasSubstr("cairn start A06")));
  }
}

TEST_F(Exercises, what_is_not_there_is_told_with_the_command_that_helps) {
  const auto says = [](const std::string& word) -> std::string {
    try {
      exercise_target(word, "");
    } catch (const UsageError& e) { return e.what(); }
    return "nothing";
  };
  EXPECT_THAT(says(""), HasSubstr("no exercise has been started"));
  EXPECT_THAT(says("A06"), HasSubstr("cairn start A06"));
  EXPECT_THAT(says("./some/other.cpp"), HasSubstr("no folder of an exercise"));
  const Started s = start_exercise(workplace(""), find_exercise("A06"));
  std::filesystem::remove(s.file);
  EXPECT_THAT(says("A06"), HasSubstr("is gone"));
  EXPECT_THAT(says(s.file), HasSubstr("cairn start A06"));
}

TEST_F(Exercises, a_reset_keeps_every_older_file) {
  const Exercise e = find_exercise("A06");
  const Workplace place = workplace("");
  const Started s = start_exercise(place, e);
  write_unsynced(s.file, "first\n");
  const std::string one = reset_exercise(place, e);
  EXPECT_EQ(read_file(s.file), read_file(e.folder + "/exercise.cpp"));
  write_unsynced(s.file, "second\n");
  const std::string two = reset_exercise(place, e);
  EXPECT_NE(one, two);
  EXPECT_EQ(read_file(one), "first\n");
  EXPECT_EQ(read_file(two), "second\n");
  std::filesystem::remove(s.file);
  EXPECT_THROW(reset_exercise(place, e), UsageError);
}

TEST_F(Exercises, a_folder_that_cannot_be_written_is_told) {
  write_unsynced(scratch_ / "work/cairn-course", "a file where the folder should be\n");
  EXPECT_THROW(start_exercise(workplace("cairn-course"), find_exercise("A06")), FileError);
  // An unwritable home is no reason not to start: only the folder is not remembered.
  write_unsynced(scratch_ / "file", "");
  setenv("CAIRN_HOME", (scratch_ / "file/home").c_str(), 1);
  const Started s = start_exercise(workplace("other"), find_exercise("A06"));
  EXPECT_TRUE(s.made);
  ASSERT_EQ(s.notes.size(), 1u);
  EXPECT_THAT(s.notes[0], HasSubstr("not remembered"));
}

TEST_F(Exercises, hints_come_in_their_order) {
  Exercise e;
  e.folder = scratch_.path();
  EXPECT_TRUE(hints_of(e).empty());
  write_unsynced(scratch_ / "hints.md", "# A06\n\n## Hint 1\nfirst\nline\n\n## Hint 2\n\nsecond\n\n## Other\nno hint\n");
  const auto hints = hints_of(e);
  ASSERT_EQ(hints.size(), 2u);
  EXPECT_EQ(hints[0], "first\nline");
  EXPECT_EQ(hints[1], "second");
}

}  // namespace cairn::course
