#include <cairn/ops/loss/labels.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo class_labels_op;

LabelledRows labelled_rows(const char* op, const char* name, const Tensor& scores, const Tensor& target, const CrossEntropyOptions& options) {
  const std::string tag = "[" + std::string(op) + "] ";
  check_floating(op, scores, name);
  check_rank(op, scores, at_least(1), name);
  if (!target.defined()) throw StateError(tag + "target is not defined (an empty Tensor). Hint: was it ever assigned?");
  if (target.dtype() != i64 && target.dtype() != i32)
    throw DtypeError(tag + "target must hold class numbers as i64 or i32, it is " + cairn::name_of(target.dtype()) +
                     ". Hint: argmax(target, -1) turns one-hot rows into class numbers" +
                     (std::string(op) == "cross_entropy" ? "; shares of the classes must have the logits' shape." : "."));

  const int axis = scores.rank() == 1 ? 0 : 1;
  const int64_t classes = scores.shape()[axis];
  Shape wanted = scores.shape();
  wanted.erase(axis);
  if (target.shape() != wanted)
    fail_shape(op, "target must have one label for each example, in the shape " + wanted.str(), {{name, scores}, {"target", target}},
               "the classes stand on axis " + std::to_string(axis) + " of " + name + ".");
  if (options.weight.defined() && options.weight.shape() != Shape{classes})
    fail_shape(op, "weight must have one number for each class", {{name, scores}, {"weight", options.weight}},
               "its shape must be [" + std::to_string(classes) + "].");
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
                   std::to_string(classes) + " classes (labels go from 0 to " + std::to_string(classes - 1) + ").\nHint: " +
                   (label < 0 ? "ignore_index names a label that does not count."
                              : "labels that count from 1 need target - 1; else the last layer needs an output for each class."));
}

namespace {

// Which of the labels are f(label, number).
Array compared(const Call& op, Binary f, int64_t with) {
  Array number({}, i64), y(op[0].shape(), boolean);
  op.kernel().fill(number, double(with));
  op.kernel().binary(f, op[0], number.expanded(op[0].shape()), y);
  return y;
}

}  // namespace

Tensor class_labels(const Tensor& target, int64_t classes, int64_t ignore) {
  Call op(class_labels_op, {target}, {{"classes", classes}, {"ignore_index", ignore}});
  const Shape& shape = op[0].shape();
  const Array counts = compared(op, Binary::ne, ignore);
  Array outside(shape, boolean), bad(shape, boolean);
  op.kernel().binary(Binary::logical_or, compared(op, Binary::lt, 0), compared(op, Binary::ge, classes), outside);
  op.kernel().binary(Binary::logical_and, outside, counts, bad);
  if (const int64_t count = op.kernel().count_true(bad)) {
    Array places({count, 1}, i64), labels({count}, i64);
    op.kernel().nonzero(bad, places);
    op.kernel().masked_select(op[0], bad, labels);
    fail_label("nll_loss", *labels.ptr<int64_t>(), *places.ptr<int64_t>(), classes);
  }
  Array y(shape, i64), zero({}, i64);
  op.kernel().fill(zero, 0);
  op.kernel().where(counts, op[0], zero.expanded(shape), y);
  return op.not_differentiable(y, "labels are whole numbers");
}

namespace {

std::vector<Tensor> run_class_labels(const std::vector<Tensor>& in, const Attributes& a) {
  return {class_labels(in[0], a.integer("classes"), a.integer("ignore_index"))};
}

Samples class_labels_samples() {
  Samples s(class_labels_op);
  s.add({sample_index({5}, 4)}, {{"classes", 4}, {"ignore_index", -100}});
  s.add({tensor({0, -100, 3, 2}, i64)}, {{"classes", 4}, {"ignore_index", -100}});
  s.add({tensor({7, 1, 0}, i64)}, {{"classes", 2}, {"ignore_index", 7}});
  s.add({sample_index({0}, 3)}, {{"classes", 3}, {"ignore_index", -100}});
  s.fails({tensor({1, 12}, i64)}, {{"classes", 10}, {"ignore_index", -100}},
          "[nll_loss] target 12 at position 1 is outside the 10 classes (labels go from 0 to 9)");
  s.fails({tensor({-1, 1}, i64)}, {{"classes", 10}, {"ignore_index", -100}},
          "[nll_loss] target -1 at position 0 is outside the 10 classes (labels go from 0 to 9)");
  s.no_gradient("labels are whole numbers");
  return s;
}

}  // namespace

const OpInfo class_labels_op = {"class_labels", Autocast::widest, run_class_labels, class_labels_samples};

}  // namespace cairn
