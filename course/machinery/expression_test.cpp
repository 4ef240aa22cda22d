#include <course/machinery/expression.h>

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/errors.h>
#include <tests/helpers/errors.h>

namespace cairn::course {

namespace {

using testing::HasSubstr;

}  // namespace

TEST(Expression, has_the_usual_precedences) {
  EXPECT_EQ(evaluate("1 + 2*3", {}), 7);
  EXPECT_EQ(evaluate("8 - 3 - 2", {}), 3);
  EXPECT_EQ(evaluate("8 / 4 / 2", {}), 1);
  EXPECT_EQ(evaluate("2^3^2", {}), 512);
  EXPECT_EQ(evaluate("-3^2", {}), -9);
  EXPECT_EQ(evaluate("(-3)^2", {}), 9);
  EXPECT_EQ(evaluate("2^-1", {}), 0.5);
  EXPECT_EQ(evaluate("2 * -3", {}), -6);
  EXPECT_EQ(evaluate("--3", {}), 3);
  EXPECT_EQ(evaluate(" ( 1+2 ) * 3 ", {}), 9);
}

TEST(Expression, knows_names_and_functions) {
  const Names names{{"x", 3}, {"y", 0.5}, {"exp", 7}};
  EXPECT_EQ(evaluate("2*x^2 + exp(-y)", names), 18 + std::exp(-0.5));
  EXPECT_EQ(evaluate("max(x, y, 10) - min(x, y)", names), 9.5);
  EXPECT_EQ(evaluate("floor(2.7) + round(2.5) + abs(-1)", {}), 6);
  EXPECT_EQ(evaluate("log(exp(2)) + sqrt(16)", {}), 6);
  EXPECT_EQ(evaluate("sin(0) + cos(0) + tanh(0)", {}), 1);
  EXPECT_NEAR(evaluate("cos(pi)", {}), -1, 1e-15);
  EXPECT_EQ(evaluate("1e-3 + 2.5E2", {}), 250.001);
}

TEST(Expression, errors_name_the_place) {
  EXPECT_THAT(message_of<ConfigError>([] { evaluate("1 + * 2", {}); }), HasSubstr("character 5"));
  EXPECT_THAT(message_of<ConfigError>([] { evaluate("2 * (3 + 1", {}); }), HasSubstr("the end where ) is expected"));
  EXPECT_THAT(message_of<ConfigError>([] { evaluate("2 x", {{"x", 1}}); }), HasSubstr("'x' does not belong here"));
  EXPECT_THAT(message_of<ConfigError>([] { evaluate("rte + 1", {{"rate", 1}}); }), HasSubstr("'rate'"));
  EXPECT_THAT(message_of<ConfigError>([] { evaluate("squrt(2)", {}); }), HasSubstr("'sqrt'"));
  EXPECT_THAT(message_of<ConfigError>([] { evaluate("min(2)", {}); }), HasSubstr("wrong number of values"));
  EXPECT_THAT(message_of<ConfigError>([] { evaluate("exp(2, 3)", {}); }), HasSubstr("wrong number of values"));
  EXPECT_THAT(message_of<ConfigError>([] { evaluate("1.2.3", {}); }), HasSubstr("no number"));
  EXPECT_THAT(message_of<ConfigError>([] { evaluate("", {}); }), HasSubstr("the end"));
  EXPECT_THAT(message_of<ConfigError>([] { evaluate("1/0", {}); }), HasSubstr("not a finite number"));
  EXPECT_EQ(evaluate("1/(1 + exp(1000))", {}), 0);
}

TEST(Expression, depth_and_length_are_limited) {
  EXPECT_EQ(evaluate(std::string(60, '(') + "1" + std::string(60, ')'), {}), 1);
  EXPECT_THAT(message_of<ConfigError>([] { evaluate(std::string(500, '('), {}); }), HasSubstr("too deep"));
  EXPECT_THAT(message_of<ConfigError>([] { evaluate(std::string(900, '-') + "1", {}); }), HasSubstr("too deep"));
  EXPECT_THAT(message_of<ConfigError>([] { evaluate(std::string(1001, ' '), {}); }), HasSubstr("at most 1000"));
}

TEST(Shown, whole_numbers_in_full_and_others_with_four_digits) {
  EXPECT_EQ(shown(3), "3");
  EXPECT_EQ(shown(-0.0), "0");
  EXPECT_EQ(shown(100352), "100352");
  EXPECT_EQ(shown(1.0 / 3), "0.3333");
  EXPECT_EQ(shown(0.1 + 0.2), "0.3");
  EXPECT_EQ(shown(12345.6), "12350");
  EXPECT_EQ(shown(1.5e-7), "1.5e-7");
  EXPECT_EQ(shown(2.5e12), "2.5e12");
  EXPECT_EQ(shown(0.1 * 3 * 10), "3");
}

TEST(Shown, takes_formats_of_printf_and_no_others) {
  EXPECT_EQ(shown(2.0 / 3, ".2f"), "0.67");
  EXPECT_EQ(shown(2.0, ".2f"), "2.00");
  EXPECT_EQ(shown(1234.5, ".1e"), "1.2e+03");
  EXPECT_EQ(shown(2.5, "g"), "2.5");
  EXPECT_EQ(shown(2.6, "d"), "3");
  EXPECT_EQ(shown(-0.2, "d"), "0");
  EXPECT_EQ(shown(1e308, ".17f").size(), 309u + 18);
  for (const char* bad : {"s", ".200f", "n", ".2", "%f", "ld", ".f", ".-1f", "*f", ".2d"})
    EXPECT_THAT(message_of<ConfigError>([bad] { shown(1, bad); }), HasSubstr("no format")) << bad;
}

TEST(Substitute, defines_hides_and_computes) {
  Names names{{"a", 4}};
  EXPECT_EQ(substitute("f({{x := 3}}) = {{= x^2}}, a third {{= 1/x : .2f}}{{hidden y := x + a}}, {{y}} {{a:.1f}}", names),
            "f(3) = 9, a third 0.33, 7 4.0");
  EXPECT_EQ(names.at("y"), 7);
  EXPECT_EQ(substitute("$10^{{{= a}}}$ and $\\frac{{{a}}}{2}$", names), "$10^{4}$ and $\\frac{4}{2}$");
}

TEST(Substitute, holds_stated_ranges) {
  Names names{{"loss", 0.25}};
  EXPECT_EQ(substitute("{{loss in 0.1..0.4 :.1f}}", names), shown(0.25, ".1f"));
  EXPECT_THAT(message_of<ConfigError>([&] { substitute("{{loss in 0.3..0.4}}", names); }), HasSubstr("loss is 0.25, outside of 0.3..0.4"));
  EXPECT_THAT(message_of<ConfigError>([&] { substitute("{{loss in 3}}", names); }), HasSubstr("no range"));
}

TEST(Substitute, asks_the_resolver_for_what_it_does_not_know) {
  Names names;
  const Resolver words = [](std::string_view inside) { return inside == "best" ? std::optional<std::string>("coat") : std::nullopt; };
  EXPECT_EQ(substitute("a {{best}}", names, words), "a coat");
  EXPECT_THAT(message_of<ConfigError>([&] { substitute("a {{worst}}", names, words); }), HasSubstr("'worst' is not defined"));
  EXPECT_THAT(message_of<ConfigError>([&] { substitute("a {{best", names, words); }), HasSubstr("{{ without }}"));
  EXPECT_THAT(message_of<ConfigError>([&] { substitute("{{2x := 3}}", names); }), HasSubstr("no name"));
  EXPECT_THAT(message_of<ConfigError>([&] { substitute("{{= 3 + }}", names); }), HasSubstr("{{= 3 + }}"));
}

}  // namespace cairn::course
