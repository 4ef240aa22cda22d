// What a lesson's figure.cpp and demo.cpp are written with: numbers for the text, figures, sliders, and an experiment with parameters.
//
//   namespace cairn::course {
//   namespace {                                               // all but the last object
//   void draw_a06(Book& book) {
//     const double loss = train(...);
//     book.number("final_loss", loss);                        // {{final_loss}} in lesson.md
//     book.figure("losses", plot::Figure{...});               // ![caption](figure:losses)
//     book.slider("rate", "learning rate", frames);           // ![caption](figure:rate): at least 12 frames
//   }
//   }  // namespace
//   extern const LessonFigures A06_figures;
//   const LessonFigures A06_figures = {"A06", draw_a06};      // CMake finds this line: it begins the line, and its name ends in _figures
//   }  // namespace cairn::course
//
// demo.cpp ends likewise with  `const LessonDemo A06_demo = {"A06", "title", make, {{"rate", "0.1", "1.5", "final loss", 0.5}}};`, where make
// is  `[] { return std::unique_ptr<Demo>(new TangentPlayer); }`.
//
// Many lessons are compiled as one file. So names in the namespace without a name differ from lesson to lesson, which the compiler tells, and
// what the lesson's own header holds lies in a namespace a06 and is called by its full name, `a06::train`: with `using namespace` other lessons
// would see it, too.
//
// Every run is seeded: the same build draws the same figures.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <cairn/base/fields.h>
#include <cairn/plot/figure.h>

namespace cairn::course {

struct Frame {
  std::string value;      // what the slider says: "0.1"
  plot::Figure figure;    // all frames of a slider have one size: fix the ends of the axes
  std::string says = {};  // one sentence below the figure: "after 20 steps the loss is 0.31"
};

// Collects what a lesson shows. Names are letters, digits and underscores, each once: StateError otherwise.
class Book {
 public:
  virtual ~Book() = default;
  virtual void number(const std::string& name, double value) = 0;             // {{name}}, {{name:.3f}}, {{name in 0.1..0.4}}
  virtual void words(const std::string& name, const std::string& value) = 0;  // {{name}}: the name of a class, a list
  virtual void figure(const std::string& name, plot::Figure figure) = 0;
  virtual void slider(const std::string& name, const std::string& label, std::vector<Frame> frames) = 0;
};

// A sentence with numbers: said("after %.0f steps the loss is %.2f", 20, 0.31). The format names as many of them as are given, in order.
inline std::string said(const char* format, double a, double b = 0, double c = 0, double d = 0) {
  char text[240];
  std::snprintf(text, sizeof text, format, a, b, c, d);
  return text;
}

struct LessonFigures {
  const char* id;
  void (*draw)(Book& book);
};
const std::vector<const LessonFigures*>& all_lesson_figures();

// What an experiment found.
struct DemoResult {
  plot::Figure figure;
  std::vector<std::pair<std::string, double>> numbers;  // {"loss after 100 steps", 0.31}
  std::string says;                                     // two or three sentences: what happened, and why
};

// `cairn demo ID --parameter value ...`
class Demo {
 public:
  virtual ~Demo() = default;
  virtual void fields(Fields& f) = 0;  // the parameters, with defaults and ranges
  virtual DemoResult run() = 0;        // at most a few seconds, seeded
};

// Two settings of a parameter, the others at their defaults, whose results differ: |number at a - number at b| >= at_least. A test runs
// both; every parameter of a demo has one.
struct Contrast {
  const char *parameter, *a, *b, *number;
  double at_least;
};

struct LessonDemo {
  const char* id;
  const char* title;  // "the tangent player: where does the slope come from?"
  std::unique_ptr<Demo> (*make)();
  std::vector<Contrast> contrasts;
};
const std::vector<const LessonDemo*>& all_lesson_demos();

}  // namespace cairn::course
