#include <cairn/nn/sequential.h>

#include <gmock/gmock.h>

#include <cairn/base/random.h>
#include <cairn/nn/activations.h>
#include <cairn/nn/linear.h>
#include <cairn/ops/ops.h>

namespace cairn {
namespace {

// A layer as a user would write it.
struct Residual : Layer<Residual> {
  explicit Residual(int64_t n) : inner(n, n) {}
  Linear inner;
  Tensor forward(const Tensor& x) { return x + inner(x); }
  void visit(Visitor& v) override { v("inner", inner); }
};
struct TwoInputs : Layer<TwoInputs> {
  Tensor forward(const Tensor& a, const Tensor& b) { return a + b; }
};

TEST(Sequential, calls_its_layers_one_after_the_other) {
  Sequential net(Linear(4, 3), ReLU(), Residual(3), Lambda([](const Tensor& x) { return x * 2.0; }, "double"));
  const Tensor x = randn({2, 4});
  Tensor expected = relu(net.at<Linear>(0)(x));
  expected = (expected + net.at<Residual>(2).inner(expected)) * 2.0;
  EXPECT_TRUE(allclose(net(x), expected));
  EXPECT_EQ(net.state_dict().count("2.inner.weight"), 1u);
}

TEST(Sequential, grows_and_is_indexed_from_both_ends) {
  Sequential net;
  net.push_back(Linear(4, 3)).push_back(ReLU());
  EXPECT_EQ(net.size(), 2u);
  net(zeros({1, 4}));
  net.push_back(Linear(5, 2));
  EXPECT_EQ(net[-1].type_name(), "Linear");
  EXPECT_THROW(net[3], IndexError);
  EXPECT_THROW(net.at<ReLU>(0), StateError);
  try {
    net(zeros({1, 4}));
    FAIL();
  } catch (const ShapeError& e) {
    EXPECT_THAT(e.what(), testing::HasSubstr(" in 2."));  // the new layer has its name
  }
}

TEST(Sequential, gives_back_its_input_when_it_is_empty) {
  Sequential net;
  const Tensor x = ones({3});
  EXPECT_TRUE(allclose(net(x), x));
}

TEST(Sequential, clones_user_defined_layers_and_keeps_the_same_layer_twice_tied) {
  Linear shared(3, 3);
  Sequential net(shared, ReLU(), shared, Residual(3));
  EXPECT_EQ(net.parameters().size(), 4u);
  Sequential clone = net.clone();
  EXPECT_EQ(clone.at<Linear>(0).weight.identity(), clone.at<Linear>(2).weight.identity());
  EXPECT_NE(clone.at<Linear>(0).weight.identity(), shared.weight.identity());
  const Tensor x = randn({2, 3});
  EXPECT_TRUE(allclose(net(x), clone(x)));
  std::unique_ptr<Module> base = net.clone_module();
  EXPECT_TRUE(allclose(base->apply(x), net(x)));
}

TEST(Sequential, says_so_when_a_layer_does_not_take_one_tensor) {
  Sequential net(Linear(2, 2), TwoInputs());
  try {
    net(zeros({1, 2}));
    FAIL();
  } catch (const UnsupportedError& e) { EXPECT_THAT(e.what(), testing::HasSubstr("[TwoInputs] its forward does not take one tensor")); }
}

TEST(ModuleList, holds_layers_under_their_numbers) {
  ModuleList list(Linear(2, 3), Linear(3, 4));
  EXPECT_EQ(list.at<Linear>(1).out_features, 4);
  EXPECT_EQ(list.state_dict().count("1.bias"), 1u);
  EXPECT_THROW(list.apply(zeros({1, 2})), UnsupportedError);
}

TEST(Dropout, silences_while_training_only_and_repeats_with_the_seed) {
  Dropout d(0.5);
  const Tensor x = ones({1000});
  manual_seed(3);
  const Tensor a = d(x);
  manual_seed(3);
  EXPECT_TRUE(allclose(a, d(x)));
  EXPECT_FALSE(allclose(a, d(x)));
  const double kept = a.sum().item() / 2;
  EXPECT_NEAR(kept, 500, 80);
  d.eval();
  EXPECT_TRUE(allclose(d(x), x));
  EXPECT_THROW(Dropout(1.0), ConfigError);
  EXPECT_THROW(Dropout(-0.1), ConfigError);
}

}  // namespace
}  // namespace cairn
