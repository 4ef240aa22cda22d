#include <course/machinery/road.h>

#include <algorithm>
#include <array>
#include <set>

#include <gtest/gtest.h>

#include <cairn/base/columns.h>
#include <cairn/base/disk.h>
#include <cairn/base/text.h>
#include <course/machinery/paths.h>
#include <course/machinery/words.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/process.h>
#include <tests/helpers/temp_folder.h>
#include <tests/helpers/xml.h>

namespace cairn::course {

namespace {

Learned some() {
  Learned l;
  for (const char* id : {"A01", "A02", "A06"}) l.passed[id] = {parse_date("2026-12-01"), 3, 1};
  l.skipped = {"W01", "A05"};
  return l;
}
State state(const std::string& id, const Learned& l) { return state_of(catalog(), catalog().item(id), l); }

}  // namespace

TEST(Road, lessons_are_done_open_or_locked_by_proof) {
  Learned l = some();
  EXPECT_EQ(state("A01", {}), State::open);
  EXPECT_EQ(state("A02", {}), State::locked);
  EXPECT_EQ(state("A01", l), State::done);
  EXPECT_EQ(state("A05", l), State::skipped);
  EXPECT_EQ(state("A12", l), State::open);
  EXPECT_EQ(state("A09", l), State::locked);
  EXPECT_EQ(missing_for(catalog(), lesson("A09"), l), (std::vector<std::string>{"A08"}));
  l.again = {"A02"};
  EXPECT_EQ(state("A02", l), State::again);
  // One of the two that PC3 needs is enough; PB1 waits for what the lesson needs in which it is done.
  l.passed["C08"] = {};
  EXPECT_EQ(state("PC3", l), State::open);
  EXPECT_EQ(missing_for(catalog(), catalog().item("PB1"), l), (std::vector<std::string>{"B08"}));
}

TEST(Road, a_newcomer_is_sent_to_A01_and_the_next_lesson_follows_the_core) {
  EXPECT_EQ(next_lesson(catalog(), {})->id, "A01");
  EXPECT_EQ(next_lesson(catalog(), some())->id, "A03");
  Learned l = some();
  l.again = {"A02"};
  EXPECT_EQ(next_lesson(catalog(), l)->id, "A02");
  for (const Lesson& every : catalog().lessons) l.skipped.insert(every.id);
  l.again.clear();
  ASSERT_TRUE(next_lesson(catalog(), l)) << "a project is left";
  EXPECT_EQ(next_lesson(catalog(), l)->id, "PA");
  l.passed["PA"] = {};
  EXPECT_EQ(next_lesson(catalog(), l), nullptr);
}

TEST(Road, the_map_keeps_to_the_columns_of_the_terminal) {
  const Learned l = some();
  const Road road{catalog(), l, {"A01", "A06"}};
  for (int columns : {36, 40, 80, 120})
    for (bool unicode : {false, true}) {
      Terminal t;
      t.columns = columns, t.unicode = unicode;
      std::string text = road_text(road, t, false) + road_text(road, t, true);
      for (const Lesson& every : catalog().lessons) text += item_text(road, every, t);
      for (const Project& every : catalog().projects) text += item_text(road, every, t);
      for (const Phase& every : catalog().phases) text += phase_text(road, every, t);
      for (const std::string& line : split(text, '\n')) ASSERT_LE(columns_of(line), size_t(columns)) << line;
      EXPECT_EQ(text.find('\x1b'), std::string::npos);
      if (!unicode) EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; }));
    }
  Terminal t;
  EXPECT_TRUE(contains(road_text(road, t, false), " xA01  xA02  oA03"));
  EXPECT_TRUE(contains(item_text(road, lesson("B01"), t), "not written yet"));
  EXPECT_TRUE(contains(item_text(road, lesson("A06"), t), "cairn learn A06"));
  EXPECT_TRUE(contains(item_text(road, catalog().item("PA"), t), "This project is not written yet"));
  EXPECT_TRUE(contains(item_text({catalog(), l, {"PA"}}, catalog().item("PA"), t), "cairn learn PA"));
}

TEST(Road, the_page_shows_every_lesson_and_every_link_leads_somewhere) {
  const Learned l = some();
  const std::string page = road_html({catalog(), l, {"A01", "A06"}});
  const auto xml = testing_xml::read_xml(page.substr(page.find("<main>"), page.find("</main>") + 7 - page.find("<main>")));
  EXPECT_EQ(xml.error, "");
  std::set<std::string> ids, targets;
  for (const auto& [name, value] : xml.attributes) {
    if (name == "id") EXPECT_TRUE(ids.insert(value).second) << value << " twice";
    if (name == "href") targets.insert(value);
  }
  for (const std::string& t : targets) EXPECT_TRUE(t.starts_with("#") && ids.count(t.substr(1))) << t;
  for (const Lesson& every : catalog().lessons) EXPECT_TRUE(ids.count(every.id) && targets.count("#" + every.id)) << every.id;
  EXPECT_EQ(xml.count.at("svg"), 2);
  EXPECT_EQ(size_t(xml.count.at("article")), catalog().lessons.size() + catalog().projects.size());
  EXPECT_EQ(xml.count.count("script"), 0u);
  EXPECT_EQ(page.find("http"), std::string::npos) << "a page loads nothing";
  size_t unwritten = 0;
  for (size_t at = 0; (at = page.find("<em>not written yet</em>", at)) != std::string::npos; at++) unwritten++;
  EXPECT_EQ(unwritten, catalog().lessons.size() + catalog().projects.size() - 2);
}

// Boxes of the map: within it, and none upon another.
TEST(Road, boxes_of_the_map_do_not_overlap) {
  const Learned l = some();
  for (bool narrow : {false, true}) {
    const auto xml = testing_xml::read_xml(road_svg({catalog(), l, {}}, narrow));
    ASSERT_EQ(xml.error, "");
    std::vector<std::array<double, 4>> boxes;
    bool node = false;
    for (const auto& [name, value] : xml.attributes) {
      if (name == "class") node = value == "node";
      if (node && name == "x") boxes.push_back({std::stod(value), 0, 0, 0});
      if (node && name == "y" && boxes.back()[2] == 0) boxes.back()[1] = std::stod(value);
      if (node && name == "width") boxes.back()[2] = std::stod(value);
      if (node && name == "height") boxes.back()[3] = std::stod(value), node = false;
    }
    ASSERT_EQ(boxes.size(), catalog().lessons.size() + catalog().projects.size());
    for (size_t i = 0; i < boxes.size(); i++)
      for (size_t k = i + 1; k < boxes.size(); k++) {
        const auto &a = boxes[i], &b = boxes[k];
        EXPECT_FALSE(a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3]) << i << " and " << k;
      }
  }
}

TEST(Road, papers_and_terms_of_written_phases_are_in_their_lists) {
  const std::vector<Term>& terms = glossary();
  std::set<std::string> names;
  for (const Term& t : terms) {
    names.insert(lower(t.name));
    for (const std::string& s : t.synonyms) names.insert(lower(s));
  }
  const std::string listed = read_file(course_folder() + "/papers.toml");
  for (const Lesson& l : catalog().lessons) {
    for (const std::string& p : l.papers) EXPECT_TRUE(contains(listed, "id = \"" + p + "\"")) << l.id;
    if (l.phase == "W" || l.phase == "A")
      for (const std::string& t : l.terms) EXPECT_TRUE(names.count(lower(t))) << l.id << ": " << t;
  }
}

// The verbs, as somebody types them in an empty home.
class RoadProgram : public ::testing::Test {
 protected:
  TempFolder home;
  ProcessResult cairn(std::vector<std::string> words) {
    ProcessOptions o;
    o.environment = {{"CAIRN_HOME", home.path()}, {"COLUMNS", "40"}, {"LC_ALL", "C"}, {"TERM", "dumb"}};
    words.insert(words.begin(), CAIRN_BINARY_DIR "/cairn");
    return run_process(words, o);
  }
};

TEST_F(RoadProgram, the_road_and_the_plan_answer_in_an_empty_home) {
  const ProcessResult map = cairn({"road"});
  EXPECT_EQ(map.code, 0) << map.err;
  EXPECT_TRUE(contains(map.out, "A01"));
  EXPECT_EQ(Json::parse(cairn({"road", "--json"}).out).at("lessons").size(), 64u);
  EXPECT_EQ(cairn({"road", "A66"}).code, 2);
  EXPECT_FALSE(file_exists(home / "plan.json")) << "looking at the map writes nothing";
  const ProcessResult refused = cairn({"plan", "--replan"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_TRUE(contains(refused.err, "there is no plan to change yet"));
  EXPECT_TRUE(contains(cairn({"plan", "--start", "2020-01-04"}).err, "which is past"));
  EXPECT_EQ(cairn({"plan", "--hours", "0"}).code, 2);
  EXPECT_FALSE(file_exists(home / "plan.json"));
  ASSERT_EQ(cairn({"plan", "--track", "A01,A06", "--start", "2150-01-05", "--hours", "4"}).code, 0);
  EXPECT_TRUE(contains(cairn({"plan", "--replan", "--start", "2020-01-04"}).err, "which is past"));
  const Json plan = Json::parse(cairn({"plan", "--json"}).out);  // the one that is kept
  EXPECT_EQ(plan.at("request").at("track"), Json("A01,A06"));
  const ProcessResult short_of_time = cairn({"plan", "--track", "phase-A", "--start", "2150-01-05", "--end", "2150-01-20"});
  EXPECT_EQ(short_of_time.code, 1);
  EXPECT_TRUE(contains(short_of_time.out, "The hours do not suffice"));
  EXPECT_EQ(Json::parse(cairn({"plan", "--json"}).out).at("request").at("track"), Json("A01,A06")) << "what does not fit is not kept";
  const ProcessResult slow = cairn({"plan", "--track", "12-week", "--hours", "2", "--start", "2150-01-05"});
  EXPECT_EQ(slow.code, 0) << slow.err;  // it is made all the same
  EXPECT_TRUE(contains(slow.out, "What may be changed:\n  a later end: ")) << slow.out;
  EXPECT_EQ(slow.out.find("What may be changed"), slow.out.rfind("What may be changed")) << "told once: " << slow.out;
  EXPECT_TRUE(contains(cairn({"plan", "--format", "markdown"}).out, "What may be changed: a later end: "));
  EXPECT_TRUE(contains(slow.out, "\n    cairn plan --hours 10 --start 2150-01-05 --track 12-week")) << slow.out;
  EXPECT_EQ(Json::parse(cairn({"plan", "--json"}).out).at("notes").size(), 2u);
  ASSERT_EQ(cairn({"plan", "--format", "ics", "--out", home / "plan.ics"}).code, 0);
  EXPECT_TRUE(read_file(home / "plan.ics").starts_with("BEGIN:VCALENDAR\r\n"));
}

// Prose keeps to 40 columns and to ASCII. A single word, a command, an address may be longer; `code`: so may what is indented by four.
void expect_narrow(const std::string& printed, bool code) {
  EXPECT_TRUE(std::all_of(printed.begin(), printed.end(), [](char c) { return static_cast<unsigned char>(c) < 128; })) << printed;
  for (const std::string& line : split(printed, '\n')) {
    const std::string_view text = trim(line);
    const bool one_word = text.find(' ') == std::string_view::npos;
    if (!one_word && !(code && line.starts_with("    ")) && !contains(line, "http") && !contains(line, "/exercise") &&
        !(text.starts_with("cairn ") && !contains(line, ": "))) {
      EXPECT_LE(columns_of(line), 40u) << line;
    }
  }
}

TEST_F(RoadProgram, words_papers_resources_and_hints_fit_a_narrow_terminal) {
  for (const char* id : {"A01", "PA"})
    for (int i = 0; i < 2; i++) EXPECT_EQ(cairn({"hint", id}).code, 0);  // the third answer holds all three
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"glossary"}, {"glossary", "gradient"}, {"resources"}, {"papers"}, {"papers", "hochreiter-1997"}, {"hint", "A01"}, {"hint", "PA"}}) {
    SCOPED_TRACE(join(words, " "));
    const ProcessResult r = cairn(words);
    EXPECT_EQ(r.code, 0) << r.err;
    expect_narrow(r.out, words[0] != "resources" && words[0] != "papers");
    EXPECT_FALSE(words[0] == "hint" && contains(r.out, "$")) << "maths can be read: " << r.out;
  }
  EXPECT_TRUE(contains(cairn({"hint", "PA"}).out, "z = xw + b"));
}

TEST_F(RoadProgram, questions_beginnings_and_errors_fit_a_narrow_terminal) {
  const std::string course = home / "exercises";
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{},
                                             {"quiz", "A06", "--seed", "5", "--answers", "?,?,?,?,?,?"},
                                             {"place", "--seed", "5", "--answers", "?"},
                                             {"place", "--seed", "5", "--answers", "?,?,?,?,?,?"},
                                             {"start", "A01", "--folder", course},
                                             {"start", "A01", "--folder", course},
                                             {"reset", "A01", "--folder", course},
                                             {"review", "--list"},
                                             {},
                                             {"plan", "--track", "A01,A06", "--start", "2150-01-05", "--hours", "4"},
                                             {"plan", "--track", "12-week", "--hours", "2", "--start", "2150-01-05"}}) {
    SCOPED_TRACE(join(words, " "));
    const ProcessResult r = cairn(words);
    EXPECT_EQ(r.code, 0) << r.err;
    expect_narrow(r.out, !words.empty() && words[0] == "place");
  }
  for (const char* verb : {"plan", "check", "place", "demo"}) expect_narrow(cairn({verb, "--help"}).out, false);
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"start", "A14", "--folder", course},
                                                                                     {"start", "A66", "--folder", course},
                                                                                     {"check", "A02", "--folder", course, "--anyway"},
                                                                                     {"hint", "Z99"},
                                                                                     {"quiz", "D13"},
                                                                                     {"place", "--answers", "77x"},
                                                                                     {"plan", "--days", "mondy"},
                                                                                     {"learn", "nonsense"},
                                                                                     {"glossary", "nonsense"},
                                                                                     {"papers", "nonsense"},
                                                                                     {"train", "mlp", "--mine"},
                                                                                     {"progress", "--reset"},
                                                                                     {"quizz"}}) {
    SCOPED_TRACE(join(words, " "));
    const ProcessResult r = cairn(words);
    EXPECT_NE(r.code, 0) << r.out;
    EXPECT_TRUE(r.err.starts_with("cairn:")) << r.err;
    expect_narrow(r.err, false);
  }
}

}  // namespace cairn::course
