// Pieces of SVG: text and its width, the style sheet of light and dark, panels at their places.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <cairn/plot/figure.h>

namespace cairn::plot::detail {

// Text for XML: the five characters escaped, control characters and what is not UTF-8 replaced.
std::string escaped(std::string_view text);
std::string num(double v);  // a coordinate: at most two decimals
// About how wide a line is: its font is not known here, so letters are taken as wide as those of a wide font.
double text_width(std::string_view text, double size = 12);
std::string cut_to_width(const std::string& text, double width, double size = 12);
// The same, with its end: of names that begin alike the end tells which is which ("class n…16").
std::string cut_inside(const std::string& text, double width, double size = 12);
std::vector<std::string> wrapped(const std::string& text, double width, double size = 12);

// (x, y) is the left, middle or right end of the baseline. `attributes` as they stand in the element.
std::string svg_text(double x, double y, std::string_view content, std::string_view attributes = "");
std::string svg_line(double x1, double y1, double x2, double y2, std::string_view attributes);
std::string svg_rect(double x, double y, double width, double height, std::string_view attributes);
// An image inside the document; pixels stay squares when it is enlarged.
std::string svg_image(const Image& image, double x, double y, double width, double height, std::string_view attributes = "");

// A panel drawn with its upper left corner at (0, 0). What had to be left out is added to the notes.
struct Drawing {
  double width, height;
  std::string body;
};
Drawing draw_svg(const Axes& axes, double width, Theme theme, std::vector<std::string>& notes);
Drawing draw_svg(const Images& images, double width, Theme theme, std::vector<std::string>& notes);
Drawing draw_svg(const Table& table, double width, Theme theme, std::vector<std::string>& notes);

inline constexpr Colour light_paper{255, 255, 255}, dark_paper{24, 27, 31};

// The plotting area of axes, in pixels of the panel.
struct Area {
  double left, top, width, height;
  double x(double u) const { return left + u * width; }
  double y(double u) const { return top + (1 - u) * height; }
};
struct Frame;
std::string svg_heat(const Heat& heat, const Area& area, const Frame& frame, Theme theme, std::vector<std::string>& notes);
// The colour scale, its left edge at x; and how wide it is with its numbers.
std::string svg_colour_scale(const Heat& heat, double x, double top, double height);
double colour_scale_width(const Heat& heat);

}  // namespace cairn::plot::detail
