// W01's figures: a loop that walks over a vector, and two divisions of the same numbers.
#include <course/machinery/figure.h>

#include <cstdint>
#include <limits>

namespace cairn::course {
namespace {

// The places of a vector in memory, the loop's index as a mark, and the sum so far.
void walk_over_vector(Book& book) {
  const std::vector<int> v = {7, 2, 9, 4, 4, 1, 8, 3, 6, 5, 2, 9};
  std::vector<Frame> frames;
  int sum = 0;
  for (size_t i = 0; i <= v.size(); i++) {
    plot::Heat heat{.rows = 1, .columns = int64_t(v.size()), .values = std::vector<double>(v.size(), 0.3), .low = 0, .high = 2, .scale = false};
    for (const int x : v) heat.text.push_back(std::to_string(x));
    if (i < v.size()) heat.values[i] = 1.3;
    plot::Axes axes{.title = "v[0] ... v[11] in memory", .x = {.label = "index"}, .y = {.names = {""}, .reversed = true}};
    for (size_t k = 0; k < v.size(); k++) axes.x.names.push_back(std::to_string(k));
    axes.add(heat);
    std::string says;
    if (i < v.size()) {
      sum += v[i];
      says =
          "i = " + std::to_string(i) + ": i < v.size() holds, v[i] is " + std::to_string(v[i]) + ", and the sum becomes " + std::to_string(sum) + ".";
    } else says = "i = " + std::to_string(i) + ": i < v.size() no longer holds. The loop ends before v[12] is read, which is not there.";
    frames.push_back({std::to_string(i), plot::Figure{.panels = {axes}}, says});
  }
  book.slider("walk", "i", frames);
  book.number("sum", sum);
  book.number("count", double(v.size()));
  book.number("mean", double(sum) / double(v.size()));
  book.number("whole_mean", sum / int(v.size()));
}

void divisions(Book& book) {
  plot::Axes axes{.x = {.label = "a"}, .y = {.label = "a divided by 4"}};
  plot::Line whole{.name = "int: a / 4"}, real{.name = "double: a / 4.0"};
  for (int a = -12; a <= 12; a++) {
    whole.x.push_back(a), whole.y.push_back(a / 4);
    real.x.push_back(a), real.y.push_back(a / 4.0);
  }
  whole.stroke = plot::Stroke::none;
  axes.add(whole).add(real);
  book.figure("divisions", plot::Figure{.title = "Two divisions by four", .panels = {axes}});
  book.number("minus_seven", -7 / 4);
  book.number("minus_seven_left", -7 % 4);
  const size_t none = 0;
  book.number("before_none", double(none - 1));
  book.number("largest_int", double(std::numeric_limits<int>::max()));
}

void draw_w01(Book& book) {
  walk_over_vector(book);
  divisions(book);
}

}  // namespace

extern const LessonFigures W01_figures;
const LessonFigures W01_figures = {"W01", draw_w01};

}  // namespace cairn::course
