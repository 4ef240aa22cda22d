#include <cairn/plot/svg.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/columns.h>
#include <cairn/base/text.h>
#include <cairn/plot/colour.h>
#include <cairn/plot/series.h>

namespace cairn::plot {
namespace detail {

std::string base64(std::string_view bytes) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t three = 0;
    for (size_t k = 0; k < 3; k++) three = three << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0);
    for (size_t k = 0; k < 4; k++) out += i + k <= bytes.size() ? digits[three >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

namespace {

// The length of the UTF-8 character at i, 0 when there is none.
size_t character(std::string_view text, size_t i) {
  unsigned char c = static_cast<unsigned char>(text[i]);
  size_t n = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
  return valid_utf8(text.substr(i, n)) && i + n <= text.size() ? n : 0;
}

// In em, of DejaVu Sans, which is wider than most.
double letter_width(char c) {
  if (std::string_view(" ',.:;|ijlI").find(c) != std::string_view::npos) return 0.34;
  if (std::string_view("-()[]{}frt/\"!").find(c) != std::string_view::npos) return 0.42;
  if (std::string_view("mwMW@%").find(c) != std::string_view::npos) return 0.97;
  return (c >= 'A' && c <= 'Z') || c == '=' || c == '+' || c == '<' || c == '>' ? 0.74 : 0.63;
}

std::string theme_class(Theme theme) { return theme == Theme::automatic ? "cairn" : theme == Theme::light ? "cairn-light" : "cairn-dark"; }

// Colours of one theme. Classes: paper; i ink, t title, q quiet text; w white, k black text on colours; g grid, a axis, b strong lines, bi
// heads of arrows, box nodes, o outline in the paper's colour; hs, hp, hn heat (one colour, above and below the middle), hx its holes; good, bad; light, dark; s0 to s6 series.
// `scope` keeps figures of several themes on one page apart.
std::string rules(bool dark, const std::string& scope) {
  const std::pair<const char*, const char*> light_rules[] = {
      {"paper", "fill:#fff"},  {"i", "fill:#495057"},    {"t", "fill:#212529"},   {"q", "fill:#6c757d"},    {"g", "stroke:#e9ecef"},
      {"a", "stroke:#adb5bd"}, {"good", "fill:#197942"}, {"bad", "fill:#c41e1e"}, {"hx", "fill:#e9ecef"},   {"b", "stroke:#343a40"},
      {"bi", "fill:#868e96"},  {"box", "fill:#f8f9fa"},  {"o", "stroke:#fff"},    {"dark", "display:none"}, {"light", "display:inline"}};
  const std::pair<const char*, const char*> dark_rules[] = {
      {"paper", "fill:#181b1f"}, {"i", "fill:#c9cfd6"},    {"t", "fill:#f1f3f5"},   {"q", "fill:#98a2ad"},      {"g", "stroke:#2c3238"},
      {"a", "stroke:#69737d"},   {"good", "fill:#57c785"}, {"bad", "fill:#ff7b72"}, {"hx", "fill:#2c3238"},     {"b", "stroke:#dee2e6"},
      {"bi", "fill:#868e96"},    {"box", "fill:#22262b"},  {"o", "stroke:#181b1f"}, {"dark", "display:inline"}, {"light", "display:none"}};
  std::string out = fmt::format("{0} .hs,{0} .hp{{fill:{1}}}{0} .hn{{fill:{2}}}", scope, hex(shade(ColourMap::diverging, 1, dark).full),
                                hex(shade(ColourMap::diverging, 0, dark).full));
  for (const auto& [name, rule] : dark ? dark_rules : light_rules) out += fmt::format("{} .{}{{{}}}", scope, name, rule);
  for (int s = 0; s < palette_size; s++) out += fmt::format("{} .s{}{{color:{}}}", scope, s, hex(dark ? screen_colour(s) : paper_colour(s)));
  return out;
}

std::string style_sheet(Theme theme) {
  const std::string scope = "." + theme_class(theme);
  std::string out = fmt::format("{0} .w{{fill:#fff}}{0} .k{{fill:#212529}}", scope);
  if (theme != Theme::automatic) return out + rules(theme == Theme::dark, scope);
  return out + rules(false, scope) + "@media (prefers-color-scheme:dark){" + rules(true, scope) + "}";
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    size_t n = character(text, i);
    std::string_view letter = text.substr(i, n);
    if (n == 0 || letter == "\xEF\xBF\xBE" || letter == "\xEF\xBF\xBF") out += "\uFFFD";  // the last two are no characters of XML
    else if (letter == "&") out += "&amp;";
    else if (letter == "<") out += "&lt;";
    else if (letter == ">") out += "&gt;";
    else if (letter == "\"") out += "&quot;";
    else if (letter == "'") out += "&#39;";
    else if (n == 1 && (static_cast<unsigned char>(letter[0]) < 32 || letter[0] == 127)) out += ' ';
    else out += letter;
    i += std::max<size_t>(n, 1);
  }
  return out;
}

std::string num(double v) {
  std::string out = fmt::format("{:.2f}", v);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out == "-0" ? "0" : out;
}

double text_width(std::string_view text, double size) {
  double em = 0;
  for (size_t i = 0; i < text.size();) {
    size_t n = std::max<size_t>(character(text, i), 1);
    em += n == 1 ? letter_width(text[i]) : columns_of(text.substr(i, n)) == 2 ? 1.05 : columns_of(text.substr(i, n)) == 0 ? 0 : 0.7;
    i += n;
  }
  return em * size;
}

std::string cut_to_width(const std::string& text, double width, double size) {
  if (text_width(text, size) <= width) return text;
  double used = text_width("\u2026", size);
  std::string out;
  for (size_t i = 0; i < text.size();) {
    size_t n = std::max<size_t>(character(text, i), 1);
    used += text_width(std::string_view(text).substr(i, n), size);
    if (used > width) break;
    out += text.substr(i, n);
    i += n;
  }
  return std::string(trim(out)) + "\u2026";
}

std::string cut_inside(const std::string& text, double width, double size) {
  if (text_width(text, size) <= width) return text;
  std::vector<std::string> letters;  // with the accents that belong to them
  for (size_t i = 0; i < text.size();) {
    const size_t n = std::max<size_t>(character(text, i), 1);
    const std::string letter = text.substr(i, n);
    if (!letters.empty() && n > 1 && columns_of(letter) == 0) letters.back() += letter;
    else letters.push_back(letter);
    i += n;
  }
  const double room = width - text_width("\u2026", size);
  std::string head, tail;
  double head_width = 0, tail_width = 0;
  for (size_t first = 0, last = letters.size(); first < last;) {
    const bool at_end = 2 * tail_width < head_width;  // two thirds for the beginning
    const std::string& letter = letters[at_end ? last - 1 : first];
    const double wide = text_width(letter, size);
    if (head_width + tail_width + wide > room) break;
    (at_end ? tail_width : head_width) += wide;
    if (at_end) tail = letters[--last] + tail;
    else head += letters[first++];
  }
  return std::string(trim(head)) + "\u2026" + std::string(trim(tail));
}

std::vector<std::string> wrapped(const std::string& text, double width, double size) {
  std::vector<std::string> lines(1);
  for (const std::string& word : split(text, ' ')) {
    if (!lines.back().empty() && text_width(lines.back() + " " + word, size) > width) lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + cut_to_width(word, width, size);
  }
  return lines;
}

std::string svg_text(double x, double y, std::string_view content, std::string_view attributes) {
  return fmt::format("<text x=\"{}\" y=\"{}\"{}{}>{}</text>\n", num(x), num(y), attributes.empty() ? "" : " ", attributes, escaped(content));
}

std::string svg_line(double x1, double y1, double x2, double y2, std::string_view attributes) {
  return fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" {}/>\n", num(x1), num(y1), num(x2), num(y2), attributes);
}

std::string svg_rect(double x, double y, double width, double height, std::string_view attributes) {
  return fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {}/>\n", num(x), num(y), num(std::max(width, 0.0)),
                     num(std::max(height, 0.0)), attributes);
}

std::string svg_image(const Image& image, double x, double y, double width, double height, std::string_view attributes) {
  return fmt::format("<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\"{}{}{} href=\"data:image/png;base64,{}\"/>\n",
                     num(x), num(y), num(width), num(height), double(image.width) < width ? " style=\"image-rendering:pixelated\"" : "",
                     attributes.empty() ? "" : " ", attributes, base64(encode_png(image)));
}

}  // namespace detail

using namespace detail;

std::string Figure::svg(const SvgOptions& options) const {
  check();
  constexpr double margin = 12, gap = 20;
  const double width = std::clamp(options.width, 240, 8192);
  size_t across = std::clamp<size_t>(size_t(std::max(columns, 1)), 1, std::max<size_t>(panels.size(), 1));
  auto shared = [&] { return (width - 2 * margin - gap * double(across - 1)) / double(across); };
  while (across > 1 && shared() < 250) across--;  // a phone
  const double panel_width = shared();

  std::vector<std::string> notes;
  if (!note.empty()) notes.push_back(note);
  std::string body;
  double y = margin;
  const bool only_title = panels.size() == 1 && std::visit([](const auto& p) { return p.title.empty(); }, panels[0]);
  if (!title.empty()) {
    std::vector<std::string> lines = wrapped(title, width - 2 * margin, 18);
    if (lines.size() > 2) lines = {lines[0], cut_to_width(lines[1] + " " + lines[2], width - 2 * margin, 18)};
    for (const std::string& line : lines) {
      body += svg_text(margin, y + 15, line, "class=\"t\" font-size=\"16\" font-weight=\"600\"");
      y += 20;
    }
    y += only_title ? 10 : 16;
  }
  const size_t count = std::min(panels.size(), max_panels);
  if (count < panels.size()) notes.push_back(fmt::format("the first {} of {} panels are shown", count, panels.size()));
  for (size_t start = 0; start < count; start += across) {
    double row_height = 0;
    for (size_t i = start; i < std::min(start + across, count); i++) {
      Drawing d = std::visit([&](const auto& p) { return draw_svg(p, panel_width, options.theme, notes); }, panels[i]);
      body += fmt::format("<g transform=\"translate({} {})\">\n{}</g>\n", num(margin + double(i - start) * (panel_width + gap)), num(y), d.body);
      row_height = std::max(row_height, d.height);
    }
    y += row_height + (start + across < count ? gap : 0);
  }
  if (panels.empty()) {
    body += svg_text(margin, y + 12, "nothing to show", "class=\"q\"");
    y += 16;
  }
  for (size_t i = 0; i < notes.size(); i++) {
    if (std::find(notes.begin(), notes.begin() + int64_t(i), notes[i]) != notes.begin() + int64_t(i)) continue;
    y += 4;
    for (const std::string& line : wrapped(notes[i], width - 2 * margin, 11)) {
      y += 16;
      body += svg_text(margin, y, line, "class=\"q\" font-size=\"11\"");
    }
  }
  const std::string height = num(std::ceil(y + margin));
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{2}\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\" "
      "style=\"max-width:100%;height:auto\" "
      "font-family=\"system-ui, 'DejaVu Sans', sans-serif\" font-size=\"12\">\n",
      num(width), height, theme_class(options.theme));
  out += "<title>" + escaped(title.empty() ? "Figure" : title) + "</title>\n<desc>" + escaped(described()) + "</desc>\n";
  out += "<style>" + style_sheet(options.theme) + "</style>\n";
  out += fmt::format("<rect class=\"paper\" width=\"{}\" height=\"{}\"/>\n", num(width), height);
  return out + body + "</svg>\n";
}

}  // namespace cairn::plot
