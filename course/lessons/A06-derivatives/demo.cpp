// A06: the tangent player. A curve and its slope by a difference; a map's Jacobian and a surface's Hessian at the same point, measured in
// the same way.
#include <cmath>
#include <functional>

#include <course/machinery/figure.h>

namespace cairn::course {

namespace {

struct Named {
  const char* name;
  double (*f)(double);
  double (*slope)(double);
};
const Named named_curves[] = {
    {"sine", [](double x) { return std::sin(x); }, [](double x) { return std::cos(x); }},
    {"cube", [](double x) { return x * x * x / 4; }, [](double x) { return 3 * x * x / 4; }},
    {"exponential", [](double x) { return std::exp(x / 2); }, [](double x) { return std::exp(x / 2) / 2; }},
    {"kink", [](double x) { return std::abs(x); }, [](double x) { return x > 0   ? 1.0
                                                                         : x < 0 ? -1.0
                                                                                 : 0.0; }},
};

class TangentPlayer final : public Demo {
 public:
  void fields(Fields& f) override {
    f("curve", curve_, "the curve of the first picture", one_of({"sine", "cube", "exponential", "kink"}));
    f("x", x_, "where the slope is taken", between(-3, 3));
    f("y", y_, "the second coordinate, for the map and the surface", between(-3, 3));
    f("h", h_, "step of the difference", between(1e-14, 1));
  }

  DemoResult run() override {
    const Named* named = &named_curves[0];
    for (const Named& n : named_curves)
      if (curve_ == n.name) named = &n;
    const double slope = (named->f(x_ + h_) - named->f(x_ - h_)) / (2 * h_), right = named->slope(x_), error = std::abs(slope - right);

    // The map (x, y) -> (x^2 - y^2, x y), by central differences: column j holds how both results move with coordinate j.
    const auto u = [](double x, double y) { return x * x - y * y; };
    const auto v = [](double x, double y) { return x * y; };
    const double h = 1e-5, ux = (u(x_ + h, y_) - u(x_ - h, y_)) / (2 * h), uy = (u(x_, y_ + h) - u(x_, y_ - h)) / (2 * h),
                 vx = (v(x_ + h, y_) - v(x_ - h, y_)) / (2 * h), vy = (v(x_, y_ + h) - v(x_, y_ - h)) / (2 * h), area = ux * vy - uy * vx;

    // The surface g = x^3 / 3 + x y + y^2: its Hessian is [[2 x, 1], [1, 2]]; its eigenvalues are the smallest and largest curvature.
    const auto g = [](double x, double y) { return x * x * x / 3 + x * y + y * y; };
    const double k = 1e-3, gxx = (g(x_ + k, y_) - 2 * g(x_, y_) + g(x_ - k, y_)) / (k * k),
                 gyy = (g(x_, y_ + k) - 2 * g(x_, y_) + g(x_, y_ - k)) / (k * k),
                 gxy = (g(x_ + k, y_ + k) - g(x_ + k, y_ - k) - g(x_ - k, y_ + k) + g(x_ - k, y_ - k)) / (4 * k * k);
    const double middle = (gxx + gyy) / 2, spread = std::hypot((gxx - gyy) / 2, gxy), low = middle - spread, high = middle + spread;

    DemoResult result;
    result.figure = {.title = "The tangent player", .panels = {tangent(*named, slope), map(u, v), walks(g, low, high)}, .columns = 1};
    result.numbers = {{"slope by the difference", slope}, {"slope by the rule", right}, {"error", error},
                      {"area factor of the map", area},   {"smallest curvature", low},  {"largest curvature", high}};
    result.says =
        std::string(curve_ == "kink" && std::abs(x_) < h_
                        ? "The chord spans the kink, where there is no slope: it mixes the -1 of the one side with the 1 of the other. "
                    : error < 1e-6 ? "The difference gives the rule's slope to six digits or more. "
                    : h_ < 1e-9    ? "The step is so small that the difference of two nearly equal numbers is mostly rounding. "
                                   : "The step is so wide that the chord runs past the curve's bend. ") +
        (area < 0 ? "The map turns small squares over here. " : "The map keeps the sense of turning here. ") +
        (low < 0 ? "The surface bends down in one direction and up in another: a saddle's shape." : "The surface bends up in every direction.");
    return result;
  }

 private:
  plot::Panel tangent(const Named& n, double slope) const {
    plot::Axes axes{.title = std::string(n.name) + ": the chord from x - h to x + h", .x = {"x", false, -4, 4}, .y = {"f"}};
    plot::Line line{.name = "f"};
    for (int i = 0; i <= 160; i++) line.x.push_back(-4 + i * 0.05), line.y.push_back(n.f(-4 + i * 0.05));
    axes.add(line);
    const double y = n.f(x_);
    axes.add(plot::Line{.name = "slope by the difference", .x = {x_ - 1, x_ + 1}, .y = {y - slope, y + slope}});
    axes.add(plot::Scatter{.x = {x_ - h_, x_, x_ + h_}, .y = {n.f(x_ - h_), y, n.f(x_ + h_)}, .size = 4, .colour = 2});
    return axes;
  }
  template <class U, class V> plot::Panel map(U u, V v) const {
    plot::Axes axes{.title = "a square around (x, y), and where the map (x^2 - y^2, xy) puts it", .x = {"first"}, .y = {"second"}, .equal = true};
    plot::Line square{.name = "square"}, image{.name = "its image"};
    const double corners[][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}};
    for (int c = 0; c < 4; c++)
      for (int i = 0; i <= 8; i++) {
        const double t = i / 8.0, x = x_ + 0.25 * (corners[c][0] + t * (corners[c + 1][0] - corners[c][0])),
                     y = y_ + 0.25 * (corners[c][1] + t * (corners[c + 1][1] - corners[c][1]));
        square.x.push_back(x), square.y.push_back(y);
        image.x.push_back(u(x, y)), image.y.push_back(v(x, y));
      }
    return axes.add(square).add(image);
  }
  template <class G> plot::Panel walks(G g, double low, double high) const {
    plot::Axes axes{
        .title = "the surface x^3/3 + xy + y^2 along the directions of least and most curvature", .x = {"distance"}, .y = {"rise above the tangent"}};
    const double here = g(x_, y_), gx = x_ * x_ + y_, gy = x_ + 2 * y_;
    for (const double curvature : {low, high}) {
      // A direction (p, q) of the Hessian [[2 x, 1], [1, 2]] with this curvature: its second row says p + 2 q = curvature q.
      const double p = curvature - 2, q = 1, length = std::hypot(p, q);
      plot::Line line{.name = curvature == low ? "least" : "most"};
      for (int i = -20; i <= 20; i++) {
        const double t = i / 20.0, dx = t * p / length, dy = t * q / length;
        line.x.push_back(t), line.y.push_back(g(x_ + dx, y_ + dy) - here - gx * dx - gy * dy);
      }
      axes.add(line);
    }
    return axes;
  }
  std::string curve_ = "sine";
  double x_ = 1, y_ = 0.5, h_ = 0.5;
};

}  // namespace

extern const LessonDemo A06_demo;
const LessonDemo A06_demo = {"A06",
                             "the tangent player: a slope from two values, a map's Jacobian, a surface's Hessian",
                             [] { return std::unique_ptr<Demo>(new TangentPlayer); },
                             {{"curve", "sine", "kink", "slope by the rule", 0.3},
                              {"x", "0", "2", "slope by the rule", 1},
                              {"y", "0", "2", "area factor of the map", 5},
                              {"h", "1", "1e-5", "error", 0.01}}};

}  // namespace cairn::course
