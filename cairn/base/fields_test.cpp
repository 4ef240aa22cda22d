#include <cairn/base/fields.h>

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include <cairn/base/errors.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

struct Inner {
  int batch_size = 64;
  void fields(Fields& f) { f("batch_size", batch_size, "examples a step", between(1, 65536)); }
};

struct Options {
  double lr = 1e-3, momentum = 0;
  int epochs = 5;
  int64_t seed = 0;
  bool shuffle = true;
  std::string optimizer = "adam", note;
  Inner inner;
  void fields(Fields& f) {
    f("lr", lr, "step size", above(0.0));
    f("momentum", momentum, "share of the last step", between(0.0, 0.999));
    f("epochs", epochs, "passes over the data", at_least_value(1));
    f("seed", seed, "the seed");
    f("shuffle", shuffle, "a new order in every epoch");
    f("optimizer", optimizer, "how weights move", one_of({"sgd", "adam"}));
    f("note", note, "a word for the reader");
    f.group(inner);
  }
};

class FieldsTest : public testing::Test {
 protected:
  std::string set_error(const char* name, const char* text) {
    try {
      f.set(name, text, std::string("--") + name);
    } catch (const ConfigError& e) { return e.what(); }
    return "";
  }
  std::string toml_error(std::string_view text) {
    try {
      f.from_toml(text, "config.toml");
    } catch (const ConfigError& e) { return e.what(); }
    return "";
  }
  Options o;
  Fields f = fields_of(o);
};

TEST_F(FieldsTest, text_sets_every_kind_of_field) {
  f.set("lr", "0.5", "--lr");
  f.set("epochs", "7", "--epochs");
  f.set("seed", "-9223372036854775808", "--seed");
  f.set("optimizer", "sgd", "--optimizer");
  f.set("note", "", "--note");
  EXPECT_EQ(o.lr, 0.5);
  EXPECT_EQ(o.epochs, 7);
  EXPECT_EQ(o.seed, std::numeric_limits<int64_t>::min());
  EXPECT_EQ(o.optimizer, "sgd");
}

TEST_F(FieldsTest, a_name_is_found_with_dashes_or_underscores_also_in_a_group) {
  f.set("batch-size", "8", "--batch-size");
  EXPECT_EQ(o.inner.batch_size, 8);
  f.set("batch_size", "9", "--batch-size");
  EXPECT_EQ(o.inner.batch_size, 9);
  EXPECT_EQ(Fields::flag(*f.find("batch_size")), "--batch-size");
}

TEST_F(FieldsTest, booleans_take_three_ways_of_saying_yes_and_no) {
  for (const char* yes : {"true", "yes", "1"}) {
    o.shuffle = false;
    f.set("shuffle", yes, "--shuffle");
    EXPECT_TRUE(o.shuffle);
  }
  for (const char* no : {"false", "no", "0"}) {
    o.shuffle = true;
    f.set("shuffle", no, "--shuffle");
    EXPECT_FALSE(o.shuffle);
  }
  EXPECT_EQ(set_error("shuffle", "maybe"), "--shuffle must be true or false, got 'maybe'");
  EXPECT_EQ(set_error("shuffle", ""), "--shuffle must be true or false, got ''");
}

TEST(Fields, the_choice_of_nothing_is_not_among_those_that_are_named) {
  std::string preset;
  Fields f;
  f("preset", preset, "values to start from", one_of({"", "quick", "paper"}));
  EXPECT_EQ(Fields::range_text(f.list()[0]), "quick|paper");
  EXPECT_EQ(message_of<ConfigError>([&] { f.set("preset", "x", "--preset"); }), "--preset must be one of quick, paper, got 'x'");
  EXPECT_EQ(message_of<ConfigError>([&] { f.set("preset", "quik", "--preset"); }),
            "--preset must be one of quick, paper, got 'quik'. Did you mean 'quick'?");
  f.set("preset", "paper", "--preset");
  f.set("preset", "", "--preset");
  EXPECT_EQ(preset, "");
}

TEST_F(FieldsTest, a_value_outside_of_its_range_is_told_the_range) {
  EXPECT_EQ(set_error("lr", "-1"), "--lr must be above 0, got -1");
  EXPECT_EQ(set_error("lr", "0"), "--lr must be above 0, got 0");
  EXPECT_EQ(set_error("momentum", "1"), "--momentum must be between 0 and 0.999, got 1");
  EXPECT_EQ(set_error("epochs", "0"), "--epochs must be at least 1, got 0");
  EXPECT_EQ(set_error("optimizer", "adm"), "--optimizer must be one of sgd, adam, got 'adm'. Did you mean 'adam'?");
  EXPECT_EQ(set_error("optimizer", "lion"), "--optimizer must be one of sgd, adam, got 'lion'");
  EXPECT_EQ(set_error("momentum", "0.999"), "");
  EXPECT_EQ(o.lr, 1e-3);
  EXPECT_EQ(o.optimizer, "adam");
}

TEST_F(FieldsTest, text_that_is_no_such_value_is_named) {
  EXPECT_EQ(set_error("lr", "abc"), "--lr must be a number above 0, got 'abc'");
  EXPECT_EQ(set_error("lr", ""), "--lr must be a number above 0, got ''");
  EXPECT_EQ(set_error("epochs", "3.5"), "--epochs must be a whole number of at least 1, got '3.5'");
  EXPECT_EQ(set_error("epochs", "ten\n"), "--epochs must be a whole number of at least 1, got 'ten\\x0a'");
  EXPECT_EQ(set_error("batch-size", "many"), "--batch-size must be a whole number between 1 and 65536, got 'many'");
  EXPECT_EQ(set_error("seed", "many"), "--seed must be a whole number, got 'many'") << "any will do";
  EXPECT_EQ(set_error("note", "\xFF"), "--note must be UTF-8 text, got '\\xff'");
}

TEST_F(FieldsTest, numbers_must_be_finite) {
  EXPECT_EQ(set_error("lr", "inf"), "--lr must be a finite number above 0, got inf");
  EXPECT_EQ(set_error("lr", "-inf"), "--lr must be a finite number above 0, got -inf");
  EXPECT_EQ(set_error("lr", "nan"), "--lr must be a finite number above 0, got nan");
  EXPECT_NE(set_error("lr", "1e999"), "");
}

TEST_F(FieldsTest, whole_numbers_must_fit) {
  EXPECT_EQ(set_error("seed", "9223372036854775808"), "--seed must fit 64 bits, got 9223372036854775808");
  EXPECT_EQ(set_error("batch-size", "9223372036854775808"), "--batch-size must fit 64 bits and be between 1 and 65536, got 9223372036854775808");
  EXPECT_EQ(set_error("epochs", "2147483648"), "--epochs must be between -2147483648 and 2147483647, got 2147483648");
  EXPECT_EQ(o.epochs, 5);
}

TEST_F(FieldsTest, an_unknown_name_is_offered_the_nearest) {
  EXPECT_EQ(set_error("epocs", "1"), "unknown option '--epocs'. Did you mean '--epochs'?");
  EXPECT_EQ(set_error("bach-size", "1"), "unknown option '--bach-size'. Did you mean '--batch-size'?");
  EXPECT_EQ(set_error("verbose", "1"),
            "unknown option '--verbose'. Known: --lr, --momentum, --epochs, --seed, --shuffle, --optimizer, --note, --batch-size.");
}

TEST_F(FieldsTest, ranges_read_well_in_a_help_text) {
  auto range = [&](const char* name) { return Fields::range_text(*f.find(name)); };
  EXPECT_EQ(range("lr"), "above 0");
  EXPECT_EQ(range("batch_size"), "1 to 65536");
  EXPECT_EQ(range("momentum"), "0 to 0.999");
  EXPECT_EQ(range("epochs"), "at least 1");
  EXPECT_EQ(range("optimizer"), "sgd|adam");
  EXPECT_EQ(range("seed"), "");
}

TEST(Fields, the_same_name_twice_is_a_mistake_of_the_describer) {
  Fields f;
  int a = 0, b = 0;
  f("batch_size", a, "");
  EXPECT_THROW(f("batch-size", b, ""), StateError);
}

TEST_F(FieldsTest, prints_as_json_in_the_order_of_description) {
  EXPECT_EQ(f.to_json().dump(), R"({"lr":0.001,"momentum":0.0,"epochs":5,"seed":0,"shuffle":true,"optimizer":"adam","note":"","batch_size":64})");
}

TEST_F(FieldsTest, prints_as_toml_with_descriptions_as_comments) {
  std::string expected = "# step size (above 0)\nlr = 0.001\n# share of the last step (0 to 0.999)\nmomentum = 0.0\n";
  EXPECT_EQ(f.to_toml().substr(0, expected.size()), expected);
}

TEST_F(FieldsTest, toml_reads_back_to_the_same_values_to_the_bit) {
  static const char strange[] = "quotes \" ' \"\"\" back\\slash\ttab\nline\r\0 nul \x01\x1f\x7f # = [x] Gr\xC3\xBC\xC3\x9F";
  for (double lr : {0.1, 1e20, 5e-324, 1.7976931348623157e308, 0.1 + 0.2, 3.0, 1e-7}) {
    o.lr = lr;
    o.momentum = -0.0;
    o.seed = std::numeric_limits<int64_t>::min();
    o.shuffle = false;
    o.note = std::string(strange, sizeof strange - 1);
    Options read;
    Fields r = fields_of(read);
    r.from_toml(f.to_toml(), "config.toml");
    EXPECT_EQ(std::memcmp(&read.lr, &o.lr, sizeof lr), 0) << lr;
    EXPECT_TRUE(std::signbit(read.momentum));
    EXPECT_EQ(read.note, o.note);
    EXPECT_EQ(r.to_json(), f.to_json());
    for (const auto& field : f.list()) r.set(field.name, Fields::get(field), Fields::flag(field));
    EXPECT_EQ(r.to_json(), f.to_json());
  }
}

TEST_F(FieldsTest, toml_sets_what_it_names_and_leaves_the_rest) {
  f.from_toml("lr = 2   # a whole number is a number\nbatch-size = 16\n", "config.toml");
  EXPECT_EQ(o.lr, 2.0);
  EXPECT_EQ(o.inner.batch_size, 16);
  EXPECT_EQ(o.epochs, 5);
  EXPECT_EQ(f.from_toml("batch-size = 8\nlr = 2\n", "config.toml"), (std::vector<std::string>{"batch_size", "lr"})) << "as the fields are called";
  EXPECT_TRUE(f.from_toml("# nothing", "config.toml").empty());
  f.from_toml("", "config.toml");
}

TEST_F(FieldsTest, a_mistake_in_toml_is_reported_with_its_line) {
  EXPECT_EQ(toml_error("lr = 0.1\nepocs = 3\n"), "config.toml line 2: unknown option 'epocs'. Did you mean 'epochs'?");
  EXPECT_EQ(toml_error("\n\nlr = -1\n"), "config.toml line 3: lr must be above 0, got -1");
  EXPECT_EQ(toml_error("lr = inf"), "config.toml line 1: lr must be a finite number above 0, got inf");
  EXPECT_EQ(toml_error("lr = \"0.1\""), "config.toml line 1: lr must be a number above 0");
  EXPECT_EQ(toml_error("epochs = 3.0"), "config.toml line 1: epochs must be a whole number of at least 1, got 3");
  EXPECT_EQ(toml_error("epochs = \"3\""), "config.toml line 1: epochs must be a whole number of at least 1");
  EXPECT_EQ(toml_error("epochs = 3000000000"), "config.toml line 1: epochs must be between -2147483648 and 2147483647, got 3000000000");
  EXPECT_EQ(toml_error("shuffle = 1"), "config.toml line 1: shuffle must be true or false");
  EXPECT_EQ(toml_error("optimizer = adam").substr(0, 20), "config.toml line 1: ");
  EXPECT_EQ(toml_error("optimizer = [\"adam\"]"), "config.toml line 1: optimizer must be text in quotes");
  EXPECT_EQ(toml_error("[train]\nlr = 1").substr(0, 42), "config.toml line 1: unknown option 'train'");
  EXPECT_EQ(toml_error("batch_size = 1\nbatch-size = 2"), "config.toml line 2: batch_size is given twice");
  EXPECT_EQ(toml_error("lr = 1\n\nlr = 2\n").substr(0, 20), "config.toml line 3: ");
}

TEST_F(FieldsTest, the_first_mistake_of_a_file_is_the_one_reported_and_nothing_is_set) {
  EXPECT_EQ(toml_error("seed = 4\nshuffle = 2\nlr = -1\nepochs = 0\n"), "config.toml line 2: shuffle must be true or false");
  EXPECT_EQ(o.seed, 0);
}

TEST_F(FieldsTest, letters_beyond_ascii_stand_in_quotes_and_comments_only) {
  f.from_toml("\xEF\xBB\xBFnote = \"caf\u00e9 \\\" \u043a\" # \u00e9t\u00e9\nlr = 2", "config.toml");
  EXPECT_EQ(o.note, "caf\u00e9 \" \u043a");
  f.from_toml("note = '''\u00e9\n'''", "config.toml");
  EXPECT_EQ(o.note, "\u00e9\n");
  f.from_toml("note = \"\"\"a\u00e9\"\"\"\"\nlr = 3", "config.toml");
  EXPECT_EQ(o.note, "a\u00e9\"");
  for (const char* stray : {"\u035b = 2", "\u00e9 = 2", "\u00a0lr = 1", "lr = 1 \u00e9", "lr = \u0430", "lr = 1`':\ufeb9O\ufeff"})
    EXPECT_EQ(toml_error("lr = 1\n" + std::string(stray) + "\n").substr(0, 20), "config.toml line 2: ") << stray;
}

}  // namespace
}  // namespace cairn
