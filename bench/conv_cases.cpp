// The convolutions of `cairn bench --ops conv2d`: each of the three passes by itself, images and gradients lying as they do within a network.
// Weights are written before each pass that reads them, as they are before each training step, so that nothing can be kept packed.
#include <bench/ops.h>

#include <fmt/format.h>

#include <cairn/backend/backend.h>
#include <cairn/ops/conv/passes.h>

namespace cairn {

namespace {

struct Convolution {
  const char* name;
  Shape x, w;
  int64_t stride = 1, padding = 0, groups = 1;
};

const std::vector<Convolution> convolutions = {
    {"LeNet 5x5", {64, 1, 28, 28}, {6, 1, 5, 5}, 1, 2},
    {"LeNet 5x5", {64, 6, 14, 14}, {16, 6, 5, 5}},
    {"3x3", {64, 16, 28, 28}, {32, 16, 3, 3}, 1, 1},
    {"3x3", {128, 64, 32, 32}, {64, 64, 3, 3}, 1, 1},
    {"3x3", {128, 128, 16, 16}, {128, 128, 3, 3}, 1, 1},
    {"3x3", {128, 256, 8, 8}, {256, 256, 3, 3}, 1, 1},
    {"3x3", {128, 512, 4, 4}, {512, 512, 3, 3}, 1, 1},
    {"3x3, stride 2", {128, 64, 32, 32}, {128, 64, 3, 3}, 2, 1},
    {"3x3, stride 2", {128, 128, 16, 16}, {256, 128, 3, 3}, 2, 1},
    {"3x3, stride 2", {128, 256, 8, 8}, {512, 256, 3, 3}, 2, 1},
    {"1x1", {32, 256, 28, 28}, {64, 256, 1, 1}},
    {"1x1", {32, 64, 28, 28}, {256, 64, 1, 1}},
    {"1x1, stride 2", {128, 64, 32, 32}, {128, 64, 1, 1}, 2},
    {"1x1, stride 2", {128, 128, 16, 16}, {256, 128, 1, 1}, 2},
    {"7x7, stride 2", {16, 3, 224, 224}, {64, 3, 7, 7}, 2, 3},
    {"7x7", {32, 64, 28, 28}, {64, 64, 7, 7}, 1, 3},
    {"depthwise 3x3", {32, 96, 56, 56}, {96, 1, 3, 3}, 1, 1, 96},
};

std::string size_text(const Shape& s) { return fmt::format("{}x{}x{}x{}", s[0], s[1], s[2], s[3]); }

// As it lies when another layer of a network has made it: `pass` is the one that would.
Tensor as_made_by(ConvPass pass, const Tensor& t, const Shape& x, const Shape& w, const Shape& y, const ConvGeometry& g) {
  const Layout layout = backend().conv2d_layout(pass, x, w, y, t.dtype(), g);
  return layout == Layout::strided ? t : Tensor(to_blocked(t.array(), layout));
}

void touch(Tensor w) { w.set_({0, 0, 0, 0}, 0.5); }

OpCase conv_case(const Convolution& c, ConvPass pass) {
  const ConvGeometry g{{c.stride, c.stride}, {1, 1}, {c.padding, c.padding}, {c.padding, c.padding}, c.groups};
  const Shape y = conv_result(c.x, c.w, g);
  OpCase r;
  r.op = "conv2d";
  r.flops = double(conv_flops(y, c.w));
  const std::string images = fmt::format("[{}, {}, {}, {}]", c.x[0], c.x[1], c.x[2], c.x[3]);
  const std::string weights = fmt::format("[{}, {}, {}, {}]", c.w[0], c.w[1], c.w[2], c.w[3]);
  const std::string geometry = fmt::format("[{0}, {0}], [{1}, {1}], [1, 1]", c.stride, c.padding);
  const auto gradient = [&](const char* dy, const std::string& x, const std::string& w, const char* mask) {
    return fmt::format("torch.ops.aten.convolution_backward({}, {}, {}, None, {}, False, [0, 0], {}, {})", dy, x, w, geometry, c.groups, mask);
  };
  const auto lying = [=](const Tensor& t, bool image) { return as_made_by(image ? ConvPass::grad_input : ConvPass::forward, t, c.x, c.w, y, g); };
  std::string what;
  if (pass == ConvPass::forward) {
    what = "forward";
    r.inputs = {{c.x, 0, true}, {c.w}};
    r.torch = fmt::format("(b[0, 0].fill_(0.5), F.conv2d(a, b, None, {}, {}, 1, {}))", c.stride, c.padding, c.groups);
    r.prepare = [=](const std::vector<Tensor>& in) {
      return [=, x = lying(in[0], true), w = in[1]] {
        touch(w);
        convolve(x, w, {}, g);
      };
    };
  } else if (pass == ConvPass::grad_input) {
    what = "gradient of images";
    r.inputs = {{y, 0, true}, {c.w}};
    r.torch = "(b[0, 0].fill_(0.5), " + gradient("a", "a.new_empty(" + images + ")", "b", "[True, False, False]") + ")";
    r.prepare = [=](const std::vector<Tensor>& in) {
      return [=, dy = lying(in[0], false), w = in[1]] {
        touch(w);
        convolve_grad_input(dy, w, g, c.x[2], c.x[3]);
      };
    };
  } else {
    what = "gradient of weights";
    r.inputs = {{c.x, 0, true}, {y, 0, true}};
    r.torch = gradient("b", "a", "a.new_empty(" + weights + ")", "[False, True, False]");
    r.prepare = [=](const std::vector<Tensor>& in) {
      return [=, x = lying(in[0], true), dy = lying(in[1], false)] { convolve_grad_weight(x, dy, g, c.w[2], c.w[3], false, true); };
    };
  }
  r.shapes = fmt::format("{} {} to {}, {}", c.name, size_text(c.x), c.w[0], what);
  return r;
}

}  // namespace

std::vector<OpCase> conv_cases() {
  std::vector<OpCase> cases;
  for (const Convolution& c : convolutions)
    for (const ConvPass pass : {ConvPass::forward, ConvPass::grad_input, ConvPass::grad_weight}) cases.push_back(conv_case(c, pass));
  return cases;
}

}  // namespace cairn
