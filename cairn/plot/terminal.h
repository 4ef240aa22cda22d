// Small pictures in a terminal: two pixels a character (the upper half block with a colour above and one below), or shades of ASCII
// letters where there are no colours.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cairn/plot/picture.h>

namespace cairn {

// What a terminal can do.
struct Terminal {
  enum class Colours { none, palette, full };  // none; the 256 colours of xterm; 24 bits
  int columns = 80;
  Colours colours = Colours::none;
  bool unicode = false;  // blocks, lines and braille, else ASCII only

  // Of standard output (1) or standard error (2), as terminal and environment say: COLUMNS, TERM, COLORTERM, NO_COLOR, LC_ALL, LC_CTYPE,
  // LANG. A file or pipe has no colours and 80 columns unless COLUMNS says otherwise.
  static Terminal of(int descriptor = 1);
};

struct ShowOptions {
  int per_row = 4;               // at least so many, if that leaves them 12 columns each
  std::vector<Mark> marks = {};  // right: green, wrong: red caption (its first line); may be shorter
  int width = 32;                // columns of an image, at most
};

// The images beside each other, as many rows as needed, captions below ('\n' begins another line; what is too wide is cut). Large images
// are shrunk (averaged), tiny ones enlarged. Every line ends with '\n', has its colours reset and at most terminal.columns columns.
std::string show_images(const std::vector<Image>& images, const std::vector<std::string>& captions, const Terminal& terminal,
                        const ShowOptions& options = {});

// `text` in a colour, and on a ground, when there are colours.
std::string coloured(const std::string& text, Colour c, const Terminal& terminal);
std::string coloured(const std::string& text, std::optional<Colour> ink, std::optional<Colour> ground, const Terminal& terminal);
// One line of a stranger's text, safe to print: control characters (so also escape sequences) become blanks, what is not UTF-8, or not ASCII
// where the terminal has no more, '?'.
std::string printable_on(const Terminal& terminal, std::string_view text);

}  // namespace cairn
