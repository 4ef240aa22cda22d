#include <cairn/io/csv.h>

#include <cmath>

#include <tests/helpers/io_files.h>

namespace cairn {
namespace {

Table read_csv(const std::string& text, const CsvOptions& options = {}) { return parse_csv(text, "t.csv", options); }

TEST(Csv, columns_are_numbers_or_categories) {
  const Table t = read_csv("a,b,c\n1,red,-1.5e3\n2.5,blue,7\n,red,NA\n");
  EXPECT_EQ(t.rows(), 3);
  EXPECT_EQ(t.names(), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(t["a"].numeric);
  EXPECT_EQ(t["a"].values[1], 2.5);
  EXPECT_TRUE(std::isnan(t["a"].values[2]));
  EXPECT_EQ(t["c"].values[0], -1500);
  EXPECT_EQ(t["c"].missing(), 1);
  EXPECT_FALSE(t["b"].numeric);
  EXPECT_EQ(t["b"].categories, (std::vector<std::string>{"blue", "red"}));
  EXPECT_EQ(t["b"].values, (std::vector<double>{1, 0, 1}));
}

TEST(Csv, quoted_fields_hold_commas_quotes_and_line_ends) {
  const Table t = read_csv("name,\"a \"\"b\"\"\"\n\"x, y\",1\n\"two\nlines\",2\n\"\",3\n");
  EXPECT_EQ(t.columns[1].name, "a \"b\"");
  EXPECT_EQ(t["name"].categories, (std::vector<std::string>{"two\nlines", "x, y"}));
  EXPECT_EQ(t["name"].missing(), 1);
  EXPECT_EQ(t.columns[1].lines, (std::vector<int64_t>{2, 4, 5}));
}

TEST(Csv, line_ends_marks_and_blank_lines_of_every_kind_read_alike) {
  const Table t = read_csv("a,b\n1,2\n3,4\n");
  for (const char* text : {"a,b\r\n1,2\r\n3,4\r\n", "a,b\n1,2\n3,4",
                           "\xef\xbb\xbf"
                           "a,b\n1,2\n\n3,4\n\n",
                           " a , b \n 1 ,2\n3, 4\n", "a,b\r1,2\r3,4\r"}) {
    const Table u = read_csv(text);
    EXPECT_EQ(u.names(), t.names()) << text;
    EXPECT_EQ(u["a"].values, t["a"].values) << text;
    EXPECT_EQ(u["b"].values, t["b"].values) << text;
  }
  EXPECT_EQ(read_csv("a;b\n1;2\n", {.separator = ';'})["b"].values[0], 2);
}

TEST(Csv, numbers_become_a_tensor) {
  const Table t = read_csv("a,b,c\n1,2,x\n3,4,y\n");
  const Tensor x = t.numbers({"b", "a"});
  EXPECT_EQ(x.shape(), (Shape{2, 2}));
  EXPECT_EQ(x.to_vector<float>(), (std::vector<float>{2, 1, 4, 3}));
  EXPECT_THAT(refusal([&] { t.numbers({"c"}); }), AllOf(HasSubstr("t.csv, line 2, column 3"), HasSubstr("holds text")));
  EXPECT_THAT(refusal([] { read_csv("a,b\n1,2\n3,\n").numbers({"b"}); }), AllOf(HasSubstr("line 3, column 2"), HasSubstr("missing")));
  EXPECT_THAT(refusal([&] { t.numbers({"sepal"}); }), HasSubstr("no column 'sepal'"));
}

TEST(Csv, mistakes_say_line_and_column) {
  EXPECT_THAT(refusal([] { read_csv("a,b\n1,2\n3\n"); }), AllOf(HasSubstr("t.csv, line 3"), HasSubstr("1 value, but the header has 2 columns")));
  EXPECT_THAT(refusal([] { read_csv("a,b\n1,2,3\n"); }), AllOf(HasSubstr("line 2"), HasSubstr("3 values")));
  EXPECT_THAT(refusal([] { read_csv("a,b\n1,2,\n"); }), AllOf(HasSubstr("line 2"), HasSubstr("3 values")));
  EXPECT_THAT(refusal([] { read_csv("a,b\n1,2\n3,four\n", {.numeric = {"b"}}); }), AllOf(HasSubstr("line 3, column 2"), HasSubstr("found 'four'")));
  EXPECT_THAT(refusal([] { read_csv("a,b\n1,\"2\n3,4\n"); }), AllOf(HasSubstr("line 2, column 2"), HasSubstr("never closed")));
  EXPECT_THAT(refusal([] { read_csv("a,b\n\"1\"x,2\n"); }), AllOf(HasSubstr("line 2, column 1"), HasSubstr("behind a closing quote")));
  EXPECT_THAT(refusal([] { read_csv("a,a\n1,2\n"); }), AllOf(HasSubstr("line 1, column 2"), HasSubstr("two columns are called 'a'")));
  EXPECT_THAT(refusal([] { read_csv("a,\n1,2\n"); }), HasSubstr("no name for this column"));
  EXPECT_THAT(refusal([] { read_csv(""); }), HasSubstr("the file is empty"));
  EXPECT_THAT(refusal([] { read_csv("\n\n"); }), HasSubstr("the file is empty"));
  EXPECT_THAT(refusal([] { read_csv("a,b\n"); }), HasSubstr("no rows"));
  EXPECT_THAT(refusal([] { read_csv(std::string("a,b\n1,\0\n", 8)); }), HasSubstr("byte 6 is zero"));
  EXPECT_THAT(refusal([] { read_csv("a,b\n\xff\xfe,2\n"); }), HasSubstr("not UTF-8"));
  EXPECT_THAT(refusal([] { load_csv("no/such.csv"); }), HasSubstr("no/such.csv"));
}

TEST(Csv, a_column_that_must_hold_numbers_must_be_there) {
  EXPECT_THAT(refusal([] { read_csv("age,b\n1,2\n", {.numeric = {"b", "ages"}}); }), HasSubstr("t.csv has no column 'ages'. Did you mean 'age'?"));
}

TEST(Csv, columns_are_not_separated_by_quotes_or_line_ends) {
  for (char c : {'"', '\n', '\r'}) EXPECT_THROW(read_csv("a\n1\n", {.separator = c}), ConfigError);
}

TEST(Csv, a_table_may_be_very_wide) {
  std::string header, row;
  std::vector<std::string> names;
  for (int i = 0; i < 30000; i++) {
    names.push_back("c" + std::to_string(i));
    header += (i ? "," : "") + names.back();
    row += (i ? "," : "") + std::to_string(i);
  }
  const Table t = read_csv(header + "\n" + row + "\n");
  EXPECT_EQ(t.numbers(names).at({0, 29999}), 29999);
}

TEST(Csv, a_number_below_the_smallest_double_is_zero) {
  const Table t = read_csv("a\n1e-400\n1\n");
  EXPECT_TRUE(t["a"].numeric);
  EXPECT_EQ(t["a"].values[0], 0);
}

TEST(Csv, a_number_that_is_not_finite_is_refused_among_numbers) {
  for (const char* word : {"inf", "-inf", "+Inf", "Infinity", "-INFINITY"})
    EXPECT_THAT(refusal([&] { read_csv("k,a\nx,1\ny,2\nz," + std::string(word) + "\n"); }),
                AllOf(HasSubstr("t.csv, line 4, column 2: '" + std::string(word) + "' in the numbers of column 'a' is not finite"),
                      HasSubstr("Hint: correct it, or leave the value empty, which means that it is missing")))
        << word;
  for (const std::string& number : {std::string("1e400"), std::string("-1.5E+999"), "2" + std::string(400, '0'), std::string(".5e310")})
    EXPECT_THAT(refusal([&] { read_csv("a\n" + number + "\n1\n"); }), AllOf(HasSubstr("line 2, column 1"), HasSubstr("larger than any number")))
        << number;
  EXPECT_THAT(refusal([] { read_csv("a\ninf\n", {.numeric = {"a"}}); }), HasSubstr("is not finite"));
  // Among words it is a word.
  EXPECT_EQ(read_csv("a\ninf\nfoo\n1\n")["a"].categories, (std::vector<std::string>{"1", "foo", "inf"}));
  EXPECT_FALSE(read_csv("a\ninf\n")["a"].numeric);
  EXPECT_EQ(read_csv("a\n1e400x\n1\n")["a"].categories.size(), 2u);
  EXPECT_EQ(read_csv("a\n1.2.3\n1\n")["a"].categories.size(), 2u);
}

TEST(Csv, a_nan_however_it_is_written_is_a_missing_number) {
  for (const char* word : {"nan", "NaN", "NAN", "-nan", "+NaN"}) {
    const Table t = read_csv("a\n" + std::string(word) + "\n1\n");
    EXPECT_TRUE(t["a"].numeric) << word;
    EXPECT_EQ(t["a"].missing(), 1) << word;
    EXPECT_EQ(read_csv("a\n" + std::string(word) + "\nred\n")["a"].missing(), 1) << word;
  }
}

}  // namespace
}  // namespace cairn
