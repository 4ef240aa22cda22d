#include <course/machinery/catalog.h>

#include <algorithm>

#include <gtest/gtest.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <course/machinery/paths.h>
#include <tests/helpers/errors.h>

namespace cairn::course {

namespace {

std::string road_text() { return read_file(course_folder() + "/roadmap.toml"); }

// The road with `from` replaced once by `to`.
std::string changed_road(const std::string& from, const std::string& to) {
  std::string text = road_text();
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string catalog_problems(const std::string& text) {
  std::string all;
  for (const std::string& p : problems(parse_catalog(text, "road.toml"))) all += p + "\n";
  return all;
}

std::string catalog_error(const std::string& text) {
  try {
    parse_catalog(text, "road.toml");
  } catch (const FileError& e) { return e.what(); }
  return "no error";
}

double hours(const std::string& track) {
  double sum = 0;
  const Track& t = *catalog().find_track(track);
  for (const std::string& id : t.items) sum += t.hours_of(catalog().item(id));
  return sum;
}

}  // namespace

TEST(Catalog, the_road_is_whole) {
  EXPECT_EQ(catalog_problems(road_text()), "");
  const Catalog& c = catalog();
  EXPECT_EQ(c.lessons.size(), 64u);
  EXPECT_EQ(c.projects.size(), 9u);
  EXPECT_EQ(c.phases.size(), 5u);
}

TEST(Catalog, hours_are_those_of_the_curriculum) {
  double warm = 0, all = 0;
  for (const Lesson& l : catalog().lessons) (l.phase == "W" ? warm : all) += l.hours;
  EXPECT_EQ(warm, 4);
  EXPECT_EQ(all, 202);
  EXPECT_EQ(hours("12-week"), 121);
  EXPECT_EQ(hours("phase-A"), 48 + 4);
  EXPECT_EQ(hours("6-12-months"), 202 + 42);
  std::vector<double> blocks;
  for (const Block& b : catalog().find_track("12-week")->blocks) blocks.push_back(b.hours);
  EXPECT_EQ(blocks, (std::vector<double>{20, 20, 31, 20, 20, 10}));
  EXPECT_EQ(catalog().find_track("12-week")->weeks, 12);
  EXPECT_EQ(catalog().find_track("bootcamp-3m")->weeks, 13);
}

TEST(Catalog, lessons_are_found_however_their_id_is_typed_and_others_get_the_nearest) {
  EXPECT_EQ(lesson("a06").id, "A06");
  auto says = [](const std::string& id) {
    try {
      return lesson(id).id;
    } catch (const UsageError& e) { return std::string(e.what()); }
  };
  EXPECT_NE(says("A6").find("Did you mean A06 (Derivatives"), std::string::npos) << says("A6");
  EXPECT_NE(says("attention").find("C01"), std::string::npos) << says("attention");
  EXPECT_NE(says("A99").find("there is no lesson 'A99'"), std::string::npos) << says("A99");
  EXPECT_NE(says("PA").find("is a project"), std::string::npos) << says("PA");
  EXPECT_NE(says("").find("cairn road"), std::string::npos) << says("");
}

TEST(Catalog, only_lessons_with_a_folder_are_written) {
  EXPECT_TRUE(written(lesson("A06")));
  EXPECT_TRUE(folder_of(lesson("A06")).ends_with("/A06-derivatives"));
  Lesson later;
  later.id = "Z99";
  EXPECT_FALSE(written(later));
  EXPECT_EQ(folder_of(later), "");
}

TEST(Catalog, cycles_missing_ids_and_wrong_hours_are_told) {
  EXPECT_NE(catalog_problems(changed_road("id = \"A02\"\ntitle = \"Tensors, broadcasting\"\nhours = 3\nneeds = [\"A01\"]",
                                          "id = \"A02\"\ntitle = \"Tensors, broadcasting\"\nhours = 3\nneeds = [\"A06\"]"))
                .find("A02 needs A06 needs A02"),
            std::string::npos);
  EXPECT_NE(catalog_problems(changed_road("needs = [\"A03\", \"A06\"]", "needs = [\"A03\", \"A66\"]"))
                .find("needs A66, which is not there. Did you mean 'A06'"),
            std::string::npos);
  const std::string longer = catalog_problems(changed_road("title = \"Data, splits\"\nhours = 3", "title = \"Data, splits\"\nhours = 5"));
  EXPECT_NE(longer.find("the hours of the lessons: [totals] says 202, they add up to 204"), std::string::npos) << longer;
  EXPECT_NE(longer.find("is said to take 20 hours, its items take 22"), std::string::npos) << longer;
  EXPECT_NE(catalog_problems(changed_road("id = \"A03\"", "id = \"A02\"")).find("A02 is there twice"), std::string::npos);
  EXPECT_NE(catalog_problems(changed_road("\"D12\", \"D13\",\n", "\"D13\",\n")).find("no track leads to D12"), std::string::npos);
  EXPECT_NE(catalog_problems(changed_road("id = \"12-week\"\n", "id = \"12-week\"\nweeks = 13\n"))
                .find("12-week is said to take 13 weeks, its blocks end with week 12"),
            std::string::npos);
  EXPECT_NE(catalog_problems(changed_road("items = [\"A01\", \"A02\", ", "items = [\"A02\", \"A01\", ")).find("comes to A02 before A01"),
            std::string::npos);
}

TEST(Catalog, a_damaged_file_is_an_error_with_its_line) {
  EXPECT_EQ(catalog_error("[totals]\nwarm_up_hours = \n").find("road.toml line 2: "), 0u) << catalog_error("[totals]\nwarm_up_hours = \n");
  EXPECT_NE(catalog_error(changed_road("hours = 3\n", "hours = \"three\"\n")).find("hours must be a number"), std::string::npos);
  EXPECT_NE(catalog_error(changed_road("demo = ", "demmo = ")).find("there is no 'demmo' here. Did you mean 'demo'?"), std::string::npos);
  EXPECT_NE(catalog_error(changed_road("hours = 2\n", "hours = -2\n")).find("hours must lie between"), std::string::npos);
  EXPECT_NE(catalog_error(changed_road("weeks = [1, 2]", "weeks = [2, 1]")).find("weeks must be"), std::string::npos);
  std::string deep = "a";
  for (int i = 0; i < 200000; i++) deep += ".a";
  EXPECT_NE(catalog_error(deep + " = 1").find("line 1: more than 500 dots"), std::string::npos);
  EXPECT_NE(catalog_error("a = " + std::string(100000, '[')).find("line 1: "), std::string::npos);
  EXPECT_NE(catalog_error("").find("'warm_up_hours' is missing"), std::string::npos);
  EXPECT_TRUE(contains(message_of<FileError>([] { load_catalog("/nowhere/roadmap.toml"); }), "/nowhere/roadmap.toml"));
}

// Bytes changed, removed and doubled at random: an error with a line, or a road; never a crash.
TEST(Catalog, random_damage_is_always_told) {
  const std::string whole = road_text();
  int refused = 0;
  for (uint64_t i = 0; i < 300; i++) {
    Random random(7, i);
    std::string text = whole;
    for (int n = 0; n < 3; n++) {
      const size_t at = random.below(text.size());
      const uint64_t kind = random.below(4);
      if (kind == 0) text[at] = char(random.below(256));
      else if (kind == 1) text.erase(at, 1 + random.below(30));
      else if (kind == 2) text.insert(at, text.substr(random.below(text.size()), 20));
      else text.resize(at + 1);
    }
    try {
      refused += !problems(parse_catalog(text, "road.toml")).empty();
    } catch (const FileError& e) {
      refused++;
      EXPECT_EQ(std::string(e.what()).find("road.toml line "), 0u) << e.what();
    }
  }
  EXPECT_GT(refused, 150);
}

}  // namespace cairn::course
