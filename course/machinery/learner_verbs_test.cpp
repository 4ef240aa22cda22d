// cairn, quiz, review, place and progress as a learner types them, in a home of their own.
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/columns.h>
#include <cairn/base/disk.h>
#include <cairn/base/json.h>
#include <cairn/base/text.h>
#include <course/machinery/catalog.h>
#include <course/machinery/placement.h>
#include <course/machinery/plan_store.h>
#include <course/machinery/progress.h>
#include <course/machinery/quiz.h>
#include <tests/helpers/process.h>
#include <tests/helpers/temp_folder.h>

namespace cairn::course {

namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using Words = std::vector<std::string>;

class LearnerSlow : public testing::Test {
 protected:
  ProcessResult cairn(Words words) const {
    words.insert(words.begin(), CAIRN_BINARY_DIR "/cairn");
    ProcessOptions options;
    options.folder = folder.path();
    options.environment = {{"CAIRN_HOME", home}, {"CAIRN_RUNS", folder / "runs"}, {"LC_ALL", "C.UTF-8"}};
    return run_process(words, options);
  }
  // The events of a kind, of a run that went well.
  std::vector<Json> events(Words words, const std::string& kind) const {
    words.push_back("--json");
    const ProcessResult r = cairn(words);
    EXPECT_EQ(r.code, 0) << r.out << r.err;
    std::vector<Json> found;
    std::istringstream lines(r.out);
    for (std::string line; std::getline(lines, line);)
      if (Json event = Json::parse(line); event.at("event") == Json(kind)) found.push_back(std::move(event));
    return found;
  }
  Json event(Words words, const std::string& kind) const {
    const std::vector<Json> found = events(std::move(words), kind);
    EXPECT_EQ(found.size(), 1u) << kind;
    return found.empty() ? Json::object() : found[0];
  }
  std::string refused(const Words& words, int code) const {
    const ProcessResult r = cairn(words);
    EXPECT_EQ(r.code, code) << r.out << r.err;
    EXPECT_THAT(r.err, testing::StartsWith("cairn: "));
    return r.err;
  }
  static std::string joined(const std::vector<DrawnQuestion>& questions, bool right) {
    Words words;
    for (const DrawnQuestion& q : questions) words.push_back(right ? std::to_string(q.right + 1) : "?");
    return join(words, ",");
  }
  static std::vector<DrawnQuestion> quiz_of_a06(uint64_t seed) {
    std::vector<DrawnQuestion> questions;
    const Quiz quiz = quiz_of(lesson("A06")).value();
    for (const Question& q : quiz.questions) questions.push_back(drawn(q, seed));
    return questions;
  }
  void pass(const std::string& id, const std::string& date) const {
    Entry e{id};
    e.date = date;
    Progress(Progress::Write, home).record(e);
  }

  TempFolder folder;
  std::string home = folder / "home";
};

TEST_F(LearnerSlow, a_newcomer_is_sent_to_the_first_lesson_and_nothing_is_made) {
  const ProcessResult r = cairn({});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("cairn learn A01"));
  EXPECT_THAT(r.out, Not(HasSubstr("cairn place")));
  const Json json = event({}, "start");
  EXPECT_EQ(json.at("learner"), Json(false));
  EXPECT_EQ(json.at("learn"), Json("cairn learn A01"));
  EXPECT_EQ(json.at("next"), Json("cairn train mlp"));
  EXPECT_THAT(cairn({"progress"}).out, HasSubstr("cairn learn A01"));
  EXPECT_FALSE(file_exists(home));
}

TEST_F(LearnerSlow, cairn_alone_says_where_a_learner_is_and_what_is_next) {
  pass("A01", "2027-01-04");
  const ProcessResult r = cairn({});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("You have passed 1 lesson"));
  EXPECT_THAT(r.out, HasSubstr("on 2027-01-04"));
  EXPECT_THAT(r.out, HasSubstr("next:  cairn"));
  const Json json = event({}, "start");
  EXPECT_EQ(json.at("learner"), Json(true));
  EXPECT_EQ(json.at("passed"), Json(1));
}

TEST_F(LearnerSlow, a_damaged_file_is_told_and_mended) {
  pass("A01", "2027-01-04");
  write_file(home + "/progress.db", "ruined");
  const ProcessResult r = cairn({});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("set aside"));
  EXPECT_THAT(r.out, HasSubstr("You have passed 1 lesson"));
}

TEST_F(LearnerSlow, a_damaged_plan_is_told_and_the_one_before_it_comes_back) {
  const Words wishes = {"plan", "--track", "A01,A06", "--start", "2150-01-05", "--hours", "4"};
  ASSERT_EQ(cairn(wishes).code, 0);
  ASSERT_EQ(cairn({"plan", "--track", "A01", "--start", "2150-01-05"}).code, 0);
  write_file(home + "/plan.json", "ruined");
  const ProcessResult r = cairn({"plan"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_THAT(r.out, testing::AllOf(HasSubstr("plan.damaged.json"), HasSubstr("has taken its place"), HasSubstr("(A01,A06)")));
  write_file(home + "/plan.json", "ruined");
  EXPECT_THAT(cairn({}).out, HasSubstr("plan.damaged-2.json"));
  write_file(home + "/plan.json", "ruined");
  const ProcessResult page = cairn({"plan", "--format", "markdown"});
  EXPECT_THAT(page.out, testing::StartsWith("# Study plan"));
  EXPECT_THAT(page.err, HasSubstr("plan.damaged-3.json"));
}

TEST_F(LearnerSlow, a_plan_that_cannot_be_kept_is_shown_all_the_same) {
  folder.put("file", "x");
  home = folder / "file/home";
  const Words wishes = {"plan", "--track", "A01", "--start", "2150-01-05"};
  const ProcessResult r = cairn(wishes);
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_THAT(r.out,
              testing::AllOf(HasSubstr("cairn learn A01"), HasSubstr("the plan could not be kept"), HasSubstr(home), Not(HasSubstr("Kept in"))));
  const Json json = event(wishes, "plan");
  EXPECT_EQ(json.at("kept"), Json(false));
  EXPECT_GT(json.at("sessions").size(), 0u);
}

TEST_F(LearnerSlow, a_quiz_is_asked_judged_and_noted) {
  const std::vector<DrawnQuestion> questions = quiz_of_a06(5);
  const std::vector<Json> asked = events({"quiz", "A06", "--seed", "5"}, "question");
  ASSERT_EQ(asked.size(), questions.size());
  EXPECT_EQ(asked[0].at("text"), Json(questions[0].text));
  EXPECT_EQ(asked[0].at("options").size(), questions[0].options.size());
  EXPECT_FALSE(file_exists(home)) << "asking alone notes nothing";

  const Json right = event({"quiz", "a06", "--seed", "5", "--answers", joined(questions, true)}, "quiz");
  EXPECT_EQ(right.at("passed"), Json(true));
  EXPECT_EQ(right.at("right"), Json(int64_t(questions.size())));
  const Json wrong = event({"quiz", "A06", "--seed", "5", "--answers", joined(questions, false)}, "quiz");
  EXPECT_EQ(wrong.at("passed"), Json(false));
  const std::vector<Entry> noted = Progress(Progress::Read, home).entries("A06");
  ASSERT_EQ(noted.size(), 2u);
  EXPECT_EQ(noted[0].kind, "quiz");
  EXPECT_TRUE(noted[0].passed);
  EXPECT_FALSE(noted[1].passed);
}

TEST_F(LearnerSlow, a_wrong_choice_says_which_thought_led_there) {
  const std::vector<DrawnQuestion> questions = quiz_of_a06(5);
  Words answers(questions.size(), "?");
  const int wrong = questions[0].right == 0 ? 1 : 0;
  answers[0] = std::to_string(wrong + 1);
  const Json json = event({"quiz", "A06", "--seed", "5", "--answers", join(answers, ",")}, "quiz");
  EXPECT_EQ(json.at("thoughts").as_array()[0], Json(questions[0].thoughts[size_t(wrong)]));
  const ProcessResult r = cairn({"quiz", "A06", "--seed", "5", "--answers", join(answers, ",")});
  EXPECT_THAT(r.out, HasSubstr("Not this time."));
  EXPECT_THAT(r.out, HasSubstr("The answer: " + questions[0].right_text));
}

TEST_F(LearnerSlow, wrong_words_are_refused_before_anything_is_noted) {
  EXPECT_THAT(refused({"quiz", "A6"}, 2), HasSubstr("A06"));
  EXPECT_THAT(refused({"quiz", "D13"}, 1), HasSubstr("no quiz yet"));
  EXPECT_THAT(refused({"quiz", "A06", "--answers", "1,2"}, 2), HasSubstr("--answers has 2"));
  Words many(quiz_of_a06(5).size(), "77");
  EXPECT_THAT(refused({"quiz", "A06", "--seed", "5", "--answers", join(many, ",")}, 2), HasSubstr("'77' is no answer to question 1"));
  EXPECT_THAT(refused({"review", "--day", "2027-02-30"}, 2), HasSubstr("2027-02-30"));
  EXPECT_THAT(refused({"review", "Z99"}, 2), HasSubstr("Z99"));
  EXPECT_THAT(refused({"progress", "--reset"}, 2), HasSubstr("--yes"));
  EXPECT_THAT(refused({"progress", "--yes"}, 2), HasSubstr("--reset"));
  EXPECT_THAT(refused({"progress", "--export", "a", "--html", "b"}, 2), HasSubstr("one at a time"));
  EXPECT_THAT(refused({"progress", "--import", "nowhere.json"}, 1), HasSubstr("nowhere.json"));
  EXPECT_THAT(Progress(Progress::Read, home).entries(), testing::IsEmpty());
}

TEST_F(LearnerSlow, a_home_that_cannot_be_made_is_told_before_the_questions) {
  folder.put("file", "x");
  home = folder / "file/home";
  const ProcessResult r = cairn({"quiz", "A06", "--seed", "5", "--answers", joined(quiz_of_a06(5), true)});
  EXPECT_EQ(r.code, 1);
  EXPECT_THAT(r.err, HasSubstr(home));
  EXPECT_THAT(r.out, Not(HasSubstr("1 of")));
}

TEST_F(LearnerSlow, reviews_are_asked_when_due_and_a_failed_one_brings_the_lesson_back) {
  pass("A06", "2027-01-04");
  Json json = event({"review", "--list", "--day", "2027-01-10"}, "reviews");
  EXPECT_EQ(json.at("due").size(), 0u);
  EXPECT_EQ(json.at("next").at("due"), Json("2027-01-11"));
  json = event({"review", "--list", "--day", "2027-01-11"}, "reviews");
  ASSERT_EQ(json.at("due").size(), 1u);
  const Quiz quiz = *quiz_of(lesson("A06"));
  const std::string right = joined(review_questions(quiz, "A06", 0, 7), true), wrong = joined(review_questions(quiz, "A06", 1, 7), false);
  json = event({"review", "--day", "2027-01-11", "--seed", "7", "--answers", right}, "review");
  EXPECT_EQ(json.at("passed"), Json(true));
  EXPECT_THAT(cairn({"review", "--day", "2027-01-12"}).out, HasSubstr("No review is due"));
  json = event({"review", "--day", "2027-01-25", "--seed", "7", "--answers", wrong}, "review");
  EXPECT_EQ(json.at("passed"), Json(false));
  EXPECT_THAT(Progress(Progress::Read, home).returned(), testing::ElementsAre("A06"));
  json = event({}, "start");
  EXPECT_EQ(json.at("returned").as_array(), Json::Array{Json("A06")});
  EXPECT_EQ(json.at("learn"), Json("cairn learn A06"));
}

// A person at a terminal: waits for each prompt, then presses the next key.
TEST_F(LearnerSlow, on_a_terminal_one_key_answers_and_ctrl_c_leaves_it_as_it_was) {
  const std::vector<DrawnQuestion> questions = quiz_of_a06(5);
  std::string all;
  for (const DrawnQuestion& q : questions) all += std::to_string(q.right + 1);
  for (const std::string& keys : {all, std::string("1\x03")}) {
    int terminal = -1;
    const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
    ASSERT_GE(child, 0);
    if (child == 0) {
      setenv("CAIRN_HOME", home.c_str(), 1);
      setenv("TERM", "dumb", 1);
      execl(CAIRN_BINARY_DIR "/cairn", "cairn", "quiz", "A06", "--seed", "5", static_cast<char*>(nullptr));
      _exit(126);
    }
    termios before{}, after{};
    tcgetattr(terminal, &before);
    std::string out;
    size_t pressed = 0, seen = 0;
    char buffer[4096];
    for (;;) {
      pollfd end{terminal, POLLIN, 0};
      if (poll(&end, 1, 60'000) <= 0) break;
      const ssize_t n = read(terminal, buffer, sizeof buffer);
      if (n <= 0) break;
      out.append(buffer, size_t(n));
      const size_t prompt = out.find("q ends) ", seen);
      if (prompt == std::string::npos || pressed >= keys.size()) continue;
      seen = prompt + 1;
      ASSERT_EQ(write(terminal, &keys[pressed++], 1), 1);
    }
    tcgetattr(terminal, &after);
    int status = 0;
    waitpid(child, &status, 0);
    close(terminal);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << out;
    EXPECT_EQ(pressed, keys.size()) << out;
    EXPECT_EQ(after.c_lflag & tcflag_t(ECHO | ICANON | ISIG), before.c_lflag & tcflag_t(ECHO | ICANON | ISIG));
    if (keys == all) EXPECT_THAT(out, HasSubstr("All of it sits."));
    else EXPECT_THAT(out, HasSubstr("Nothing was noted"));
  }
  EXPECT_EQ(Progress(Progress::Read, home).entries().size(), 1u);
}

TEST_F(LearnerSlow, a_placement_walks_its_ladders_and_is_noted) {
  // As a script that knows calculus and nothing else.
  Words answers;
  PlacementRun run(placement(), 3);
  while (!run.done()) {
    const bool known = run.area().id == "calculus";
    const Json asked =
        event(answers.empty() ? Words{"place", "--seed", "3"} : Words{"place", "--seed", "3", "--answers", join(answers, ",")}, "question");
    EXPECT_EQ(asked.at("text"), Json(run.question().text));
    EXPECT_EQ(asked.at("id"), Json(run.area().id));
    answers.push_back(known ? run.question().right_text : "?");
    run.answer(known);
  }
  const Json result = event({"place", "--seed", "3", "--answers", join(answers, ",")}, "placement");
  EXPECT_EQ(result.at("skip").as_array(), Json::Array{Json("A06")});
  EXPECT_EQ(result.at("reached").at("calculus"), Json(3));
  EXPECT_THAT(result.at("refresh").as_array(), Contains(Json("W01")));
  EXPECT_THAT(Progress(Progress::Read, home).placed_ids(), testing::ElementsAre("A06"));
  EXPECT_EQ(event({}, "start").at("skipped"), Json(1));
  answers.push_back("1");
  EXPECT_THAT(refused({"place", "--seed", "3", "--answers", join(answers, ",")}, 2), HasSubstr("1 answers more"));
}

TEST_F(LearnerSlow, a_placement_that_cannot_be_kept_is_shown_all_the_same) {
  folder.put("file", "x");
  home = folder / "file/home";
  Words answers;
  PlacementRun run(placement(), 3);
  while (!run.done()) {
    const bool known = run.area().id == "calculus";
    answers.push_back(known ? run.question().right_text : "?");
    run.answer(known);
  }
  const Words words = {"place", "--seed", "3", "--answers", join(answers, ",")};
  const ProcessResult r = cairn(words);
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_THAT(r.out, testing::AllOf(HasSubstr("A06"), HasSubstr("could not be kept"), HasSubstr(home), Not(HasSubstr("The result is noted"))));
  const Json json = event(words, "placement");
  EXPECT_EQ(json.at("kept"), Json(false));
  EXPECT_EQ(json.at("skip").as_array(), Json::Array{Json("A06")});
}

TEST_F(LearnerSlow, after_missed_sessions_the_first_open_piece_is_todays) {
  Plan plan;
  plan.request.start = plan.first = plan.last = today();
  for (const auto& [back, id] : std::vector<std::pair<int, std::string>>{{3, "A01"}, {2, "A02"}, {0, "A06"}})
    plan.sessions.push_back({today() - std::chrono::days(back), 45, PlanSession::theory, id, "cairn learn " + id});
  save_plan(plan, home);
  const ProcessResult r = cairn({});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_THAT(r.out, testing::AllOf(HasSubstr("next:  cairn learn A01"), HasSubstr("2 planned sessions were missed"),
                                    HasSubstr("`cairn plan --replan` moves them"), Not(HasSubstr("cairn learn A06"))));
  const Json json = event({}, "start");
  EXPECT_EQ(json.at("catching_up"), Json(true));
  EXPECT_EQ(json.at("missed"), Json(2));
  EXPECT_EQ(json.at("today").as_array().at(0).at("id"), Json("A01"));
}

TEST_F(LearnerSlow, a_plan_whose_days_are_over_is_not_called_done_while_sessions_were_missed) {
  Plan plan;
  plan.request.start = plan.first = plan.last = today() - std::chrono::days(3);
  plan.sessions.push_back({plan.first, 45, PlanSession::theory, "A01", "cairn learn A01"});
  save_plan(plan, home);
  EXPECT_THAT(cairn({}).out, testing::AllOf(Not(HasSubstr("Your plan is done")), HasSubstr("1 planned session was missed")));
}

TEST_F(LearnerSlow, a_calendar_that_begins_too_late_in_the_day_is_told) {
  const Words wishes = {"plan", "--track", "A01", "--start", "2150-01-05", "--format", "ics", "--at", "23:50"};
  const ProcessResult r = cairn(wishes);
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_THAT(r.out, testing::StartsWith("BEGIN:VCALENDAR"));
  EXPECT_THAT(r.err, testing::AllOf(HasSubstr("would pass midnight"), HasSubstr("--at 2")));
  EXPECT_THAT(event(wishes, "plan").at("notes").dump(), HasSubstr("would pass midnight"));
}

TEST_F(LearnerSlow, progress_is_shown_exported_reset_and_imported) {
  pass("A01", "2027-01-04");
  pass("PA", "2027-01-05");
  EXPECT_THAT(cairn({"progress"}).out, testing::AllOf(HasSubstr("A01"), HasSubstr("passed 2027-01-04"), HasSubstr("review 2027-01-11")));
  EXPECT_EQ(event({"progress"}, "progress").at("items").size(), 2u);
  EXPECT_EQ(cairn({"progress", "--html", "p.html"}).code, 0);
  const std::string page = read_file(folder / "p.html");
  EXPECT_THAT(page, testing::AllOf(HasSubstr("A01"), HasSubstr("passed 2027-01-04"), Not(HasSubstr("http://")), Not(HasSubstr("<script"))));
  EXPECT_EQ(event({"progress", "--export", "x.json"}, "export").at("entries"), Json(2));
  folder.put("notes.txt", "mine");
  EXPECT_THAT(refused({"progress", "--export", "notes.txt"}, 1), HasSubstr("is there already"));
  EXPECT_EQ(read_file(folder / "notes.txt"), "mine");
  const Json reset = event({"progress", "--reset", "--yes"}, "reset");
  EXPECT_TRUE(file_exists(reset.at("copy").as_string()));
  EXPECT_THAT(cairn({"progress"}).out, HasSubstr("Nothing is noted yet"));
  EXPECT_EQ(event({"progress", "--import", "x.json"}, "import").at("added"), Json(2));
  EXPECT_EQ(event({"progress", "--import", "x.json"}, "import").at("added"), Json(0));
  EXPECT_TRUE(Progress(Progress::Read, home).passed("A01"));
}

TEST_F(LearnerSlow, an_import_says_which_lessons_it_does_not_know_and_keeps_the_rest) {
  pass("A01", "2027-01-04");
  ASSERT_EQ(cairn({"progress", "--export", "x.json"}).code, 0);
  std::string text = read_file(folder / "x.json"), all;
  const size_t begin = text.find('{', text.find("entries")), end = text.rfind(']');
  for (const char* id : {"A02", "Z99", "Z99", "no-such-paper-1901", "a06", "rosenblatt-1958", "PA"}) {
    std::string one = text.substr(begin, end - begin);
    one.replace(one.find("A01"), 3, id);
    all += one + ",";
  }
  text.insert(begin, all);
  folder.put("x.json", text);
  const Json event = this->event({"progress", "--import", "x.json"}, "import");
  EXPECT_EQ(event.at("added"), Json(3));
  EXPECT_EQ(event.at("left_out"), Json(4));
  EXPECT_EQ(event.at("unknown"), Json::array(Words{"Z99", "a06", "no-such-paper-1901"}));
  EXPECT_THAT(Progress(Progress::Read, home).passed_ids(), testing::ElementsAre("A01", "A02", "PA", "rosenblatt-1958"));
  const ProcessResult r = cairn({"progress", "--import", "x.json"});
  EXPECT_THAT(r.out, testing::AllOf(HasSubstr("0 entries added"), HasSubstr("4 entries were left out"), HasSubstr("Z99, a06, no-such-paper-1901")));
}

TEST_F(LearnerSlow, hints_are_no_wider_than_a_page_where_nobody_says_how_wide_it_is) {
  for (const char* id : {"A06", "A15"}) {
    ProcessResult r;
    for (int i = 0; i < 3; i++) r = cairn({"hint", id});
    std::istringstream lines(r.out);
    size_t widest = 0;
    for (std::string line; std::getline(lines, line);) widest = std::max(widest, columns_of(line));
    EXPECT_LE(widest, 80u) << r.out;
    EXPECT_GT(widest, 40u);
  }
}

TEST_F(LearnerSlow, an_experiment_refuses_wrong_values_and_other_pictures_as_wrong_usage) {
  EXPECT_THAT(refused({"demo", "A06", "--out", "x.png"}, 2), testing::AllOf(HasSubstr("SVG"), HasSubstr("--out x.svg")));
  EXPECT_FALSE(file_exists(folder / "x.png"));
  EXPECT_THAT(refused({"demo", "A02", "--a", "3,x"}, 2), HasSubstr("a shape is"));
  EXPECT_EQ(cairn({"demo", "A06", "--out", "x.svg"}).code, 0);
  EXPECT_THAT(read_file(folder / "x.svg"), HasSubstr("<svg"));
}

}  // namespace

}  // namespace cairn::course
