// Pictures as characters, and what a terminal can do.
#include <cairn/plot/terminal.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/columns.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>

namespace cairn {
namespace {

constexpr int64_t image_gap = 2, least_width = 12;
const char shades[] = " .:-=+*#%@";  // dark to bright, about even steps on a dark ground
const char reset[] = "\x1b[0m";

// The nearest of xterm's 256 colours: a cube of 6 x 6 x 6 (from 16 on) and a ramp of 24 greys (from 232 on).
int palette_index(Colour c) {
  constexpr int levels[6] = {0, 95, 135, 175, 215, 255};
  auto nearest = [&](int v) { return v < 48 ? 0 : v < 115 ? 1 : (v - 35) / 40; };
  auto distance = [&](int r, int g, int b) { return (r - c.r) * (r - c.r) + (g - c.g) * (g - c.g) + (b - c.b) * (b - c.b); };
  int r = nearest(c.r), g = nearest(c.g), b = nearest(c.b), grey = std::clamp(((c.r + c.g + c.b) / 3 - 3) / 10, 0, 23), v = 8 + 10 * grey;
  return distance(v, v, v) < distance(levels[r], levels[g], levels[b]) ? 232 + grey : 16 + 36 * r + 6 * g + b;
}

// The escape sequence that sets the colour of letters (38) or of the ground (48).
std::string set_colour(int what, Colour c, const Terminal& t) {
  if (t.colours == Terminal::Colours::full) return fmt::format("\x1b[{};2;{};{};{}m", what, c.r, c.g, c.b);
  return fmt::format("\x1b[{};5;{}m", what, palette_index(c));
}

Colour pixel(const Image& i, int64_t x, int64_t y) {
  if (i.channels == 1) return {i.at(x, y), i.at(x, y), i.at(x, y)};
  return {i.at(x, y, 0), i.at(x, y, 1), i.at(x, y, 2)};
}

// One line of text of an image: its pixels of the rows 2 * line and 2 * line + 1.
std::string image_line(const Image& image, int64_t line, const Terminal& t) {
  std::string out, upper, lower;
  for (int64_t x = 0; x < image.width; x++) {
    Colour a = pixel(image, x, 2 * line), b = pixel(image, x, 2 * line + 1);
    if (t.colours == Terminal::Colours::none || !t.unicode) {
      int brightness = (299 * (a.r + b.r) + 587 * (a.g + b.g) + 114 * (a.b + b.b)) / 2000;
      if (t.colours == Terminal::Colours::none) {
        out += shades[brightness * 10 / 256];
        continue;
      }
      a = b = {uint8_t((a.r + b.r) / 2), uint8_t((a.g + b.g) / 2), uint8_t((a.b + b.b) / 2)};
    }
    std::string above = set_colour(38, a, t), below = set_colour(48, b, t);
    if (a == b) above = upper;  // a blank needs its ground only
    if (above != upper) out += upper = above;
    if (below != lower) out += lower = below;
    out += a == b ? " " : "\u2580";
  }
  return t.colours == Terminal::Colours::none ? out : out + reset;
}

// Shrunk to `width` (and twice that in height) or enlarged by a whole factor, the height even.
Image fitted(const Image& image, int64_t width) {
  Image out = image;
  double shrink = std::max(double(image.width) / double(width), double(image.height) / double(2 * width));
  if (shrink > 1) {
    auto side = [&](int64_t n) { return std::max<int64_t>(1, int64_t(std::lround(double(n) / shrink))); };
    out = resized(image, side(image.width), side(image.height));
  } else if (int64_t factor = std::min(width / image.width, 2 * width / image.height); factor > 1) {
    Picture p(image.width * factor, image.height * factor);
    p.draw(image, 0, 0, factor);
    out = p.image();
  }
  if (out.height % 2) {  // the last row twice would look taller: black, as a terminal is
    out.pixels.resize(out.pixels.size() + size_t(out.width * out.channels), 0);
    out.height++;
  }
  return out;
}

}  // namespace

Terminal Terminal::of(int descriptor) {
  Terminal t;
  std::string term = env("TERM"), colour = env("COLORTERM"), locale = env("LC_ALL");
  if (locale.empty()) locale = env("LC_CTYPE");
  if (locale.empty()) locale = env("LANG");
  for (char& c : locale) c = char(c >= 'a' && c <= 'z' ? c - 32 : c);
  t.unicode = locale.find("UTF-8") != std::string::npos || locale.find("UTF8") != std::string::npos;
  winsize size{};
  bool terminal = isatty(descriptor) && term != "dumb";
  if (terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) t.columns = size.ws_col;
  int64_t columns = 0;
  if (parse_int(env("COLUMNS"), columns) && columns > 0) t.columns = int(std::min<int64_t>(columns, 10000));
  if (terminal && env("NO_COLOR").empty()) t.colours = colour == "truecolor" || colour == "24bit" ? Colours::full : Colours::palette;
  return t;
}

std::string coloured(const std::string& text, Colour c, const Terminal& terminal) { return coloured(text, c, std::nullopt, terminal); }

std::string coloured(const std::string& text, std::optional<Colour> ink, std::optional<Colour> ground, const Terminal& terminal) {
  if (terminal.colours == Terminal::Colours::none || text.empty() || (!ink && !ground)) return text;
  return (ink ? set_colour(38, *ink, terminal) : "") + (ground ? set_colour(48, *ground, terminal) : "") + text + reset;
}

std::string printable_on(const Terminal& terminal, std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    unsigned char c = static_cast<unsigned char>(text[i]);
    size_t n = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    bool whole = i + n <= text.size() && valid_utf8(text.substr(i, n));
    if (n == 1) out += c < 32 || c == 127 ? ' ' : text[i];
    else if (whole && n == 2 && c == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0) out += ' ';  // control characters of Latin-1
    else if (whole && terminal.unicode) out += text.substr(i, n);
    else out += '?';
    i += whole ? n : 1;
  }
  return out;
}

std::string show_images(const std::vector<Image>& images, const std::vector<std::string>& captions, const Terminal& terminal,
                        const ShowOptions& options) {
  int64_t widest = 0, columns = std::max(terminal.columns, 1);
  for (const Image& i : images)
    if (i.width > 0 && i.height > 0) widest = std::max(widest, i.width);
  if (widest == 0) return "";
  int64_t natural = widest < least_width ? widest * ((15 + widest) / widest) : std::min<int64_t>(widest, std::max(options.width, 1));
  int64_t per_row = std::max<int64_t>(options.per_row, 1);
  per_row = std::min(per_row, std::max<int64_t>((columns + image_gap) / (least_width + image_gap), 1));
  per_row = std::max(per_row, (columns + image_gap) / (natural + image_gap));  // wide terminals take more
  per_row = std::min<int64_t>(per_row, int64_t(images.size()));
  int64_t width = std::clamp<int64_t>((columns - image_gap * (per_row - 1)) / per_row, 1, natural);

  std::string out;
  for (size_t start = 0; start < images.size(); start += size_t(per_row)) {
    size_t stop = std::min(images.size(), start + size_t(per_row));
    std::vector<Image> row;
    std::vector<std::vector<std::string>> texts;
    int64_t lines = 0;
    size_t caption_lines = 0;
    for (size_t i = start; i < stop; i++) {
      row.push_back(images[i].width > 0 && images[i].height > 0 ? fitted(images[i], width) : Image{});
      texts.push_back(i < captions.size() && !captions[i].empty() ? split(captions[i], '\n') : std::vector<std::string>{});
      lines = std::max(lines, row.back().height / 2);
      caption_lines = std::max(caption_lines, texts.back().size());
    }
    auto add_line = [&](auto piece) {  // piece(i): text of at most `width` columns, and how many it has
      std::string line;
      int64_t blanks = 0;
      for (size_t i = 0; i < row.size(); i++) {
        auto [text, used] = piece(i);
        if (used) line += std::string(size_t(blanks), ' ') + text;
        blanks = (used ? 0 : blanks) + width - used + image_gap;
      }
      out += line + "\n";
    };
    for (int64_t l = 0; l < lines; l++)
      add_line([&](size_t i) {
        bool there = 2 * l < row[i].height;
        return std::pair(there ? image_line(row[i], l, terminal) : std::string(), there ? row[i].width : 0);
      });
    for (size_t l = 0; l < caption_lines; l++)
      add_line([&](size_t i) {
        std::string text = l < texts[i].size() ? cut_to(printable_on(terminal, texts[i][l]), size_t(width)) : "";
        int64_t used = int64_t(columns_of(text));
        Mark mark = start + i < options.marks.size() && l == 0 ? options.marks[start + i] : Mark::none;
        if (mark != Mark::none) text = coloured(text, mark == Mark::right ? Colour{46, 160, 67} : Colour{218, 54, 51}, terminal);
        return std::pair(text, used);
      });
    if (stop < images.size()) out += "\n";
  }
  return out;
}

}  // namespace cairn
