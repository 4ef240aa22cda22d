// cairn data [list | info NAME | get NAME... | preview NAME]: the data sets.
#include <fmt/format.h>

#include <app/command.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/data/data.h>
#include <cairn/io/image.h>
#include <cairn/plot/picture.h>
#include <cairn/plot/terminal.h>

namespace cairn {

namespace {

struct Options {
  std::string from, split = "train", out;
  int64_t count = 40;
  void fields(Fields& f) {
    f("from", from, "a folder to take the files from, before any other place");
    f("split", split, "preview: which part", one_of({"train", "test"}));
    f("count", count, "preview: how many pictures", between(1, 1000));
    f("out", out, "preview: the PNG to write; empty: NAME-preview.png");
  }
};

Json described(const DatasetInfo& d, const std::string& from) {
  Json files = Json::array(), splits = Json::array(), classes = Json::array();
  for (const DataFile& f : d.files) files.push_back(Json::object({{"name", f.name}, {"bytes", f.bytes}, {"sha256", f.sha256}, {"url", f.url}}));
  for (const std::string& s : d.splits) splits.push_back(s);
  for (const std::string& c : d.classes) classes.push_back(c);
  return Json::object({{"event", "data"},
                       {"name", d.name},
                       {"title", d.title},
                       {"here", have_dataset(d, from)},
                       {"shape", d.shape},
                       {"description", d.description},
                       {"licence", d.licence},
                       {"citation", d.citation},
                       {"splits", splits},
                       {"classes", classes},
                       {"files", files}});
}

int list(Session& session, const Options& o) {
  for (const DatasetInfo* d : all_datasets()) {
    session.event(described(*d, o.from));
    session.say(fmt::format("  {:<15} {:<8} {}", d->name, have_dataset(*d, o.from) ? "here" : "missing", d->shape));
  }
  session.say("\n`cairn data info NAME` explains one, `cairn data get NAME` brings it, `cairn data preview NAME` shows it.");
  return 0;
}

int info(Session& session, const DatasetInfo& d, const Options& o) {
  session.event(described(d, o.from));
  session.say(fmt::format("{}: {}\n\n{}\n", d.name, d.title, d.description));
  session.say(fmt::format("  contents  {}\n  splits    {}\n  classes   {}\n  licence   {}\n  cite      {}", d.shape, join(d.splits, ", "),
                          d.classes.empty() ? "none: a number is to be predicted" : join(d.classes, ", "), d.licence, d.citation));
  for (const DataFile& f : d.files)
    session.say(fmt::format("  file      {}  {}\n            sha256 {}", f.name, human_bytes(f.bytes), *f.sha256 ? f.sha256 : "(not published)"));
  session.say(have_dataset(d, o.from) ? "\nIt is here."
                                      : std::string("\nIt is not here. Hint: `cairn data get ") + d.name + "`" +
                                            (*d.package ? std::string(", or install the package ") + d.package : "") + ".");
  return 0;
}

int preview(Session& session, const DatasetInfo& d, const Options& o) {
  if (d.splits.size() < 2)
    throw UsageError(std::string(d.name) + " is a table, there are no pictures in it. Hint: `cairn data info " + d.name + "`.");
  const Labelled data = load_dataset(d.name, o.split, o.from);
  std::vector<Image> images;
  std::vector<std::string> captions;
  const std::vector<int64_t> labels = data.y.to_vector<int64_t>();
  for (int64_t i = 0; i < std::min<int64_t>(o.count, data.size()); i++) {
    images.push_back(image_of(data.x.select(0, i)));
    captions.push_back(data.classes.at(size_t(labels[size_t(i)])));
  }
  const std::string out = o.out.empty() ? std::string(d.name) + "-preview.png" : o.out;
  save_png(out, mosaic(images, captions, {0, 0, std::string(d.title) + ", " + o.split, {}}));
  session.event(Json::object({{"event", "preview"}, {"name", d.name}, {"file", out}, {"pictures", int64_t(images.size())}}));
  if (!session.json()) {
    images.resize(std::min<size_t>(images.size(), 12));
    captions.resize(images.size());
    std::printf("%s", show_images(images, captions, Terminal::of(1), {6, {}}).c_str());
  }
  session.say("written: " + out);
  return 0;
}

int data(Session& session, Arguments& arguments) {
  Options o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 100);
  const std::vector<std::string>& words = arguments.positionals();
  const std::string what = words.empty() ? "list" : words[0];
  if (what == "list" && words.size() > 1)
    throw UsageError("`cairn data list` does not know what to do with '" + printable(words[1]) + "'.\nHint: `cairn data info " + printable(words[1]) +
                     "` explains one.");
  if (what == "list") return list(session, o);
  if (what != "info" && what != "get" && what != "preview")
    throw UsageError("`cairn data " + printable(what) + "`?" + did_you_mean(what, {"list", "info", "get", "preview"}));
  if (words.size() < 2) throw UsageError("`cairn data " + what + "` needs the name of a data set.\nHint: `cairn data` lists them.");
  for (size_t i = 1; i < words.size(); i++) {
    const DatasetInfo& d = dataset_named(words[i]);
    if (what == "info") info(session, d, o);
    if (what == "preview") preview(session, d, o);
    if (what == "get") {
      const std::string folder = get_dataset(d, o.from, [&](const std::string& line) { session.say(line); });
      session.event(Json::object({{"event", "got"}, {"name", d.name}, {"folder", folder}}));
      session.say(std::string(d.name) + " is in " + folder);
    }
  }
  return 0;
}

std::string options(const Arguments&) {
  Options o;
  return options_table(fields_of(o));
}

}  // namespace

extern const CommandInfo data_command;
const CommandInfo data_command = {"data", "the data sets: list, explain, fetch, show", "cairn data [list | info NAME | get NAME... | preview NAME]",
                                  data, options};

}  // namespace cairn
