// Examples that lie in memory as tensors: row i of each is example i. Pixels stay u8 (a quarter of the memory to hold and to fetch) and
// become f32 while a batch is gathered.
#pragma once

#include <cairn/data/dataset.h>

namespace cairn {

// How stored values become a model's input, one mean and deviation a channel (axis 1 of the tensor) or one for all:
//   u8:      y = (x / 255 - mean) / std        (to within f32's rounding; Normalize{} gives x / 255)
//   floats:  y = (x - mean) / std
struct Normalize {
  std::vector<double> mean = {0.0};
  std::vector<double> std = {1.0};
};

class TensorDataset : public Dataset {
 public:
  // ShapeError unless all have the same first axis; made row-major where they are not.
  explicit TensorDataset(std::vector<Batch::Field> tensors);
  TensorDataset(std::initializer_list<Batch::Field> tensors) : TensorDataset(std::vector<Batch::Field>(tensors)) {}

  // Batches give `name` as f32, normalised. DtypeError unless it is u8 or f32; ConfigError for a deviation that is not above 0, or a
  // number of channels that is not the tensor's. Calling it again replaces the former.
  TensorDataset& normalize(const std::string& name, Normalize how = {});

  int64_t size() const override { return size_; }
  std::vector<std::string> names() const override;
  Batch read(Indices indices, const Pass& pass) const override;
  const Tensor& operator[](std::string_view name) const { return tensors_[name]; }  // all of it, as stored

 private:
  struct Column {
    Array rows;  // [n, ...] row-major
    size_t row_bytes = 0;
    std::vector<float> centre, scale;  // y = (x - centre) * scale; one a channel, or one; empty: as stored
  };
  Array gather(const Column& column, Indices indices) const;
  Batch tensors_;
  std::vector<Column> columns_;
  int64_t size_ = 0;
};

}  // namespace cairn
