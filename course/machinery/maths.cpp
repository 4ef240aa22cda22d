// A small reader of LaTeX's maths: tokens, groups, scripts.
#include <course/machinery/maths.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <utility>
#include <vector>

#include <cairn/base/text.h>

namespace cairn::course {

namespace {

struct Sign {
  const char *unicode, *ascii;
};

// Commands that are one sign. Blanks around it belong to it.
const std::map<std::string_view, Sign> signs = {
    {"alpha", {"α", "alpha"}},
    {"beta", {"β", "beta"}},
    {"gamma", {"γ", "gamma"}},
    {"delta", {"δ", "delta"}},
    {"epsilon", {"ε", "eps"}},
    {"varepsilon", {"ε", "eps"}},
    {"zeta", {"ζ", "zeta"}},
    {"eta", {"η", "eta"}},
    {"theta", {"θ", "theta"}},
    {"kappa", {"κ", "kappa"}},
    {"lambda", {"λ", "lambda"}},
    {"mu", {"μ", "mu"}},
    {"nu", {"ν", "nu"}},
    {"xi", {"ξ", "xi"}},
    {"pi", {"π", "pi"}},
    {"rho", {"ρ", "rho"}},
    {"sigma", {"σ", "sigma"}},
    {"tau", {"τ", "tau"}},
    {"phi", {"φ", "phi"}},
    {"varphi", {"φ", "phi"}},
    {"chi", {"χ", "chi"}},
    {"psi", {"ψ", "psi"}},
    {"omega", {"ω", "omega"}},
    {"Gamma", {"Γ", "Gamma"}},
    {"Delta", {"Δ", "Delta"}},
    {"Theta", {"Θ", "Theta"}},
    {"Lambda", {"Λ", "Lambda"}},
    {"Sigma", {"Σ", "Sigma"}},
    {"Phi", {"Φ", "Phi"}},
    {"Psi", {"Ψ", "Psi"}},
    {"Omega", {"Ω", "Omega"}},
    {"Pi", {"Π", "Pi"}},
    {"ell", {"ℓ", "l"}},
    {"nabla", {"∇", "grad "}},
    {"partial", {"∂", "d"}},
    {"infty", {"∞", "inf"}},
    {"cdot", {" · ", " * "}},
    {"times", {" × ", " x "}},
    {"pm", {" ± ", " +- "}},
    {"mp", {" ∓ ", " -+ "}},
    {"div", {" ÷ ", " / "}},
    {"ast", {" * ", " * "}},
    {"circ", {" ∘ ", " o "}},
    {"odot", {" ⊙ ", " (.) "}},
    {"otimes", {" ⊗ ", " (x) "}},
    {"oplus", {" ⊕ ", " (+) "}},
    {"le", {" ≤ ", " <= "}},
    {"leq", {" ≤ ", " <= "}},
    {"ge", {" ≥ ", " >= "}},
    {"geq", {" ≥ ", " >= "}},
    {"ne", {" ≠ ", " != "}},
    {"neq", {" ≠ ", " != "}},
    {"ll", {" ≪ ", " << "}},
    {"gg", {" ≫ ", " >> "}},
    {"approx", {" ≈ ", " ~ "}},
    {"sim", {" ~ ", " ~ "}},
    {"equiv", {" ≡ ", " == "}},
    {"propto", {" ∝ ", " ~ "}},
    {"in", {" ∈ ", " in "}},
    {"notin", {" ∉ ", " not in "}},
    {"subset", {" ⊂ ", " within "}},
    {"cup", {" ∪ ", " or "}},
    {"cap", {" ∩ ", " and "}},
    {"setminus", {" \\ ", " without "}},
    {"to", {" → ", " -> "}},
    {"mapsto", {" ↦ ", " -> "}},
    {"rightarrow", {" → ", " -> "}},
    {"leftarrow", {" ← ", " <- "}},
    {"gets", {" ← ", " <- "}},
    {"Rightarrow", {" ⇒ ", " => "}},
    {"Leftrightarrow", {" ⇔ ", " <=> "}},
    {"iff", {" ⇔ ", " <=> "}},
    {"implies", {" ⇒ ", " => "}},
    {"longrightarrow", {" → ", " -> "}},
    {"sum", {"Σ", "sum"}},
    {"prod", {"Π", "product"}},
    {"int", {"∫", "integral "}},
    {"forall", {"∀", "for all "}},
    {"exists", {"∃", "there is "}},
    {"top", {"⊤", "T"}},
    {"perp", {" ⊥ ", " _|_ "}},
    {"parallel", {" ∥ ", " || "}},
    {"mid", {" | ", " | "}},
    {"vert", {"|", "|"}},
    {"lvert", {"|", "|"}},
    {"rvert", {"\b|", "\b|"}},
    {"Vert", {"‖", "||"}},
    {"lVert", {"‖", "||"}},
    {"rVert", {"\b‖", "\b||"}},
    {"langle", {"⟨", "<"}},
    {"rangle", {"⟩", ">"}},
    {"lfloor", {"⌊", "floor("}},
    {"rfloor", {"⌋", ")"}},
    {"lceil", {"⌈", "ceil("}},
    {"rceil", {"⌉", ")"}},
    {"dots", {"…", "..."}},
    {"ldots", {"…", "..."}},
    {"cdots", {"…", "..."}},
    {"vdots", {"⋮", ":"}},
    {"ddots", {"⋱", "..."}},
    {"prime", {"′", "'"}},
    {"quad", {"   ", "   "}},
    {"qquad", {"      ", "      "}},
    {"colon", {": ", ": "}},
    {"lbrace", {"{", "{"}},
    {"rbrace", {"}", "}"}},
    {"bullet", {"•", "*"}},
    {"wedge", {" ∧ ", " and "}},
    {"vee", {" ∨ ", " or "}},
    {"neg", {"¬", "not "}},
    {"emptyset", {"∅", "{}"}},
    {"hbar", {"ħ", "hbar"}},
};
// Names of functions, upright in print.
constexpr std::string_view upright[] = {"lim",  "max",  "min", "sup", "inf", "log", "ln", "exp", "sin", "cos",    "tan",   "tanh",
                                        "sinh", "cosh", "det", "dim", "ker", "arg", "Pr", "gcd", "deg", "argmax", "argmin"};
// A combining sign behind the letter; its name in ASCII.
const std::map<std::string_view, Sign> accents = {{"hat", {"̂", "hat"}},      {"widehat", {"̂", "hat"}}, {"bar", {"̄", "bar"}},
                                                  {"overline", {"̄", "bar"}}, {"tilde", {"̃", "tilde"}}, {"widetilde", {"̃", "tilde"}},
                                                  {"vec", {"⃗", "vec"}},      {"dot", {"̇", "dot"}},     {"ddot", {"̈", "ddot"}}};
const std::map<char, const char*> superscripts = {{'0', "⁰"}, {'1', "¹"}, {'2', "²"}, {'3', "³"}, {'4', "⁴"}, {'5', "⁵"}, {'6', "⁶"}, {'7', "⁷"},
                                                  {'8', "⁸"}, {'9', "⁹"}, {'+', "⁺"}, {'-', "⁻"}, {'(', "⁽"}, {')', "⁾"}, {'n', "ⁿ"}, {'i', "ⁱ"},
                                                  {'T', "ᵀ"}, {'x', "ˣ"}, {'k', "ᵏ"}, {'t', "ᵗ"}, {'m', "ᵐ"}, {'d', "ᵈ"}};
const std::map<char, const char*> subscripts = {{'0', "₀"}, {'1', "₁"}, {'2', "₂"}, {'3', "₃"}, {'4', "₄"}, {'5', "₅"}, {'6', "₆"}, {'7', "₇"},
                                                {'8', "₈"}, {'9', "₉"}, {'+', "₊"}, {'-', "₋"}, {'i', "ᵢ"}, {'j', "ⱼ"}, {'k', "ₖ"}, {'n', "ₙ"},
                                                {'m', "ₘ"}, {'t', "ₜ"}, {'x', "ₓ"}, {'a', "ₐ"}, {'e', "ₑ"}, {'o', "ₒ"}, {'p', "ₚ"}, {'s', "ₛ"},
                                                {'h', "ₕ"}, {'l', "ₗ"}, {'r', "ᵣ"}, {'u', "ᵤ"}, {'v', "ᵥ"}};

bool is_latin(char c) { return std::isalpha(static_cast<unsigned char>(c)); }

// Blanks inside of a line to one each, none before a closing bracket (behind \b).
std::string squeezed(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c == '\b') {
      while (!out.empty() && out.back() == ' ') out.pop_back();
    } else if (c != ' ' || (!out.empty() && out.back() != ' ' && out.back() != '\n')) out += c;
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// Needs no parentheses: a name, a number, a call, what has its own brackets.
bool is_atom(const std::string& text) {
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '[') depth++;
    if (c == ')' || c == ']') depth--;
    if (depth == 0 && (c == ' ' || c == '+' || c == '-' || c == '/' || c == '=' || c == ',')) return false;
  }
  return !text.empty();
}
std::string grouped(const std::string& text) { return is_atom(text) ? text : "(" + text + ")"; }

class TexReader {
 public:
  TexReader(std::string_view tex, bool unicode) : t_(tex), unicode_(unicode) {}
  std::string all() {
    std::string out;
    while (at_ < t_.size()) {
      out += until_closing();
      if (at_ < t_.size()) at_++;  // a } too many
    }
    return out;
  }

 private:
  // Everything up to a } or the end.
  std::string until_closing() {
    std::string out;
    while (at_ < t_.size() && t_[at_] != '}') out += piece();
    return out;
  }
  void blanks() {
    while (at_ < t_.size() && std::isspace(static_cast<unsigned char>(t_[at_]))) at_++;
  }
  // LaTeX ends a command's name with a blank that it does not print; before an operator one is kept: \delta = W, not "δ= W".
  void blanks_behind_name() {
    const size_t begin = at_;
    blanks();
    if (at_ > begin && at_ < t_.size() && std::string_view("=+-<>/|").find(t_[at_]) != std::string_view::npos) at_--;
  }
  // What an argument is: a group, a command with its arguments, or one character.
  std::string argument() {
    blanks();
    return at_ < t_.size() && t_[at_] != '}' ? squeezed(atom()) : "";
  }
  std::string raw_argument() {  // of \text: as it stands
    blanks();
    if (at_ >= t_.size() || t_[at_] != '{') return argument();
    const size_t begin = ++at_;
    for (int depth = 1; at_ < t_.size(); at_++) {
      if (t_[at_] == '{') depth++;
      if (t_[at_] == '}' && --depth == 0) break;
    }
    const std::string text(t_.substr(begin, at_ - begin));
    if (at_ < t_.size()) at_++;
    return text;
  }

  std::string piece() {
    const char c = t_[at_];
    if (c == '^' || c == '_') {
      at_++;
      return script(c, argument());
    }
    return atom();
  }

  std::string script(char kind, std::string text) {
    if (text == "⊤" || text == "\\top") text = "T";
    if (text == "′" || text == "'") return "'";
    if (kind == '^' && text == (unicode_ ? "∘" : "o")) return unicode_ ? "°" : " degrees";
    if (text.empty()) return "";
    if (unicode_) {
      const auto& table = kind == '^' ? superscripts : subscripts;
      std::string small;
      for (const char c : text) {
        const auto found = table.find(c);
        if (found == table.end()) {
          small.clear();
          break;
        }
        small += found->second;
      }
      if (!small.empty()) return small;
    }
    const bool bracketed = text.front() == '(' && text.back() == ')';
    return kind + (bracketed || is_atom(text) ? text : "(" + text + ")");
  }

  std::string atom() {
    struct Deeper {
      explicit Deeper(int& d) : depth(d) { depth++; }
      ~Deeper() { depth--; }
      int& depth;
    } level(depth_);
    const char c = t_[at_];
    if (depth_ > 60) return character();  // nobody reads that
    if (c == '{') {
      at_++;
      const std::string inside = until_closing();
      if (at_ < t_.size()) at_++;
      return inside;
    }
    if (c == '\\') return command();
    const std::string whole = character();
    if (c == '&') return "  ";
    if (c == '~') return " ";
    if (std::isspace(static_cast<unsigned char>(c))) return " ";
    return whole;
  }

  // The character here, of one byte or more.
  std::string character() {
    const size_t begin = at_++;
    while (at_ < t_.size() && (static_cast<unsigned char>(t_[at_]) & 0xC0) == 0x80) at_++;
    return std::string(t_.substr(begin, at_ - begin));
  }

  std::string command() {
    at_++;
    if (at_ >= t_.size()) return "\\";
    if (!is_latin(t_[at_])) {
      const char c = t_[at_];
      const std::string whole = character();
      if (c == '\\') {
        if (at_ < t_.size() && t_[at_] == '[')
          at_ = std::min(t_.size(), t_.find(']', at_) == std::string_view::npos ? t_.size() : t_.find(']', at_) + 1);
        return "\n";
      }
      if (c == '!') return "";
      if (c == ',' || c == ';' || c == ':' || c == ' ') return " ";
      if (c == '|') return unicode_ ? "‖" : "||";
      return whole;
    }
    const size_t begin = at_;
    while (at_ < t_.size() && is_latin(t_[at_])) at_++;
    const std::string name(t_.substr(begin, at_ - begin));
    if (!name.starts_with("text")) blanks_behind_name();
    const auto follows = [&] { return at_ < t_.size() && (is_latin(t_[at_]) || t_[at_] == '\\'); };

    if (name == "frac" || name == "dfrac" || name == "tfrac") {
      const std::string above = argument(), below = argument();
      // a/2h could be read as (a/2) h.
      const bool product = below.size() > 1 && std::isdigit(static_cast<unsigned char>(below[0])) &&
                           !std::all_of(below.begin(), below.end(), [](char c) { return std::isdigit(static_cast<unsigned char>(c)) || c == '.'; });
      // Apart from what is multiplied: 1/N(a + b) would have both below the line.
      const bool apart = follows() || (at_ < t_.size() && (t_[at_] == '(' || t_[at_] == '['));
      return grouped(above) + "/" + (product ? "(" + below + ")" : grouped(below)) + (apart ? " " : "");
    }
    if (name == "sqrt") {
      std::string degree;
      blanks();
      if (at_ < t_.size() && t_[at_] == '[') {
        const size_t end = t_.find(']', at_);
        degree = std::string(t_.substr(at_ + 1, end == std::string_view::npos ? end : end - at_ - 1));
        at_ = end == std::string_view::npos ? t_.size() : end + 1;
      }
      const std::string inside = argument(), root = unicode_ ? "√" : "sqrt";
      return (degree.empty() ? "" : script('^', degree)) + root + (unicode_ && inside.size() == 1 ? inside : "(" + inside + ")");
    }
    if (name == "binom") {
      const std::string n = argument(), k = argument();
      return "(" + n + " choose " + k + ")";
    }
    if (name == "text" || name == "textbf" || name == "textit" || name == "mbox" || name == "textrm" || name == "texttt") return raw_argument();
    if (name == "mathrm" || name == "mathbf" || name == "boldsymbol" || name == "bm" || name == "mathcal" || name == "mathit" || name == "mathsf" ||
        name == "mathtt" || name == "operatorname" || name == "boxed" || name == "mathop" || name == "phantom") {
      const std::string inside = argument();
      if (name == "phantom") return std::string(inside.size(), ' ');
      return name == "operatorname" && follows() ? inside + " " : inside;
    }
    if (name == "mathbb") {
      const std::string inside = argument();
      static const std::map<std::string, const char*> doubled = {{"R", "ℝ"}, {"N", "ℕ"}, {"Z", "ℤ"}, {"E", "𝔼"}, {"P", "ℙ"}, {"C", "ℂ"}, {"Q", "ℚ"}};
      return unicode_ && doubled.count(inside) ? doubled.at(inside) : inside;
    }
    if (name == "underbrace" || name == "overbrace" || name == "underset" || name == "overset" || name == "stackrel") {
      std::string over = argument();
      if (name == "underset" || name == "overset" || name == "stackrel") {  // \underset{below}{of}
        const std::string of = argument();
        return of + "_(" + over + ")";
      }
      blanks();
      if (at_ < t_.size() && (t_[at_] == '_' || t_[at_] == '^')) {
        at_++;
        return "[" + over + ": " + argument() + "]";
      }
      return over;
    }
    if (const auto accent = accents.find(name); accent != accents.end()) {
      const std::string inside = argument();
      const bool one = inside.size() == 1 || (!inside.empty() && (static_cast<unsigned char>(inside[0]) & 0xC0) == 0xC0 && inside.size() <= 3);
      if (unicode_ && one) return inside + accent->second.unicode;
      return one ? inside + "_" + accent->second.ascii : std::string(accent->second.ascii) + "(" + inside + ")";
    }
    if (name == "left" || name == "right" || name == "big" || name == "Big" || name == "bigg" || name == "Bigg" || name == "bigl" || name == "bigr" ||
        name == "Bigl" || name == "Bigr") {
      blanks();
      if (at_ < t_.size() && t_[at_] == '.') {
        at_++;
        return "";
      }
      if (at_ >= t_.size() || t_[at_] == '}') return "";
      const bool closes = name == "right" || name.back() == 'r';
      const std::string bracket = atom();
      if (!closes) blanks();
      return (closes ? "\b" : "") + bracket;
    }
    if (name == "begin") return environment();
    if (name == "end") {
      raw_argument();
      return "";
    }
    if (name == "displaystyle" || name == "textstyle" || name == "scriptstyle" || name == "limits" || name == "nolimits" || name == "nonumber")
      return "";
    if (name == "hspace" || name == "color" || name == "tag") {
      raw_argument();
      return " ";
    }
    if (const auto sign = signs.find(name); sign != signs.end()) {
      std::string shown = unicode_ ? sign->second.unicode : sign->second.ascii;
      // Words of ASCII stay apart from what follows; a sum has its index first.
      if (follows() && is_latin(shown.back())) shown += " ";
      return shown;
    }
    if (std::find(std::begin(upright), std::end(upright), name) != std::end(upright)) return named_function(name);
    return follows() ? name + " " : name;
  }

  // "sin x", but "sin(x)" and "lim_(h → 0) f"; "log(a/b)", since log a/b would be a quotient of the logarithm.
  std::string named_function(const std::string& name) {
    std::string out = name;
    blanks();
    while (at_ < t_.size() && (t_[at_] == '_' || t_[at_] == '^')) {
      const char kind = t_[at_++];
      out += script(kind, argument());
      blanks();
    }
    const std::string_view rest = t_.substr(std::min(at_, t_.size()));
    const bool whole = name == "lim" || name == "max" || name == "min" || name == "sup" || name == "inf" || name.starts_with("arg");
    if (!whole && (rest.starts_with("\\frac") || rest.starts_with("\\dfrac") || rest.starts_with("\\tfrac")))
      return out + "(" + squeezed(atom()) + ")";
    if (at_ < t_.size() && (is_latin(t_[at_]) || t_[at_] == '\\' || std::isdigit(static_cast<unsigned char>(t_[at_])))) out += " ";
    return out;
  }

  // \begin{pmatrix} a & b \\ c & d \end{pmatrix} -> [a b; c d]; cases and aligned rows stand on lines of their own.
  std::string environment() {
    const std::string name = raw_argument();
    if (name == "array") raw_argument();  // the columns
    const std::string closing = "\\end{" + name + "}";
    const size_t end = t_.find(closing, at_);
    const std::string_view inside = t_.substr(at_, end == std::string_view::npos ? end : end - at_);
    at_ = end == std::string_view::npos ? t_.size() : end + closing.size();
    if (depth_ > 20) return std::string(inside);
    TexReader inner(inside, unicode_);
    inner.depth_ = depth_;
    std::vector<std::string> rows;
    for (const std::string& row : split(inner.all(), '\n')) {
      const std::string text = name.find("matrix") != std::string::npos || name == "array" ? squeezed(row) : std::string(trim(row));
      if (!text.empty()) rows.push_back(text);
    }
    if (name.find("matrix") != std::string::npos || name == "array") {
      const bool bars = name == "vmatrix";
      return (bars ? "|" : "[") + join(rows, "; ") + (bars ? "|" : "]");
    }
    if (name == "cases") return "\n  " + join(rows, "\n  ") + "\n";
    return "\n" + join(rows, "\n") + "\n";
  }

  std::string_view t_;
  bool unicode_;
  size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

std::string readable_maths(std::string_view tex, bool unicode) {
  std::string out;
  for (const std::string& line : split(TexReader(tex, unicode).all(), '\n')) {
    // Blanks of sources are one; those that rows begin with stay.
    const size_t indent = line.find_first_not_of(' ');
    const std::string text = squeezed(line);
    if (text.empty()) continue;
    if (!out.empty()) out += "\n" + std::string(std::min<size_t>(indent == std::string::npos ? 0 : indent, 2), ' ');
    out += text;
  }
  if (unicode) return out;
  for (char& c : out)
    if (static_cast<unsigned char>(c) > 126) c = '?';
  return out;
}

}  // namespace cairn::course
