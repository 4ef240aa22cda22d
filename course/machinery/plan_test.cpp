#include <course/machinery/plan.h>

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/base/text.h>
#include <tests/helpers/errors.h>

namespace cairn::course {

using std::chrono::days;

namespace {

PlanRequest wish(const std::string& track, double hours, const std::string& week_days = "mon-sat") {
  PlanRequest r;
  r.start = parse_date("2027-01-04");  // a Monday
  r.track = track, r.hours = hours, r.days = parse_days(week_days);
  return r;
}
Plan plan(const PlanRequest& r, const Learned& learned = {}) { return make_plan(catalog(), r, learned, r.start); }

std::map<int, int> minutes_by_week(const Plan& p) {
  std::map<int, int> weeks;
  for (const PlanSession& s : p.sessions) weeks[week_of(p, s.day)] += s.minutes;
  return weeks;
}
int minutes_on(const Plan& p, const std::string& item) {
  int sum = 0;
  for (const PlanSession& s : p.sessions) sum += s.item == item && s.kind != PlanSession::review ? s.minutes : 0;
  return sum;
}
bool is_work(const PlanSession& s) { return s.kind != PlanSession::review; }

// What holds for every plan; the first thing that does not, or "".
std::string fault(const Plan& p, const Learned& learned, Day from) {
  const PlanRequest& r = p.request;
  Day before{};
  std::map<std::string, std::pair<size_t, size_t>> place;  // of an item's first and last session
  std::map<std::string, std::vector<Day>> reviews;
  std::set<std::string> begun;
  for (size_t i = 0; i < p.sessions.size(); i++) {
    const PlanSession& s = p.sessions[i];
    const std::string who = iso_date(s.day) + " " + s.command + ": ";
    if (s.day < before) return who + "before the one before it";
    before = s.day;
    if (s.day < r.start || s.day < from) return who + "before the start";
    if (!r.days[size_t(weekday_of(s.day))]) return who + "not one of the days";
    for (const auto& [first, last] : r.off)
      if (first <= s.day && s.day <= last) return who + "a day off";
    if (s.minutes < 5 || s.minutes > 90 || s.minutes % 5) return who + "minutes " + std::to_string(s.minutes);
    if (s.command == "cairn start " + s.item) begun.insert(s.item);
    if (s.command == "cairn check " + s.item && s.kind != PlanSession::again && !begun.count(s.item)) return who + "it was not started";
    if (is_work(s)) place.insert({s.item, {i, i}}).first->second.second = i;
    else reviews[s.item].push_back(s.day);
  }
  for (const auto& [week, minutes] : minutes_by_week(p))
    if (minutes > 60 * r.hours + 60) return "week " + std::to_string(week) + " has " + std::to_string(minutes) + " minutes";

  auto known = [&](const std::string& id) { return learned.passed.count(id) || learned.skipped.count(id); };
  std::set<std::string> planned(p.items.begin(), p.items.end());
  if (planned.size() != p.items.size()) return "an item is planned twice";
  for (const auto& [id, at] : place)
    if (!planned.count(id) && !learned.again.count(id)) return id + " was not to be planned";
  const Track* track = catalog().find_track(r.track);
  for (const std::string& id : p.items) {
    if (known(id)) return id + " is known already";
    const Item& item = catalog().item(id);
    const double hours = (track ? track->hours_of(item) : item.hours) * p.speed;
    if (minutes_on(p, id) != std::max(30, 5 * int(std::lround(hours * 12))))
      return id + " has " + std::to_string(minutes_on(p, id)) + " minutes for " + std::to_string(hours) + " hours";
    int met = 0;
    for (const std::string& n : item.needs) {
      const bool earlier = known(n) || (place.count(n) && place[n].second < place[id].first);
      met += earlier;
      if (!earlier && !item.any_of_needs) return id + " comes before " + n;
    }
    if (item.any_of_needs && met == 0) return id + " comes before what it needs";
    if (!catalog().find_lesson(id) || r.end) continue;
    const std::vector<Day>& again = reviews[id];
    if (again.size() != 3) return id + " has " + std::to_string(again.size()) + " reviews";
    const Day passed = p.sessions[place[id].second].day;
    for (int k = 0; k < 3; k++)
      if (again[size_t(k)] < passed + days(std::array{7, 21, 56}[size_t(k)])) return id + " is reviewed too early";
    if (again[1] < again[0] + days(7) || again[2] < again[1] + days(7)) return id + " has two reviews within a week";
  }
  for (const auto& [id, passed] : learned.passed)
    if (catalog().find_lesson(id) && !learned.again.count(id) && !r.end && reviews[id].size() != size_t(3 - passed.reviews))
      return id + " was passed and has " + std::to_string(reviews[id].size()) + " reviews";

  // A week with an hour of work or more makes something.
  std::map<int, std::pair<int, int>> made;
  for (const PlanSession& s : p.sessions)
    if (is_work(s)) made[week_of(p, s.day)].first += s.minutes, made[week_of(p, s.day)].second += s.makes() ? s.minutes : 0;
  for (const auto& [week, m] : made)
    if (m.first >= 60 && m.second == 0) return "week " + std::to_string(week) + " makes nothing";
  return "";
}

}  // namespace

TEST(Plan, the_12_week_curriculum_comes_out_block_by_block) {
  for (int i = 0; i < 42; i++) {
    const char* const week_days = std::array{"mon-sat", "mon,wed,sat", "sat,sun", "all", "sun", "mon-fri"}[size_t(i % 6)];
    PlanRequest r = wish("12-week", 10, week_days);
    r.start += days(i / 6);  // whichever day of the week it begins on
    SCOPED_TRACE(flags_of(r));
    const Plan p = plan(r);
    EXPECT_EQ(fault(p, {}, p.request.start), "");
    const Track& track = *catalog().find_track("12-week");
    for (const PlanSession& s : p.sessions) {
      if (!is_work(s)) continue;
      const auto block =
          std::find_if(track.blocks.begin(), track.blocks.end(), [&](const Block& b) { return std::count(b.items.begin(), b.items.end(), s.item); });
      ASSERT_NE(block, track.blocks.end());
      EXPECT_GE(week_of(p, s.day), block->first_week) << s.command;
      EXPECT_LE(week_of(p, s.day), block->last_week) << s.command;
    }
    const std::map<int, int> weeks = minutes_by_week(p);
    for (int w = 1; w <= 12; w++) EXPECT_LE(std::abs(weeks.at(w) - 600), 60) << "week " << w;
    EXPECT_EQ(p.minutes_of_work, 121 * 60);
    EXPECT_EQ(minutes_on(p, "D13"), 7 * 60);
    EXPECT_LT(p.last, r.start + days(7 * 12));
  }
}

TEST(Plan, theory_and_practice_alternate) {
  const Plan p = plan(wish("6-12-months", 10));
  int theory = 0;
  for (const PlanSession& s : p.sessions) {
    if (!is_work(s)) continue;
    theory = s.makes() ? 0 : theory + s.minutes;
    ASSERT_LE(theory, 90) << iso_date(s.day) << " " << s.command;
  }
  // Every study day but those of scraps makes something.
  std::map<Day, std::pair<int, int>> days_of_work;
  for (const PlanSession& s : p.sessions)
    if (is_work(s)) days_of_work[s.day].first += s.minutes, days_of_work[s.day].second += s.makes() ? s.minutes : 0;
  for (const auto& [day, m] : days_of_work) EXPECT_TRUE(m.first < 90 || m.second > 0) << iso_date(day);
}

TEST(Plan, prerequisites_are_added_and_what_is_known_is_left_out) {
  Learned learned;
  learned.passed["A01"] = {parse_date("2026-12-01"), 2, 0};
  learned.skipped = {"A02"};
  const Plan p = plan(wish("A12,A01", 5), learned);
  EXPECT_EQ(p.items, (std::vector<std::string>{"A06", "A12"}));
  EXPECT_EQ(p.added, (std::vector<std::string>{"A06"}));
  EXPECT_EQ(p.done, (std::vector<std::string>{"A01"}));
  EXPECT_EQ(fault(p, learned, p.request.start), "");
  EXPECT_EQ(plan(wish("PC3,C08", 5)).items.back(), "PC3");
  const std::vector<std::string> by_c08 = plan(wish("PC3,C08", 5)).items;
  EXPECT_EQ(std::count(by_c08.begin(), by_c08.end(), "C07"), 0);
  EXPECT_EQ(plan(wish("PB1", 5)).items.back(), "B09");
}

TEST(Plan, a_failed_review_brings_the_lesson_back) {
  Learned learned;
  learned.passed["A01"] = {parse_date("2026-12-01"), 2, 1};
  learned.again = {"A01"};
  const Plan p = plan(wish("A01,A02", 5), learned);
  ASSERT_FALSE(p.sessions.empty());
  EXPECT_EQ(p.sessions[0].kind, PlanSession::again);
  EXPECT_EQ(p.sessions[0].item, "A01");
  EXPECT_EQ(p.sessions[0].command, "cairn check A01");
}

TEST(Plan, too_few_hours_are_said_with_what_may_be_changed) {
  PlanRequest r = wish("phase-A", 5);
  r.end = parse_date("2027-02-14");
  const Plan p = plan(r);
  ASSERT_FALSE(p.fits());
  EXPECT_TRUE(contains(p.problems[0], "The hours do not suffice: of 52 hours of work, "));
  const std::vector<Offer> all = offers(catalog(), p, {}, r.start);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_TRUE(all[0].request.core);
  EXPECT_TRUE(plan(all[1].request).fits());
  EXPECT_TRUE(plan(all[2].request).fits());
  PlanRequest less = all[2].request;
  less.hours -= 0.5;
  EXPECT_FALSE(plan(less).fits()) << "half an hour less would do, too: " << less.hours;
}

TEST(Plan, an_exercise_is_started_before_it_is_checked) {
  for (const Track& t : catalog().tracks)
    for (double hours : {1.0, 4.0, 10.0, 30.0}) {
      const Plan p = plan(wish(t.id, hours));
      ASSERT_EQ(fault(p, {}, p.request.start), "") << t.id << " at " << hours;
      std::set<std::string> begun;
      for (const PlanSession& s : p.sessions) {
        if (s.kind != PlanSession::exercise) continue;
        ASSERT_EQ(s.command, (begun.insert(s.item).second ? "cairn start " : "cairn check ") + s.item) << t.id << " at " << hours;
      }
      for (const std::string& id : p.items) EXPECT_TRUE(!catalog().find_lesson(id) || begun.count(id)) << id << " has no exercise";
    }
}

TEST(Plan, a_track_that_takes_longer_than_it_says_is_planned_and_says_so) {
  const Plan p = plan(wish("12-week", 2));
  EXPECT_TRUE(p.fits());
  ASSERT_EQ(p.notes.size(), 2u);
  EXPECT_TRUE(contains(p.notes[0], "At 2 hours a week the track 12-week takes " + std::to_string(week_of(p, p.last)) + " weeks, until "))
      << p.notes[0];
  EXPECT_TRUE(contains(p.notes[0], " instead of its own 12.")) << p.notes[0];
  EXPECT_TRUE(contains(p.notes[1], "a later end: " + iso_date(p.last))) << p.notes[1];
  const std::vector<Offer> two = offers(catalog(), p, {}, p.request.start);
  ASSERT_EQ(two.size(), 2u) << "the track is the core path";
  for (const Offer& offer : two) EXPECT_TRUE(plan(offer.request).fits() && plan(offer.request).notes.empty()) << offer.what;
  const Plan enough = plan(two[1].request);
  EXPECT_LE(week_of(enough, enough.last), 12);
  EXPECT_TRUE(contains(p.notes[1], fmt::format("more time: {:g} hours a week", enough.request.hours))) << p.notes[1];

  const Plan whole = plan(wish("bootcamp-3m", 4));
  const std::vector<Offer> three = offers(catalog(), whole, {}, whole.request.start);
  ASSERT_EQ(three.size(), 3u);
  EXPECT_TRUE(three[0].request.core);
  ASSERT_EQ(whole.notes.size(), 2u);
  for (const Offer& offer : three) EXPECT_TRUE(contains(whole.notes[1], offer.what)) << offer.what;
}

TEST(Plan, tracks_at_their_own_hours_have_nothing_to_say) {
  for (const char* days : {"mon-sat", "mon,wed,sat", "sun"}) {
    EXPECT_EQ(plan(wish("12-week", 10, days)).notes, std::vector<std::string>{}) << days;
    EXPECT_EQ(plan(wish("bootcamp-3m", 11, days)).notes, std::vector<std::string>{}) << days;
    EXPECT_EQ(plan(wish("6-12-months", 5, days)).notes, std::vector<std::string>{}) << days;
    EXPECT_EQ(plan(wish("phase-A", 9, days)).notes, std::vector<std::string>{}) << days;
  }
  EXPECT_TRUE(plan(wish("A01,A06,PA", 1)).notes.empty()) << "a choice of lessons has no length of its own";
  PlanRequest r = wish("12-week", 2);
  r.end = parse_date("2029-12-31");
  EXPECT_TRUE(plan(r).notes.empty()) << "the person's own end counts";
}

TEST(Plan, hours_days_and_dates_that_cannot_be_are_refused) {
  for (double hours : {0.0, -3.0, 81.0, std::nan(""), HUGE_VAL})
    EXPECT_TRUE(contains(message_of<ConfigError>([&] { plan(wish("A01", hours)); }), "between 0.5 and 80"));
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { plan(wish("A01", 30, "sun")); }), "nobody learns for more than 12"));
  Learned slow;
  slow.passed["A01"] = {parse_date("2026-12-01"), 8, 0};
  slow.passed["A02"] = {parse_date("2026-12-01"), 9, 0};
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { plan(wish("6-12-months", 0.5), slow); }), "more than ten years"));
  PlanRequest r = wish("A01", 5);
  r.end = parse_date("2027-01-03");
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { plan(r); }), "before it starts"));
  r.end = parse_date("2027-01-10");
  r.off = parse_off("1970-01-01..2199-12-31");
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { plan(r); }), "no day to learn on"));
  r.end.reset();
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { plan(r); }), "no day to learn on"));
  r.end = parse_date("2027-01-10");
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { make_plan(catalog(), r, {}, parse_date("2027-02-01")); }), "is past"));
  EXPECT_TRUE(contains(message_of<UsageError>([&] { plan(wish("12-weak", 5)); }), "Did you mean '12-week'?"));
  EXPECT_TRUE(contains(message_of<UsageError>([&] { plan(wish("A1", 5)); }), "Did you mean A01"));
  EXPECT_TRUE(contains(message_of<UsageError>([&] { plan(wish("", 5)); }), "no lesson or project ''"));
  EXPECT_TRUE(contains(message_of<UsageError>([&] { parse_days("mon,wen"); }), "Did you mean 'wed'?"));
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { parse_off("2027-02-30"); }), "--off: there is no day '2027-02-30'"));
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { parse_off("2027-02-07..2027-02-01"); }), "lies before"));
}

TEST(Plan, days_are_read_as_people_write_them) {
  EXPECT_EQ(days_text(parse_days("Mon, wed,SATURDAY")), "mon,wed,sat");
  EXPECT_EQ(days_text(parse_days("fri-mon")), "mon,fri,sat,sun");
  EXPECT_EQ(days_text(parse_days("all")), "mon,tue,wed,thu,fri,sat,sun");
  EXPECT_EQ(off_text(parse_off("2027-02-01..2027-02-07, 2027-03-01")), "2027-02-01..2027-02-07,2027-03-01");
  EXPECT_EQ(weekday_of(parse_date("2027-01-04")), 0);
  EXPECT_EQ(weekday_of(parse_date("2027-01-10")), 6);
}

TEST(Plan, the_persons_speed_is_learned_from_what_they_finished) {
  Learned learned;
  EXPECT_EQ(learned_speed(catalog(), learned), 1);
  for (const char* id : {"A01", "A02", "A03", "A05", "A06"}) learned.passed[id] = {parse_date("2026-12-01"), 1.5 * lesson(id).hours, 0};
  EXPECT_NEAR(learned_speed(catalog(), learned), (6 + 1.5 * 14) / (6 + 14), 1e-12);
  const Plan p = plan(wish("A12", 5), learned);
  EXPECT_EQ(minutes_on(p, "A12"), 5 * int(std::lround(240 * p.speed / 5)));
  for (auto& [id, passed] : learned.passed) passed.hours = 1000;  // left open for weeks
  EXPECT_LE(learned_speed(catalog(), learned), 3);
}

TEST(Plan, what_was_missed_moves_and_nothing_else_is_lost) {
  const Plan first = plan(wish("phase-A", 10));
  const Day later = parse_date("2027-01-20");
  Learned learned;
  learned.passed["A01"] = {parse_date("2027-01-05"), 2, 0};
  learned.passed["A02"] = {parse_date("2027-01-07"), 3, 0};
  const std::vector<PlanSession> late = missed(first, learned, later);
  ASSERT_FALSE(late.empty());
  for (const PlanSession& s : late) EXPECT_TRUE(s.day < later && s.item != "A01" && s.item != "A02");
  const Plan second = make_plan(catalog(), first.request, learned, later);
  EXPECT_EQ(fault(second, learned, later), "");
  EXPECT_GE(second.first, later);
  EXPECT_EQ(second.items.size(), first.items.size() - 2);
  EXPECT_GT(second.last, first.last);
}

// Hours, days, days off, tracks, ids, progress: drawn at random.
TEST(PlanSlow, ten_thousand_random_plans_keep_every_promise) {
  const Catalog& c = catalog();
  int refused = 0;
  for (uint64_t i = 0; i < 10000; i++) {
    Random random(2027, i);
    PlanRequest r;
    r.start = parse_date("2027-01-01") + days(int(random.below(800)));
    r.hours = double(1 + random.below(60)) / 2;
    if (random.below(3) == 0) r.hours = 9 + double(random.below(30)) / 10;
    r.days = Weekdays(1 + random.below(127));
    r.warm_ups = random.below(4) == 0;
    r.core = random.below(6) == 0;
    for (uint64_t n = random.below(4); n-- > 0;) {
      const Day first = r.start + days(int(random.below(120)));
      r.off.emplace_back(first, first + days(int(random.below(20))));
    }
    if (random.below(2) == 0) {
      r.track = c.tracks[random.below(c.tracks.size())].id;
    } else {
      std::vector<std::string> ids = {c.lessons[random.below(c.lessons.size())].id};
      for (uint64_t n = random.below(6); n-- > 0;)
        ids.push_back(random.below(5) ? c.lessons[random.below(c.lessons.size())].id : c.projects[random.below(c.projects.size())].id);
      r.track = join(ids, ",");
    }
    if (random.below(4) == 0) r.end = r.start + days(int(random.below(300)));
    const Day from = r.start + days(random.below(3) ? 0 : int(random.below(100)));
    Learned learned;
    for (const Lesson& l : c.lessons) {
      if (random.below(8) == 0)
        learned.passed[l.id] = {from - days(int(random.below(100))), l.hours * (0.3 + 2 * random.uniform()), int(random.below(4))};
      else if (random.below(20) == 0) learned.skipped.insert(l.id);
    }
    if (!learned.passed.empty() && random.below(3) == 0) learned.again.insert(learned.passed.begin()->first);
    try {
      const Plan p = make_plan(c, r, learned, from);
      ASSERT_EQ(fault(p, learned, from), "") << "case " << i << ": " << flags_of(r) << ", from " << iso_date(from);
      ASSERT_EQ(p.fits(), !r.end || p.last <= *r.end);
    } catch (const ConfigError&) { refused++; } catch (const UsageError& e) {
      ASSERT_TRUE(r.core) << e.what();
      refused++;
    }
  }
  EXPECT_LT(refused, 3000);
}

}  // namespace cairn::course
