// Points, arrows and arrow heads in the units of the plotting area, and the entries of the legend.
#include <cairn/plot/series.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace cairn::plot::detail {
namespace {

std::optional<Point> placed(const Frame& frame, double x, double y) {
  Point p{frame.x.place(x), frame.y.place(y)};
  if (!(std::abs(x) <= largest && std::abs(y) <= largest && std::isfinite(p.x) && std::isfinite(p.y))) return std::nullopt;
  return p;
}

bool within(Point p) { return p.x >= -1e-9 && p.x <= 1 + 1e-9 && p.y >= -1e-9 && p.y <= 1 + 1e-9; }

}  // namespace

int symbol_of(const Scatter& scatter, int colour) { return scatter.symbol == Symbol::automatic ? colour % symbols : int(scatter.symbol) - 1; }

std::vector<ScatterPoint> points_of(const Scatter& scatter, const Frame& frame, int colour, int columns, int rows) {
  constexpr size_t many = 1500;  // then one of those of a class that share a cell is enough
  std::vector<ScatterPoint> out;
  std::vector<std::vector<bool>> taken;
  const size_t n = std::min(scatter.x.size(), scatter.y.size());
  for (size_t i = 0; i < n; i++) {
    std::optional<Point> p = placed(frame, scatter.x[i], scatter.y[i]);
    if (!p || !within(*p)) continue;
    const int c = scatter.classes.empty() ? colour : int(scatter.classes[i]);
    if (n > many) {
      const size_t group = size_t(c % (palette_period));
      if (taken.size() <= group) taken.resize(group + 1);
      if (taken[group].empty()) taken[group].assign(size_t(columns + 1) * size_t(rows + 1), false);
      auto cell = taken[group].begin() + int64_t(std::clamp(p->y, 0.0, 1.0) * rows) * (columns + 1) + int64_t(std::clamp(p->x, 0.0, 1.0) * columns);
      if (*cell) continue;
      *cell = true;
    }
    out.push_back({*p, c, i});
  }
  if (out.size() <= max_scatter) return out;
  std::vector<ScatterPoint> fewer;
  for (size_t k = 0; k < max_scatter; k++) fewer.push_back(out[k * out.size() / max_scatter]);
  return fewer;
}

double scale_of(const Arrows& arrows) {
  if (arrows.scale != 0) return arrows.scale;
  double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY}, longest[2] = {0, 0};
  size_t n = 0;
  for (size_t i = 0; i < arrows.dx.size(); i++) {
    const double at[2] = {start_of(arrows, i).x, start_of(arrows, i).y}, by[2] = {arrows.dx[i], arrows.dy[i]};
    if (!(std::abs(at[0]) <= largest && std::abs(at[1]) <= largest && std::abs(by[0]) <= largest && std::abs(by[1]) <= largest)) continue;
    for (int k = 0; k < 2; k++) {
      low[k] = std::min(low[k], at[k]);
      high[k] = std::max(high[k], at[k]);
      longest[k] = std::max(longest[k], std::abs(by[k]));
    }
    n++;
  }
  // On a square grid of n places neighbours lie (high - low) / (sqrt(n) - 1) apart.
  double scale = INFINITY;
  for (int k = 0; k < 2; k++)
    if (longest[k] > 0 && high[k] > low[k])
      scale = std::min(scale, 0.9 * (high[k] / longest[k] - low[k] / longest[k]) / std::max(std::sqrt(double(n)) - 1, 1.0));
  return std::isfinite(scale) && scale > 0 ? scale : 1;
}

Point start_of(const Arrows& arrows, size_t i) { return arrows.x.empty() ? Point{0, 0} : Point{arrows.x[i], arrows.y[i]}; }

std::vector<ArrowLine> arrows_of(const Arrows& arrows, const Frame& frame) {
  const double scale = scale_of(arrows);
  std::vector<ArrowLine> out;
  for (size_t i = 0; i < arrows.dx.size(); i++) {
    const Point at = start_of(arrows, i);
    std::optional<Point> a = placed(frame, at.x, at.y), b = placed(frame, at.x + scale * arrows.dx[i], at.y + scale * arrows.dy[i]);
    if (!a || !b) continue;
    const bool whole = within(*b);
    Point from = *a, to = *b;
    if (clip(from, to)) out.push_back({from, to, whole, i});
  }
  if (out.size() <= max_arrows) return out;
  std::vector<ArrowLine> fewer;
  for (size_t k = 0; k < max_arrows; k++) fewer.push_back(out[k * out.size() / max_arrows]);
  return fewer;
}

std::vector<ArrowLine> heads_of(const Line& line, const std::vector<Piece>& pieces, double aspect) {
  std::vector<ArrowLine> out;
  if (line.heads <= 0) return out;
  auto length = [&](Point a, Point b) { return std::hypot((b.x - a.x) * aspect, b.y - a.y); };
  double all = 0;
  for (const Piece& piece : pieces)
    for (size_t k = 1; k < piece.size(); k++) all += length(piece[k - 1], piece[k]);
  if (!(all > 0)) return out;
  const int count = std::min(line.heads, 64);
  double walked = 0;
  int next = 1;
  for (const Piece& piece : pieces)
    for (size_t k = 1; k < piece.size(); k++) {
      const double step = length(piece[k - 1], piece[k]);
      while (next <= count && step > 0 && walked + step >= all * next / count * (1 - 1e-9)) {
        const double t = next == count ? 1 : 0.5;  // the middle of a segment: at a corner a head would leave the line
        out.push_back({piece[k - 1],
                       {piece[k - 1].x + t * (piece[k].x - piece[k - 1].x), piece[k - 1].y + t * (piece[k].y - piece[k - 1].y)},
                       true,
                       size_t(next)});
        while (next <= count && walked + step >= all * next / count * (1 - 1e-9)) next++;
      }
      walked += step;
    }
  return out;
}

int classes_of(const Axes& axes) {
  int64_t most = 0;
  for (const Element& e : axes.elements) {
    const Scatter* s = std::get_if<Scatter>(&e);
    const Regions* r = std::get_if<Regions>(&e);
    for (int64_t c : s ? s->classes : r ? r->classes : std::vector<int64_t>{}) most = std::max(most, c + 1);
  }
  return int(std::min<int64_t>(most, max_classes));
}

std::vector<LegendEntry> legend_of(const Axes& axes) {
  std::vector<LegendEntry> out;
  auto class_name = [](const std::vector<std::string>& names, int64_t c) {
    return size_t(c) < names.size() ? names[size_t(c)] : fmt::format("class {}", c);
  };
  // Points and areas of a class are one entry: the first name given is written, the points' key drawn.
  std::vector<std::optional<size_t>> entry_of(max_classes);
  auto add_class = [&](size_t e, int64_t c, const std::vector<std::string>& names, int symbol) {
    std::optional<size_t>& at = entry_of[size_t(c)];
    if (!at) {
      at = out.size();
      out.push_back({class_name(names, c), e, int(c), -1, false});
    }
    LegendEntry& entry = out[*at];
    if (symbol >= 0) entry.symbol = symbol;
    else entry.area = true;
    if (size_t(c) < names.size() && entry.name == class_name({}, c)) entry.name = names[size_t(c)];
  };
  for (size_t e = 0; e < axes.elements.size(); e++) {
    const Element& mark = axes.elements[e];
    if (const Scatter* s = std::get_if<Scatter>(&mark); s && !s->classes.empty()) {
      std::vector<bool> there(max_classes, false);
      for (int64_t c : s->classes) there[size_t(c)] = true;
      for (size_t c = 0; c < there.size(); c++)
        if (there[c]) add_class(e, int64_t(c), s->names, symbol_of(*s, int(c)));
    } else if (const Regions* r = std::get_if<Regions>(&mark)) {
      std::vector<bool> there(max_classes, false);
      for (int64_t c : r->classes)
        if (c >= 0) there[size_t(c)] = true;
      for (size_t c = 0; c < there.size(); c++)
        if (there[c] && !r->names.empty()) add_class(e, int64_t(c), r->names, -1);
    } else if (!name_of(mark).empty()) {
      const int colour = colour_of(axes, e);
      out.push_back({name_of(mark), e, colour, s ? symbol_of(*s, colour) : -1, false});
    }
  }
  for (size_t e = 0; e < axes.elements.size(); e++)
    if (const Regions* r = std::get_if<Regions>(&axes.elements[e]))
      for (int64_t c : r->classes)
        if (c >= 0 && entry_of[size_t(c)]) out[*entry_of[size_t(c)]].area = true;
  size_t same = 0;
  for (const LegendEntry& entry : out) same += entry.name == axes.y.label;
  if (out.size() == 1 && same == 1 && axes.elements.size() == 1) out.clear();
  return out;
}

}  // namespace cairn::plot::detail
