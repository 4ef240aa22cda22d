// A02's figures: where the entries of a transposed view lie in memory, two shapes that meet, and a loss whose shapes met by accident.
#include <course/machinery/figure.h>

#include <cairn/cairn.h>

#include <cmath>

namespace cairn::course {
namespace {

// A grid of numbers, some of them marked.
plot::Axes grid(const std::string& title, int64_t rows, int64_t columns, const std::vector<double>& numbers, const std::vector<double>& marked) {
  plot::Heat heat{.rows = rows, .columns = columns, .values = marked, .low = 0, .high = 2.5, .scale = false};
  for (const double v : numbers) heat.text.push_back(std::to_string(int64_t(v)));
  plot::Axes axes{.title = title, .x = {.label = "column"}, .y = {.label = "row", .reversed = true}};
  for (int64_t r = 0; r < rows; r++) axes.y.names.push_back(std::to_string(r));
  for (int64_t c = 0; c < columns; c++) axes.x.names.push_back(std::to_string(c));
  axes.add(heat);
  return axes;
}

void stride_map(Book& book) {
  const Tensor x = arange(12).reshape({3, 4}), t = x.t();
  std::vector<double> memory;
  for (int i = 0; i < 12; i++) memory.push_back(10 * (i + 1));
  std::vector<Frame> frames;
  for (int64_t r = 0; r < 4; r++)
    for (int64_t c = 0; c < 3; c++) {
      const int64_t place = r * t.strides()[0] + c * t.strides()[1];
      std::vector<double> in_memory(12, 0), in_x(12, 0), in_t(12, 0), transposed;
      in_memory[size_t(place)] = in_x[size_t(place)] = in_t[size_t(r * 3 + c)] = 1;
      for (int64_t i = 0; i < 12; i++) transposed.push_back(10 * (t.at({i / 3, i % 3}) + 1));
      plot::Axes line = grid("memory: twelve numbers in a row", 1, 12, memory, in_memory);
      line.x.label = "place", line.y.label = "", line.y.names = {""};
      line.height = 50;
      plot::Figure both{.panels = {line}};
      both.add(grid("x, shape {3, 4}, strides {4, 1}", 3, 4, memory, in_x));
      both.add(grid("x.t(), shape {4, 3}, strides {1, 4}", 4, 3, transposed, in_t));
      frames.push_back({"(" + std::to_string(r) + ", " + std::to_string(c) + ")", both,
                        "Entry (" + std::to_string(r) + ", " + std::to_string(c) + ") of x.t() lies at place " + std::to_string(r) + " * 1 + " +
                            std::to_string(c) + " * 4 = " + std::to_string(place) + "."});
    }
  book.slider("stride_map", "entry of x.t()", frames);
}

// A column and a row become a table.
void meeting(Book& book) {
  const Tensor a = tensor({{10}, {20}, {30}}), b = tensor({1, 2, 3, 4}), sum = a + b;
  const auto all = [](const Tensor& t) { return t.to_vector<double>(); };
  const auto none = [](int64_t n) { return std::vector<double>(size_t(n), 0.4); };
  plot::Figure f{.title = "A column plus a row", .columns = 3};
  f.add(grid("a, shape {3, 1}", 3, 1, all(a), none(3)));
  f.add(grid("b, shape {4}", 1, 4, all(b), none(4)));
  f.add(grid("a + b, shape {3, 4}", 3, 4, all(sum), none(12)));
  book.figure("meeting", f);
  const Tensor wide = ones({1}).expand({1000, 1000});
  book.number("wide_numel", double(wide.numel()));
  book.number("wide_bytes", double(wide.array().storage()->bytes()));
  book.number("wide_full_bytes", double(wide.contiguous().array().storage()->bytes()));
}

struct Line {
  double w, b, loss;
};

// Fits y = w x + b by 300 steps. With `column` y has the shape {n, 1} of the prediction, else {n}.
Line fit(const Tensor& x, const Tensor& y, bool column) {
  manual_seed(1);
  Tensor w = zeros({1, 1}), b = zeros({1});
  w.set_requires_grad(), b.set_requires_grad();
  const Tensor target = column ? y.reshape({-1, 1}) : y;
  double last = 0;
  for (int step = 0; step < 300; step++) {
    const Tensor loss = square(matmul(x, w) + b - target).mean();
    w.zero_grad(), b.zero_grad();
    loss.backward();
    last = loss.item();
    NoGrad no_grad;
    w.copy_(w - 0.2 * w.grad());
    b.copy_(b - 0.2 * b.grad());
  }
  return {w.item(), b.item(), last};
}

void accident(Book& book) {
  manual_seed(3);
  const int64_t n = 40;
  const Tensor x = rand({n, 1}) * 4.0 - 2.0;
  const Tensor y = (2.0 * x + 1.0 + 0.4 * randn({n, 1})).reshape({n}).clone();
  const Line right = fit(x, y, true), wrong = fit(x, y, false);
  plot::Axes axes{.x = {.label = "x"}, .y = {.label = "y"}};
  axes.add(plot::Line{.name = "40 examples", .x = x.to_vector<double>(), .y = y.to_vector<double>(), .stroke = plot::Stroke::none});
  const auto line = [&](const std::string& name, const Line& l, plot::Stroke stroke) {
    axes.add(plot::Line{.name = name, .x = {-2, 2}, .y = {-2 * l.w + l.b, 2 * l.w + l.b}, .stroke = stroke});
  };
  line("prediction {40, 1}, target {40, 1}", right, plot::Stroke::solid);
  line("prediction {40, 1}, target {40}", wrong, plot::Stroke::dashed);
  book.figure("accident", plot::Figure{.title = "One fit, twice: the shapes of the target differ", .panels = {axes}});
  book.number("n", double(n));
  book.number("pairs", double((matmul(x, ones({1, 1})) - y).numel()));
  book.number("slope_right", right.w);
  book.number("slope_wrong", wrong.w);
  book.number("loss_right", right.loss);
  book.number("loss_wrong", wrong.loss);
  book.number("mean_y", y.mean().item());
  book.number("offset_wrong", wrong.b);
}

void draw_a02(Book& book) {
  stride_map(book);
  meeting(book);
  accident(book);
}

}  // namespace

extern const LessonFigures A02_figures;
const LessonFigures A02_figures = {"A02", draw_a02};

}  // namespace cairn::course
