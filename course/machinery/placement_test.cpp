// What the placement is worth: computed from the binomials first, then simulated with the test's own code.
#include <course/machinery/placement.h>

#include <algorithm>
#include <cmath>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <tests/helpers/temp_folder.h>

namespace cairn::course {

namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// The probability of two right out of three, each right with p.
double passes(double p) { return p * p * p + 3 * p * p * (1 - p); }

std::set<std::string> all_skips() {
  std::set<std::string> ids;
  for (const Area& a : placement())
    for (const Level& l : a.levels) ids.insert(l.skips.begin(), l.skips.end());
  return ids;
}

// In how many of `runs` each lesson is skipped, and "any" of them, when `right` answers.
template <class Right> std::map<std::string, double> skipped(int runs, uint64_t seed, Right right) {
  std::map<std::string, double> share;
  for (int i = 0; i < runs; i++) {
    PlacementRun run(placement(), mix(seed, uint64_t(i)));
    while (!run.done()) run.answer(right(run));
    const PlacementResult r = run.result();
    for (const std::string& id : r.skip) share[id] += 1.0 / runs;
    share["any"] += (r.skip.empty() ? 0.0 : 1.0) / runs;
  }
  return share;
}

std::string placement_error(const std::string& text) {
  TempFolder folder;
  folder.put("area.toml", text);
  try {
    load_placement(folder.path());
  } catch (const FileError& e) { return e.what(); }
  return "no error";
}

}  // namespace

TEST(Placement, asks_in_six_areas_of_three_levels_and_every_question_draws) {
  ASSERT_EQ(placement().size(), 6u);
  EXPECT_THAT(all_skips(), testing::IsSupersetOf({"W01", "W02", "W03", "W04", "A04", "A05", "A06", "A07"}));
  EXPECT_THAT(all_skips(), Not(Contains("A01"))) << "everybody builds and runs it once";
  for (const Area& a : placement())
    for (const Level& l : a.levels)
      for (const Question& q : l.questions) {
        std::set<std::string> texts;
        for (uint64_t seed = 0; seed < 60; seed++) {
          const DrawnQuestion d = drawn(q, seed);
          texts.insert(d.text);
          EXPECT_EQ(option_of(d, d.right_text), 0) << d.text << "\nis not answered by " << d.right_text << " (" << d.value << ")";
        }
        EXPECT_GE(texts.size(), 4u) << q.path << " line " << q.line << " has hardly any other numbers";
      }
}

TEST(Placement, a_level_takes_two_right_of_three_and_an_area_stops_early) {
  PlacementRun run(placement(), 1);
  for (const bool right : {true, false, true}) run.answer(right);
  EXPECT_EQ(run.level(), 1);
  for (const bool right : {true, true, true, true}) run.answer(right);
  EXPECT_EQ(run.area().id, placement()[1].id);
  EXPECT_EQ(run.result().reached[0].levels, 3);
  run.answer(false);
  run.answer(false);
  EXPECT_EQ(run.area().id, placement()[2].id);
  EXPECT_EQ(run.result().reached[1].levels, 0);
  EXPECT_EQ(run.asked(), 9);
}

TEST(Placement, no_question_comes_twice_in_a_level) {
  for (uint64_t seed = 0; seed < 50; seed++) {
    PlacementRun run(placement(), seed);
    std::set<std::string> texts;
    texts.insert(run.question().text);
    run.answer(true);
    texts.insert(run.question().text);
    run.answer(false);
    texts.insert(run.question().text);
    EXPECT_EQ(texts.size(), 3u);
  }
}

TEST(Placement, who_knows_it_all_skips_it_all_and_who_knows_nothing_is_sent_to_the_lessons) {
  PlacementRun all(placement(), 3), none(placement(), 3);
  while (!all.done()) all.answer(true);
  EXPECT_EQ(all.result().skip, all_skips());
  EXPECT_THAT(all.result().refresh, IsEmpty());
  EXPECT_EQ(all.asked(), 6 * 3 * 2);
  while (!none.done()) none.answer(false);
  EXPECT_THAT(none.result().skip, IsEmpty());
  EXPECT_THAT(none.result().refresh, testing::IsSupersetOf({"W01", "W02", "W03", "W04", "A04", "A05", "A06", "A07"}));
  EXPECT_EQ(none.asked(), 6 * 2);
  EXPECT_THROW(none.question(), StateError);
  EXPECT_THROW(none.answer(true), StateError);
}

TEST(PlacementSlow, who_knows_90_percent_skips_each_lesson_in_over_90_percent_of_runs) {
  EXPECT_GT(std::pow(passes(0.9), 3), 0.9) << "by the binomial, for lessons behind three levels";
  // Knows nine of ten questions and does not guess the tenth.
  Random random(11);
  const auto share = skipped(40'000, 5, [&](const PlacementRun&) { return random.uniform() < 0.9; });
  for (const std::string& id : all_skips()) EXPECT_GT(share.at(id), 0.9) << id;
}

TEST(PlacementSlow, who_knows_90_percent_of_one_area_alone_skips_its_lessons_in_over_90_percent_of_runs) {
  for (const Area& known : placement()) {
    Random random(12);
    const auto share = skipped(20'000, 6, [&](const PlacementRun& run) { return run.area().id == known.id && random.uniform() < 0.9; });
    for (const Level& l : known.levels)
      for (const std::string& id : l.skips) EXPECT_GT(share.at(id), 0.9) << id;
  }
}

// The guessers answer the real questions, whose numbers option_of() judges.
TEST(PlacementSlow, a_guesser_skips_any_lesson_in_under_2_percent_of_runs) {
  Random random(13);
  auto share = skipped(3'000, 7, [&](const PlacementRun& run) {
    const DrawnQuestion q = run.question();
    return option_of(q, std::to_string(random.below(10))) == 0;  // a digit
  });
  EXPECT_LT(share["any"], 0.02);
  share = skipped(3'000, 8, [&](const PlacementRun& run) {
    const DrawnQuestion q = run.question();  // knows the size of the answer, somehow, and picks among the whole numbers around it
    const double guess = std::round(q.value) + double(random.below(9)) - 4;
    return option_of(q, std::to_string(int64_t(guess))) == 0;
  });
  EXPECT_LT(share["any"], 0.02);
}

TEST(PlacementSlow, even_one_who_guesses_one_answer_in_five_skips_any_lesson_in_under_2_percent_of_runs) {
  // Before the third level stands: programming W01 behind two, the other five areas behind three.
  const double two = std::pow(passes(0.2), 2), three = std::pow(passes(0.2), 3);
  EXPECT_LT(two + 5 * three, 0.02) << "by the binomial: a bound for the six areas together";
  Random random(14);
  EXPECT_LT(skipped(100'000, 9, [&](const PlacementRun&) { return random.below(5) == 0; })["any"], 0.02);
}

// `cairn place` promises about 15 minutes. With the seconds of each level's questions nine of ten people are done within 20, whatever they know:
// who knows little is asked little, and of those who know much few are asked a third question often.
TEST(PlacementSlow, nine_of_ten_are_done_within_20_minutes_and_who_knows_most_of_it_needs_about_15) {
  Random random(15);
  for (int percent = 0; percent <= 100; percent += 5) {
    std::vector<double> minutes;
    for (int i = 0; i < 2'000; i++) {
      PlacementRun run(placement(), mix(10, uint64_t(i)));
      double seconds = 0;
      while (!run.done()) {
        seconds += run.area().levels[size_t(run.level())].seconds;
        run.answer(random.below(100) < uint64_t(percent));
      }
      minutes.push_back(seconds / 60);
    }
    std::sort(minutes.begin(), minutes.end());
    const double half = minutes[minutes.size() / 2], nine_of_ten = minutes[minutes.size() * 9 / 10];
    EXPECT_LE(nine_of_ten, 20) << "for those who know " << percent << " %";
    EXPECT_LE(half, 18) << "for those who know " << percent << " %";
    if (percent >= 70) { EXPECT_GE(half, 12) << "for those who know " << percent << " %"; }
  }
}

TEST(Placement, its_files_are_checked) {
  const std::string question = "[[level.question]]\ntext = \"t\"\nanswer = \"1\"\ntyped = true\n";
  const std::string level = "[[level]]\nabout = \"a\"\nseconds = 20\nrefresh = [\"A06\"]\n";
  const std::string three = question + question + question, head = "title = \"T\"\n";
  EXPECT_EQ(placement_error(head + level + three + level + three + level + three), "no error");
  EXPECT_THAT(placement_error(head + level + three), HasSubstr("three levels, this one 1"));
  EXPECT_THAT(placement_error(head + level + question), HasSubstr("area.toml line 2: a level needs at least 3 questions"));
  EXPECT_THAT(placement_error(head + "[[level]]\nabout = \"a\"\nseconds = 20\nrefresh = [\"A66\"]\n" + three), HasSubstr("no lesson 'A66'"));
  EXPECT_THAT(placement_error(head + "[[level]]\nabout = \"a\"\nseconds = 20\n" + three), HasSubstr("refresh"));
  EXPECT_THAT(placement_error(head + "[[level]]\nabout = \"a\"\nseconds = 20\nrefresh = [\"A06\"]\nskips = [\"A06\"]\n" + three),
              HasSubstr("guessed too easily"));
  EXPECT_THAT(placement_error(head + "[[level]]\nabout = \"a\"\nseconds = 20\nrefresh = [\"A06\"]\nresource = \"Nowhere\"\n" + three),
              HasSubstr("no resource"));
  EXPECT_THAT(placement_error(head + level + question + question +
                              "[[level.question]]\ntext = \"t\"\nanswer = \"1\"\nwrong = [{value = \"2\", thought = \"t\"}]\n"),
              HasSubstr("typed = true"));
  for (const char* seconds : {"", "seconds = 3\n", "seconds = 200\n"})
    EXPECT_THAT(placement_error(head + "[[level]]\nabout = \"a\"\nrefresh = [\"A06\"]\n" + seconds + three), HasSubstr("how many seconds"))
        << seconds;
  EXPECT_THAT(placement_error("titel = \"x\""), HasSubstr("title"));
  TempFolder empty;
  EXPECT_THROW(load_placement(empty.path()), FileError);
  EXPECT_THROW(load_placement(empty / "nowhere"), FileError);
}

}  // namespace cairn::course
