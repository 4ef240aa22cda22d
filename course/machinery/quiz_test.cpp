#include <course/machinery/quiz.h>

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/errors.h>
#include <course/machinery/catalog.h>

namespace cairn::course {

namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string slope = R"([[question]]
draw = { a = "int 2 9", n = "choice 10 20 50", r = "number 0.1 0.9" }
text = "The slope of $x^2$ at {{a}}; {{n}} {{r}}{{hidden twice := 2*a}}"
answer = "twice"
wrong = [
  { value = "a^2", thought = "the value at {{a}}" },
  { value = "2", thought = "of 2x" },
  { value = "a + a", thought = "always equal to the right one" },
]
why = "2 times {{a}} is {{= twice}}"
)";

std::string quiz_error(const std::string& text) {
  try {
    parse_quiz(text, "quiz.toml");
  } catch (const FileError& e) { return e.what(); }
  return "no error";
}

}  // namespace

TEST(Quiz, draws_numbers_and_shuffles_the_options) {
  const Quiz quiz = parse_quiz(slope, "quiz.toml");
  ASSERT_EQ(quiz.questions.size(), 1u);
  std::set<std::string> texts;
  std::set<int> places;
  for (uint64_t seed = 0; seed < 200; seed++) {
    const DrawnQuestion q = drawn(quiz.questions[0], seed);
    texts.insert(q.text);
    places.insert(q.right);
    EXPECT_EQ(q.options[size_t(q.right)], q.right_text);
    EXPECT_EQ(q.thoughts[size_t(q.right)], "");
    EXPECT_THAT(q.why, testing::EndsWith("is " + q.right_text));
    EXPECT_EQ(std::set<std::string>(q.options.begin(), q.options.end()).size(), q.options.size()) << "no option twice";
    EXPECT_EQ(q.options.size(), 3u);
  }
  EXPECT_GT(texts.size(), 50u);
  EXPECT_EQ(places.size(), 3u);
  EXPECT_EQ(drawn(quiz.questions[0], 7).text, drawn(quiz.questions[0], 7).text);
}

TEST(Quiz, a_wrong_value_that_equals_the_right_one_is_left_out) {
  const Quiz quiz = parse_quiz(slope, "quiz.toml");
  for (uint64_t seed = 0; seed < 200; seed++) {
    const DrawnQuestion q = drawn(quiz.questions[0], seed);
    EXPECT_NE(q.right_text, "4") << "2 squared is 2 times 2: one wrong option alone is too few, so it is drawn again";
    for (const std::string& thought : q.thoughts) EXPECT_NE(thought, "always equal to the right one");
  }
}

TEST(Quiz, words_are_options_too) {
  const Quiz quiz = parse_quiz(R"([[question]]
draw = { a = "int 1 3" }
text = "why"
answer = "it has {{a}}"
words = true
wrong = [ { value = "it has none", thought = "t" } ])",
                               "quiz.toml");
  EXPECT_THAT(drawn(quiz.questions[0], 1).options, Contains("it has none"));
  EXPECT_THAT(drawn(quiz.questions[0], 1).right_text, testing::StartsWith("it has "));
}

TEST(Quiz, options_are_chosen_by_their_number) {
  const DrawnQuestion q = drawn(parse_quiz(slope, "quiz.toml").questions[0], 3);
  EXPECT_EQ(option_of(q, " 2 "), 1);
  for (const char* bad : {"0", "4", "", "b", "1.5", "99999999999999999999"}) EXPECT_EQ(option_of(q, bad), std::nullopt) << bad;
  EXPECT_TRUE(is_right(q, q.right));
}

TEST(Quiz, typed_answers_are_numbers_or_expressions) {
  const auto question = [](const std::string& answer) {
    return drawn(parse_quiz("[[question]]\ntext = \"t\"\ntyped = true\nanswer = \"" + answer + "\"", "q").questions[0], 0);
  };
  EXPECT_EQ(option_of(question("3/8"), "0.375"), 0);
  EXPECT_EQ(option_of(question("3/8"), "3/8"), 0);
  EXPECT_EQ(option_of(question("1/3"), "0.333"), 0);
  EXPECT_EQ(option_of(question("1/3"), "0.3"), 1);
  EXPECT_EQ(option_of(question("400"), "401"), 1);
  EXPECT_EQ(option_of(question("-2"), "-2.0"), 0);
  EXPECT_EQ(option_of(question("400"), "many"), std::nullopt);
  EXPECT_EQ(option_of(question("400"), ""), std::nullopt);
}

TEST(Quiz, a_review_asks_three_questions_with_numbers_of_its_own) {
  const std::string words = "[[question]]\ntext = \"t\"\nanswer = \"a\"\nwords = true\nwrong = [{value = \"b\", thought = \"x\"}]\n";
  const Quiz quiz = parse_quiz(words + slope + words + slope, "quiz.toml");
  std::set<std::string> first;
  for (int stage = 0; stage < 3; stage++) {
    const std::vector<DrawnQuestion> questions = review_questions(quiz, "A06", stage, 5);
    ASSERT_EQ(questions.size(), 3u);
    EXPECT_NE(questions[0].text, "t") << "what is computed comes first";
    EXPECT_NE(questions[1].text, "t");
    EXPECT_EQ(questions[2].text, "t");
    first.insert(questions[0].text);
  }
  first.insert(review_questions(quiz, "A07", 0, 5)[0].text);
  EXPECT_GE(first.size(), 3u);
  EXPECT_EQ(review_questions(parse_quiz(words, "q"), "A06", 0, 5).size(), 1u);
}

TEST(Quiz, errors_name_file_and_line) {
  EXPECT_THAT(quiz_error("[[question]]\ntext = \"x\"\n"), HasSubstr("quiz.toml line 1: 'answer' is missing"));
  EXPECT_THAT(quiz_error("\n[[question]]\ntext = \"{{b}}\"\nanswer = \"1\"\nwrong = [{value = \"2\", thought = \"t\"}]"),
              testing::AllOf(HasSubstr("quiz.toml line 2"), HasSubstr("'b' is not defined")));
  EXPECT_THAT(quiz_error("[[question]]\ntext = \"x\"\nanswer = \"1\""), HasSubstr("at least one wrong"));
  EXPECT_THAT(quiz_error("[[question]]\nanser = \"1\""), HasSubstr("answer"));
  EXPECT_THAT(quiz_error("[[question]]\ntext = \"x\"\nanswer = \"1\"\nwrong = [{value = \"1\", thought = \"t\"}]"), HasSubstr("equal the right one"));
  EXPECT_THAT(quiz_error(""), HasSubstr("no [[question]]"));
  EXPECT_THAT(quiz_error("[["), HasSubstr("quiz.toml line 1"));
  for (const char* rule :
       {"", "int", "int 3", "int 3 2", "int 1 2 3", "int 1.5 2", "number a b", "choice", "dice 1 6", "int 0 1e300", "number 0 inf"})
    EXPECT_THAT(quiz_error(std::string("[[question]]\ndraw = { a = \"") + rule + "\" }\ntext = \"x\"\nanswer = \"1\"\ntyped = true"),
                HasSubstr("quiz.toml line 2"))
        << rule;
}

TEST(Quiz, problems_are_told) {
  EXPECT_THAT(problems(parse_quiz(slope, "q")), Contains(HasSubstr("at least four")));
  const std::string words = "[[question]]\ntext = \"t\"\nanswer = \"a\"\nwords = true\nwrong = [{value = \"b\", thought = \"\"}]\n";
  const std::vector<std::string> found = problems(parse_quiz(slope + words + words, "q"));
  EXPECT_THAT(found, Contains(HasSubstr("1 of 3 questions are computed")));
  EXPECT_THAT(found, Contains(HasSubstr("why is missing")));
  EXPECT_THAT(found, Contains(HasSubstr("which thought")));
}

TEST(Quiz, those_of_the_written_lessons_are_sound) {
  int seen = 0;
  for (const Lesson& lesson : catalog().lessons)
    if (const std::optional<Quiz> quiz = quiz_of(lesson)) {
      EXPECT_THAT(problems(*quiz), IsEmpty());
      seen++;
    }
  EXPECT_GT(seen, 0);
}

}  // namespace cairn::course
