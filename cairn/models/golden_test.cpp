// Narrow nets with PyTorch's weights give PyTorch's logits, in evaluation and in training, and its gradient. The weights come as files that a
// model of torchvision's or timm's would have written.
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/autograd/modes.h>
#include <cairn/models/models.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/golden.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

const std::string golden_path = CAIRN_SOURCE_DIR "/tests/golden/models.safetensors";

std::shared_ptr<Module> narrow(const std::string& name) {
  using enum ResNetBlock;
  using enum ResNetStem;
  using enum ResNetShortcut;
  if (name == "alexnet") return std::make_shared<AlexNet>(AlexNetConfig{.classes = 5, .width = 1, .hidden = 8, .dropout = 0});
  if (name == "alexnet_cifar")
    return std::make_shared<AlexNet>(AlexNetConfig{.small_images = true, .classes = 5, .width = 1, .hidden = 8, .dropout = 0});
  VGGConfig v = vgg11();
  v.classes = 5, v.width = 1, v.hidden = 8, v.dropout = 0;
  if (name == "vgg11") return std::make_shared<VGG>(v);
  if (name == "vgg11_bn") return std::make_shared<VGG>(with_batch_norm(v));
  VGGConfig small = for_small_images(v);
  small.classes = 5;
  if (name == "vgg11_cifar") return std::make_shared<VGG>(small);
  if (name == "resnet_basic") return std::make_shared<ResNet>(ResNetConfig{basic, {1, 2, 1, 1}, imagenet, projection, 5, 3, 2});
  if (name == "resnet_bottleneck") return std::make_shared<ResNet>(ResNetConfig{bottleneck, {1, 2, 1, 1}, imagenet, projection, 5, 3, 1});
  if (name == "resnet_padded") return std::make_shared<ResNet>(ResNetConfig{basic, {1, 2, 1}, cifar, zero_padded, 5, 3, 4});
  if (name == "resnet_cifar") return std::make_shared<ResNet>(ResNetConfig{basic, {1, 1, 1, 1}, cifar, projection, 5, 3, 2});
  if (name == "mobilenet_v2") return std::make_shared<MobileNetV2>(MobileNetV2Config{.width = 0.1, .classes = 5, .last = 32, .dropout = 0});
  if (name == "lenet") return std::make_shared<LeNet>();
  if (name == "convnet") return std::make_shared<Sequential>(convnet({1, 12, 12, 5}));
  if (name == "mnist_cnn") return std::make_shared<Sequential>(mnist_cnn({1, 8, 8, 5}));
  if (name == "cifar_cnn") return std::make_shared<Sequential>(cifar_cnn({3, 12, 12, 5}));
  throw ConfigError("the golden file has a model that this test does not know: " + name);
}

class ModelsGolden : public ::testing::Test {
 protected:
  // Loads the case's state into a fresh model, through a file that has the names of `timm` where it is not null.
  std::shared_ptr<Module> loaded(size_t number, const Json& about, const Json* timm) {
    const SafetensorsFile file(golden_path);
    const std::string prefix = std::to_string(number) + ".state.";
    Tensors state;
    for (const SafetensorsFile::Entry& e : file.entries()) {
      if (!e.name.starts_with(prefix)) continue;
      const std::string name = e.name.substr(prefix.size());
      Tensor value = file.read(e);
      // timm's VGG writes its hidden Linear layers as convolutions of 7x7 and 1x1
      if (timm && name == "classifier.0.weight") value = reshape(value, {value.size(0), value.size(1) / 49, 7, 7});
      if (timm && name == "classifier.3.weight") value = reshape(value, {value.size(0), value.size(1), 1, 1});
      state[timm ? timm->at(name).as_string() : name] = value;
    }
    const std::string path = folder / "weights.safetensors";
    save(path, state);
    std::shared_ptr<Module> model = narrow(about.at("model").as_string());
    EXPECT_TRUE(load_weights(*model, path).none());
    return model;
  }

  void same_as_torch(size_t number, Module& model) {
    const Tensor x = golden.tensor(number, "x").to(f32);
    model.eval();
    {
      NoGrad no_grad;
      EXPECT_LT(difference(model.apply(x), golden.tensor(number, "y")), 1e-4);
    }
    if (!golden.cases()[number].find("evaluation_only")) model.train();
    const Tensor z = model.apply(x);
    EXPECT_LT(difference(z.detach(), golden.tensor(number, "z")), 1e-4);
    sum(z * z).backward();
    const Tensor expected = golden.tensor(number, "grad"), found = model.parameters()[0].second.tensor().grad();
    const double scale = max(abs(expected)).item();
    EXPECT_LT(difference(found / scale, expected / scale), 1e-3);
  }

  Golden golden{"models.safetensors"};
  TempFolder folder;
};

TEST_F(ModelsGolden, logits_and_gradients_equal_torchs_with_weights_under_torchvisions_names) {
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& about = golden.cases()[i];
    SCOPED_TRACE(about.at("model").as_string());
    same_as_torch(i, *loaded(i, about, nullptr));
  }
}

TEST_F(ModelsGolden, weights_under_timms_names_are_the_same_model) {
  int seen = 0;
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& about = golden.cases()[i];
    if (!about.find("timm")) continue;
    SCOPED_TRACE(about.at("model").as_string());
    same_as_torch(i, *loaded(i, about, about.find("timm")));
    seen++;
  }
  EXPECT_EQ(seen, 2);  // VGG and MobileNetV2; AlexNet is not timm's, and its ResNet has torchvision's names
}

}  // namespace
}  // namespace cairn
