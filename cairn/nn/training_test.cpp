// The engine under real layers: places in messages, checkpoints, memory over many steps, inference from several threads.
#include <gtest/gtest.h>

#include <limits>
#include <thread>

#include <cairn/autograd/autograd.h>
#include <cairn/base/random.h>
#include <cairn/nn/nn.h>
#include <cairn/ops/ops.h>
#include <cairn/optim/optim.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

struct Root : Layer<Root> {  // sqrt: its derivative at 0 is not finite
  Tensor forward(const Tensor& x) { return sqrt(relu(x)); }
};
struct Net : Layer<Net> {
  Sequential body{Linear(4, 3), ReLU(), Root()};
  Linear head{3, 2};
  Tensor forward(const Tensor& x) { return head(body(x)); }
  void visit(Visitor& v) override { v("body", body), v("head", head); }
};

void fill(const Parameter& p, double value) {
  NoGrad off;
  Tensor w = p.tensor();
  w.fill_(value);
}

TEST(Anomaly, names_the_layer_whose_forward_went_wrong) {
  Net net;
  fill(net.body.at<Linear>(0).weight, std::numeric_limits<double>::infinity());
  DetectAnomaly watch;
  EXPECT_TRUE(contains(message_of<NumericError>([&] { net(ones({5, 4})); }), "[linear] forward made NaN or infinity in its result [5, 3] in body.0"));
}

TEST(Anomaly, names_the_layer_whose_backward_went_wrong) {
  Net net;
  fill(net.body.at<Linear>(0).weight, 0);
  fill(net.body.at<Linear>(0).bias, 0);
  DetectAnomaly watch;
  Tensor loss = sum(net(ones({5, 4})));
  EXPECT_TRUE(contains(message_of<NumericError>([&] { loss.backward(); }),
                       "[sqrt] backward made NaN or infinity in the gradient of input 0 [5, 3] in body.2"));
  for (const auto& [path, p] : net.parameters()) {
    if (path.starts_with("body.0")) EXPECT_FALSE(p.grad().defined()) << path;
  }
}

TEST(Training, a_step_between_forward_and_backward_is_found_and_named) {
  Net net;
  SGD optimizer(net.parameters(), {.lr = 0.1});
  Tensor x = ones({5, 4}).set_requires_grad();
  sum(net(x)).backward();
  Tensor loss = sum(net(x));
  optimizer.step();
  const std::string text = message_of<StateError>([&] { loss.backward(); });
  EXPECT_TRUE(contains(text, "[linear] input 1 [2, 3] in head is needed for backward, but SGD.step into [2, 3] has written to its memory"));
}

TEST(Training, a_checkpointed_model_with_dropout_takes_the_same_steps_bit_for_bit) {
  auto train = [](bool checkpointed) {
    manual_seed(11);
    Sequential block{Linear(16, 32), GELU(), Dropout(0.4), Linear(32, 16), Dropout(0.2)};
    Linear head(16, 3);
    NamedParameters parameters = block.parameters();
    for (const auto& [path, p] : head.parameters()) parameters.push_back({"head." + path, p});
    Adam optimizer(parameters, {.lr = 1e-2});
    std::vector<float> losses;
    for (int step = 0; step < 5; step++) {
      Tensor x = randn({8, 16}), target = randint(0, 3, {8});
      Tensor h = checkpointed ? checkpoint([&](const std::vector<Tensor>& v) { return block(v[0]); }, {x}) : block(x);
      Tensor loss = cross_entropy(head(h), target);
      optimizer.zero_grad();
      loss.backward();
      optimizer.step();
      losses.push_back(float(loss.item()));
    }
    for (const auto& [path, p] : parameters)
      for (float v : p.tensor().to_vector<float>()) losses.push_back(v);
    return losses;
  };
  EXPECT_EQ(train(true), train(false));
}

TEST(Training, a_thousand_steps_hold_their_memory_constant) {
  manual_seed(1);
  for (const char* name : {"sgd", "adam"}) {
    Sequential net{Flatten(), Linear(20, 32), ReLU(), Dropout(0.2), Linear(32, 10)};
    auto optimizer = make_optimizer(name, net.parameters(), 1e-3, 0.9);
    Tensor x = randn({16, 4, 5}), target = randint(0, 10, {16});
    MemoryStats at_ten, last;
    for (int step = 0; step < 1000; step++) {
      Tensor loss = cross_entropy(net(x), target);
      optimizer->zero_grad();
      loss.backward();
      optimizer->step();
      last = memory_stats();
      if (step == 10) at_ten = last;
      if (step > 10) {
        ASSERT_EQ(last.live_blocks, at_ten.live_blocks) << name << " step " << step;
        ASSERT_EQ(last.in_use, at_ten.in_use) << name << " step " << step;
      }
    }
    EXPECT_EQ(last.peak, at_ten.peak) << name;
  }
}

TEST(ModuleConcurrent, inference_from_four_threads_gives_what_one_thread_gives) {
  manual_seed(2);
  Sequential net{Linear(12, 16), GELU(), Dropout(0.5), Linear(16, 4), Softmax()};
  net.eval();
  std::vector<Tensor> inputs, expected;
  NoGrad off;
  for (int i = 0; i < 4; i++) {
    inputs.push_back(randn({3 + i, 12}));
    expected.push_back(net.clone()(inputs.back()));  // the clone: so that the first call of `net` is one of the threads'
  }
  std::vector<std::thread> threads;
  std::vector<int> different(4);
  for (size_t t = 0; t < 4; t++)
    threads.emplace_back([&, t] {
      NoGrad quiet;
      for (int round = 0; round < 50; round++)
        if (net(inputs[t]).to_vector<float>() != expected[t].to_vector<float>()) different[t]++;
    });
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(different, std::vector<int>(4));
}

TEST(ModuleConcurrent, gradients_for_inputs_from_four_threads) {
  manual_seed(3);
  Sequential net{Linear(6, 8), Tanh(), Linear(8, 1)};
  net.eval();
  Tensor x = randn({4, 6});
  Tensor seen = x.detach().set_requires_grad();
  const std::vector<float> expected = grad({sum(net(seen))}, {seen})[0].to_vector<float>();
  std::vector<std::thread> threads;
  std::vector<int> different(4);
  for (size_t t = 0; t < 4; t++)
    threads.emplace_back([&, t] {
      for (int round = 0; round < 20; round++) {
        Tensor own = x.detach().set_requires_grad();
        if (grad({sum(net(own))}, {own})[0].to_vector<float>() != expected) different[t]++;
      }
    });
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(different, std::vector<int>(4));
}

}  // namespace
}  // namespace cairn
