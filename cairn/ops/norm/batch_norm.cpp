// Batch normalisation: every channel gets mean 0 and variance 1 over all examples and pixels, then a learned scale and shift.
//   x, y: [N, C, ...]   w, bias: [C] or none   sums and means run over all axes but C, n numbers a channel
//   y    = xhat w + bias,   xhat = (x - mean) rstd,   rstd = 1 / sqrt(var + eps);   with relu: y = max(y, 0)
//   g    = dy, with relu where y > 0 only
//   dx   = w rstd (g - mean(g) - xhat mean(g xhat)) while training;  w rstd g with running statistics, which are constants
//   dw   = sum(g xhat),   dbias = sum(g)
// While training, the running statistics move towards those of the batch by `momentum`; the variance they get is the unbiased one,
// var n / (n - 1). Whether y > 0 is worked out again from x, so that backward reads x and dy only. Ioffe, Szegedy 2015.
#include <fmt/format.h>

#include <cairn/ops/norm/parameters.h>
#include <cairn/tensor/layout.h>

namespace cairn {

extern const OpInfo batch_norm_op, batch_norm_grad_op;

namespace {

constexpr const char* statistics_are_constant = "running statistics are kept beside the training, not trained";

void check_batch_norm(const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& running_mean, const Tensor& running_var,
                      const BatchNormOptions& o) {
  check_normalised("batch_norm", x, at_least(2), o.eps);
  const int64_t channels = x.size(1);
  const std::string each = "one number for each of the " + std::to_string(channels) + " channels";
  check_parameter("batch_norm", x, "weight", weight, {channels}, each);
  check_parameter("batch_norm", x, "bias", bias, {channels}, each);
  check_parameter("batch_norm", x, "running_mean", running_mean, {channels}, each);
  check_parameter("batch_norm", x, "running_var", running_var, {channels}, each);
  if (running_mean.defined() != running_var.defined())
    throw StateError("[batch_norm] running_mean and running_var belong together; one of them is not defined. Hint: give both or none.");
  if (!o.training && !running_mean.defined())
    throw StateError(
        "[batch_norm] outside of training the running statistics are what x is normalised with, and there are none. Hint: "
        "training = true uses those of the batch.");
  if (!(o.momentum >= 0 && o.momentum <= 1))
    throw ConfigError(fmt::format(
        "[batch_norm] momentum is the share of the batch in the running statistics and must lie in [0, 1], not {}. Hint: 0.1 is usual.", o.momentum));
  if (o.training && channels > 0 && x.numel() / channels < 2)
    fail_shape("batch_norm", "training needs more than one value in each channel", {{"x", x}},
               "give it a batch of two or more, or call eval() to use the running statistics.");
}

// {dx, dweight if there is one, dbias if there is one}. An op of its own, so that backward is seen at the door, too.
std::vector<Tensor> batch_norm_grad(const Tensor& x, const Tensor& dy, const Tensor& weight, const Tensor& bias, const Tensor& mean,
                                    const Tensor& rstd, const BatchNormRule& rule, bool parameters) {
  const Tensor inputs[] = {x, dy, weight, bias, mean, rstd};
  Call op(batch_norm_grad_op, inputs, {{"training", rule.training}, {"relu", rule.relu}, {"parameters", parameters}});
  Array dx = array_like(op[0]), dweight, dbias;
  if (parameters && weight.defined()) dweight = Array(weight.shape(), weight.dtype());
  if (parameters && bias.defined()) dbias = Array(bias.shape(), bias.dtype());
  op.kernel().batch_norm_grad(op[0], op[1], array_or_none(op, 2), array_or_none(op, 3), op[4], op[5], rule, dx, dweight, dbias);
  std::vector<Array> results = {dx};
  if (dweight.defined()) results.push_back(dweight);
  if (dbias.defined()) results.push_back(dbias);
  return op.not_differentiable(results, "second derivatives go through the formula in ops");
}

// What a second derivative is taken of.
void give_batch_by_formula(Backward& b, const BatchNormRule& rule, bool weighted, bool biased) {
  const Tensor x = at_least_f32(b.input(0)), dy = at_least_f32(b.grad());
  const int rank = x.rank();
  Axes axes = {0};
  for (int i = 2; i < rank; i++) axes.push_back(i);
  const Tensor mean = rule.training ? cairn::mean(x, axes, Keepdim) : along_channels(b.stored(0), rank);
  const Tensor rstd = rule.training ? rsqrt(var(x, axes, Keepdim, Variance::biased) + rule.eps) : along_channels(b.stored(1), rank);
  const Tensor xhat = (x - mean) * rstd;
  const Tensor weight = weighted ? along_channels(at_least_f32(b.input(1)), rank) : Tensor(1.0);
  const Tensor bias = biased ? along_channels(at_least_f32(b.input(2)), rank) : Tensor(0.0);
  const Tensor g = rule.relu ? where(xhat * weight + bias > 0, dy, 0.0) : dy;
  b.give(0, [&] {
    const Tensor gw = g * weight;
    return (rule.training ? gw - cairn::mean(gw, axes, Keepdim) - xhat * cairn::mean(gw * xhat, axes, Keepdim) : gw) * rstd;
  });
  if (weighted) b.give(1, [&] { return sum(g * xhat, axes); });
  if (biased) b.give(2, [&] { return sum(g, axes); });
}

void give_batch_by_kernel(Backward& b, const BatchNormRule& rule, bool weighted, bool biased) {
  const bool parameters = (weighted && b.needs(1)) || (biased && b.needs(2));
  std::vector<Tensor> g = batch_norm_grad(b.input(0), b.grad(), weighted ? b.input(1) : Tensor(), biased ? b.input(2) : Tensor(), b.stored(0),
                                          b.stored(1), rule, parameters);
  b.give(0, [&] { return std::move(g[0]); });
  if (weighted) b.give(1, [&] { return std::move(g[1]); });
  if (biased) b.give(2, [&] { return std::move(g.back()); });
}

}  // namespace

Tensor batch_norm(const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& running_mean, const Tensor& running_var,
                  const BatchNormOptions& options) {
  check_batch_norm(x, weight, bias, running_mean, running_var, options);
  const BatchNormRule rule = {options.eps, options.momentum, options.training, options.relu};
  const Tensor inputs[] = {x, weight, bias, running_mean, running_var};
  Call op(batch_norm_op, inputs, {{"training", rule.training}, {"momentum", rule.momentum}, {"eps", rule.eps}, {"relu", rule.relu}});
  const Shape channels = {op[0].size(1)};
  Array y = array_like(op[0]), mean(channels, statistics_type(op[0].dtype())), rstd(channels, mean.dtype());
  Array moving_mean = array_or_none(op, 3), moving_var = array_or_none(op, 4);
  op.kernel().batch_norm(op[0], array_or_none(op, 1), array_or_none(op, 2), rule, moving_mean, moving_var, y, mean, rstd);
  if (rule.training)
    for (const Array* a : {&moving_mean, &moving_var})
      if (a->defined()) a->storage()->written("batch_norm", &channels);

  return op.differentiable(y, op.save({0, 1, 2}, {mean, rstd}), [rule, weighted = weight.defined(), biased = bias.defined()](Backward& b) {
    (b.create_graph() ? give_batch_by_formula : give_batch_by_kernel)(b, rule, weighted, biased);
    b.none(3, statistics_are_constant);
    b.none(4, statistics_are_constant);
  });
}

namespace {

std::vector<Tensor> run_batch_norm(const std::vector<Tensor>& in, const Attributes& at) {
  return {batch_norm(in[0], input_or_none(in, 1), input_or_none(in, 2), input_or_none(in, 3), input_or_none(in, 4),
                     {.training = at.boolean("training"), .momentum = at.number("momentum"), .eps = at.number("eps"), .relu = at.boolean("relu")})};
}
std::vector<Tensor> run_batch_norm_grad(const std::vector<Tensor>& in, const Attributes& at) {
  check_gradient("batch_norm_grad", in[0], in[1]);
  const std::string each = "one number for each channel";
  check_parameter("batch_norm_grad", in[0], "weight", in[2], {in[0].size(1)}, each);
  check_parameter("batch_norm_grad", in[0], "bias", in[3], {in[0].size(1)}, each);
  check_parameter("batch_norm_grad", in[0], "mean", in[4], {in[0].size(1)}, each);
  check_parameter("batch_norm_grad", in[0], "rstd", in[5], {in[0].size(1)}, each);
  return batch_norm_grad(in[0], in[1], in[2], in[3], in[4], in[5], {.training = at.boolean("training"), .relu = at.boolean("relu")},
                         at.boolean("parameters"));
}

const std::initializer_list<Shape> batch_shapes = {{4, 3}, {3, 1}, {2, 20}, {2, 3, 5}, {1, 2, 3, 3}, {3, 17, 2, 3}, {2, 1, 5, 7}, {2, 3, 1, 1}};

Samples batch_norm_samples() {
  Samples s(batch_norm_op);
  for (const Shape& x : batch_shapes) {
    const Shape c = {x[1]};
    const Tensor w = sample_uniform(c, 0.5, 1.5, 2), bias = sample_normal(c, 3), mean = sample_normal(c, 4), var = sample_uniform(c, 0.5, 2, 5);
    s.add({sample_normal(x), w, bias, mean, var}, {{"training", true}, {"momentum", 0.1}, {"eps", 1e-5}, {"relu", false}});
    s.add({sample_normal(x), w, bias, mean, var}, {{"training", false}, {"momentum", 0.1}, {"eps", 1e-5}, {"relu", false}});
  }
  const Tensor x = sample_normal({3, 4, 2, 3}), w = sample_uniform({4}, -1.5, 1.5, 2), bias = sample_normal({4}, 3);
  s.add({x, w, bias, sample_normal({4}, 4), sample_uniform({4}, 0.5, 2, 5)}, {{"training", true}, {"momentum", 0.3}, {"eps", 1e-3}, {"relu", true}});
  s.add({x, w, bias, sample_normal({4}, 4), sample_uniform({4}, 0.5, 2, 5)}, {{"training", false}, {"momentum", 0.1}, {"eps", 1e-3}, {"relu", true}});
  s.add({x, Tensor(), Tensor(), Tensor(), Tensor()}, {{"training", true}, {"momentum", 0.1}, {"eps", 1e-5}, {"relu", true}});
  s.add({x, w, Tensor(), Tensor(), Tensor()}, {{"training", true}, {"momentum", 0.1}, {"eps", 1e-5}, {"relu", false}});
  s.add({sample_normal({0, 3}), sample_normal({3}), sample_normal({3}), sample_normal({3}), sample_uniform({3}, 0.5, 2)},
        {{"training", false}, {"momentum", 0.1}, {"eps", 1e-5}, {"relu", false}});
  const auto refused = [&](std::vector<Tensor> inputs, bool training, const char* message) {
    s.fails(std::move(inputs), {{"training", training}, {"momentum", 0.1}, {"eps", 1e-5}, {"relu", false}}, message);
  };
  refused({sample_normal({2, 3, 4, 4}), sample_normal({4})}, true,
          "[batch_norm] weight must have one number for each of the 3 channels (x [2, 3, 4, 4], weight [4])");
  refused({sample_normal({1, 3})}, true, "[batch_norm] training needs more than one value in each channel (x [1, 3])");
  refused({sample_normal({5})}, true, "[batch_norm] x must have at least 2 axes (x [5])");
  refused({sample_normal({2, 3})}, false, "[batch_norm] outside of training the running statistics are what x is normalised with");
  s.constant(3, statistics_are_constant).constant(4, statistics_are_constant);
  return s;
}

Samples batch_norm_grad_samples() {
  Samples s(batch_norm_grad_op);
  s.no_gradient("it is a gradient already; second derivatives go through the formula in ops");
  for (const Shape& x : batch_shapes) {
    const Shape c = {x[1]};
    for (const bool relu : {false, true})
      s.add({sample_normal(x, 1), sample_normal(x, 2), sample_uniform(c, 0.5, 1.5, 3), sample_normal(c, 4), sample_uniform(c, -0.3, 0.3, 5),
             sample_uniform(c, 0.8, 1.3, 6)},
            {{"training", true}, {"relu", relu}, {"parameters", true}});
    s.add({sample_normal(x, 1), sample_normal(x, 2), Tensor(), sample_normal(c, 4), sample_uniform(c, -0.3, 0.3, 5), sample_uniform(c, 0.8, 1.3, 6)},
          {{"training", false}, {"relu", true}, {"parameters", true}});
    s.add({sample_normal(x, 1), sample_normal(x, 2), sample_normal(c, 3), Tensor(), sample_normal(c, 5), sample_uniform(c, 0.8, 1.3, 6)},
          {{"training", false}, {"relu", false}, {"parameters", false}});
  }
  const Tensor x = sample_normal({2, 3}), c = sample_normal({3});
  s.fails({x, sample_normal({3, 2}), c, c, c, c}, {{"training", true}, {"relu", false}, {"parameters", true}},
          "[batch_norm_grad] x and dy must have one shape (x [2, 3], dy [3, 2])");
  s.fails({x, x, c, c, sample_normal({2}), c}, {{"training", true}, {"relu", false}, {"parameters", true}},
          "[batch_norm_grad] mean must have one number for each channel (x [2, 3], mean [2])");
  return s;
}

}  // namespace

const OpInfo batch_norm_op = {"batch_norm", Autocast::widest, run_batch_norm, batch_norm_samples};
const OpInfo batch_norm_grad_op = {"batch_norm_grad", Autocast::widest, run_batch_norm_grad, batch_norm_grad_samples};

}  // namespace cairn
