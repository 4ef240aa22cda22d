// A pipeline: steps in their order. Print it to see what happens to a picture.
//
//   Compose train{RandomCrop{.height = 32, .padding = 4}, HorizontalFlip{}, Normalize{{0.49, 0.48, 0.45}, {0.25, 0.24, 0.26}}, Cutout{.size = 8}};
//
// What a step draws depends on (seed, epoch, example, its number in the pipeline) and nothing else: not on workers, batches, or how much the
// steps before it drew.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include <cairn/data/dataset.h>
#include <cairn/data/transforms/transform.h>

namespace cairn::transforms {

class Compose {
 public:
  Compose() = default;
  Compose(std::initializer_list<Transform> steps) : Compose(std::vector<Transform>(steps)) {}
  // ConfigError when a step that changes bytes stands behind Normalize, or Normalize twice.
  explicit Compose(std::vector<Transform> steps);

  const std::vector<Transform>& steps() const { return steps_; }
  bool normalizes() const { return normalizes_; }  // gives floats; otherwise bytes
  std::string str() const;                         // one step a line
  Compose then(Transform step) const;              // with one more at the end

  // Applies all steps to the example of this number.
  void apply(Sample& s, const Pass& pass, int64_t index) const;
  // One picture: u8 [C, H, W] to f32 or u8 [C, h, w].
  Tensor operator()(const Tensor& x, const Pass& pass = {}, int64_t index = 0) const;
  // As a picture to look at: floats turned back to bytes, what was erased in the mean colour.
  Image preview(const Image& picture, const Pass& pass = {}, int64_t index = 0) const;

 private:
  std::vector<Transform> steps_;
  bool normalizes_ = false;
};

}  // namespace cairn::transforms
