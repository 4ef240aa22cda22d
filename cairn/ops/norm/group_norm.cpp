// Normalisation within one example.                  x, y: [N, C, ...]   w, bias: [C] or none   n numbers in a group
//   y    = xhat w + bias,   xhat = (x - mean) rstd,   rstd = 1 / sqrt(var + eps)       mean and var over one group of one example
//   dx   = rstd (g - mean(g) - xhat mean(g xhat)),   g = dy w                          means over the group
//   dw   = sum(dy xhat),   dbias = sum(dy)                                             over all axes but C
// group_norm: the channels in `groups` groups of neighbours (Wu, He 2018). instance_norm: every channel by itself (Ulyanov, Vedaldi,
// Lempitsky 2016). layer_norm: all of the last axes, each element with a scale of its own (Ba, Kiros, Hinton 2016). rms_norm: layer norm
// that leaves the mean where it is, rstd = 1 / sqrt(mean(x^2) + eps), dx = rstd (g - xhat mean(g xhat)) (Zhang, Sennrich 2019).
#include <limits>

#include <cairn/ops/norm/parameters.h>
#include <cairn/ops/shape/view.h>

namespace cairn {

extern const OpInfo layer_norm_op, group_norm_op, instance_norm_op, rms_norm_op, group_norm_grad_op;

namespace {

// {dx, dweight if there is one, dbias if wanted}; x, dy, dx: [N, C, ...].
std::vector<Tensor> group_norm_grad(const Tensor& x, const Tensor& dy, const Tensor& weight, const Tensor& mean, const Tensor& rstd,
                                    const GroupNormRule& rule, bool dweight, bool dbias) {
  const Tensor inputs[] = {x, dy, weight, mean, rstd};
  Call op(group_norm_grad_op, inputs, {{"groups", rule.groups}, {"centred", rule.centred}, {"dweight", dweight}, {"dbias", dbias}});
  Array dx = op.out(op[0].shape()), dw, db;
  const DType t = weight.defined() ? weight.dtype() : op[0].dtype();
  if (dweight) dw = Array({op[0].size(1)}, t);
  if (dbias) db = Array({op[0].size(1)}, t);
  op.kernel().group_norm_grad(op[0], op[1], array_or_none(op, 2), op[3], op[4], rule, dx, dw, db);
  std::vector<Array> results = {dx};
  if (dweight) results.push_back(dw);
  if (dbias) results.push_back(db);
  return op.not_differentiable(results, "second derivatives go through the formula in ops");
}

// What a second derivative is taken of. `view`: x as [N, C, ...].
void give_group_by_formula(Backward& b, const GroupNormRule& rule, const Shape& view, bool weighted, bool biased) {
  const int64_t N = view[0], C = view[1], inner = N * C == 0 ? 0 : view.numel() / (N * C);
  const Shape by_channel = {N, C, inner}, by_group = {N, rule.groups, C / rule.groups * inner};
  const Tensor x = reshape(at_least_f32(b.input(0)), by_group), dy = reshape(at_least_f32(b.grad()), by_channel);
  const Tensor deviation = rule.centred ? x - mean(x, {2}, Keepdim) : x;
  const Tensor rstd = rsqrt(mean(square(deviation), {2}, Keepdim) + rule.eps);
  const Tensor xhat = deviation * rstd;
  b.give(0, [&] {
    const Tensor g = reshape(weighted ? dy * reshape(at_least_f32(b.input(1)), {1, C, 1}) : dy, by_group);
    const Tensor centred = rule.centred ? g - mean(g, {2}, Keepdim) : g;
    return reshape((centred - xhat * mean(g * xhat, {2}, Keepdim)) * rstd, b.input_shape(0));
  });
  if (weighted) b.give(1, [&] { return reshape(sum(dy * reshape(xhat, by_channel), {0, 2}), b.input_shape(1)); });
  if (biased) b.give(2, [&] { return reshape(sum(dy, {0, 2}), b.input_shape(2)); });
}

Tensor viewed(const Tensor& x, const Shape& view) { return x.shape() == view ? x : Tensor(reshaped_or_copied(x.array(), view)); }

void give_group_by_kernel(Backward& b, const GroupNormRule& rule, const Shape& view, bool weighted, bool biased) {
  const bool dweight = weighted && b.needs(1), dbias = biased && b.needs(2);
  const Tensor weight = weighted ? viewed(b.input(1), {view[1]}) : Tensor();
  std::vector<Tensor> g = group_norm_grad(viewed(b.input(0), view), viewed(b.grad(), view), weight, b.stored(0), b.stored(1), rule, dweight, dbias);
  b.give(0, [&] { return viewed(std::exchange(g[0], {}), b.input_shape(0)); });
  if (dweight) b.give(1, [&] { return viewed(std::exchange(g[1], {}), b.input_shape(1)); });
  if (dbias) b.give(2, [&] { return viewed(std::exchange(g.back(), {}), b.input_shape(2)); });
}

// The op itself, on x seen as `view` [N, C, ...].
Tensor normalised(Call& op, const GroupNormRule& rule, const Shape& view) {
  const Shape shape = op[0].shape();
  const bool weighted = array_or_none(op, 1).defined(), biased = array_or_none(op, 2).defined();
  const Array x = shape == view ? op[0] : reshaped_or_copied(op[0], view);
  Array y = op.out(view), mean({view[0], rule.groups}, statistics_type(x.dtype())), rstd(mean.shape(), mean.dtype());
  op.kernel().group_norm(x, weighted ? reshaped_or_copied(op[1], {view[1]}) : Array(), biased ? reshaped_or_copied(op[2], {view[1]}) : Array(), rule,
                         y, mean, rstd);
  if (shape != view) y = y.reshaped(shape);
  return op.differentiable(y, op.save({0, 1}, {mean, rstd}), [rule, view, weighted, biased](Backward& b) {
    (b.create_graph() ? give_group_by_formula : give_group_by_kernel)(b, rule, view, weighted, biased);
  });
}

// x as rows of the elements that are normalised together.
Shape rows_of(const char* op, const Tensor& x, const Shape& last) {
  const int outer = x.rank() - last.rank();
  bool fits = last.rank() >= 1 && outer >= 0;
  for (int i = 0; fits && i < last.rank(); i++) fits = x.shape()[outer + i] == last[i];
  if (!fits)
    fail_shape(op, "x must end in the normalised axes " + last.str(), {{"x", x}},
               "name the last axes: [features], or [C, H, W] for all of an image.");
  int64_t rows = 1;
  for (int i = 0; i < outer; i++) rows *= x.shape()[i];
  return {rows, last.numel()};
}

void check_groups(const char* op, const Tensor& x, int64_t groups) {
  if (groups < 1 || x.size(1) % groups != 0)
    fail_shape(op, "the " + std::to_string(x.size(1)) + " channels cannot be cut into " + std::to_string(groups) + " equal groups", {{"x", x}},
               "the number of groups divides that of the channels; 1 takes all together.");
}

void check_channels(const char* op, const Tensor& x, const Tensor& weight, const Tensor& bias) {
  const std::string each = "one number for each of the " + std::to_string(x.size(1)) + " channels";
  check_parameter(op, x, "weight", weight, {x.size(1)}, each);
  check_parameter(op, x, "bias", bias, {x.size(1)}, each);
}

}  // namespace

Tensor layer_norm(const Tensor& x, const Shape& last, const Tensor& weight, const Tensor& bias, double eps) {
  check_normalised("layer_norm", x, at_least(1), eps);
  const Shape rows = rows_of("layer_norm", x, last);
  check_parameter("layer_norm", x, "weight", weight, last, "the shape of the normalised axes " + last.str());
  check_parameter("layer_norm", x, "bias", bias, last, "the shape of the normalised axes " + last.str());
  Call op(layer_norm_op, {x, weight, bias}, {{"normalised", last}, {"eps", eps}});
  return normalised(op, {.groups = 1, .eps = eps}, rows);
}

Tensor group_norm(const Tensor& x, int64_t groups, const Tensor& weight, const Tensor& bias, double eps) {
  check_normalised("group_norm", x, at_least(2), eps);
  check_groups("group_norm", x, groups);
  check_channels("group_norm", x, weight, bias);
  Call op(group_norm_op, {x, weight, bias}, {{"groups", groups}, {"eps", eps}});
  return normalised(op, {.groups = groups, .eps = eps}, x.shape());
}

Tensor instance_norm(const Tensor& x, const Tensor& weight, const Tensor& bias, double eps) {
  check_normalised("instance_norm", x, at_least(3), eps);
  check_channels("instance_norm", x, weight, bias);
  if (x.numel() && x.numel() == x.size(0) * x.size(1))
    fail_shape("instance_norm", "a channel of one example must have more than one value", {{"x", x}},
               "the images have shrunk to one pixel; batch_norm takes its statistics from the whole batch.");
  Call op(instance_norm_op, {x, weight, bias}, {{"eps", eps}});
  return normalised(op, {.groups = std::max<int64_t>(1, x.size(1)), .eps = eps}, x.shape());
}

Tensor rms_norm(const Tensor& x, const Shape& last, const Tensor& weight, std::optional<double> eps) {
  const double smallest = x.defined() && x.dtype() == f64 ? std::numeric_limits<double>::epsilon() : double(std::numeric_limits<float>::epsilon());
  const double given = eps.value_or(smallest);
  check_normalised("rms_norm", x, at_least(1), given);
  const Shape rows = rows_of("rms_norm", x, last);
  check_parameter("rms_norm", x, "weight", weight, last, "the shape of the normalised axes " + last.str());
  Call op(rms_norm_op, {x, weight}, {{"normalised", last}, {"eps", given}});
  return normalised(op, {.groups = 1, .eps = given, .centred = false}, rows);
}

namespace {

std::vector<Tensor> run_layer_norm(const std::vector<Tensor>& in, const Attributes& at) {
  return {layer_norm(in[0], at.shape("normalised"), input_or_none(in, 1), input_or_none(in, 2), at.number("eps"))};
}
std::vector<Tensor> run_group_norm(const std::vector<Tensor>& in, const Attributes& at) {
  return {group_norm(in[0], at.integer("groups"), input_or_none(in, 1), input_or_none(in, 2), at.number("eps"))};
}
std::vector<Tensor> run_instance_norm(const std::vector<Tensor>& in, const Attributes& at) {
  return {instance_norm(in[0], input_or_none(in, 1), input_or_none(in, 2), at.number("eps"))};
}
std::vector<Tensor> run_rms_norm(const std::vector<Tensor>& in, const Attributes& at) {
  return {rms_norm(in[0], at.shape("normalised"), input_or_none(in, 1), at.number("eps"))};
}
std::vector<Tensor> run_group_norm_grad(const std::vector<Tensor>& in, const Attributes& at) {
  check_gradient("group_norm_grad", in[0], in[1]);
  check_groups("group_norm_grad", in[0], at.integer("groups"));
  check_parameter("group_norm_grad", in[0], "weight", in[2], {in[0].size(1)}, "one number for each channel");
  const Shape statistics = {in[0].size(0), at.integer("groups")};
  check_parameter("group_norm_grad", in[0], "mean", in[3], statistics, "one number for each group");
  check_parameter("group_norm_grad", in[0], "rstd", in[4], statistics, "one number for each group");
  return group_norm_grad(in[0], in[1], in[2], in[3], in[4], {.groups = at.integer("groups"), .centred = at.boolean("centred")}, at.boolean("dweight"),
                         at.boolean("dbias"));
}

struct RowCase {
  Shape x, last;
};
const std::initializer_list<RowCase> row_cases = {{{4}, {4}},          {{3, 5}, {5}},          {{2, 1, 8}, {8}}, {{2, 3, 37}, {37}},
                                                  {{2, 3, 4}, {3, 4}}, {{3, 4, 5}, {3, 4, 5}}, {{0, 3}, {3}},    {{1, 33}, {33}}};

Samples layer_norm_samples() {
  Samples s(layer_norm_op);
  for (const RowCase& c : row_cases) {
    s.add({sample_normal(c.x), sample_normal(c.last, 2), sample_normal(c.last, 3)}, {{"normalised", c.last}, {"eps", 1e-5}});
    s.add({sample_normal(c.x), Tensor(), Tensor()}, {{"normalised", c.last}, {"eps", 1e-3}});
  }
  s.add({sample_normal({3, 5}), sample_normal({5}), Tensor()}, {{"normalised", Shape{5}}, {"eps", 1e-5}});
  s.fails({sample_normal({2, 3})}, {{"normalised", Shape{4}}, {"eps", 1e-5}}, "[layer_norm] x must end in the normalised axes [4] (x [2, 3])");
  s.fails({sample_normal({2, 3}), sample_normal({4})}, {{"normalised", Shape{3}}, {"eps", 1e-5}},
          "[layer_norm] weight must have the shape of the normalised axes [3] (x [2, 3], weight [4])");
  s.fails({sample_normal({2, 3})}, {{"normalised", Shape{3}}, {"eps", -1.0}}, "[layer_norm] eps keeps a division from failing");
  s.fails({sample_index({2, 3}, 5)}, {{"normalised", Shape{3}}, {"eps", 1e-5}}, "[layer_norm] x must be floating, it is i64");
  return s;
}

Samples rms_norm_samples() {
  Samples s(rms_norm_op);
  for (const RowCase& c : row_cases) {
    s.add({sample_normal(c.x), sample_normal(c.last, 2)}, {{"normalised", c.last}, {"eps", 1e-5}});
    s.add({sample_normal(c.x), Tensor()}, {{"normalised", c.last}, {"eps", 1e-3}});
  }
  s.fails({sample_normal({2, 3})}, {{"normalised", Shape{4}}, {"eps", 1e-5}}, "[rms_norm] x must end in the normalised axes [4] (x [2, 3])");
  return s;
}

struct GroupCase {
  Shape x;
  int64_t groups;
};
const std::initializer_list<GroupCase> group_cases = {{{2, 6}, 2},        {{2, 6}, 1},       {{3, 4, 5}, 2}, {{1, 4, 3, 3}, 4}, {{2, 3, 5, 7}, 3},
                                                      {{2, 6, 3, 11}, 3}, {{2, 4, 5, 8}, 1}, {{0, 4, 2}, 2}, {{2, 5, 1, 3}, 5}};

Samples group_norm_samples() {
  Samples s(group_norm_op);
  for (const GroupCase& c : group_cases) {
    s.add({sample_normal(c.x), sample_normal({c.x[1]}, 2), sample_normal({c.x[1]}, 3)}, {{"groups", c.groups}, {"eps", 1e-5}});
    s.add({sample_normal(c.x), Tensor(), Tensor()}, {{"groups", c.groups}, {"eps", 1e-3}});
  }
  s.fails({sample_normal({2, 6, 4})}, {{"groups", 4}, {"eps", 1e-5}}, "[group_norm] the 6 channels cannot be cut into 4 equal groups (x [2, 6, 4])");
  s.fails({sample_normal({2, 6}), sample_normal({2})}, {{"groups", 2}, {"eps", 1e-5}},
          "[group_norm] weight must have one number for each of the 6 channels (x [2, 6], weight [2])");
  return s;
}

Samples instance_norm_samples() {
  Samples s(instance_norm_op);
  for (const Shape& x : {Shape{2, 3, 4}, {1, 2, 3, 3}, {2, 17, 2, 2}, {3, 1, 5, 7}, {0, 2, 3}}) {
    s.add({sample_normal(x), sample_normal({x[1]}, 2), sample_normal({x[1]}, 3)}, {{"eps", 1e-5}});
    s.add({sample_normal(x), Tensor(), Tensor()}, {{"eps", 1e-3}});
  }
  s.fails({sample_normal({2, 3, 1, 1})}, {{"eps", 1e-5}}, "[instance_norm] a channel of one example must have more than one value (x [2, 3, 1, 1])");
  return s;
}

Samples group_norm_grad_samples() {
  Samples s(group_norm_grad_op);
  s.no_gradient("it is a gradient already; second derivatives go through the formula in ops");
  for (const GroupCase& c : group_cases)
    for (const bool centred : {true, false}) {
      const Shape channels = {c.x[1]}, statistics = {c.x[0], c.groups};
      const Tensor x = sample_normal(c.x, 1), dy = sample_normal(c.x, 2), rstd = sample_uniform(statistics, 0.8, 1.3, 5);
      const Tensor mean = centred ? sample_uniform(statistics, -0.3, 0.3, 4) : zeros(statistics);
      s.add({x, dy, sample_normal(channels, 3), mean, rstd}, {{"groups", c.groups}, {"centred", centred}, {"dweight", true}, {"dbias", centred}});
      s.add({x, dy, Tensor(), mean, rstd}, {{"groups", c.groups}, {"centred", centred}, {"dweight", false}, {"dbias", false}});
    }
  const Tensor x = sample_normal({2, 6}), c = sample_normal({6}), statistics = sample_normal({2, 3});
  s.fails({x, x, c, statistics, statistics}, {{"groups", 4}, {"centred", true}, {"dweight", true}, {"dbias", true}},
          "[group_norm_grad] the 6 channels cannot be cut into 4 equal groups (x [2, 6])");
  s.fails({x, x, c, c, statistics}, {{"groups", 3}, {"centred", true}, {"dweight", true}, {"dbias", true}},
          "[group_norm_grad] mean must have one number for each group (x [2, 6], mean [6])");
  return s;
}

}  // namespace

const OpInfo layer_norm_op = {"layer_norm", Autocast::widest, run_layer_norm, layer_norm_samples};
const OpInfo group_norm_op = {"group_norm", Autocast::widest, run_group_norm, group_norm_samples};
const OpInfo instance_norm_op = {"instance_norm", Autocast::widest, run_instance_norm, instance_norm_samples};
const OpInfo rms_norm_op = {"rms_norm", Autocast::widest, run_rms_norm, rms_norm_samples};
const OpInfo group_norm_grad_op = {"group_norm_grad", Autocast::widest, run_group_norm_grad, group_norm_grad_samples};

}  // namespace cairn
