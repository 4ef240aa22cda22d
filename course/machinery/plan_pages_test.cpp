#include <course/machinery/plan_pages.h>

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include <cairn/base/columns.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <course/machinery/plan_store.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/process.h>
#include <tests/helpers/temp_folder.h>
#include <tests/helpers/xml.h>

namespace cairn::course {

namespace {

Plan sample(const std::string& track = "12-week") {
  PlanRequest r;
  r.start = parse_date("2027-01-04");
  r.track = track;
  r.days = parse_days("mon,wed,sat");
  r.off = parse_off("2027-02-01..2027-02-07");
  return make_plan(catalog(), r, {}, r.start);
}
const std::chrono::sys_seconds stamp{std::chrono::seconds(1798761600)};  // 2027-01-01 00:00 UTC

std::vector<std::string> unfolded(const std::string& ics) {
  std::string text = ics;
  for (size_t at; (at = text.find("\r\n ")) != std::string::npos;) text.erase(at, 3);
  std::vector<std::string> lines;
  for (size_t at = 0, end; (end = text.find("\r\n", at)) != std::string::npos; at = end + 2) lines.push_back(text.substr(at, end - at));
  return lines;
}

}  // namespace

TEST(PlanPages, the_calendar_has_an_event_a_session_in_lines_that_are_well_formed) {
  const Plan plan = sample();
  const std::string ics = plan_ics(catalog(), plan, 18 * 60, stamp);
  ASSERT_TRUE(ics.ends_with("END:VCALENDAR\r\n"));
  for (size_t i = 0; i < ics.size(); i++) {
    if (ics[i] == '\n') ASSERT_TRUE(i > 0 && ics[i - 1] == '\r');
    if (ics[i] == '\r') ASSERT_EQ(ics[i + 1], '\n');
  }
  for (const std::string& line : split(ics, '\n')) EXPECT_LE(line.size(), 76u) << line;  // 75 and the carriage return
  std::set<std::string> uids;
  size_t events = 0;
  for (const std::string& line : unfolded(ics)) {
    events += line == "BEGIN:VEVENT";
    if (line.starts_with("UID:")) EXPECT_TRUE(uids.insert(line).second) << line;
    if (line.starts_with("DTSTAMP")) EXPECT_EQ(line, "DTSTAMP:20270101T000000Z");
  }
  EXPECT_EQ(events, plan.sessions.size());
  EXPECT_EQ(uids.size(), events);
  EXPECT_TRUE(contains(ics, "DTSTART:20270104T180000\r\n"));
  // Commas of titles are escaped: "Tensors, broadcasting".
  EXPECT_TRUE(contains(ics, "SUMMARY:A02 Tensors\\, broadcasting"));
}

TEST(PlanPages, events_of_long_days_end_before_midnight) {
  PlanRequest r;
  r.start = parse_date("2027-01-04");
  r.hours = 12;
  r.days = parse_days("sun");
  const Plan plan = make_plan(catalog(), r, {}, r.start);
  for (const std::string& line : unfolded(plan_ics(catalog(), plan, 23 * 60 + 30, stamp)))
    if (line.starts_with("DTSTART:")) {
      EXPECT_LT(std::stoi(line.substr(17, 2)), 24) << line;
      EXPECT_EQ(weekday_of(parse_date(line.substr(8, 4) + "-" + line.substr(12, 2) + "-" + line.substr(14, 2))), 6) << line;
    }
}

TEST(PlanPages, a_calendar_library_reads_every_event) {
  const std::string python = env("CAIRN_PYTHON", "python3");
  if (run_process({python, "-c", "import icalendar"}).code != 0)
    GTEST_SKIP() << "Python's icalendar is not installed (CAIRN_PYTHON names an interpreter that has it)";
  const TempFolder folder;
  const Plan plan = sample("6-12-months");
  const std::string file = folder.put("plan.ics", plan_ics(catalog(), plan, 18 * 60, stamp));
  const std::string script =
      "import icalendar, sys, datetime\n"
      "c = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())\n"
      "e = [x for x in c.walk('VEVENT')]\n"
      "assert not any(x.errors for x in e), [x.errors for x in e if x.errors][:3]\n"
      "for x in sorted(e, key=lambda x: x.decoded('dtstart')):\n"
      "    print(x.decoded('dtstart').strftime('%Y-%m-%d'), int(x.decoded('duration').total_seconds() // 60), str(x['description']))\n";
  const ProcessResult r = run_process({python, "-c", script, file});
  ASSERT_EQ(r.code, 0) << r.err;
  std::string expected;
  const std::vector<std::string> missing = not_written(catalog(), plan);
  for (const PlanSession& s : plan.sessions)
    expected += iso_date(s.day) + " " + std::to_string(s.minutes) + " " + s.command +
                (std::count(missing.begin(), missing.end(), s.item) ? "\nNot written yet, the plan keeps its hours." : "") + "\n";
  EXPECT_EQ(r.out, expected);
}

TEST(PlanPages, text_keeps_to_the_columns_of_the_terminal) {
  const Plan plan = sample("6-12-months");
  for (int columns : {36, 40, 80, 120})
    for (bool unicode : {false, true})
      for (bool all : {false, true}) {
        Terminal t;
        t.columns = columns, t.unicode = unicode;
        const std::string text = plan_text(catalog(), plan, t, parse_date("2027-01-18"), all);
        for (const std::string& line : split(text, '\n')) ASSERT_LE(columns_of(line), size_t(columns)) << line;
        EXPECT_EQ(text.find('\x1b'), std::string::npos) << "no colours were asked for";
        if (!unicode) EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; })) << text;
        EXPECT_TRUE(contains(text, "cairn learn A"));
      }
}

TEST(PlanPages, the_page_and_markdown_hold_every_session) {
  const Plan plan = sample();
  const std::string page = plan_html(catalog(), plan), md = plan_markdown(catalog(), plan);
  const std::string body = page.substr(page.find("<main>"), page.find("</main>") + 7 - page.find("<main>"));
  const auto xml = testing_xml::read_xml(body);
  EXPECT_EQ(xml.error, "");
  EXPECT_EQ(size_t(xml.count.at("tr")), plan.sessions.size());
  EXPECT_EQ(page.find("http"), std::string::npos) << "a page loads nothing";
  EXPECT_EQ(page.find("<script"), std::string::npos);
  size_t rows = 0;
  for (const std::string& line : split(md, '\n')) rows += line.find("| `cairn ") != std::string::npos;
  EXPECT_EQ(rows, plan.sessions.size());
}

TEST(PlanPages, every_form_says_what_is_not_written_yet_projects_too) {
  PlanRequest r;
  r.start = parse_date("2027-01-04");
  r.track = "A01,B01,PB2";
  const Plan plan = make_plan(catalog(), r, {}, r.start);
  ASSERT_TRUE(std::count(plan.items.begin(), plan.items.end(), "PB2"));
  ASSERT_FALSE(written(*catalog().find_project("PB2"))) << "take another project for this test";
  const std::vector<std::string> missing = not_written(catalog(), plan);
  EXPECT_TRUE(std::count(missing.begin(), missing.end(), "PB2"));
  EXPECT_TRUE(std::count(missing.begin(), missing.end(), "B01"));
  EXPECT_FALSE(std::count(missing.begin(), missing.end(), "A01"));
  const std::string said = "Not written yet, the plan keeps their hours: " + join(missing, " ") + ".";
  Terminal wide;
  wide.columns = 400;
  EXPECT_TRUE(contains(plan_text(catalog(), plan, wide, r.start, false), said));
  EXPECT_TRUE(contains(plan_html(catalog(), plan), said));
  EXPECT_TRUE(contains(plan_markdown(catalog(), plan), said));
  const auto described = [&](const std::string& id) {
    std::string summary;
    for (const std::string& line : unfolded(plan_ics(catalog(), plan, 18 * 60, stamp))) {
      if (line.starts_with("SUMMARY:")) summary = line;
      if (line.starts_with("DESCRIPTION:") && summary.starts_with("SUMMARY:" + id + " ")) return line;
    }
    return std::string("no event");
  };
  EXPECT_TRUE(contains(described("PB2"), "Not written yet")) << described("PB2");
  EXPECT_TRUE(contains(described("B01"), "Not written yet")) << described("B01");
  EXPECT_EQ(described("A01"), "DESCRIPTION:cairn learn A01");
  r.track = "A01";
  const Plan whole = make_plan(catalog(), r, {}, r.start);
  EXPECT_TRUE(not_written(catalog(), whole).empty());
  EXPECT_FALSE(contains(plan_markdown(catalog(), whole), "Not written yet"));
}

TEST(PlanPages, a_beginning_so_late_that_a_day_would_pass_midnight_is_told) {
  Plan plan;
  plan.request.start = parse_date("2027-01-04");
  for (const auto& [day, minutes] : std::vector<std::pair<const char*, int>>{{"2027-01-04", 30}, {"2027-01-05", 45}, {"2027-01-05", 50}}) {
    PlanSession s;
    s.day = parse_date(day), s.minutes = minutes, s.item = "A01", s.command = "cairn learn A01";
    plan.sessions.push_back(s);
  }
  EXPECT_EQ(too_late_words(plan, 22 * 60 + 25), "");
  const std::string said = too_late_words(plan, 23 * 60 + 30);
  EXPECT_TRUE(contains(said, "1 day ")) << said;
  EXPECT_TRUE(contains(said, "Tue 5 Jan 2027 at 22:25")) << said;
  EXPECT_TRUE(contains(said, "--at 22:25")) << said;
  EXPECT_TRUE(contains(too_late_words(plan, 23 * 60 + 31), "2 days ")) << "half an hour on Monday passes midnight, too";
  EXPECT_TRUE(contains(plan_ics(catalog(), plan, 23 * 60 + 30, stamp), "DTSTART:20270105T222500\r\n"));
}

TEST(PlanPages, every_form_says_that_a_track_takes_longer_than_its_own_weeks) {
  PlanRequest r;
  r.start = parse_date("2027-01-04");
  r.hours = 2;
  const Plan plan = make_plan(catalog(), r, {}, r.start);
  const std::string said = "instead of its own 12.";
  Terminal wide;
  wide.columns = 200;
  EXPECT_TRUE(contains(plan_text(catalog(), plan, wide, r.start, false), said));
  EXPECT_TRUE(contains(plan_html(catalog(), plan), said));
  EXPECT_TRUE(contains(plan_markdown(catalog(), plan), said));
  EXPECT_EQ(plan_from_json(to_json(plan), "p").notes, plan.notes);
  const std::string text = to_json(plan).dump();
  const size_t at = text.find("\"notes\""), end = text.find("\"sessions\"");
  ASSERT_TRUE(at < end && end != std::string::npos);
  EXPECT_TRUE(plan_from_json(Json::parse(text.substr(0, at) + text.substr(end)), "p").notes.empty()) << "a plan of an earlier version is read";
}

TEST(PlanStore, a_plan_is_kept_and_read_again_and_the_one_before_it_stays) {
  const TempFolder folder;
  std::vector<std::string> notes;
  EXPECT_FALSE(saved_plan(notes, folder.path()).has_value());
  const Plan first = sample(), second = sample("phase-A");
  save_plan(first, folder.path() + "/not/there/yet");
  EXPECT_TRUE(saved_plan(notes, folder.path() + "/not/there/yet").has_value());
  save_plan(first, folder.path());
  save_plan(second, folder.path());
  const std::optional<Plan> again = saved_plan(notes, folder.path());
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->sessions, second.sessions);
  EXPECT_EQ(again->request, second.request);
  EXPECT_EQ(again->items, second.items);
  EXPECT_EQ(again->last, second.last);
  EXPECT_EQ(plan_from_json(Json::parse(read_file(folder / "plan.previous.json")), "p").sessions, first.sessions);
  EXPECT_TRUE(notes.empty()) << "nothing is told where nothing is wrong";
  folder.put("plan.json", "{ damaged");
  save_plan(second, folder.path());
  EXPECT_EQ(read_file(folder / "plan.damaged.json"), "{ damaged");
  EXPECT_EQ(plan_from_json(Json::parse(read_file(folder / "plan.previous.json")), "p").sessions, first.sessions) << "the last good one stays";
}

TEST(PlanStore, the_plan_before_takes_the_place_of_a_damaged_one_which_is_kept_and_told) {
  const TempFolder folder;
  const Plan first = sample(), second = sample("phase-A");
  save_plan(first, folder.path());
  save_plan(second, folder.path());
  for (const char* name : {"plan.damaged.json", "plan.damaged-2.json"}) {
    folder.put("plan.json", std::string("{ for ") + name);
    std::vector<std::string> notes;
    const std::optional<Plan> plan = saved_plan(notes, folder.path());
    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(plan->sessions, first.sessions);
    ASSERT_EQ(notes.size(), 1u);
    EXPECT_TRUE(notes[0].starts_with("your plan in " + folder / "plan.json" + " is damaged. ")) << notes[0];
    EXPECT_TRUE(contains(notes[0], folder / name)) << notes[0];
    EXPECT_EQ(read_file(folder / name), std::string("{ for ") + name) << "nothing is lost";
    notes.clear();
    EXPECT_EQ(saved_plan(notes, folder.path())->sessions, first.sessions) << "it is there for good";
    EXPECT_TRUE(notes.empty());
  }
  // Both are damaged: that is an error, and nothing is moved.
  folder.put("plan.json", "{"), folder.put("plan.previous.json", "{");
  std::vector<std::string> notes;
  EXPECT_TRUE(contains(message_of<FileError>([&] { saved_plan(notes, folder.path()); }), "`cairn plan --hours 10` makes a new plan"));
  EXPECT_EQ(read_file(folder / "plan.json"), "{");
  // One of a later version is not damaged: it stays for that one.
  save_plan(first, folder.path());
  folder.put("plan.json", R"({"format": "cairn plan", "version": 2})");
  EXPECT_TRUE(contains(message_of<FileError>([&] { saved_plan(notes, folder.path()); }), "another version of Cairn"));
  EXPECT_TRUE(notes.empty());
}

TEST(PlanStore, a_damaged_plan_is_an_error_and_never_a_crash) {
  const TempFolder folder;
  const std::string whole = to_json(sample()).dump(1);
  for (uint64_t i = 0; i < 200; i++) {
    Random random(5, i);
    std::string text = whole;
    const size_t at = random.below(text.size());
    if (i % 3 == 0) text.resize(at);
    else if (i % 3 == 1) text[at] = char(random.below(256));
    else text.erase(at, 1 + random.below(40));
    folder.put("plan.json", text);
    std::vector<std::string> notes;
    try {
      saved_plan(notes, folder.path());
    } catch (const FileError& e) { EXPECT_TRUE(contains(e.what(), "plan.json")); }
  }
  folder.put("plan.json", "{}");
  std::vector<std::string> notes;
  EXPECT_TRUE(contains(message_of<FileError>([&] { saved_plan(notes, folder.path()); }), "makes a new plan"));
}

TEST(PlanStore, progress_becomes_what_the_planner_knows) {
  const TempFolder folder;
  Progress progress(Progress::Write, folder.path());
  progress.record({.id = "A01", .seconds = 3600, .date = "2026-12-01"});
  progress.record({.id = "A02", .passed = false, .seconds = 1800, .date = "2026-12-02"});
  progress.record({.id = "A01", .kind = "review", .seconds = 300, .date = "2026-12-08"});
  const Learned learned = learned_from(progress);
  ASSERT_EQ(learned.passed.size(), 1u);
  EXPECT_EQ(learned.passed.at("A01").on, parse_date("2026-12-01"));
  EXPECT_EQ(learned.passed.at("A01").reviews, 1);
  EXPECT_NEAR(learned.passed.at("A01").hours, 3900. / 3600, 1e-9);
  EXPECT_NEAR(learned.hours.at("A02"), 0.5, 1e-9);
  // Half an hour of A02 is behind the learner.
  PlanRequest r;
  r.start = parse_date("2027-01-04");
  r.track = "A02";
  const Plan plan = make_plan(catalog(), r, learned, r.start);
  EXPECT_NEAR(plan.minutes_of_work, 180 * plan.speed - 30, 5);
}

}  // namespace cairn::course
