// Running a model without computing: while a ShapesOnly is alive, kernels of layers and initial values leave their outputs as the
// allocator gave them. Making VGG-19 and sending an image through it then takes no time and touches none of its 574 MB.
#pragma once

#include <memory>

namespace cairn {

class Backend;

// For the whole process: no other thread may compute meanwhile.
class ShapesOnly {
 public:
  ShapesOnly();
  ~ShapesOnly();
  ShapesOnly(const ShapesOnly&) = delete;
  ShapesOnly& operator=(const ShapesOnly&) = delete;
 private:
  struct Scope;
  std::unique_ptr<Scope> scope_;
};

}  // namespace cairn
