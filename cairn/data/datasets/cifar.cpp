#include <cairn/data/datasets/cifar.h>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/io/bytes.h>

namespace cairn {
namespace {

constexpr uint64_t pixels = 3 * 32 * 32;

}  // namespace

Labelled read_cifar(const std::vector<std::string>& paths, int label_bytes, const std::vector<std::string>& classes, int which, uint64_t bytes) {
  if (which < 0) which = label_bytes - 1;
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
    if (bytes && size != bytes)
      corrupt(path, std::min(size, bytes), fmt::format("{} records of {} bytes", bytes / record, record), fmt::format("{} of them", size / record),
              "a file of this data set always has as many; fetch it again.");
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
        *label = uint8_t(r[which]);
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
  data.files = paths;
  return data;
}

std::string look_for_cifar(const DatasetInfo& info, const std::string& file, const std::string& folder, const std::string& from) {
  const std::string path = look_for_data_file(info, folder + "/" + file, from);
  return path.empty() ? look_for_data_file(info, file, from) : path;
}

}  // namespace cairn
