#include <course/machinery/papers.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/errors.h>
#include <recipes/recipe.h>
#include <tests/helpers/temp_folder.h>

namespace cairn::course {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

std::vector<std::string> recipe_names() {
  std::vector<std::string> names;
  for (const RecipeInfo* r : all_recipes()) names.push_back(r->name);
  return names;
}

}  // namespace

TEST(Papers, the_list_and_the_notes_are_whole) { EXPECT_THAT(paper_problems(catalog(), papers(), recipe_names()), IsEmpty()); }

TEST(Papers, three_notes_of_phase_a_are_written) {
  for (const char* id : {"rosenblatt-1958", "rumelhart-1986", "lecun-1998"}) EXPECT_THAT(folder_of(find_paper(id)), Not(IsEmpty())) << id;
}

TEST(Papers, a_paper_is_found_by_its_authors_name) {
  EXPECT_EQ(find_paper("LeCun").id, "lecun-1998");
  EXPECT_EQ(find_paper("kingma-2014").id, "kingma-2014");
  try {
    find_paper("rosenblat");
    FAIL();
  } catch (const UsageError& e) { EXPECT_THAT(e.what(), HasSubstr("rosenblatt")); }
}

TEST(Papers, a_paper_is_found_by_words_of_its_title) {
  const auto ids = [](const std::string& typed) {
    std::vector<std::string> list;
    for (const Paper* p : find_papers(typed)) list.push_back(p->id);
    return list;
  };
  EXPECT_THAT(ids("resnet"), testing::ElementsAre("he-2015"));
  EXPECT_THAT(ids("Deep residual"), testing::ElementsAre("he-2015"));
  EXPECT_THAT(ids("residual vaswani"), IsEmpty()) << "each word must be there";
  EXPECT_THAT(ids("optimisation"), testing::ElementsAre("kingma-2014"));
  EXPECT_THAT(ids("language"), testing::SizeIs(testing::Ge(3u)));
  EXPECT_THAT(ids("LSTM"), testing::ElementsAre("hochreiter-1997"));
  EXPECT_THAT(ids("LeCun"), testing::ElementsAre("lecun-1998"));
  EXPECT_THAT(ids("kingma"), testing::ElementsAre("kingma-2014"));
  EXPECT_THAT(ids("xyzzy"), IsEmpty());
  EXPECT_THAT(ids("-"), IsEmpty());
}

TEST(Papers, a_note_takes_its_numbers_from_the_record) {
  TempFolder folder;
  folder.put("record.json", R"({"command": "cairn train mlp", "numbers": {"error": 0.789}})");
  folder.put("note.md", "We ran {{command}} and got {{error : .2f}}.");
  EXPECT_EQ(note_of(folder.path()), "We ran cairn train mlp and got 0.79.");
  folder.put("note.md", "{{other}}");
  EXPECT_THROW(note_of(folder.path()), FileError);
  folder.put("record.json", "{");
  EXPECT_THROW(note_of(folder.path()), FileError);
}

TEST(Papers, a_list_with_a_paper_twice_or_without_a_year_is_an_error_with_its_line) {
  TempFolder folder;
  const std::string one =
      "[[paper]]\nid = \"a-1999\"\ntitle = \"T\"\nauthors = \"A\"\nyear = 1999\nwhere = \"W\"\ndifficulty = 1\nminutes = 60\nask = \"q\"\n"
      "implement = \"e\"\nneeds = [\"A01\"]\n";
  EXPECT_EQ(load_papers(folder.put("p.toml", one)).size(), 1u);
  EXPECT_THROW(load_papers(folder.put("p.toml", one + one)), FileError);
  EXPECT_THROW(load_papers(folder.put("p.toml", one + "yeer = 3\n")), FileError);
}

}  // namespace cairn::course
