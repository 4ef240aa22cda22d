// Which pixels of the image a value of the network can depend on: its receptive field.
//
// Along each axis, place i of a layer's output sees the pixels from start + i step to start + i step + length (the last one excluded),
// as far as the image has them. Through a window of k places, stride s, padding p and dilation d these become
//   length' = length + (k - 1) d step     start' = start - p step     step' = s step                                   (s and p of the window)
// and where two ways meet (a residual sum) the field is the smallest that has both. Dumoulin, Visin 2016, "A guide to convolution
// arithmetic for deep learning"; Araujo, Norris, Sim 2019, "Computing receptive fields of convolutional neural networks".
#pragma once

#include <vector>

#include <cairn/ops/graph.h>

namespace cairn {

struct FieldAxis {
  double start = 0, length = 1, step = 1;
  bool operator==(const FieldAxis&) const = default;
};

struct ReceptiveField {
  enum Kind { none, known, unknown };  // none: does not depend on the image (a parameter); unknown: an op without a rule lies between
  Kind kind = none;
  FieldAxis axis[2];  // rows, columns
};

// One field for each value of a graph of images [N, C, H, W], traced from its input 0.
std::vector<ReceptiveField> receptive_fields(const Graph& graph);

}  // namespace cairn
