#include <cairn/data/batch.h>

#include <cstring>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {

Batch::Batch(std::vector<Field> fields) {
  fields_.reserve(fields.size());
  for (auto& [name, tensor] : fields) {
    if (find(name)) throw ConfigError("a batch cannot hold the name '" + name + "' twice.");
    fields_.emplace_back(std::move(name), std::move(tensor));
  }
}

const Tensor* Batch::find(std::string_view name) const {
  for (const auto& [n, tensor] : fields_)
    if (n == name) return &tensor;
  return nullptr;
}

const Tensor& Batch::operator[](std::string_view name) const {
  if (const Tensor* t = find(name)) return *t;
  throw IndexError(
      fmt::format("this batch holds no '{}', only {}.{}", name, fields_.empty() ? "nothing" : join(names(), ", "), did_you_mean(name, names())));
}

Tensor& Batch::operator[](std::string_view name) { return const_cast<Tensor&>(std::as_const(*this)[name]); }

void Batch::set(std::string name, Tensor value) {
  if (auto* t = const_cast<Tensor*>(find(name))) *t = std::move(value);
  else fields_.emplace_back(std::move(name), std::move(value));
}

int64_t Batch::size() const { return fields_.empty() || fields_[0].second.rank() == 0 ? 0 : fields_[0].second.size(0); }

std::vector<std::string> Batch::names() const {
  std::vector<std::string> names;
  for (const auto& [name, tensor] : fields_) names.push_back(name);
  return names;
}

Batch collate(const std::vector<Example>& examples) {
  if (examples.empty()) return {};
  Batch batch;
  for (const auto& [name, first] : examples[0]) {
    Shape shape = first.shape();
    shape.insert(0, int64_t(examples.size()));
    Array all(shape, first.dtype());
    const size_t bytes = size_t(first.numel() * size_of(first.dtype()));
    for (size_t i = 0; i < examples.size(); i++) {
      const Tensor& x = examples[i][name];
      if (!(x.shape() == first.shape()))
        throw ShapeError(
            fmt::format("[collate] '{}' must have one shape in all examples of a batch (example 0 {}, example {} {}). Hint: pad or crop in the data "
                        "set, or give the loader a collate function.",
                        name, first.shape().str(), i, x.shape().str()));
      if (x.dtype() != first.dtype())
        throw DtypeError(fmt::format("[collate] '{}' must have one type in all examples of a batch (example 0 {}, example {} {}).", name,
                                     name_of(first.dtype()), i, name_of(x.dtype())));
      const Array values = x.array().contiguous() ? x.array() : contiguous_copy(x.array());
      if (bytes) std::memcpy(static_cast<char*>(all.raw()) + i * bytes, values.raw(), bytes);
    }
    batch.set(name, Tensor(all));
  }
  return batch;
}

}  // namespace cairn
