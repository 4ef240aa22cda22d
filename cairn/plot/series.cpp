#include <cairn/plot/series.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace cairn::plot::detail {
namespace {

bool usable(double v, bool log) { return std::abs(v) <= largest && (!log || v > 0); }

// The ends of the data along one axis, and how many values a logarithmic one cannot show.
struct Extent {
  bool log;
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  bool any() const { return low <= high; }
  void add(double v) {
    if (!usable(v, log)) return;
    low = std::min(low, v);
    high = std::max(high, v);
  }
};

size_t length(const Line& line) { return line.x.empty() ? line.y.size() : std::min(line.x.size(), line.y.size()); }

bool inside(Point p) { return p.x >= -1e-9 && p.x <= 1 + 1e-9 && p.y >= -1e-9 && p.y <= 1 + 1e-9; }

// Calls f(start, end) for each run of points that follow each other in one of `columns` columns.
template <class F> void each_column(const Piece& piece, int columns, F f) {
  for (size_t i = 0; i < piece.size();) {
    size_t end = i;
    while (end < piece.size() && std::floor(piece[end].x * columns) == std::floor(piece[i].x * columns)) end++;
    f(i, end);
    i = end;
  }
}

Piece thinned(const Piece& piece, int columns) {
  Piece kept;
  each_column(piece, columns, [&](size_t from, size_t to) {
    size_t lowest = from, highest = from;
    for (size_t i = from; i < to; i++) {
      if (piece[i].y < piece[lowest].y) lowest = i;
      if (piece[i].y > piece[highest].y) highest = i;
    }
    size_t stay[] = {from, std::min(lowest, highest), std::max(lowest, highest), to - 1};
    for (size_t k = 0; k < 4; k++)
      if (k == 0 || stay[k] != stay[k - 1]) kept.push_back(piece[stay[k]]);
  });
  if (kept.size() <= max_points) return kept;
  Piece fewer;
  size_t stride = (kept.size() + max_points - 1) / max_points;
  for (size_t i = 0; i < kept.size(); i += stride) fewer.push_back(kept[i]);
  return fewer;
}

}  // namespace

// After Liang and Barsky 1984.
bool clip(Point& a, Point& b) {
  double from = 0, to = 1, dx = b.x - a.x, dy = b.y - a.y;
  for (auto [p, q] : {std::pair{-dx, a.x}, {dx, 1 - a.x}, {-dy, a.y}, {dy, 1 - a.y}}) {
    if (p == 0) {
      if (q < 0) return false;
    } else if (p < 0) from = std::max(from, q / p);
    else to = std::min(to, q / p);
  }
  if (from > to) return false;
  Point start = a;
  if (from > 0) a = {start.x + from * dx, start.y + from * dy};
  if (to < 1) b = {start.x + to * dx, start.y + to * dy};
  for (double* v : {&a.x, &a.y, &b.x, &b.y}) {
    if (!std::isfinite(*v)) return false;  // so far away that even the differences overflow
    *v = std::clamp(*v, 0.0, 1.0);         // rounding: the other end may be 1e15 times as far as the square is wide
  }
  return true;
}

double x_of(const Line& line, size_t i) { return line.x.empty() ? double(i + 1) : line.x[i]; }
double x_of(const Bars& bars, size_t i) { return bars.x.empty() ? double(i) : bars.x[i]; }
Range x_range(const Heat& heat) { return heat.x.value_or(Range{-0.5, double(heat.columns) - 0.5}); }
Range y_range(const Heat& heat) { return heat.y.value_or(Range{-0.5, double(heat.rows) - 0.5}); }

Frame frame_of(const Axes& axes, int x_ticks, int y_ticks) {
  Extent x{axes.x.log}, y{axes.y.log};
  bool whole_x = true, bars = false, heats = false, lines = false, points = false, ranged = false;
  int64_t lost = 0;
  auto lose = [&](double v, bool log) { lost += log && v <= 0 && std::isfinite(v); };
  for (size_t e = 0; e < std::min(axes.elements.size(), max_elements); e++) {
    if (const Line* line = std::get_if<Line>(&axes.elements[e])) {
      for (size_t i = 0; i < length(*line); i++) {
        double u = x_of(*line, i), v = line->y[i];
        lose(u, x.log);
        lose(v, y.log);
        if (!usable(u, x.log)) continue;
        if (usable(v, y.log)) x.add(u), y.add(v), whole_x = whole_x && u == std::floor(u);
        if (i < line->low.size() && i < line->high.size() && usable(line->low[i], y.log) && usable(line->high[i], y.log))
          x.add(u), y.add(line->low[i]), y.add(line->high[i]);
      }
      lines = true;
    } else if (const Bars* b = std::get_if<Bars>(&axes.elements[e])) {
      for (size_t i = 0; i < b->y.size(); i++) {
        lose(b->y[i], y.log);
        if (!usable(b->y[i], y.log)) continue;
        if (!y.log) y.add(0);
        y.add(b->y[i]);
        if (!b->edges.empty()) x.add(b->edges[i]), x.add(b->edges[i + 1]);
        else x.add(x_of(*b, i) - 0.5), x.add(x_of(*b, i) + 0.5);
      }
      bars = true;
    } else if (const Scatter* s = std::get_if<Scatter>(&axes.elements[e])) {
      for (size_t i = 0; i < std::min(s->x.size(), s->y.size()); i++) {
        lose(s->x[i], x.log);
        lose(s->y[i], y.log);
        if (usable(s->x[i], x.log) && usable(s->y[i], y.log)) x.add(s->x[i]), y.add(s->y[i]);
      }
      points = true;
    } else if (const Arrows* a = std::get_if<Arrows>(&axes.elements[e])) {
      const double scale = scale_of(*a);
      for (size_t i = 0; i < a->dx.size(); i++) {
        const Point from = start_of(*a, i), to{from.x + scale * a->dx[i], from.y + scale * a->dy[i]};
        lose(from.x, x.log);
        lose(from.y, y.log);
        if (usable(from.x, x.log) && usable(from.y, y.log) && usable(to.x, x.log) && usable(to.y, y.log))
          x.add(from.x), y.add(from.y), x.add(to.x), y.add(to.y);
      }
      points = true;
    } else {
      const Heat* h = std::get_if<Heat>(&axes.elements[e]);
      const Contours* c = std::get_if<Contours>(&axes.elements[e]);
      const Heat cells = h ? cells_of(*h) : c ? cells_of(*c) : cells_of(std::get<Regions>(axes.elements[e]));
      if (cells.rows < 1 || cells.columns < 1) continue;
      x.add(x_range(cells).low), x.add(x_range(cells).high), y.add(y_range(cells).low), y.add(y_range(cells).high);
      heats = true;
      ranged = ranged || cells.x || cells.y;
    }
  }
  Frame frame{x.any() && y.any(), Scale({}, false), Scale({}, false), {}};
  if (lost) frame.notes.push_back(fmt::format("{} value{} not above 0 left out (logarithmic axis)", lost, lost == 1 ? "" : "s"));
  if (axes.elements.size() > max_elements)
    frame.notes.push_back(fmt::format("the first {} of {} marks are shown", max_elements, axes.elements.size()));
  auto scale = [](const Axis& axis, const Extent& e, int count, bool open, bool whole) {
    if (!axis.names.empty()) return Scale(axis.names, axis.reversed);
    double low = axis.low.value_or(e.any() ? e.low : axis.log ? 0.1 : 0), high = axis.high.value_or(e.any() ? e.high : 1);
    if (low > high) (axis.low ? high : low) = axis.low ? low : high;  // all data lies beyond the only end that was given
    return Scale(low, high, {count, axis.log, open && !axis.low, open && !axis.high, axis.reversed, whole});
  };
  if (axes.horizontal) {
    frame.x = scale(axes.y, y, x_ticks, true, false);
    Axis places = axes.x;
    places.reversed = !places.reversed;  // the first on top
    frame.y = scale(places, x, y_ticks, false, false);
    return frame;
  }
  whole_x = whole_x && lines && !axes.x.log;
  if (whole_x && x.any() && x.low == x.high && !bars && !heats) x.low--, x.high++;  // one epoch: 0, 1, 2
  const bool matrix = heats && !lines && !points && !ranged;
  frame.x = scale(axes.x, x, x_ticks, points && !heats && !bars, (whole_x && !points) || matrix);
  frame.y = scale(axes.y, y, y_ticks, !heats, matrix);
  return frame;
}

std::vector<Piece> pieces_of(const Line& line, const Frame& frame, int columns) {
  std::vector<Piece> pieces;
  bool open = false, has_last = false, gap = false;  // does the last piece go on? is there a point before? is a number missing since?
  Point last{};
  size_t n = length(line);
  const bool dense = n > size_t(columns) * 4;  // then gaps narrower than a column are closed: nobody could see them
  for (size_t i = 0; i < n; i++) {
    Point p{frame.x.place(x_of(line, i)), frame.y.place(line.y[i])};
    if (!std::isfinite(p.x) || !std::isfinite(p.y) || !usable(x_of(line, i), false) || !usable(line.y[i], false)) {
      gap = true;
      continue;
    }
    if (gap && !(dense && has_last && std::abs(p.x - last.x) * columns < 1)) open = has_last = false;
    gap = false;
    if (inside(p) && (!has_last || open)) {
      if (!open) pieces.emplace_back();
      pieces.back().push_back(p);
      open = true;
    } else if (Point a = last, b = p; has_last && clip(a, b)) {
      if (!open) pieces.push_back({a});
      pieces.back().push_back(b);
      open = inside(p);
    } else open = false;
    last = p;
    has_last = true;
  }
  if (dense)
    for (Piece& piece : pieces) piece = thinned(piece, columns);
  if (pieces.size() > max_points / 4) pieces.resize(max_points / 4);
  return pieces;
}

Piece dots_of(const Line& line, const Frame& frame, int columns, int rows, bool lonely) {
  Piece dots;
  std::vector<bool> taken(size_t(columns + 1) * size_t(rows + 1), false);
  size_t n = length(line);
  auto place = [&](size_t i) {
    Point p{frame.x.place(x_of(line, i)), frame.y.place(line.y[i])};
    bool there = std::isfinite(p.x) && std::isfinite(p.y) && usable(x_of(line, i), false) && usable(line.y[i], false);
    return std::pair(p, there);
  };
  for (size_t i = 0; i < n; i++) {
    auto [p, there] = place(i);
    if (!there || !inside(p)) continue;
    if (lonely && ((i > 0 && place(i - 1).second) || (i + 1 < n && place(i + 1).second))) continue;
    size_t cell = size_t(std::clamp(p.y, 0.0, 1.0) * rows) * size_t(columns + 1) + size_t(std::clamp(p.x, 0.0, 1.0) * columns);
    if (n > 1000 && taken[cell]) continue;
    taken[cell] = true;
    dots.push_back(p);
  }
  return dots;
}

std::vector<Piece> band_of(const Line& line, const Frame& frame, int columns) {
  std::vector<Piece> outlines;
  size_t n = std::min({length(line), line.low.size(), line.high.size()});
  Piece lower, upper;
  const bool dense = n > size_t(columns) * 4;
  bool gap = false;
  auto close = [&] {
    if (dense) {  // of each column the whole height
      Piece low, high;
      each_column(lower, columns, [&](size_t from, size_t to) {
        double least = lower[from].y, most = upper[from].y;
        for (size_t i = from; i < to; i++) least = std::min(least, lower[i].y), most = std::max(most, upper[i].y);
        for (size_t i : {from, to - 1})
          if (i == from || to - 1 != from) low.push_back({lower[i].x, least}), high.push_back({lower[i].x, most});
      });
      lower = std::move(low);
      upper = std::move(high);
    }
    if (lower.size() > 1 && lower.size() <= max_points) {
      upper.insert(upper.end(), lower.rbegin(), lower.rend());
      outlines.push_back(std::move(upper));
    }
    lower.clear();
    upper.clear();
  };
  for (size_t i = 0; i < n; i++) {
    double x = frame.x.place(x_of(line, i)), low = frame.y.place(line.low[i]), high = frame.y.place(line.high[i]);
    bool there = usable(x_of(line, i), false) && std::isfinite(x) && usable(line.high[i], false) && !std::isnan(high);
    if (std::isnan(low) || low == -INFINITY) low = usable(line.low[i], false) ? 0 : NAN;  // not above 0 on a logarithmic axis: its end
    if (!there || std::isnan(low) || x < -1e-9 || x > 1 + 1e-9) {
      gap = true;
      continue;
    }
    if (gap && !(dense && !lower.empty() && std::abs(x - lower.back().x) * columns < 1)) close();
    gap = false;
    lower.push_back({x, std::clamp(std::min(low, high), 0.0, 1.0)});
    upper.push_back({x, std::clamp(std::max(low, high), 0.0, 1.0)});
  }
  close();
  if (outlines.size() > max_points / 4) outlines.resize(max_points / 4);
  return outlines;
}

}  // namespace cairn::plot::detail
