// A line a layer of what a model is for images of one size: output, parameters, FLOPs, memory, receptive field. `cairn model` prints it.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include <cairn/base/json.h>
#include <cairn/models/receptive_field.h>
#include <cairn/nn/module.h>

namespace cairn {

struct LayerRow {
  std::string path, name, type, options;  // "layer1.0.conv1", "conv1", "Conv2d", "64 -> 64, kernel 3, ..."
  int depth = 0;                          // 0: the model itself
  Shape output;                           // of one image: [1, ...]; of rank 0 when the layer was not called
  int64_t parameters = 0;
  int64_t flops = 0;     // of products and convolutions, forward; a multiplication with its addition counts as 2
  int64_t bytes = 0;     // of the f32 results that its ops write for one image; views of others' memory write none
  ReceptiveField field;  // of the layer's output
};

struct LayerTable {
  std::vector<LayerRow> rows;  // in the order of visit; a row contains what stands below it
  Shape image;                 // [C, H, W]
  int64_t parameters = 0, flops = 0, activation_bytes = 0, parameter_bytes = 0;
  // Below 80 columns the least important ones of the table go, as many as have to; 0: all.
  std::string str(size_t width = 0) const;
  Json json() const;  // {"parameters", "flops", ..., "layers": [...]}
};

// Sends one image [C, H, W] through the model (zeros; inside a ShapesOnly nothing is computed) in evaluation mode, without recording.
// ShapeError for an image that does not get through: it names the layer at which it ends.
LayerTable layer_table(Module& model, const Shape& image);
std::ostream& operator<<(std::ostream& out, const LayerTable& table);

// "43x43"; "all" where one value sees the whole image; "-" where it is not known. image: [C, H, W]
std::string text_of(const ReceptiveField& field, const Shape& image);

}  // namespace cairn
