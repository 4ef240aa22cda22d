// What a model looks like from outside: a line a layer with output shape, parameters and FLOPs, found by running it once on zeros.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include <cairn/nn/module.h>

namespace cairn {

struct SummaryLine {
  std::string path, name, type, options;  // "net.0", "0" (within its parent), "Linear", "784 -> 128"
  int depth = 0;                          // 0: the model itself
  bool called = false;
  std::vector<Shape> outputs;             // of the last call; empty when it gives no tensors
  int64_t parameters = 0, trainable = 0;  // of it and its children; a tied parameter counts in the layer that has it first
  int64_t flops = 0;                      // of all calls, forward only
};

struct Summary {
  std::vector<SummaryLine> lines;  // in the order of visit
  Shape input;
  int64_t parameters = 0, trainable = 0, flops = 0;
  int64_t parameter_bytes = 0;
  std::string str() const;
};

// `dtype`: of the input. Runs without recording and in evaluation mode; both are as before afterwards. Errors of forward come through.
Summary summarize(Module& model, const Shape& input, DType dtype = f32);
std::ostream& operator<<(std::ostream& out, const Summary& s);

}  // namespace cairn
