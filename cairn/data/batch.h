// Named tensors in a fixed order: what an example and a batch of examples are.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cairn/tensor/tensor.h>

namespace cairn {

class Batch {
 public:
  using Field = std::pair<std::string, Tensor>;
  Batch() = default;
  Batch(std::initializer_list<Field> fields) : Batch(std::vector<Field>(fields)) {}
  explicit Batch(std::vector<Field> fields);  // ConfigError for a name given twice

  // IndexError with the nearest name when there is none.
  const Tensor& operator[](std::string_view name) const;
  Tensor& operator[](std::string_view name);
  bool has(std::string_view name) const { return find(name) != nullptr; }
  void set(std::string name, Tensor value);  // replaces, or adds at the end
  int64_t size() const;                      // examples: the length of the first tensor's first axis; 0 when empty

  std::vector<std::string> names() const;
  const std::vector<Field>& fields() const { return fields_; }
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  const Tensor* find(std::string_view name) const;
  std::vector<Field> fields_;
};

// One example has the same names; its tensors lack the first axis.
using Example = Batch;

// Stacks examples: [..] and [..] give [2, ..]. ShapeError or DtypeError naming the field and the example when they differ.
Batch collate(const std::vector<Example>& examples);

}  // namespace cairn
