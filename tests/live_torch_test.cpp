// Nets trained side by side with PyTorch. Random MLPs: random depth, widths, activations, losses and optimisers; the weights go from
// Cairn to PyTorch for the even ones and back for the odd ones, by safetensors. Losses of ten steps must agree to 1e-4. LeNet, residual blocks
// and a small VGG with batch norm, from Cairn's initial weights: with direct plans to 1e-5, PyTorch computing in double.
// Needs a Python with torch and safetensors: CAIRN_PYTHON names it (python3 otherwise). CAIRN_LIVE_NETS: how many (5), CAIRN_LIVE_SEED.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>

#include <cairn/backend/conv.h>
#include <cairn/base/json.h>
#include <cairn/base/random.h>
#include <cairn/io/safetensors.h>
#include <cairn/models/models.h>
#include <cairn/nn/nn.h>
#include <cairn/ops/ops.h>
#include <cairn/optim/optim.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

constexpr int steps = 10;

std::string variable(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value && *value ? value : otherwise;
}

template <class T> struct Choice {
  const char* name;
  T make;
};

const std::vector<Choice<std::function<void(Sequential&)>>> activations = {
    {"relu", [](Sequential& s) { s.push_back(ReLU()); }},
    {"leaky_relu", [](Sequential& s) { s.push_back(LeakyReLU(0.02)); }},
    {"elu", [](Sequential& s) { s.push_back(ELU(0.7)); }},
    {"gelu", [](Sequential& s) { s.push_back(GELU()); }},
    {"gelu_tanh", [](Sequential& s) { s.push_back(GELU(GeluForm::tanh)); }},
    {"silu", [](Sequential& s) { s.push_back(SiLU()); }},
    {"tanh", [](Sequential& s) { s.push_back(Tanh()); }},
    {"sigmoid", [](Sequential& s) { s.push_back(Sigmoid()); }},
    {"softplus", [](Sequential& s) { s.push_back(Softplus(1.5)); }},
};

using LossFunction = Tensor (*)(const Tensor& y, const Tensor& target);
const std::vector<Choice<LossFunction>> losses = {
    {"mse", [](const Tensor& y, const Tensor& t) { return mse_loss(y, t); }},
    {"l1", [](const Tensor& y, const Tensor& t) { return l1_loss(y, t); }},
    {"huber", [](const Tensor& y, const Tensor& t) { return huber_loss(y, t, 0.8); }},
    {"bce_with_logits", [](const Tensor& y, const Tensor& t) { return bce_with_logits(y, t); }},
    {"cross_entropy", [](const Tensor& y, const Tensor& t) { return cross_entropy(y, t); }},
    {"smoothed_cross_entropy", [](const Tensor& y, const Tensor& t) { return cross_entropy(y, t, {.label_smoothing = 0.1}); }},
    {"nll", [](const Tensor& y, const Tensor& t) { return nll_loss(log_softmax(y, 1), t); }},
    {"kl_div", [](const Tensor& y, const Tensor& t) { return kl_div(log_softmax(y, 1), t); }},
};

using OptimizerMaker = std::unique_ptr<Optimizer> (*)(const NamedParameters& p);
const std::vector<Choice<OptimizerMaker>> optimizers = {
    {"sgd", [](const NamedParameters& p) -> std::unique_ptr<Optimizer> { return std::make_unique<SGD>(p, SgdOptions{.lr = 0.05}); }},
    {"nesterov",
     [](const NamedParameters& p) -> std::unique_ptr<Optimizer> {
       return std::make_unique<SGD>(p, SgdOptions{.lr = 0.02, .momentum = 0.9, .weight_decay = 0.01, .nesterov = true});
     }},
    {"adam", [](const NamedParameters& p) -> std::unique_ptr<Optimizer> { return std::make_unique<Adam>(p, AdamOptions{.lr = 2e-3, .eps = 1e-4}); }},
    {"adamw",
     [](const NamedParameters& p) -> std::unique_ptr<Optimizer> {
       return std::make_unique<AdamW>(p, AdamOptions{.lr = 2e-3, .eps = 1e-4, .weight_decay = 0.05});
     }},
    {"nadam",
     [](const NamedParameters& p) -> std::unique_ptr<Optimizer> { return std::make_unique<NAdam>(p, NAdamOptions{.lr = 2e-3, .eps = 1e-4}); }},
    {"rmsprop",
     [](const NamedParameters& p) -> std::unique_ptr<Optimizer> {
       return std::make_unique<RMSprop>(p, RmspropOptions{.lr = 1e-3, .eps = 1e-4, .momentum = 0.5});
     }},
    {"adagrad",
     [](const NamedParameters& p) -> std::unique_ptr<Optimizer> { return std::make_unique<Adagrad>(p, AdagradOptions{.lr = 1e-2, .eps = 1e-4}); }},
};

struct Case {
  Sequential net;
  Json spec = Json::object();
  LossFunction loss;
  OptimizerMaker optimizer;
  Tensor x, target;  // [steps, batch, ...]
};

// Net number i. The lists are walked through once before chance decides alone, so that the first nets differ in all they can.
Case random_case(uint64_t seed, size_t i) {
  Random random(seed, i);
  auto pick = [&](const auto& list) -> const auto& { return list[i < 8 ? (seed + i) % list.size() : random.below(list.size())]; };
  auto size = [&](uint64_t most) { return int64_t(1 + random.below(most)); };
  Case c;
  const int64_t batch = size(33), inputs = size(64), hidden = int64_t(random.below(5));
  int64_t width = inputs;
  for (int64_t h = 0; h < hidden; h++) {
    const int64_t next = size(96);
    const bool bias = random.below(4) != 0;
    const auto& activation = activations[random.below(activations.size())];
    c.net.push_back(Linear(width, next, {.bias = bias}));
    activation.make(c.net);
    c.spec["layers"].push_back(Json::object({{"type", "linear"}, {"in", width}, {"out", next}, {"bias", bias}}));
    c.spec["layers"].push_back(Json::object({{"type", activation.name}}));
    width = next;
  }
  const int64_t outputs = 1 + size(12);
  c.net.push_back(Linear(width, outputs));
  c.spec["layers"].push_back(Json::object({{"type", "linear"}, {"in", width}, {"out", outputs}, {"bias", true}}));

  const auto& loss = pick(losses);
  const auto& optimizer = pick(optimizers);
  c.loss = loss.make;
  c.optimizer = optimizer.make;
  c.spec["loss"] = loss.name;
  c.spec["optimizer"] = optimizer.name;
  c.spec["start"] = i % 2 ? "torch" : "cairn";
  c.x = randn({steps, batch, inputs});
  const std::string kind = loss.name;
  if (kind == "bce_with_logits") c.target = rand({steps, batch, outputs});
  else if (kind == "kl_div") c.target = softmax(randn({steps, batch, outputs}), -1);
  else if (kind == "mse" || kind == "l1" || kind == "huber") c.target = randn({steps, batch, outputs});
  else c.target = randint(0, outputs, {steps, batch});
  return c;
}

bool have_torch(const std::string& python) {
  if (std::system(("'" + python + "' -c 'import torch, safetensors.torch' >/dev/null 2>&1").c_str()) == 0) return true;
  std::cout << "skipped: " << python << " has no torch with safetensors (CAIRN_PYTHON names another Python)\n";
  return false;
}

// Runs the other side; its exit code, and in `log` what it printed.
int run_torch(const std::string& python, const TempFolder& folder, std::string& log) {
  const std::string command = "'" + python + "' '" CAIRN_SOURCE_DIR "/tests/live_torch.py' '" + folder.path() + "' >'" + (folder / "log") + "' 2>&1";
  const int status = std::system(command.c_str());
  std::stringstream text;
  text << std::ifstream(folder / "log").rdbuf();
  log = text.str();
  return status;
}

TEST(LiveTorch, random_mlps_train_as_with_pytorch) {
  const std::string python = variable("CAIRN_PYTHON", "python3");
  if (!have_torch(python)) GTEST_SKIP();
  const uint64_t seed = std::stoull(variable("CAIRN_LIVE_SEED", "1"));
  const size_t count = std::stoull(variable("CAIRN_LIVE_NETS", "5"));
  TempFolder folder;
  manual_seed(seed);
  std::vector<Case> cases;
  Json specs = Json::array();
  Tensors data;
  for (size_t i = 0; i < count; i++) {
    cases.push_back(random_case(seed, i));
    specs.push_back(cases[i].spec);
    data[std::to_string(i) + ".x"] = cases[i].x;
    data[std::to_string(i) + ".target"] = cases[i].target;
    if (i % 2 == 0) save(folder / ("start_" + std::to_string(i) + ".safetensors"), cases[i].net);
  }
  save(folder / "data.safetensors", data);
  folder.put("nets.json", specs.dump());

  std::string log;
  ASSERT_EQ(run_torch(python, folder, log), 0) << log;

  double worst_loss = 0, worst_weight = 0;
  for (size_t i = 0; i < count; i++) {
    Case& c = cases[i];
    const Tensors theirs = load(folder / ("torch_" + std::to_string(i) + ".safetensors"));
    StateDict start, last;
    for (const auto& [name, x] : theirs) {
      if (name.starts_with("start.")) start[name.substr(6)] = x;
      if (name.starts_with("final.")) last[name.substr(6)] = x;
    }
    if (i % 2) c.net.load_state_dict(start);
    for (const auto& [name, x] : c.net.state_dict())
      ASSERT_EQ(x.to_vector<float>(), start.at(name).to_vector<float>()) << "net " << i << ": " << name << " did not arrive as it was sent";

    auto optimizer = c.optimizer(c.net.parameters());
    for (int64_t step = 0; step < steps; step++) {
      Tensor loss = c.loss(c.net(c.x[step]), c.target[step]);
      optimizer->zero_grad();
      loss.backward();
      optimizer->step();
      const double expected = theirs.at("loss").at({step}), error = std::abs(loss.item() - expected) / std::abs(expected);
      EXPECT_LE(error, 1e-4) << "net " << i << " step " << step << ": loss " << loss.item() << ", PyTorch " << expected << "\n" << c.spec.dump();
      worst_loss = std::max(worst_loss, error);
    }
    for (const auto& [name, x] : c.net.state_dict()) {
      const double error = max(abs(x - last.at(name))).item();
      EXPECT_LE(error, 1e-4) << "net " << i << ": " << name << " after " << steps << " steps\n" << c.spec.dump();
      worst_weight = std::max(worst_weight, error);
    }
  }
  std::printf("live comparison: %zu nets, largest relative difference of a loss %.1e, largest difference of a weight %.1e\n", count, worst_loss,
              worst_weight);
}

struct ConvNetCase {
  const char* name;
  std::shared_ptr<Module> net;
  const char* optimizer;
  Shape images;  // [steps, batch, C, H, W]
};

TEST(LiveTorch, lenet_residual_blocks_and_vgg_train_as_with_pytorch) {
  const std::string python = variable("CAIRN_PYTHON", "python3");
  if (!have_torch(python)) GTEST_SKIP();
  TempFolder folder;
  manual_seed(std::stoull(variable("CAIRN_LIVE_SEED", "1")));
  const ResNetConfig blocks{ResNetBlock::basic, {1, 1}, ResNetStem::cifar, ResNetShortcut::projection, 10, 3, 16};
  const VGGConfig stages{.depths = {1, 1, 2}, .batch_norm = true, .small_images = true, .classes = 10, .width = 16};
  const std::vector<ConvNetCase> cases = {{"lenet", std::make_shared<LeNet>(), "adam", {steps, 16, 1, 28, 28}},
                                          {"resnet", std::make_shared<ResNet>(blocks), "nesterov", {steps, 16, 3, 16, 16}},
                                          {"vgg_bn", std::make_shared<VGG>(stages), "nesterov", {steps, 16, 3, 16, 16}}};
  Json specs = Json::array();
  Tensors data;
  for (size_t i = 0; i < cases.size(); i++) {
    specs.push_back(Json::object({{"model", cases[i].name}, {"loss", "cross_entropy"}, {"optimizer", cases[i].optimizer}, {"start", "cairn"}}));
    data[std::to_string(i) + ".x"] = randn(cases[i].images);
    data[std::to_string(i) + ".target"] = randint(0, 10, {steps, cases[i].images[1]});
    save(folder / ("start_" + std::to_string(i) + ".safetensors"), *cases[i].net);
  }
  save(folder / "data.safetensors", data);
  folder.put("nets.json", specs.dump());
  std::string log;
  ASSERT_EQ(run_torch(python, folder, log), 0) << log;

  const ConvPlans before = conv_plans();
  set_conv_plans(ConvPlans::direct);
  for (size_t i = 0; i < cases.size(); i++) {
    const Tensor theirs = load(folder / ("torch_" + std::to_string(i) + ".safetensors")).at("loss");
    const Tensor x = data.at(std::to_string(i) + ".x"), target = data.at(std::to_string(i) + ".target");
    const auto made = std::find_if(optimizers.begin(), optimizers.end(), [&](const auto& o) { return std::string(o.name) == cases[i].optimizer; });
    const auto optimizer = made->make(cases[i].net->parameters());
    double worst = 0;
    for (int64_t step = 0; step < steps; step++) {
      const Tensor loss = cross_entropy(cases[i].net->apply(x[step]), target[step]);
      optimizer->zero_grad();
      loss.backward();
      optimizer->step();
      const double error = std::abs(loss.item() - theirs.at({step})) / theirs.at({step});
      EXPECT_LE(error, 1e-5) << cases[i].name << " step " << step;
      worst = std::max(worst, error);
    }
    std::printf("live comparison: %s, largest relative difference of a loss %.1e\n", cases[i].name, worst);
  }
  set_conv_plans(before);
}

}  // namespace
}  // namespace cairn
