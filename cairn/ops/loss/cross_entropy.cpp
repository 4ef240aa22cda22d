// Cross-entropy of logits with class labels, in one kernel.    x: [m, n], n classes   t: i64 [m]   w: [n] or 1   loss: [m]
//   p       = softmax(x)
//   loss_i  = -(1 - s) w_t log p_it - s / n sum_j w_j log p_ij             s: label smoothing; 0 where t_i is ignored
//   dx_i    = dloss_i ((1 - s) w_t (p_i - onehot(t_i)) + s / n (p_i sum_j w_j - w))
//   mean: the sum of the losses over the sum of w_t of the targets that count (none: NaN, as in PyTorch)
// Label smoothing: Szegedy, Vanhoucke, Ioffe, Shlens, Wojna 2016. 16-bit logits are computed in f32.
#include <fmt/format.h>

#include <cairn/ops/loss/labels.h>
#include <cairn/ops/loss/reduction.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo cross_entropy_op;

namespace {

constexpr const char* why_constant = "the weights of the classes are constants of the loss";

struct Rule {
  int64_t ignore;
  double smoothing;
  Reduction reduction;
  bool weighted;
};

// A 0-d array that looks like a longer one.
Array repeated(double value, const Shape& shape, DType dtype) {
  Array number({}, dtype);
  backend().fill(number, value);
  return number.expanded(shape);
}

// What a mean divides by: the weights of the targets that count, added up. 0-d, of the losses' type.
Array total_weight(const Call& op, const Rule& rule, DType dtype) {
  const Array& target = op[1];
  Array counts(target.shape(), boolean), total({}, dtype);
  op.kernel().binary(Binary::ne, target, repeated(double(rule.ignore), target.shape(), i64), counts);
  if (!rule.weighted) {
    op.kernel().fill(total, double(op.kernel().count_true(counts)));
    return total;
  }
  Array label(target.shape(), i64), each(target.shape(), dtype), kept(target.shape(), dtype), sum({1}, dtype);
  op.kernel().where(counts, target, repeated(0, target.shape(), i64), label);
  op.kernel().index_select(op[2], 0, label, each);
  op.kernel().where(counts, each, repeated(0, target.shape(), dtype), kept);
  op.kernel().reduce(Reduce::sum, kept, 1, sum);
  return sum.reshaped({});
}

Array reduced_losses(const Call& op, const Array& losses, const Array& total, Reduction r) {
  if (r == Reduction::none) return losses;
  Array sum({1}, losses.dtype()), mean({}, losses.dtype());
  op.kernel().reduce(Reduce::sum, losses, 1, sum);
  if (r == Reduction::sum) return sum.reshaped({});
  op.kernel().binary(Binary::div, sum.reshaped({}), total, mean);
  return mean;
}

// dx by the kernel. kept: log-sum-exp of the rows, total weight.
Tensor fused_gradient(const Backward& b, const Rule& rule) {
  const Array x = b.input(0).array(), dy = b.grad(0).array();
  Array scale = dy, dx(x.shape(), x.dtype());
  if (rule.reduction == Reduction::mean) {
    scale = Array({}, dy.dtype());
    backend().binary(Binary::div, dy, b.stored(1).array(), scale);
  }
  backend().cross_entropy_grad(x, b.input(1).array(), rule.weighted ? b.input(2).array() : Array(), rule.ignore, rule.smoothing, b.stored(0).array(),
                               scale.expanded({x.size(0)}), dx);
  return Tensor(dx);
}

// dx by the formula: what a second derivative is taken of.
Tensor gradient_by_formula(const Backward& b, const Rule& rule) {
  const Tensor x = b.input(0), target = b.input(1);
  const int64_t n = x.size(1);
  const double s = rule.smoothing;
  const Tensor weight = rule.weighted ? b.input(2).detach() : ones({n}, x.dtype());
  const Tensor counts = ne(target, Tensor(rule.ignore)), label = where(counts, target, Tensor(0));
  const Tensor p = softmax(x, 1), w_t = unsqueeze(index_select(weight, 0, label), 1);
  Tensor each = (1 - s) * w_t * (p - cast(one_hot(label, n), x.dtype()));
  if (s != 0) each = each + s / double(n) * (p * sum(weight) - weight);
  Tensor scale = b.grad(0);
  if (rule.reduction == Reduction::mean) scale = scale / b.stored(1);
  if (rule.reduction == Reduction::none) scale = unsqueeze(scale, 1);
  return where(unsqueeze(counts, 1), each * scale, Tensor(0.0));
}

Tensor cross_entropy_rows(const Tensor& logits, const Tensor& target, const Tensor& weight, Rule rule) {
  const Tensor inputs[] = {logits, target, weight};
  Call op(cross_entropy_op, std::span<const Tensor>(inputs, rule.weighted ? 3 : 2),
          {{"ignore_index", rule.ignore}, {"label_smoothing", rule.smoothing}, {"reduction", name_of(rule.reduction)}});
  const Array& x = op[0];
  Array losses(op[1].shape(), x.dtype()), lse(op[1].shape(), x.dtype());
  const Status status = op.kernel().cross_entropy(x, op[1], rule.weighted ? op[2] : Array(), rule.ignore, rule.smoothing, losses, lse);
  if (!status.ok()) fail_label("cross_entropy", status.bad_value, status.bad_position, x.size(1));

  Array total({}, x.dtype());
  if (rule.reduction == Reduction::mean) total = total_weight(op, rule, x.dtype());
  const Array y = reduced_losses(op, losses, total, rule.reduction);
  Call::Saved saved = op.save({0, 1}, {lse, total});
  if (rule.weighted && op.recording()) saved.inputs |= 1u << 2;
  return op.differentiable(y, saved, [rule](Backward& b) {
    b.give(0, [&] { return b.create_graph() ? gradient_by_formula(b, rule) : fused_gradient(b, rule); });
    if (rule.weighted) b.none(2, why_constant);
  });
}

}  // namespace

Tensor cross_entropy(const Tensor& logits, const Tensor& target, const CrossEntropyOptions& options) {
  if (!(options.label_smoothing >= 0 && options.label_smoothing <= 1))
    throw ConfigError("[cross_entropy] label_smoothing must lie in [0, 1], not " + fmt::format("{}", options.label_smoothing) +
                      ". Hint: 0.1 is usual.");
  if (target.defined() && is_floating(target.dtype()) && target.shape() == logits.shape()) return cross_entropy_of_shares(logits, target, options);
  const LabelledRows rows = labelled_rows("cross_entropy", "logits", logits, target, options);
  const DType dtype = logits.dtype() == f64 ? f64 : f32;
  const bool weighted = options.weight.defined();
  const Tensor weight = weighted ? cast(options.weight, dtype) : Tensor();
  Tensor y =
      cross_entropy_rows(cast(rows.scores, dtype), rows.target, weight, {options.ignore_index, options.label_smoothing, options.reduction, weighted});
  return options.reduction == Reduction::none ? reshape(y, target.shape()) : y;
}

namespace {

std::vector<Tensor> run_cross_entropy(const std::vector<Tensor>& in, const Attributes& a) {
  CrossEntropyOptions o;
  if (in.size() > 2) o.weight = in[2];
  if (a.has("ignore_index")) o.ignore_index = a.integer("ignore_index");
  if (a.has("label_smoothing")) o.label_smoothing = a.number("label_smoothing");
  if (a.has("reduction")) o.reduction = reduction_named(a.text("reduction"));
  return {cross_entropy(in[0], in[1], o)};
}

Samples cross_entropy_samples() {
  Samples s(cross_entropy_op);
  const Tensor x = sample_normal({5, 4}), t = sample_index({5}, 4), w = sample_uniform({4}, 0.5, 2.0);
  for (const char* r : {"mean", "sum", "none"}) {
    s.add({x, t}, {{"reduction", r}});
    s.add({x, t, w}, {{"reduction", r}, {"ignore_index", 1}, {"label_smoothing", 0.1}});
  }
  s.add({x, cast(t, i32)}, {{"label_smoothing", 1.0}});
  s.add({sample_normal({2, 3, 2}), sample_index({2, 2}, 3)}, {{"reduction", "none"}});
  s.add({sample_normal({4}), sample_index({}, 4)});
  s.add({sample_normal({1, 1}), sample_index({1}, 1)});
  for (const char* r : {"mean", "sum", "none"}) s.add({x, softmax(sample_normal({5, 4}, 2), 1), w}, {{"reduction", r}, {"label_smoothing", 0.1}});
  s.add({sample_normal({2, 3, 2}), softmax(sample_normal({2, 3, 2}, 2), 1)}, {{"reduction", "none"}});
  s.add({sample_normal({0, 3}), sample_index({0}, 3)}, {{"reduction", "sum"}});
  s.fails({sample_normal({6, 10}), tensor({1, 2, 3, 12, 5, 6}, i64)},
          "[cross_entropy] target 12 at position 3 is outside the 10 classes (labels go from 0 to 9)");
  s.fails({sample_normal({2, 10}), tensor({1, -1}, i64)},
          "[cross_entropy] target -1 at position 1 is outside the 10 classes (labels go from 0 to 9)");
  s.fails({sample_normal({64, 10}), sample_index({63}, 10)},
          "[cross_entropy] target must have one label for each example, in the shape [64] (logits [64, 10], target [63])");
  s.fails({sample_normal({2, 3}), sample_normal({2})}, "[cross_entropy] target must hold class numbers as i64 or i32, it is f32");
  s.fails({sample_normal({2, 3}), sample_index({2}, 3), sample_normal({2})},
          "[cross_entropy] weight must have one number for each class (logits [2, 3], weight [2])");
  s.fails({sample_normal({2, 3}), sample_index({2}, 3)}, {{"label_smoothing", 1.5}}, "[cross_entropy] label_smoothing must lie in [0, 1], not 1.5");
  s.constant(2, "the weights of the classes are constants of the loss");
  return s;
}

}  // namespace

const OpInfo cross_entropy_op = {"cross_entropy", Autocast::f32, run_cross_entropy, cross_entropy_samples};

}  // namespace cairn
