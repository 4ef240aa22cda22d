// cairn demo A02: the shape explorer. Two shapes meet; what comes out, and with which strides is each of them read?
#include <course/machinery/figure.h>

#include <cairn/base/errors.h>
#include <cairn/tensor/shape.h>

#include <algorithm>
#include <charconv>

namespace cairn::course {
namespace {

// "3, 1" or "" (a single number).
Shape read_shape(const std::string& name, const std::string& text) {
  Shape shape;
  const char *at = text.data(), *end = at + text.size();
  while (at != end) {
    int64_t size = 0;
    const auto [next, error] = std::from_chars(at, end, size);
    if (error != std::errc() || size < 0 || size > 1000 || shape.rank() == 4)
      throw ConfigError("--" + name + " " + text + ": a shape is up to four sizes from 0 to 1000 with commas between them, as 3,1.");
    shape.push_back(size);
    at = std::find_if(next, end, [](char c) { return c != ',' && c != ' '; });
  }
  return shape;
}

struct ShapeExplorer : Demo {
  std::string a = "3,1", b = "4";

  void fields(Fields& f) override {
    f("a", a, "the first shape: sizes with commas between them");
    f("b", b, "the second shape");
  }

  DemoResult run() override {
    const Shape first = read_shape("a", a), second = read_shape("b", b);
    plot::Table table{.header = {"axis from the right", "a", "b", "result", "stride of a", "stride of b"}};
    const int rank = std::max(first.rank(), second.rank());
    bool fits = true;
    double numel = 1, stored = double(first.numel() + second.numel());
    int64_t product[2] = {1, 1};
    for (int i = 1; i <= rank; i++) {
      std::vector<std::string> row = {std::to_string(i)}, strides;
      int64_t sizes[2];
      for (int k = 0; k < 2; k++) {
        const Shape& shape = k ? second : first;
        const bool there = i <= shape.rank();
        sizes[k] = there ? shape[shape.rank() - i] : 1;
        row.push_back(there ? std::to_string(sizes[k]) : "none");
        strides.push_back(std::to_string(sizes[k] == 1 ? 0 : product[k]));
        product[k] *= sizes[k];
      }
      const bool fit = sizes[0] == sizes[1] || sizes[0] == 1 || sizes[1] == 1;
      const int64_t size = sizes[0] == 1 ? sizes[1] : sizes[0];
      fits = fits && fit;
      numel *= double(size);
      row.push_back(fit ? std::to_string(size) : "does not fit");
      row.insert(row.end(), strides.begin(), strides.end());
      table.rows.push_back(row);
    }
    const std::string says = fits ? "The result has the shape " + broadcast_shapes("demo", first, second).str() +
                                        ". A stride of 0 reads the same entry again and again: nothing is copied."
                                  : "On one axis two sizes meet that are neither equal nor 1. A program stops there with an error; an axis of size 1 "
                                    "in the right place would help.";
    return {plot::Figure{.title = first.str() + " meets " + second.str(), .panels = {table}},
            {{"entries of the result", fits ? numel : 0}, {"entries in memory", stored}},
            says};
  }
};

}  // namespace

extern const LessonDemo A02_demo;
const LessonDemo A02_demo = {"A02",
                             "shape explorer: what do two shapes make together?",
                             [] { return std::unique_ptr<Demo>(new ShapeExplorer); },
                             {{"a", "3,1", "2,5,1", "entries of the result", 1}, {"b", "4", "3,4", "entries in memory", 8}}};

}  // namespace cairn::course
