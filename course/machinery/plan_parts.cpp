#include <course/machinery/plan_parts.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <recipes/recipe.h>

namespace cairn::course::detail {

namespace {

int fives(double minutes) { return std::max(5, 5 * int(std::lround(minutes / 5))); }

// The track, lesson or project that a word of --track means.
std::vector<std::string> meaning(const Catalog& c, const std::string& word) {
  if (const Track* t = c.find_track(word)) return t->items;
  if (const Project* p = c.find_project(word); p && !p->inside.empty()) return {p->inside};
  if (const Item* i = c.find(word)) return {i->id};
  std::vector<std::string> names;
  for (const Track& t : c.tracks) names.push_back(t.id);
  if (const std::string near = nearest(word, names); !near.empty() || word.size() > 4)
    throw UsageError(fmt::format("there is no track '{}'.{}\nHint: tracks are {}; or ids of lessons, as in A01,A02,A06.", printable(word),
                                 did_you_mean(word, names), join(names, ", ")));
  return {c.item(word).id};  // throws with the nearest lesson
}

std::string train_command(const Item& item) {
  for (const RecipeInfo* r : all_recipes())
    for (const std::string& wanted : item.recipes)
      if (wanted == r->id || wanted == r->name) return std::string("cairn train ") + r->name;
  for (const RecipeInfo* r : all_recipes())
    if (item.id == r->id) return std::string("cairn train ") + r->name;
  return "";
}

// Total cut into n pieces of whole fives, as equal as that allows.
std::vector<int> pieces(int total, int n) {
  std::vector<int> out;
  for (int i = 0; i < n; i++) out.push_back(5 * ((i + 1) * (total / 5) / n - i * (total / 5) / n));
  return out;
}

void add_lesson(std::vector<Part>& parts, const Lesson& l, int minutes, int half_day, int block) {
  const int rounds = std::max(1, (minutes + 2 * half_day - 1) / (2 * half_day));
  const std::vector<int> halves = pieces(minutes, 2 * rounds);
  const std::string train = train_command(l);
  for (int r = 0; r < rounds; r++) {
    const bool last = r == rounds - 1;
    const int theory = halves[size_t(2 * r)], practice = halves[size_t(2 * r + 1)];
    // A lesson's paper is read once its own text has been, before the exercise that uses it.
    const int paper = last && !l.papers.empty() && theory >= 2 * shortest_session ? 5 * (theory / 10) : 0;
    parts.push_back({PlanSession::theory, l.id, "cairn learn " + l.id, theory - paper, block});
    if (paper) parts.push_back({PlanSession::paper, l.id, "cairn papers " + l.papers[0], paper, block});
    if (rounds == 1 && practice >= 3 * shortest_session) {  // the experiment first, then the exercise
      const int demo = 5 * (practice / 15);
      parts.push_back({PlanSession::demo, l.id, "cairn demo " + l.id, demo, block});
      parts.push_back({PlanSession::exercise, l.id, "cairn check " + l.id, practice - demo, block});
    } else if (r == 0 && rounds > 1) parts.push_back({PlanSession::demo, l.id, "cairn demo " + l.id, practice, block});
    else if (r == 1 && rounds > 2 && !train.empty()) parts.push_back({PlanSession::train, l.id, train, practice, block});
    else parts.push_back({PlanSession::exercise, l.id, "cairn check " + l.id, practice, block});
  }
}

// A project is begun, worked at, and handed in.
void add_project(std::vector<Part>& parts, const Project& p, int minutes, int block) {
  const int begin = std::min(60, pieces(minutes, 4)[0]), end = std::min(2 * longest_session, pieces(minutes - begin, 2)[0]);
  const std::string train = train_command(p);
  if (begin >= shortest_session) parts.push_back({PlanSession::project, p.id, "cairn start " + p.id, begin, block});
  if (begin >= shortest_session && minutes - begin - end > 0)
    parts.push_back({PlanSession::project, p.id, train.empty() ? "cairn watch " + p.id : train, minutes - begin - end, block});
  parts.push_back({PlanSession::project, p.id, "cairn check " + p.id, begin >= shortest_session ? end : minutes, block});
}

}  // namespace

Work work_of(const Catalog& c, const PlanRequest& request, const Learned& learned, double speed, int half_day) {
  Work w;
  std::vector<std::string> wanted;
  const std::vector<std::string> words = split(request.track, ',');
  if (request.warm_ups)
    for (const Lesson& l : c.lessons)
      if (l.phase == "W") wanted.push_back(l.id);
  for (const std::string& word : words)
    for (const std::string& id : meaning(c, std::string(trim(word)))) wanted.push_back(id);
  if (request.core) std::erase_if(wanted, [&](const std::string& id) { return !c.item(id).core && c.item(id).phase != "W"; });
  if (wanted.empty()) throw UsageError("nothing of '" + printable(request.track) + "' belongs to the core path.\nHint: leave out --core.");
  if (words.size() == 1) w.track = c.find_track(std::string(trim(words[0])));
  const std::set<std::string> asked(wanted.begin(), wanted.end());
  auto known = [&](const std::string& id) { return learned.passed.count(id) || learned.skipped.count(id); };

  // Depth first along the prerequisites, so that each comes before what needs it; else the order of the wish stays.
  std::set<std::string> seen;
  std::function<void(const std::string&)> visit = [&](const std::string& id) {
    if (!seen.insert(id).second) return;
    const Item& item = c.item(id);
    if (known(id)) {
      if (asked.count(id)) w.done.push_back(id);
      return;
    }
    if (item.any_of_needs) {
      auto have = [&](const std::string& n) { return known(n) || seen.count(n); };
      if (std::none_of(item.needs.begin(), item.needs.end(), have) && !item.needs.empty()) {
        const auto chosen = std::find_if(item.needs.begin(), item.needs.end(), [&](const std::string& n) { return asked.count(n) > 0; });
        visit(chosen == item.needs.end() ? item.needs[0] : *chosen);
      }
    } else {
      for (const std::string& n : item.needs) visit(n);
    }
    w.items.push_back(id);
    if (!asked.count(id)) w.added.push_back(id);
  };
  for (const std::string& id : wanted) visit(id);

  // What a failed review brought back comes first: half an hour on the exercise.
  for (const std::string& id : learned.again)
    if (const Item* item = c.find(id)) w.parts.push_back({PlanSession::again, item->id, "cairn check " + item->id, 30, -1, true});
  for (const std::string& id : w.items) {
    const Item& item = c.item(id);
    double hours = (w.track ? w.track->hours_of(item) : item.hours) * speed;
    if (auto it = learned.hours.find(id); it != learned.hours.end()) hours = std::max(hours - it->second, hours / 4);  // begun already
    const int minutes = std::max(2 * shortest_session, fives(60 * hours));
    int block = -1;
    if (w.track)
      for (size_t b = 0; b < w.track->blocks.size(); b++)
        if (std::count(w.track->blocks[b].items.begin(), w.track->blocks[b].items.end(), id)) block = int(b);
    if (const Lesson* l = c.find_lesson(id)) {
      add_lesson(w.parts, *l, minutes, half_day, block);
    } else {
      add_project(w.parts, *c.find_project(id), minutes, block);
    }
    w.parts.back().ends_item = true;
  }
  return w;
}

}  // namespace cairn::course::detail
