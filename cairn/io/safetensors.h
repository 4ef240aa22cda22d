// safetensors: named tensors in one file, without code in it (Hugging Face 2022). A u64 length N (little-endian), N bytes of JSON
// {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ..., "__metadata__": {"key": "text"}}, then the values.
//
//   save("model.safetensors", {{"weight", w}, {"bias", b}});
//   auto tensors = load("model.safetensors");
#pragma once

#include <map>
#include <string>
#include <vector>

#include <cairn/io/bytes.h>
#include <cairn/tensor/tensor.h>

namespace cairn {

using Tensors = std::map<std::string, Tensor>;
using Metadata = std::map<std::string, std::string>;

// Writes atomically and durably (base/disk.h). The bytes are those the reference library writes: values by type (widest first), then
// by name; the header padded with spaces to 8 bytes. Any strides. ConfigError for the name "__metadata__" or a name that is not
// UTF-8; StateError for a tensor without values.
void save(const std::string& path, const Tensors& tensors, const Metadata& metadata = {});

// All tensors of a file, in memory of their own. FileError: what is wrong, at which byte. UnsupportedError when a tensor has a type
// that Cairn has not (U16, F8_E4M3, ...): read the others through SafetensorsFile.
Tensors load(const std::string& path);

// The header of a file, checked completely; values are read when asked for.
class SafetensorsFile {
 public:
  struct Entry {
    std::string name, type;  // type as the file writes it: "F32", "BF16", "U16", ...
    std::vector<int64_t> shape;
    uint64_t begin = 0, end = 0;  // bytes within the buffer that follows the header
  };

  explicit SafetensorsFile(const std::string& path);
  explicit SafetensorsFile(ByteSource source);

  const std::vector<Entry>& entries() const { return entries_; }  // in the order of their bytes
  const Metadata& metadata() const { return metadata_; }
  bool has(const std::string& name) const;
  const Entry& entry(const std::string& name) const;  // FileError with the nearest name when there is none
  Tensor read(const std::string& name) const { return read(entry(name)); }
  Tensor read(const Entry& entry) const;  // UnsupportedError for a type that Cairn has not

 private:
  void parse();
  ByteSource source_;
  uint64_t start_ = 0;  // where the buffer begins in the file
  std::vector<Entry> entries_;
  Metadata metadata_;
};

}  // namespace cairn
