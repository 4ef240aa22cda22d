// What is in a folder of pictures: how many of each class, how large, what is damaged.
#include <algorithm>
#include <cctype>
#include <mutex>

#include <fmt/format.h>

#include <cairn/base/columns.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>
#include <cairn/data/image_folder.h>
#include <cairn/io/image.h>

namespace cairn {

namespace {

std::string format_by_name(const std::string& file) {
  std::string ending = file.substr(file.rfind('.') + 1);
  for (char& c : ending) c = char(std::tolower(static_cast<unsigned char>(c)));
  if (ending == "jpg" || ending == "jpeg") return "JPEG";
  return ending == "png" ? "PNG" : "";
}

}  // namespace

FolderReport examine(const ImageFolder& folder, const ExamineOptions& options) {
  FolderReport r;
  r.path = folder.path();
  r.classes = folder.classes();
  r.splits = folder.splits();
  r.ignored = folder.ignored();
  r.foreign = folder.foreign();
  r.foreign_note = folder.foreign_note();
  r.decoded = options.decode;
  r.was_split = folder.was_split();
  r.untested = folder.untested();
  r.untested_note = folder.untested_note();
  struct Found {
    ImageInfo info;
    std::string why;
  };
  std::vector<const PictureFile*> files;
  for (const std::string& s : r.splits) {
    std::vector<int64_t> count(r.classes.size());
    for (const PictureFile& f : folder.files(s)) {
      files.push_back(&f);
      count[size_t(f.label)]++;
      r.bytes += f.bytes;
    }
    r.counts.push_back(std::move(count));
  }
  std::vector<Found> found(files.size());
  std::mutex one_at_a_time;
  int64_t done = 0;
  parallel_for(int64_t(files.size()), options.decode ? 4 : 32, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      try {
        const ByteSource source(folder.path() + "/" + files[size_t(i)]->name);
        found[size_t(i)].info = image_info(source);
        if (options.decode) load_image(source);
      } catch (const FileError& e) { found[size_t(i)].why = e.what(); }
      if (options.progress) {
        const std::lock_guard lock(one_at_a_time);
        options.progress(++done, int64_t(files.size()));
      }
    }
  });

  std::vector<int64_t> widths, heights;
  for (size_t i = 0; i < files.size(); i++) {
    if (!found[i].why.empty()) {
      r.bad.push_back({files[i]->name, found[i].why});
      continue;
    }
    const ImageInfo& info = found[i].info;
    widths.push_back(info.width);
    heights.push_back(info.height);
    r.formats[info.format]++;
    if (const std::string named = format_by_name(files[i]->name); !named.empty() && named != info.format)
      r.misnamed.push_back({files[i]->name, fmt::format("{} is a {} file by its name and {} by its contents", files[i]->name, named, info.format)});
    r.grey += info.channels == 1;
    r.turned += info.orientation > 1;
  }
  r.pictures = int64_t(files.size());
  const auto range = [](std::vector<int64_t>& v) {
    std::sort(v.begin(), v.end());
    return v.empty() ? FolderReport::Range{} : FolderReport::Range{v.front(), v[v.size() / 2], v.back()};
  };
  r.width = range(widths);
  r.height = range(heights);
  return r;
}

double FolderReport::imbalance() const {
  if (counts.empty() || counts[0].empty()) return 1;
  const auto [least, most] = std::minmax_element(counts[0].begin(), counts[0].end());
  return double(*most) / double(std::max<int64_t>(1, *least));
}

std::string FolderReport::str(size_t room) const {
  std::string text = fmt::format("{}: {} pictures of {} classes, {}\n", path, pictures, classes.size(), human_bytes(bytes));
  std::vector<std::string> kinds;
  for (const auto& [format, n] : formats) kinds.push_back(fmt::format("{} {}", n, format));
  if (grey) kinds.push_back(fmt::format("{} grey", grey));
  if (turned) kinds.push_back(fmt::format("{} turned by EXIF", turned));
  if (ignored) kinds.push_back(fmt::format("{} other file{} left aside", ignored, ignored == 1 ? "" : "s"));
  text += fmt::format("  {}\n", join(kinds, ", "));
  text += fmt::format("  width  {} to {}, half of them up to {}\n", width.least, width.most, width.median);
  text += fmt::format("  height {} to {}, half of them up to {}\n", height.least, height.most, height.median);

  size_t longest = 5;
  for (const std::string& c : classes) longest = std::max(longest, columns_of(printable(c, 30)));
  if (const size_t numbers = 2 + 9 * splits.size(); room > 0 && longest + numbers > room)
    longest = std::max<size_t>(5, room - std::min(room, numbers));
  text += fmt::format("\n  {:<{}}", "class", longest);
  for (const std::string& s : splits) text += fmt::format("{:>9}", s);
  text += '\n';
  constexpr size_t most_rows = 60;
  for (size_t c = 0; c < std::min(classes.size(), most_rows); c++) {
    text += "  " + pad_right(printable(classes[c], 30), longest);
    for (const auto& count : counts) text += fmt::format("{:>9}", count[c]);
    text += '\n';
  }
  if (classes.size() > most_rows) text += fmt::format("  ... and {} more\n", classes.size() - most_rows);
  text += fmt::format("  {:<{}}", "all", longest);
  for (const auto& count : counts) {
    int64_t sum = 0;
    for (int64_t n : count) sum += n;
    text += fmt::format("{:>9}", sum);
  }
  text += '\n';
  if (was_split) text += "  The folder has no split of its own: each class was divided at random, by a seed.\n";
  if (!foreign_note.empty()) text += "  Left aside: " + foreign_note + ".\n";
  if (!untested_note.empty()) text += "  Warning: " + untested_note + ".\n";
  if (const double times = imbalance(); times >= 1.5)
    text += fmt::format(
        "  The largest class of train has {:.1f} times the pictures of the smallest: look at each class's accuracy, not only at all.\n", times);
  if (grey && grey == pictures - int64_t(bad.size())) text += "  All are grey: one channel is enough.\n";
  constexpr size_t most_listed = 20;
  const auto list = [&](const std::vector<BadPicture>& files) {
    for (size_t i = 0; i < std::min(files.size(), most_listed); i++) text += fmt::format("  {}\n", files[i].why);
    if (files.size() > most_listed) text += fmt::format("  ... and {} more\n", files.size() - most_listed);
  };
  if (!misnamed.empty()) {
    text += fmt::format("\n  {} with the name of another format (no harm: they are read as what they are):\n", misnamed.size());
    list(misnamed);
  }
  if (bad.empty()) {
    text += decoded ? "  All pictures are sound.\n" : "  All headers are sound (pixels were not read).\n";
  } else {
    text += fmt::format("\n  {} bad:\n", bad.size());
    list(bad);
  }
  return text;
}

Json FolderReport::to_json() const {
  const auto range = [](const Range& v) { return Json::object({{"least", v.least}, {"median", v.median}, {"most", v.most}}); };
  Json j = Json::object({{"path", path},
                         {"pictures", pictures},
                         {"bytes", Json(bytes)},
                         {"classes", Json::array(classes)},
                         {"counts", Json::object()},
                         {"width", range(width)},
                         {"height", range(height)},
                         {"formats", Json::object()},
                         {"grey", grey},
                         {"turned", turned},
                         {"ignored", ignored},
                         {"imbalance", imbalance()},
                         {"was_split", was_split},
                         {"untested", Json::array(untested)},
                         {"decoded", decoded},
                         {"bad", Json::array()},
                         {"misnamed", Json::array()}});
  for (size_t s = 0; s < splits.size(); s++) {
    Json row = Json::array();
    for (int64_t n : counts[s]) row.push_back(n);
    j["counts"][splits[s]] = std::move(row);
  }
  for (const auto& [format, n] : formats) j["formats"][format] = n;
  j["foreign"] = Json::object();
  for (const auto& [ending, n] : foreign) j["foreign"][ending] = n;
  for (const BadPicture& b : bad) j["bad"].push_back(Json::object({{"file", b.file}, {"why", b.why}}));
  for (const BadPicture& b : misnamed) j["misnamed"].push_back(Json::object({{"file", b.file}, {"why", b.why}}));
  return j;
}

}  // namespace cairn
