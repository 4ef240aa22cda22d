// A small lesson that obeys every rule, in a folder of its own: for tests of what reads, shows and checks lessons.
#pragma once

#include <string>

#include <cairn/base/disk.h>
#include <course/machinery/book.h>
#include <tests/helpers/temp_folder.h>

namespace cairn::course {

// `of` with its first `from` replaced.
inline std::string with(std::string of, const std::string& from, const std::string& to) {
  const size_t at = of.find(from);
  if (at == std::string::npos) throw StateError("the test looks for '" + from + "', which is not there");
  return of.replace(at, from.size(), to);
}

inline std::string fixture_text() {
  std::string filler;
  for (int i = 0; i < 120; i++) filler += "The slope says how fast a function rises near a place.\n";
  return R"(# T01 A parabola

## The question
How steep is $f(x) = x^2$ at one place? A *slope* is a number, see [Rosenblatt (1958)](https://example.org/1958) and A06.

## By hand
At $x = {{x := 3}}$ the value is $f({{x}}) = {{= x^2}}$; a step of {{h := 0.5}} leads to {{= (x + h)^2 : .2f}}.

| step | slope |
|------|------:|
| {{h}} | {{= ((x + h)^2 - x^2) / h}} |

1. Take a step.
2. Divide the rise by it, as `rise / 0.5` does.

## The maths
$$f'(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h} = 2x$$

where $h$ is the step. )" +
         filler +
         R"(
## Predict, run, explain

::: predict
The step becomes **half** as long. The slope of $f$ ...
- [ ] is halved, too :: the rise is about halved with it,
      so their ratio is not
- [x] hardly changes :: rise and step shrink together
:::

![A parabola and a line through two of its points](figure:secant)

The last slope is {{slope in 2.0..2.5 :.2f}}, of the class {{class_name}}.

::: predict
The step becomes zero.
- [x] there is no slope :: zero by zero
- [ ] the slope is zero :: a rise of zero, but a step of zero, too
:::

![The parabola alone](figure:parabola)

## The code

```cpp run
#include <cstdio>

int main() {
  std::puts("<slope> & 6");
}
```

```cpp
slope = rise / step;
```

## In PyTorch

```python torch
import torch
x = torch.tensor(3.0, requires_grad=True)
(x ** 2).backward()
assert x.grad == 6
```

## What goes wrong in practice
- the step is too small;
- the step is too large.

## Exercise
Write the slope.

## Now you can
find a slope.
)";
}

// Two figures, a number and a word, drawn without a run.
inline void draw_fixture(Book& book) {
  book.number("slope", 2.25);
  book.words("class_name", "sandal");
  plot::Line line;
  for (double x = -3; x <= 3; x += 0.25) line.x.push_back(x), line.y.push_back(x * x);
  plot::Axes axes{.title = "A parabola", .x = {"x"}, .y = {"f(x)"}};
  axes.add(line);
  book.figure("parabola", plot::Figure{.title = "A parabola", .panels = {axes}});
  std::vector<Frame> frames;
  for (int i = 0; i < 12; i++) {
    plot::Axes a{.title = "A secant", .x = {"x", false, -3, 3}, .y = {"f(x)", false, 0, 9}};
    const double h = 2.0 / (i + 1);
    a.add(line).add(plot::Line{.name = "secant", .x = {1, 1 + h}, .y = {1, (1 + h) * (1 + h)}});
    frames.push_back({std::to_string(h).substr(0, 4), plot::Figure{.title = "A secant", .panels = {a}}, "step " + std::to_string(i)});
  }
  book.slider("secant", "step", frames);
}

struct FixtureLesson {
  TempFolder temp;
  std::string folder = temp / "T01-parabola", built = temp / "built";
  explicit FixtureLesson(const std::string& text = fixture_text()) {
    disk().make_folder(folder);
    write_unsynced(folder + "/lesson.md", text);
    FileBook book("T01", built);
    draw_fixture(book);
    book.finish();
    ran("#include <cstdio>\n\nint main() {\n  std::puts(\"<slope> & 6\");\n}\n", "<slope> & 6\n");
  }
  void ran(const std::string& code, const std::string& output) {
    disk().make_folder(built + "/blocks");
    write_unsynced(built + "/blocks/1.ran.cpp", code);
    write_unsynced(built + "/blocks/1.out", output);
  }
};

}  // namespace cairn::course
