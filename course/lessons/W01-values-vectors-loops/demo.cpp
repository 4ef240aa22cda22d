// cairn demo W01: the division of whole numbers and that of doubles, side by side.
#include <course/machinery/figure.h>

#include <cstdio>

namespace cairn::course {
namespace {

struct Divisions : Demo {
  int a = 7, b = 2;

  void fields(Fields& f) override {
    f("a", a, "what is divided", between(-1000, 1000));
    f("b", b, "by what it is divided", between(1, 100));
  }

  DemoResult run() override {
    plot::Axes axes{.x = {.label = "a"}, .y = {.label = "a divided by " + std::to_string(b)}};
    plot::Line whole{.name = "int", .stroke = plot::Stroke::none}, real{.name = "double"};
    for (int k = -3 * b; k <= 3 * b; k++) {
      whole.x.push_back(k), whole.y.push_back(k / b);
      real.x.push_back(k), real.y.push_back(double(k) / b);
    }
    axes.add(whole).add(real);
    char says[300];
    std::snprintf(says, sizeof says,
                  "As whole numbers %d / %d is %d and %d %% %d, what is left over, is %d. As doubles it is %.4g. The whole quotient goes towards 0, "
                  "from both sides.",
                  a, b, a / b, a, b, a % b, double(a) / b);
    return {plot::Figure{.title = "Two divisions", .panels = {axes}},
            {{"quotient of whole numbers", a / b}, {"what is left over", a % b}, {"quotient of doubles", double(a) / b}},
            says};
  }
};

}  // namespace

extern const LessonDemo W01_demo;
const LessonDemo W01_demo = {"W01",
                             "two divisions: what is 7 / 2?",
                             [] { return std::unique_ptr<Demo>(new Divisions); },
                             {{"a", "7", "-7", "quotient of whole numbers", 5}, {"b", "2", "4", "quotient of doubles", 1}}};

}  // namespace cairn::course
