// Pieces of SVG: text and its width, the style sheet of light and dark, panels at their places.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <cairn/plot/figure.h>

namespace cairn::plot::detail {

// Text for XML: the five characters escaped, control characters and what is not UTF-8 replaced.
std::string escaped(std::string_view text);
std::string base64(std::string_view bytes);
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
Drawing draw_svg(const Graph& graph, double width, Theme theme, std::vector<std::string>& notes);

inline constexpr Colour light_paper{255, 255, 255}, dark_paper{24, 27, 31};

// The plotting area of axes, in pixels of the panel.
struct Area {
  double left, top, width, height;
  double x(double u) const { return left + u * width; }
  double y(double u) const { return top + (1 - u) * height; }
};
struct Frame;
struct LegendEntry;
std::string svg_heat(const Heat& heat, const Area& area, const Frame& frame, Theme theme, std::vector<std::string>& notes);
// The colour scale, its left edge at x; and how wide one of that height is with its numbers and its name.
std::string svg_colour_scale(const Heat& heat, double x, double top, double height);
double colour_scale_width(const Heat& heat, double height);

// What is written into the plotting area stands where nothing else is written.
class LabelRoom {
 public:
  explicit LabelRoom(const Area& area) : area_(area) {}
  // The text beside (x, y), `gap` away: at the right, left, above or below, or in the middle where gap is 0. "" when there is no room.
  std::string beside(double x, double y, double gap, const std::string& text, std::string_view attributes);
  void taken(double left, double top, double width, double height) { boxes_.push_back({left, top, width, height}); }
  size_t lost() const { return lost_; }
  void forget() { lost_ = 0; }  // what found no room need not be said

 private:
  bool fits(const Box& box, bool beside) const;
  Area area_;
  std::vector<Box> boxes_;
  size_t lost_ = 0;
};
// A symbol of points, number 0 to 5.
std::string svg_symbol(double x, double y, int symbol, double r);
std::string svg_head(double from_x, double from_y, double x, double y, double size);  // of an arrow
std::string series_class(int colour);
std::string svg_scatter(const Scatter& scatter, int colour, const Area& area, const Frame& frame, LabelRoom& room, std::vector<std::string>& notes);
std::string svg_regions(const Regions& regions, const Area& area, const Frame& frame);
std::string svg_contours(const Contours& contours, int colour, const Area& area, const Frame& frame, LabelRoom& room);
std::string svg_arrows(const Arrows& arrows, int colour, const Area& area, const Frame& frame, LabelRoom& room, std::vector<std::string>& notes);
// The key of a mark in the legend, 19 pixels wide, its middle at height y.
std::string svg_key(const Element& e, const LegendEntry& entry, double x, double y);
bool has_markers(const Line& line);
std::string dashes(const Line& line, int colour);

}  // namespace cairn::plot::detail
