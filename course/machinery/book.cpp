// Figures of a lesson as files.
#include <course/machinery/book.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn::course {

namespace {

constexpr int wide = 720, narrow = 360;

// <svg ... width="720" height="431" ...>: what stands in the first line.
double attribute(const std::string& svg, const std::string& name) {
  const size_t at = svg.find(" " + name + "=\"");
  double value = 0;
  if (at == std::string::npos) return 0;
  const size_t begin = at + name.size() + 3, end = svg.find('"', begin);
  return parse_double(std::string_view(svg).substr(begin, end - begin), value) ? value : 0;
}

}  // namespace

Json terminal_texts(const plot::Figure& figure) {
  Json all = Json::object();
  for (const int columns : {40, 76})
    for (const char* kind : {"ascii", "unicode", "colour"}) {
      Terminal t;
      t.columns = columns;
      t.unicode = std::string_view(kind) != "ascii";
      t.colours = std::string_view(kind) == "colour" ? Terminal::Colours::palette : Terminal::Colours::none;
      all[fmt::format("{} {}", columns, kind)] = figure.text(t, {.width = columns});
    }
  return all;
}

FileBook::FileBook(std::string id, std::string folder) : id_(std::move(id)), folder_(std::move(folder)) {
  disk().remove_all(folder_ + "/numbers.json");
  disk().remove_all(folder_ + "/figures");
  disk().make_folder(folder_ + "/figures");
}

void FileBook::take(const std::string& name) {
  const bool letters = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) || c == '_'; });
  if (!letters || std::isdigit(static_cast<unsigned char>(name[0])))
    throw StateError("[" + id_ + "] '" + printable(name) + "' is no name: letters, digits and underscores, a letter first.");
  if (std::find(taken_.begin(), taken_.end(), name) != taken_.end())
    throw StateError("[" + id_ + "] the name '" + name + "' is given twice in figure.cpp.");
  taken_.push_back(name);
}

void FileBook::number(const std::string& name, double value) {
  take(name);
  if (!std::isfinite(value)) throw NumericError(fmt::format("[{}] the number '{}' is {}: the text cannot show it.", id_, name, value));
  numbers_[name] = value;
}

void FileBook::words(const std::string& name, const std::string& value) {
  take(name);
  numbers_[name] = value;
}

void FileBook::figure(const std::string& name, plot::Figure figure) { add(name, "", {Frame{"", std::move(figure)}}); }

void FileBook::slider(const std::string& name, const std::string& label, std::vector<Frame> frames) {
  if (label.empty()) throw StateError("[" + id_ + "] the slider '" + printable(name) + "' needs a label.");
  if (frames.size() < 2) throw StateError("[" + id_ + "] the slider '" + printable(name) + "' has fewer than two frames.");
  add(name, label, frames);
}

void FileBook::add(const std::string& name, const std::string& label, const std::vector<Frame>& frames) {
  take(name);
  Json list = Json::array();
  for (size_t i = 0; i < frames.size(); i++) {
    const Frame& f = frames[i];
    const std::string base = fmt::format("figures/{}-{:02}", name, i), svg = f.figure.svg({.width = wide});
    write_unsynced(folder_ + "/" + base + ".svg", svg);
    write_unsynced(folder_ + "/" + base + ".narrow.svg", f.figure.svg({.width = narrow}));
    write_unsynced(folder_ + "/" + base + ".json", terminal_texts(f.figure).dump());
    list.push_back(Json::object({{"value", f.value},
                                 {"says", f.says},
                                 {"description", f.figure.described()},
                                 {"wide", base + ".svg"},
                                 {"narrow", base + ".narrow.svg"},
                                 {"texts", base + ".json"},
                                 {"width", attribute(svg, "width")},
                                 {"height", attribute(svg, "height")}}));
  }
  figures_.push_back(Json::object({{"name", name}, {"label", label}, {"frames", std::move(list)}}));
}

void FileBook::finish() {
  write_unsynced(folder_ + "/numbers.json", Json::object({{"id", id_}, {"numbers", numbers_}, {"figures", figures_}}).dump(1) + "\n");
}

}  // namespace cairn::course
