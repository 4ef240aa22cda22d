#include <course/machinery/compiler_messages.h>

#include <atomic>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/disk.h>
#include <cairn/base/text.h>
#include <course/machinery/toolchain.h>

namespace cairn::course {

using ::testing::HasSubstr;
using ::testing::Not;

namespace {

// What the compiler says of a learner's file, as a check hears it.
std::string compile(const Scratch& scratch, const std::string& name, const std::string& text) {
  const std::string file = scratch / (name + ".cpp");
  write_unsynced(file, text);
  Exercise none;
  none.folder = scratch.path();
  std::vector<std::string> words = learner_flags(none);
  for (const std::string& w : {std::string("-c"), file, std::string("-o"), scratch / (name + ".o")}) words.push_back(w);
  return run_limited(words, scratch.path(), {}, {"LC_ALL=C"}).printed;
}

}  // namespace

TEST(SlowCompilerMessages, each_common_mistake_is_known_in_a_file_that_has_it) {
  const Scratch scratch;
  const auto& all = common_mistakes();
  ASSERT_GE(all.size(), 20u);
  std::vector<std::vector<CompilerNote>> found(all.size());
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t i; (i = next++) < all.size();) {
      const std::string name = "m" + std::to_string(i);
      found[i] = compiler_notes(compile(scratch, name, all[i].example), scratch / (name + ".cpp"), all[i].example);
    }
  };
  std::thread other(work);
  work();
  other.join();
  for (size_t i = 0; i < all.size(); i++) {
    SCOPED_TRACE(all[i].name);
    ASSERT_FALSE(found[i].empty());
    bool named = false;
    std::string said;
    for (const CompilerNote& n : found[i]) {
      named |= n.name == all[i].name;
      said += n.message + " -> " + n.name + "\n";
      if (n.name == all[i].name) {
        EXPECT_GT(n.line, 0);
        EXPECT_FALSE(n.explanation.empty());
      }
    }
    EXPECT_TRUE(named) << said;
    // The first thing that a learner reads is about the mistake itself.
    EXPECT_EQ(found[i][0].name, all[i].name) << said;
  }
}

TEST(SlowCompilerMessages, a_semicolon_behind_the_parenthesis_is_told) {
  const Scratch scratch;
  const auto name_of = [&](const std::string& lines) {
    const std::string text = "double g(double);\ndouble f(double x) {\n" + lines + "  return x;\n}\n";
    const auto notes = compiler_notes(compile(scratch, "s", text), scratch / "s.cpp", text);
    return notes.empty() ? std::string("nothing") : notes[0].name + " " + std::to_string(notes[0].line);
  };
  EXPECT_EQ(name_of("  if (x > 0);\n    x = 1;\n"), "stray semicolon 3");
  EXPECT_EQ(name_of("  if (x > 0);\n  x = 1;\n"), "stray semicolon 3");
  EXPECT_EQ(name_of("  for (int i = 0; i < 3; i++);\n    x += 1;\n"), "stray semicolon 3");
  EXPECT_EQ(name_of("  for (int i = 0; i < 3; i++);  // three times\n  {\n    x += 1;\n  }\n"), "stray semicolon 3");
  EXPECT_EQ(name_of("  while (g(x) < 0) ;\n    x += 1;\n"), "stray semicolon 3");
  EXPECT_EQ(name_of("  if (x > 0)\n    x = g(x);\n    x += 1;\n"), "misleading indentation 3");
  EXPECT_EQ(name_of("  if (x > 0) x = g(x);\n  x += 1;\n"), "nothing");
  EXPECT_EQ(name_of("  while (g(x) < 0) {}\n  for (; x < 3; x++) {}\n"), "nothing");
}

TEST(CompilerMessages, names_of_the_common_mistakes_are_different) {
  std::set<std::string> names;
  for (const CommonMistake& m : common_mistakes()) EXPECT_TRUE(names.insert(m.name).second) << m.name;
}

TEST(CompilerMessages, the_message_is_short_and_stands_above_the_learners_line) {
  const auto notes = compiler_notes(
      "In file included from /tmp/x/yours.cpp:9:\n"
      "/tmp/x/exercise.cpp: In function 'double yours::f(const std::vector<double, std::allocator<double> >&)':\n"
      "/tmp/x/exercise.cpp:2:9: error: cannot convert 'const std::vector<double, std::allocator<double> >' to 'double' in return [-fpermissive]\n",
      "/tmp/x/exercise.cpp", "double f(const std::vector<double>& v) {\n\treturn v; }\n");
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0].message, "cannot convert 'const std::vector<double>' to 'double' in return");
  EXPECT_EQ(notes[0].line, 2);
  const std::string text = note_text(notes[0], "mine.cpp");
  EXPECT_THAT(text, HasSubstr("mine.cpp:2:9: error: cannot convert"));
  EXPECT_THAT(text, HasSubstr("     return v; }\n            ^\n"));
  EXPECT_THAT(text, Not(HasSubstr("yours")));
}

TEST(CompilerMessages, an_error_inside_of_a_header_is_shown_at_the_learners_line) {
  const auto notes = compiler_notes(
      "/usr/include/c++/12/bits/stl_algo.h: In instantiation of 'void std::sort(...)':\n"
      "/tmp/x/exercise.cpp:3:12:   required from here\n"
      "/usr/include/c++/12/bits/stl_algo.h:1938:50: error: no match for 'operator-' (operand types are 'A' and 'A')\n",
      "/tmp/x/exercise.cpp", "a\nb\nstd::sort(l.begin(), l.end());\n");
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0].line, 3);
  EXPECT_EQ(notes[0].source, "std::sort(l.begin(), l.end());");
  EXPECT_EQ(notes[0].name, "operator does not fit");
}

TEST(CompilerMessages, at_most_three_errors_are_shown_and_each_line_once) {
  std::string words;
  for (int line : {1, 1, 2, 3, 4, 5}) words += "e.cpp:" + std::to_string(line) + ":1: error: expected ';' before 'x'\n";
  const auto notes = compiler_notes(words, "e.cpp", "1\n2\n3\n4\n5\n");
  ASSERT_EQ(notes.size(), 3u);
  EXPECT_EQ(notes[2].line, 3);
}

TEST(CompilerMessages, a_mark_stands_below_its_letter_where_letters_have_two_bytes) {
  CompilerNote n;
  n.line = 1, n.column = 6, n.error = true, n.source = "\xc3\xa4\xc3\xb6 x";  // x is the sixth byte, but the fourth letter
  EXPECT_THAT(note_text(n, "f"), HasSubstr("\n       ^\n"));
}

TEST(CompilerMessages, nothing_is_made_of_other_words) {
  EXPECT_TRUE(compiler_notes("", "e.cpp", "").empty());
  EXPECT_TRUE(compiler_notes("cc1plus: all fine\nfoo:bar:baz\n", "e.cpp", "x\n").empty());
  const auto beyond = compiler_notes("e.cpp:99:1: error: expected '}' at end of input\n", "e.cpp", "x\n");
  ASSERT_EQ(beyond.size(), 1u);
  EXPECT_LE(beyond[0].line, 2);
}

}  // namespace cairn::course
