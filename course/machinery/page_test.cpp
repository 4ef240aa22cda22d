// Lessons as pages and as text in a terminal.
#include <course/machinery/page.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/text.h>
#include <course/machinery/markdown.h>
#include <tests/helpers/lesson.h>

namespace cairn::course {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string html(const std::string& markdown) { return Markdown(markdown).html(false); }
Terminal terminal_of(int columns, bool unicode = true) {
  Terminal t;
  t.columns = columns;
  t.unicode = unicode;
  return t;
}

const Term slope_term{"slope", {}, "How steep a line is. Rise divided by step.", "\\frac{a}{b}", "T00"};
const Term rise_term{"rise", {"the step up"}, "How far it goes up. In the unit of y.", "", "T01"};

Surroundings around() {
  Surroundings s;
  s.phase = "Phase T: trials";
  s.next_id = "T02", s.next_title = "Cubes", s.next_written = true;
  s.demo = s.exercise = s.quiz = true;
  s.terms = {&slope_term, &rise_term};
  return s;
}
std::string page_of(const FixtureLesson& f) { return lesson_page(read_lesson(f.folder, f.built), around()); }
std::string text_of(const FixtureLesson& f, const Terminal& t) { return lesson_in_terminal(read_lesson(f.folder, f.built), around(), t); }

size_t count(const std::string& text, const std::string& what) {
  size_t n = 0;
  for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += what.size()) n++;
  return n;
}

TEST(LessonMarkdown, maths_is_kept_from_markdown) {
  EXPECT_EQ(html("a $x_1 * y_1$ and *b*"), "<p>a <span class=\"m\">x_1 * y_1</span> and <em>b</em></p>\n");
  EXPECT_EQ(html("$$a < b & c$$"), "<p><span class=\"m d\">a &lt; b &amp; c</span></p>\n");
  EXPECT_EQ(html("a price of \\$3, `$x$`"), "<p>a price of $3, <code>$x$</code></p>\n");
  EXPECT_THAT(html("| a | b |\n|---|--:|\n| $|x|$ | 2 |\n"), HasSubstr("<td><span class=\"m\">|x|</span></td>"));
}

TEST(LessonMarkdown, html_images_and_scripts_of_the_text_are_only_text) {
  EXPECT_EQ(html("a <b>c</b> <img src=x onerror=alert(1)>"), "<p>a &lt;b&gt;c&lt;/b&gt; &lt;img src=x onerror=alert(1)&gt;</p>\n");
  EXPECT_THAT(html("<script>alert(1)</script>\n\nx"), Not(HasSubstr("<script")));
  EXPECT_THAT(html("![seen](http://example.org/a.png)"), Not(HasSubstr("example.org")));
  EXPECT_THAT(html("[x](javascript:alert(1))"), Not(HasSubstr("javascript")));
  EXPECT_THAT(html("$</span><script>alert(1)</script>$"), Not(HasSubstr("<script")));
}

TEST(LessonMarkdown, terms_are_linked_at_their_first_use_outside_of_headings_and_code) {
  TermLinks links({&slope_term, &rise_term});
  const std::string out = Markdown("## The slope\n\n`slope` Slopes, slope; sloped, a step-slope, the step up\n").html(false, &links);
  EXPECT_EQ(count(out, "<a class=\"term\""), 2u);
  EXPECT_THAT(out, HasSubstr("href=\"#term-slope\" title=\"How steep a line is. Rise divided by step.\">Slopes</a>, slope"));
  EXPECT_THAT(out, HasSubstr(">the step up</a>"));
}

TEST(LessonMarkdown, terms_in_a_table_are_linked_and_not_lost) {
  TermLinks links({&slope_term, &rise_term});
  const std::string out = Markdown("| what | how |\n|---|---|\n| the slope | of a rise |\n").html(false, &links);
  EXPECT_EQ(count(out, "<a class=\"term\""), 2u);
  EXPECT_THAT(out, HasSubstr("<td>the <a class=\"term\" href=\"#term-slope\" title=\"How steep a line is. Rise divided by step.\">slope</a></td>"));
}

TEST(LessonMarkdown, an_abbreviation_is_a_term_only_as_it_is_written) {
  const Term score{"average precision", {"mAP"}, "A score of detectors. It is an area.", "", "T02"};
  TermLinks links({&score});
  EXPECT_EQ(Markdown("a map of the mAP").html(false, &links),
            "<p>a map of the <a class=\"term\" href=\"#term-average-precision\" title=\"A score of detectors. It is an area.\">mAP</a></p>\n");
}

TEST(LessonMarkdown, in_a_terminal_is_wrapped_and_indented) {
  const std::string text =
      Markdown("Some words that go on and on.\n\n- first item that is long\n- second $x^2$\n\n1. one\n2. two\n\n> said\n").text(terminal_of(24), 24);
  EXPECT_EQ(text, "Some words that go on\nand on.\n\n• first item that is\n  long\n• second x²\n\n1. one\n2. two\n\n> said\n");
}

TEST(LessonMarkdown, tables_are_columns_or_where_they_do_not_fit_lines) {
  const std::string table = "| step | slope |\n|---|--:|\n| a half | 6.5 |\n";
  EXPECT_EQ(Markdown(table).text(terminal_of(40, false), 40), "step    slope\n------  -----\na half    6.5\n");
  EXPECT_EQ(Markdown("| a long heading | b |\n|---|---|\n| some words that go on | more |\n").text(terminal_of(24, false), 24),
            "- a long heading: some\n  words that go on\n  b: more\n");
}

TEST(LessonMarkdown, is_ascii_where_the_terminal_is) {
  const std::string text = Markdown("“x” → $\\alpha$ – ü ☃\n\n- é").text(terminal_of(40, false), 40);
  EXPECT_EQ(text, "\"x\" -> alpha - ue ?\n\n- e\n");
}

TEST(LessonPage, has_all_of_the_lesson_and_loads_nothing) {
  const std::string page = page_of(FixtureLesson());
  EXPECT_THAT(page, HasSubstr("<title>T01 A parabola</title>"));
  EXPECT_THAT(page, HasSubstr("<h2 id=\"by-hand\">By hand</h2>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"#what-goes-wrong-in-practice\">"));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_EQ(count(page, "<fieldset class=\"predict\""), 2u);
  EXPECT_EQ(count(page, "type=\"range\""), 1u);
  EXPECT_EQ(count(page, "class=\"frame\""), 12u);
  EXPECT_EQ(count(page.substr(0, page.find("<script>")), "<svg "), 26u);  // twelve frames and a figure, for a desk and for a phone
  EXPECT_THAT(page, HasSubstr("&lt;slope&gt; &amp; 6"));
  EXPECT_THAT(page, HasSubstr("cairn quiz T01"));
  EXPECT_THAT(page, HasSubstr("cairn learn T02"));
  EXPECT_THAT(page, HasSubstr("<dt id=\"term-slope\">"));
  // Addresses stand in links and in names of XML only.
  for (const char* loads : {"src=\"http", "url(http", "@import", "<link", "<iframe", "url(fonts/"}) EXPECT_THAT(page, Not(HasSubstr(loads)));
}

TEST(LessonPage, ids_are_there_once) {
  const std::string page = page_of(FixtureLesson());
  const std::string body = page.substr(0, page.find("<script>"));
  for (const char* id : {"slider-1", "predict-1", "predict-2", "predict-1-0", "thought-predict-1-0", "term-rise", "words"})
    EXPECT_EQ(count(body, " id=\"" + std::string(id) + "\""), 1u) << id;
}

TEST(LessonPage, says_what_is_not_built) {
  const FixtureLesson f;
  const std::string page = lesson_page(read_lesson(f.folder, f.temp / "nothing"), around());
  EXPECT_THAT(page, HasSubstr("This figure is not drawn yet"));
  EXPECT_THAT(page, HasSubstr("not run yet as it stands here"));
  EXPECT_THAT(page, HasSubstr("(?)"));
}

TEST(LessonPage, words_of_code_do_not_break_at_their_hyphens) {
  const std::string long_word = "--" + std::string(40, 'x');
  const std::string page = page_of(FixtureLesson(with(fixture_text(), "`rise / 0.5`", "`cairn demo T01 --x 1e-5 " + long_word + " <a-b`")));
  EXPECT_THAT(page, HasSubstr("<code>cairn demo T01 <span class=\"whole\">--x</span> <span class=\"whole\">1e-5</span> " + long_word +
                              " <span class=\"whole\">&lt;a-b</span></code>"));
}

TEST(LessonPage, short_words_of_code_do_not_break_in_a_table_nor_do_shares) {
  const std::string table = "| a | b |\n|---|---|\n| `MaxPool2d` or `a_name_that_is_long` | `7 % 2`, 96 % |\n\nThen `MaxPool2d`.";
  const std::string page = page_of(FixtureLesson(with(fixture_text(), "`rise / 0.5`", "`rise`\n\n" + table)));
  EXPECT_THAT(page, HasSubstr("<td><code><span class=\"whole\">MaxPool2d</span></code> or <code>a_name_that_is_long</code></td>"));
  EXPECT_THAT(page, HasSubstr("Then <code>MaxPool2d</code>"));
  EXPECT_THAT(page, HasSubstr("<span class=\"whole\">7</span> <span class=\"whole\">%</span> <span class=\"whole\">2</span></code>, 96&nbsp;%</td>"));
}

TEST(LessonPage, what_a_screen_reader_says_of_a_choice_has_no_marks_of_code) {
  const std::string page = page_of(FixtureLesson(with(fixture_text(), "is halved, too", "`h` is halved, too")));
  EXPECT_THAT(page, HasSubstr("aria-label=\"h is halved, too\""));
  EXPECT_THAT(page, HasSubstr("<code>h</code> is halved, too</label>"));
}

TEST(LessonPage, a_title_that_says_enough_stands_without_its_id) {
  const FixtureLesson f;
  Surroundings s = around();
  s.id_in_title = false;
  EXPECT_THAT(lesson_page(read_lesson(f.folder, f.built), s), HasSubstr("<h1>A parabola</h1>"));
}

TEST(LessonPage, without_katex_maths_is_plain_text) {
  const FixtureLesson f;
  setenv("CAIRN_KATEX", f.temp.path().c_str(), 1);
  const std::string page = page_of(f);
  unsetenv("CAIRN_KATEX");
  EXPECT_THAT(page, HasSubstr("<span class=\"plain\">f(x) = x²</span>"));
  EXPECT_THAT(page, Not(HasSubstr("class=\"m\"")));
}

TEST(LessonPage, code_is_coloured_and_escaped) {
  EXPECT_EQ(highlighted("int x = 3;  // <a>\n", false),
            "<span class=\"w\">int</span> x = <span class=\"n\">3</span>;  <span class=\"c\">// &lt;a&gt;</span>\n");
  EXPECT_EQ(highlighted("print(\"a\\\"<\")  # no", true), "print(<span class=\"s\">&quot;a\\&quot;&lt;&quot;</span>)  <span class=\"c\"># no</span>");
  for (const char* broken : {"\"", "'", "\"\\", "1e", "//", "#"}) EXPECT_FALSE(highlighted(broken, false).empty());
}

TEST(LessonInTerminal, shows_text_figures_answers_and_what_is_next) {
  const std::string text = text_of(FixtureLesson(), terminal_of(80));
  for (const char* part : {"T01 A parabola\n══════════════", "f'(x) = lim_(h → 0) (f(x + h) - f(x))/h = 2x", "step  slope\n────  ─────\n0.5     6.5",
                           "[step: 2.00]", "Predict (1):", "  a) is halved, too", "What you predicted", "right: rise and step shrink together",
                           "    <slope> & 6", "Words", "cairn check T01"})
    EXPECT_THAT(text, HasSubstr(part));
}

TEST(LessonInTerminal, forty_columns_without_utf8_are_enough) {
  for (const std::string& line : split(text_of(FixtureLesson(), terminal_of(40, false)), '\n')) {
    const bool code = line.starts_with("  ") && (line.find("torch") != std::string::npos || line.find("requires") != std::string::npos);
    if (!code) EXPECT_LE(line.size(), 40u) << line;
    for (const char c : line) EXPECT_TRUE(c >= ' ' && c <= '~') << line;
  }
}

}  // namespace
}  // namespace cairn::course
