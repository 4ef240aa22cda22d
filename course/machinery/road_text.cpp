// The map in a terminal: a band for each phase, its lessons as marks; what is open now with its title.
#include <algorithm>

#include <fmt/format.h>

#include <cairn/base/columns.h>
#include <cairn/base/text.h>
#include <course/machinery/road.h>

namespace cairn::course {

namespace {

constexpr Colour green{0, 158, 115}, blue{86, 180, 233}, orange{230, 159, 0}, grey{140, 146, 152};

Colour colour_of(State s) {
  switch (s) {
    case State::done:
    case State::skipped: return green;
    case State::again: return orange;
    case State::open: return blue;
    case State::locked: break;
  }
  return grey;
}

// One column each.
std::string mark_of(State s, const Terminal& t) {
  static const char* const unicode[] = {"\u2713", "\u2013", "\u21bb", "\u25cb", "\u00b7"};
  static const char* const ascii[] = {"x", "-", "r", "o", "."};
  return (t.unicode ? unicode : ascii)[int(s)];
}

size_t width_of(const Terminal& t) { return size_t(std::clamp(t.columns, 36, 100)); }

std::string weeks_words(const Phase& p) {
  if (p.weeks_most) return fmt::format("{}-{} weeks", p.weeks_least, p.weeks_most);
  return p.id == "W" ? "optional" : "ongoing";
}

// "A  Foundations        4-6 weeks   5 of 17"
std::string band(const Road& road, const Phase& phase, const Terminal& t) {
  const size_t width = width_of(t);
  size_t done = 0;
  const auto items = items_of(road.catalog, phase);
  for (const Item* i : items) {
    const State s = state_of(road.catalog, *i, road.learned);
    done += s == State::done || s == State::skipped;
  }
  const std::string left = phase.id + "  " + phase.title, right = fmt::format("{}  {} of {}", weeks_words(phase), done, items.size());
  const std::string line = left.size() + right.size() + 2 <= width ? left + std::string(width - left.size() - right.size(), ' ') + right
                                                                   : cut_to(left, width) + "\n" + pad_left(right, width);
  std::string bar;
  for (size_t i = 0; i < width; i++)
    bar += t.unicode ? (i * items.size() < done * width ? "\u2501" : "\u2500") : (i * items.size() < done * width ? "=" : "-");
  return line + "\n" + coloured(bar, done ? green : grey, t) + "\n";
}

std::string item_line(const Road& road, const Item& i, const Terminal& t) {
  const State s = state_of(road.catalog, i, road.learned);
  std::string note = i.hours > 0 ? fmt::format("{:g} h", i.hours) : "inside";
  if (!road.written.count(i.id)) note += ", not written yet";
  else if (s == State::locked) note += ", needs " + join(missing_for(road.catalog, i, road.learned), i.any_of_needs ? " or " : " ");
  const std::string left = fmt::format(" {} {:<4} ", mark_of(s, t), i.id);
  const size_t width = width_of(t), room = width - columns_of(left);
  std::string rest = i.title;
  if (columns_of(rest) + note.size() + 2 <= room) rest += "  " + std::string(room - columns_of(rest) - note.size() - 2, ' ') + note;
  else rest = cut_to(rest, room, t.unicode ? "\u2026" : "..") + "\n" + std::string(8, ' ') + cut_to(note, width - 8, t.unicode ? "\u2026" : "..");
  return coloured(left, colour_of(s), t) + rest + "\n";
}

// "A label      text that goes on below itself"
std::string entry(const std::string& label, const std::string& text, const Terminal& t) {
  const std::string indent(14, ' ');
  std::string lines = wrapped(printable_on(t, text), width_of(t), indent);
  return "  " + pad_right(label, 12) + lines.substr(std::min(indent.size(), lines.size())) + "\n";
}

}  // namespace

std::string road_text(const Road& road, const Terminal& t, bool all) {
  const Catalog& c = road.catalog;
  const size_t width = width_of(t);
  std::string out;
  for (const Phase& phase : c.phases) {
    out += band(road, phase, t);
    std::string line;
    size_t used = 0;
    for (const Item* i : items_of(c, phase)) {
      if (all) {
        out += item_line(road, *i, t);
        continue;
      }
      const State s = state_of(c, *i, road.learned);
      const std::string tile = mark_of(s, t) + i->id;
      if (used && used + 2 + columns_of(tile) > width) out += line + "\n", line.clear(), used = 0;
      line += (used ? "  " : " ") + coloured(tile, colour_of(s), t);
      used += (used ? 2 : 1) + columns_of(tile);
    }
    if (!all) out += line + "\n";
    out += "\n";
  }
  std::string key;
  size_t used = 0;
  for (const auto& [state, words] : {std::pair(State::done, "done"),
                                     {State::skipped, "skipped by placement"},
                                     {State::again, "once more"},
                                     {State::open, "open"},
                                     {State::locked, "locked"}}) {
    const size_t columns = std::string(words).size() + 2;
    if (used && used + 3 + columns > width) key += "\n", used = 0;
    key += (used ? "   " : "") + coloured(mark_of(state, t), colour_of(state), t) + " " + words;
    used += (used ? 3 : 0) + columns;
  }
  out += key + "\n";
  if (all) return out;
  std::string open;
  for (const Item* i : c.in_order()) {
    const State s = state_of(c, *i, road.learned);
    if (s == State::again || (s == State::open && i->phase != "W")) open += item_line(road, *i, t);
  }
  return open.empty() ? out : out + "\nOpen now\n" + open;
}

std::string phase_text(const Road& road, const Phase& phase, const Terminal& t) {
  std::string out = band(road, phase, t) + wrapped(phase.goal, width_of(t)) + "\n\n";
  for (const Item* i : items_of(road.catalog, phase)) out += item_line(road, *i, t);
  return out + "\n" + wrapped("Topics: " + join(phase.topics, "; ") + ".", width_of(t)) + "\n";
}

std::string item_text(const Road& road, const Item& item, const Terminal& t) {
  const Lesson* lesson = road.catalog.find_lesson(item.id);
  const Project* project = road.catalog.find_project(item.id);
  const State s = state_of(road.catalog, item, road.learned);
  std::string out = wrapped(fmt::format("{} {}", item.id, item.title), width_of(t)) + "\n\n";
  std::string state = state_name(s);
  if (s == State::locked) state += ": first " + join(missing_for(road.catalog, item, road.learned), item.any_of_needs ? " or " : ", ");
  if (const auto passed = road.learned.passed.find(item.id); passed != road.learned.passed.end())
    state += ", passed on " + iso_date(passed->second.on);
  if (s == State::again) state += ": its review did not go well";
  out += entry("state", state, t);
  out += entry("afterwards", item.can, t);
  if (item.hours > 0) out += entry("takes", fmt::format("{:g} hours", item.hours), t);
  if (project && !project->inside.empty()) out += entry("inside of", project->inside + " " + road.catalog.lesson(project->inside).title, t);
  if (!item.needs.empty()) out += entry("needs", join(item.needs, item.any_of_needs ? " or " : ", "), t);
  if (lesson) {
    out += entry("experiment", lesson->demo, t);
    out += entry("exercise", lesson->exercise, t);
    out += entry("picture", lesson->picture, t);
  }
  if (!item.recipes.empty()) out += entry("recipes", join(item.recipes, ", "), t);
  if (!item.papers.empty()) out += entry("papers", join(item.papers, ", "), t);
  if (lesson && !lesson->terms.empty()) out += entry("terms", join(lesson->terms, ", "), t);
  if (!road.written.count(item.id))
    out += "\n" + wrapped(lesson ? "This lesson is not written yet." : "This project is not written yet.", width_of(t)) + "\n";
  else out += "\ncairn learn " + item.id + "\n";
  return out;
}

}  // namespace cairn::course
