// The catalogue of data sets. One file in datasets/ describes one: what it is, whose it is, its files, and how to read it. CMake collects
// every line `const DatasetInfo NAME_dataset = {`.
//
//   Labelled train = load_dataset("fashion-mnist", "train");       // x: u8 [60000, 1, 28, 28], y: i64 [60000]
//   DataLoader loader(train.dataset(), {.batch_size = 64, .shuffle = true});
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <cairn/data/tensor_dataset.h>

namespace cairn {

// One split, in memory.
struct Labelled {
  Tensor x;                           // pictures: u8 [n, channels, height, width]; tables: f32 [n, features]
  Tensor y;                           // classes: i64 [n]; numbers to predict: f32 [n, 1]
  std::vector<std::string> classes;   // by label; empty for regression
  std::vector<std::string> features;  // names of a table's columns; empty for pictures
  Normalize normalize;                // of pictures: the data set's usual one
  std::vector<std::string> files;     // that it was read from
  std::string note;                   // what must be said beside every score on it ("from the JPEG copy"); mostly empty

  int64_t size() const { return x.size(0); }
  bool pictures() const { return x.rank() == 4; }
  TensorDataset dataset() const;  // "x" and "y"; pictures normalised
};

struct DataFile {
  const char* name;    // "train-images-idx3-ubyte.gz"
  uint64_t bytes;      // of its content: unpacked where it is a .gz
  const char* sha256;  // of its content: unpacked where it is a .gz, because wrappers differ; "" when not published
  const char* url;     // its home; "" when it comes another way
};

// An archive that holds the files, at the data set's home.
struct DataArchive {
  const char* name = "";    // "cifar-10-binary.tar.gz"
  const char* sha256 = "";  // of the packed archive
  const char* url = "";
};

struct DatasetInfo {
  const char* name;  // "fashion-mnist"
  const char* title;
  const char* description;
  const char* licence;
  const char* citation;
  const char* package;        // the Debian package that installs it, or ""
  const char* system_folder;  // where that package puts it, or ""
  std::vector<DataFile> files;
  std::vector<std::string> splits;   // {"train", "test"}; {"all"} for tables
  std::vector<std::string> classes;  // empty: regression
  const char* shape;                 // "60,000 + 10,000 pictures, 1 x 28 x 28, u8"
  // Reads a split. `from`: a folder to look into first, or "". ConfigError for an unknown split; FileError when missing or damaged.
  Labelled (*load)(const DatasetInfo& info, const std::string& split, const std::string& from);
  DataArchive archive = {};
  std::vector<const char*> instead = {};  // other files of a mirror or the cache, any of which load() can do with
  // Makes what load() reads from another form of the data in a mirror (or `from`), in the folder `to`; false when there is none. May be null.
  bool (*convert)(const DatasetInfo& info, const std::string& from, const std::string& to,
                  const std::function<void(const std::string&)>& say) = nullptr;
  // Labelled::note of what is here, without reading it. May be null: there is nothing to say then.
  std::string (*note)(const DatasetInfo& info, const std::string& from) = nullptr;
};

const std::vector<const DatasetInfo*>& all_datasets();
const DatasetInfo& dataset_named(const std::string& name);  // ConfigError with the nearest name
// did_you_mean() for names of data sets, of which a part will do: "fashon" means fashion-mnist. "" where nothing is near and `list` is false.
std::string did_you_mean_data(const std::string& name, const std::vector<std::string>& names, bool list = true);
Labelled load_dataset(const std::string& name, const std::string& split, const std::string& from = "");

// Where a file of a data set lies. Looked for in: `from` (as FROM/NAME/FILE or FROM/FILE), CAIRN_DATA_MIRROR/NAME, the cache, the package's
// folder, the tables that come with Cairn. FileError, saying where it looked and how to get it, when it is nowhere.
std::string find_data_file(const DatasetInfo& info, const std::string& file, const std::string& from = "");
// The same, or "" when it is nowhere.
std::string look_for_data_file(const DatasetInfo& info, const std::string& file, const std::string& from = "");
bool have_dataset(const DatasetInfo& info, const std::string& from = "");
std::string data_cache_folder();  // CAIRN_CACHE/data, else XDG_CACHE_HOME/cairn/data, else ~/.cache/cairn/data

// What `cairn data get` does: brings every file into the cache, from `from`, the mirror, or its home on the network (by the program curl;
// goes on where an earlier try stopped), and verifies it. A file in the cache is always whole. Returns the folder.
// `say` hears one line a file. FileError when a file cannot be had or is not what it should be.
std::string get_dataset(const DatasetInfo& info, const std::string& from = "", const std::function<void(const std::string&)>& say = {});

// SHA-256 of the content of a file (unpacked where it is gzip-compressed), and its length: what DataFile promises.
struct ContentDigest {
  uint64_t bytes = 0;
  std::string sha256;
};
ContentDigest content_digest(const std::string& path);

// ConfigError unless `split` is one of the data set's.
void check_split(const DatasetInfo& info, const std::string& split);
// IndexError naming the first label outside [0, classes) and its example.
void check_labels(const std::string& name, const Tensor& y, int64_t classes);

}  // namespace cairn
