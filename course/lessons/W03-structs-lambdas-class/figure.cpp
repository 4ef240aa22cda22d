// W03's figure: a small program, line by line: a struct whose copies are their own, and handles whose copies share.
#include <course/machinery/figure.h>

#include <memory>

namespace cairn::course {
namespace {

struct Point {
  double x = 0, y = 0;
};

std::string whole(double v) { return std::to_string(int64_t(v)); }
std::string whole_in_braces(const std::vector<double>& v) {
  std::string out = "{";
  for (size_t i = 0; i < v.size(); i++) out += (i ? ", " : "") + whole(v[i]);
  return out + "}";
}

void draw_w03(Book& book) {
  std::vector<Frame> frames;
  Point p, q;
  std::shared_ptr<std::vector<double>> a, b, c;
  int known = 0;
  const auto frame = [&](const std::string& line, const std::string& says) {
    plot::Table t{.title = line, .header = {"name", "shows", "storage", "handles on it"}};
    const auto handle = [&](const char* name, const std::shared_ptr<std::vector<double>>& h) {
      if (!h) return std::vector<std::string>{name, "nothing", "", ""};
      return std::vector<std::string>{name, whole_in_braces(*h), h == a ? "first vector" : "second vector", std::to_string(h.use_count())};
    };
    const std::vector<std::vector<std::string>> rows = {{"p", "(" + whole(p.x) + ", " + whole(p.y) + ")", "its own", ""},
                                                        {"q", "(" + whole(q.x) + ", " + whole(q.y) + ")", "its own", ""},
                                                        handle("a", a),
                                                        handle("b", b),
                                                        handle("c", c)};
    for (int i = 0; i < 5; i++) t.rows.push_back(i < known ? rows[size_t(i)] : std::vector<std::string>{"", "", "", ""});
    frames.push_back({std::to_string(frames.size() + 1), plot::Figure{.panels = {t}}, says});
  };
  p = {1, 2}, known = 1;
  frame("Point p = {1, 2};", "A struct: two numbers with names, p.x and p.y.");
  q = p, known = 2;
  frame("Point q = p;", "Copying a struct copies its members.");
  q.x = 7;
  frame("q.x = 7;", "p keeps its own.");
  p.y = 5;
  frame("p.y = 5;", "And q keeps its own.");
  a = std::make_shared<std::vector<double>>(std::vector<double>{1, 2, 3}), known = 3;
  frame("auto a = std::make_shared<...>({1, 2, 3});", "A handle: a leads to a vector, which lies elsewhere.");
  b = a, known = 4;
  frame("auto b = a;", "Copying a handle copies the way to the vector. Two handles, one vector.");
  (*b)[0] = 9;
  frame("(*b)[0] = 9;", "Written by way of b, seen by way of a.");
  book.number("seen_by_a", (*a)[0]);
  c = std::make_shared<std::vector<double>>(*a), known = 5;
  frame("auto c = std::make_shared<...>(*a);", "*a is the vector itself. A new vector is made from it: storage of its own.");
  (*c)[0] = 0;
  frame("(*c)[0] = 0;", "Only c shows it.");
  (*a)[2] = 8;
  frame("(*a)[2] = 8;", "a and b show it, c does not.");
  b = c;
  frame("b = c;", "The handle b leads to the second vector now. Nothing was copied.");
  a = nullptr;
  {
    plot::Table t{.title = "a = nullptr;", .header = {"name", "shows", "storage", "handles on it"}};
    t.rows = {{"p", "(" + whole(p.x) + ", " + whole(p.y) + ")", "its own", ""},
              {"q", "(" + whole(q.x) + ", " + whole(q.y) + ")", "its own", ""},
              {"a", "nothing", "", ""},
              {"b", whole_in_braces(*b), "second vector", std::to_string(b.use_count())},
              {"c", whole_in_braces(*c), "second vector", std::to_string(c.use_count())}};
    frames.push_back({"12", plot::Figure{.panels = {t}}, "The last handle on the first vector is gone, so the vector is gone, too."});
  }
  book.slider("handles", "line", frames);
  // The mean of 1, 2, ..., 10 as it runs, and a wrong one in which each new value counts half.
  plot::Line mean{.name = "sum / count"}, half{.name = "(mean + x) / 2"};
  double sum = 0, wrong = 0;
  for (int i = 1; i <= 10; i++) {
    sum += i;
    wrong = i == 1 ? i : (wrong + i) / 2;
    mean.y.push_back(sum / i);
    half.y.push_back(wrong);
  }
  plot::Axes axes{.x = {.label = "values so far"}, .y = {.label = "mean"}};
  axes.add(mean).add(half);
  book.figure("running", plot::Figure{.title = "The running mean of one, two, three, ...", .panels = {axes}});
  book.number("mean_10", sum / 10);
  book.number("wrong_10", wrong);
}

}  // namespace

extern const LessonFigures W03_figures;
const LessonFigures W03_figures = {"W03", draw_w03};

}  // namespace cairn::course
