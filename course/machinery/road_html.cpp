// The map as a page: bands of phases with lessons placed by how deep their prerequisites go, lines from each to what needs it; below, every lesson in
// short. The map exists twice, wide and for phones, and the style shows one of them.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include <cairn/base/text.h>
#include <course/machinery/road.h>
#include <course/machinery/sheet.h>

namespace cairn::course {

namespace {

constexpr const char* road_style = R"(svg { display: block; width: 100%; height: auto; }
svg text { font: 600 12px system-ui, sans-serif; fill: var(--ink); }
svg text.name { font-weight: 400; font-size: 11px; }
svg text.phase { font-size: 15px; }
svg text.weeks { font-weight: 400; fill: var(--soft); }
.band { fill: var(--card); }
.node { fill: var(--paper); stroke: var(--line); stroke-width: 1.5; }
.open .node { stroke: var(--accent); stroke-width: 2.5; }
.again .node { stroke: var(--open); stroke-width: 2.5; }
.done .node, .skipped .node { fill: color-mix(in srgb, var(--done) 18%, var(--paper)); stroke: var(--done); }
.locked text { fill: var(--soft); }
.later .node { stroke-dasharray: 4 3; }
a:hover .node, a:focus .node { stroke: var(--ink); }
svg a { text-decoration: none; }
.edge { fill: none; stroke: var(--soft); stroke-opacity: .55; stroke-width: 1.2; }
.map-narrow { display: none; }
@media (max-width: 50rem) { .map-wide { display: none; } .map-narrow { display: block; } }
.key { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: .5rem 0 1rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: .8rem; margin-top: .8rem; }
.card:target { outline: 3px solid var(--accent); }
.card p { font-size: .92rem; }
.state { font-weight: 600; }
.card.done .state, .card.skipped .state { color: var(--done); }
.card.open .state { color: var(--accent); }
.card.again .state { color: var(--open); }
.card.locked .state { color: var(--soft); }
)";

const char* mark_of(State s) {
  static const char* const marks[] = {"\u2713", "\u2013", "\u21bb", "\u25cb", "\u00b7"};
  return marks[int(s)];
}

// Words on at most two lines of `most` letters, the second cut when there are more.
std::vector<std::string> two_lines(const std::string& title, size_t most) {
  std::vector<std::string> lines = split(wrapped(title, most), '\n');
  if (lines.size() > 2) {
    lines.resize(2);
    if (lines[1].size() > most - 2) lines[1].resize(most - 2);
    lines[1] += "\u2026";
  }
  for (std::string& l : lines)
    if (l.size() > most + 2) l = l.substr(0, most) + "\u2026";
  return lines;
}

struct Place {
  double x, y;
};
constexpr double node_width = 132, node_height = 52;

std::string node(const Road& road, const Item& i, Place p) {
  const State s = state_of(road.catalog, i, road.learned);
  const bool later = !road.written.count(i.id);
  std::string out = fmt::format(
      "<a href=\"#{}\" class=\"{}{}\"><title>{} {}: {}{}</title><rect class=\"node\" x=\"{:g}\" y=\"{:g}\" width=\"{:g}\" height=\"{:g}\" rx=\"8\"/>",
      i.id, state_name(s), later ? " later" : "", i.id, html(i.title), state_name(s), later ? ", not written yet" : "", p.x, p.y, node_width,
      node_height);
  out += fmt::format("<text x=\"{:g}\" y=\"{:g}\">{} {}</text>", p.x + 8, p.y + 17, mark_of(s), i.id);
  double y = p.y + 32;
  for (const std::string& line : two_lines(i.title, 18)) {
    out += fmt::format("<text class=\"name\" x=\"{:g}\" y=\"{:g}\">{}</text>", p.x + 8, y, html(line));
    y += 13;
  }
  return out + "</a>\n";
}

// How many lessons of the same phase come before it, at least.
size_t depth_of(const Catalog& c, const Item& i, std::map<std::string, size_t>& depths) {
  if (const auto known = depths.find(i.id); known != depths.end()) return known->second;
  size_t depth = 0;
  depths[i.id] = 0;
  for (const std::string& n : i.needs)
    if (const Item* before = c.find(n); before && before->phase == i.phase) depth = std::max(depth, depth_of(c, *before, depths) + 1);
  return depths[i.id] = depth;
}

// Lessons of one depth share a column; as many as tallest, then the next, where there is room. A last entry says where the columns end.
constexpr size_t tallest = 6;
std::vector<size_t> first_columns(const Catalog& c, const std::vector<const Item*>& items, std::map<std::string, size_t>& depths, size_t columns) {
  std::vector<size_t> counts;
  for (const Item* i : items) {
    if (c.find_project(i->id)) continue;
    const size_t depth = depth_of(c, *i, depths);
    counts.resize(std::max(counts.size(), depth + 1));
    counts[depth]++;
  }
  std::vector<size_t> first = {0};
  for (size_t d = 0; d < counts.size(); d++) {
    const size_t room = columns - first.back() - (counts.size() - d - 1);  // each later depth needs one
    first.push_back(first.back() + std::min(std::max<size_t>(1, (counts[d] + tallest - 1) / tallest), room));
  }
  return first;
}

std::string weeks_in_full(const Phase& p) {
  if (p.weeks_most) return fmt::format("{} to {} weeks", p.weeks_least, p.weeks_most);
  return p.id == "W" ? "optional" : "ongoing";
}

std::string card(const Road& road, const Item& i) {
  const Lesson* lesson = road.catalog.find_lesson(i.id);
  const Project* project = road.catalog.find_project(i.id);
  const State s = state_of(road.catalog, i, road.learned);
  auto links = [](const std::vector<std::string>& ids, const char* between) {
    std::vector<std::string> out;
    for (const std::string& id : ids) out.push_back(fmt::format("<a href=\"#{}\">{}</a>", id, id));
    return join(out, between);
  };
  std::string out = fmt::format("<article class=\"card {}\" id=\"{}\">\n<h3>{} {}</h3>\n<p><span class=\"state\">{} {}</span>", state_name(s), i.id,
                                i.id, html(i.title), mark_of(s), state_name(s));
  if (i.hours > 0) out += fmt::format(" <span class=\"soft\">{:g} h{}</span>", i.hours, i.core ? ", core" : "");
  if (const std::vector<std::string> missing = missing_for(road.catalog, i, road.learned); s == State::locked)
    out += " until " + links(missing, i.any_of_needs ? " or " : ", ");
  out += "</p>\n<p>" + html(i.can) + "</p>\n";
  if (lesson)
    out += fmt::format("<p class=\"soft\">Experiment: {}. Exercise: {}. Picture: {}.</p>\n", html(lesson->demo), html(lesson->exercise),
                       html(lesson->picture));
  if (!i.needs.empty()) out += "<p class=\"soft\">Needs " + links(i.needs, i.any_of_needs ? " or " : ", ") + "</p>\n";
  if (project && !project->inside.empty()) out += "<p class=\"soft\">Done inside of " + links({project->inside}, "") + "</p>\n";
  std::vector<std::string> more = i.recipes;
  more.insert(more.end(), i.papers.begin(), i.papers.end());
  if (!more.empty()) out += "<p class=\"soft\">With " + html(join(more, ", ")) + "</p>\n";
  out += road.written.count(i.id) ? "<p><code>cairn learn " + i.id + "</code></p>\n" : "<p class=\"soft\"><em>not written yet</em></p>\n";
  return out + "</article>\n";
}

}  // namespace

std::string road_svg(const Road& road, bool narrow) {
  const Catalog& c = road.catalog;
  const double step_x = narrow ? 150 : 154, step_y = narrow ? 60 : 62, left = 16, head = 40;
  std::map<std::string, size_t> depths;
  size_t columns = 2;
  if (!narrow)
    for (const Lesson& l : c.lessons) columns = std::max(columns, depth_of(c, l, depths) + 1);
  double y = 0;
  std::string body;
  for (const Phase& phase : c.phases) {
    const std::vector<const Item*> items = items_of(c, phase);
    std::vector<size_t> first, rows(columns);  // the first column of each depth; how many rows of a column are taken
    if (!narrow) first = first_columns(c, items, depths, columns);
    std::map<std::string, Place> places;
    auto put = [&](const Item& i, size_t column, size_t row) {
      places[i.id] = {left + double(column) * step_x, y + head + double(row) * step_y};
      rows[column] = std::max(rows[column], row + 1);
    };
    size_t n = 0, most = 0;
    for (const Item* i : items) {
      if (!narrow && c.find_project(i->id)) continue;
      size_t column = narrow ? n++ % 2 : first[depth_of(c, *i, depths)];
      while (!narrow && rows[column] >= tallest && column + 1 < first[depth_of(c, *i, depths) + 1]) column++;
      put(*i, column, rows[column]);
    }
    const size_t below = *std::max_element(rows.begin(), rows.end());
    if (!narrow)  // projects have the row below their phase's lessons
      for (const Item* i : items)
        if (c.find_project(i->id)) put(*i, n % columns, below + n / columns), n++;
    for (size_t r : rows) most = std::max(most, r);
    const double height = head + double(most) * step_y + 6, width = 2 * left + double(columns) * step_x - (step_x - node_width);
    body += fmt::format("<rect class=\"band\" x=\"0\" y=\"{:g}\" width=\"{:g}\" height=\"{:g}\" rx=\"10\"/>\n", y, width, height);
    body += fmt::format(
        "<text class=\"phase\" x=\"{:g}\" y=\"{:g}\">{}  {} <tspan class=\"weeks\" dx=\"8\" font-size=\"12\" font-weight=\"400\">{}</tspan></text>\n",
        left, y + 25, phase.id, html(phase.title), weeks_in_full(phase));
    if (!narrow)
      for (const Item* i : items)
        for (const std::string& need : i->needs)
          if (const auto from = places.find(need); from != places.end() && c.find_lesson(i->id)) {
            const double x1 = from->second.x + node_width, y1 = from->second.y + node_height / 2, x2 = places[i->id].x,
                         y2 = places[i->id].y + node_height / 2;
            body += fmt::format("<path class=\"edge\" d=\"M{:g} {:g}C{:g} {:g} {:g} {:g} {:g} {:g}\"/>\n", x1, y1, x1 + 14, y1, x2 - 14, y2, x2, y2);
          }
    for (const Item* i : items) body += node(road, *i, places[i->id]);
    y += height + 14;
  }
  const double width = 2 * left + double(columns) * step_x - (step_x - node_width);
  return fmt::format("<svg class=\"map-{}\" viewBox=\"0 0 {:g} {:g}\" role=\"group\" aria-label=\"Map of the road\">\n", narrow ? "narrow" : "wide",
                     width, y - 14) +
         body + "</svg>\n";
}

std::string road_html(const Road& road) {
  const Catalog& c = road.catalog;
  size_t done = 0;
  double hours = 0;
  for (const Lesson& l : c.lessons) {
    const State s = state_of(c, l, road.learned);
    if (s == State::done || s == State::skipped) done++, hours += l.hours;
  }
  std::string body = fmt::format("<h1>The road through deep learning</h1>\n<p>{} of {} lessons are done", done, c.lessons.size());
  if (done) body += fmt::format(", {:g} hours of them", hours);
  body += ".";
  if (const Item* next = next_lesson(c, road.learned))
    body += fmt::format(" Next: <a href=\"#{}\">{} {}</a>.", next->id, next->id, html(next->title));
  body += "</p>\n<p class=\"key soft\">";
  for (const auto& [state, words] : {std::pair(State::done, "done"),
                                     {State::skipped, "skipped by placement"},
                                     {State::again, "once more"},
                                     {State::open, "open"},
                                     {State::locked, "locked"}})
    body += fmt::format("<span>{} {}</span>", mark_of(state), words);
  body += "<span>dashed: not written yet</span></p>\n" + road_svg(road, false) + road_svg(road, true);
  for (const Phase& phase : c.phases) {
    body += fmt::format("<section>\n<h2>{}  {}</h2>\n<p>{}</p>\n<p class=\"soft\">{}. Topics: {}.</p>\n<div class=\"cards\">\n", phase.id,
                        html(phase.title), html(phase.goal), weeks_in_full(phase), html(join(phase.topics, "; ")));
    for (const Item* i : items_of(c, phase)) body += card(road, *i);
    body += "</div>\n</section>\n";
  }
  return html_sheet("The road", road_style, body);
}

}  // namespace cairn::course
