// cairn road: the map of all lessons: which are done, open, locked.
#include <cstdio>

#include <fmt/format.h>

#include <app/command.h>
#include <app/prose.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <course/machinery/plan_store.h>
#include <course/machinery/road.h>

namespace cairn::course {

namespace {

struct RoadOptions {
  std::string html;
  bool all = false;
  void fields(Fields& f) {
    f("html", html, "write the map as a page into this file");
    f("all", all, "a line for every lesson");
  }
};

int road(Session& session, Arguments& arguments) {
  RoadOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 1);
  const Catalog& c = catalog();
  Learned learned;
  if (Progress::there()) {
    const Progress progress(Progress::Read);
    learned = learned_from(progress);
    for (const std::string& note : progress.notes()) session.say(rows_here("note: " + note));
  }
  const Road map{c, learned, written_items(c)};
  const Terminal terminal = Terminal::of(1);
  std::string text;
  if (!o.html.empty()) {
    write_file(o.html, road_html(map));
    session.event(Json::object({{"event", "written"}, {"file", o.html}}));
    session.say("written: " + o.html);
    return 0;
  }
  if (arguments.positionals().empty()) {
    session.event(road_json(map));
    text = road_text(map, terminal, o.all);
    if (const Item* next = next_lesson(c, learned))
      text += map.written.count(next->id) ? "\nnext:  cairn learn " + next->id + "\n"
                                          : "\nnext:  " + next->id + " " + next->title + ", not written yet\n";
    text += o.all ? "" : "also:  cairn road A06   one lesson\n       cairn road --all  all titles\n";
  } else {
    const std::string& word = arguments.positionals()[0];
    if (const Phase* phase = c.find_phase(word)) {
      text = phase_text(map, *phase, terminal);
      session.event(Json::object({{"event", "phase"}, {"id", phase->id}, {"title", phase->title}, {"goal", phase->goal}}));
    } else {
      const Item& item = c.item(word);  // throws with the nearest
      text = item_text(map, item, terminal);
      const Json whole = road_json(map);
      for (const char* kind : {"lessons", "projects"})
        for (Json j : whole.at(kind).as_array())
          if (j.at("id") == Json(item.id)) {
            j["event"] = "item";
            session.event(j);
          }
    }
  }
  if (!session.json()) std::printf("%s", text.c_str());  // not said: its colours are control characters
  return 0;
}

}  // namespace

}  // namespace cairn::course

namespace cairn {

extern const CommandInfo road_command;
const CommandInfo road_command = {"road", "the map of the lessons: done, open, locked", "cairn road [LESSON | PHASE] [--html FILE]", course::road,
                                  options_of<course::RoadOptions>};

}  // namespace cairn
