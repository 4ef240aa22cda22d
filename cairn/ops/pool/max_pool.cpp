// Max pooling.                                         x: [N, C, H, W]   y: [N, C, OH, OW]   S(i, j): the places of window (i, j)
//   y_ij  = max over p in S(i, j) of x_p               a_ij: the first place where it is (the last NaN, where there is one)
//   dx_p  = sum over the windows with a_ij = p of dy_ij
// The places a are kept, as numbers within the window: u8 up to 256 places, i32 above. The gradient scatters dy to them; the gradient
// of that gathers from them; so second derivatives are these two again. Windows and adaptive sizes: avg_pool.cpp, and the places of a
// window may lie `dilation` apart.
#include <cairn/ops/pool/pooling.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo max_pool2d_op, adaptive_max_pool2d_op, max_pool_grad_op, max_pool_pick_op;

namespace {

// y_ij = x at a_ij.
Tensor max_pool_pick(const Tensor& x, const Tensor& place, const Pooling& p);

// dx_p = the sum of dy_ij over a_ij = p.
Tensor max_pool_grad(const Tensor& dy, const Tensor& place, const Pooling& p) {
  const Tensor inputs[] = {dy, place};
  Call op(max_pool_grad_op, inputs, PoolingAttributes(p));
  Array dx = unpooled_array(op[0], p);
  op.kernel().max_pool_grad(op[0], op[1], p.windows, dx);
  return op.differentiable(dx, op.save({1}), [p](Backward& b) { b.give(0, [&] { return max_pool_pick(b.grad(), b.input(1), p); }); });
}

Tensor max_pool_pick(const Tensor& x, const Tensor& place, const Pooling& p) {
  const Tensor inputs[] = {x, place};
  Call op(max_pool_pick_op, inputs, PoolingAttributes(p));
  Array y = op.out(op[1].shape());
  op.kernel().max_pool_pick(op[0], op[1], p.windows, y);
  return op.differentiable(y, op.save({1}), [p](Backward& b) { b.give(0, [&] { return max_pool_grad(b.grad(), b.input(1), p); }); });
}

Tensor largest(Call&& op, const Pooling& p) {
  const bool small = p.windows.kernel.h * p.windows.kernel.w <= 256;
  Array y = pooled_array(op[0], p, op[0].dtype()), place;
  if (op.recording()) place = pooled_array(op[0], p, small ? u8 : i32);
  op.kernel().max_pool(op[0], p.windows, y, place);
  return op.differentiable(y, op.save({}, {place}), [p](Backward& b) { b.give(0, [&] { return max_pool_grad(b.grad(), b.stored(0), p); }); });
}

Tensor max_pool_images(const char* name, const Tensor& x, Size2 kernel, Size2 stride, Size2 padding, Size2 dilation, bool ceil_mode) {
  const Pooling p = pooling_of(name, x, kernel, stride, padding, dilation, ceil_mode);
  const PoolingAttributes attributes(p);
  return largest(Call(max_pool2d_op, std::span(&x, 1), attributes), p);
}

}  // namespace

Tensor max_pool2d(const Tensor& x, Size2 kernel, const MaxPool2dOptions& o) {
  return over_images("max_pool2d", x, [&](const Tensor& images) {
    return max_pool_images("max_pool2d", images, kernel, o.stride, o.padding, o.dilation, o.ceil_mode);
  });
}

Tensor max_pool1d(const Tensor& x, int64_t kernel, const MaxPool1dOptions& o) {
  return over_sequences("max_pool1d", x, [&](const Tensor& rows) {
    return max_pool_images("max_pool1d", rows, {1, kernel}, {o.stride ? 1 : 0, o.stride}, {0, o.padding}, {1, o.dilation}, o.ceil_mode);
  });
}

Tensor adaptive_max_pool2d(const Tensor& x, Size2 size) {
  return over_images("adaptive_max_pool2d", x, [&](const Tensor& images) {
    const Pooling p = adaptive_pooling_of("adaptive_max_pool2d", images, size);
    return largest(Call(adaptive_max_pool2d_op, {images}, {{"size", shape_of(size)}}), p);
  });
}

Tensor adaptive_max_pool1d(const Tensor& x, int64_t size) {
  return over_sequences("adaptive_max_pool1d", x, [&](const Tensor& rows) { return adaptive_max_pool2d(rows, {1, size}); });
}

namespace {

std::vector<Tensor> run_max_pool2d(const std::vector<Tensor>& in, const Attributes& a) {
  return {max_pool2d(
      in[0], size2(a, "kernel"),
      {.stride = size2(a, "stride"), .padding = size2(a, "padding"), .dilation = size2(a, "dilation"), .ceil_mode = a.boolean("ceil_mode")})};
}
std::vector<Tensor> run_adaptive_max(const std::vector<Tensor>& in, const Attributes& a) { return {adaptive_max_pool2d(in[0], size2(a, "size"))}; }
std::vector<Tensor> run_max_pool_grad(const std::vector<Tensor>& in, const Attributes& a) {
  return {max_pool_grad(in[0], in[1], pooling_of(a, {in[0].size(2), in[0].size(3)}))};
}
std::vector<Tensor> run_max_pool_pick(const std::vector<Tensor>& in, const Attributes& a) {
  return {max_pool_pick(in[0], in[1], pooling_of(a, {in[1].size(2), in[1].size(3)}))};
}

Samples max_pool2d_samples() {
  Samples s(max_pool2d_op);
  const auto add = [&](const Shape& x, Size2 kernel, Size2 stride, Size2 padding, Size2 dilation, bool ceil) {
    s.add({sample_distinct(x)}, {{"kernel", shape_of(kernel)},
                                 {"stride", shape_of(stride)},
                                 {"padding", shape_of(padding)},
                                 {"dilation", shape_of(dilation)},
                                 {"ceil_mode", ceil}});
  };
  add({2, 3, 4, 6}, 2, 2, 0, 1, false);
  add({1, 2, 7, 5}, 3, 2, 1, 1, false);
  add({1, 1, 6, 8}, 3, 2, 1, 1, true);
  add({2, 1, 5, 7}, {2, 3}, {1, 3}, {1, 0}, 1, true);
  add({1, 2, 5, 9}, {1, 2}, {3, 4}, 0, 1, false);  // stride > kernel
  add({1, 2, 8, 7}, 3, 1, 1, 2, false);
  add({1, 1, 9, 9}, 2, 3, {0, 1}, {3, 1}, true);
  add({2, 17, 3, 3}, 3, 3, 0, 1, false);
  add({1, 1, 1, 300}, {1, 258}, {1, 5}, 0, 1, false);  // more than 256 places
  add({1, 1, 3, 40}, {2, 3}, {1, 2}, {0, 1}, 1, false);
  add({0, 2, 4, 4}, 2, 2, 0, 1, false);
  add({2, 4, 5}, 2, 2, 0, 1, false);
  const auto fails = [&](const Shape& x, Shape kernel, Shape stride, Shape padding, Shape dilation, const std::string& message) {
    s.fails({sample_normal(x)}, {{"kernel", kernel}, {"stride", stride}, {"padding", padding}, {"dilation", dilation}, {"ceil_mode", false}},
            message);
  };
  fails({1, 1, 4, 9}, {3, 3}, {1, 1}, {0, 0}, {2, 2},
        "[max_pool2d] a window of 3 x 3 with dilation 2 x 2 does not fit into an image of 4 x 9 (x [1, 1, 4, 9])");
  fails({1, 1, 0, 9}, {3, 3}, {1, 1}, {1, 1}, {1, 1}, "[max_pool2d] a window of 3 x 3 does not fit into an image of 0 x 9 with padding 1 x 1");
  fails({1, 1, 9, 9}, {0, 3}, {1, 1}, {0, 0}, {1, 1}, "[max_pool2d] the kernel must be at least 1 and at most 2^31, not 0 x 3");
  fails({1, 1, 9, 9}, {3, 3}, {1, 0}, {0, 0}, {1, 1}, "[max_pool2d] the stride must be at least 1 and at most 2^31, not 1 x 0");
  s.fails({sample_index({1, 1, 4, 4}, 5)},
          {{"kernel", Shape{2, 2}}, {"stride", Shape{2, 2}}, {"padding", Shape{0, 0}}, {"dilation", Shape{1, 1}}, {"ceil_mode", false}},
          "[max_pool2d] x must be floating, it is i64");
  return s;
}

Samples adaptive_max_samples() {
  Samples s(adaptive_max_pool2d_op);
  for (const Shape& size : {Shape{1, 1}, {2, 3}, {3, 2}, {5, 7}, {6, 9}}) s.add({sample_distinct({2, 3, 5, 7})}, {{"size", size}});
  s.add({sample_distinct({1, 2, 6, 6})}, {{"size", Shape{3, 2}}}).add({sample_distinct({3, 4, 4})}, {{"size", Shape{1, 1}}});
  s.fails({sample_normal({1, 1, 4, 4})}, {{"size", Shape{-1, 1}}}, "[adaptive_max_pool2d] the size of the result must be at least 1");
  return s;
}

// Samples of both directions: x and dy with places that a max pooling could have found.
template <class Add> void add_placed(Add add) {
  add(Size2(4, 7), Size2(2, 3), Size2(2), Size2(2), Size2(0), Size2(1), false, u8);
  add(Size2(5, 7), Size2(3, 4), Size2(3), Size2(2), Size2(1), Size2(1), false, u8);
  add(Size2(3, 40), Size2(2, 20), Size2(2, 3), Size2(1, 2), Size2(0, 1), Size2(1), false, u8);
  add(Size2(8, 7), Size2(6, 5), Size2(3), Size2(1), Size2(1), Size2(2), false, u8);
  add(Size2(3, 5), Size2(1), Size2(3, 5), Size2(3, 5), Size2(0), Size2(1), false, i32);
  add(Size2(5, 7), Size2(2, 3), Size2(1), Size2(1), Size2(0), Size2(1), true, u8);
}
struct Placed {
  Tensor place;
  Shape kernel, stride, padding, dilation, in;
};

template <const OpInfo& op, bool pick> Samples placed_samples() {
  Samples s(op);
  add_placed([&](Size2 in, Size2 out, Size2 kernel, Size2 stride, Size2 padding, Size2 dilation, bool adaptive, DType dtype) {
    // Adaptive windows of 5 x 7 in 2 x 3 have at least 3 x 3 of the 4 x 4 places that are counted.
    const Tensor number = sample_index({2, 3, out.h, out.w}, adaptive ? 3 : kernel.h * kernel.w);
    s.add({sample_normal(pick ? Shape{2, 3, in.h, in.w} : number.shape()), cast(number, dtype)}, {{"kernel", shape_of(kernel)},
                                                                                                  {"stride", shape_of(stride)},
                                                                                                  {"padding", shape_of(padding)},
                                                                                                  {"dilation", shape_of(dilation)},
                                                                                                  {"ceil_mode", false},
                                                                                                  {"count_include_pad", true},
                                                                                                  {"adaptive", adaptive},
                                                                                                  {"in", shape_of(in)}});
  });
  return s;
}

}  // namespace

const OpInfo max_pool2d_op = {"max_pool2d", Autocast::widest, run_max_pool2d, max_pool2d_samples};
const OpInfo adaptive_max_pool2d_op = {"adaptive_max_pool2d", Autocast::widest, run_adaptive_max, adaptive_max_samples};
const OpInfo max_pool_grad_op = {"max_pool_grad", Autocast::widest, run_max_pool_grad, placed_samples<max_pool_grad_op, false>};
const OpInfo max_pool_pick_op = {"max_pool_pick", Autocast::widest, run_max_pool_pick, placed_samples<max_pool_pick_op, true>};

}  // namespace cairn
