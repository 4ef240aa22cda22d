// The axes of a chart: from numbers to places, and the round numbers beside the axis.
#pragma once

#include <string>
#include <vector>

#include <cairn/plot/chart.h>

namespace cairn::plot_detail {

struct Tick {
  double at;  // 0 at the lower end of the axis, 1 at the upper
  std::string text;
};

class Scale {
 public:
  // Covers [low, high], opened to the surrounding round numbers when `whole_ticks`, about `count` of them. With `log`, decades.
  Scale(double low, double high, int count, bool log, bool whole_ticks);
  double place(double v) const;  // 0 to 1; NaN when it has no place
  const std::vector<Tick>& ticks() const { return ticks_; }

 private:
  double low_, high_;
  bool log_;
  std::vector<Tick> ticks_;
};

struct Axes {
  bool any = false;  // is there a point to draw?
  Scale x, y;
};
Axes axes_of(const Chart& chart, int x_ticks, int y_ticks);

struct Point {
  double x, y;  // both 0 to 1
};
// The unbroken pieces of a series in the units of the axes. Of the points that share one of `columns` columns only the first, the lowest,
// the highest and the last stay, if there are many more points than columns.
std::vector<std::vector<Point>> pieces_of(const Series& series, const Axes& axes, int columns);

// Told apart by colour-blind readers, too (after Okabe and Ito 2008): for white paper, and brighter for terminals.
Colour paper_colour(size_t series);
Colour screen_colour(size_t series);

}  // namespace cairn::plot_detail
