// cairn data [list | info NAME | get NAME... | preview NAME]: the data sets; or a folder of pictures in place of a NAME.
#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include <app/out_file.h>
#include <app/prose.h>
#include <app/training.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/data/data.h>
#include <cairn/data/image_folder.h>
#include <cairn/io/bytes.h>
#include <cairn/io/image.h>
#include <cairn/plot/picture.h>
#include <cairn/plot/terminal.h>
#include <recipes/pictures.h>

namespace cairn {

namespace {

struct DataOptions {
  std::string from, split = "train", out, augment;
  int64_t count = 0;
  bool decode = false, skip_bad = false;
  void fields(Fields& f) {
    f("from", from, "a folder to take the files from, before any other place");
    f("split", split, "preview: which part", one_of({"train", "test"}));
    f("count", count, "preview: how many pictures; 0: 40, or 8 with their augmented versions", between(0, 1000));
    f("augment", augment, "preview: beside each picture six versions of it, as training this recipe sees them");
    f("decode", decode, "info FOLDER: read every pixel, which finds damage inside of the pictures, too");
    f("skip_bad", skip_bad, "preview FOLDER: leave damaged pictures out and list them, instead of stopping at the first");
    f("out", out, "preview: the PNG to write; empty: NAME-preview.png");
  }
};

// A file that is here, but not of the size that the catalogue knows.
struct WrongFile {
  std::string path, wrong, mend;
};

// Only sizes are compared: that reads nothing of the files, and finds what was cut off.
std::vector<WrongFile> wrong_files(const DatasetInfo& d, const std::string& from) {
  std::vector<std::string> folders;  // as the data set's archive unpacks; it is looked for there first
  for (const std::string other : d.instead)
    for (const DataFile& f : d.files)
      if (other.ends_with(std::string("/") + f.name)) folders.push_back(other.substr(0, other.size() - std::string(f.name).size()));
  folders.push_back("");
  std::vector<WrongFile> wrong;
  for (const DataFile& f : d.files) {
    std::string path;
    for (const std::string& folder : folders)
      if (path.empty()) path = look_for_data_file(d, folder + f.name, from);
    if (path.empty()) continue;
    const std::string get = std::string("`cairn data get ") + d.name + "`";
    WrongFile w{path, "", path.starts_with(data_cache_folder() + "/" + d.name + "/" + f.name) ? get + " mends it" : "remove it, then " + get};
    try {
      const ByteSource file(path);
      uint64_t size = file.size();
      const std::string ends =
          file.text(0, size_t(std::min<uint64_t>(2, size)), "the first bytes") + (size < 4 ? "" : file.text(size - 4, 4, "the last bytes"));
      const bool packed = ends.size() == 6 && ends.starts_with("\x1f\x8b");  // then its last four bytes are the size of what is in it
      if (packed) size = little32(ends.data() + 2);
      if (size == f.bytes) continue;
      w.wrong = packed ? fmt::format("its end says {} bytes unpacked, {} are expected", size, f.bytes)
                       : fmt::format("it has {} bytes, {} are expected", size, f.bytes);
    } catch (const FileError& e) { w.wrong = e.what(); }
    wrong.push_back(w);
  }
  return wrong;
}

// What must be said of the files that are here, as beside every score on them; mostly nothing.
std::string note_of(const DatasetInfo& d, const std::string& from) { return d.note ? d.note(d, from) : ""; }

Json described(const DatasetInfo& d, const std::string& from, const std::vector<WrongFile>& wrong) {
  Json damaged = Json::array();
  for (const WrongFile& w : wrong) damaged.push_back(Json::object({{"path", w.path}, {"wrong", w.wrong}}));
  Json files = Json::array(), splits = Json::array(), classes = Json::array();
  for (const DataFile& f : d.files) files.push_back(Json::object({{"name", f.name}, {"bytes", f.bytes}, {"sha256", f.sha256}, {"url", f.url}}));
  for (const std::string& s : d.splits) splits.push_back(s);
  for (const std::string& c : d.classes) classes.push_back(c);
  Json event = Json::object({{"event", "data"},
                             {"name", d.name},
                             {"title", d.title},
                             {"here", have_dataset(d, from)},
                             {"damaged", damaged},
                             {"shape", d.shape},
                             {"description", d.description},
                             {"licence", d.licence},
                             {"citation", d.citation},
                             {"splits", splits},
                             {"classes", classes},
                             {"files", files}});
  if (const std::string note = note_of(d, from); !note.empty()) event["data_note"] = note;
  return event;
}

int list(Session& session, const DataOptions& o) {
  for (const DatasetInfo* d : all_datasets()) {
    const std::vector<WrongFile> wrong = wrong_files(*d, o.from);
    session.event(described(*d, o.from, wrong));
    const char* state = !have_dataset(*d, o.from) ? "missing" : wrong.empty() ? "here" : "damaged";
    const std::string note = note_of(*d, o.from), shape = d->shape + (note.empty() ? "" : " (" + note + ")");
    // Where there is no room beside them, what is in it stands below the name and the state.
    const bool wide = table_width() >= 80;
    session.say(wide ? fmt::format("  {:<15} {:<8} {}", d->name, state, shape)
                     : fmt::format("  {:<15} {}\n", d->name, state) + narrowed("      " + shape));
  }
  session.say(narrowed("\n`cairn data info NAME` explains one, `cairn data get NAME` brings it, `cairn data preview NAME` shows it."));
  return 0;
}

int info(Session& session, const DatasetInfo& d, const DataOptions& o) {
  const std::vector<WrongFile> wrong = wrong_files(d, o.from);
  session.event(described(d, o.from, wrong));
  session.say(narrowed(fmt::format("{}: {}\n\n{}\n", d.name, d.title, d.description)));
  session.say(narrowed(fmt::format("  contents  {}\n  splits    {}\n  classes   {}\n  licence   {}\n  cite      {}", d.shape, join(d.splits, ", "),
                                   d.classes.empty() ? "none: a number is to be predicted" : join(d.classes, ", "), d.licence, d.citation)));
  for (const DataFile& f : d.files)
    session.say(
        narrowed(fmt::format("  file      {}  {}\n            sha256 {}", f.name, human_bytes(f.bytes), *f.sha256 ? f.sha256 : "(not published)")));
  for (const WrongFile& w : wrong) session.say(narrowed(fmt::format("\n{} is damaged: {}.\nHint: {}.", w.path, w.wrong, w.mend)));
  if (!wrong.empty()) return 0;
  if (const std::string note = note_of(d, o.from); !note.empty()) {
    session.say(narrowed("\nIt is here, " + note + ", not as the files above: scores on it are a little below those on the originals, and say so."));
    return 0;
  }
  session.say(narrowed(have_dataset(d, o.from) ? "\nIt is here."
                                               : std::string("\nIt is not here. Hint: `cairn data get ") + d.name + "`" +
                                                     (*d.package ? std::string(", or install the package ") + d.package : "") + "."));
  return 0;
}

// A name of the catalogue comes before a folder of that name.
bool is_folder(const std::string& name) {
  for (const DatasetInfo* d : all_datasets())
    if (name == d->name) return false;
  return std::filesystem::is_directory(name);
}

// A data set of the catalogue; `what` is done with it. Where folders are taken, too, a path gets an answer about the path.
const DatasetInfo& named_set(const std::string& name, const std::string& what) {
  std::vector<std::string> names;
  for (const DatasetInfo* d : all_datasets()) {
    if (name == d->name) return *d;
    names.push_back(d->name);
  }
  std::sort(names.begin(), names.end());
  const std::string shown = printable(name, 200);
  std::error_code code;
  const bool there = std::filesystem::exists(name, code);
  if (what == "get" && there)
    throw UsageError(shown + " is here already; `cairn data get` takes the name of a data set.\nHint: `cairn data` lists them.");
  if (what == "get") return dataset_named(name);
  if (there)
    throw UsageError(shown + " is a file; `cairn data " + what +
                     "` takes a folder of pictures, which has a folder for each class, or the name of a data set.\nHint: `cairn data` lists those.");
  if (name.find('/') != std::string::npos)
    throw UsageError("there is no folder " + shown + "." + did_you_mean_path(name, true) + "\nHint: `cairn data` lists the data sets.");
  std::string near = did_you_mean_data(name, names, false);
  if (near.empty()) near = did_you_mean_path(name, true);
  throw UsageError("there is no data set '" + printable(name) + "', and no folder of that name." + (near.empty() ? did_you_mean(name, names) : near));
}

// The error of a damaged picture, with what can be done about it.
[[noreturn]] void damaged(const std::string& folder, const FileError& e) {
  const std::string what = e.what();  // some of it may stand there already
  throw FileError(what + (what.find("Hint: ") == what.npos ? "\nHint: mend or remove it; " : "\nAnd ") + "`cairn data info " + shell_word(folder) +
                  " --decode` lists all that are damaged; --skip-bad leaves them out here.");
}

int info_of_folder(Session& session, const std::string& path, const DataOptions& o) {
  ExamineOptions options{.decode = o.decode};
  if (session.terminal() && !session.json())
    options.progress = [&](int64_t done, int64_t all) {
      if (done % 100 == 0 || done == all) std::printf("\r\x1b[K%s", done == all ? "" : fmt::format("{} of {} pictures", done, all).c_str());
      std::fflush(stdout);
    };
  const FolderReport report = examine(ImageFolder(path), options);
  Json event = Json::object({{"event", "folder"}});
  const Json details = report.to_json();
  for (const auto& [key, value] : details.as_object()) event[key] = value;
  session.event(event);
  session.say(narrowed(report.str(table_width())));
  if (!o.decode) session.say(narrowed("Only the headers were read: `--decode` reads every pixel, too."));
  session.say(narrowed("train on it: cairn train image-folder --data " + shell_word(path) + (report.bad.empty() ? "" : " --skip-bad")));
  return 0;
}

// What preview shows: pictures of a data set or a folder, and how a recipe would vary them.
struct Shown {
  std::string name, title;
  std::vector<std::string> classes;
  std::shared_ptr<const transforms::PictureStore> pictures;
  Tensor labels;
  Features features;
};

Shown shown(const std::string& name, const DataOptions& o) {
  if (is_folder(name)) {
    const ImageFolder folder(name);
    const PictureSet set = folder.split(o.split == "test" ? folder.held_out() : o.split);
    Shown s{std::filesystem::path(name).lexically_normal().filename().string(), name, folder.classes(), set.pictures, set.labels, {}};
    if (s.name.empty()) s.name = "folder";
    constexpr int64_t side = 96;
    s.features.channels = 3;
    s.features.height = s.features.width = side;
    s.features.shorter = side * 8 / 7;
    s.features.normalize = {{0.485, 0.456, 0.406}, {0.229, 0.224, 0.225}};
    return s;
  }
  const DatasetInfo& d = named_set(name, "preview");
  if (d.splits.size() < 2)
    throw UsageError(std::string(d.name) + " is a table, there are no pictures in it. Hint: `cairn data info " + d.name + "`.");
  const Labelled data = load_dataset(d.name, o.split, o.from);
  return {d.name, d.title, data.classes, transforms::pictures_of(data.x), data.y, features_of_pictures(data)};
}

// Numbers of pictures to show: the first ones, or one of each class in turn.
std::vector<int64_t> rows_to_show(const Tensor& labels, int64_t count, bool in_turn) {
  const std::vector<int64_t> y = labels.to_vector<int64_t>();
  count = std::min(count, int64_t(y.size()));
  std::map<int64_t, std::vector<int64_t>> of_class;
  for (size_t i = 0; i < y.size(); i++) of_class[in_turn ? y[i] : 0].push_back(int64_t(i));
  std::vector<int64_t> numbers;
  for (size_t round = 0; int64_t(numbers.size()) < count; round++)
    for (const auto& [label, list] : of_class)
      if (round < list.size() && int64_t(numbers.size()) < count) numbers.push_back(list[round]);
  return numbers;
}

// A row for each of `numbers`, the picture first, then its versions, until there are `count` rows. A damaged picture is told and left out.
std::vector<std::vector<Image>> sound_rows(Session& session, const transforms::PictureDataset& data, std::vector<int64_t>& numbers, int64_t count,
                                           int versions, Json& left_out) {
  std::vector<std::vector<Image>> rows;
  std::vector<int64_t> sound;
  for (const int64_t number : numbers) {
    if (int64_t(sound.size()) == count) break;
    try {
      rows.push_back(transforms::preview(data, {number}, versions, uint64_t(session.options().seed)).at(0));
      sound.push_back(number);
    } catch (const FileError& e) {
      session.say(narrowed(std::string("left out: ") + e.what()));
      left_out.push_back(e.what());
    }
  }
  if (sound.empty()) throw FileError("there is nothing to show: all of these pictures are damaged.");
  numbers = sound;
  return rows;
}

int preview(Session& session, const std::string& name, const DataOptions& o) {
  if (!o.out.empty()) picture_ending(o.out, {".png"}, "preview");
  const Shown s = shown(name, o);
  constexpr int versions = 6;
  const bool augmented = !o.augment.empty(), large = is_folder(name);
  transforms::Compose steps = s.features.plain();
  if (augmented) {
    const RecipeInfo& info = find_recipe(o.augment);
    std::unique_ptr<Recipe> recipe = info.make();
    steps = recipe->augmentation(s.features);
    if (steps.steps().empty())
      throw UsageError(std::string(info.name) + " does not augment its pictures.\nHint: --augment cifar-cnn does, for instance.");
    // A recipe for pictures of one size gets them so; one for folders cuts its part out of any.
    const std::string first = steps.steps()[0].str();
    if (large && !first.starts_with("Resize") && !first.starts_with("RandomResizedCrop")) {
      std::vector<transforms::Transform> fitted = {transforms::Resize{.shorter = s.features.shorter},
                                                   transforms::CenterCrop{.height = s.features.height, .width = s.features.width}};
      fitted.insert(fitted.end(), steps.steps().begin(), steps.steps().end());
      steps = transforms::Compose(std::move(fitted));
    }
  }
  const transforms::PictureDataset data(s.pictures, s.labels, steps);
  const int64_t count = o.count ? o.count : augmented ? 8 : 40;
  std::vector<int64_t> numbers = rows_to_show(s.labels, o.skip_bad ? s.labels.size(0) : count, augmented || large);
  const std::vector<int64_t> labels = s.labels.to_vector<int64_t>();
  std::vector<Image> images;
  std::vector<std::string> captions;
  std::vector<std::vector<Image>> rows;
  Json left_out = Json::array();
  try {
    const int made = augmented ? versions : 0;
    rows = o.skip_bad ? sound_rows(session, data, numbers, count, made, left_out)
                      : transforms::preview(data, numbers, made, uint64_t(session.options().seed));
  } catch (const FileError& e) {
    if (!large) throw;
    damaged(name, e);
  }
  for (size_t i = 0; i < rows.size(); i++)
    for (size_t k = 0; k < rows[i].size(); k++) {
      images.push_back(k == 0 && large ? s.features.plain().preview(rows[i][0]) : rows[i][k]);  // photographs differ in size
      captions.push_back(k == 0 ? s.classes.at(size_t(labels[size_t(numbers[i])])) : "");
    }
  const std::string out = o.out.empty() ? s.name + "-preview.png" : o.out;
  const std::string title = s.title + ", " + o.split + (augmented ? ", as " + o.augment + " sees it" : "");
  save_png(out, mosaic(images, captions, {augmented ? versions + 1 : 0, 0, title, {}}));
  session.event(Json::object({{"event", "preview"},
                              {"name", s.name},
                              {"file", out},
                              {"pictures", int64_t(numbers.size())},
                              {"left_out", left_out},
                              {"augment", augmented ? steps.str() : ""}}));
  int shown_versions = versions;
  if (!session.json()) {
    const Terminal terminal = Terminal::of(1);
    if (augmented) {  // a picture and as many versions of it as leave each 12 columns, on a row of their own
      shown_versions = std::clamp<int>((terminal.columns + 2) / 14, 2, versions + 1) - 1;
      for (size_t i = 0; i < std::min<size_t>(4, rows.size()); i++) {
        const auto from = images.begin() + int64_t(i) * (versions + 1);
        std::vector<std::string> names = {captions[i * (versions + 1)]};
        for (int k = 1; k <= shown_versions; k++) names.push_back("version " + std::to_string(k));
        std::printf("%s\n", show_images({from, from + shown_versions + 1}, names, terminal, {shown_versions + 1, {}}).c_str());
      }
    } else {
      const auto first = int64_t(std::min<size_t>(12, images.size()));
      std::printf("%s",
                  show_images({images.begin(), images.begin() + first}, {captions.begin(), captions.begin() + first}, terminal, {6, {}}).c_str());
    }
  }
  if (augmented)
    session.say(narrowed(fmt::format(
        "each row begins with the picture itself, above its class; the versions of it{} are made by\n{}",
        shown_versions < versions ? fmt::format(" ({} of {} have room here, the file has all)", shown_versions, versions) : "", steps.str())));
  session.say("written: " + out);
  if (const std::string note = letters_note(captions); !note.empty()) session.say(narrowed("note: " + note + "."));
  return 0;
}

int data(Session& session, Arguments& arguments) {
  DataOptions o;
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
    if (what == "preview") {
      preview(session, words[i], o);
      continue;
    }
    if (what == "info" && is_folder(words[i])) {
      info_of_folder(session, words[i], o);
      continue;
    }
    const DatasetInfo& d = named_set(words[i], what);
    if (what == "info") info(session, d, o);
    if (what == "get") {
      const std::string folder = get_dataset(d, o.from, [&](const std::string& line) { session.say(line); });
      session.event(Json::object({{"event", "got"}, {"name", d.name}, {"folder", folder}}));
      session.say(std::string(d.name) + " is in " + folder);
    }
  }
  return 0;
}

}  // namespace

extern const CommandInfo data_command;
const CommandInfo data_command = {"data", "the data sets: list, explain, fetch, show",
                                  "cairn data [list | info NAME|FOLDER | get NAME... | preview NAME|FOLDER]", data, options_of<DataOptions>};

}  // namespace cairn
