// Where the time goes: every call that this thread makes while a Profiler is alive, backward and optimiser steps included.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cairn/tensor/layout.h>

namespace cairn {

struct ProfileLine {
  std::string op;    // "conv2d_grad_weight"
  std::string plan;  // how the backend did it and why: "Winograd F(4x4,3x3): 3x3, stride 1, 64 and 64 channels"; empty for most
  int64_t calls = 0;
  double seconds = 0;
  int64_t flops = 0;  // of matrix products and convolutions; the operations of the direct algorithm, whatever the plan
  int64_t bytes = 0;  // of inputs and outputs: what must be moved at least
};

class Profiler {
 public:
  Profiler();
  ~Profiler();
  std::vector<ProfileLine> lines() const;                          // the slowest first; one for each op and plan
  double seconds() const;                                          // since it was made; what the lines do not have is between the ops
  LayoutConversions conversions() const;                           // of whole activations, since it was made
  void add(const std::string& op, double seconds, int64_t bytes);  // something that is no op
 private:
  friend class Call;
  friend class ProfileScope;
  std::vector<ProfileLine> lines_;
  double start_;
  LayoutConversions before_;
  Profiler* outer_;
};

bool profiling();  // does anybody watch this thread?

// Times a block that is no op (an optimiser's step) for the profilers of this thread.
class ProfileScope {
 public:
  ProfileScope(std::string name, int64_t bytes);
  ~ProfileScope();
 private:
  std::string name_;
  int64_t bytes_;
  double start_ = 0;
};

}  // namespace cairn
