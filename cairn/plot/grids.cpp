// Lines of equal height and borders of classes on a grid, in the units of the plotting area (marching squares, after Lorensen and Cline 1987
// in two dimensions).
#include <cairn/plot/series.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace cairn::plot::detail {
namespace {

constexpr int64_t most_nodes = 256;

// Values at the middles of cells, with a rim that reaches to the edges of the grid, so that lines do not end before them.
struct Nodes {
  int64_t rows, columns;
  std::vector<double> x, y, values;  // x of a column, y of a row: places in the plotting area
  double at(int64_t r, int64_t c) const { return values[size_t(r * columns + c)]; }
};

// Where the i-th node lies, counted in cells: the rim at the ends.
double node_place(int64_t i, int64_t count) { return i == 0 ? 0 : i == count + 1 ? double(count) : double(i) - 0.5; }

std::vector<double> places(const Scale& scale, Range range, int64_t count) {
  std::vector<double> out;
  for (int64_t i = 0; i <= count + 1; i++) {
    const double u = node_place(i, count) / double(count);
    out.push_back(scale.place(range.low * (1 - u) + range.high * u));
  }
  return out;
}

// The rim goes on as the two nodes before it do (half a cell further), or repeats the last one.
double beyond(double last, double before) {
  const double v = last + (last - before) * 0.5;
  return std::isfinite(v) ? v : last;
}

Nodes nodes_of(const Contours& contours, const Frame& frame) {
  Heat heat{.rows = contours.rows, .columns = contours.columns, .values = contours.values, .x = contours.x, .y = contours.y};
  const Range xs = x_range(heat), ys = y_range(heat);
  for (double& v : heat.values)
    if (!(std::abs(v) <= largest)) v = NAN;
  heat = shrunk(heat, most_nodes, most_nodes);
  Nodes out{heat.rows + 2, heat.columns + 2, places(frame.x, xs, heat.columns), places(frame.y, ys, heat.rows), {}};
  out.values.assign(size_t(out.rows * out.columns), NAN);
  auto node = [&](int64_t r, int64_t c) -> double& { return out.values[size_t(r * out.columns + c)]; };
  for (int64_t r = 0; r < heat.rows; r++)
    for (int64_t c = 0; c < heat.columns; c++) node(r + 1, c + 1) = heat.values[size_t(r * heat.columns + c)];
  const int64_t bottom = heat.rows, right = heat.columns;
  for (int64_t r = 1; r <= bottom; r++) {
    node(r, 0) = beyond(node(r, 1), node(r, std::min<int64_t>(2, right)));
    node(r, right + 1) = beyond(node(r, right), node(r, std::max<int64_t>(right - 1, 1)));
  }
  for (int64_t c = 0; c <= right + 1; c++) {
    node(0, c) = beyond(node(1, c), node(std::min<int64_t>(2, bottom), c));
    node(bottom + 1, c) = beyond(node(bottom, c), node(std::max<int64_t>(bottom - 1, 1), c));
  }
  return out;
}

// Segments between points that have a number (the edge of the grid on which they lie), joined to lines.
class Joiner {
 public:
  void add(int64_t a, Point pa, int64_t b, Point pb) {
    segments_.push_back({a, b, pa, pb, false});
    for (int64_t end : {a, b}) {
      auto& two = at_[end];
      (two.first < 0 ? two.first : two.second) = int64_t(segments_.size()) - 1;
    }
  }
  std::vector<Piece> lines() {
    std::vector<Piece> out;
    for (size_t s = 0; s < segments_.size(); s++) {
      if (segments_[s].used) continue;
      segments_[s].used = true;
      Piece forward = walk(segments_[s].b), back = walk(segments_[s].a), line(back.rbegin(), back.rend());
      line.push_back(segments_[s].pa);
      line.push_back(segments_[s].pb);
      line.insert(line.end(), forward.begin(), forward.end());
      out.push_back(std::move(line));
    }
    return out;
  }

 private:
  struct Segment {
    int64_t a, b;
    Point pa, pb;
    bool used;
  };
  struct Ends {
    int64_t first = -1, second = -1;
  };
  Piece walk(int64_t end) {
    Piece out;
    for (;;) {
      const Ends& two = at_[end];
      const int64_t next = two.first >= 0 && !segments_[size_t(two.first)].used     ? two.first
                           : two.second >= 0 && !segments_[size_t(two.second)].used ? two.second
                                                                                    : -1;
      if (next < 0) return out;
      Segment& s = segments_[size_t(next)];
      s.used = true;
      out.push_back(s.a == end ? s.pb : s.pa);
      end = s.a == end ? s.b : s.a;
    }
  }
  std::vector<Segment> segments_;
  std::unordered_map<int64_t, Ends> at_;
};

std::vector<Piece> level_lines(const Nodes& n, double level) {
  Joiner joiner;
  for (int64_t r = 0; r + 1 < n.rows; r++)
    for (int64_t c = 0; c + 1 < n.columns; c++) {
      // Corners against the clock from the lower left; edge k joins corners k and k + 1.
      const int64_t row[4] = {r, r, r + 1, r + 1}, column[4] = {c, c + 1, c + 1, c};
      double v[4] = {};
      bool above[4] = {}, known = true;
      for (int k = 0; k < 4; k++) {
        v[k] = n.at(row[k], column[k]);
        above[k] = v[k] >= level;
        known = known && std::isfinite(v[k]) && std::isfinite(n.x[size_t(column[k])]) && std::isfinite(n.y[size_t(row[k])]);
      }
      if (!known) continue;
      int64_t id[4] = {};
      Point at[4] = {};
      int crossed[4] = {}, count = 0;
      for (int k = 0; k < 4; k++) {
        const int next = (k + 1) % 4;
        if (above[k] == above[next]) continue;
        const double t = std::clamp((level - v[k]) / (v[next] - v[k]), 0.0, 1.0);
        auto between = [t](double a, double b) { return a + t * (b - a); };
        at[k] = {between(n.x[size_t(column[k])], n.x[size_t(column[next])]), between(n.y[size_t(row[k])], n.y[size_t(row[next])])};
        const int64_t low_row = std::min(row[k], row[next]), low_column = std::min(column[k], column[next]);
        id[k] = 2 * (low_row * n.columns + low_column) + (row[k] != row[next]);
        crossed[count++] = k;
      }
      if (count == 2) joiner.add(id[crossed[0]], at[crossed[0]], id[crossed[1]], at[crossed[1]]);
      if (count == 4) {  // a saddle: the middle says which corners belong together
        const bool middle = (v[0] + v[1]) / 4 + (v[2] + v[3]) / 4 >= level;
        const int first = middle == above[0] ? 0 : 3;  // lines cut off corners 1 and 3, or 0 and 2
        for (int k : {first, (first + 2) % 4}) joiner.add(id[k], at[k], id[(k + 1) % 4], at[(k + 1) % 4]);
      }
    }
  return joiner.lines();
}

// A border runs between the middles of cells, in steps; the mean of neighbours takes them away and moves nothing by more than half a cell.
Piece smoothed(Piece line) {
  if (line.size() < 4) return line;
  const bool closed = line.front().x == line.back().x && line.front().y == line.back().y;
  const size_t n = line.size();
  for (int pass = 0; pass < 3; pass++) {
    const Piece old = line;
    auto mean = [&](size_t before, size_t i, size_t after) {
      return Point{(old[before].x + 2 * old[i].x + old[after].x) / 4, (old[before].y + 2 * old[i].y + old[after].y) / 4};
    };
    for (size_t i = 1; i + 1 < n; i++) line[i] = mean(i - 1, i, i + 1);
    if (closed) line.front() = line.back() = mean(n - 2, 0, 1);
  }
  return line;
}

// The parts of a line inside the unit square.
void clipped_into(std::vector<Piece>& out, const Piece& line) {
  bool open = false;
  for (size_t k = 1; k < line.size(); k++) {
    Point a = line[k - 1], b = line[k];
    if (!clip(a, b)) {
      open = false;
      continue;
    }
    if (!open || a.x != line[k - 1].x || a.y != line[k - 1].y) out.push_back({a});
    out.back().push_back(b);
    open = b.x == line[k].x && b.y == line[k].y;
  }
}

}  // namespace

std::vector<double> levels_of(const Contours& contours) {
  std::vector<double> out;
  if (!contours.levels.empty()) {
    for (double v : contours.levels)
      if (std::abs(v) <= largest && out.size() < max_levels) out.push_back(v);
    return out;
  }
  double low = INFINITY, high = -INFINITY;
  for (double v : contours.values)
    if (std::abs(v) <= largest) low = std::min(low, v), high = std::max(high, v);
  if (!(low < high)) return out;
  const Scale scale(low, high, {8});
  for (const Tick& t : scale.ticks()) out.push_back(low + t.at * (high - low));
  for (double& v : out)
    if (std::abs(v) < (high - low) * 1e-9) v = 0;
  return out;
}

std::vector<Level> levels_in(const Contours& contours, const Frame& frame) {
  std::vector<Level> out;
  if (contours.rows < 1 || contours.columns < 1) return out;
  const Nodes nodes = nodes_of(contours, frame);
  for (double level : levels_of(contours)) {
    Level l{level, {}};
    for (const Piece& line : level_lines(nodes, level)) clipped_into(l.lines, line);
    out.push_back(std::move(l));
  }
  return out;
}

Regions shrunk(const Regions& regions, int64_t rows, int64_t columns) {
  Regions out = regions;
  const Heat cells = cells_of(regions);
  out.x = x_range(cells);
  out.y = y_range(cells);
  out.rows = std::min(rows, regions.rows);
  out.columns = std::min(columns, regions.columns);
  out.classes.clear();
  for (int64_t r = 0; r < out.rows; r++)
    for (int64_t c = 0; c < out.columns; c++) {
      const int64_t from_r = (2 * r + 1) * regions.rows / (2 * out.rows), from_c = (2 * c + 1) * regions.columns / (2 * out.columns);
      out.classes.push_back(regions.classes[size_t(from_r * regions.columns + from_c)]);
    }
  return out;
}

std::vector<Piece> borders_of(const Regions& given, const Frame& frame) {
  std::vector<Piece> out;
  if (given.rows < 1 || given.columns < 1) return out;
  const Regions regions = shrunk(given, most_nodes, most_nodes);
  const std::vector<double> x = places(frame.x, *regions.x, regions.columns), y = places(frame.y, *regions.y, regions.rows);
  Joiner joiner;
  auto at = [&](int64_t r, int64_t c) {
    return regions
        .classes[size_t(std::clamp<int64_t>(r - 1, 0, regions.rows - 1) * regions.columns + std::clamp<int64_t>(c - 1, 0, regions.columns - 1))];
  };
  const int64_t across = regions.columns + 2;
  for (int64_t r = 0; r <= regions.rows; r++)
    for (int64_t c = 0; c <= regions.columns; c++) {
      const int64_t row[4] = {r, r, r + 1, r + 1}, column[4] = {c, c + 1, c + 1, c};
      int64_t id[4] = {};
      Point middle[4] = {};
      int crossed[4] = {}, count = 0;
      for (int k = 0; k < 4; k++) {
        const int next = (k + 1) % 4;
        if (at(row[k], column[k]) == at(row[next], column[next])) continue;
        middle[k] = {(x[size_t(column[k])] + x[size_t(column[next])]) / 2, (y[size_t(row[k])] + y[size_t(row[next])]) / 2};
        if (!std::isfinite(middle[k].x) || !std::isfinite(middle[k].y)) continue;
        id[k] = 2 * (std::min(row[k], row[next]) * across + std::min(column[k], column[next])) + (row[k] != row[next]);
        crossed[count++] = k;
      }
      if (count == 2) joiner.add(id[crossed[0]], middle[crossed[0]], id[crossed[1]], middle[crossed[1]]);
      else if (count > 2) {  // three or four areas meet
        const Point centre{(x[size_t(c)] + x[size_t(c + 1)]) / 2, (y[size_t(r)] + y[size_t(r + 1)]) / 2};
        for (int k = 0; k < count; k++) out.push_back({middle[crossed[k]], centre});
      }
    }
  std::vector<Piece> inside;
  for (const Piece& line : out) clipped_into(inside, line);
  for (const Piece& line : joiner.lines()) clipped_into(inside, smoothed(line));
  return inside;
}

}  // namespace cairn::plot::detail
