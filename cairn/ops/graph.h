// Tracing: the calls that a function makes, as a list that can be run again, printed and transformed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <cairn/ops/call.h>

namespace cairn {

struct GraphCall {
  const OpInfo* op;
  Attributes attributes;
  std::vector<int> inputs, outputs;  // value numbers
  std::string where;                 // module path
};

struct Graph {
  std::vector<GraphCall> calls;
  std::vector<int> inputs, outputs;               // value numbers
  std::vector<DType> input_types;                 // of each input, as traced
  std::vector<std::pair<int, Tensor>> constants;  // parameters and other tensors from outside
  std::vector<Shape> shapes;                      // of each value, as traced
  int values = 0;

  std::vector<Tensor> run(const std::vector<Tensor>& inputs) const;  // ShapeError, DtypeError when the inputs differ from the traced ones
  std::string str() const;                                           // one call a line
};

// Reading values (item, at, data, to_vector) while tracing is an UnsupportedError: the result would be baked in.
Graph trace(const std::function<std::vector<Tensor>(const std::vector<Tensor>&)>& f, const std::vector<Tensor>& inputs);

}  // namespace cairn
