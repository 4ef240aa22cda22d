// cairn-lessons: draws the figures of lessons and runs their experiments. `cairn` calls it; people need not.
//   cairn-lessons list                         what there is: one JSON object
//   cairn-lessons figures ID FOLDER            writes numbers.json and figures/ (book.h)
//   cairn-lessons fields ID                    the parameters of the experiment, as JSON
//   cairn-lessons demo ID [--name=value ...]   runs it with these, and with the defaults where they differ; prints JSON
//   cairn-lessons contrasts [ID]               runs each experiment's contrasts; 1 when one is missing or too small
#include <cmath>
#include <cstdio>
#include <exception>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/book.h>

namespace cairn::course {
namespace {

template <class T> const T& find(const std::vector<const T*>& all, const std::string& id, const std::string& file) {
  std::vector<std::string> ids;
  for (const T* one : all) {
    if (id == one->id) return *one;
    ids.push_back(one->id);
  }
  throw UsageError("lesson '" + printable(id) + "' has no " + file + "." + did_you_mean(id, ids));
}

int list() {
  Json figures = Json::array(), demos = Json::array();
  for (const LessonFigures* f : all_lesson_figures()) figures.push_back(f->id);
  for (const LessonDemo* d : all_lesson_demos()) demos.push_back(Json::object({{"id", d->id}, {"title", d->title}}));
  std::printf("%s\n", Json::object({{"figures", figures}, {"demos", demos}}).dump().c_str());
  return 0;
}

int figures(const std::string& id, const std::string& folder) {
  FileBook book(id, folder);
  find(all_lesson_figures(), id, "figure.cpp").draw(book);
  book.finish();
  return 0;
}

// JSON has no infinities: an end that is not there is left out.
int fields(const std::string& id) {
  const LessonDemo& lesson = find(all_lesson_demos(), id, "demo.cpp");
  const auto demo = lesson.make();
  Fields f;
  demo->fields(f);
  Json all = Json::array();
  for (const Field& field : f.list()) {
    Json one =
        Json::object({{"name", field.name}, {"description", field.description}, {"default", Fields::get(field)}, {"low_open", field.range.low_open}});
    one["kind"] = field.kind == Field::integer   ? "integer"
                  : field.kind == Field::number  ? "number"
                  : field.kind == Field::boolean ? "boolean"
                                                 : "text";
    if (std::isfinite(field.range.low)) one["low"] = field.range.low;
    if (std::isfinite(field.range.high)) one["high"] = field.range.high;
    one["choices"] = Json::array(field.range.choices);
    all.push_back(one);
  }
  std::printf("%s\n", Json::object({{"id", id}, {"title", lesson.title}, {"fields", all}}).dump().c_str());
  return 0;
}

Json numbers_of(const DemoResult& result) {
  Json all = Json::object();
  for (const auto& [name, value] : result.numbers) all[name] = value;
  return all;
}

int demo(const std::string& id, const std::vector<std::string>& flags) {
  const LessonDemo& lesson = find(all_lesson_demos(), id, "demo.cpp");
  const auto asked = lesson.make(), standard = lesson.make();
  Fields f, before;
  asked->fields(f);
  standard->fields(before);
  for (const std::string& flag : flags) {
    const size_t equals = flag.find('=');
    if (!flag.starts_with("--") || equals == std::string::npos) throw UsageError("'" + printable(flag) + "' is not --name=value.");
    f.set(flag.substr(2, equals - 2), flag.substr(equals + 1), flag.substr(0, equals));
  }
  Json changed = Json::array();
  for (size_t i = 0; i < f.list().size(); i++) {
    const std::string now = Fields::get(f.list()[i]), then = Fields::get(before.list()[i]);
    if (now != then) changed.push_back(Json::object({{"name", f.list()[i].name}, {"default", then}, {"value", now}}));
  }
  Json out = Json::object({{"id", id}, {"title", lesson.title}, {"settings", f.to_json()}, {"changed", changed}});
  if (changed.size()) out["numbers_by_default"] = numbers_of(standard->run());
  const DemoResult result = asked->run();
  out["numbers"] = numbers_of(result);
  out["says"] = result.says;
  out["description"] = result.figure.described();
  out["svg"] = result.figure.svg();
  out["texts"] = terminal_texts(result.figure);
  std::printf("%s\n", out.dump().c_str());
  return 0;
}

// The number of a result; NaN when it has no such one.
double number_named(const DemoResult& result, const std::string& name) {
  for (const auto& [n, value] : result.numbers)
    if (n == name) return value;
  return std::nan("");
}

DemoResult run_with(const LessonDemo& lesson, const std::string& parameter, const std::string& value) {
  const auto demo = lesson.make();
  Fields f;
  demo->fields(f);
  f.set(parameter, value, std::string(lesson.id) + "'s contrast of '" + parameter + "'");
  return demo->run();
}

int contrasts(const std::string& id) {
  int wrong = 0;
  const auto complain = [&wrong](const std::string& text) {
    std::printf("%s\n", text.c_str());
    wrong++;
  };
  for (const LessonDemo* lesson : all_lesson_demos()) {
    if (!id.empty() && id != lesson->id) continue;
    const auto demo = lesson->make();
    Fields f;
    demo->fields(f);
    if (f.list().empty()) complain(fmt::format("{}: the demo has no parameter", lesson->id));
    for (const Field& field : f.list()) {
      const Contrast* found = nullptr;
      for (const Contrast& c : lesson->contrasts)
        if (field.name == c.parameter) found = &c;
      if (!found) complain(fmt::format("{}: the parameter '{}' has no contrast", lesson->id, field.name));
    }
    for (const Contrast& c : lesson->contrasts) {
      const double a = number_named(run_with(*lesson, c.parameter, c.a), c.number), b = number_named(run_with(*lesson, c.parameter, c.b), c.number);
      const double apart = std::abs(a - b);
      const std::string what = fmt::format("{}: '{}' is {:.6g} at {} = {} and {:.6g} at {}", lesson->id, c.number, a, c.parameter, c.a, b, c.b);
      if (!(c.at_least > 0) || !(apart >= c.at_least)) complain(fmt::format("{}: less than {:.6g} apart", what, c.at_least));
      else std::printf("ok %s\n", what.c_str());
    }
  }
  return wrong ? 1 : 0;
}

int run(const std::vector<std::string>& words) {
  const std::string verb = words.empty() ? "" : words[0];
  if (verb == "list" && words.size() == 1) return list();
  if (verb == "figures" && words.size() == 3) return figures(words[1], words[2]);
  if (verb == "fields" && words.size() == 2) return fields(words[1]);
  if (verb == "demo" && words.size() >= 2) return demo(words[1], {words.begin() + 2, words.end()});
  if (verb == "contrasts" && words.size() <= 2) return contrasts(words.size() == 2 ? words[1] : "");
  throw UsageError("usage: cairn-lessons list | figures ID FOLDER | fields ID | demo ID [--name=value ...] | contrasts [ID]");
}

}  // namespace
}  // namespace cairn::course

int main(int argc, char** argv) {
  try {
    return cairn::course::run({argv + 1, argv + argc});
  } catch (const cairn::UsageError& e) {
    std::fprintf(stderr, "cairn-lessons: %s\n", e.what());
    return 2;
  } catch (const cairn::ConfigError& e) {  // a value that no parameter takes
    std::fprintf(stderr, "cairn-lessons: %s\n", e.what());
    return 2;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "cairn-lessons: %s\n", e.what());
    return 1;
  }
}
