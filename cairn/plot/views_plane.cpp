// Functions of two numbers: on grids, as fields of arrows, as regions of a model's decisions.
#include <cairn/plot/views.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/plot/scale.h>

namespace cairn::plot {
namespace {

void check_range(const char* what, const Range& r) {
  if (!(std::abs(r.low) <= detail::largest && std::abs(r.high) <= detail::largest && r.low < r.high))
    throw ConfigError(fmt::format("[{}] {} to {} is no range", what, r.low, r.high));
}

void check_grid(const char* what, const Grid& grid) {
  constexpr int64_t most = 4096;
  check_range(what, grid.x);
  check_range(what, grid.y);
  if (grid.rows < 1 || grid.columns < 1 || grid.rows > most || grid.columns > most)
    throw ConfigError(fmt::format("[{}] a grid of {} rows and {} columns; both are 1 to {}", what, grid.rows, grid.columns, most));
}

double middle(const Range& r, int64_t i, int64_t n) {
  const double u = (double(i) + 0.5) / double(n);
  return r.low * (1 - u) + r.high * u;
}

// Calls f(x, y) for each cell, row by row.
template <class F> void each_cell(const char* what, const Grid& grid, F f) {
  check_grid(what, grid);
  for (int64_t r = 0; r < grid.rows; r++)
    for (int64_t c = 0; c < grid.columns; c++) f(middle(grid.x, c, grid.columns), middle(grid.y, r, grid.rows));
}

}  // namespace

std::vector<double> on_grid(const Grid& grid, const std::function<double(double, double)>& f) {
  std::vector<double> out;
  each_cell("on_grid", grid, [&](double x, double y) { out.push_back(f(x, y)); });
  return out;
}

Tensor grid_points(const Grid& grid) {
  std::vector<float> points;
  each_cell("grid_points", grid, [&](double x, double y) {
    points.push_back(float(x));
    points.push_back(float(y));
  });
  return from_span(std::span<const float>(points), {grid.rows * grid.columns, 2});
}

Heat surface(const Grid& grid, const std::function<double(double, double)>& f, const std::string& label) {
  return {.rows = grid.rows, .columns = grid.columns, .values = on_grid(grid, f), .label = label, .x = grid.x, .y = grid.y};
}

Contours contours(const Grid& grid, const std::function<double(double, double)>& f, const std::vector<double>& levels) {
  return {.rows = grid.rows, .columns = grid.columns, .values = on_grid(grid, f), .levels = levels, .x = grid.x, .y = grid.y};
}

Regions decision_regions(const Grid& grid, const std::function<int64_t(double, double)>& f, const std::vector<std::string>& names) {
  Regions out{.rows = grid.rows, .columns = grid.columns, .names = names, .x = grid.x, .y = grid.y};
  each_cell("decision_regions", grid, [&](double x, double y) { out.classes.push_back(f(x, y)); });
  return out;
}

Regions decision_regions(const Grid& grid, const Tensor& scores, const std::vector<std::string>& names, double threshold) {
  check_grid("decision_regions", grid);
  const Shape s = scores.defined() ? scores.shape() : Shape();
  const int64_t n = grid.rows * grid.columns;
  if (s.rank() < 1 || s.rank() > 2 || s[0] != n || (s.rank() == 2 && s[1] < 1))
    throw ShapeError(fmt::format("[decision_regions] a grid of {} x {} cells needs scores [{}, C], these are {}", grid.rows, grid.columns, n,
                                 scores.defined() ? s.str() : "none"));
  const int64_t classes = s.rank() == 2 ? s[1] : 1;
  const bool numbers = classes == 1 && !is_floating(scores.dtype());
  const std::vector<double> v = scores.to_vector<double>();
  Regions out{.rows = grid.rows, .columns = grid.columns, .names = names, .x = grid.x, .y = grid.y};
  for (int64_t i = 0; i < n; i++) {
    const auto row = v.begin() + i * classes;
    if (std::any_of(row, row + classes, [](double x) { return std::isnan(x); })) out.classes.push_back(-1);
    else if (numbers) out.classes.push_back(int64_t(*row));
    else out.classes.push_back(classes == 1 ? *row > threshold : std::max_element(row, row + classes) - row);
  }
  return out;
}

Scatter scatter(const Tensor& points, const Tensor& classes, const std::vector<std::string>& names) {
  const Shape& s = points.shape();
  if (s.rank() != 2 || s[1] != 2) throw ShapeError(fmt::format("[scatter] points are [N, 2], these are {}", s.str()));
  Scatter out{.names = names};
  const std::vector<double> v = points.to_vector<double>();
  for (size_t i = 0; i < v.size(); i += 2) {
    out.x.push_back(v[i]);
    out.y.push_back(v[i + 1]);
  }
  if (!classes.defined()) return out;
  if (classes.numel() != s[0]) throw ShapeError(fmt::format("[scatter] {} points need as many classes, these are {}", s[0], classes.shape().str()));
  for (double c : classes.to_vector<double>()) out.classes.push_back(std::isfinite(c) ? int64_t(std::clamp(c, -1.0, 1e9)) : -1);
  return out;
}

Arrows field(const Range& x, const Range& y, const std::function<std::pair<double, double>(double, double)>& f, int64_t across) {
  Arrows out{.scale = 0};
  each_cell("field", Grid{x, y, across, across}, [&](double at_x, double at_y) {
    const auto [dx, dy] = f(at_x, at_y);
    out.x.push_back(at_x);
    out.y.push_back(at_y);
    out.dx.push_back(dx);
    out.dy.push_back(dy);
  });
  return out;
}

Line trajectory(const std::string& name, const std::vector<double>& x, const std::vector<double>& y, int heads) {
  return {.name = name, .x = x, .y = y, .heads = heads};
}

}  // namespace cairn::plot
