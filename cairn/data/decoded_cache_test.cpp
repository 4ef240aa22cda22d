#include <cairn/data/decoded_cache.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <cairn/base/disk.h>
#include <cairn/data/loader.h>
#include <cairn/data/transforms/transforms.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/small_data.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

using ::testing::HasSubstr;
using transforms::CenterCrop;
using transforms::HorizontalFlip;
using transforms::PictureDataset;

// A folder of 2 x 70 pictures (more than are decoded at once) and its cache.
class Cached : public ::testing::Test {
 protected:
  Cached() {
    for (int i = 0; i < 70; i++) {
      folder_.put("pets/train/cat/" + std::to_string(1000 + i) + ".png", shaded_png(9 + i % 5, 10, i));
      folder_.put("pets/train/dog/" + std::to_string(1000 + i) + ".png", shaded_png(9, 10 + i % 3, 100 + i));
    }
    folder_.put("pets/test/cat/a.png", shaded_png(60, 40, 7));
    folder_.put("pets/test/dog/a.png", shaded_png(40, 80, 7));
  }
  CacheOptions options(int64_t shorter = 20, bool skip_bad = false) {
    return {.shorter = shorter, .skip_bad = skip_bad, .file = folder_ / "cache/p.pixels"};
  }
  DecodedCache open(const CacheOptions& o) { return DecodedCache(ImageFolder(folder_ / "pets"), o); }

  // Changes the byte at `at` of the cache's file (from its end when negative).
  void damage(int64_t at) {
    std::string bytes = read_file(folder_ / "cache/p.pixels");
    auto& b = bytes[size_t(at < 0 ? int64_t(bytes.size()) + at : at)];
    b = char(b ^ 1);
    folder_.put("cache/p.pixels", bytes);
  }
  TempFolder folder_;
};

std::vector<float> values(const PictureSet& set) {
  const PictureDataset data(set.pictures, set.labels, {CenterCrop{9}, HorizontalFlip{}, Normalize{{0.5}, {0.25}}});
  std::vector<float> all;
  for (Batch& b : DataLoader(data, {.batch_size = 16, .shuffle = true, .workers = 2, .seed = 3})) {
    const auto v = b["x"].to_vector<float>();
    all.insert(all.end(), v.begin(), v.end());
  }
  return all;
}

TEST_F(Cached, is_made_once_and_gives_the_pictures_themselves) {
  int64_t progress = 0;
  CacheOptions o = options();
  o.progress = [&](int64_t done, int64_t all) { progress = all == 142 ? done : -1; };
  const DecodedCache first = open(o), second = open(o);
  EXPECT_TRUE(first.made());
  EXPECT_EQ(progress, 142);
  EXPECT_FALSE(second.made());
  const ImageFolder pets(folder_ / "pets");
  EXPECT_EQ(values(second.split("train")), values(pets.split("train")));
  EXPECT_EQ(second.split("train").names, pets.split("train").names);
  EXPECT_EQ(second.split("train").labels.to_vector<int64_t>(), pets.labels("train").to_vector<int64_t>());
  EXPECT_GT(second.bytes(), 142u * 9 * 9 * 3);
  EXPECT_THROW(second.split("val"), ConfigError);
}

TEST_F(Cached, stores_large_pictures_with_the_shorter_side_asked_for) {
  const PictureSet test = open(options(20)).split("test");
  transforms::Planes space;
  const transforms::Look cat = test.pictures->get(0, space), dog = test.pictures->get(1, space);
  EXPECT_EQ(cat.width, 30);
  EXPECT_EQ(cat.height, 20);
  EXPECT_EQ(dog.width, 20);
  EXPECT_EQ(dog.height, 40);
  const PictureSet whole = open(options(0)).split("test");
  EXPECT_EQ(whole.pictures->get(0, space).width, 60);
}

TEST_F(Cached, is_made_anew_when_a_picture_or_an_option_changed) {
  EXPECT_TRUE(open(options()).made());
  EXPECT_TRUE(open(options(15)).made()) << "another size";
  EXPECT_FALSE(open(options(15)).made());
  folder_.put("pets/train/cat/1003.png", shaded_png(13, 13, 99));
  EXPECT_TRUE(open(options(15)).made()) << "another picture";
  const auto file = std::filesystem::path(folder_ / "pets/train/cat/1003.png");
  std::filesystem::last_write_time(file, std::filesystem::last_write_time(file) - std::chrono::seconds(5));
  EXPECT_TRUE(open(options(15)).made()) << "another time";
  folder_.put("pets/train/cat/new.png", shaded_png(9, 9, 1));
  const DecodedCache grown = open(options(15));
  EXPECT_TRUE(grown.made());
  EXPECT_EQ(grown.split("train").pictures->size(), 141);
}

TEST_F(Cached, does_not_depend_on_how_the_folder_is_split) {
  folder_.put("all/a/1.png", shaded_png(9, 9, 1));
  for (int i = 0; i < 8; i++) {
    folder_.put("all/a/" + std::to_string(i) + ".png", shaded_png(9, 9, i));
    folder_.put("all/b/" + std::to_string(i) + ".png", shaded_png(9, 9, 50 + i));
  }
  CacheOptions o = options();
  for (uint64_t seed : {1u, 2u}) {
    const ImageFolder all(folder_ / "all", {.train_share = 0.5, .seed = seed});
    const DecodedCache cache(all, o);
    EXPECT_EQ(cache.made(), seed == 1);
    for (const char* s : {"train", "test"}) EXPECT_EQ(values(cache.split(s)), values(all.split(s)));
  }
}

TEST_F(Cached, that_is_damaged_is_made_anew) {
  open(options());
  damage(-200);
  EXPECT_TRUE(open(options()).made()) << "in the table";
  for (int64_t at : {-1, -90, -80, -96}) {
    damage(at);
    EXPECT_TRUE(open(options()).made()) << at;
  }
  const std::string whole = read_file(folder_ / "cache/p.pixels");
  for (size_t n : {size_t{0}, size_t{50}, whole.size() / 2, whole.size() - 1}) {
    folder_.put("cache/p.pixels", whole.substr(0, n));
    EXPECT_TRUE(open(options()).made()) << n;
  }
}

TEST_F(Cached, a_damaged_picture_in_it_is_decoded_anew_and_mended) {
  open(options());
  const std::string sound = read_file(folder_ / "cache/p.pixels");
  const ImageFolder pets(folder_ / "pets");
  const auto expected = values(pets.split("train"));
  damage(5);                                       // the first picture by name: test/cat/a.png
  const int64_t many = 20 * 30 * 3 + 20 * 40 * 3;  // both of the test split; train follows
  for (int64_t at : {many + 3, many + 280, many + 20000}) damage(at);
  {
    const DecodedCache cache = open(options());
    EXPECT_FALSE(cache.made()) << "the others need not be decoded again";
    const PictureSet test = cache.split("test");
    transforms::Planes space;
    ::testing::internal::CaptureStderr();
    for (int twice = 0; twice < 2; twice++)
      for (int64_t i : {0, 1}) {
        const transforms::Look look = test.pictures->get(i, space);
        const auto* from = reinterpret_cast<const uint8_t*>(sound.data()) + i * 20 * 30 * 3;
        EXPECT_TRUE(std::equal(from, from + look.width * look.height * 3, look.values)) << i;
      }
    EXPECT_EQ(values(cache.split("train")), expected);
    EXPECT_EQ(values(cache.split("train")), expected);
    const std::string said = ::testing::internal::GetCapturedStderr();
    EXPECT_THAT(said, HasSubstr("p.pixels: the pixels of test/cat/a.png are damaged. They are decoded anew"));
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
  }
  EXPECT_EQ(read_file(folder_ / "cache/p.pixels"), sound);
}

TEST_F(Cached, a_damaged_picture_whose_source_has_changed_meanwhile_is_an_error) {
  open(options());
  damage(5);
  const DecodedCache cache = open(options());
  folder_.put("pets/test/cat/a.png", shaded_png(10, 10, 7));
  transforms::Planes space;
  EXPECT_THAT(message_of<FileError>([&] { cache.split("test").pictures->get(0, space); }), HasSubstr("test/cat/a.png has changed"));
  EXPECT_EQ(cache.split("test").pictures->get(1, space).width, 20);
}

TEST_F(Cached, an_error_has_one_hint) {
  const auto hints = [&] {
    const std::string what = message_of<FileError>([&] { open(options()); });
    EXPECT_THAT(what, HasSubstr("--skip-bad leaves damaged pictures out"));
    int n = 0;
    for (size_t at = what.find("Hint: "); at != what.npos; at = what.find("Hint: ", at + 1)) n++;
    return n;
  };
  folder_.put("pets/train/dog/1001.png", "");
  EXPECT_EQ(hints(), 1);
  folder_.put("pets/train/dog/1001.png", "P5 99999 99999 255\nx");  // whose own hint says that it may be a bomb
  EXPECT_EQ(hints(), 1);
}

TEST_F(Cached, a_bad_picture_is_an_error_or_left_out_and_listed) {
  folder_.put("pets/train/dog/1001.png", shaded_png(30, 30, 1).substr(0, 80));
  folder_.put("pets/train/cat/1069.png", "");
  EXPECT_THAT(message_of<FileError>([&] { open(options()); }), AllOf(HasSubstr("pets/train/"), HasSubstr("--skip-bad leaves damaged pictures out")));
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "cache")) << "nothing half-made stays";
  for (bool made : {true, false}) {
    const DecodedCache cache = open(options(20, true));
    EXPECT_EQ(cache.made(), made);
    ASSERT_EQ(cache.bad().size(), 2u);
    EXPECT_EQ(cache.bad()[0].file, "train/cat/1069.png");
    EXPECT_THAT(cache.bad()[1].why, HasSubstr("a sound PNG"));
    ImageFolder pets(folder_ / "pets");
    pets.leave_out(cache.bad());
    EXPECT_EQ(cache.split("train").pictures->size(), 138);
    EXPECT_EQ(values(cache.split("train")), values(pets.split("train")));
  }
  EXPECT_THAT(message_of<FileError>([&] { open(options()); }), HasSubstr("1069.png")) << "a cache that lists it does not hide it";
}

TEST_F(Cached, a_class_of_bad_pictures_only_is_an_error) {
  for (int i = 0; i < 70; i++) folder_.put("pets/train/dog/" + std::to_string(1000 + i) + ".png", "x");
  EXPECT_THAT(message_of<FileError>([&] { open(options(20, true)); }), HasSubstr("no sound picture of the class 'dog'"));
}

TEST_F(Cached, lies_below_the_cache_folder_unless_told_otherwise) {
  setenv("CAIRN_CACHE", (folder_ / "home").c_str(), 1);
  const DecodedCache cache = open({.shorter = 10});
  unsetenv("CAIRN_CACHE");
  EXPECT_THAT(cache.file(), AllOf(HasSubstr(folder_ / "home/pictures/pets-"), HasSubstr(".pixels")));
  EXPECT_TRUE(file_exists(cache.file()));
}

}  // namespace
}  // namespace cairn
