// Random changes of brightness and colour, and of nothing else; parts that go missing.
#pragma once

#include <cairn/data/transforms/colour.h>
#include <cairn/data/transforms/transform.h>

namespace cairn::transforms {

// Each of the four, in random order: a factor from max(0, 1 - v) to 1 + v, the hue turned by -hue to hue of the circle (at most 0.5).
struct ColorJitter {
  double brightness = 0, contrast = 0, saturation = 0, hue = 0;
  void apply(Sample& s, Random& r) const;
  std::string str() const;
  void check() const;
};

// With chance p; channels: 1 or 3, 0 as many as there were.
struct Greyscale {
  int64_t channels = 0;
  double p = 1;
  void apply(Sample& s, Random& r) const;
  std::string str() const;
  void check() const;
};

// With chance p a box of a random share of the area and ratio of height to width becomes `value`, or normal noise; behind Normalize the
// box becomes 0, the mean. (Zhong et al. 2017: Random erasing data augmentation.)
struct RandomErasing {
  static constexpr bool changes_floats = true;
  double p = 0.5;
  double least_area = 0.02, most_area = 0.33;
  double least_ratio = 0.3, most_ratio = 3.3;
  uint8_t value = 0;
  bool noise = false;  // behind Normalize only
  void apply(Sample& s, Random& r) const;
  std::string str() const;
  void check() const;
};

// `holes` squares of size x size around random pixels, cut at the edges. (DeVries, Taylor 2017: Improved regularization of convolutional
// neural networks with cutout, which erases behind Normalize.)
struct Cutout {
  static constexpr bool changes_floats = true;
  int64_t size = 16;
  int64_t holes = 1;
  uint8_t value = 0;
  void apply(Sample& s, Random& r) const;
  std::string str() const;
  void check() const;
};

}  // namespace cairn::transforms
