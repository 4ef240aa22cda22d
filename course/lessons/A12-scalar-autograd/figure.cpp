// A12: a graph walked forward and backward, a diamond in the right order and in a wrong one, what a missing mark of the visited costs, and what
// one walk back saves against measuring every slope.
#include <cmath>
#include <functional>

#include <course/machinery/figure.h>

#include "steps.h"

namespace cairn::course {

namespace {

void stepper(Book& book) {
  std::vector<a12::Item> items = a12::neuron(2, 1, -1, 5), shown = items;
  std::vector<Frame> frames;
  const size_t none = items.size();
  const auto frame = [&](size_t at, bool backwards, const std::string& says) {
    frames.push_back({std::to_string(frames.size()), {.title = "One step at a time", .panels = {a12::drawn(shown, at, backwards)}}, says});
  };
  frame(none, false, "the inputs have their values; nothing is computed yet");
  for (size_t i = 0; i < items.size(); i++) {
    if (items[i].from.empty()) continue;
    shown[i].compute(shown);
    frame(i, false, "forward: " + shown[i].name + " becomes " + said("%g", shown[i].data));
  }
  shown.back().grad = 1;
  frame(none, false, "backward begins: the loss moves with itself one for one, so its gradient is 1");
  for (const size_t i : a12::order_of(shown, "complete")) {
    a12::send(shown, i);
    std::string to;
    for (const size_t f : shown[i].from) to += (to.empty() ? "" : " and ") + shown[f].name;
    frame(i, true, "backward: " + shown[i].name + " has " + said("%g", shown[i].grad) + " and sends slope times that to " + to);
  }
  book.number("grad_h", shown[6].grad);
  book.number("grad_w", shown[0].grad);
  book.number("grad_b", shown[2].grad);
  book.number("loss_before", shown.back().data);
  std::vector<a12::Item> after = a12::neuron(2, 1 - 0.01 * shown[0].grad, -1 - 0.01 * shown[2].grad, 5);
  a12::compute(after);
  book.number("loss_after", after.back().data);
  book.slider("stepper", "step", std::move(frames));
}

void orders(Book& book) {
  std::vector<a12::Item> right = a12::diamond(2, 3), wrong = right;
  a12::run(right);
  a12::run(wrong, "level by level");
  book.number("right_a", right[0].grad);
  book.number("wrong_a", wrong[0].grad);
  book.number("wrong_u", wrong[2].grad);
  book.figure("orders", {.title = "The same graph, two orders",
                         .panels = {a12::drawn(right, right.size(), false, "y, v, u: u sends when it is complete"),
                                    a12::drawn(wrong, 2, false, "y, u, v: u has sent before v's share came")},
                         .columns = 1});
}

// The visits of a walk through x, x + x, (x + x) + (x + x), ...: `depth` doublings.
int64_t visits(int depth, bool marked) {
  std::vector<bool> seen(size_t(depth) + 1, false);
  const std::function<int64_t(int)> walk = [&](int i) -> int64_t {
    if (marked && seen[size_t(i)]) return 0;
    seen[size_t(i)] = true;
    return i == 0 ? 1 : 1 + walk(i - 1) + walk(i - 1);
  };
  return walk(depth);
}

void paths(Book& book) {
  plot::Line marked{.name = "visited values are marked"}, all{.name = "every way is walked"};
  for (int depth = 1; depth <= 20; depth++) {
    marked.x.push_back(depth), marked.y.push_back(double(visits(depth, true)));
    all.x.push_back(depth), all.y.push_back(double(visits(depth, false)));
  }
  book.number("visits_marked", marked.y.back());
  book.number("visits_all", all.y.back());
  plot::Axes axes{.title = "v = v + v, again and again", .x = {"doublings"}, .y = {"visits of a value", true}};
  book.figure("paths", {.title = "Why the visited are marked", .panels = {axes.add(all).add(marked)}});
}

// Operations for the gradient of loss = (w0 x0 + ... - truth)^2 for all n weights.
void costs(Book& book) {
  plot::Line back{.name = "one walk back"}, measured{.name = "central differences"};
  for (double n = 1; n <= 1e6; n *= 10) {
    const double forward = 2 * n + 2;                                  // products, sums, the difference, the square
    back.x.push_back(n), back.y.push_back(forward + 2 * (2 * n + 2));  // and for each value a product and a sum for each input
    measured.x.push_back(n), measured.y.push_back(2 * n * forward);
  }
  book.number("cost_back", back.y.back());
  book.number("cost_measured", measured.y.back());
  plot::Axes axes{.title = "a weighted sum, squared error", .x = {"weights", true}, .y = {"operations", true}};
  book.figure("costs", {.title = "What a gradient costs", .panels = {axes.add(measured).add(back)}});
}

void draw_a12(Book& book) {
  stepper(book);
  orders(book);
  paths(book);
  costs(book);
}

}  // namespace

extern const LessonFigures A12_figures;
const LessonFigures A12_figures = {"A12", draw_a12};

}  // namespace cairn::course
