// Blocks of a lesson as text.
#include <algorithm>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/json.h>
#include <cairn/base/text.h>
#include <course/machinery/markdown.h>
#include <course/machinery/maths.h>
#include <course/machinery/page.h>

namespace cairn::course {

namespace {

class Writer {
 public:
  Writer(const LessonText& lesson, const Surroundings& around, const Terminal& terminal)
      : lesson_(lesson), around_(around), terminal_(terminal), width_(std::clamp(terminal.columns, 24, 88)), links_(around.terms) {}

  std::string all() {
    if (!around_.phase.empty()) say(around_.phase);
    for (const TextBlock& b : lesson_.blocks) {
      if (!out_.empty() && !out_.ends_with("\n\n")) out_ += "\n";
      if (b.kind == TextBlock::markdown) markdown(b);
      else if (b.kind == TextBlock::figure) figure(b);
      else if (b.kind == TextBlock::predict) predict(b);
      else code(b);
    }
    answers();
    words();
    next_steps();
    return out_;
  }

 private:
  void say(const std::string& text, const std::string& indent = "") {
    out_ += wrapped(terminal_.unicode ? text : ascii_only(text), size_t(width_), indent) + "\n";
  }
  void heading(const std::string& text) { out_ += "\n" + Markdown("## " + text).text(terminal_, width_) + "\n"; }

  void markdown(const TextBlock& b) {
    Markdown m(b.text);
    for (const std::string& text : m.prose()) links_.hits(text);
    out_ += m.text(terminal_, width_);
  }

  void figure(const TextBlock& b) {
    const DrawnFigure* drawn = lesson_.figure(b.name);
    if (!drawn) {
      say("[figure: " + Markdown(b.text).one_line(terminal_) + "; not drawn yet: the build's target cairn_figures draws it]");
      return;
    }
    // A slider shows where it begins, its middle and its end.
    std::vector<size_t> shown{0};
    if (const size_t n = drawn->frames.size(); n > 2) shown = {0, n / 2, n - 1};
    for (const size_t i : shown) {
      const DrawnFrame& f = drawn->frames[i];
      if (!drawn->label.empty()) say(fmt::format("[{}: {}]", drawn->label, f.value));
      out_ += frame_text(read_file(f.texts, 16 << 20), terminal_);
      if (!f.says.empty()) say(f.says);
      out_ += "\n";
    }
    say("Figure: " + Markdown(b.text).one_line(terminal_));
  }

  void predict(const TextBlock& b) {
    const int number = ++predictions_;
    say(fmt::format("Predict ({}):", number));
    out_ += Markdown(b.text).text(terminal_, width_);
    for (size_t i = 0; i < b.choices.size(); i++) {
      const std::string mark = std::string(1, char('a' + i)) + ") ";
      std::string line = wrapped(Markdown(b.choices[i].text).one_line(terminal_), size_t(width_), "     ");
      line.replace(0, std::min<size_t>(5, line.size()), "  " + mark);
      out_ += line + "\n";
    }
  }

  void code(const TextBlock& b) {
    indented(b.text);
    if (b.info != "cpp run") return;
    out_ += "\n";
    say(b.ran ? "prints" : "(not run yet as it stands here: the build's target cairn_figures runs it)");
    out_ += "\n";
    if (b.ran) indented(b.output);
  }
  void indented(std::string text) {
    if (text.ends_with("\n")) text.pop_back();
    const std::string indent(width_ < 60 ? 2 : 4, ' ');
    for (const std::string& line : split(terminal_.unicode ? text : ascii_only(text), '\n')) out_ += line.empty() ? "\n" : indent + line + "\n";
  }

  void answers() {
    if (!predictions_) return;
    heading("What you predicted");
    int number = 0;
    for (const TextBlock& b : lesson_.blocks) {
      if (b.kind != TextBlock::predict) continue;
      number++;
      for (size_t i = 0; i < b.choices.size(); i++) {
        const Choice& c = b.choices[i];
        std::string line = wrapped(fmt::format("{}: {}", c.right ? "right" : "no", Markdown(c.thought).one_line(terminal_)), size_t(width_), "     ");
        const std::string mark = fmt::format("{} {}) ", i ? " " : std::to_string(number), char('a' + i));
        out_ += mark + line.substr(std::min<size_t>(5, line.size())) + "\n";
      }
    }
  }

  void words() {
    if (links_.met().empty()) return;
    heading("Words");
    std::vector<const Term*> met = links_.met();
    std::sort(met.begin(), met.end(), [](const Term* a, const Term* b) { return lower(a->name) < lower(b->name); });
    for (const Term* t : met) {
      say(t->name + ": " + t->text);
      if (!t->formula.empty()) say(readable_maths(t->formula, terminal_.unicode), "    ");
    }
  }

  void next_steps() {
    heading("What to do now");
    const std::string& id = lesson_.id;
    if (around_.demo) say("cairn demo " + id + "   runs the experiment with your own settings");
    if (around_.exercise) {
      say("cairn start " + id + "  gives you the exercise");
      say("cairn check " + id + "  judges it; cairn hint " + id + " helps");
    }
    if (around_.quiz) say("cairn quiz " + id + "   asks what you remember, with new numbers each time");
    if (!around_.next_id.empty())
      say(around_.next_written ? "cairn learn " + around_.next_id + "  is next: " + around_.next_title
                               : "Next: " + around_.next_id + " " + around_.next_title + " (not written yet)");
  }

  const LessonText& lesson_;
  const Surroundings& around_;
  Terminal terminal_;
  int width_;
  TermLinks links_;
  std::string out_;
  int predictions_ = 0;
};

}  // namespace

std::string frame_text(const std::string& texts_json, const Terminal& terminal) {
  const Json texts = Json::parse(texts_json, "a figure's text");
  const std::string columns = terminal.columns >= 76 ? "76" : "40";
  const std::string kind = !terminal.unicode ? "ascii" : terminal.colours == Terminal::Colours::none ? "unicode" : "colour";
  return texts.at(columns + " " + kind).as_string();
}

std::string lesson_in_terminal(const LessonText& lesson, const Surroundings& around, const Terminal& terminal) {
  return Writer(lesson, around, terminal).all();
}

}  // namespace cairn::course
