// W02's figures: a small program, line by line, with what its names refer to; and what a call by value copies.
#include <course/machinery/figure.h>

#include "counted.h"

namespace cairn::course {
namespace {

std::string braces(const std::vector<int>& v) {
  std::string out = "{";
  for (size_t i = 0; i < v.size(); i++) out += (i ? ", " : "") + std::to_string(v[i]);
  return out + "}";
}

// Runs the program and keeps what each name shows after each line.
void names(Book& book) {
  std::vector<Frame> frames;
  int a = 0, copy = 0;
  int& same = a;
  std::vector<int> v, w;
  const auto frame = [&](const std::string& line, const std::string& says, int known, const std::string& first) {
    plot::Table t{.title = line, .header = {"name", "value", "place"}};
    const std::vector<std::vector<std::string>> rows = {{"a", std::to_string(a), "A"},
                                                        {"copy", std::to_string(copy), "B"},
                                                        {"same", std::to_string(same), "A"},
                                                        {"v", braces(v), "C"},
                                                        {"first", first, first == "?" ? "?" : "C, entry 0"},
                                                        {"w", braces(w), "D"}};
    for (int i = 0; i < 6; i++) t.rows.push_back(i < known ? rows[size_t(i)] : std::vector<std::string>{"", "", ""});
    frames.push_back({std::to_string(frames.size() + 1), plot::Figure{.panels = {t}}, says});
  };
  a = 3;
  frame("int a = 3;", "A variable is a place with a name.", 1, "");
  copy = a;
  frame("int copy = a;", "A second place, with the value that a has at this moment.", 2, "");
  frame("int& same = a;", "A reference: no new place, a second name for the place of a.", 3, "");
  copy = 10;
  frame("copy = 10;", "Only the copy changes.", 3, "");
  same = 20;
  frame("same = 20;", "Written through the reference: a has changed.", 3, "");
  a = 5;
  frame("a = 5;", "And the other way round: what is written into a shows in same.", 3, "");
  same += copy;
  frame("same += copy;", "Reads the copy, writes a.", 3, "");
  same = copy;
  frame("same = copy;", "The reference still belongs to a: the value of copy is written there.", 3, "");
  v = {1, 2};
  frame("std::vector<int> v = {1, 2};", "A vector holds its entries somewhere of its own.", 4, "");
  {
    int& first = v[0];
    frame("int& first = v[0];", "A reference to an entry.", 5, std::to_string(first));
    first = 9;
    frame("first = 9;", "Written through it: the vector has changed.", 5, std::to_string(first));
  }
  v.push_back(3);
  frame("v.push_back(3);", "The vector may move its entries to a larger place. The reference then leads to where they were: it dangles.", 5, "?");
  w = v;
  frame("std::vector<int> w = v;", "A vector is copied with all its entries.", 6, "?");
  w[0] = 0;
  frame("w[0] = 0;", "So v keeps its own. (A Tensor is different: its copies share the numbers.)", 6, "?");
  book.slider("names", "line", frames);
  book.number("a_at_end", a);
  book.number("v_first", v[0]);
}

void copies(Book& book) {
  plot::Axes axes{.x = {.names = {"10", "100", "1000", "10000"}}, .y = {.label = "numbers copied by 100 calls"}};
  plot::Bars value{.name = "by value"}, reference{.name = "by const reference"};
  for (const int64_t n : {10, 100, 1000, 10000}) {
    value.y.push_back(double(w02::copied(n, 100, true)));
    reference.y.push_back(double(w02::copied(n, 100, false)));
  }
  axes.x.label = "length of the list";
  axes.add(value).add(reference);
  book.figure("copies", plot::Figure{.title = "What a call copies", .panels = {axes}});
  book.number("copied_by_value", value.y.back());
  book.number("copied_by_reference", reference.y.back());
}

void draw_w02(Book& book) {
  names(book);
  copies(book);
}

}  // namespace

extern const LessonFigures W02_figures;
const LessonFigures W02_figures = {"W02", draw_w02};

}  // namespace cairn::course
