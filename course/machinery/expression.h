// The arithmetic of lesson texts and quizzes: "2*x^2 + exp(-y)" for given x and y, how a number is shown, and texts that hold both.
//
//   sum      := product (('+' | '-') product)*
//   product  := signed (('*' | '/') signed)*
//   signed   := '-' signed | power
//   power    := atom ('^' signed)?                          so -x^2 is -(x^2), 2^3^2 is 2^(3^2) and 2^-1 is a half
//   atom     := number | name | function '(' sum (',' sum)* ')' | '(' sum ')'
//   function := exp log sqrt sin cos tanh abs floor round of one value, min max of two or more; pi is a name
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace cairn::course {

using Names = std::map<std::string, double, std::less<>>;

// ConfigError with the place in the text: what it does not understand, names that are not defined (nearest match), a result that is not
// finite, more than 1000 characters, more than 64 levels of nesting.
double evaluate(std::string_view text, const Names& names);

// Whole numbers below 10^9 in full, others with at most four digits and no trailing zeros: "0.3333", "12350", "1.5e-7". Or by a format of
// printf without the %: an optional precision and one of f, e, g, d (".3f"). ConfigError for another format.
std::string shown(double value, std::string_view format = {});

// The name that `x := 3` or `hidden x := 3`, as they stand in the braces, define; empty when nothing is defined.
std::string_view defined_name(std::string_view inside);
// What stands in the braces of {{...}}, of a form that substitute does not know itself or with a name that is not defined: its text, or
// nothing, which is an error.
using Resolver = std::function<std::optional<std::string>(std::string_view inside)>;

// Replaces {{name}}, {{name : .2f}}, {{name in 0.1..0.4 : .2f}}, {{= expression}}, {{= expression : .2f}}, {{x := expression}} (which also
// defines x from there on) and {{hidden x := expression}} (which shows nothing). In a row of three braces the inner two count, so that
// 10^{{{= n}}} of maths works. ConfigError: what is wrong, with the text between the braces; a value outside of its `in`.
std::string substitute(std::string_view text, Names& names, const Resolver& other = nullptr);

}  // namespace cairn::course
