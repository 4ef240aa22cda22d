// Average pooling.                                     x: [N, C, H, W]   y: [N, C, OH, OW]   S(i, j): the places of window (i, j)
//   y_ij  = 1 / n_ij sum over p in S(i, j) of x_p      n_ij: how many places S has, with those in the padding or without
//   dx_p  = sum over the windows that p lies in of dy_ij / n_ij
//   OH = (H + 2 padding - kernel) / stride + 1, rounded down, or up with ceil_mode (a last window must begin before H + padding)
// Adaptive: OH is given, and window i goes from i H / OH, rounded down, to (i + 1) H / OH, rounded up.
#include <cairn/ops/pool/pooling.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo avg_pool2d_op, adaptive_avg_pool2d_op, avg_pool_grad_op;

namespace {

Tensor averaged(Call&& op, const Pooling& p);

// dx of dy: linear, and its gradient is the average again. x is only asked for its type and layout by p.
Tensor avg_pool_grad(const Tensor& dy, const Pooling& p) {
  Call op(avg_pool_grad_op, std::span(&dy, 1), PoolingAttributes(p));
  Array dx = unpooled_array(op[0], p);
  op.kernel().avg_pool_grad(op[0], p.windows, p.count_padding, dx);
  return op.differentiable(dx, [p](Backward& b) {
    b.give(0, [&] {
      const Tensor x = b.grad();
      if (p.adaptive) return averaged(Call(adaptive_avg_pool2d_op, {x}, {{"size", shape_of(p.out)}}), p);
      const PoolingAttributes attributes(p);
      return averaged(Call(avg_pool2d_op, std::span(&x, 1), attributes), p);
    });
  });
}

Tensor averaged(Call&& op, const Pooling& p) {
  Array y = pooled_array(op[0], p, op[0].dtype());
  op.kernel().avg_pool(op[0], p.windows, p.count_padding, y);
  return op.differentiable(y, [p](Backward& b) { b.give(0, [&] { return avg_pool_grad(b.grad(), p); }); });
}

Tensor avg_pool_images(const char* name, const Tensor& x, Size2 kernel, Size2 stride, Size2 padding, bool ceil_mode, bool count_include_pad) {
  Pooling p = pooling_of(name, x, kernel, stride, padding, 1, ceil_mode);
  p.count_padding = count_include_pad;
  const PoolingAttributes attributes(p);
  return averaged(Call(avg_pool2d_op, std::span(&x, 1), attributes), p);
}

}  // namespace

Tensor avg_pool2d(const Tensor& x, Size2 kernel, const AvgPool2dOptions& o) {
  return over_images("avg_pool2d", x, [&](const Tensor& images) {
    return avg_pool_images("avg_pool2d", images, kernel, o.stride, o.padding, o.ceil_mode, o.count_include_pad);
  });
}

Tensor avg_pool1d(const Tensor& x, int64_t kernel, const AvgPool1dOptions& o) {
  return over_sequences("avg_pool1d", x, [&](const Tensor& rows) {
    return avg_pool_images("avg_pool1d", rows, {1, kernel}, {o.stride ? 1 : 0, o.stride}, {0, o.padding}, o.ceil_mode, o.count_include_pad);
  });
}

Tensor adaptive_avg_pool2d(const Tensor& x, Size2 size) {
  return over_images("adaptive_avg_pool2d", x, [&](const Tensor& images) {
    const Pooling p = adaptive_pooling_of("adaptive_avg_pool2d", images, size);
    return averaged(Call(adaptive_avg_pool2d_op, {images}, {{"size", shape_of(size)}}), p);
  });
}

Tensor adaptive_avg_pool1d(const Tensor& x, int64_t size) {
  return over_sequences("adaptive_avg_pool1d", x, [&](const Tensor& rows) { return adaptive_avg_pool2d(rows, {1, size}); });
}

Tensor global_avg_pool2d(const Tensor& x) {
  check_rank("global_avg_pool2d", x, {3, 4});
  const Tensor y = adaptive_avg_pool2d(x, 1);
  Shape shape = x.shape();
  shape.erase(shape.rank() - 1);
  shape.erase(shape.rank() - 1);
  return reshape(y, shape);
}

namespace {

std::vector<Tensor> run_avg_pool2d(const std::vector<Tensor>& in, const Attributes& a) {
  return {avg_pool2d(in[0], size2(a, "kernel"),
                     {.stride = size2(a, "stride"),
                      .padding = size2(a, "padding"),
                      .ceil_mode = a.boolean("ceil_mode"),
                      .count_include_pad = a.boolean("count_include_pad")})};
}
std::vector<Tensor> run_adaptive_avg(const std::vector<Tensor>& in, const Attributes& a) { return {adaptive_avg_pool2d(in[0], size2(a, "size"))}; }
std::vector<Tensor> run_avg_pool_grad(const std::vector<Tensor>& in, const Attributes& a) {
  return {avg_pool_grad(in[0], pooling_of(a, {in[0].size(2), in[0].size(3)}))};
}

Samples avg_pool2d_samples() {
  Samples s(avg_pool2d_op);
  const auto add = [&](const Shape& x, Size2 kernel, Size2 stride, Size2 padding, bool ceil, bool count) {
    s.add({sample_normal(x)}, {{"kernel", shape_of(kernel)},
                               {"stride", shape_of(stride)},
                               {"padding", shape_of(padding)},
                               {"ceil_mode", ceil},
                               {"count_include_pad", count}});
  };
  for (const bool count : {true, false}) {
    add({2, 3, 4, 6}, 2, 2, 0, false, count);
    add({1, 2, 7, 5}, 3, 2, 1, false, count);
    add({1, 1, 6, 8}, 3, 2, 1, true, count);
    add({2, 1, 5, 7}, {2, 3}, {1, 3}, {1, 0}, true, count);
  }
  add({1, 2, 5, 9}, {1, 2}, {3, 4}, 0, false, true);  // stride > kernel
  add({2, 17, 3, 3}, 3, 3, 0, false, true);
  add({1, 1, 1, 40}, {1, 3}, {1, 2}, {0, 1}, false, false);
  add({0, 2, 4, 4}, 2, 2, 0, false, true);
  add({2, 4, 5}, 2, 2, 0, false, true);
  s.fails({sample_normal({1, 1, 2, 9})},
          {{"kernel", Shape{3, 3}}, {"stride", Shape{1, 1}}, {"padding", Shape{0, 0}}, {"ceil_mode", false}, {"count_include_pad", true}},
          "[avg_pool2d] a window of 3 x 3 does not fit into an image of 2 x 9 (x [1, 1, 2, 9])");
  s.fails({sample_normal({1, 1, 9, 9})},
          {{"kernel", Shape{3, 2}}, {"stride", Shape{1, 1}}, {"padding", Shape{2, 0}}, {"ceil_mode", false}, {"count_include_pad", true}},
          "[avg_pool2d] the padding must lie between 0 and half of the kernel (padding 2 x 0, kernel 3 x 2)");
  s.fails({sample_normal({9, 9})},
          {{"kernel", Shape{3, 3}}, {"stride", Shape{1, 1}}, {"padding", Shape{0, 0}}, {"ceil_mode", false}, {"count_include_pad", true}},
          "[avg_pool2d] x must have 3 to 4 axes (x [9, 9])");
  return s;
}

Samples adaptive_avg_samples() {
  Samples s(adaptive_avg_pool2d_op);
  for (const Shape& size : {Shape{1, 1}, {2, 3}, {3, 2}, {5, 7}, {6, 9}}) s.add({sample_normal({2, 3, 5, 7})}, {{"size", size}});
  s.add({sample_normal({1, 2, 6, 6})}, {{"size", Shape{3, 2}}}).add({sample_normal({3, 4, 4})}, {{"size", Shape{1, 1}}});
  s.add({sample_normal({0, 2, 4, 4})}, {{"size", Shape{2, 2}}});
  s.fails({sample_normal({1, 1, 4, 4})}, {{"size", Shape{0, 1}}}, "[adaptive_avg_pool2d] the size of the result must be at least 1");
  s.fails({sample_normal({1, 1, 0, 4})}, {{"size", Shape{1, 1}}}, "[adaptive_avg_pool2d] an image without pixels has no average");
  return s;
}

Samples avg_pool_grad_samples() {
  Samples s(avg_pool_grad_op);
  const auto add = [&](const Shape& dy, Size2 in, Size2 kernel, Size2 stride, Size2 padding, bool adaptive) {
    s.add({sample_normal(dy)}, {{"kernel", shape_of(kernel)},
                                {"stride", shape_of(stride)},
                                {"padding", shape_of(padding)},
                                {"dilation", Shape{1, 1}},
                                {"ceil_mode", false},
                                {"count_include_pad", !adaptive},
                                {"adaptive", adaptive},
                                {"in", shape_of(in)}});
  };
  add({2, 2, 2, 3}, {4, 7}, 2, 2, 0, false);
  add({1, 3, 3, 4}, {5, 7}, 3, 2, 1, false);
  add({1, 1, 2, 20}, {4, 40}, 3, 2, 1, false);
  add({2, 2, 1, 1}, {3, 5}, {3, 5}, {3, 5}, 0, false);
  add({1, 2, 2, 3}, {5, 7}, 1, 1, 0, true);
  return s;
}

}  // namespace

const OpInfo avg_pool2d_op = {"avg_pool2d", Autocast::widest, run_avg_pool2d, avg_pool2d_samples};
const OpInfo adaptive_avg_pool2d_op = {"adaptive_avg_pool2d", Autocast::widest, run_adaptive_avg, adaptive_avg_samples};
const OpInfo avg_pool_grad_op = {"avg_pool_grad", Autocast::widest, run_avg_pool_grad, avg_pool_grad_samples};

}  // namespace cairn
