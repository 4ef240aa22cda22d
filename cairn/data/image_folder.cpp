#include <cairn/data/image_folder.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/io/image.h>
#include <cairn/io/pixels.h>

namespace cairn {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 5> endings = {".jpg", ".jpeg", ".png", ".ppm", ".pgm"};
constexpr const char* kinds = "*.jpg, *.jpeg, *.png, *.ppm, *.pgm";

// Pictures, too, but of formats that are not read.
constexpr std::array<const char*, 9> foreign_endings = {".gif", ".bmp", ".webp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".jxl"};

template <size_t n> bool ends_like(const fs::path& p, const std::array<const char*, n>& known) {
  return std::find(known.begin(), known.end(), lower(p.extension().string())) != known.end();
}
bool is_picture(const fs::path& p) { return ends_like(p, endings); }

// By its name, or what macOS and Windows lay beside pictures: folders of a packed archive, thumbnails, settings of a view.
bool hidden(const fs::path& p) {
  const std::string name = lower(p.filename().string());
  return name.starts_with('.') || name == "__macosx" || name == "thumbs.db" || name == "ehthumbs.db" || name == "desktop.ini";
}

// Folders directly below `path`, sorted by name.
std::vector<std::string> folders_in(const std::string& path, int64_t* pictures = nullptr) {
  std::vector<std::string> names;
  std::error_code code;
  for (fs::directory_iterator it(path, code), end; !code && it != end; it.increment(code)) {
    if (hidden(it->path())) continue;
    std::error_code ignored;
    if (it->is_directory(ignored)) names.push_back(it->path().filename().string());
    else if (pictures && is_picture(it->path())) ++*pictures;
  }
  if (code) throw FileError(fmt::format("cannot look into {}: {}.", path, code.message()));
  std::sort(names.begin(), names.end());
  return names;
}

// All pictures at any depth below `path` (links to folders are not followed: they may lead in circles).
void collect(const std::string& root, const std::string& below, int64_t label, std::vector<PictureFile>& files, int64_t& ignored,
             std::map<std::string, int64_t>& foreign) {
  std::error_code code;
  constexpr auto options = fs::directory_options::none;
  fs::recursive_directory_iterator it(root + "/" + below, options, code), end;
  for (; !code && it != end; it.increment(code)) {
    const fs::path& p = it->path();
    if (hidden(p)) {
      it.disable_recursion_pending();
      continue;
    }
    std::error_code entry;
    if (it->is_directory(entry)) continue;
    if (!it->is_regular_file(entry) || !is_picture(p)) {
      if (ends_like(p, foreign_endings)) foreign[lower(p.extension().string()).substr(1)]++;
      ignored++;
      continue;
    }
    PictureFile f{p.lexically_relative(root).generic_string(), label, uint64_t(it->file_size(entry)), 0};
    const auto time = entry ? fs::file_time_type{} : it->last_write_time(entry);
    if (entry) throw FileError(fmt::format("cannot look at {}: {}.", p.string(), entry.message()));
    f.modified = std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
    if (!valid_utf8(f.name)) throw FileError(fmt::format("{}: the name of '{}' is not UTF-8. Hint: rename the file.", root, printable(f.name, 200)));
    files.push_back(std::move(f));
  }
  if (code) throw FileError(fmt::format("cannot look into {}/{}: {}.", root, below, code.message()));
}

// "train", "val" or "test" of the names that people give them, in any case; "" for any other folder.
std::string split_name(const std::string& folder) {
  constexpr std::pair<const char*, const char*> names[] = {{"train", "train"},    {"training", "train"}, {"val", "val"},     {"valid", "val"},
                                                           {"validation", "val"}, {"dev", "val"},        {"devel", "val"},   {"eval", "val"},
                                                           {"evaluation", "val"}, {"test", "test"},      {"testing", "test"}};
  for (const auto& [name, split] : names)
    if (lower(folder) == name) return split;
  return "";
}

bool holds_pictures(const std::string& path) {
  std::error_code code;
  for (fs::recursive_directory_iterator it(path, code), end; !code && it != end; it.increment(code)) {
    if (hidden(it->path())) it.disable_recursion_pending();
    else if (is_picture(it->path())) return true;
  }
  return false;
}

// "3 pictures of formats that are not read (2 webp, 1 gif). Hint: convert them: ..."
std::string foreign_text(const std::map<std::string, int64_t>& foreign) {
  int64_t all = 0;
  std::vector<std::string> parts;
  for (const auto& [ending, n] : foreign) {
    all += n;
    parts.push_back(fmt::format("{} {}", n, ending));
  }
  return fmt::format("{} of {} not read ({}). Hint: `mogrify -format png *.{}` (ImageMagick) in their folder converts them",
                     all == 1 ? "1 picture" : fmt::format("{} pictures", all), foreign.size() == 1 ? "a format that is" : "formats that are",
                     join(parts, ", "), foreign.begin()->first);
}

int64_t pictures_in(const std::string& path) {
  int64_t pictures = 0;
  folders_in(path, &pictures);
  return pictures;
}

constexpr const char* how_to_name =
    "Hint: either train/CLASS/*.jpg, with val/CLASS/* and test/CLASS/* where there are any, and no other folders of pictures beside them; or "
    "CLASS/*.jpg alone.";

// Which folder holds the classes of which split, "train" first; "" for the folder itself, whose own folders are the classes then. Guessing
// would teach a network to tell the splits apart, or leave a test split aside without a word: what can be read in two ways is refused.
std::vector<std::pair<std::string, std::string>> places_of_splits(const std::string& path, const std::vector<std::string>& top, bool to_learn) {
  std::map<std::string, std::vector<std::string>> found;
  std::vector<std::string> named, others;
  bool nested = false;
  for (const std::string& folder : top) {
    const std::string split = split_name(folder);
    if (split.empty()) {
      others.push_back(folder);
      continue;
    }
    found[split].push_back(folder);
    named.push_back(folder);
    nested = nested || !folders_in(path + "/" + folder).empty();
  }
  // One folder "train" beside others that holds pictures, not folders, is a class: of vehicles, perhaps.
  if (!nested && found.size() < 2 && (named.empty() || !others.empty())) return {{"train", ""}};
  std::erase_if(others, [&](const std::string& folder) { return !holds_pictures(path + "/" + folder); });
  const auto list = [](const std::vector<std::string>& folders) { return printable(join(folders, ", "), 120); };
  if (!others.empty())
    throw FileError(fmt::format("{}: {} {} by name, {} {}. {}", path, list(named), named.size() == 1 ? "is a split" : "are splits", list(others),
                                others.size() == 1 ? "looks like a class" : "look like classes", how_to_name));
  for (const auto& [split, folders] : found)
    if (folders.size() > 1)
      throw FileError(fmt::format("{} has more than one folder for the split '{}': {}. Hint: join them, or move all but one elsewhere.", path, split,
                                  list(folders)));
  if (!found.count("train") && to_learn)
    throw FileError(fmt::format("{} has {} by name ({}), but no folder 'train' to learn from. {}", path, named.size() == 1 ? "a split" : "splits",
                                list(named), how_to_name));
  std::vector<std::pair<std::string, std::string>> places;
  for (const char* split : {"train", "test", "val"})
    if (found.count(split)) places.emplace_back(split, found[split][0] + "/");
  return places;
}

class FolderPictures : public transforms::PictureStore {
 public:
  FolderPictures(std::string root, std::vector<std::string> names, int64_t channels, int64_t at_least)
      : root_(std::move(root)), names_(std::move(names)), channels_(channels), at_least_(at_least) {}
  int64_t size() const override { return int64_t(names_.size()); }
  bool slow() const override { return true; }
  transforms::Look get(int64_t i, transforms::Planes& space) const override {
    Image p = load_image(root_ + "/" + names_[size_t(i)], {.at_least = at_least_});
    if (p.channels != channels_) p = channels_ == 1 ? to_grey(p) : to_rgb(p);
    space.resize(channels_, p.height, p.width);
    detail::split_channels(p.pixels.data(), space.area(), channels_, space.values.data());
    return space;
  }

 private:
  std::string root_;
  std::vector<std::string> names_;
  int64_t channels_, at_least_;
};

}  // namespace

ImageFolder::ImageFolder(const std::string& path, const ImageFolderOptions& options) : path_(path) { scan(options, nullptr, Needed::everything); }

ImageFolder::ImageFolder(const std::string& path, const Json& split, Needed needed) : path_(path) {
  ImageFolderOptions options;
  options.train_share = split.at("train_share").as_double();
  options.seed = split.at("seed").as_uint();
  options.channels = split.at("channels").as_int();
  scan(options, &split, needed);
}

void ImageFolder::scan(const ImageFolderOptions& options, const Json* split, Needed needed) {
  options_ = options;
  if (!(options.train_share > 0 && options.train_share < 1))
    throw ConfigError(fmt::format("[ImageFolder] train_share must be between 0 and 1, got {}.", options.train_share));
  if (options.channels != 1 && options.channels != 3)
    throw ConfigError(fmt::format("[ImageFolder] channels must be 1 or 3, got {}.", options.channels));
  std::error_code code;
  if (!fs::is_directory(path_, code))
    throw FileError((fs::exists(path_, code) ? path_ + " is a file, not a folder." : "there is no folder " + path_ + ".") +
                    " Hint: name the folder that holds train/CLASS/*.jpg, or CLASS/*.jpg.");
  while (path_.size() > 1 && path_.back() == '/') path_.pop_back();

  const bool to_learn = needed == Needed::everything;
  if (!to_learn)
    for (const Json& name : split->at("classes").as_array()) classes_.push_back(name.as_string());
  for (const auto& [part, below] : places_of_splits(path_, folders_in(path_), to_learn)) {
    const std::string place = below.empty() ? path_ : path_ + "/" + below.substr(0, below.size() - 1);
    const std::vector<std::string> names = folders_in(place);
    if (names.empty() && to_learn) {
      const int64_t loose = pictures_in(place);
      throw FileError(
          fmt::format("{} holds {} folders of classes. Hint: put the pictures of each class into a folder named after it: "
                      "{}/cat/1.jpg, {}/dog/1.jpg.",
                      place, loose == 0 ? "neither pictures nor" : fmt::format("{} picture{}, but no", loose, loose == 1 ? "" : "s"), place, place));
    }
    if (part == "train" && to_learn) {
      classes_ = names;
      if (classes_.size() < 2)
        throw FileError(fmt::format(
            "{} holds the class '{}' alone; telling classes apart takes two at least. Hint: is this the folder above or below?", place, classes_[0]));
    }
    std::vector<PictureFile>& files = parts_[part];
    for (const std::string& name : names) {
      const auto at = std::lower_bound(classes_.begin(), classes_.end(), name);
      const bool known = at != classes_.end() && *at == name;
      if (!known && !to_learn && part == "train") continue;  // it came later
      if (!known)
        throw FileError(fmt::format("{}/{}: the class '{}' is not in train.{}", place, name, printable(name), did_you_mean(name, classes_)));
      const size_t before = files.size();
      std::map<std::string, int64_t> foreign;
      collect(path_, below + name, at - classes_.begin(), files, ignored_, foreign);
      for (const auto& [ending, n] : foreign) foreign_[ending] += n;
      if (files.size() == before && to_learn)
        throw FileError(fmt::format("{}/{} holds no pictures ({}){}", place, name, kinds,
                                    foreign.empty() ? ". Hint: fill the folder, or remove it." : ", but " + foreign_text(foreign) + "."));
    }
    std::sort(files.begin(), files.end(), [](const PictureFile& a, const PictureFile& b) { return a.name < b.name; });
  }
  if (split) {
    const bool by_seed = split->at("by").as_string() == "seed";
    std::vector<PictureFile> all;
    for (const auto& [part, files] : parts_) all.insert(all.end(), files.begin(), files.end());
    take_written(std::move(all), *split, needed);
    was_split_ = by_seed;
  } else if (parts_.size() == 1) {
    divide(std::move(parts_["train"]));
  }
}

void ImageFolder::divide(std::vector<PictureFile> all) {
  was_split_ = true;
  parts_.clear();
  std::vector<int64_t> y;
  for (const PictureFile& f : all) y.push_back(f.label);
  const int64_t n = int64_t(all.size()), kept = std::llround(double(n) * options_.train_share);
  if (kept < 1 || kept >= n)
    throw FileError(
        fmt::format("{} holds {} pictures, too few to learn from some and to test on others. Hint: add more, or divide them "
                    "yourself, into train/CLASS/* and test/CLASS/*.",
                    path_, n));
  const Split s = stratified_split_indices(from_vector(y), options_.train_share, options_.seed);
  for (int64_t i : s.first) parts_["train"].push_back(all[size_t(i)]);
  for (int64_t i : s.second) parts_["test"].push_back(all[size_t(i)]);
  check_every_class_is_learned();
}

// The pictures that the written split lists: `all` may hold more of them, which came later.
void ImageFolder::take_written(std::vector<PictureFile> all, const Json& split, Needed needed) {
  const Json& splits = split.at("splits");
  const std::string tested = splits.find("test") ? "test" : "val";
  std::map<std::string, const PictureFile*> by_name;
  for (const PictureFile& f : all) by_name[f.name] = &f;
  std::map<std::string, std::string> listed_in;
  parts_.clear();
  for (const auto& [part, names] : splits.as_object()) {
    std::vector<PictureFile>& files = parts_[part];
    std::vector<std::string> gone;
    for (const Json& name : names.as_array()) {
      const auto [before, first] = listed_in.emplace(name.as_string(), part);
      if (!first)
        throw FileError(
            fmt::format("the written split lists {} twice, in '{}' and in '{}'. Hint: bring split.json back as it was written, or begin a "
                        "new run.",
                        printable(name.as_string(), 200), before->second, part));
      const auto found = by_name.find(name.as_string());
      if (found != by_name.end()) files.push_back(*found->second);
      else gone.push_back(name.as_string());
    }
    if (gone.empty()) continue;
    if (needed == Needed::everything || part == tested)
      throw FileError(
          fmt::format("{}/{} of the written split '{}' is not there (any more){}. Hint: bring {} back, or begin a new run with a new split.", path_,
                      printable(gone[0], 200), part,
                      gone.size() == 1   ? ""
                      : gone.size() == 2 ? ", nor is another one"
                                         : fmt::format(", nor are {} others", gone.size() - 1),
                      gone.size() == 1 ? "it" : "them"));
    missing_ += int64_t(gone.size());
  }
  if (needed == Needed::everything) check_every_class_is_learned();
}

void ImageFolder::check_every_class_is_learned() const {
  std::set<int64_t> seen;
  for (const PictureFile& f : files("train")) seen.insert(f.label);
  for (size_t c = 0; c < classes_.size(); c++)
    if (!seen.count(int64_t(c)))
      throw FileError(fmt::format("{}: no picture of the class '{}' is left for training. Hint: it needs more pictures.", path_, classes_[c]));
}

std::vector<std::string> ImageFolder::splits() const {
  std::vector<std::string> names;
  for (const char* name : {"train", "val", "test"})
    if (parts_.count(name)) names.push_back(name);
  return names;
}

std::string ImageFolder::foreign_note() const { return foreign_.empty() ? "" : foreign_text(foreign_); }

std::vector<std::string> ImageFolder::untested() const {
  std::set<int64_t> seen;
  for (const PictureFile& f : files(held_out())) seen.insert(f.label);
  std::vector<std::string> names;
  for (size_t c = 0; c < classes_.size(); c++)
    if (!seen.count(int64_t(c))) names.push_back(classes_[c]);
  return names;
}

std::string ImageFolder::untested_note() const {
  constexpr size_t listed = 5;
  std::vector<std::string> names = untested();
  if (names.empty()) return "";
  const size_t n = names.size();
  for (std::string& name : names) name = "'" + printable(name, 30) + "'";
  names.resize(std::min(n, listed));
  return fmt::format("no picture of the class{} {}{} is in {}, so how well {} told is not measured{}", n == 1 ? "" : "es", join(names, ", "),
                     n > listed ? fmt::format(" and {} more", n - listed) : "", held_out(), n == 1 ? "it is" : "they are",
                     !was_split_ ? ""
                     : n == 1    ? "; it needs more pictures"
                                 : "; they need more pictures");
}

const std::vector<PictureFile>& ImageFolder::files(const std::string& split) const {
  const auto found = parts_.find(split);
  if (found == parts_.end()) throw ConfigError(fmt::format("{} has no split '{}', only {}.", path_, printable(split), join(splits(), ", ")));
  return found->second;
}

Json ImageFolder::split_json() const {
  Json j = Json::object({{"folder", path_},
                         {"by", was_split_ ? "seed" : "folders"},
                         {"seed", Json(options_.seed)},
                         {"train_share", options_.train_share},
                         {"channels", options_.channels},
                         {"classes", Json::array()},
                         {"splits", Json::object()}});
  for (const std::string& c : classes_) j["classes"].push_back(c);
  for (const std::string& s : splits()) {
    Json names = Json::array();
    for (const PictureFile& f : files(s)) names.push_back(f.name);
    j["splits"][s] = std::move(names);
  }
  return j;
}

Tensor ImageFolder::labels(const std::string& split) const {
  std::vector<int64_t> y;
  for (const PictureFile& f : files(split)) y.push_back(f.label);
  return from_vector(y);
}

PictureSet ImageFolder::split(const std::string& split, int64_t at_least) const {
  std::vector<std::string> names;
  for (const PictureFile& f : files(split)) names.push_back(f.name);
  return {std::make_shared<FolderPictures>(path_, names, options_.channels, at_least), labels(split), names};
}

void ImageFolder::leave_out(const std::vector<BadPicture>& bad) {
  std::set<std::string> names;
  for (const BadPicture& b : bad) names.insert(b.file);
  for (auto& [part, files] : parts_) std::erase_if(files, [&](const PictureFile& f) { return names.count(f.name) > 0; });
  if (!parts_.count("train")) return;
  std::vector<int64_t> left(classes_.size());
  for (const PictureFile& f : files("train")) left[size_t(f.label)]++;
  for (size_t c = 0; c < left.size(); c++)
    if (left[c] == 0) throw FileError(fmt::format("{}: no sound picture of the class '{}' is left for training.", path_, classes_[c]));
}

ImageFolder ImageFolder::only_held_out() const {
  ImageFolder part = *this;
  std::erase_if(part.parts_, [&](const auto& p) { return p.first != held_out(); });
  return part;
}

}  // namespace cairn
