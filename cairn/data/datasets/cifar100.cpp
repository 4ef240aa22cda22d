// CIFAR-100: as CIFAR-10, with a tenth of the pictures for each of ten times as many classes.
#include <cairn/data/datasets/cifar.h>

namespace cairn {
namespace {

// Which of the two label bytes: 0 the coarse class, 1 the fine one.
Labelled read_split(const DatasetInfo& info, const std::string& split, const std::string& from, const std::vector<std::string>& classes, int which) {
  const std::string path = look_for_cifar(info, split + ".bin", "cifar-100-binary", from);
  const uint64_t bytes = info.files[split == "test"].bytes;
  Labelled data = read_cifar({path.empty() ? find_data_file(info, split + ".bin", from) : path}, 2, classes, which, bytes);
  data.normalize = {{0.5071, 0.4865, 0.4409}, {0.2673, 0.2564, 0.2762}};
  return data;
}

Labelled load_cifar100(const DatasetInfo& info, const std::string& split, const std::string& from) {
  return read_split(info, split, from, info.classes, 1);
}

}  // namespace

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
    .archive = {"cifar-100-binary.tar.gz", "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
                "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz"},
    .instead = {"cifar-100-binary/train.bin"},
};

Labelled load_cifar100_coarse(const std::string& split, const std::string& from) {
  check_split(cifar100_dataset, split);
  return read_split(cifar100_dataset, split, from,
                    {"aquatic_mammals",
                     "fish",
                     "flowers",
                     "food_containers",
                     "fruit_and_vegetables",
                     "household_electrical_devices",
                     "household_furniture",
                     "insects",
                     "large_carnivores",
                     "large_man-made_outdoor_things",
                     "large_natural_outdoor_scenes",
                     "large_omnivores_and_herbivores",
                     "medium_mammals",
                     "non-insect_invertebrates",
                     "people",
                     "reptiles",
                     "small_mammals",
                     "trees",
                     "vehicles_1",
                     "vehicles_2"},
                    0);
}

}  // namespace cairn
