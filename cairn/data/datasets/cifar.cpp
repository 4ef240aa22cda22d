#include <cairn/data/datasets/cifar.h>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/io/bytes.h>

namespace cairn {
namespace {

constexpr uint64_t pixels = 3 * 32 * 32;

// A file's path, in the layout of the mirror or as the archive unpacks.
std::string find_batch(const DatasetInfo& info, const std::string& file, const std::string& folder, const std::string& from) {
  for (const std::string& name : {folder + "/" + file, file}) {
    try {
      return find_data_file(info, name, from);
    } catch (const FileError&) {
      if (name == file) throw;
    }
  }
  return "";
}

}  // namespace

Labelled read_cifar(const std::vector<std::string>& paths, int label_bytes, const std::vector<std::string>& classes) {
  const uint64_t record = pixels + uint64_t(label_bytes);
  std::vector<ByteSource> files;
  uint64_t n = 0;
  for (const std::string& path : paths) {
    files.emplace_back(path);
    const uint64_t size = files.back().size();
    if (size == 0 || size % record)
      corrupt(path, size / record * record, fmt::format("records of {} bytes ({} of label, {} of pixels)", record, label_bytes, pixels),
              size ? fmt::format("{} bytes after the last whole one", size % record) : "an empty file",
              "the file is cut off, or of another format; fetch it again.");
    n += size / record;
  }
  Labelled data;
  Array x({int64_t(n), 3, 32, 32}, u8), y({int64_t(n)}, i64);
  auto to = static_cast<uint8_t*>(x.raw());
  auto label = y.ptr<int64_t>();
  std::string buffer;
  for (const ByteSource& file : files) {
    constexpr uint64_t at_once = 512;
    for (uint64_t i = 0, all = file.size() / record; i < all; i += at_once) {
      const uint64_t count = std::min(at_once, all - i);
      buffer = file.text(i * record, size_t(count * record), "records");
      for (uint64_t k = 0; k < count; k++, label++, to += pixels) {
        const char* r = buffer.data() + k * record;
        *label = uint8_t(r[label_bytes - 1]);
        if (*label >= int64_t(classes.size()))
          throw IndexError(
              fmt::format("{}: record {} (at byte {}) has the label {}, expected 0 to {}. Hint: the file is damaged, or belongs to another data set.",
                          file.name(), i + k, (i + k) * record, *label, classes.size() - 1));
        std::copy(r + label_bytes, r + record, to);
      }
    }
  }
  data.x = Tensor(x);
  data.y = Tensor(y);
  data.classes = classes;
  return data;
}

namespace {

Labelled load_cifar10(const DatasetInfo& info, const std::string& split, const std::string& from) {
  std::vector<std::string> paths;
  for (const DataFile& f : info.files)
    if ((split == "test") == (std::string_view(f.name) == "test_batch.bin")) paths.push_back(find_batch(info, f.name, "cifar-10-batches-bin", from));
  Labelled data = read_cifar(paths, 1, info.classes);
  data.normalize = {{0.4914, 0.4822, 0.4465}, {0.2470, 0.2435, 0.2616}};  // of the training pictures, by channel
  return data;
}

Labelled load_cifar100(const DatasetInfo& info, const std::string& split, const std::string& from) {
  Labelled data = read_cifar({find_batch(info, split + ".bin", "cifar-100-binary", from)}, 2, info.classes);
  data.normalize = {{0.5071, 0.4865, 0.4409}, {0.2673, 0.2564, 0.2762}};
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
    .files = {{"data_batch_1.bin", 30730000, "", ""},
              {"data_batch_2.bin", 30730000, "", ""},
              {"data_batch_3.bin", 30730000, "", ""},
              {"data_batch_4.bin", 30730000, "", ""},
              {"data_batch_5.bin", 30730000, "", ""},
              {"test_batch.bin", 30730000, "", ""}},
    .splits = {"train", "test"},
    .classes = {"airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"},
    .shape = "50,000 + 10,000 pictures, 3 x 32 x 32, u8",
    .load = load_cifar10,
};

extern const DatasetInfo cifar100_dataset;
const DatasetInfo cifar100_dataset = {
    .name = "cifar100",
    .title = "CIFAR-100",
    .description = "Small colour pictures, 32 x 32, of 100 kinds of things, 600 of each.",
    .licence = "free for research, cite the source",
    .citation = "Krizhevsky 2009: Learning multiple layers of features from tiny images",
    .package = "",
    .system_folder = "",
    .files = {{"train.bin", 153700000, "", ""}, {"test.bin", 30740000, "", ""}},
    .splits = {"train", "test"},
    .classes = {"apple",       "aquarium_fish", "baby",         "bear",       "beaver",       "bed",        "bee",         "beetle",   "bicycle",
                "bottle",      "bowl",          "boy",          "bridge",     "bus",          "butterfly",  "camel",       "can",      "castle",
                "caterpillar", "cattle",        "chair",        "chimpanzee", "clock",        "cloud",      "cockroach",   "couch",    "crab",
                "crocodile",   "cup",           "dinosaur",     "dolphin",    "elephant",     "flatfish",   "forest",      "fox",      "girl",
                "hamster",     "house",         "kangaroo",     "keyboard",   "lamp",         "lawn_mower", "leopard",     "lion",     "lizard",
                "lobster",     "man",           "maple_tree",   "motorcycle", "mountain",     "mouse",      "mushroom",    "oak_tree", "orange",
                "orchid",      "otter",         "palm_tree",    "pear",       "pickup_truck", "pine_tree",  "plain",       "plate",    "poppy",
                "porcupine",   "possum",        "rabbit",       "raccoon",    "ray",          "road",       "rocket",      "rose",     "sea",
                "seal",        "shark",         "shrew",        "skunk",      "skyscraper",   "snail",      "snake",       "spider",   "squirrel",
                "streetcar",   "sunflower",     "sweet_pepper", "table",      "tank",         "telephone",  "television",  "tiger",    "tractor",
                "train",       "trout",         "tulip",        "turtle",     "wardrobe",     "whale",      "willow_tree", "wolf",     "woman",
                "worm"},
    .shape = "50,000 + 10,000 pictures, 3 x 32 x 32, u8",
    .load = load_cifar100,
};

}  // namespace cairn
