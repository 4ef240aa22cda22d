// Another size by a rule for each axis: a linear map R of the rows and one of the columns.      x: [.., H, W]   y: [.., OH, OW]
//   y = R_h x R_w^T         dx = R_h^T dy R_w, an op of its own, whose gradient is y of it again
#include <cairn/ops/image/resample.h>

#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo resample_op, resample_grad_op;

namespace {

const char* const rule_names[] = {"nearest", "bilinear", "reflect", "replicate", "circular"};

Resampling::Rule rule_named(const std::string& name) {
  for (int i = 0; i < 5; i++)
    if (name == rule_names[i]) return Resampling::Rule(i);
  throw ConfigError("[resample] there is no rule '" + name + "'. Hint: a graph of another version?");
}

Shape with_size(Shape shape, Size2 size) {
  shape[shape.rank() - 2] = size.h;
  shape[shape.rank() - 1] = size.w;
  return shape;
}
Size2 size_of(const Array& x) { return {x.size(-2), x.size(-1)}; }

// Either of the two, which are each other's gradients: x to images of this size, or dy back to them.
template <bool grad> Tensor resampled(const Tensor& x, const Resampling& r, Size2 size) {
  const Shape shape = with_size(x.shape(), size);
  checked_bytes(shape, size_of(x.dtype()));
  Call op(grad ? resample_grad_op : resample_op, {x},
          {{"rule", rule_names[r.rule]},
           {"align_corners", r.align_corners},
           {"step_h", r.step.h},
           {"step_w", r.step.w},
           {"before", Shape{r.before.h, r.before.w}},
           {"size", Shape{size.h, size.w}}});
  Array y = op.out(shape);
  grad ? op.kernel().resample_grad(op[0], r, y) : op.kernel().resample(op[0], r, y);
  return op.differentiable(y, [r, from = size_of(op[0])](Backward& b) { b.give(0, [&] { return resampled<!grad>(b.grad(), r, from); }); });
}

}  // namespace

Tensor resample(const Tensor& x, const Resampling& r, Size2 size) { return resampled<false>(x, r, size); }

namespace {

template <Tensor (*f)(const Tensor&, const Resampling&, Size2)> std::vector<Tensor> run(const std::vector<Tensor>& in, const Attributes& a) {
  const Shape before = a.shape("before"), size = a.shape("size");
  const Resampling r = {rule_named(a.text("rule")), a.boolean("align_corners"), {a.number("step_h"), a.number("step_w")}, {before[0], before[1]}};
  return {f(in[0], r, {size[0], size[1]})};
}

template <const OpInfo& op, bool grad> Samples samples() {
  Samples s(op);
  const auto add = [&](Shape planes, Size2 from, Size2 to, const char* rule, bool align, Scale2 step, Size2 before) {
    const Size2 in = grad ? to : from, out = grad ? from : to;
    planes.push_back(in.h);
    planes.push_back(in.w);
    s.add({sample_normal(planes)}, {{"rule", rule},
                                    {"align_corners", align},
                                    {"step_h", step.h},
                                    {"step_w", step.w},
                                    {"before", Shape{before.h, before.w}},
                                    {"size", Shape{out.h, out.w}}});
  };
  add({2, 3}, {3, 4}, {6, 8}, "nearest", false, 0.5, 0);
  add({1, 2}, {5, 3}, {3, 7}, "nearest", false, {5.0 / 3, 3.0 / 7}, 0);
  add({2, 3}, {3, 4}, {6, 8}, "bilinear", false, 0.5, 0);
  add({1, 2}, {3, 4}, {5, 9}, "bilinear", true, {2.0 / 4, 3.0 / 8}, 0);
  add({2}, {5, 4}, {2, 3}, "bilinear", false, {5.0 / 2, 4.0 / 3}, 0);
  add({1, 1}, {1, 1}, {3, 2}, "bilinear", true, 0.0, 0);
  add({2, 1}, {3, 4}, {3 + 2 + 1, 4 + 3}, "reflect", false, 1.0, {2, 3});
  add({}, {3, 4}, {3 + 1 + 5, 4 + 2}, "replicate", false, 1.0, {1, 2});
  add({2, 1}, {3, 4}, {3 + 3 + 3, 4 + 1 + 2}, "circular", false, 1.0, {3, 1});
  add({0, 2}, {3, 4}, {6, 8}, "nearest", false, 0.5, 0);
  return s;
}

}  // namespace

const OpInfo resample_op = {"resample", Autocast::widest, run<resample>, samples<resample_op, false>};
const OpInfo resample_grad_op = {"resample_grad", Autocast::widest, run<resampled<true>>, samples<resample_grad_op, true>};

}  // namespace cairn
