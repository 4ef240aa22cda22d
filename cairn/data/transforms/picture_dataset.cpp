#include <cairn/data/transforms/picture_dataset.h>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/threads.h>

namespace cairn::transforms {
namespace {

class TensorPictures : public PictureStore {
 public:
  explicit TensorPictures(const Tensor& x) {
    if (x.dtype() != u8) throw DtypeError(std::string("[pictures_of] pictures must be bytes (u8), they are ") + cairn::name_of(x.dtype()) + ".");
    if (x.rank() != 4 || (x.size(1) != 1 && x.size(1) != 3) || x.size(2) < 1 || x.size(3) < 1)
      throw ShapeError("[pictures_of] pictures must be [n, 1, height, width] or [n, 3, height, width] (x " + x.shape().str() + ").");
    pixels_ = x.array().contiguous() ? x.array() : contiguous_copy(x.array());
    bytes_ = x.size(1) * x.size(2) * x.size(3);
  }
  int64_t size() const override { return pixels_.size(0); }
  Look get(int64_t i, Planes&) const override {
    return {static_cast<const uint8_t*>(pixels_.raw()) + i * bytes_, pixels_.size(1), pixels_.size(2), pixels_.size(3)};
  }
  void prefetch(int64_t i) const override {
    const uint8_t* p = static_cast<const uint8_t*>(pixels_.raw()) + i * bytes_;
    for (int64_t at = 0; at < std::min<int64_t>(bytes_, 4096); at += 64) __builtin_prefetch(p + at);
  }

 private:
  Array pixels_;
  int64_t bytes_ = 0;
};

}  // namespace

std::shared_ptr<const PictureStore> pictures_of(const Tensor& x) { return std::make_shared<TensorPictures>(x); }

PictureDataset::PictureDataset(std::shared_ptr<const PictureStore> pictures, Tensor y, Compose transform)
    : pictures_(std::move(pictures)), labels_({{"y", y}}), rows_({{"y", y}}), transform_(std::move(transform)) {
  if (rows_.size() != pictures_->size())
    throw ShapeError(fmt::format("[PictureDataset] there must be one label a picture ({} pictures, y {}).", pictures_->size(), y.shape().str()));
}

Batch PictureDataset::read(Indices indices, const Pass& pass) const {
  const int64_t n = int64_t(indices.size());
  Batch labels = rows_.read(indices, pass);
  if (n == 0) return {{"x", zeros({0, 1, 1, 1}, transform_.normalizes() ? f32 : u8)}, {"y", labels["y"]}};

  // The first example says what the others have to be like.
  Planes space;
  Sample sample(pictures_->get(indices[0], space));
  transform_.apply(sample, pass, indices[0]);
  const Shape one{sample.channels(), sample.height(), sample.width()};
  Array x({n, one[0], one[1], one[2]}, transform_.normalizes() ? f32 : u8);
  const int64_t length = one.numel();
  const auto write = [&](Sample& s, int64_t i) {
    if (transform_.normalizes()) s.write(x.ptr<float>() + i * length);
    else s.write(x.ptr<uint8_t>() + i * length);
  };
  write(sample, 0);
  const int64_t grain = pictures_->slow() ? 1 : std::max<int64_t>(1, (1 << 18) / length);
  parallel_for(n - 1, grain, [&](int64_t begin, int64_t end) {
    Planes own_space;
    Sample s;
    for (int64_t i = begin + 1; i <= end; i++) {
      if (i + 2 <= end) pictures_->prefetch(indices[size_t(i + 2)]);
      s.reset(pictures_->get(indices[size_t(i)], own_space));
      transform_.apply(s, pass, indices[size_t(i)]);
      if (!(Shape{s.channels(), s.height(), s.width()} == one))
        throw ShapeError(
            fmt::format("[PictureDataset] the pictures of a batch must become one size: example {} became {}, example {} [{}, {}, {}]. Hint: "
                        "let the pipeline end with a crop, or resize both sides.",
                        indices[0], one.str(), indices[size_t(i)], s.channels(), s.height(), s.width()));
      write(s, i);
    }
  });
  return {{"x", Tensor(x)}, {"y", labels["y"]}};
}

Image PictureDataset::original(int64_t index) const {
  if (index < 0 || index >= size()) throw IndexError(fmt::format("example {} does not exist: this data set has {}, numbered from 0.", index, size()));
  Planes space, copy;
  const Look look = pictures_->get(index, space);
  copy.resize(look.channels, look.height, look.width);
  Sample(look).write(copy.values.data());
  return to_image(copy);
}

std::vector<std::vector<Image>> preview(const PictureDataset& data, const std::vector<int64_t>& indices, int versions, uint64_t seed) {
  std::vector<std::vector<Image>> rows;
  for (int64_t i : indices) {
    std::vector<Image> row = {data.original(i)};
    for (int epoch = 0; epoch < versions; epoch++) row.push_back(data.transform().preview(row[0], {seed, epoch}, i));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace cairn::transforms
