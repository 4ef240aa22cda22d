// A recursive descent over the grammar of expression.h, numbers as people write them, and the {{...}} of texts.
#include <course/machinery/expression.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn::course {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_name(std::string_view text) {
  if (text.empty() || text.size() > 64 || !is_letter(text[0])) return false;
  for (char c : text)
    if (!is_letter(c) && !is_digit(c)) return false;
  return true;
}

struct Function {
  const char* name;
  double (*of)(double);
};
constexpr Function functions[] = {
    {"exp", [](double x) { return std::exp(x); }},     {"log", [](double x) { return std::log(x); }},
    {"sqrt", [](double x) { return std::sqrt(x); }},   {"sin", [](double x) { return std::sin(x); }},
    {"cos", [](double x) { return std::cos(x); }},     {"tanh", [](double x) { return std::tanh(x); }},
    {"abs", [](double x) { return std::abs(x); }},     {"floor", [](double x) { return std::floor(x); }},
    {"round", [](double x) { return std::round(x); }},
};

class Parser {
 public:
  Parser(std::string_view text, const Names& names) : text_(text), names_(names) {}
  double all() {
    if (text_.size() > 1000) throw ConfigError("an expression of " + std::to_string(text_.size()) + " characters; at most 1000 are read.");
    const double value = sum();
    if (at_ < text_.size()) fail("does not belong here");
    if (!std::isfinite(value)) throw ConfigError("'" + printable(text_) + "' is not a finite number.");
    return value;
  }

 private:
  [[noreturn]] void fail(const std::string& what) {
    const std::string found = at_ < text_.size() ? "'" + printable(text_.substr(at_, 1)) + "' " : "the end ";
    throw ConfigError("'" + printable(text_) + "', character " + std::to_string(at_ + 1) + ": " + found + what + ".");
  }
  void blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) at_++;
  }
  bool take(char c) {
    blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    at_++;
    blanks();
    return true;
  }
  double sum() {
    const Deeper level(*this);
    double value = product();
    for (;;) {
      if (take('+')) value += product();
      else if (take('-')) value -= product();
      else return value;
    }
  }
  double product() {
    double value = sign();
    for (;;) {
      if (take('*')) value *= sign();
      else if (take('/')) value /= sign();
      else return value;
    }
  }
  double sign() {
    const Deeper level(*this);
    if (take('-')) return -sign();
    const double base = atom();
    return take('^') ? std::pow(base, sign()) : base;
  }
  double atom() {
    blanks();
    if (take('(')) {
      const double value = sum();
      if (!take(')')) fail("where ) is expected");
      return value;
    }
    if (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.')) return number();
    if (at_ < text_.size() && is_letter(text_[at_])) return word();
    fail("where a number, a name or ( is expected");
  }
  double number() {
    const size_t begin = at_;
    while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.')) at_++;
    // 1e-4; but 2 exp(1) and 2 e are no numbers.
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      size_t end = at_ + 1;
      if (end < text_.size() && (text_[end] == '-' || text_[end] == '+')) end++;
      if (end < text_.size() && is_digit(text_[end])) {
        while (end < text_.size() && is_digit(text_[end])) end++;
        at_ = end;
      }
    }
    double value = 0;
    if (!parse_double(text_.substr(begin, at_ - begin), value)) {
      at_ = begin;
      fail("begins something that is no number");
    }
    blanks();
    return value;
  }
  double word() {
    const size_t begin = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) at_++;
    const std::string_view name = text_.substr(begin, at_ - begin);
    if (take('(')) return call(name, begin);
    if (const auto found = names_.find(name); found != names_.end()) return found->second;
    if (name == "pi") return std::acos(-1.0);
    std::vector<std::string> known;
    for (const auto& [n, value] : names_) known.push_back(n);
    at_ = begin;
    throw ConfigError("'" + printable(text_) + "', character " + std::to_string(begin + 1) + ": '" + printable(name) + "' is not defined." +
                      did_you_mean(name, known));
  }
  double call(std::string_view name, size_t begin) {
    std::vector<double> values{sum()};
    while (take(',')) values.push_back(sum());
    if (!take(')')) fail("where , or ) is expected");
    if (name == "min" && values.size() > 1) return *std::min_element(values.begin(), values.end());
    if (name == "max" && values.size() > 1) return *std::max_element(values.begin(), values.end());
    std::vector<std::string> known{"min", "max"};
    for (const Function& f : functions) {
      if (name == f.name && values.size() == 1) return f.of(values[0]);
      known.push_back(f.name);
    }
    at_ = begin;
    if (std::find(known.begin(), known.end(), name) != known.end()) fail("begins a call with a wrong number of values");
    throw ConfigError("'" + printable(text_) + "', character " + std::to_string(begin + 1) + ": there is no function '" + printable(name) + "'." +
                      did_you_mean(name, known));
  }

  struct Deeper {
    explicit Deeper(Parser& p) : parser(p) {
      if (++parser.depth_ > 2 * 64) parser.fail("lies too deep in parentheses, signs or powers (64 levels)");
    }
    ~Deeper() { parser.depth_--; }
    Parser& parser;
  };

  std::string_view text_;
  const Names& names_;
  size_t at_ = 0;
  int depth_ = 0;
};

// 1.5e-07 -> 1.5e-7
std::string short_exponent(std::string text) {
  const size_t e = text.find('e');
  if (e == std::string::npos || e + 2 >= text.size()) return text;
  const bool minus = text[e + 1] == '-';
  size_t digits = e + 2;
  while (digits + 1 < text.size() && text[digits] == '0') digits++;
  return text.substr(0, e + 1) + (minus ? "-" : "") + text.substr(digits);
}

std::string printed(const char* format, int precision, double value) {
  char buffer[400];  // %f of 1e308 has 309 digits
  std::snprintf(buffer, sizeof buffer, format, precision, value);
  return buffer;
}

constexpr std::string_view hidden_mark = "hidden ";

// "x : .2f" -> "x" and ".2f"; the : of := is none.
std::pair<std::string_view, std::string_view> split_format(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || (colon + 1 < text.size() && text[colon + 1] == '=')) return {trim(text), {}};
  const std::string_view format = trim(text.substr(colon + 1));
  if (format.empty()) throw ConfigError("there is no format behind the colon.");
  return {trim(text.substr(0, colon)), format};
}

void check_range(std::string_view name, double value, std::string_view range, const Names& names) {
  const size_t dots = range.find("..");
  if (dots == std::string_view::npos) throw ConfigError("'in " + printable(range) + "' is no range.\nHint: in 0.1..0.4");
  const double low = evaluate(trim(range.substr(0, dots)), names), high = evaluate(trim(range.substr(dots + 2)), names);
  if (!(value >= low && value <= high))
    throw ConfigError(std::string(name) + " is " + shown(value) + ", outside of " + shown(low) + ".." + shown(high) + ".");
}

std::string replacement(std::string_view inside, Names& names, const Resolver& other) {
  const std::string_view whole = trim(inside);
  if (const size_t assign = whole.find(":="); assign != std::string_view::npos) {
    const bool hidden = trim(whole.substr(0, assign)).starts_with(hidden_mark);
    const std::string_view name = defined_name(whole);
    if (!is_name(name)) throw ConfigError("'" + printable(name) + "' is no name: letters, digits and _ only, a letter first.");
    const auto [expression, format] = split_format(whole.substr(assign + 2));
    const double value = evaluate(expression, names);
    names.insert_or_assign(std::string(name), value);
    return hidden ? "" : shown(value, format);
  }
  if (whole.starts_with("=")) {
    const auto [expression, format] = split_format(whole.substr(1));
    return shown(evaluate(expression, names), format);
  }
  const auto [left, format] = split_format(whole);
  const size_t in = left.find(" in ");
  const std::string_view name = trim(left.substr(0, in));
  if (const auto found = names.find(name); found != names.end()) {
    if (in != std::string_view::npos) check_range(name, found->second, trim(left.substr(in + 4)), names);
    return shown(found->second, format);
  }
  if (other)
    if (std::optional<std::string> text = other(whole)) return *text;
  std::vector<std::string> known;
  for (const auto& [n, value] : names) known.push_back(n);
  throw ConfigError("'" + printable(name) + "' is not defined." + did_you_mean(name, known));
}

}  // namespace

std::string_view defined_name(std::string_view inside) {
  const size_t assign = inside.find(":=");
  if (assign == std::string_view::npos) return {};
  const std::string_view name = trim(inside.substr(0, assign));
  return name.starts_with(hidden_mark) ? trim(name.substr(hidden_mark.size())) : name;
}

double evaluate(std::string_view text, const Names& names) { return Parser(text, names).all(); }

std::string shown(double value, std::string_view format) {
  if (value == 0) value = 0;  // -0
  if (!format.empty()) {
    const char kind = format.back();
    std::string_view digits = format.substr(0, format.size() - 1);
    int64_t precision = 6;
    const bool whole = kind == 'd' && digits.empty();
    if (!digits.empty() && (digits[0] != '.' || digits.size() > 3 || !is_digit(digits[1]) || !parse_int(digits.substr(1), precision))) precision = -1;
    if ((kind != 'f' && kind != 'e' && kind != 'g' && !whole) || precision < 0 || precision > 17)
      throw ConfigError("'" + printable(format) + "' is no format.\nHint: an optional precision and one of f, e, g, d, such as .3f");
    if (whole) return printed("%.*f", 0, std::round(value) + 0.0);
    return printed(kind == 'f' ? "%.*f" : kind == 'e' ? "%.*e" : "%.*g", int(precision), value);
  }
  const double size = std::abs(value), nearest_whole = std::round(value);
  if (size < 1e9 && std::abs(value - nearest_whole) <= 1e-12 * size) return printed("%.*f", 0, nearest_whole);
  const std::string text = printed("%.*g", 4, value);
  if (size >= 1e4 && size < 1e9) return printed("%.*f", 0, std::stod(text));
  return short_exponent(text);
}

std::string substitute(std::string_view text, Names& names, const Resolver& other) {
  std::string out;
  size_t at = 0;
  for (;;) {
    size_t open = text.find("{{", at);
    if (open == std::string_view::npos) return out.append(text.substr(at));
    while (open + 2 < text.size() && text[open + 2] == '{') open++;
    const size_t close = text.find("}}", open + 2);
    if (close == std::string_view::npos) throw ConfigError("'" + printable(text.substr(open)) + "': {{ without }}.");
    const std::string_view inside = text.substr(open + 2, close - open - 2);
    out.append(text.substr(at, open - at));
    try {
      out += replacement(inside, names, other);
    } catch (const ConfigError& e) { throw ConfigError("{{" + printable(inside) + "}}: " + e.what()); }
    at = close + 2;
  }
}

}  // namespace cairn::course
