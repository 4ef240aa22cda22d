#include <cairn/data/tensor_dataset.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>
#include <cairn/data/affine.h>

namespace cairn {

TensorDataset::TensorDataset(std::vector<Batch::Field> tensors) : tensors_(std::move(tensors)) {
  for (const auto& [name, tensor] : tensors_) {
    if (!tensor.defined()) throw StateError("[TensorDataset] the tensor '" + name + "' has no values.");
    if (tensor.rank() < 1)
      throw ShapeError("[TensorDataset] '" + name + "' needs an axis for the examples ('" + name + "' " + tensor.shape().str() + ").");
    if (columns_.empty()) size_ = tensor.size(0);
    else if (tensor.size(0) != size_)
      throw ShapeError(fmt::format("[TensorDataset] all tensors need the same number of examples ('{}' {}, '{}' {}).", tensors_.fields()[0].first,
                                   tensors_.fields()[0].second.shape().str(), name, tensor.shape().str()));
    Column c;
    c.rows = tensor.array().contiguous() ? tensor.array() : contiguous_copy(tensor.array());
    c.row_bytes = size_ ? size_t(tensor.numel() / size_ * size_of(tensor.dtype())) : 0;
    columns_.push_back(std::move(c));
  }
}

TensorDataset& TensorDataset::normalize(const std::string& name, Normalize how) {
  const Tensor& x = tensors_[name];
  size_t at = 0;
  while (tensors_.fields()[at].first != name) at++;
  Column& c = columns_[at];
  if (x.dtype() != u8 && x.dtype() != f32)
    throw DtypeError("[normalize] '" + name + "' must be u8 or f32, it is " + name_of(x.dtype()) + ". Hint: convert it first, with .to(f32).");
  const size_t n = std::max(how.mean.size(), how.std.size());
  if (n == 0 || (how.mean.size() != n && how.mean.size() != 1) || (how.std.size() != n && how.std.size() != 1))
    throw ConfigError(fmt::format("[normalize] there must be as many means as deviations ({} and {}).", how.mean.size(), how.std.size()));
  if (n > 1 && (x.rank() < 2 || x.size(1) != int64_t(n)))
    throw ConfigError(fmt::format("[normalize] {} means need {} channels on axis 1 ('{}' {}).", n, n, name, x.shape().str()));
  c.centre.assign(n, 0);
  c.scale.assign(n, 0);
  const double unit = x.dtype() == u8 ? 255.0 : 1.0;
  for (size_t i = 0; i < n; i++) {
    double mean = how.mean[how.mean.size() == 1 ? 0 : i], std = how.std[how.std.size() == 1 ? 0 : i];
    if (!(std > 0) || !std::isfinite(std) || !std::isfinite(mean))
      throw ConfigError(fmt::format("[normalize] a deviation must be above 0 and finite, got {} (mean {}).", std, mean));
    c.centre[i] = float(unit * mean);
    c.scale[i] = float(1 / (unit * std));
  }
  return *this;
}

std::vector<std::string> TensorDataset::names() const { return tensors_.names(); }

Batch TensorDataset::read(Indices indices, const Pass&) const {
  std::vector<Batch::Field> fields;
  fields.reserve(columns_.size());
  for (size_t i = 0; i < columns_.size(); i++) fields.emplace_back(tensors_.fields()[i].first, Tensor(gather(columns_[i], indices)));
  return Batch(std::move(fields));
}

namespace {

// Rows of a shuffled batch lie anywhere in memory: asking for row i + 2 while row i is converted hides most of the wait.
void prefetch(const char* row, size_t bytes) {
  for (size_t at = 0; at < std::min<size_t>(bytes, 4096); at += 64) __builtin_prefetch(row + at);
}

template <class T> void affine_rows(const T* x, float* y, int64_t length, const std::vector<float>& centre, const std::vector<float>& scale) {
  const int64_t part = length / int64_t(scale.size());
  for (size_t c = 0; c < scale.size(); c++) detail::affine_row(x + int64_t(c) * part, y + int64_t(c) * part, part, centre[c], scale[c]);
}

}  // namespace

Array TensorDataset::gather(const Column& c, Indices indices) const {
  const bool converts = !c.scale.empty();
  Shape shape = c.rows.shape();
  shape[0] = int64_t(indices.size());
  Array y(shape, converts ? f32 : c.rows.dtype());
  if (y.numel() == 0) return y;
  const auto from = static_cast<const char*>(c.rows.raw());
  const auto to = static_cast<char*>(y.raw());
  const int64_t length = y.numel() / shape[0], n = shape[0];
  const size_t row_to = size_t(length * size_of(y.dtype()));
  parallel_for(n, std::max<int64_t>(1, (1 << 19) / length), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      if (i + 2 < end) prefetch(from + size_t(indices[size_t(i + 2)]) * c.row_bytes, c.row_bytes);
      const char* row = from + size_t(indices[size_t(i)]) * c.row_bytes;
      char* out = to + size_t(i) * row_to;
      if (!converts) std::memcpy(out, row, c.row_bytes);
      else if (c.rows.dtype() == u8) affine_rows(reinterpret_cast<const uint8_t*>(row), reinterpret_cast<float*>(out), length, c.centre, c.scale);
      else affine_rows(reinterpret_cast<const float*>(row), reinterpret_cast<float*>(out), length, c.centre, c.scale);
    }
  });
  return y;
}

}  // namespace cairn
