#include <cairn/data/image_folder.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/disk.h>
#include <cairn/data/transforms/transforms.h>
#include <cairn/io/image.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/small_data.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

using ::testing::HasSubstr;
using transforms::CenterCrop;
using transforms::Compose;
using transforms::HorizontalFlip;
using transforms::PictureDataset;

std::string jpeg() { return read_file(std::string(CAIRN_SOURCE_DIR) + "/tests/fuzz/corpus/image/jpeg-colours"); }  // 20 x 17

// cats 12, dogs 6, as one folder a class.
void put_pets(const TempFolder& folder, const std::string& below = "pets") {
  for (int i = 0; i < 12; i++) folder.put(below + "/cat/" + std::to_string(100 + i) + ".png", shaded_png(8 + i, 9, i));
  for (int i = 0; i < 6; i++) folder.put(below + "/dog/" + std::to_string(100 + i) + ".PNG", shaded_png(8, 9 + i, 100 + i));
}

TEST(ImageFolder, finds_classes_and_splits_in_folders) {
  const TempFolder folder;
  put_pets(folder, "pets/train");
  folder.put("pets/validation/dog/a.jpg", jpeg());
  folder.put("pets/test/cat/deeper/b.jpeg", jpeg());
  folder.put("pets/test/cat/notes.txt", "not a picture");
  folder.put("pets/test/cat/.hidden.png", "?");
  folder.put("pets/README.md", "text");
  const ImageFolder pets(folder / "pets");
  EXPECT_EQ(pets.classes(), (std::vector<std::string>{"cat", "dog"}));
  EXPECT_EQ(pets.splits(), (std::vector<std::string>{"train", "val", "test"}));
  EXPECT_EQ(pets.held_out(), "test");
  EXPECT_FALSE(pets.was_split());
  EXPECT_EQ(pets.ignored(), 1);
  ASSERT_EQ(pets.files("train").size(), 18u);
  EXPECT_EQ(pets.files("train")[12].name, "train/dog/100.PNG");
  EXPECT_EQ(pets.files("train")[12].label, 1);
  EXPECT_EQ(pets.files("test")[0].name, "test/cat/deeper/b.jpeg");
  EXPECT_EQ(pets.labels("val").to_vector<int64_t>(), (std::vector<int64_t>{1}));
  EXPECT_THAT(message_of<ConfigError>([&] { pets.files("dev"); }), HasSubstr("no split 'dev', only train, val, test"));
}

TEST(ImageFolder, without_a_split_divides_each_class_and_writes_down_how) {
  const TempFolder folder;
  put_pets(folder);
  const ImageFolder a(folder / "pets", {.train_share = 2.0 / 3, .seed = 4}), b(folder / "pets/", {.train_share = 2.0 / 3, .seed = 4});
  EXPECT_TRUE(a.was_split());
  EXPECT_EQ(a.files("train").size(), 12u);
  int dogs = 0;
  for (const PictureFile& f : a.files("test")) dogs += f.label == 1;
  EXPECT_EQ(dogs, 2);
  EXPECT_EQ(a.split_json(), b.split_json());
  const ImageFolder other(folder / "pets", {.train_share = 2.0 / 3, .seed = 5});
  EXPECT_NE(a.split_json().at("splits"), other.split_json().at("splits"));

  // The written split holds although a picture was added; one that is missing is an error.
  const Json written = Json::parse(a.split_json().dump(2));
  folder.put("pets/cat/zzz.png", shaded_png(5, 5, 1));
  const ImageFolder again(folder / "pets", written);
  EXPECT_EQ(again.split_json(), a.split_json());
  std::filesystem::remove(folder / ("pets/" + a.files("test")[0].name));
  EXPECT_THAT(message_of<FileError>([&] { ImageFolder(folder / "pets", written); }),
              HasSubstr("of the written split 'test' is not there (any more). Hint: bring it back"));
  EXPECT_THROW(ImageFolder(folder / "pets", Json::parse("{\"seed\":1}")), FileError);

  Json twice = written;
  twice["splits"]["test"].push_back(a.files("train")[0].name);
  EXPECT_THAT(message_of<FileError>([&] { ImageFolder(folder / "pets", twice); }),
              HasSubstr("lists " + a.files("train")[0].name + " twice, in 'train' and in 'test'"));
}

TEST(ImageFolder, to_evaluate_a_written_split_only_what_is_tested_must_be_whole) {
  const auto tested = [](const std::string& path, const Json& written) { return ImageFolder(path, written, ImageFolder::Needed::held_out); };
  for (const bool divided : {true, false}) {
    SCOPED_TRACE(divided ? "divided by seed" : "by folders");
    const TempFolder folder;
    if (divided) {
      put_pets(folder);
    } else {
      for (const char* split : {"train", "val", "test"}) put_pets(folder, std::string("pets/") + split);
    }
    const std::string path = folder / "pets";
    const ImageFolder before(path);
    const Json written = before.split_json();
    const auto remove = [&](const std::string& name) { std::filesystem::remove(path + "/" + name); };
    EXPECT_EQ(tested(path, written).missing(), 0);
    remove(before.files("train")[0].name);
    EXPECT_THAT(message_of<FileError>([&] { ImageFolder(path, written); }), HasSubstr("of the written split 'train' is not there"));
    EXPECT_EQ(tested(path, written).missing(), 1);
    for (const PictureFile& f : before.files("train"))
      if (f.label == 1) remove(f.name);  // a class of which only pictures to test on are left
    EXPECT_THAT(message_of<FileError>([&] { ImageFolder(path, written); }),
                AnyOf(HasSubstr("others. Hint: bring them back"), HasSubstr("no pictures")));
    const ImageFolder left = tested(path, written).only_held_out();
    EXPECT_EQ(left.splits(), (std::vector<std::string>{"test"}));
    EXPECT_EQ(left.classes(), before.classes());
    EXPECT_EQ(left.was_split(), divided);
    EXPECT_EQ(left.labels("test").to_vector<int64_t>(), before.labels("test").to_vector<int64_t>());
    if (!divided) {
      std::filesystem::remove_all(path + "/train");
      EXPECT_EQ(tested(path, written).missing(), 18);
      std::filesystem::remove_all(path + "/val");
      EXPECT_EQ(tested(path, written).missing(), 36);
    }
    remove(before.files("test")[1].name);
    EXPECT_THAT(message_of<FileError>([&] { tested(path, written); }), HasSubstr("of the written split 'test' is not there"));
  }
}

TEST(ImageFolder, a_class_may_be_called_train) {
  const TempFolder folder;
  folder.put("vehicles/train/1.png", shaded_png(5, 5, 1));
  folder.put("vehicles/train/2.png", shaded_png(5, 5, 2));
  folder.put("vehicles/car/1.png", shaded_png(5, 5, 3));
  folder.put("vehicles/car/2.png", shaded_png(5, 5, 4));
  EXPECT_EQ(ImageFolder(folder / "vehicles", {.train_share = 0.5}).classes(), (std::vector<std::string>{"car", "train"}));
}

TEST(ImageFolder, knows_splits_by_their_usual_names_in_any_case) {
  const auto splits_of = [](const std::vector<std::string>& names) {
    const TempFolder folder;
    for (const std::string& name : names) put_pets(folder, "pets/" + name);
    folder.put("pets/annotations/list.txt", "no pictures: left aside");
    const ImageFolder pets(folder / "pets");
    EXPECT_EQ(pets.classes(), (std::vector<std::string>{"cat", "dog"})) << names[0];
    EXPECT_EQ(pets.was_split(), names.size() == 1) << names[0];
    EXPECT_TRUE(pets.files("train")[0].name.starts_with(names[0] + "/")) << pets.files("train")[0].name;
    return pets.splits();
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(splits_of({"Train", "Test"}), (Names{"train", "test"}));
  EXPECT_EQ(splits_of({"train", "Test"}), (Names{"train", "test"}));
  EXPECT_EQ(splits_of({"TRAIN", "VAL", "TEST"}), (Names{"train", "val", "test"}));
  EXPECT_EQ(splits_of({"training", "testing"}), (Names{"train", "test"}));
  for (const char* val : {"val", "Valid", "validation", "dev", "devel", "eval", "Evaluation"})
    EXPECT_EQ(splits_of({"train", val}), (Names{"train", "val"}));
  EXPECT_EQ(splits_of({"Training"}), (Names{"train", "test"})) << "a fifth is held out";
}

TEST(ImageFolder, refuses_folders_that_can_be_read_in_two_ways) {
  const TempFolder folder;
  const auto refused = [&](const std::string& name) { return message_of<FileError>([&] { ImageFolder(folder / name); }); };
  for (const char* split : {"train", "dev", "Val"}) put_pets(folder, std::string("twice/") + split);
  EXPECT_THAT(refused("twice"), AllOf(HasSubstr("more than one folder for the split 'val': Val, dev. Hint: join them")));
  put_pets(folder, "mixed/train");
  put_pets(folder, "mixed");
  EXPECT_THAT(refused("mixed"),
              AllOf(HasSubstr("train is a split by name, cat, dog look like classes"), HasSubstr("Hint: either train/CLASS/*.jpg")));
  put_pets(folder, "flat");
  for (const char* name : {"flat/train/1.png", "flat/test/1.png"}) folder.put(name, shaded_png(5, 5, 1));
  EXPECT_THAT(refused("flat"), HasSubstr("test, train are splits by name, cat, dog look like classes"));
  for (const char* split : {"Test", "val"}) put_pets(folder, std::string("untrained/") + split);
  EXPECT_THAT(refused("untrained"), HasSubstr("has splits by name (Test, val), but no folder 'train'"));
  // Pictures of no class, as of a contest: not two classes "test" and "train".
  for (int i = 0; i < 3; i++)
    for (const char* split : {"train", "test"}) folder.put("contest/" + std::string(split) + "/" + std::to_string(i) + ".png", shaded_png(5, 5, i));
  EXPECT_THAT(refused("contest"), HasSubstr("contest/train holds 3 pictures, but no folders of classes"));
  put_pets(folder, "unlabelled/train");
  folder.put("unlabelled/test/1.png", shaded_png(5, 5, 1));
  EXPECT_THAT(refused("unlabelled"), HasSubstr("unlabelled/test holds 1 picture, but no folders of classes"));
}

TEST(ImageFolder, names_classes_of_which_no_picture_is_held_out) {
  const TempFolder folder;
  put_pets(folder);
  EXPECT_EQ(ImageFolder(folder / "pets").untested_note(), "");
  EXPECT_EQ(examine(ImageFolder(folder / "pets")).str().find("Warning"), std::string::npos);
  folder.put("pets/fish/1.png", shaded_png(8, 9, 1));
  const ImageFolder divided(folder / "pets");
  EXPECT_EQ(divided.untested(), (std::vector<std::string>{"fish"}));
  EXPECT_EQ(divided.untested_note(), "no picture of the class 'fish' is in test, so how well it is told is not measured; it needs more pictures");
  const FolderReport report = examine(divided);
  EXPECT_THAT(report.str(), HasSubstr("  Warning: no picture of the class 'fish' is in test"));
  EXPECT_EQ(report.to_json().at("untested").dump(), "[\"fish\"]");

  put_pets(folder, "split/train");
  folder.put("split/train/fish/1.png", shaded_png(8, 9, 1));
  folder.put("split/val/cat/1.png", shaded_png(8, 9, 1));
  EXPECT_EQ(ImageFolder(folder / "split").untested_note(),
            "no picture of the classes 'dog', 'fish' is in val, so how well they are told is not measured");
}

TEST(ImageFolder, what_other_systems_lay_beside_pictures_is_not_there) {
  const TempFolder folder;
  put_pets(folder);
  const ImageFolder plain(folder / "pets");
  for (const char* name : {"pets/__MACOSX/pets/cat/._100.png", "pets/__MACOSX/pets/cat/1.png", "pets/cat/__MACOSX/1.png", "pets/Thumbs.db",
                           "pets/dog/THUMBS.DB", "pets/cat/desktop.ini", "pets/cat/.DS_Store"})
    folder.put(name, shaded_png(5, 5, 1));
  const ImageFolder pets(folder / "pets");
  EXPECT_EQ(pets.classes(), plain.classes());
  EXPECT_EQ(pets.split_json(), plain.split_json());
  EXPECT_EQ(pets.ignored(), 0);
  put_pets(folder, "split/train");
  put_pets(folder, "split/test");
  folder.put("split/__MACOSX/train/cat/1.png", shaded_png(5, 5, 1));
  EXPECT_EQ(ImageFolder(folder / "split").splits(), (std::vector<std::string>{"train", "test"}));
}

TEST(ImageFolder, names_pictures_of_formats_that_are_not_read) {
  const TempFolder folder;
  put_pets(folder);
  EXPECT_EQ(ImageFolder(folder / "pets").foreign_note(), "");
  for (const char* name : {"pets/cat/a.webp", "pets/cat/b.WEBP", "pets/dog/c.heic", "pets/dog/notes.txt"}) folder.put(name, "...");
  const ImageFolder pets(folder / "pets");
  EXPECT_EQ(pets.ignored(), 4);
  EXPECT_EQ(pets.foreign(), (std::map<std::string, int64_t>{{"webp", 2}, {"heic", 1}}));
  const FolderReport report = examine(pets);
  EXPECT_THAT(report.str(),
              AllOf(HasSubstr("4 other files left aside"), HasSubstr("  Left aside: 3 pictures of formats that are not read (1 heic, 2 webp). Hint: `"
                                                                     "mogrify -format png *.heic`")));
  EXPECT_EQ(report.to_json().at("foreign").dump(), "{\"heic\":1,\"webp\":2}");
  folder.put("pets/fish/1.tiff", "...");
  EXPECT_THAT(message_of<FileError>([&] { ImageFolder(folder / "pets"); }),
              HasSubstr("fish holds no pictures (*.jpg, *.jpeg, *.png, *.ppm, *.pgm), but 1 picture of a format that is not read (1 tiff). Hint: "));
}

TEST(ImageFolder, says_what_is_wrong_with_a_folder) {
  const TempFolder folder;
  const auto refused = [&](const std::string& name) { return message_of<FileError>([&] { ImageFolder(folder / name); }); };
  EXPECT_THAT(refused("nowhere"), HasSubstr("there is no folder "));
  folder.put("file.png", shaded_png(5, 5, 1));
  EXPECT_THAT(refused("file.png"), HasSubstr("file.png is a file, not a folder. Hint: name the folder"));
  std::filesystem::create_directory(folder / "bare");
  EXPECT_THAT(refused("bare"), AllOf(HasSubstr("bare holds neither pictures nor folders of classes."), HasSubstr("bare/cat/1.jpg")));
  folder.put("loose/1.png", shaded_png(5, 5, 1));
  EXPECT_THAT(refused("loose"), AllOf(HasSubstr("loose holds 1 picture, but no folders of classes"), HasSubstr("Hint: put the pictures")));
  folder.put("one/cat/1.png", shaded_png(5, 5, 1));
  EXPECT_THAT(refused("one"), HasSubstr("the class 'cat' alone"));
  put_pets(folder, "empty");
  folder.put("empty/fish/notes.txt", "none yet");
  EXPECT_THAT(refused("empty"), HasSubstr("empty/fish holds no pictures (*.jpg"));
  put_pets(folder, "unknown/train");
  folder.put("unknown/test/dgo/1.png", shaded_png(5, 5, 1));
  EXPECT_THAT(refused("unknown"), AllOf(HasSubstr("the class 'dgo' is not in train"), HasSubstr("Did you mean 'dog'?")));
  folder.put("few/a/1.png", shaded_png(5, 5, 1));
  folder.put("few/b/1.png", shaded_png(5, 5, 1));
  EXPECT_THROW(ImageFolder(folder / "few", {.train_share = 0.5}), FileError);
  EXPECT_THAT(refused("few"), HasSubstr("few holds 2 pictures, too few to learn from some and to test on others"));
  put_pets(folder, "fine");
  EXPECT_THROW(ImageFolder(folder / "fine", {.train_share = 1}), ConfigError);
  EXPECT_THROW(ImageFolder(folder / "fine", {.channels = 2}), ConfigError);
}

TEST(ImageFolder, decodes_pictures_into_batches) {
  const TempFolder folder;
  put_pets(folder, "pets/train");
  put_pets(folder, "pets/test");
  for (int64_t channels : {1, 3}) {
    const ImageFolder pets(folder / "pets", {.channels = channels});
    const PictureSet train = pets.split("train");
    const PictureDataset data(train.pictures, train.labels, {CenterCrop{8}, Normalize{}});
    const Batch b = data.get_batch(std::vector<int64_t>{0, 17});
    EXPECT_EQ(b["x"].shape(), (Shape{2, channels, 8, 8}));
    EXPECT_EQ(b["y"].to_vector<int64_t>(), (std::vector<int64_t>{0, 1}));
    EXPECT_EQ(train.names[17], "train/dog/105.PNG");
  }
}

TEST(ImageFolder, a_damaged_picture_is_named) {
  const TempFolder folder;
  put_pets(folder, "pets/train");
  put_pets(folder, "pets/test");
  folder.put("pets/train/cat/105.png", shaded_png(30, 30, 1).substr(0, 60));
  const PictureSet train = ImageFolder(folder / "pets").split("train");
  const PictureDataset data(train.pictures, train.labels, {CenterCrop{8}});
  EXPECT_THAT(message_of<FileError>([&] { data.get(5); }), AllOf(HasSubstr("pets/train/cat/105.png"), HasSubstr("a sound PNG")));
}

TEST(FolderReport, counts_classes_sizes_formats_and_bad_files) {
  const TempFolder folder;
  put_pets(folder, "pets/train");
  folder.put("pets/test/cat/a.jpg", jpeg());
  folder.put("pets/test/cat/b.png", shaded_png(300, 5, 1, 1));
  folder.put("pets/test/dog/empty.jpg", "");
  folder.put("pets/test/dog/page.jpg", "<html>404</html>");
  const std::string whole = shaded_png(40, 40, 3);
  folder.put("pets/test/dog/cut.png", whole.substr(0, whole.size() - 30));
  const ImageFolder pets(folder / "pets");
  const FolderReport headers = examine(pets);
  EXPECT_EQ(headers.bad.size(), 2u) << "a header says nothing of the pixels";
  int64_t last = 0;
  const FolderReport r =
      examine(pets, {.decode = true, .progress = [&](int64_t done, int64_t all) { last = all == 23 ? std::max(last, done) : -1; }});
  EXPECT_EQ(last, 23);
  EXPECT_EQ(r.pictures, 23);
  ASSERT_EQ(r.bad.size(), 3u);
  EXPECT_EQ(r.bad[0].file, "test/dog/cut.png");
  EXPECT_THAT(r.bad[1].why, AllOf(HasSubstr("test/dog/empty.jpg"), HasSubstr("an empty file")));
  EXPECT_EQ(r.counts, (std::vector<std::vector<int64_t>>{{12, 6}, {2, 3}}));
  EXPECT_EQ(r.imbalance(), 2);
  EXPECT_EQ(r.width.most, 300);
  EXPECT_EQ(r.width.least, 8);
  EXPECT_EQ(r.height.least, 5);
  EXPECT_EQ(r.formats.at("JPEG"), 1);
  EXPECT_EQ(r.formats.at("PNG"), 19);
  EXPECT_EQ(r.grey, 1);
  EXPECT_THAT(r.str(), AllOf(HasSubstr("23 pictures of 2 classes"), HasSubstr("cat         12        2"), HasSubstr("3 bad:"),
                             HasSubstr("an HTML page"), HasSubstr("2.0 times the pictures")));
  EXPECT_EQ(r.to_json().at("counts").at("test").dump(), "[2,3]");
  EXPECT_EQ(r.to_json().at("bad").size(), 3u);
  EXPECT_TRUE(r.misnamed.empty());
}

TEST(FolderReport, lists_pictures_whose_names_say_another_format) {
  const TempFolder folder;
  put_pets(folder, "pets/train");
  folder.put("pets/train/cat/photo.JPG", shaded_png(20, 20, 1));
  folder.put("pets/train/dog/drawing.png", jpeg());
  const FolderReport r = examine(ImageFolder(folder / "pets"), {.decode = true});
  EXPECT_TRUE(r.bad.empty());
  ASSERT_EQ(r.misnamed.size(), 2u);
  EXPECT_THAT(r.str(), AllOf(HasSubstr("2 with the name of another format"), HasSubstr("All pictures are sound"),
                             HasSubstr("photo.JPG is a JPEG file by its name and PNG by its contents"),
                             HasSubstr("drawing.png is a PNG file by its name and JPEG by its contents")));
  EXPECT_EQ(r.to_json().at("misnamed").size(), 2u);
}

}  // namespace
}  // namespace cairn
