// Blocks of a lesson as HTML.
#include <course/machinery/page.h>

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/json.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <course/machinery/markdown.h>
#include <course/machinery/page_assets.h>

namespace cairn::course {

namespace {

constexpr uint64_t largest_figure = 16 << 20;

std::string anchor_of(std::string_view heading) {
  std::string id;
  for (const char c : lower(heading)) {
    if (std::isalnum(static_cast<unsigned char>(c))) id += c;
    else if (!id.empty() && id.back() != '-') id += '-';
  }
  return id;
}

// An SVG as part of the page: its style sheet stands there once, for all of them.
std::string inlined(const std::string& file, std::string& style) {
  std::string svg = read_file(file, largest_figure);
  const size_t begin = svg.find("<style>"), end = svg.find("</style>");
  if (begin != std::string::npos && end != std::string::npos) {
    if (style.empty()) style = svg.substr(begin + 7, end - begin - 7);
    svg.erase(begin, end + 8 - begin);
  }
  return svg;
}

class Page {
 public:
  Page(const LessonText& lesson, const Surroundings& around)
      : lesson_(lesson), around_(around), katex_(katex_folder()), plain_(katex_.empty()), links_(around.terms) {}

  std::string all() {
    std::string body;
    for (const TextBlock& b : lesson_.blocks) {
      if (b.kind == TextBlock::markdown) body += markdown(b);
      else if (b.kind == TextBlock::figure) body += figure(b);
      else if (b.kind == TextBlock::predict) body += predict(b);
      else body += code(b);
    }
    body += words();  // before the contents, which name it
    const std::string title = html_escaped((around_.id_in_title ? lesson_.id + " " : "") + lesson_.title);
    std::string out =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'\">\n<meta name=\"generator\" content=\"cairn " +
        std::string(version()) + "\">\n<title>" + title + "</title>\n<style>" + katex_style(katex_) + "</style>\n<style>" + svg_style_ +
        page_style() + "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#text\">To the text</a>\n<header>\n";
    if (!around_.phase.empty()) out += "<p class=\"where\">" + html_escaped(around_.phase) + "</p>\n";
    out += "<h1>" + title + "</h1>\n" + contents() + "</header>\n<main id=\"text\">\n" + body + "</main>\n<footer>\n" + next_steps() + "</footer>\n";
    if (!plain_) out += "<script>" + katex_script(katex_) + "</script>\n";
    return out + "<script>" + page_script() + "</script>\n</body>\n</html>\n";
  }

 private:
  std::string markdown(const TextBlock& b) {
    std::string text;
    for (const std::string& line : split(b.text, '\n'))  // the title stands above
      if (!line.starts_with("# ")) text += line + "\n";
    std::string html = Markdown(text).html(plain_, &links_);
    for (size_t at = 0; (at = html.find("<h2>", at)) != std::string::npos;) {
      const size_t end = html.find("</h2>", at);
      const std::string heading = html.substr(at + 4, end - at - 4), id = anchor_of(heading);
      sections_.push_back({id, heading});
      html.replace(at, 4, "<h2 id=\"" + id + "\">");
      at = end;
    }
    html = unbroken_words_of_code(html);
    // Wide tables scroll by themselves, not the page.
    for (size_t at = 0; (at = html.find("<table>", at)) != std::string::npos;) {
      const std::string before = "<div class=\"table\" role=\"group\" aria-label=\"a table\">";
      html.insert(at, before);
      at = html.find("</table>", at);
      if (at == std::string::npos) break;
      html.insert(at + 8, "</div>");
      at += 8;
    }
    predicted_ = 0;
    return html;
  }

  // "96 %" stays on one line.
  static std::string with_percent_beside_its_number(std::string html) {
    for (size_t at = 0; (at = html.find(" %", at)) != std::string::npos; at += 2)
      if (at > 0 && std::isdigit(static_cast<unsigned char>(html[at - 1]))) html.replace(at, 1, "&nbsp;");
    return html;
  }

  // A browser would break `--rank` or `1e-5` behind its hyphens, and in a narrow column `MaxPool2d` anywhere.
  static std::string unbroken_words_of_code(const std::string& html) {
    constexpr std::string_view opens = "<code>", closes = "</code>";
    constexpr size_t longest = 24, longest_in_cell = 12;  // longer words may have to break on a phone
    std::string out;
    size_t at = 0;
    for (size_t begin; (begin = html.find(opens, at)) != std::string::npos;) {
      begin += opens.size();
      const size_t end = std::min(html.find(closes, begin), html.size());
      out += with_percent_beside_its_number(html.substr(at, begin - at));
      const size_t cell = html.rfind("<td", begin), cell_end = html.rfind("</td>", begin);
      const bool in_cell = cell != std::string::npos && (cell_end == std::string::npos || cell_end < cell);
      bool first = true;
      for (const std::string& word : split(html.substr(begin, end - begin), ' ')) {
        if (!first) out += ' ';
        first = false;
        const bool may_break = word.find('-') != std::string::npos, plain = word.find('<') == std::string::npos;
        const bool whole = plain && ((may_break && word.size() <= longest) || (in_cell && !word.empty() && word.size() <= longest_in_cell));
        out += whole ? "<span class=\"whole\">" + word + "</span>" : word;
      }
      at = end;
    }
    return out + with_percent_beside_its_number(html.substr(at));
  }

  std::string contents() const {
    if (sections_.empty()) return "";
    std::string out = "<nav class=\"contents\" aria-label=\"Sections\"><ol>";
    for (const auto& [id, heading] : sections_) out += "<li><a href=\"#" + id + "\">" + heading + "</a></li>";
    return out + "</ol></nav>\n";
  }

  std::string pair_of(const DrawnFrame& f) {
    return "<div class=\"wide\">" + inlined(f.wide, svg_style_) + "</div><div class=\"narrow\">" + inlined(f.narrow, svg_style_) + "</div>";
  }

  std::string figure(const TextBlock& b) {
    const DrawnFigure* drawn = lesson_.figure(b.name);
    const std::string caption = "<figcaption>" + Markdown(b.text).inline_html(plain_) + "</figcaption>";
    if (!drawn)
      return "<figure class=\"picture\"><p>This figure is not drawn yet: the build's target cairn_figures draws it.</p>" + caption + "</figure>\n";
    const std::string cover = predicted_ ? "<p class=\"cover\">Choose an answer first. <button type=\"button\">Show the figure</button></p>" : "";
    const std::string after = predicted_ ? fmt::format(" data-after=\"predict-{}\"", predicted_) : "";
    predicted_ = 0;
    if (drawn->label.empty()) {
      const DrawnFrame& f = drawn->frames.at(0);
      return "<figure class=\"picture\"" + after + ">" + cover + pair_of(f) +
             (f.says.empty() ? "" : "<p class=\"says\">" + html_escaped(f.says) + "</p>") + caption + "</figure>\n";
    }
    const int number = ++sliders_;
    std::string out = "<figure class=\"picture slider\"" + after + ">" + cover;
    bool says = false;
    for (size_t i = 0; i < drawn->frames.size(); i++) {
      const DrawnFrame& f = drawn->frames[i];
      says |= !f.says.empty();
      out += "<div class=\"frame\" data-value=\"" + html_escaped(f.value) + "\" data-says=\"" + html_escaped(f.says) + "\"" + (i ? " hidden" : "") +
             ">" + pair_of(f) + "</div>\n";
    }
    const std::string value = html_escaped(drawn->frames[0].value);
    out += fmt::format(
        "<div class=\"control\"><label for=\"slider-{0}\">{1}</label><input type=\"range\" id=\"slider-{0}\" min=\"0\" max=\"{2}\" value=\"0\" "
        "step=\"1\" aria-valuetext=\"{3}\"><output for=\"slider-{0}\">{3}</output></div>",
        number, html_escaped(drawn->label), drawn->frames.size() - 1, value);
    if (says) out += "<p class=\"says\" aria-live=\"polite\">" + html_escaped(drawn->frames[0].says) + "</p>";
    return out + caption + "</figure>\n";
  }

  std::string predict(const TextBlock& b) {
    const int number = ++predictions_;
    predicted_ = number;
    std::string out = fmt::format("<fieldset class=\"predict\" id=\"predict-{}\"><legend>Predict</legend>", number);
    out += Markdown(b.text).html(plain_);
    for (size_t i = 0; i < b.choices.size(); i++) {
      const Choice& c = b.choices[i];
      const std::string id = fmt::format("predict-{}-{}", number, i), thought = "thought-" + id;
      std::string spoken = Markdown(c.text).one_line({.unicode = true});
      std::erase(spoken, '`');  // a screen reader would say it
      out += fmt::format(
          "<div class=\"choice\"><input type=\"radio\" name=\"predict-{}\" id=\"{}\" data-thought=\"{}\" aria-label=\"{}\"><label "
          "for=\"{}\">{}</label></div>",
          number, id, thought, html_escaped(spoken), id, Markdown(c.text).inline_html(plain_));
      out += fmt::format("<p class=\"thought {}\" id=\"{}\" role=\"status\" hidden><b>{}</b> {}</p>", c.right ? "right" : "wrong", thought,
                         c.right ? "Right:" : "No:", Markdown(c.thought).inline_html(plain_));
    }
    return out + "</fieldset>\n";
  }

  std::string code(const TextBlock& b) {
    const bool python = b.info.starts_with("python"), known = python || b.info.starts_with("cpp");
    std::string out = "<pre><code>" + (known ? highlighted(b.text, python) : html_escaped(b.text)) + "</code></pre>\n";
    if (b.info == "cpp run") {
      if (b.ran) out += "<p class=\"prints\">prints</p><pre class=\"output\"><code>" + html_escaped(b.output) + "</code></pre>\n";
      else out += "<p class=\"prints\">(not run yet as it stands here: the build's target cairn_figures runs it)</p>\n";
    }
    return out;
  }

  std::string words() {
    if (links_.met().empty()) return "";
    std::vector<const Term*> met = links_.met();
    std::sort(met.begin(), met.end(), [](const Term* a, const Term* b) { return lower(a->name) < lower(b->name); });
    sections_.push_back({"words", "Words"});
    std::string out = "<h2 id=\"words\">Words</h2>\n<dl>\n";
    for (const Term* t : met) {
      out += "<dt id=\"" + TermLinks::anchor(*t) + "\">" + html_escaped(t->name) + "</dt><dd>" + Markdown(t->text).inline_html(plain_);
      if (!t->formula.empty()) out += " " + Markdown("$" + t->formula + "$").inline_html(plain_);
      if (!t->lesson.empty() && t->lesson != lesson_.id) out += " (" + html_escaped(t->lesson) + ")";
      out += "</dd>\n";
    }
    return out + "</dl>\n";
  }

  std::string next_steps() const {
    const std::string& id = lesson_.id;
    std::string out = "<div class=\"steps\"><ul>\n";
    if (around_.demo) out += "<li><code>cairn demo " + id + "</code> runs the experiment with your own settings.</li>\n";
    if (around_.exercise)
      out += "<li><code>cairn start " + id + "</code> gives you the exercise, <code>cairn check " + id + "</code> judges it, <code>cairn hint " + id +
             "</code> helps.</li>\n";
    if (around_.quiz) out += "<li><code>cairn quiz " + id + "</code> asks what you remember, with new numbers each time.</li>\n";
    if (!around_.next_id.empty()) {
      const std::string next = html_escaped(around_.next_id + " " + around_.next_title);
      out += around_.next_written
                 ? "<li>Next: <code>cairn learn " + html_escaped(around_.next_id) + "</code>, " + html_escaped(around_.next_title) + ".</li>\n"
                 : "<li>Next: " + next + " (not written yet).</li>\n";
    }
    return out + "</ul></div>\n";
  }

  const LessonText& lesson_;
  const Surroundings& around_;
  std::string katex_;
  bool plain_;
  TermLinks links_;
  std::string svg_style_;
  std::vector<std::pair<std::string, std::string>> sections_;
  int sliders_ = 0, predictions_ = 0;
  int predicted_ = 0;  // the predict block right before this place
};

const std::vector<std::string_view> cpp_words = {
    "alignas",  "auto",     "bool",  "break",    "case",    "catch",     "char",     "class",    "concept",  "const",    "constexpr", "continue",
    "default",  "delete",   "do",    "double",   "else",    "enum",      "explicit", "extern",   "false",    "float",    "for",       "friend",
    "if",       "inline",   "int",   "long",     "mutable", "namespace", "new",      "noexcept", "nullptr",  "operator", "private",   "public",
    "requires", "return",   "short", "signed",   "sizeof",  "static",    "struct",   "switch",   "template", "this",     "throw",     "true",
    "try",      "typename", "union", "unsigned", "using",   "virtual",   "void",     "while"};
const std::vector<std::string_view> python_words = {
    "and",    "as", "assert", "break",  "class", "continue", "def", "del",  "elif",  "else",   "except", "False", "for",   "from", "global", "if",
    "import", "in", "is",     "lambda", "None",  "not",      "or",  "pass", "raise", "return", "True",   "try",   "while", "with", "yield"};

}  // namespace

std::string highlighted(std::string_view code, bool python) {
  const auto& words = python ? python_words : cpp_words;
  std::string out;
  const auto span = [&out](const char* kind, std::string_view text) {
    out += std::string("<span class=\"") + kind + "\">" + html_escaped(text) + "</span>";
  };
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  for (size_t at = 0; at < code.size();) {
    const char c = code[at];
    size_t end = at + 1;
    if ((python && c == '#') || (!python && code.substr(at).starts_with("//"))) {
      end = std::min(code.find('\n', at), code.size());
      span("c", code.substr(at, end - at));
    } else if (!python && c == '#' && (at == 0 || code[at - 1] == '\n')) {
      end = std::min(code.find('\n', at), code.size());
      span("c", code.substr(at, end - at));
    } else if (c == '"' || (c == '\'' && (at == 0 || !is_word(code[at - 1])))) {
      while (end < code.size() && code[end] != c && code[end] != '\n') end += code[end] == '\\' ? 2 : 1;
      end = std::min(end + 1, code.size());
      span("s", code.substr(at, end - at));
    } else if (std::isdigit(static_cast<unsigned char>(c))) {
      while (end < code.size() &&
             (is_word(code[end]) || code[end] == '.' || ((code[end] == '-' || code[end] == '+') && (code[end - 1] == 'e' || code[end - 1] == 'E'))))
        end++;
      span("n", code.substr(at, end - at));
    } else if (is_word(c)) {
      while (end < code.size() && is_word(code[end])) end++;
      const std::string_view word = code.substr(at, end - at);
      if (std::find(words.begin(), words.end(), word) != words.end()) span("w", word);
      else out += html_escaped(word);
    } else {
      out += html_escaped(code.substr(at, 1));
    }
    at = end;
  }
  return out;
}

std::string katex_folder() {
  const std::string named = env("CAIRN_KATEX");
  for (const std::string& folder :
       named.empty() ? std::vector<std::string>{"/usr/share/javascript/katex", "/usr/share/nodejs/katex/dist"} : std::vector{named})
    if (file_exists(folder + "/katex.min.js") && file_exists(folder + "/katex.min.css")) return folder;
  return "";
}

std::string lesson_page(const LessonText& lesson, const Surroundings& around) { return Page(lesson, around).all(); }

}  // namespace cairn::course
