#include <cairn/data/datasets/idx_pictures.h>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/io/idx.h>

namespace cairn {

Labelled load_idx_pictures(const DatasetInfo& info, const std::string& split, const std::string& from) {
  const std::string part = split == "train" ? "train" : "t10k";
  const std::string images = find_data_file(info, part + "-images-idx3-ubyte.gz", from),
                    labels = find_data_file(info, part + "-labels-idx1-ubyte.gz", from);
  const Tensor x = load_idx(images), y = load_idx(labels);
  if (x.dtype() != u8 || x.rank() != 3)
    corrupt(images, 2, "pictures: u8 with three axes (08 03)", fmt::format("{} with {}", name_of(x.dtype()), x.rank()));
  if (y.dtype() != u8 || y.rank() != 1)
    corrupt(labels, 2, "labels: u8 with one axis (08 01)", fmt::format("{} with {}", name_of(y.dtype()), y.rank()));
  if (x.size(0) != y.size(0)) corrupt(labels, 4, fmt::format("{} labels, as there are pictures", x.size(0)), fmt::format("{}", y.size(0)));
  Labelled data;
  const Array& a = x.array();
  data.x = Tensor(a.reshaped({x.size(0), 1, x.size(1), x.size(2)}));
  data.y = Tensor(cast_copy(y.array(), i64));
  check_labels(labels, data.y, int64_t(info.classes.size()));
  data.classes = info.classes;
  data.normalize = {{0.5}, {0.5}};
  data.files = {images, labels};
  return data;
}

}  // namespace cairn
