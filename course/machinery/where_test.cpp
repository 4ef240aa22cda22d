#include <course/machinery/where.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <course/machinery/plan_store.h>
#include <tests/helpers/temp_folder.h>

namespace cairn::course {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

PlanSession at(const std::string& date, const std::string& item, PlanSession::Kind kind = PlanSession::theory) {
  PlanSession s;
  s.day = parse_date(date);
  s.minutes = 45;
  s.kind = kind;
  s.item = item;
  s.command = "cairn learn " + item;
  return s;
}

std::vector<std::string> items_of(const std::vector<PlanSession>& sessions) {
  std::vector<std::string> ids;
  for (const PlanSession& s : sessions) ids.push_back(s.item);
  return ids;
}

struct Here {
  TempFolder home;
  Progress progress{Progress::Write, home.path()};
  std::optional<Plan> plan;
  void pass(const std::string& id, const std::string& date, const std::string& kind = "exercise", bool passed = true,
            const std::string& detail = "") {
    Entry e{id, kind, passed, 600, "", detail, date};
    progress.record(e);
  }
  Where on(const std::string& date) const { return where_is(catalog(), progress, plan, learned_from(progress), parse_date(date)); }
};

}  // namespace

TEST(Where, next_is_an_open_lesson_that_is_written) {
  Catalog road;
  const auto add = [&](const std::string& id, const std::string& phase, std::vector<std::string> needs, bool core) {
    Lesson l;
    l.id = id, l.phase = phase, l.needs = std::move(needs), l.core = core;
    road.lessons.push_back(l);
  };
  // W01, A01, A05 and A06 are written; Z01 is not, so that it can neither be next nor be waited for.
  add("W01", "W", {}, false);
  add("Z01", "A", {}, true);
  add("A01", "A", {"Z01"}, true);
  add("A05", "A", {"A01"}, false);
  add("A06", "A", {"A01"}, true);
  ASSERT_TRUE(written(road.lessons[0]) && written(road.lessons[2]) && written(road.lessons[3]) && written(road.lessons[4]));
  EXPECT_EQ(next_lesson(road, {}, {}), "A01");
  EXPECT_EQ(next_lesson(road, {"A01"}, {}), "A06") << "the core first";
  EXPECT_EQ(next_lesson(road, {"A01", "A06"}, {}), "A05");
  EXPECT_EQ(next_lesson(road, {"A01", "A05", "A06"}, {}), "") << "warm-ups only for those whom the placement sends there";
  EXPECT_EQ(next_lesson(road, {}, {"W01"}), "A01") << "and nobody begins with them";
  EXPECT_EQ(next_lesson(road, {"A01"}, {"W01"}), "W01");
}

TEST(Where, a_project_follows_the_last_lesson_that_it_needs) {
  std::set<std::string> behind;
  for (const Lesson& l : catalog().lessons) {
    behind.insert(l.id);
    if (l.id == "A14") break;
  }
  EXPECT_EQ(next_lesson(catalog(), behind, {}), "PA");
  behind.insert("PA");
  EXPECT_EQ(next_lesson(catalog(), behind, {}), "A15");
}

TEST(Where, counts_what_was_passed_and_skipped) {
  Here here;
  EXPECT_EQ(here.on("2027-01-04").passed, 0);
  here.pass("A01", "2027-01-04");
  here.pass("A02", "2027-01-05", "exercise", false);
  here.pass("placement", "2027-01-05", "placement", true, R"({"skip": ["A04"], "refresh": ["W01"]})");
  const Where w = here.on("2027-01-06");
  EXPECT_EQ(w.passed, 1);
  EXPECT_EQ(w.skipped, 1);
  EXPECT_EQ(w.last, "A01");
  EXPECT_EQ(w.last_date, "2027-01-04");
  EXPECT_EQ(w.seconds, 1800);
}

TEST(Where, shows_todays_piece_of_the_plan_without_what_is_passed) {
  Here here;
  here.plan.emplace();
  here.plan->sessions = {at("2027-01-04", "A01"), at("2027-01-05", "A02"), at("2027-01-05", "A01"), at("2027-01-07", "A03"), at("2027-01-08", "A04")};
  here.pass("A01", "2027-01-04");
  EXPECT_THAT(items_of(here.on("2027-01-05").today), ElementsAre("A02"));
  EXPECT_THAT(here.on("2027-01-05").ahead, IsEmpty());
  EXPECT_EQ(here.on("2027-01-05").command, "cairn learn A02");
  EXPECT_EQ(here.on("2027-01-05").missed, 0);
  EXPECT_THAT(here.on("2027-01-06").today, IsEmpty());
  EXPECT_THAT(items_of(here.on("2027-01-06").ahead), ElementsAre("A03"));
  EXPECT_EQ(here.on("2027-01-06").missed, 1);
}

TEST(Where, a_piece_that_builds_on_missed_ones_waits_for_them) {
  Here here;
  here.plan.emplace();
  here.plan->sessions = {at("2027-01-04", "A01"), at("2027-01-04", "A01", PlanSession::exercise), at("2027-01-05", "A02"), at("2027-01-06", "A06"),
                         at("2027-01-06", "A07"), at("2027-01-07", "A07", PlanSession::exercise)};
  Where w = here.on("2027-01-06");  // A06 builds on A01 and A02
  EXPECT_THAT(items_of(w.today), ElementsAre("A01"));
  EXPECT_TRUE(w.catching_up);
  EXPECT_EQ(w.command, "cairn learn A01");
  EXPECT_EQ(w.missed, 3);
  here.pass("A01", "2027-01-06");
  w = here.on("2027-01-06");
  EXPECT_THAT(items_of(w.today), ElementsAre("A02"));
  here.pass("A02", "2027-01-06");
  w = here.on("2027-01-06");
  EXPECT_THAT(items_of(w.today), ElementsAre("A06", "A07")) << "A07 builds on A06, which comes before it on the same day";
  EXPECT_FALSE(w.catching_up);
  w = here.on("2027-01-07");
  EXPECT_THAT(items_of(w.today), ElementsAre("A06"));
  EXPECT_TRUE(w.catching_up);
}

TEST(Where, reviews_and_what_has_come_back_go_first) {
  Here here;
  here.plan.emplace();
  here.plan->sessions = {at("2027-01-11", "A02")};
  here.pass("A06", "2027-01-04");
  here.pass("rosenblatt-1958", "2027-01-04", "paper");
  Where w = here.on("2027-01-11");
  ASSERT_EQ(w.due.size(), 1u);
  EXPECT_EQ(w.due[0].id, "A06");
  EXPECT_EQ(w.command, "cairn review");
  here.pass("A06", "2027-01-11", "review", false);
  w = here.on("2027-01-11");
  EXPECT_THAT(w.due, IsEmpty());
  EXPECT_THAT(w.back, ElementsAre("A06"));
  EXPECT_EQ(w.command, "cairn learn A06");
}

}  // namespace cairn::course
