// Whole nets, folded for inference, give what they gave before.
#include <gtest/gtest.h>

#include <cmath>

#include <cairn/autograd/modes.h>
#include <cairn/base/random.h>
#include <cairn/models/models.h>
#include <cairn/nn/inference.h>
#include <cairn/ops/ops.h>

namespace cairn {
namespace {

// As after a training: statistics and scales that are not those of the start, and logits that depend on the picture. `variance`: about
// which the running ones lie. Small ones keep the picture alive through many layers; smaller still, and the last bit of a pixel decides.
void shake(Module& net, double variance) {
  NoGrad no_grad;
  for (auto& [name, buffer] : net.buffers()) {
    Tensor t = buffer;
    if (name.ends_with("running_mean")) t.copy_(randn(t.shape()) * (0.3 * std::sqrt(variance)));
    if (name.ends_with("running_var")) t.copy_((rand(t.shape()) + 0.5) * variance);
  }
  for (auto& [name, parameter] : net.parameters()) {
    Tensor t = parameter;
    if (t.rank() == 1) t.copy_(t + randn(t.shape()) * 0.2);
    if (t.rank() == 2) t.copy_(randn(t.shape()) * (2 / std::sqrt(double(t.size(1)))));
  }
}

int64_t count(const Graph& g, const std::string& op) {
  return std::count_if(g.calls.begin(), g.calls.end(), [&](const GraphCall& c) { return c.op->name == op; });
}

void expect_same_results(std::shared_ptr<Module> net, const Shape& image, int64_t norms_left, double variance = 1) {
  shake(*net, variance);
  InferenceModel folded(net);
  NoGrad no_grad;
  for (int64_t n : {1, 3}) {
    const Tensor x = randn({n, image[0], image[1], image[2]});
    const Tensor want = net->apply(x), got = folded(x);
    EXPECT_LE(max(abs(got - want)).item(), 1e-5 * std::sqrt(mean(want * want).item()));
    if (n > 1) EXPECT_GT(max(abs(want[0] - want[1])).item(), 0.01) << "this test could not tell whether the picture arrives";
    const auto g = folded.graph(x);
    ASSERT_NE(g, nullptr);
    EXPECT_EQ(count(*g, "batch_norm"), norms_left);
  }
}

TEST(InferenceOfModels, resnet20_is_equal_to_1e_5) {
  manual_seed(1);
  expect_same_results(std::make_shared<ResNet>(resnet20()), {3, 16, 16}, 0);
}

TEST(InferenceOfModels, vgg11_with_batch_norm_is_equal_to_1e_5) {
  manual_seed(2);
  VGGConfig c = vgg11();
  c.classes = 10, c.width = 8, c.hidden = 32;
  expect_same_results(std::make_shared<VGG>(with_batch_norm(c)), {3, 64, 64}, 0);
}

TEST(InferenceOfModels, mobilenet_v2_is_equal_to_1e_5) {
  manual_seed(3);
  expect_same_results(std::make_shared<MobileNetV2>(MobileNetV2Config{.width = 0.25, .classes = 10, .last = 64}), {3, 32, 32}, 0, 0.3);
}

TEST(InferenceOfModels, a_net_without_norms_has_its_activations_fused) {
  manual_seed(4);
  auto net = std::make_shared<Sequential>(mnist_cnn({1, 12, 12, 10}));
  expect_same_results(net, {1, 12, 12}, 0);
  const auto model = compile_for_inference(net, zeros({2, 1, 12, 12}));
  EXPECT_EQ(count(*model->graph(zeros({2, 1, 12, 12})), "conv2d_relu"), 2);
}

struct ReadsValues : Layer<ReadsValues> {
  Tensor forward(const Tensor& x) { return x * (1 + max(x).item()); }
};

TEST(InferenceOfModels, a_net_that_cannot_be_traced_runs_as_it_is) {
  auto net = std::make_shared<ReadsValues>();
  InferenceModel model(net);
  const Tensor x = ones({2, 3});
  EXPECT_EQ(model.graph(x), nullptr);
  EXPECT_EQ(model(x).to_vector<float>(), (*net)(x).to_vector<float>());
}

TEST(InferenceOfModels, wrong_inputs_are_the_nets_own_errors) {
  InferenceModel model(std::make_shared<ResNet>(resnet20()));
  EXPECT_THROW(model(zeros({1, 4, 16, 16})), ShapeError);
}

}  // namespace
}  // namespace cairn
