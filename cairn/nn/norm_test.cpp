// Normalisation layers against PyTorch's: three training batches, the state afterwards, evaluation; files of PyTorch's; messages.
#include <cairn/nn/norm.h>

#include <gmock/gmock.h>

#include <cairn/autograd/autograd.h>
#include <cairn/nn/activations.h>
#include <cairn/nn/linear.h>
#include <cairn/nn/saving.h>
#include <cairn/nn/sequential.h>
#include <cairn/ops/ops.h>
#include <cairn/tensor/layout.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/golden.h>

namespace cairn {
namespace {

using testing::HasSubstr;

struct Description {
  const Json& json;
  bool flag(const char* name, bool otherwise) const { return json.find(name) ? json.at(name).as_bool() : otherwise; }
  double number(const char* name, double otherwise) const { return json.find(name) ? json.at(name).as_double() : otherwise; }
  Shape shape(const char* name) const {
    std::vector<int64_t> sizes;
    for (const Json& i : json.at(name).as_array()) sizes.push_back(i.as_int());
    return Shape(sizes);
  }
};

std::unique_ptr<Module> layer_of(const Description& d, int64_t channels) {
  const std::string& name = d.json.at("layer").as_string();
  const double eps = d.number("eps", 1e-5);
  const bool affine = d.flag("affine", true);
  if (name.starts_with("BatchNorm")) {
    BatchNormLayerOptions o = {.eps = eps, .momentum = d.number("momentum", 0.1), .affine = affine, .track_running_stats = d.flag("tracked", true)};
    if (d.flag("cumulative", false)) o.momentum.reset();
    if (name == "BatchNorm1d") return std::make_unique<BatchNorm1d>(channels, o);
    return std::make_unique<BatchNorm2d>(channels, o);
  }
  if (name == "InstanceNorm2d")
    return std::make_unique<InstanceNorm2d>(
        channels, InstanceNormOptions{.momentum = d.number("momentum", 0.1), .affine = affine, .track_running_stats = d.flag("tracked", false)});
  if (name == "GroupNorm") return std::make_unique<GroupNorm>(d.json.at("groups").as_int(), channels);
  if (name == "LayerNorm")
    return std::make_unique<LayerNorm>(d.shape("last"), LayerNormOptions{.eps = eps, .affine = affine, .bias = d.flag("bias", true)});
  return std::make_unique<RMSNorm>(d.shape("last"), RMSNormOptions{.eps = d.json.find("eps") ? std::optional(eps) : std::nullopt});
}

TEST(NormLayers, train_and_evaluate_as_those_of_pytorch_and_keep_the_same_state) {
  const Golden golden("norm_layers.safetensors");
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& c = golden.cases()[i];
    SCOPED_TRACE("case " + std::to_string(i) + " " + c.dump());
    const auto layer = layer_of({c}, golden.tensor(i, "x0").size(1));
    StateDict before, after;
    size_t n = 0;
    for (const Json& name : c.at("state").as_array()) {
      before[name.as_string()] = golden.tensor(i, "before" + std::to_string(n));
      after[name.as_string()] = golden.tensor(i, "after" + std::to_string(n++));
    }
    EXPECT_TRUE(layer->load_state_dict(before).none());
    for (int k = 0; k < 3; k++) {
      const std::string number = std::to_string(k);
      EXPECT_LE(difference(layer->apply(golden.tensor(i, "x" + number)).detach(), golden.tensor(i, "y" + number)), 1e-5) << "batch " << k;
    }
    const StateDict state = layer->state_dict();
    EXPECT_EQ(state.size(), after.size());
    for (const auto& [name, value] : after) {
      EXPECT_EQ(state.at(name).dtype(), value.dtype()) << name;
      EXPECT_LE(difference(state.at(name).detach(), value), 1e-6) << name;
    }
    layer->eval();
    EXPECT_LE(difference(layer->apply(golden.tensor(i, "x0")).detach(), golden.tensor(i, "eval")), 1e-5) << "evaluation";
  }
  EXPECT_GE(golden.cases().size(), 17u);
}

TEST(NormLayers, load_from_a_file_that_pytorch_has_written) {
  const std::string path = CAIRN_SOURCE_DIR "/tests/golden/norm_model.safetensors";
  auto model = Sequential(Linear(6, 8), BatchNorm1d(8), ReLU(), Linear(8, 12), LayerNorm(12), GroupNorm(3, 12), RMSNorm(12));
  const StateDifference found = load(path, model, false);
  EXPECT_TRUE(found.missing.empty() && found.mismatched.empty()) << found.str();
  EXPECT_THAT(found.unexpected, testing::ElementsAre("example.x", "example.y"));
  EXPECT_EQ(model.at<BatchNorm1d>(1).num_batches_tracked.tensor().item(), 3);
  model.eval();
  const SafetensorsFile file(path);
  EXPECT_LE(difference(model(file.read("example.x")).detach(), file.read("example.y")), 1e-5);
}

TEST(NormLayers, give_relu_of_the_normalised_input_in_one_pass_when_asked) {
  BatchNorm2d plain(5), fused(5, {.relu = true});
  const Tensor x = randn({3, 5, 4, 4}), dy = randn({3, 5, 4, 4});
  Tensor a = x.clone().set_requires_grad(), b = x.clone().set_requires_grad();
  const Tensor y = relu(plain(a)), z = fused(b);
  EXPECT_TRUE(allclose(y.detach(), z.detach(), 0, 0));
  y.backward(dy);
  z.backward(dy);
  EXPECT_TRUE(allclose(a.grad(), b.grad(), 1e-5, 1e-6));
  EXPECT_TRUE(allclose(plain.weight.grad(), fused.weight.grad(), 1e-5, 1e-6));
  EXPECT_TRUE(allclose(plain.running_var.tensor(), fused.running_var.tensor(), 0, 0));
}

TEST(NormLayers, of_bf16_images_keep_f32_parameters_and_statistics) {
  BatchNorm2d layer(4);
  const Tensor x = randn({2, 4, 6, 6}).to(bf16);
  Tensor leaf = x.clone().set_requires_grad();
  const Tensor y = layer(leaf);
  EXPECT_EQ(y.dtype(), bf16);
  y.backward(ones(y.shape(), bf16));
  EXPECT_EQ(leaf.grad().dtype(), bf16);
  EXPECT_EQ(layer.weight.grad().dtype(), f32);
  EXPECT_EQ(layer.running_mean.tensor().dtype(), f32);
  BatchNorm2d wide(4);
  EXPECT_TRUE(allclose(y.detach().to(f32), wide(x.to(f32)).detach(), 1e-2, 1e-2));
}

TEST(NormLayers, blocked_images_stay_blocked_forward_and_backward_without_a_conversion) {
  BatchNorm2d layer(20, {.relu = true}), other = layer.clone();
  const Tensor x = randn({2, 20, 5, 5});
  Tensor blocked(to_blocked(x.array(), Layout::nChw16c)), plain = x.clone().set_requires_grad();
  blocked.set_requires_grad();
  const Tensor dy(to_blocked(x.array(), Layout::nChw16c));
  const uint64_t before = layout_conversions().count;
  const Tensor y = layer(blocked);
  EXPECT_TRUE(y.array().blocked());
  const std::vector<Tensor> g = grad({y}, {blocked}, {dy});
  EXPECT_TRUE(g[0].array().blocked());
  EXPECT_EQ(layout_conversions().count, before);
  const Tensor z = other(plain);
  z.backward(x);
  EXPECT_TRUE(allclose(y.detach(), z.detach(), 1e-5, 1e-6));
  EXPECT_TRUE(allclose(g[0], plain.grad(), 1e-5, 1e-6));
}

TEST(NormLayers, do_not_move_running_statistics_in_evaluation_or_after_an_error) {
  BatchNorm1d layer(3);
  layer.eval();
  layer(randn({4, 3}));
  layer.train();
  EXPECT_THROW(layer(randn({1, 3})), ShapeError);
  EXPECT_EQ(layer.num_batches_tracked.tensor().item(), 0);
  EXPECT_TRUE(allclose(layer.running_mean.tensor(), zeros({3}), 0, 0));
  layer(randn({4, 3}));
  EXPECT_EQ(layer.num_batches_tracked.tensor().item(), 1);
  EXPECT_FALSE(allclose(layer.running_mean.tensor(), zeros({3})));
}

TEST(NormLayers, share_and_separate_their_statistics_as_copies_and_clones) {
  BatchNorm1d a(3), tied = a, apart = a.clone();
  a(randn({4, 3}) + 2.0);
  EXPECT_TRUE(allclose(tied.running_mean.tensor(), a.running_mean.tensor(), 0, 0));
  EXPECT_TRUE(allclose(apart.running_mean.tensor(), zeros({3}), 0, 0));
}

TEST(NormLayers, print_what_differs_from_the_defaults) {
  EXPECT_EQ(BatchNorm2d(64).str(), "BatchNorm2d(64)");
  EXPECT_EQ(BatchNorm1d(3, {.eps = 1e-3, .momentum = std::nullopt, .affine = false, .relu = true}).str(),
            "BatchNorm1d(3, eps 0.001, average of all batches, not affine, relu)");
  EXPECT_EQ(BatchNorm1d(3, {.momentum = 0.4}).str(), "BatchNorm1d(3, momentum 0.4)");
  EXPECT_EQ(BatchNorm1d(3, {.track_running_stats = false}).str(), "BatchNorm1d(3, not tracked)");
  EXPECT_EQ(InstanceNorm2d(8, {.affine = true, .track_running_stats = true}).str(), "InstanceNorm2d(8, affine, tracked)");
  EXPECT_EQ(GroupNorm(2, 8).str(), "GroupNorm(2 groups of 4)");
  EXPECT_EQ(LayerNorm(128).str(), "LayerNorm(128)");
  EXPECT_EQ(LayerNorm({3, 4}, {.bias = false}).str(), "LayerNorm([3, 4], no bias)");
  EXPECT_EQ(RMSNorm(16, {.eps = 1e-6}).str(), "RMSNorm(16, eps 1e-06)");
}

TEST(NormLayers, say_what_does_not_fit) {
  auto net = Sequential(Linear(6, 5), BatchNorm1d(4));
  EXPECT_THAT(message_of<Error>([&] {
                net(randn({2, 6}));
              }),
              HasSubstr("[batch_norm] the input has 5 channels but the layer was made for 4 (input [2, 5]) in 1. Hint: the layer was made with "
                        "BatchNorm1d(4)."));
  EXPECT_THAT(message_of<Error>([] { BatchNorm2d(3)(randn({2, 3})); }), HasSubstr("[batch_norm] BatchNorm2d takes 4 axes (input [2, 3])"));
  EXPECT_THAT(message_of<Error>([] {
                BatchNorm1d(3)(randn({2, 3, 4, 4}));
              }),
              HasSubstr("[batch_norm] BatchNorm1d takes 2 or 3 axes (input [2, 3, 4, 4])"));
  EXPECT_THAT(message_of<Error>([] {
                BatchNorm2d(3)(randn({1, 3, 1, 1}));
              }),
              HasSubstr("[batch_norm] training needs more than one value in each channel (x [1, 3, 1, 1])"));
  EXPECT_THAT(message_of<Error>([] {
                InstanceNorm2d(3)(randn({4, 3, 1, 1}));
              }),
              HasSubstr("[instance_norm] a channel of one example must have more than one"));
  EXPECT_THAT(message_of<Error>([] { LayerNorm(5)(randn({2, 4})); }), HasSubstr("[layer_norm] x must end in the normalised axes [5] (x [2, 4])"));
  EXPECT_THAT(message_of<Error>([] { GroupNorm(3, 4); }), HasSubstr("[group_norm] GroupNorm(3, 4): 4 channels cannot be cut into 3 equal groups"));
  EXPECT_THAT(message_of<Error>([] { BatchNorm2d(0); }), HasSubstr("sizes must be at least 1"));
  EXPECT_THAT(message_of<Error>([] { BatchNorm2d(3, {.momentum = 1.5}); }), HasSubstr("momentum is the share of the batch"));
  EXPECT_THAT(message_of<Error>([] { LayerNorm(3, {.eps = -1}); }), HasSubstr("eps keeps a division from failing"));
  EXPECT_THAT(message_of<Error>([] { RMSNorm(3)(ones({2, 3}, i64)); }), HasSubstr("[rms_norm] x must be floating, it is i64"));
}

}  // namespace
}  // namespace cairn
