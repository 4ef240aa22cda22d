// Line charts of metrics: one description, drawn as SVG (a file, a report) or as text (a terminal).
//
//   Chart chart{"Fashion-MNIST, mlp", "epoch", "loss"};
//   chart.add("training", {0.52, 0.39, 0.35});              // at x = 1, 2, 3
//   chart.add("validation", {0.44, 0.40, 0.37});
//   chart.svg();  chart.terminal(80, 20, Terminal::of(1));
#pragma once

#include <string>
#include <vector>

#include <cairn/plot/terminal.h>

namespace cairn {

struct Series {
  std::string name;
  std::vector<double> x, y;  // of one length; NaN, infinity and what is above 1e300 leave a gap
};

struct Chart {
  std::string title, x_label, y_label;
  std::vector<Series> series;
  bool log_y = false;  // powers of ten; values that are not above 0 leave a gap

  // Points at x = 1, 2, 3, ..., or at the given x. ShapeError when there are not as many x as y.
  Chart& add(std::string name, std::vector<double> y);
  Chart& add(std::string name, std::vector<double> x, std::vector<double> y);

  // A whole SVG document of width x height units on white; text is escaped, long series are thinned without losing a peak.
  std::string svg(int width = 720, int height = 420) const;
  // Lines of text, at most `width` columns and `height` lines (at least 24 x 8): braille dots, or letters where there is no Unicode, or
  // no colour to tell several series apart.
  std::string terminal(int width, int height, const Terminal& kind) const;
};

}  // namespace cairn
