#include <cairn/data/registry.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/data/datasets/cifar.h>
#include <cairn/io/idx.h>
#include <cairn/io/image.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/io_files.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

// Sets a variable of the environment for a test.
class Env {
 public:
  Env(const char* name, const std::string& value) : name_(name) {
    if (const char* v = std::getenv(name)) before_ = v, was_ = true;
    setenv(name, value.c_str(), 1);
  }
  ~Env() { was_ ? setenv(name_, before_.c_str(), 1) : unsetenv(name_); }

 private:
  const char* name_;
  std::string before_;
  bool was_ = false;
};

// A tiny MNIST: four plain files in FOLDER/mnist.
void put_mnist(const TempFolder& folder, int64_t train = 6, int64_t test = 3) {
  for (auto [part, n] : {std::pair<std::string, int64_t>{"train", train}, {"t10k", test}}) {
    std::filesystem::create_directories(folder / "mnist");
    save_idx(folder / ("mnist/" + part + "-images-idx3-ubyte"), (arange(double(n * 4), i64)).to(u8).reshape({n, 2, 2}));
    save_idx(folder / ("mnist/" + part + "-labels-idx1-ubyte"), arange(double(n)).to(u8));
  }
}

TEST(Registry, every_data_set_describes_itself) {
  std::set<std::string> names;
  for (const DatasetInfo* info : all_datasets()) {
    EXPECT_TRUE(names.insert(info->name).second) << info->name;
    for (const char* text : {info->title, info->description, info->licence, info->citation, info->shape})
      EXPECT_NE(std::string(text), "") << info->name;
    EXPECT_FALSE(info->splits.empty());
    EXPECT_FALSE(info->files.empty());
    for (const DataFile& f : info->files) {
      EXPECT_GT(f.bytes, 0u) << f.name;
      EXPECT_TRUE(std::string(f.sha256).empty() || std::string(f.sha256).size() == 64) << f.name;
    }
  }
  for (const char* name : {"mnist", "fashion-mnist", "cifar10", "cifar100", "iris", "wine", "breast_cancer", "diabetes", "digits"})
    EXPECT_TRUE(names.count(name)) << name;
}

TEST(Registry, a_mistyped_name_or_split_gets_the_nearest) {
  EXPECT_THAT(refusal<ConfigError>([] { load_dataset("fashon-mnist", "train"); }), HasSubstr("Did you mean 'fashion-mnist'"));
  EXPECT_THAT(refusal<ConfigError>([] { load_dataset("iris", "train"); }), AllOf(HasSubstr("no split 'train'"), HasSubstr("all")));
}

TEST(Registry, the_tables_that_come_with_cairn_are_there_and_whole) {
  const std::map<std::string, std::pair<int64_t, int64_t>> expected = {
      {"iris", {150, 4}}, {"wine", {178, 13}}, {"breast_cancer", {569, 30}}, {"diabetes", {442, 10}}, {"digits", {1797, 64}}};
  for (const auto& [name, size] : expected) {
    const DatasetInfo& info = dataset_named(name);
    const Labelled data = load_dataset(name, "all");
    EXPECT_EQ(data.x.shape(), (Shape{size.first, size.second})) << name;
    EXPECT_EQ(int64_t(data.features.size()), size.second);
    EXPECT_FALSE(data.pictures());
    if (info.classes.empty()) EXPECT_EQ(data.y.shape(), (Shape{size.first, 1}));
    else EXPECT_EQ(data.y.max().item(), double(info.classes.size()) - 1) << name;
    const ContentDigest digest = content_digest(find_data_file(info, info.files[0].name));
    EXPECT_EQ(digest.sha256, info.files[0].sha256) << name;
    EXPECT_EQ(digest.bytes, info.files[0].bytes) << name;
  }
  const Labelled iris = load_dataset("iris", "all");
  EXPECT_EQ(iris.y.at({0}), 0);
  EXPECT_EQ(iris.y.at({149}), 2);
  EXPECT_NEAR(iris.x.at({0, 2}), 1.4, 1e-6);
}

TEST(Registry, a_table_with_another_class_says_where) {
  TempFolder folder;
  folder.put("iris.csv", "a,species\n1,setosa\n2,rose\n");
  EXPECT_THAT(refusal<FileError>([&] { load_dataset("iris", "all", folder.path()); }),
              AllOf(HasSubstr("line 3, column 2"), HasSubstr("found 'rose'")));
}

TEST(Registry, a_mirror_the_cache_and_a_named_folder_are_searched) {
  TempFolder mirror, cache, named;
  Env m("CAIRN_DATA_MIRROR", mirror.path()), c("CAIRN_CACHE", cache.path());
  const std::string missing = refusal<FileError>([] { load_dataset("mnist", "train"); });
  EXPECT_THAT(missing, AllOf(HasSubstr("mnist is not here"), HasSubstr(mirror / "mnist"), HasSubstr(cache / "data/mnist"),
                             HasSubstr("cairn data get mnist"), HasSubstr("CAIRN_DATA_MIRROR")));
  EXPECT_FALSE(have_dataset(dataset_named("mnist")));

  put_mnist(mirror);
  EXPECT_TRUE(have_dataset(dataset_named("mnist")));
  const Labelled train = load_dataset("mnist", "train"), test = load_dataset("mnist", "test");
  EXPECT_EQ(train.x.shape(), (Shape{6, 1, 2, 2}));
  EXPECT_EQ(train.y.to_vector<int64_t>(), (std::vector<int64_t>{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(test.size(), 3);
  EXPECT_TRUE(test.pictures());

  put_mnist(named, 9, 2);  // found as NAMED/mnist/FILE and as FILE
  EXPECT_EQ(load_dataset("mnist", "train", named.path()).size(), 9);
  EXPECT_EQ(load_dataset("mnist", "train", named / "mnist").size(), 9);
}

TEST(Registry, a_missing_package_is_named) {
  TempFolder empty;
  DatasetInfo info = dataset_named("fashion-mnist");
  info.system_folder = "";
  Env m("CAIRN_DATA_MIRROR", empty.path()), c("CAIRN_CACHE", empty.path());
  EXPECT_THAT(refusal<FileError>([&] { info.load(info, "train", ""); }), HasSubstr("apt install dataset-fashion-mnist"));
}

TEST(Registry, pictures_and_labels_that_do_not_fit_are_refused) {
  TempFolder folder;
  put_mnist(folder);
  save_idx(folder / "mnist/train-labels-idx1-ubyte", arange(5).to(u8));
  EXPECT_THAT(refusal<FileError>([&] { load_dataset("mnist", "train", folder.path()); }),
              AllOf(HasSubstr("train-labels"), HasSubstr("expected 6 labels"), HasSubstr("found 5")));
  save_idx(folder / "mnist/train-labels-idx1-ubyte", (arange(6) * 2.0).to(u8));
  EXPECT_THAT(refusal<IndexError>([&] { load_dataset("mnist", "train", folder.path()); }),
              AllOf(HasSubstr("example 5"), HasSubstr("label 10"), HasSubstr("0 to 9")));
  save_idx(folder / "mnist/train-images-idx3-ubyte", arange(6).to(u8));
  EXPECT_THAT(refusal<FileError>([&] { load_dataset("mnist", "train", folder.path()); }), HasSubstr("pictures: u8 with three axes"));
  folder.put("mnist/train-images-idx3-ubyte", "<html>not found</html>");
  EXPECT_THAT(refusal<FileError>([&] { load_dataset("mnist", "train", folder.path()); }),
              AllOf(HasSubstr("train-images-idx3-ubyte"), HasSubstr("at byte 0")));
}

// A data set of two small files, to fetch.
DatasetInfo small(const std::string& content) {
  static std::string digest;
  digest = sha256(content);
  DatasetInfo info = dataset_named("iris");
  info.name = "small";
  info.files = {{"a.bin", content.size(), digest.c_str(), ""}};
  return info;
}

TEST(GetDataset, copies_from_a_folder_or_the_mirror_and_verifies) {
  TempFolder cache, source;
  Env c("CAIRN_CACHE", cache.path()), m("CAIRN_DATA_MIRROR", source.path());
  const DatasetInfo info = small("the content");
  source.put("a.bin", "the content");
  std::vector<std::string> lines;
  const auto say = [&](const std::string& line) { lines.push_back(line); };
  EXPECT_EQ(get_dataset(info, source.path(), say), cache / "data/small");
  EXPECT_EQ(read_file(cache / "data/small/a.bin"), "the content");
  EXPECT_THAT(lines.back(), HasSubstr("a.bin: 11"));
  get_dataset(info, source.path(), say);
  EXPECT_THAT(lines.back(), HasSubstr("already there"));

  std::filesystem::remove(cache / "data/small/a.bin");
  source.put("small/a.bin", "the content");
  get_dataset(info, "", say);
  EXPECT_EQ(read_file(cache / "data/small/a.bin"), "the content");
}

TEST(GetDataset, takes_a_file_that_somebody_unpacked) {
  TempFolder cache, source;
  Env c("CAIRN_CACHE", cache.path()), m("CAIRN_DATA_MIRROR", source.path());
  DatasetInfo info = small("the content");
  info.files[0].name = "a.bin.gz";
  info.files[0].url = "http://127.0.0.1:9/a.bin.gz";  // not asked
  source.put("small/a.bin", "the content");
  get_dataset(info);
  EXPECT_EQ(read_file(cache / "data/small/a.bin"), "the content");
  std::filesystem::remove(source / "small/a.bin");
  std::vector<std::string> lines;
  get_dataset(info, "", [&](const std::string& line) { lines.push_back(line); });
  EXPECT_THAT(lines.back(), HasSubstr("already there"));
}

TEST(GetDataset, a_damaged_copy_is_not_taken_and_a_damaged_cache_is_mended) {
  TempFolder cache, source;
  Env c("CAIRN_CACHE", cache.path());
  const DatasetInfo info = small("the content");
  source.put("a.bin", "the kontent");
  EXPECT_THAT(refusal<FileError>([&] { get_dataset(info, source.path()); }), AllOf(HasSubstr("SHA-256"), HasSubstr("a.bin")));
  source.put("a.bin", "the conten");
  EXPECT_THAT(refusal<FileError>([&] { get_dataset(info, source.path()); }), AllOf(HasSubstr("expected 11 bytes"), HasSubstr("found 10")));
  EXPECT_FALSE(file_exists(cache / "data/small/a.bin"));
  cache.put("data/small/a.bin", "rubbish");
  source.put("a.bin", "the content");
  get_dataset(info, source.path());
  EXPECT_EQ(read_file(cache / "data/small/a.bin"), "the content");
  EXPECT_THAT(refusal<FileError>([&] { get_dataset(small("other"), cache / "nothing"); }), HasSubstr("holds neither small/a.bin nor a.bin"));
}

// CIFAR records: a label and a picture whose pixels all are the label's number, so that planes can be told apart.
std::string record(std::initializer_list<int> labels, int fill) {
  std::string r;
  for (int l : labels) r += char(l);
  for (int plane = 0; plane < 3; plane++) r += std::string(1024, char(fill + plane));
  return r;
}

// The first records of a file of 10,000; the others are zeros, and take no room on most disks.
void put_full(const TempFolder& folder, const std::string& name, const std::string& records, int label_bytes) {
  std::filesystem::resize_file(folder.put(name, records), uint64_t(10000) * uint64_t(label_bytes + 3072));
}

TEST(Cifar, reads_labels_and_planes) {
  TempFolder folder;
  const auto& classes = dataset_named("cifar10").classes;
  const std::string a = folder.put("a.bin", record({3}, 10) + record({9}, 20)), b = folder.put("b.bin", record({0}, 30));
  const Labelled d = read_cifar({a, b}, 1, classes);
  EXPECT_EQ(d.x.shape(), (Shape{3, 3, 32, 32}));
  EXPECT_EQ(d.y.to_vector<int64_t>(), (std::vector<int64_t>{3, 9, 0}));
  EXPECT_EQ(d.x.at({1, 2, 31, 31}), 22);
  EXPECT_EQ(d.x.at({2, 0, 0, 0}), 30);
  const std::string fine = folder.put("fine.bin", record({19, 99}, 1));
  EXPECT_EQ(read_cifar({fine}, 2, dataset_named("cifar100").classes).y.item(), 99);
}

TEST(Cifar, has_a_hundred_fine_classes_and_twenty_coarse_ones) {
  TempFolder folder;
  put_full(folder, "cifar100/test.bin", record({1, 32}, 5) + record({19, 8}, 6), 2);
  const Labelled fine = load_dataset("cifar100", "test", folder.path()), coarse = load_cifar100_coarse("test", folder.path());
  EXPECT_EQ(fine.y.slice(0, {0, 3}).to_vector<int64_t>(), (std::vector<int64_t>{32, 8, 0}));
  EXPECT_EQ(coarse.y.slice(0, {0, 3}).to_vector<int64_t>(), (std::vector<int64_t>{1, 19, 0}));
  EXPECT_EQ(fine.classes[32], "flatfish");
  EXPECT_EQ(coarse.classes[1], "fish");
  EXPECT_EQ(coarse.classes.size(), 20u);
  EXPECT_EQ(coarse.x.at({1, 2, 3, 4}), 8);
  EXPECT_EQ(fine.x.at({1, 2, 3, 4}), 8);
  put_full(folder, "cifar100/test.bin", record({20, 1}, 5), 2);
  EXPECT_THAT(refusal<IndexError>([&] { load_cifar100_coarse("test", folder.path()); }), HasSubstr("label 20, expected 0 to 19"));
  EXPECT_THROW(load_cifar100_coarse("val", folder.path()), ConfigError);
  folder.put("cifar100/test.bin", record({1}, 5));  // CIFAR-10's record is a byte shorter
  EXPECT_THAT(refusal<FileError>([&] { load_cifar100_coarse("test", folder.path()); }), HasSubstr("records of 3074 bytes (2 of label"));
}

TEST(Cifar, a_damaged_file_says_name_offset_expected_and_found) {
  TempFolder folder;
  const auto& classes = dataset_named("cifar10").classes;
  const auto refused = [&](const std::string& bytes) { return refusal<FileError>([&] { read_cifar({folder.put("x.bin", bytes)}, 1, classes); }); };
  EXPECT_THAT(refused(record({1}, 0) + "abc"),
              AllOf(HasSubstr("x.bin"), HasSubstr("at byte 3073"), HasSubstr("records of 3073 bytes"), HasSubstr("3 bytes after")));
  EXPECT_THAT(refused(""), HasSubstr("an empty file"));
  EXPECT_THAT(refusal<IndexError>([&] { read_cifar({folder.put("x.bin", record({1}, 0) + record({10}, 0))}, 1, classes); }),
              AllOf(HasSubstr("record 1"), HasSubstr("label 10"), HasSubstr("0 to 9")));
}

TEST(Cifar, is_found_in_the_layout_of_its_archive) {
  TempFolder folder;
  const std::string batches = "cifar10/cifar-10-batches-bin/";
  for (int i = 1; i <= 5; i++) put_full(folder, batches + "data_batch_" + std::to_string(i) + ".bin", record({i}, i), 1);
  put_full(folder, batches + "test_batch.bin", record({7}, 7), 1);
  const Labelled train = load_dataset("cifar10", "train", folder.path()), test = load_dataset("cifar10", "test", folder.path());
  EXPECT_EQ(train.size(), 50000);
  for (int i = 0; i < 5; i++) EXPECT_EQ(train.y.at({10000 * i}), i + 1);
  EXPECT_EQ(train.files.size(), 5u);
  EXPECT_EQ(test.y.at({0}), 7);
  EXPECT_EQ(test.note, "");
}

TEST(Cifar, a_file_that_was_cut_between_two_records_is_refused) {
  TempFolder folder;
  const std::string batches = "cifar10/cifar-10-batches-bin/";
  put_full(folder, batches + "test_batch.bin", record({7}, 7), 1);
  std::filesystem::resize_file(folder / (batches + "test_batch.bin"), uint64_t(9998) * 3073);
  EXPECT_THAT(refusal<FileError>([&] { load_dataset("cifar10", "test", folder.path()); }),
              AllOf(HasSubstr("test_batch.bin"), HasSubstr("at byte 30723854"), HasSubstr("10000 records of 3073 bytes"), HasSubstr("9998 of them")));
  folder.put("cifar100/test.bin", record({19, 99}, 1));
  EXPECT_THAT(refusal<FileError>([&] { load_dataset("cifar100", "test", folder.path()); }),
              HasSubstr("10000 records of 3074 bytes, found 1 of them"));
  put_full(folder, "cifar100/test.bin", record({1, 32}, 5), 2);
  std::filesystem::resize_file(folder / "cifar100/test.bin", uint64_t(10001) * 3074);  // one too many is another file, too
  EXPECT_THROW(load_dataset("cifar100", "test", folder.path()), FileError);
}

TEST(Cifar, is_made_from_a_mirror_of_jpeg_files_once) {
  TempFolder mirror, cache;
  Env m("CAIRN_DATA_MIRROR", mirror.path()), c("CAIRN_CACHE", cache.path());
  const DatasetInfo& info = dataset_named("cifar10");
  EXPECT_FALSE(have_dataset(info));
  EXPECT_THAT(refusal<FileError>([] { load_dataset("cifar10", "test"); }), AllOf(HasSubstr("test_batch.bin"), HasSubstr("cairn data get cifar10")));
  // Any archive of pictures by class will do for the reader: here PNG files in a tar that is not packed.
  std::string archive;
  for (const char* part : {"train", "test"})
    for (size_t k = 0; k < 2; k++)
      for (size_t label = 0; label < 10; label++) {
        const Image p{32, 32, 3, std::vector<uint8_t>(3072, uint8_t(10 * label + k))};
        archive += tar_entry(std::string("cifar/") + part + "/" + info.classes[label] + "/000" + std::to_string(k) + ".jpg", encode_png(p));
      }
  mirror.put("cifar10/cifar10-jpg.tar.zst", archive + std::string(1024, '\0'));
  EXPECT_TRUE(have_dataset(info));
  const Labelled train = load_dataset("cifar10", "train");
  EXPECT_EQ(train.x.shape(), (Shape{20, 3, 32, 32}));
  EXPECT_EQ(train.note, "from the JPEG copy");
  EXPECT_EQ(train.files, std::vector<std::string>{cache / "data/cifar10/from-jpeg/train.bin"});
  for (int64_t i = 0; i < 20; i++) {
    EXPECT_EQ(train.y.at({i}), double(i % 10));
    EXPECT_EQ(train.x.at({i, 1, 5, 7}), double(10 * (i % 10) + i / 10));
  }
  const std::string decoded = cache / "data/cifar10/from-jpeg/", sound = read_file(decoded + "test.bin");
  std::string flipped = sound;
  flipped[3000] = char(flipped[3000] ^ 1);
  for (const std::string& bytes : {flipped, sound.substr(0, 19 * 3073), sound.substr(0, 100), std::string()}) {
    write_file(decoded + "test.bin", bytes);
    ::testing::internal::CaptureStderr();
    EXPECT_EQ(load_dataset("cifar10", "test").size(), 20);
    EXPECT_THAT(::testing::internal::GetCapturedStderr(), AllOf(HasSubstr("from-jpeg/test.bin is damaged"), HasSubstr("made anew")));
    EXPECT_EQ(read_file(decoded + "test.bin"), sound);
  }
  write_file(decoded + "counts.json", "{");
  EXPECT_EQ(load_dataset("cifar10", "test").size(), 20);
  EXPECT_THAT(read_file(decoded + "counts.json"), HasSubstr("test_crc32"));
  std::vector<std::string> said;
  const auto say = [&](const std::string& line) { said.push_back(line); };
  info.convert(info, "", cache / "data/cifar10", say);
  EXPECT_THAT(said, ::testing::ElementsAre("from-jpeg: already there"));
  write_file(decoded + "test.bin", flipped);
  info.convert(info, "", cache / "data/cifar10", say);
  EXPECT_EQ(read_file(decoded + "test.bin"), sound) << "to fetch mends, too";

  write_file(decoded + "counts.json", R"({"train": 20, "test": 20})");  // as an older release wrote it: only the size can be seen
  EXPECT_EQ(load_dataset("cifar10", "test").size(), 20);
  std::filesystem::remove_all(mirror / "cifar10");  // the second time it comes from the cache
  EXPECT_EQ(load_dataset("cifar10", "test").size(), 20);
  EXPECT_TRUE(have_dataset(info));
  std::filesystem::resize_file(cache / "data/cifar10/from-jpeg/test.bin", 19 * 3073);  // cut between two pictures
  EXPECT_THAT(refusal<FileError>([] { load_dataset("cifar10", "test"); }),
              AllOf(HasSubstr("from-jpeg/test.bin is damaged: it has 19 records of 3073 bytes where 20 belong"), HasSubstr("cifar10-jpg.tar.zst"),
                    HasSubstr("cairn data get cifar10")));
}

TEST(GetDataset, takes_the_files_out_of_an_archive_and_verifies_both) {
  TempFolder cache, source;
  Env c("CAIRN_CACHE", cache.path());
  DatasetInfo info = small("the content");
  const std::string archive = tar_entry("folder/other.bin", "no") + tar_entry("folder/a.bin", "the content") + std::string(1024, '\0'),
                    digest = sha256(archive);
  info.archive = {"all.tar", digest.c_str(), ""};
  source.put("all.tar", archive);
  EXPECT_EQ(get_dataset(info, source.path()), cache / "data/small");
  EXPECT_EQ(read_file(cache / "data/small/a.bin"), "the content");

  std::filesystem::remove(cache / "data/small/a.bin");
  source.put("all.tar", archive + "x");
  EXPECT_THAT(refusal<FileError>([&] { get_dataset(info, source.path()); }), AllOf(HasSubstr("all.tar"), HasSubstr(digest)));
  const std::string other = tar_entry("a.bin", "the kontent") + std::string(1024, '\0'), other_digest = sha256(other);
  info.archive.sha256 = other_digest.c_str();
  source.put("all.tar", other);
  EXPECT_THAT(refusal<FileError>([&] { get_dataset(info, source.path()); }), HasSubstr("its file a.bin"));
  EXPECT_FALSE(file_exists(cache / "data/small/a.bin"));
}

// ---- real data, where it is at hand

TEST(RealData, fashion_mnist_is_what_its_description_says) {
  const DatasetInfo& info = dataset_named("fashion-mnist");
  if (!have_dataset(info)) GTEST_SKIP() << "the package dataset-fashion-mnist is not installed";
  for (const DataFile& f : info.files) EXPECT_EQ(content_digest(find_data_file(info, f.name)).sha256, f.sha256) << f.name;
  const Labelled test = load_dataset("fashion-mnist", "test");
  EXPECT_EQ(test.x.shape(), (Shape{10000, 1, 28, 28}));
  for (int64_t c = 0; c < 10; c++) EXPECT_EQ(sum(eq(test.y, Tensor(c))).item(), 1000);
}

TEST(RealData, mnist_is_what_its_description_says) {
  const DatasetInfo& info = dataset_named("mnist");
  if (!have_dataset(info)) GTEST_SKIP() << "MNIST is not at hand (CAIRN_DATA_MIRROR)";
  for (const DataFile& f : info.files) EXPECT_EQ(content_digest(find_data_file(info, f.name)).sha256, f.sha256) << f.name;
  EXPECT_EQ(load_dataset("mnist", "train").x.shape(), (Shape{60000, 1, 28, 28}));
}

}  // namespace
}  // namespace cairn
