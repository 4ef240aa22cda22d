#include <course/machinery/prose.h>

#include <gtest/gtest.h>

#include <cairn/base/columns.h>
#include <cairn/base/text.h>
#include <course/machinery/checking.h>

namespace cairn::course {

TEST(Prose, sentences_end_their_lines_at_the_width_and_hang_below_themselves) {
  EXPECT_EQ(prose("one two three four", 9), "one two\nthree\nfour");
  EXPECT_EQ(prose("one two three", 11, "    ", "a:"), "a:  one two\n    three");
  EXPECT_EQ(prose("one  two\nthree", 0, "  "), "  one  two\nthree") << "no width, no change";
  EXPECT_EQ(prose("", 9, "  "), "  ");
}

TEST(Prose, a_command_is_broken_only_where_no_line_can_hold_it) {
  EXPECT_EQ(prose("then `cairn learn A01` shows it", 20), "then\n`cairn learn A01`\nshows it");
  EXPECT_EQ(prose("`cairn learn A01`", 10), "`cairn\nlearn A01`");
  EXPECT_EQ(prose("open `cairn and no end", 10), "open\n`cairn and\nno end");
  EXPECT_EQ(prose("see https://example.org/a/long/address there", 12), "see\nhttps://example.org/a/long/address\nthere");
}

TEST(Prose, paragraphs_keep_blank_lines_and_code) {
  const std::string text = "one two\nthree\n\n    for each input\n      v += 1\nfour five";
  EXPECT_EQ(paragraphs(text, 9), "one two\nthree\n\n    for each input\n      v += 1\nfour five");
  EXPECT_EQ(paragraphs("a b\nc\n\nd", 40), "a b c\n\nd");
  EXPECT_EQ(paragraphs(text, 0), text);
  EXPECT_EQ(paragraphs("", 9), "");
}

TEST(Prose, rows_go_on_below_their_last_column) {
  EXPECT_EQ(rows("short  row\n  a list that is long", 12), "short  row\n  a list\n  that is\n  long");
  EXPECT_EQ(rows("id:  one two three four", 16), "id:  one two\n     three four");
  EXPECT_EQ(rows("  cairn check A01    says whether it is right", 30), "  cairn check A01\n      says whether it is right");
  EXPECT_EQ(rows("  cairn plan --hours 5 --start 2027-01-04", 30), "  cairn plan --hours 5 --start 2027-01-04") << "to be copied as it is";
  EXPECT_EQ(rows("it is not there.\nHint: cairn start A01; or cairn road shows all", 22),
            "it is not there.\nHint: cairn start A01;\nor cairn road shows\nall");
  EXPECT_EQ(rows("one two  three\n\n  ", 0), "one two  three\n\n  ");
  EXPECT_EQ(rows("  --format text|json\n                      how to write it", 20), "  --format text|json\n      how to write\n      it");
  EXPECT_EQ(rows("", 9), "");
  EXPECT_EQ(rows("   ", 2), "   ");
}

TEST(Prose, what_the_compiler_and_a_training_say_keeps_to_the_width) {
  Exercise e;
  e.id = "PA", e.title = "From scratch";
  Verdict v;
  v.file = "exercise.cpp";
  v.kind = Verdict::does_not_compile;
  CompilerNote note;
  note.error = true, note.line = 3, note.column = 5, note.message = "no match for 'operator+' (operand types are 'std::vector<double>' and 'int')";
  note.source = "  total = values + 1 + something_else_that_is_long;", note.explanation = "A vector is added to element by element, in a loop.";
  v.notes = {note};
  const auto expect_narrow_but = [&](const std::string& text, const std::string& code) {
    for (const std::string& line : split(text, '\n'))
      if (code.empty() || line.find(code) == std::string::npos) { EXPECT_LE(columns_of(line), 40u) << text; }
  };
  std::string text = verdict_text(e, v, 40);
  expect_narrow_but(text, note.source);
  EXPECT_NE(text.find("exercise.cpp:3:5: error: no match for\n  'operator+'"), std::string::npos) << text;
  EXPECT_NE(text.find("    " + note.source + "\n        ^\n"), std::string::npos) << text;
  EXPECT_NE(verdict_text(e, v, 78).find(": error: " + note.message + "\n"), std::string::npos) << "editors read one line";

  v.notes.clear();
  v.kind = Verdict::falls_short;
  v.properties = 7, v.cases = 99, v.seed = 4711;
  Trained t;
  t.kind = Trained::falls_short, t.title = "Fashion-MNIST", t.name = "softmax regression", t.score = 71.5, t.goal = 80, t.pictures = 10000;
  t.epochs = 5, t.first_loss = 2.25, t.last_loss = 0.75, t.seconds = 12, t.note = "because MNIST is not here: `cairn data get mnist`";
  t.sentence = "71.5 % of the 10000 test pictures are right; the goal is 80 %. Try a tenth of the learning rate.";
  v.trained = {t};
  text = verdict_text(e, v, 40);
  expect_narrow_but(text, "");
  EXPECT_NE(text.find("  Fashion-MNIST, softmax regression:\n    not yet with 71.5 %, the goal is"), std::string::npos) << text;
  EXPECT_NE(text.find("    5 epochs, "), std::string::npos) << text;
  expect_narrow_but(training_text({t}, 40), "");
  EXPECT_NE(training_text({t}).find(t.sentence), std::string::npos) << "without a width no line is broken";
  for (const std::string& line : split(training_text({t}, 78), '\n')) EXPECT_LE(columns_of(line), 78u) << line;
}

TEST(Prose, a_verdict_is_explained_on_lines_of_the_width_and_its_values_stay_whole) {
  Exercise e;
  e.id = "T01";
  Verdict v;
  v.kind = Verdict::wrong;
  v.property = "the derivative is near the slope of the line between two places";
  v.input = "f(x) = x * x * x + 4 * x * x - 17 * x + 1, x = 2";
  v.expected = "11", v.got = "22";
  v.slip = "the distance between the two places is h, not two times h";
  v.why = "From x - h to x + h the way is as long as two steps. Divide by all of it.";
  const std::string text = verdict_text(e, v, 40);
  EXPECT_NE(text.find("\nThis looks like: the distance between\nthe two places is h, not two times h.\nFrom x - h"), std::string::npos) << text;
  EXPECT_NE(text.find("  with      " + v.input + "\n"), std::string::npos) << text;
  v.got = "is still on its way down: twice the rate brings it lower";
  EXPECT_NE(verdict_text(e, v, 40).find("  got       is still on its way down:\n            twice the rate brings it\n"), std::string::npos);
  EXPECT_NE(verdict_text(e, v).find("\n" + v.why + "\n"), std::string::npos) << "without a width no line is broken";
}

}  // namespace cairn::course
