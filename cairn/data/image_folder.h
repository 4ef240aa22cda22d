// Any folder of pictures as a data set: a folder a class, with or without a split.
//
//   FOLDER/train/CLASS/*.jpg   FOLDER/val/CLASS/*   FOLDER/test/CLASS/*          or          FOLDER/CLASS/*.png
//
// Splits are known by their names in any case: train or training; val, valid, validation, dev, devel, eval or evaluation; test or testing.
//
//   ImageFolder flowers("flowers");
//   std::cout << examine(flowers).str();
//   PictureSet train = DecodedCache(flowers, {.shorter = 256}).split("train");         // or flowers.split("train"): decoded each time
//   PictureDataset data(train.pictures, train.labels, Compose{RandomResizedCrop{.height = 224}, HorizontalFlip{}, Normalize{...}});
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <cairn/base/json.h>
#include <cairn/data/transforms/picture_dataset.h>

namespace cairn {

struct PictureFile {
  std::string name;  // below the folder: "train/cat/001.jpg"
  int64_t label = 0;
  uint64_t bytes = 0;
  int64_t modified = 0;  // nanoseconds
};

struct BadPicture {
  std::string file, why;
};

// Pictures of one split and their classes, ready for a PictureDataset.
struct PictureSet {
  std::shared_ptr<const transforms::PictureStore> pictures;
  Tensor labels;                   // i64 [n]
  std::vector<std::string> names;  // of the files
};

struct ImageFolderOptions {
  double train_share = 0.8;  // where the folder has no val or test: of each class; the rest is "test"
  uint64_t seed = 0;         // of that split
  int64_t channels = 3;      // 3: grey pictures become RGB; 1: coloured ones become grey
};

class ImageFolder {
 public:
  // Looks for *.jpg, *.jpeg, *.png, *.ppm and *.pgm in any case, in folders below the classes, too; reads none. What is hidden by its name, and
  // what macOS and Windows lay beside (__MACOSX, Thumbs.db, desktop.ini), is not there for it. FileError: a folder that is not there, no classes
  // or only one, a class without pictures, a class of val or test that train does not have, two folders for one split, splits without train,
  // splits and classes side by side.
  explicit ImageFolder(const std::string& path, const ImageFolderOptions& options = {});
  // The same folder with a split that was written down by split_json(). FileError when a file of it is missing, or listed twice. To evaluate,
  // held_out() alone has to be whole; classes are as they were written down then, and of the other splits missing() pictures may be gone.
  enum class Needed { everything, held_out };
  ImageFolder(const std::string& path, const Json& split, Needed needed = Needed::everything);

  const std::string& path() const { return path_; }
  const ImageFolderOptions& options() const { return options_; }
  const std::vector<std::string>& classes() const { return classes_; }            // sorted
  std::vector<std::string> splits() const;                                        // "train", "val", "test", those that are there
  const std::vector<PictureFile>& files(const std::string& split) const;          // sorted by name; ConfigError for an unknown split
  std::string held_out() const { return parts_.count("test") ? "test" : "val"; }  // the split to evaluate on
  bool was_split() const { return was_split_; }                                   // by train_share and seed, not by its folders
  int64_t ignored() const { return ignored_; }                                    // files that are no pictures by their name
  const std::map<std::string, int64_t>& foreign() const { return foreign_; }      // of those, pictures of formats that are not read: "webp": 3
  std::string foreign_note() const;                                               // in words, with what to do; "" where there are none
  int64_t missing() const { return missing_; }                                    // of a written split, but for held_out()

  std::vector<std::string> untested() const;  // classes of which held_out() has no picture
  std::string untested_note() const;          // the same in words: one sentence without its full stop; "" where there are none
  // Which file is in which split, to be kept beside a run.
  Json split_json() const;
  // Decodes each picture whenever it is asked for, at 1/2, 1/4 or 1/8 of its size where both sides stay at least `at_least`.
  PictureSet split(const std::string& split, int64_t at_least = 0) const;
  Tensor labels(const std::string& split) const;  // i64 [n]
  // Leaves these files out of every split (they are named as BadPicture has them). FileError when a class of train loses its last.
  void leave_out(const std::vector<BadPicture>& bad);
  ImageFolder only_held_out() const;  // without the other splits

 private:
  void scan(const ImageFolderOptions& options, const Json* split, Needed needed);
  void divide(std::vector<PictureFile> all);
  void take_written(std::vector<PictureFile> all, const Json& split, Needed needed);
  void check_every_class_is_learned() const;
  std::string path_;
  ImageFolderOptions options_;
  std::vector<std::string> classes_;
  std::map<std::string, std::vector<PictureFile>> parts_;
  bool was_split_ = false;
  int64_t ignored_ = 0, missing_ = 0;
  std::map<std::string, int64_t> foreign_;
};

// ---- what is in it

struct FolderReport {
  struct Range {
    int64_t least = 0, median = 0, most = 0;
  };
  std::string path;
  std::vector<std::string> classes, splits;
  std::vector<std::vector<int64_t>> counts;  // [split][class], the bad ones included
  Range width, height;
  std::map<std::string, int64_t> formats;  // "JPEG": 120
  std::map<std::string, int64_t> foreign;  // "webp": 3, of the ignored ones
  std::string foreign_note;                // the same in words
  int64_t pictures = 0, grey = 0, turned = 0, ignored = 0;
  uint64_t bytes = 0;
  std::vector<std::string> untested;      // classes of which the split to test on has no picture
  std::string untested_note;              // the same in words
  std::vector<BadPicture> bad, misnamed;  // misnamed: of another format than the ending of their name says; they are read as what they are
  bool decoded = false;                   // every pixel was read, not only the headers
  bool was_split = false;                 // by us
  double imbalance() const;               // of train: the largest class in multiples of the smallest

  std::string str(size_t room = 0) const;  // some lines for people; names of classes are cut where the table is wider than this (0: never)
  Json to_json() const;
};

struct ExamineOptions {
  bool decode = false;  // read every pixel: damage inside of a picture is seen only so
  std::function<void(int64_t done, int64_t all)> progress = {};
};
FolderReport examine(const ImageFolder& folder, const ExamineOptions& options = {});

}  // namespace cairn
