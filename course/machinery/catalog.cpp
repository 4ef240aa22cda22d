#include <course/machinery/catalog.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/paths.h>
#include <course/machinery/toml.h>

namespace cairn::course {

namespace {

bool same_id(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) { return std::toupper(x) == std::toupper(y); });
}

template <class T> const T* with_id(const std::vector<T>& list, std::string_view id) {
  for (const T& x : list)
    if (same_id(x.id, id)) return &x;
  return nullptr;
}

// What a person who typed `word` may have meant: "A6" is A06, "attention" the lesson with that title, "A1O" the nearest id.
std::string meant(const Catalog& c, std::string_view word) {
  std::vector<std::string> ids;
  const std::string typed = lower(word);
  std::string title;
  auto consider = [&](const Item& i) {
    ids.push_back(i.id);
    if (title.empty() && typed.size() >= 3 && lower(i.title).find(typed) != std::string::npos) title = i.id;
  };
  for (const Lesson& l : c.lessons) consider(l);
  for (const Project& p : c.projects) consider(p);
  std::string id = title, upper(word);
  for (char& x : upper) x = char(std::toupper(static_cast<unsigned char>(x)));
  if (id.empty() && upper.size() == 2 && std::isdigit(static_cast<unsigned char>(upper[1]))) {
    const Item* padded = c.find(std::string{upper[0], '0', upper[1]});
    if (padded) id = padded->id;
  }
  if (id.empty()) id = nearest(upper, ids);
  const Item* found = id.empty() ? nullptr : c.find(id);
  return found ? fmt::format(" Did you mean {} ({})?", found->id, found->title) : " Hint: `cairn road` shows all of them.";
}

void read_item(Item& i, const Toml& t) {
  i.line = t.line();
  i.id = t.text("id");
  i.title = t.text("title");
  i.phase = t.text("phase", i.id.substr(0, 1));
  i.hours = t.number("hours", 0);
  if (i.hours < 0 || i.hours > 1000) t.fail(fmt::format("{}: hours must lie between 0 and 1000, got {:g}", i.id, i.hours));
  i.needs = t.texts("needs");
  i.any_of_needs = t.flag("any_of_needs", false);
  i.core = t.flag("core", false);
  i.can = t.text("can");
  i.recipes = t.texts("recipes");
  i.papers = t.texts("papers");
}

Lesson read_lesson(const Toml& t) {
  t.only({"id", "title", "hours", "needs", "core", "can", "demo", "exercise", "picture", "recipes", "papers", "terms"});
  Lesson l;
  read_item(l, t);
  l.demo = t.text("demo");
  l.exercise = t.text("exercise");
  l.picture = t.text("picture");
  l.terms = t.texts("terms");
  return l;
}

Project read_project(const Toml& t) {
  t.only({"id", "title", "phase", "hours", "needs", "any_of_needs", "core", "can", "inside", "recipes", "papers", "commands"});
  Project p;
  read_item(p, t);
  p.phase = t.text("phase");
  p.inside = t.text("inside", "");
  p.commands = t.texts("commands");
  return p;
}

Phase read_phase(const Toml& t) {
  t.only({"id", "title", "goal", "topics", "builds", "weeks"});
  Phase p;
  p.id = t.text("id");
  p.title = t.text("title");
  p.goal = t.text("goal");
  p.topics = t.texts("topics");
  p.builds = t.texts("builds");
  const std::vector<double> weeks = t.numbers("weeks");
  if (!weeks.empty()) {
    if (weeks.size() != 2 || weeks[0] < 0 || weeks[0] > 1000 || weeks[1] < 0 || weeks[1] > 1000)
      t.fail("weeks must be two numbers, [least, most]; most 0 means ongoing");
    p.weeks_least = int(weeks[0]), p.weeks_most = int(weeks[1]);
  }
  return p;
}

Track read_track(const Toml& t) {
  t.only({"id", "title", "about", "weeks", "block", "items", "hours"});
  Track track;
  track.id = t.text("id");
  track.title = t.text("title");
  track.about = t.text("about");
  track.items = t.texts("items");
  for (const Toml& b : t.tables("block")) {
    b.only({"weeks", "title", "items", "hours"});
    Block block;
    const std::vector<double> weeks = b.numbers("weeks");
    if (weeks.size() != 2 || weeks[0] < 1 || weeks[0] > 1000 || weeks[1] < weeks[0] || weeks[1] > 1000)
      b.fail("weeks must be two numbers, [first, last]");
    block.first_week = int(weeks[0]), block.last_week = int(weeks[1]);
    block.title = b.text("title");
    block.items = b.texts("items");
    block.hours = b.number("hours");
    track.items.insert(track.items.end(), block.items.begin(), block.items.end());
    track.blocks.push_back(std::move(block));
  }
  // Blocks say how long a track with them takes.
  const double weeks = t.number("weeks", track.blocks.empty() ? 0 : track.blocks.back().last_week);
  if (!(weeks >= 0 && weeks <= 1000) || weeks != std::floor(weeks)) t.fail(fmt::format("weeks must be a whole number up to 1000, got {:g}", weeks));
  track.weeks = int(weeks);
  const Toml hours = t.table("hours");
  for (const std::string& id : hours.keys()) track.hours[id] = hours.number(id);
  return track;
}

}  // namespace

double Track::hours_of(const Item& item) const {
  auto it = hours.find(item.id);
  return it == hours.end() ? item.hours : it->second;
}

const Lesson* Catalog::find_lesson(std::string_view id) const { return with_id(lessons, id); }
const Project* Catalog::find_project(std::string_view id) const { return with_id(projects, id); }
const Track* Catalog::find_track(std::string_view id) const { return with_id(tracks, id); }
const Phase* Catalog::find_phase(std::string_view id) const { return with_id(phases, id); }

std::vector<const Item*> Catalog::in_order() const {
  std::vector<const Item*> list;
  std::map<std::string, size_t> place;  // of lessons, as the road has them
  for (const Lesson& l : lessons) place.emplace(l.id, place.size());
  const auto last_need = [&](const Project& p) {
    size_t last = 0;
    for (const std::string& n : p.needs)
      if (const auto at = place.find(n); at != place.end()) last = std::max(last, at->second);
    return last;
  };
  for (size_t i = 0; i < lessons.size(); i++) {
    list.push_back(&lessons[i]);
    for (const Project& p : projects)
      if (p.inside.empty() && last_need(p) == i) list.push_back(&p);
  }
  return list;
}

const Item* Catalog::find(std::string_view id) const {
  if (const Lesson* l = find_lesson(id)) return l;
  return find_project(id);
}

const Lesson& Catalog::lesson(std::string_view id) const {
  if (const Lesson* l = find_lesson(id)) return *l;
  if (const Project* p = find_project(id))
    throw UsageError(fmt::format("{0} ({1}) is a project, not a lesson.\nHint: cairn learn {0}", p->id, p->title));
  throw UsageError(fmt::format("there is no lesson '{}'.{}", printable(id), meant(*this, id)));
}

const Item& Catalog::item(std::string_view id) const {
  if (const Item* i = find(id)) return *i;
  throw UsageError(fmt::format("there is no lesson or project '{}'.{}", printable(id), meant(*this, id)));
}

Catalog parse_catalog(std::string_view text, const std::string& path) {
  const Toml t = Toml::parse(text, path);
  t.only({"totals", "phase", "lesson", "project", "track"});
  Catalog c;
  c.path = path;
  const Toml totals = t.table("totals");
  totals.only({"warm_ups", "warm_up_hours", "lessons", "lesson_hours", "core_hours", "core_hours_with_projects"});
  c.totals = {totals.number("warm_up_hours"), totals.number("lesson_hours"), totals.number("core_hours"), totals.number("core_hours_with_projects"),
              totals.whole("warm_ups", 0),    totals.whole("lessons", 0)};
  for (const Toml& p : t.tables("phase")) c.phases.push_back(read_phase(p));
  for (const Toml& l : t.tables("lesson")) c.lessons.push_back(read_lesson(l));
  for (const Toml& p : t.tables("project")) c.projects.push_back(read_project(p));
  for (const Toml& x : t.tables("track")) c.tracks.push_back(read_track(x));
  if (c.lessons.size() + c.projects.size() > 2000) t.fail("more than 2000 lessons and projects");  // walks along prerequisites recurse
  return c;
}

Catalog load_catalog(const std::string& path) { return parse_catalog(read_file(path, 16 << 20), path); }

const Catalog& catalog() {
  static const Catalog loaded = [] {
    Catalog c = load_catalog(course_folder() + "/roadmap.toml");
    const std::vector<std::string> wrong = problems(c);
    if (!wrong.empty()) throw FileError(c.path + ": " + wrong[0] + "\nHint: `cairn course check` lists everything that is wrong with the course.");
    return c;
  }();
  return loaded;
}

namespace {

std::string folder_in(const std::string& kind, const std::string& id) {
  namespace fs = std::filesystem;
  std::error_code error;
  for (fs::directory_iterator it(course_folder() + "/" + kind, error), end; !error && it != end; it.increment(error))
    if (it->path().filename().string().starts_with(id + "-") && it->is_directory(error)) return it->path().string();
  return "";
}

}  // namespace

std::string folder_of(const Lesson& lesson) { return folder_in("lessons", lesson.id); }
std::string folder_of(const Project& project) { return folder_in("projects", project.id); }

bool written(const Lesson& lesson) {
  const std::string folder = folder_of(lesson);
  return !folder.empty() && file_exists(folder + "/lesson.md");
}

bool written(const Project& project) {
  const std::string folder = folder_of(project);
  return !folder.empty() && file_exists(folder + "/project.md");
}

bool written(const Catalog& catalog, const Item& item) {
  if (const Lesson* lesson = catalog.find_lesson(item.id)) return written(*lesson);
  const Project* project = catalog.find_project(item.id);
  return project && written(*project);
}

std::vector<const Item*> items_of(const Catalog& catalog, const Phase& phase) {
  std::vector<const Item*> out;
  for (const Lesson& l : catalog.lessons)
    if (l.phase == phase.id) out.push_back(&l);
  for (const Project& p : catalog.projects)
    if (p.phase == phase.id) out.push_back(&p);
  return out;
}

}  // namespace cairn::course
