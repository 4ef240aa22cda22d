#include <cairn/ops/loss/labels.h>

namespace cairn {

LabelledRows labelled_rows(const char* op, const char* name, const Tensor& scores, const Tensor& target, const CrossEntropyOptions& options) {
  const std::string tag = "[" + std::string(op) + "] ";
  check_floating(op, scores, name);
  check_rank(op, scores, at_least(1), name);
  if (!target.defined()) throw StateError(tag + "target is not defined (an empty Tensor).");
  if (target.dtype() != i64 && target.dtype() != i32)
    throw DtypeError(tag + "target must hold class numbers as i64 or i32, it is " + cairn::name_of(target.dtype()) +
                     ". Hint: argmax(target, -1) turns one-hot rows into class numbers.");

  const int axis = scores.rank() == 1 ? 0 : 1;
  const int64_t classes = scores.shape()[axis];
  Shape wanted = scores.shape();
  wanted.erase(axis);
  if (target.shape() != wanted)
    fail_shape(op, "target must have one label for each example, in the shape " + wanted.str(), {{name, scores}, {"target", target}},
               "the classes stand on axis " + std::to_string(axis) + " of " + name + ".");
  if (options.weight.defined() && options.weight.shape() != Shape{classes})
    fail_shape(op, "weight must have one number for each class", {{name, scores}, {"weight", options.weight}});
  if (options.weight.defined()) check_floating(op, options.weight, "weight");

  const int64_t rows = wanted.numel();
  Tensor x = scores;
  if (x.rank() > 2) {
    std::vector<int> order{0};
    for (int i = 2; i < x.rank(); ++i) order.push_back(i);
    order.push_back(1);
    x = permute(x, order);
  }
  return {reshape(x, {rows, classes}), reshape(cast(target, i64), {rows})};
}

void fail_label(const char* op, int64_t label, int64_t position, int64_t classes) {
  throw IndexError("[" + std::string(op) + "] target " + std::to_string(label) + " at position " + std::to_string(position) + " is outside the " +
                   std::to_string(classes) + " classes (labels go from 0 to " + std::to_string(classes - 1) + ")");
}

}  // namespace cairn
