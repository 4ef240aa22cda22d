// CIFAR-10: the data set on which convolutional networks grew up.
//
// Its home has the original bytes in an archive of binary batches. A mirror may hold the pictures as JPEG files instead
// (cifar10-jpg.tar.zst: {train,test}/CLASS/NNNN.jpg). Those have lost a little, and so do scores on them; they are decoded once, to
// train.bin and test.bin in the cache's folder `from-jpeg`, in the order number 0 of each class, number 1 of each class, ... Their sizes and
// checksums stand beside them, in counts.json; damaged ones are made anew while there are the JPEG files.
#include <zlib.h>

#include <algorithm>
#include <array>
#include <mutex>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/json.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <cairn/data/datasets/cifar.h>
#include <cairn/io/image.h>
#include <cairn/io/tar.h>

namespace cairn {
namespace {

constexpr const char* jpeg_archive = "cifar10-jpg.tar.zst";
constexpr const char* counts_file = "counts.json";  // beside train.bin and test.bin
constexpr int64_t side = 32, area = side * side;

// Pixels beside each other to planes.
std::string record(int64_t label, const Image& p) {
  std::string r(1, char(label));
  for (int64_t c = 0; c < 3; c++)
    for (int64_t i = 0; i < area; i++) r += char(p.pixels[size_t(3 * i + c)]);
  return r;
}

uint32_t crc_after(uint32_t before, const void* bytes, size_t n) { return uint32_t(crc32_z(before, static_cast<const Bytef*>(bytes), n)); }

// What is wrong with a file of decoded pictures; "" when it is as it was written. What an older release made has no counts, or no checksums:
// then its size is all there is to see. The checksum of all 154 MB of the training pictures takes 0.05 s, so it is tested at each start.
std::string damage_of(const std::string& path, const std::string& part) {
  const std::string counts = path.substr(0, path.rfind('/') + 1) + counts_file;
  if (file_size(path) == 0) return "it is empty";
  if (!file_exists(counts)) return file_size(path) % (1 + 3 * area) ? "it is cut off" : "";
  Json j;
  try {
    j = Json::parse(read_file(counts, 4096), counts);
    const uint64_t records = uint64_t(j.at(part).as_int()), size = file_size(path);
    if (size != records * (1 + 3 * area))
      return fmt::format("it has {} records of {} bytes where {} belong", size / (1 + 3 * area), 1 + 3 * area, records);
    const std::string name = part + "_crc32";
    if (!j.find(name)) return "";
    const MappedFile file(path);
    return crc_after(0, file.data(), file.size()) == uint64_t(j.at(name).as_int()) ? "" : "its checksum is wrong";
  } catch (const Error& e) { return e.what(); }
}

// Makes the files anew even when they are there.
bool decode_jpeg(const DatasetInfo& info, const std::string& from, const std::string& to, const std::function<void(const std::string&)>& say) {
  const std::string path = look_for_data_file(info, jpeg_archive, from);
  if (path.empty()) return false;
  const ByteSource source(path);
  TarReader tar(source);
  std::array<std::vector<std::vector<std::string>>, 2> parts;  // split, class, records
  for (auto& part : parts) part.resize(info.classes.size());
  while (auto entry = tar.next()) {
    if (!entry->file) continue;
    const std::vector<std::string> words = split(entry->name, '/');  // train/dog/0123.jpg, perhaps below a folder
    const size_t n = words.size();
    const auto label = n < 3 ? info.classes.end() : std::find(info.classes.begin(), info.classes.end(), words[n - 2]);
    if (label == info.classes.end() || (words[n - 3] != "train" && words[n - 3] != "test")) continue;
    const std::string bytes = tar.read(1 << 20), name = path + " (" + printable(entry->name, 80) + ")";
    const Image picture = to_rgb(load_image(ByteSource(name, bytes)));
    if (picture.width != side || picture.height != side)
      corrupt(name, 0, "a picture of 32 x 32", fmt::format("{} x {}", picture.width, picture.height));
    parts[words[n - 3] == "test"][size_t(label - info.classes.begin())].push_back(record(label - info.classes.begin(), picture));
  }
  disk().make_folder(to + "/from-jpeg");
  std::array<size_t, 2> longest{}, count{};
  std::array<uint32_t, 2> crc{};
  for (int test : {0, 1})
    for (const auto& records : parts[size_t(test)]) {
      if (records.empty()) throw FileError(path + " lacks pictures of a class in its " + (test ? "test" : "train") + " split.");
      longest[size_t(test)] = std::max(longest[size_t(test)], records.size());
      count[size_t(test)] += records.size();
    }
  const auto each_record = [&](int test, const Sink& sink) {
    for (size_t i = 0; i < longest[size_t(test)]; i++)
      for (const auto& records : parts[size_t(test)])
        if (i < records.size()) sink(records[i].data(), records[i].size());
  };
  for (int test : {0, 1}) each_record(test, [&](const void* bytes, size_t n) { crc[size_t(test)] = crc_after(crc[size_t(test)], bytes, n); });
  write_file(
      to + "/from-jpeg/" + counts_file,
      Json::object({{"train", int64_t(count[0])}, {"test", int64_t(count[1])}, {"train_crc32", int64_t(crc[0])}, {"test_crc32", int64_t(crc[1])}})
              .dump() +
          "\n");
  for (int test = 1; test >= 0; test--) {  // the larger one last: when it is there, both are
    write_file(to + "/from-jpeg/" + (test ? "test.bin" : "train.bin"), [&](const Sink& sink) { each_record(test, sink); });
    say(fmt::format("from-jpeg/{}: {} pictures from {} (JPEG: scores are a little below those on the original bytes)",
                    test ? "test.bin" : "train.bin", count[size_t(test)], path));
  }
  return true;
}

bool convert_jpeg(const DatasetInfo& info, const std::string& from, const std::string& to, const std::function<void(const std::string&)>& say) {
  bool whole = true;
  for (const char* part : {"test", "train"}) {
    const std::string file = to + "/from-jpeg/" + part + ".bin";
    whole = whole && file_exists(file) && damage_of(file, part).empty();
  }
  if (!whole || look_for_data_file(info, jpeg_archive, from).empty()) return decode_jpeg(info, from, to, say);
  say("from-jpeg: already there");
  return true;
}

constexpr const char* jpeg_note = "from the JPEG copy";

// The originals are taken where all of them are here.
std::string note_of_cifar10(const DatasetInfo& info, const std::string& from) {
  const bool originals = std::all_of(info.files.begin(), info.files.end(),
                                     [&](const DataFile& f) { return !look_for_cifar(info, f.name, "cifar-10-batches-bin", from).empty(); });
  return originals || !have_dataset(info, from) ? "" : jpeg_note;
}

Labelled load_cifar10(const DatasetInfo& info, const std::string& part, const std::string& from) {
  std::vector<std::string> paths;
  for (const DataFile& f : info.files)
    if ((part == "test") == (std::string_view(f.name) == "test_batch.bin"))
      if (std::string path = look_for_cifar(info, f.name, "cifar-10-batches-bin", from); !path.empty()) paths.push_back(path);
  const bool jpeg = paths.size() != (part == "test" ? 1u : 5u);
  if (jpeg) {
    // No original, or not all of it: the JPEG form, decoded now when it is the first time.
    static std::mutex one_at_a_time;  // both splits may be asked for at once
    const std::lock_guard lock(one_at_a_time);
    const std::string to = data_cache_folder() + "/" + info.name, file = "from-jpeg/" + part + ".bin";
    std::string path = look_for_data_file(info, file, from), why = path.empty() ? "" : damage_of(path, part);
    if (!why.empty() && path != to + "/" + file && file_exists(to + "/" + file)) {  // another folder's is damaged, ours was made in its place
      path = to + "/" + file;
      why = damage_of(path, part);
    }
    if (!why.empty() && look_for_data_file(info, jpeg_archive, from).empty())
      throw FileError(
          fmt::format("{} is damaged: {}. {}, which it was made from, is not here. Hint: put that into {}, or `cairn data get {}` fetches "
                      "the original pictures.",
                      path, why, jpeg_archive, to, info.name));
    if (!why.empty()) log_warning(fmt::format("{} is damaged: {}. It is made anew from {}.", path, why, jpeg_archive));
    if ((path.empty() || !why.empty()) && decode_jpeg(info, from, to, [](const std::string& line) { log_info(line); })) path = to + "/" + file;
    if (path.empty()) {
      for (const DataFile& f : info.files)
        if ((part == "test") == (std::string_view(f.name) == "test_batch.bin")) find_data_file(info, f.name, from);  // says what is missing
    }
    paths = {path};
  }
  Labelled data = read_cifar(paths, 1, info.classes, 0, jpeg ? 0 : info.files[0].bytes);
  if (jpeg) data.note = jpeg_note;
  data.normalize = {{0.4914, 0.4822, 0.4465}, {0.2470, 0.2435, 0.2616}};  // of the training pictures, by channel
  return data;
}

}  // namespace

extern const DatasetInfo cifar10_dataset;
const DatasetInfo cifar10_dataset = {
    .name = "cifar10",
    .title = "CIFAR-10",
    .description = "Small colour pictures, 32 x 32, of 10 kinds of animals and vehicles.",
    .licence = "free for research, cite the source",
    .citation = "Krizhevsky 2009: Learning multiple layers of features from tiny images",
    .package = "",
    .system_folder = "",
    .files = {{"data_batch_1.bin", 30730000, "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5", ""},
              {"data_batch_2.bin", 30730000, "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed", ""},
              {"data_batch_3.bin", 30730000, "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67", ""},
              {"data_batch_4.bin", 30730000, "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48", ""},
              {"data_batch_5.bin", 30730000, "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add", ""},
              {"test_batch.bin", 30730000, "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b", ""}},
    .splits = {"train", "test"},
    .classes = {"airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"},
    .shape = "50,000 + 10,000 pictures, 3 x 32 x 32, u8",
    .load = load_cifar10,
    .archive = {"cifar-10-binary.tar.gz", "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
                "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"},
    .instead = {"cifar10-jpg.tar.zst", "from-jpeg/train.bin", "cifar-10-batches-bin/data_batch_1.bin"},
    .convert = convert_jpeg,
    .note = note_of_cifar10,
};

}  // namespace cairn
