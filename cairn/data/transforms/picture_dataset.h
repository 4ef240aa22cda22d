// A data set of pictures read through a pipeline: "x" of a batch is what the pipeline makes of them, "y" their labels.
//
//   Labelled cifar = load_dataset("cifar10", "train");
//   PictureDataset train(cifar.x, cifar.y, Compose{RandomCrop{.height = 32, .padding = 4}, HorizontalFlip{}, cifar.normalize});
//   DataLoader loader(train, {.batch_size = 128, .shuffle = true, .workers = 1});
#pragma once

#include <memory>

#include <cairn/data/transforms/compose.h>

namespace cairn::transforms {

// Where pictures come from: a tensor, files, a cache of decoded files.
class PictureStore {
 public:
  virtual ~PictureStore() = default;
  virtual int64_t size() const = 0;
  // Picture i: put into `space`, or where it lies while the store lives. Called from several threads at once.
  virtual Look get(int64_t i, Planes& space) const = 0;
  virtual void prefetch(int64_t) const {}      // picture i will be asked for soon
  virtual bool slow() const { return false; }  // each picture is work for a thread of its own: it is decoded
};

// Bytes in memory: x u8 [n, C, H, W], C 1 or 3; made row-major where it is not. DtypeError, ShapeError.
std::shared_ptr<const PictureStore> pictures_of(const Tensor& x);

class PictureDataset : public Dataset {
 public:
  // y: i64 [n], or anything whose first axis counts the examples. ShapeError when it counts others than there are pictures.
  PictureDataset(std::shared_ptr<const PictureStore> pictures, Tensor y, Compose transform);
  PictureDataset(const Tensor& x, Tensor y, Compose transform) : PictureDataset(pictures_of(x), std::move(y), std::move(transform)) {}

  int64_t size() const override { return pictures_->size(); }
  std::vector<std::string> names() const override { return {"x", "y"}; }
  // "x": f32 [b, C, h, w] when the pipeline normalises, else u8. ShapeError naming two examples when it gives several sizes.
  Batch read(Indices indices, const Pass& pass) const override;

  const Compose& transform() const { return transform_; }
  const Tensor& labels() const { return labels_.fields()[0].second; }
  PictureDataset with(Compose transform) const { return {pictures_, labels(), std::move(transform)}; }  // the same pictures otherwise
  Image original(int64_t index) const;                                                                  // IndexError

 private:
  std::shared_ptr<const PictureStore> pictures_;
  Batch labels_;
  TensorDataset rows_;  // of the labels
  Compose transform_;
};

// For a grid to look at: each picture as it is, then `versions` of it through the pipeline, as epochs 0, 1, 2 ... would see it.
std::vector<std::vector<Image>> preview(const PictureDataset& data, const std::vector<int64_t>& indices, int versions = 6, uint64_t seed = 0);

}  // namespace cairn::transforms
