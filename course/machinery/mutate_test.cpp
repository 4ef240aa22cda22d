#include <course/machinery/mutate.h>

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cairn::course {

namespace {

std::vector<std::string> mutation_names(const std::string& text) {
  std::vector<std::string> list;
  for (const Mutation& m : mutations_of(text)) list.push_back(m.name());
  return list;
}

}  // namespace

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Mutate, changes_operators_bounds_constants_indices_terms_and_statements) {
  const auto list = mutation_names(
      "double f(const std::vector<double>& v) {\n  double s = 0;\n  for (size_t i = 0; i < v.size(); i++) {\n    s = s + 2 * v[i];\n  }\n  return "
      "-s;\n}\n");
  EXPECT_THAT(list, Contains("3: i < v -> i <= v"));
  EXPECT_THAT(list, Contains("3: i < v -> i > v"));
  EXPECT_THAT(list, Contains("3: i++ -> i += 2"));
  EXPECT_THAT(list, Contains("3: v.size() -> v.size() - 1"));
  EXPECT_THAT(list, Contains("2: = 0; -> = 1;"));
  EXPECT_THAT(list, Contains("4: s + 2 -> s - 2"));
  EXPECT_THAT(list, Contains("4: s + 2 * v[i] -> s"));
  EXPECT_THAT(list, Contains("4: s + 2 * v[i] -> 2 * v[i]"));
  EXPECT_THAT(list, Contains("4: 2 * v -> 2 / v"));
  EXPECT_THAT(list, Contains("4: v[i] -> v[i + 1]"));
  EXPECT_THAT(list, Contains("4: v[i] -> v[i - 1]"));
  EXPECT_THAT(list, Contains("4: s = s + 2 * v[i]; -> ;"));
  EXPECT_THAT(list, Contains("6: -s -> s"));
}

TEST(Mutate, changes_conditions_and_the_order_of_two_arguments) {
  const auto list = mutation_names("double f(double x, double y) {\n  if (x > 1 && y > 1) return std::pow(x, y);\n  return std::max(x, y);\n}\n");
  EXPECT_THAT(list, Contains("2: if (x > 1 && y > 1) -> if (false)"));
  EXPECT_THAT(list, Contains("2: if (x > 1 && y > 1) -> if (true)"));
  EXPECT_THAT(list, Contains("2: 1 && y -> 1 || y"));
  EXPECT_THAT(list, Contains("2: pow(x, y) -> pow(y, x)"));
  EXPECT_THAT(list, Contains("3: ::max( -> ::min("));
  EXPECT_THAT(list, Not(Contains(HasSubstr("max(y, x)"))));  // which is the same
}

TEST(Mutate, leaves_types_comments_texts_and_includes_alone) {
  EXPECT_THAT(mutation_names("#include <a+b>\n// 1 + 2\n/* x < y */\nstd::vector<double> f(const std::string& s);\nconst char* t = \"a + b < 3\";\n"),
              IsEmpty());
}

TEST(Mutate, gives_each_changed_file_once_and_the_same_list_each_time) {
  const std::string text = "double f(double x) {\n  return 2 * x + 2 * x + x / 3;\n}\n";
  const auto all = mutations_of(text);
  std::set<std::string> texts, called;
  for (const Mutation& m : all) {
    EXPECT_NE(m.text, text);
    texts.insert(m.text);
    called.insert(m.name());
  }
  EXPECT_EQ(texts.size(), all.size());
  EXPECT_EQ(called.size(), all.size());  // "(2)" tells the second of two equal changes of a line
  EXPECT_THAT(mutation_names(text), Contains(HasSubstr("(2)")));
  const auto again = mutations_of(text);
  ASSERT_EQ(again.size(), all.size());
  for (size_t i = 0; i < all.size(); i++) EXPECT_EQ(again[i].text, all[i].text);
}

TEST(Mutate, takes_a_part_from_the_whole_file) {
  std::vector<Mutation> all(10);
  for (size_t i = 0; i < 10; i++) all[i].line = int64_t(i);
  const auto some = some_of(all, 3);
  ASSERT_EQ(some.size(), 3u);
  EXPECT_EQ(some[0].line, 0);
  EXPECT_EQ(some[1].line, 3);
  EXPECT_EQ(some[2].line, 6);
  EXPECT_EQ(some_of(all, 20).size(), 10u);
}

TEST(Mutate, survives_any_text) {
  for (const std::string text :
       {"", "(", ")", "f(", "[", "a[", "}", "\"", "'", "/*", "x -", "- ", "1 +", "if (", "a = ", "std::", "a < b", "!", "++", "0 * ("})
    mutations_of(text);
  const std::string source = "double f(double x) {\n  if (x > 0 && g(x, 2) != 3) x += v[x + 1] * -2.5e-3;\n  return x;\n}\n";
  for (size_t i = 0; i <= source.size(); i++) {
    mutations_of(source.substr(0, i));
    mutations_of(source.substr(i));
  }
  SUCCEED();
}

}  // namespace cairn::course
