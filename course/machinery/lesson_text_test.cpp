// Reading lessons, and what is found to be wrong with them.
#include <course/machinery/lesson_text.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/lesson_rules.h>
#include <tests/helpers/lesson.h>

namespace cairn::course {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> lesson_problems(const std::string& text) {
  const FixtureLesson lesson(text);
  return text_problems(lesson.folder, lesson.built);
}
std::vector<std::string> problems_with(const std::string& from, const std::string& to) { return lesson_problems(with(fixture_text(), from, to)); }

const TextBlock& block(const LessonText& lesson, TextBlock::Kind kind, int number = 0) {
  for (const TextBlock& b : lesson.blocks)
    if (b.kind == kind && number-- == 0) return b;
  throw StateError("no such block");
}

// The numbers that are told to be bare.
std::vector<std::string> bare(const std::string& text) {
  std::vector<std::string> found;
  for (const Span& s : spans_of(text))
    for (const size_t at : bare_digits(s, s.begin == 0)) found.push_back(s.text.substr(at, s.text.find_first_not_of("0123456789.", at) - at));
  return found;
}

TEST(LessonText, a_good_lesson_has_no_problems) { EXPECT_THAT(lesson_problems(fixture_text()), IsEmpty()); }

TEST(LessonText, is_read_into_blocks_with_its_numbers_filled_in) {
  const FixtureLesson fixture;
  const LessonText lesson = read_lesson(fixture.folder, fixture.built);
  EXPECT_EQ(lesson.id, "T01");
  EXPECT_EQ(lesson.title, "A parabola");
  EXPECT_TRUE(lesson.drawn);
  const std::string& text = block(lesson, TextBlock::markdown).text;
  EXPECT_THAT(text, HasSubstr("At $x = 3$ the value is $f(3) = 9$; a step of 0.5 leads to 12.25."));
  EXPECT_THAT(text, HasSubstr("| 0.5 | 6.5 |"));
  const TextBlock& predict = block(lesson, TextBlock::predict);
  ASSERT_EQ(predict.choices.size(), 2u);
  EXPECT_EQ(predict.choices[0].thought, "the rise is about halved with it, so their ratio is not");
  EXPECT_TRUE(predict.choices[1].right);
  EXPECT_EQ(block(lesson, TextBlock::figure).name, "secant");
  EXPECT_EQ(lesson.figure("secant")->frames.size(), 12u);
  EXPECT_EQ(block(lesson, TextBlock::code).output, "<slope> & 6\n");
  EXPECT_EQ(block(lesson, TextBlock::code, 2).info, "python torch");
}

TEST(LessonText, in_maths_a_power_of_ten_is_written_as_one) {
  const FixtureLesson fixture(
      with(fixture_text(), "where $h$ is the step.", "where ${{= 0.000006 : .0e}}$ and ${{= 2500000 : .1e}}$, in prose {{= 0.000006 : .0e}}."));
  const LessonText lesson = read_lesson(fixture.folder, fixture.built);
  EXPECT_THAT(block(lesson, TextBlock::markdown).text, HasSubstr("where $6 \\cdot 10^{-6}$ and $2.5 \\cdot 10^{6}$, in prose 6e-06."));
}

TEST(LessonText, a_number_of_no_run_is_a_problem_with_its_line) {
  EXPECT_THAT(problems_with("where $h$ is the step.", "where $h$ is the step of 0.37."),
              ElementsAre(HasSubstr("lesson.md:19: the number 0.37 in prose")));
  EXPECT_THAT(problems_with("= 2x$$", "= 17x$$"), ElementsAre(HasSubstr("lesson.md:17: the number 17 in maths")));
  EXPECT_THAT(problems_with("hardly changes", "is 6"), ElementsAre(HasSubstr("the number 6 in prose")));
}

TEST(LessonText, digits_are_free_in_code_ids_years_list_numbers_and_addresses) {
  EXPECT_THAT(bare("see A06, R2, f32 and `x = 3`, Rosenblatt (1958), Rumelhart et al. 1986, LeCun et al., 1998"), IsEmpty());
  EXPECT_THAT(bare("1. first\n2. second\n   10) third"), IsEmpty());
  EXPECT_THAT(bare("<https://example.org/2024/3> and [a page](https://example.org/7)"), IsEmpty());
  EXPECT_THAT(bare("{{x := 3}} and ``a ` 3``"), IsEmpty());
  EXPECT_THAT(bare("about 3 of 2.5, in 1958 or (30000) 3D; the 4."), ElementsAre("3", "2.5", "1958", "30000", "3", "4."));
  EXPECT_THAT(bare("it rose in the year of Rosenblatt 19.58"), ElementsAre("19.58"));
}

TEST(LessonText, in_maths_exponents_indices_and_0_1_2_are_free) {
  EXPECT_THAT(bare("$x_{12}^{10} + x^3 - W_7 + \\frac{1}{2} + \\frac12 + 0 \\\\[4pt] 2x$"), IsEmpty());
  EXPECT_THAT(bare("$3x + 0.5 + 10 + 12^2 + \\frac35$"), ElementsAre("3", "0.5", "10", "12", "35", "5"));
  EXPECT_THAT(bare("a price of $3 or $4"), ElementsAre("3", "4"));
}

TEST(LessonText, names_ranges_and_formats_are_checked) {
  EXPECT_THAT(problems_with("{{slope in 2.0..2.5 :.2f}}", "{{slope in 3..4}}"), ElementsAre(HasSubstr("slope is 2.25, outside of 3..4")));
  EXPECT_THAT(problems_with("{{class_name}}", "{{clas_name}} {{slop}}"),
              ElementsAre(HasSubstr("'clas_name' is not defined"), HasSubstr("'slop' is not defined. Did you mean 'slope'?")));
  EXPECT_THAT(problems_with("{{= x^2}}", "{{= x^}}"), ElementsAre(HasSubstr("lesson.md:7: {{= x^}}")));
  EXPECT_THAT(problems_with("{{= x^2}}", "{{= x^2}}{{hidden slope := 2.1}}"), ElementsAre(HasSubstr("'slope' is a number of figure.cpp")));
}

TEST(LessonText, sections_stand_in_their_order) {
  EXPECT_THAT(problems_with("## By hand", "## By hands"), Contains(HasSubstr("there is no section 'By hands'. Did you mean 'By hand'?")));
  EXPECT_THAT(problems_with("## Exercise\nWrite the slope.\n", ""), ElementsAre(HasSubstr("before this, the section '## Exercise' is missing")));
  EXPECT_THAT(problems_with("## Now you can", "## Exercise"),
              ElementsAre("lesson.md: the section '## Now you can' is missing.", HasSubstr("wrong place or twice")));
  EXPECT_THAT(problems_with("# T01 A parabola", "# T02 A parabola"), ElementsAre(HasSubstr("begins with the lesson's id: # T01")));
}

TEST(LessonText, predict_blocks_have_one_right_choice_and_a_thought_for_each) {
  EXPECT_THAT(problems_with("- [x] hardly changes", "- [ ] hardly changes"), ElementsAre(HasSubstr("one of them right")));
  EXPECT_THAT(problems_with("hardly changes :: rise", "hardly changes; rise"), ElementsAre(HasSubstr("does not say, behind ' :: ', which thought")));
  EXPECT_THAT(problems_with("::: predict\nThe step becomes **half**", "::: predikt\nThe step becomes **half**"),
              Contains(HasSubstr("1 predict blocks")));
}

TEST(LessonText, figures_must_be_drawn_and_shown) {
  EXPECT_THAT(problems_with("figure:secant", "figure:secants"),
              ElementsAre("lesson.md: the figure 'secant' is drawn but not shown.", "lesson.md: no figure with a slider of at least 12 frames.",
                          HasSubstr("draws no figure 'secants'. Did you mean 'secant'?")));
  EXPECT_THAT(problems_with("](figure:parabola)", "](parabola.png)"), Contains(HasSubstr("an image that is no figure")));
}

TEST(LessonText, programs_are_short_whole_and_have_run_as_they_stand) {
  EXPECT_THAT(problems_with("std::puts(\"<slope>", "std::puts(\"slope"), ElementsAre(HasSubstr("has not run as it stands here")));
  EXPECT_THAT(problems_with("int main() {", "int mean() {"), Contains(HasSubstr("it has no main")));
  EXPECT_THAT(problems_with("int main() {", "int main() {" + std::string(40, '\n')), Contains(HasSubstr("a program of 45 lines")));
  EXPECT_THAT(problems_with("```python torch", "```python"), ElementsAre(HasSubstr("nothing in PyTorch")));
}

TEST(LessonText, is_neither_too_short_nor_too_long) {
  const std::string sentence = "The slope says how fast a function rises near a place.\n";
  std::string text = fixture_text();
  for (int i = 0; i < 60; i++) text = with(text, sentence, "");
  EXPECT_THAT(lesson_problems(text), ElementsAre(HasSubstr("words of prose; 1200 to 2500")));
  for (int i = 0; i < 200; i++) text = with(text, sentence, sentence + sentence);
  EXPECT_THAT(lesson_problems(text), ElementsAre(HasSubstr("words of prose; 1200 to 2500")));
}

TEST(LessonText, without_a_build_that_is_the_one_problem) {
  const FixtureLesson fixture;
  EXPECT_THAT(text_problems(fixture.folder, fixture.built + "-nowhere"), ElementsAre(HasSubstr("build the target cairn_figures")));
}

TEST(LessonText, a_missing_or_binary_or_endless_file_is_told) {
  const FixtureLesson fixture;
  EXPECT_THAT(text_problems(fixture.folder + "s", fixture.built), ElementsAre(HasSubstr("lesson.md")));
  write_unsynced(fixture.folder + "/lesson.md", "\xff\xfe");
  EXPECT_THAT(text_problems(fixture.folder, fixture.built), ElementsAre(HasSubstr("is no UTF-8 text")));
  write_unsynced(fixture.folder + "/lesson.md", std::string(1 << 20, 'a'));
  EXPECT_THROW(read_lesson(fixture.folder, fixture.built), FileError);
  for (const char* text : {"", "```", "::: predict", "$", "{{", "![", "# ", "|", "`", "$$"})
    EXPECT_THAT(lesson_problems(text), Contains(HasSubstr("words of prose"))) << text;
}

TEST(LessonBook, names_are_given_once_and_numbers_are_finite) {
  const TempFolder temp;
  FileBook book("T01", temp / "built");
  book.number("loss", 1);
  EXPECT_THROW(book.words("loss", "twice"), StateError);
  EXPECT_THROW(book.number("a-b", 1), StateError);
  EXPECT_THROW(book.number("nothing", std::nan("")), NumericError);
  EXPECT_THROW(book.slider("one", "label", {Frame{}}), StateError);
}

}  // namespace
}  // namespace cairn::course
