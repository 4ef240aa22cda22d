// Losses of classification, written in ops: their gradients need no code.
//   bce_with_logits: -(w t log sigmoid(x) + (1 - t) log(1 - sigmoid(x)))     with -log sigmoid(x) = softplus(-x): nothing overflows or cancels
//   kl_div:          p (log p - log q), 0 where p = 0                        Kullback, Leibler 1951
//   hinge_loss:      max(0, margin - t s), t in {-1, 1}                      Cortes, Vapnik 1995
//   cross_entropy_of_shares: -sum_j w_j t_j log p_j, p = softmax(x); smoothed: t (1 - s) + s / n instead of t; mean: over the rows
//   nll_loss:        -w_t log p_t; 0 where t is ignored; mean: over the weights of those that count
#include <cairn/ops/loss/labels.h>
#include <cairn/ops/loss/reduction.h>

namespace cairn {

Tensor bce_with_logits(const Tensor& logits, const Tensor& target, const Tensor& pos_weight, Reduction r) {
  check_pair("bce_with_logits", "logits", logits, "target", target);
  if (pos_weight.defined() && broadcast_shapes("bce_with_logits", logits.shape(), pos_weight.shape()) != logits.shape())
    fail_shape("bce_with_logits", "pos_weight must broadcast to the logits", {{"logits", logits}, {"pos_weight", pos_weight}},
               "one number, or one for each class on the last axis.");
  // Above the threshold softplus is linear; exp(-40) is lost beside 40 in double precision, too.
  Tensor positive = target * softplus(-logits, 1, 40);
  if (pos_weight.defined()) positive = pos_weight * positive;
  return reduced(positive + (1.0 - target) * softplus(logits, 1, 40), r);
}

Tensor kl_div(const Tensor& log_q, const Tensor& p, Reduction r) {
  check_pair("kl_div", "log_q", log_q, "p", p);
  const Tensor log_p = log(where(gt(p, 0), p, Tensor(1.0)));
  return reduced(p * (log_p - log_q), r);
}

Tensor hinge_loss(const Tensor& scores, const Tensor& target, double margin, Reduction r) {
  check_pair("hinge_loss", "scores", scores, "target", target);
  return reduced(relu(margin - target * scores), r);
}

Tensor cross_entropy_of_shares(const Tensor& logits, const Tensor& shares, const CrossEntropyOptions& options) {
  check_floating("cross_entropy", logits, "logits");
  check_pair("cross_entropy", "logits", logits, "target", shares);
  const int axis = logits.rank() == 1 ? 0 : 1;
  const int64_t classes = logits.shape()[axis];
  const DType dtype = logits.dtype() == f64 ? f64 : f32;
  Tensor t = cast(shares, dtype);
  if (options.label_smoothing != 0) t = t * (1 - options.label_smoothing) + options.label_smoothing / double(classes);
  if (options.weight.defined()) {
    check_floating("cross_entropy", options.weight, "weight");
    if (options.weight.shape() != Shape{classes})
      fail_shape("cross_entropy", "weight must have one number for each class", {{"logits", logits}, {"weight", options.weight}},
                 "its shape must be [" + std::to_string(classes) + "].");
    std::vector<int64_t> along(size_t(logits.rank()), 1);
    along[size_t(axis)] = classes;
    t = t * reshape(cast(options.weight, dtype).detach(), Shape(along));
  }
  return reduced(-sum(t * log_softmax(cast(logits, dtype), axis), {axis}), options.reduction);
}

Tensor nll_loss(const Tensor& log_probabilities, const Tensor& target, const CrossEntropyOptions& options) {
  if (options.label_smoothing != 0) throw ConfigError("[nll_loss] takes no label_smoothing. Hint: cross_entropy does, on logits.");
  const LabelledRows rows = labelled_rows("nll_loss", "log_probabilities", log_probabilities, target, options);
  const int64_t classes = rows.scores.shape()[1];
  const Tensor label = class_labels(rows.target, classes, options.ignore_index), counts = ne(rows.target, Tensor(options.ignore_index));
  const Tensor weight = options.weight.defined() ? cast(options.weight, rows.scores.dtype()).detach() : ones({classes}, rows.scores.dtype());
  const Tensor w = where(counts, index_select(weight, 0, label), Tensor(0.0));
  const Tensor picked = squeeze(gather(rows.scores, 1, unsqueeze(label, 1)), 1);
  const Tensor losses = where(counts, -picked * w, Tensor(0.0));
  if (options.reduction == Reduction::none) return reshape(losses, target.shape());
  return options.reduction == Reduction::sum ? sum(losses) : sum(losses) / sum(w);
}

}  // namespace cairn
