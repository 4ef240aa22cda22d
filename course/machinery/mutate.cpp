#include <course/machinery/mutate.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

namespace cairn::course {

namespace {

struct Token {
  enum Kind { word, number, sign, quoted } kind;
  size_t begin, end;
  std::string text;
};

bool word_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

size_t end_of_quoted(const std::string& s, size_t i) {
  const char q = s[i++];
  while (i < s.size() && s[i] != q && s[i] != '\n') i += s[i] == '\\' ? 2 : 1;
  return std::min(i + 1, s.size());
}

// Without comments and preprocessor lines.
std::vector<Token> tokens_of(const std::string& s) {
  static const std::array<const char*, 22> signs = {
      "<<=", ">>=", "...", "<=>", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=", "%=", "++", "--", "->", "::", "<<", ">>", "|="};
  std::vector<Token> list;
  bool line_begins = true;
  for (size_t i = 0; i < s.size();) {
    const char c = s[i];
    if (c == '\n') line_begins = true, i++;
    else if (std::isspace(static_cast<unsigned char>(c))) i++;
    else if (s.compare(i, 2, "//") == 0 || (c == '#' && line_begins)) i = std::min(s.find('\n', i), s.size());
    else if (s.compare(i, 2, "/*") == 0) i = std::min(s.find("*/", i), s.size() - 2) + 2;
    else {
      line_begins = false;
      size_t end = i + 1;
      Token::Kind kind = Token::sign;
      if (c == '"' || c == '\'') kind = Token::quoted, end = end_of_quoted(s, i);
      else if (std::isdigit(static_cast<unsigned char>(c)) || (c == '.' && i + 1 < s.size() && std::isdigit(static_cast<unsigned char>(s[i + 1])))) {
        kind = Token::number;
        while (end < s.size() && (word_letter(s[end]) || s[end] == '.' || s[end] == '\'' ||
                                  ((s[end] == '-' || s[end] == '+') && (s[end - 1] == 'e' || s[end - 1] == 'E'))))
          end++;
      } else if (word_letter(c)) {
        kind = Token::word;
        while (end < s.size() && word_letter(s[end])) end++;
      } else
        for (const char* sign : signs)
          if (s.compare(i, std::char_traits<char>::length(sign), sign) == 0) {
            end = i + std::char_traits<char>::length(sign);
            break;
          }
      list.push_back({kind, i, end, s.substr(i, end - i)});
      i = end;
    }
  }
  return list;
}

class Mutator {
 public:
  explicit Mutator(const std::string& text) : s_(text), t_(tokens_of(text)) {
    std::vector<size_t> open;
    partner_.assign(t_.size(), t_.size());
    for (size_t i = 0; i < t_.size(); i++) {
      if (is(i, "(") || is(i, "[") || is(i, "{")) open.push_back(i);
      else if ((is(i, ")") || is(i, "]") || is(i, "}")) && !open.empty()) {
        partner_[i] = open.back(), partner_[open.back()] = i;
        open.pop_back();
      }
    }
  }

  std::vector<Mutation> all() {
    for (size_t i = 0; i < t_.size(); i++) {
      operators(i);
      constants(i);
      indices(i);
      calls(i);
      conditions(i);
      statements(i);
    }
    return std::move(list_);
  }

 private:
  bool is(size_t i, const char* text) const { return i < t_.size() && t_[i].kind != Token::quoted && t_[i].text == text; }
  bool spaced(size_t i) const { return i > 0 && i + 1 < t_.size() && t_[i - 1].end < t_[i].begin && t_[i].end < t_[i + 1].begin; }

  // Tokens [from, to) become `with`.
  void change(size_t from, size_t to, const std::string& with, size_t shown_from, size_t shown_to) {
    Mutation m;
    const size_t begin = t_[from].begin, end = t_[to - 1].end;
    m.line = 1 + int64_t(std::count(s_.begin(), s_.begin() + int64_t(begin), '\n'));
    m.text = s_.substr(0, begin) + with + s_.substr(end);
    const size_t a = t_[shown_from].begin, b = t_[std::min(shown_to, t_.size()) - 1].end;
    const auto flat = [](const std::string& text) {
      std::string one;
      for (const char c : text) {
        if (!std::isspace(static_cast<unsigned char>(c))) one += c;
        else if (!one.empty() && one.back() != ' ') one += ' ';
      }
      return one;
    };
    m.what = flat(s_.substr(a, b - a)) + " -> " + flat(s_.substr(a, begin - a) + with + s_.substr(end, b - end));
    while (m.what.ends_with(" ")) m.what.pop_back();
    if (m.what.ends_with("->")) m.what += " (nothing)";
    if (!seen_.insert(m.text).second) return;
    const int n = ++times_[{m.line, m.what}];
    if (n > 1) m.what += " (" + std::to_string(n) + ")";
    list_.push_back(std::move(m));
  }
  void change_one(size_t i, const std::string& with) { change(i, i + 1, with, i > 0 ? i - 1 : 0, i + 2); }

  // The end of an operand that begins at i: -f(x)[1].y; with `product`, over * and / too.
  size_t operand_end(size_t i, bool product) const {
    while (is(i, "-") || is(i, "!") || is(i, "*") || is(i, "&")) i++;
    if (i >= t_.size()) return i;
    if (is(i, "(") || is(i, "[") || is(i, "{")) i = partner_[i] + 1;
    else i++;
    while (i < t_.size()) {
      if (is(i, "(") || is(i, "[")) i = partner_[i] + 1;
      else if (is(i, ".") || is(i, "->") || is(i, "::")) i += 2;
      else if (is(i, "{") && t_[i - 1].kind == Token::word && t_[i - 1].end == t_[i].begin) i = partner_[i] + 1;
      else if (is(i, "<") && !spaced(i)) {  // of a template: std::vector<double>(n)
        size_t j = i;
        while (j < t_.size() && !is(j, ">") && !is(j, ";")) j++;
        i = j + 1;
      } else break;
    }
    if (product && i < t_.size() && (is(i, "*") || is(i, "/") || is(i, "%")) && spaced(i)) return operand_end(i + 1, true);
    return i;
  }
  // The beginning of an operand that ends before i.
  size_t operand_begin(size_t i, bool product) const {
    while (i > 0) {
      i--;
      if ((is(i, ")") || is(i, "]")) && partner_[i] < i) {
        i = partner_[i];
        if (i > 0 && (t_[i - 1].kind == Token::word || is(i - 1, ")") || is(i - 1, "]")) && t_[i - 1].end == t_[i].begin && !is(i - 1, "return"))
          continue;
      }
      if (i > 1 && (is(i - 1, ".") || is(i - 1, "->") || is(i - 1, "::"))) {
        i--;
        continue;
      }
      break;
    }
    if (product && i > 1 && (is(i - 1, "*") || is(i - 1, "/") || is(i - 1, "%")) && spaced(i - 1)) return operand_begin(i - 1, true);
    return i;
  }

  void operators(size_t i) {
    static const std::map<std::string, std::vector<std::string>> others = {
        {"+", {"-"}},       {"-", {"+"}},        {"*", {"/"}},        {"/", {"*"}},        {"%", {"*"}},       {"<", {"<=", ">"}},
        {">", {">=", "<"}}, {"<=", {"<"}},       {">=", {">"}},       {"==", {"!="}},      {"!=", {"=="}},     {"&&", {"||"}},
        {"||", {"&&"}},     {"+=", {"-=", "="}}, {"-=", {"+=", "="}}, {"*=", {"/=", "="}}, {"/=", {"*=", "="}}};
    if (t_[i].kind != Token::sign) return;
    const std::string& op = t_[i].text;
    const auto found = others.find(op);
    if (found != others.end() && spaced(i)) {
      for (const std::string& with : found->second) change_one(i, with);
      const bool sum = op == "+" || op == "-", product = op == "*" || op == "/", logic = op == "&&" || op == "||";
      if (sum || product) {  // a term is left out: first the right one
        const size_t right = operand_end(i + 1, sum), left = operand_begin(i, sum);
        if (right <= t_.size() && left < i) {
          change(i, right, "", left, right);
          if (op != "/") change(left, i + 1, op == "-" ? "-" : "", left, right);
        }
      }
      if (logic) {
        size_t right = i + 1;
        for (; right < t_.size() && !is(right, "&&") && !is(right, "||") && !is(right, ")") && !is(right, ";") && !is(right, "?") && !is(right, ",");
             right++)
          if (is(right, "(") || is(right, "[")) right = partner_[right];
        if (right < t_.size()) change(i, right, "", i - 1, right);
      }
    } else if (is(i, "-") && i > 0 && t_[i - 1].kind == Token::sign && !is(i - 1, ")") && !is(i - 1, "]") && t_[i].end == t_[i + 1].begin)
      change(i, i + 1, "", i, i + 2);
    else if (is(i, "-") && i > 0 && is(i - 1, "return")) change(i, i + 1, "", i, i + 2);
    else if (is(i, "!") && t_[i].end == t_[i + 1].begin) change(i, i + 1, "", i, i + 2);
    else if (is(i, "++") && i > 0 && t_[i - 1].kind == Token::word) change(i, i + 1, " += 2", i - 1, i + 1);
  }

  void constants(size_t i) {
    if (t_[i].kind != Token::number) {
      static const std::map<std::string, std::string> words = {{"true", "false"}, {"false", "true"}, {"max", "min"},       {"min", "max"},
                                                               {"floor", "ceil"}, {"ceil", "floor"}, {"front", "back"},    {"back", "front"},
                                                               {"sin", "cos"},    {"cos", "sin"},    {"break", "continue"}};
      const auto other = words.find(t_[i].text);
      if (t_[i].kind == Token::word && other != words.end()) change_one(i, other->second);
      return;
    }
    const std::string& n = t_[i].text;
    if (n.find_first_not_of("0123456789") == std::string::npos && n.size() < 10) {
      const long v = std::stol(n);
      change_one(i, std::to_string(v + 1));
      change_one(i, v > 0 ? std::to_string(v - 1) : "(-1)");
    } else if (n.find_first_not_of("0123456789.eE-+") == std::string::npos) {
      const double v = std::stod(n);
      if (v == 0) {
        change_one(i, "1.0");
      } else {
        change_one(i, "(2 * " + n + ")");
        change_one(i, "0.0");
      }
    }
  }

  void indices(size_t i) {
    if (!is(i, "[") || i == 0 || partner_[i] <= i + 1 || partner_[i] >= t_.size() || t_[i - 1].end != t_[i].begin) return;
    if (t_[i - 1].kind != Token::word && !is(i - 1, ")") && !is(i - 1, "]")) return;
    const size_t end = partner_[i];
    const std::string index = s_.substr(t_[i + 1].begin, t_[end - 1].end - t_[i + 1].begin);
    const size_t first = operand_begin(i, false);
    change(i + 1, end, index + " + 1", first, end + 1);
    change(i + 1, end, index + " - 1", first, end + 1);
  }

  void calls(size_t i) {
    if (is(i, "size") && is(i + 1, "(") && is(i + 2, ")")) change(i, i + 3, "size() - 1", operand_begin(i + 3, false), i + 3);
    if (!is(i, "(") || i == 0 || t_[i - 1].kind != Token::word || t_[i - 1].end != t_[i].begin || partner_[i] >= t_.size()) return;
    if (is(partner_[i] + 1, "{") || is(i - 1, "for") || is(i - 1, "while") || is(i - 1, "if")) return;  // a function's own line
    std::vector<size_t> commas;
    for (size_t j = i + 1; j < partner_[i]; j++) {
      if ((is(j, "(") || is(j, "[") || is(j, "{")) && partner_[j] < t_.size()) j = partner_[j];
      else if (is(j, ",")) commas.push_back(j);
    }
    if (commas.size() != 1 || commas[0] == i + 1 || commas[0] + 1 == partner_[i]) return;
    const auto part = [&](size_t from, size_t to) { return s_.substr(t_[from].begin, t_[to - 1].end - t_[from].begin); };
    const std::string a = part(i + 1, commas[0]), b = part(commas[0] + 1, partner_[i]);
    const bool either = is(i - 1, "max") || is(i - 1, "min");  // which commute
    if (a != b && !either) change(i + 1, partner_[i], b + ", " + a, i - 1, partner_[i] + 1);
  }

  void conditions(size_t i) {
    if (!is(i, "if") || !is(i + 1, "(") || partner_[i + 1] >= t_.size()) return;
    change(i + 2, partner_[i + 1], "false", i, partner_[i + 1] + 1);
    change(i + 2, partner_[i + 1], "true", i, partner_[i + 1] + 1);
  }

  void statements(size_t i) {
    static const std::set<std::string> no_statement = {"return",   "const",     "auto",     "double", "int",    "float",     "bool",   "std",
                                                       "size_t",   "int64_t",   "if",       "for",    "while",  "else",      "do",     "struct",
                                                       "class",    "namespace", "using",    "static", "case",   "constexpr", "throw",  "public",
                                                       "template", "typedef",   "unsigned", "void",   "switch", "default",   "private"};
    if (t_[i].kind != Token::word || i == 0 || no_statement.contains(t_[i].text)) return;
    const bool begins =
        is(i - 1, ";") || is(i - 1, "{") || is(i - 1, "}") || is(i - 1, "else") || (is(i - 1, ")") && !spaced(i - 1) && follows_condition(i - 1));
    if (!begins) return;
    size_t end = i;
    bool does = is(i, "break") || is(i, "continue");
    for (; end < t_.size() && !is(end, ";") && !is(end, "}"); end++) {
      if (end == i + 1 && t_[end].kind == Token::word) return;  // a declaration: Type name
      static const std::set<std::string> acts = {"=", "+=", "-=", "*=", "/=", "++", "--", "("};
      does |= t_[end].kind == Token::sign && acts.contains(t_[end].text);
      if ((is(end, "(") || is(end, "[") || is(end, "{")) && partner_[end] < t_.size()) end = partner_[end];
    }
    if (!does || !is(end, ";") || is(end - 1, "{")) return;
    for (size_t j = i; j-- > 0 && !is(j, ";") && !is(j, "{") && !is(j, "}");)
      if (is(j, "(") && is(j - 1, "for") && partner_[j] > end) return;  // inside of a for's parenthesis
    change(i, end + 1, ";", i, end + 1);
  }
  bool follows_condition(size_t close) const {
    const size_t open = partner_[close];
    return open < close && open > 0 && (is(open - 1, "if") || is(open - 1, "for") || is(open - 1, "while"));
  }

  const std::string& s_;
  std::vector<Token> t_;
  std::vector<size_t> partner_;
  std::vector<Mutation> list_;
  std::set<std::string> seen_;
  std::map<std::pair<int64_t, std::string>, int> times_;
};

}  // namespace

std::vector<Mutation> mutations_of(const std::string& text) { return Mutator(text).all(); }

std::vector<Mutation> some_of(std::vector<Mutation> all, size_t most) {
  if (all.size() <= most) return all;
  std::vector<Mutation> some;
  for (size_t i = 0; i < most; i++) some.push_back(std::move(all[i * all.size() / most]));
  return some;
}

}  // namespace cairn::course
