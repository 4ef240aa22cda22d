// Round numbers for axes, and series cut into pieces.
#include <cairn/plot/scale.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace cairn {

Chart& Chart::add(std::string name, std::vector<double> y) {
  std::vector<double> x(y.size());
  for (size_t i = 0; i < x.size(); i++) x[i] = double(i + 1);
  return add(std::move(name), std::move(x), std::move(y));
}

Chart& Chart::add(std::string name, std::vector<double> x, std::vector<double> y) {
  if (x.size() != y.size()) throw ShapeError(fmt::format("[chart] series '{}' has {} x and {} y", name, x.size(), y.size()));
  series.push_back({std::move(name), std::move(x), std::move(y)});
  return *this;
}

namespace plot_detail {
namespace {

// The power of ten times 1, 2 or 5 that is at least `step`.
double round_step(double step) {
  double power = std::pow(10.0, std::floor(std::log10(step)));
  for (double f : {1.0, 2.0, 5.0})
    if (f * power >= step * (1 - 1e-9)) return f * power;
  return 10 * power;
}

// As many decimals as the step needs; powers of ten for very large and very small numbers.
std::string number(double v, double step) {
  double largest = std::max(std::abs(v), step);
  if (v == 0) return "0";
  if (largest >= 1e6 || step < 1e-5) return fmt::format("{:.6g}", v);
  return fmt::format("{:.{}f}", v, std::max(0, int(-std::floor(std::log10(step * (1 + 1e-9))))));
}

// Beyond these an axis would leave what doubles can say.
constexpr double smallest = 1e-270, largest = 1e300;

bool drawable(double x, double y, bool log) { return std::abs(x) <= largest && std::abs(y) <= largest && (!log || y > 0); }

}  // namespace

Scale::Scale(double low, double high, int count, bool log, bool whole_ticks) : low_(low), high_(high), log_(log) {
  if (log) {
    double first = std::floor(std::log10(low) + 1e-9), last = std::ceil(std::log10(high) - 1e-9);
    if (first == last) last++;
    low_ = first;
    high_ = last;
    double step = std::max(1.0, std::ceil((last - first) / std::max(count, 1)));
    for (double d = first; d <= last; d += step)
      ticks_.push_back({(d - first) / (last - first), d >= -4 && d < 6 ? fmt::format("{:g}", std::pow(10.0, d)) : fmt::format("1e{:g}", d)});
    return;
  }
  // Equal ends, or so near that doubles have no round numbers between them: open a little around them.
  double least = std::max({std::abs(low), std::abs(high), smallest}) * 1e-12;
  if (high - low <= least) {
    double around = low == 0 ? 1 : std::max(std::abs(low) * 0.1, least);
    low_ = low - around;
    high_ = high + around;
  }
  double step = round_step((high_ - low_) / count);
  double first = std::floor(low_ / step + 1e-9), last = std::ceil(high_ / step - 1e-9);
  if (whole_ticks) {
    low_ = first * step;
    high_ = last * step;
  }
  for (double k = first; k <= last; k++) {
    double at = place(k * step);
    if (at >= -1e-9 && at <= 1 + 1e-9) ticks_.push_back({at, number(k * step, step)});
  }
}

double Scale::place(double v) const {
  double u = log_ ? std::log10(v) : v;
  return (u - low_) / (high_ - low_);
}

Axes axes_of(const Chart& chart, int x_ticks, int y_ticks) {
  double left = std::numeric_limits<double>::infinity(), right = -left, low = left, high = -left;
  bool whole_x = true;
  for (const Series& s : chart.series)
    for (size_t i = 0; i < std::min(s.x.size(), s.y.size()); i++) {
      if (!drawable(s.x[i], s.y[i], chart.log_y)) continue;
      left = std::min(left, s.x[i]);
      right = std::max(right, s.x[i]);
      low = std::min(low, s.y[i]);
      high = std::max(high, s.y[i]);
      whole_x = whole_x && s.x[i] == std::floor(s.x[i]);
    }
  if (left > right) return {false, Scale(0, 1, x_ticks, false, true), Scale(chart.log_y ? 0.1 : 0, 1, y_ticks, chart.log_y, true)};
  if (whole_x && left == right) {  // one epoch: 0, 1, 2
    left--;
    right++;
  }
  if (whole_x && right - left < x_ticks) x_ticks = std::max(1, int(right - left));  // no half epochs
  return {true, Scale(left, right, x_ticks, false, false), Scale(low, high, y_ticks, chart.log_y, true)};
}

std::vector<std::vector<Point>> pieces_of(const Series& series, const Axes& axes, int columns) {
  std::vector<std::vector<Point>> pieces(1);
  size_t count = std::min(series.x.size(), series.y.size());
  for (size_t i = 0; i < count; i++) {
    Point p{axes.x.place(series.x[i]), axes.y.place(series.y[i])};
    if (drawable(series.x[i], series.y[i], false) && std::isfinite(p.y)) pieces.back().push_back(p);
    else if (!pieces.back().empty()) pieces.emplace_back();
  }
  if (pieces.back().empty()) pieces.pop_back();
  if (count <= size_t(columns) * 4) return pieces;
  for (auto& piece : pieces) {
    std::vector<Point> kept;
    for (size_t i = 0; i < piece.size();) {
      size_t end = i, lowest = i, highest = i;
      auto column = [&](size_t k) { return std::floor(piece[k].x * columns); };
      for (; end < piece.size() && column(end) == column(i); end++) {
        if (piece[end].y < piece[lowest].y) lowest = end;
        if (piece[end].y > piece[highest].y) highest = end;
      }
      size_t stay[] = {i, std::min(lowest, highest), std::max(lowest, highest), end - 1};
      for (size_t k = 0; k < 4; k++)
        if (k == 0 || stay[k] != stay[k - 1]) kept.push_back(piece[stay[k]]);
      i = end;
    }
    piece = std::move(kept);
  }
  return pieces;
}

Colour paper_colour(size_t series) {
  constexpr Colour all[] = {{0, 114, 178}, {213, 94, 0}, {0, 158, 115}, {204, 121, 167}, {230, 159, 0}, {86, 180, 233}, {90, 90, 90}};
  return all[series % std::size(all)];
}

Colour screen_colour(size_t series) {
  constexpr Colour all[] = {{86, 180, 233}, {230, 159, 0}, {0, 190, 140}, {220, 140, 190}, {213, 94, 0}, {215, 205, 60}, {160, 160, 160}};
  return all[series % std::size(all)];
}

}  // namespace plot_detail
}  // namespace cairn
