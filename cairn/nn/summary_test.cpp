#include <cairn/nn/summary.h>

#include <gmock/gmock.h>

#include <cairn/autograd/modes.h>
#include <cairn/nn/activations.h>
#include <cairn/nn/linear.h>
#include <cairn/nn/sequential.h>
#include <cairn/ops/ops.h>

namespace cairn {
namespace {

TEST(Summary, shows_shapes_parameters_and_flops_of_each_layer) {
  Sequential net(Flatten(), Linear(784, 128), ReLU(), Sequential(Dropout(0.2), Linear(128, 10)));
  net.freeze("1");
  const Summary s = summarize(net, {64, 1, 28, 28});
  EXPECT_EQ(s.parameters, 101770);
  EXPECT_EQ(s.trainable, 1290);
  EXPECT_EQ(s.flops, 64 * (2 * 784 * 128 + 2 * 128 * 10));
  EXPECT_EQ(s.str(),
            "layer                     output     parameters    FLOPs\n"
            "--------------------------------------------------------\n"
            "Sequential                [64, 10]      101,770  13.01 M\n"
            "  0: Flatten              [64, 784]           -        -\n"
            "  1: Linear(784 -> 128)   [64, 128]     100,480  12.85 M\n"
            "  2: ReLU                 [64, 128]           -        -\n"
            "  3: Sequential           [64, 10]        1,290  163,840\n"
            "    0: Dropout(0.2)       [64, 128]           -        -\n"
            "    1: Linear(128 -> 10)  [64, 10]        1,290  163,840\n"
            "--------------------------------------------------------\n"
            "parameters 101,770 (397.5 KiB), trainable 1,290\n"
            "forward of [64, 1, 28, 28]: 13.01 M FLOPs\n");
}

TEST(Summary, leaves_the_model_as_it_was_also_after_an_error) {
  Sequential net(Linear(4, 3), Dropout(0.5));
  net[1].eval();
  EXPECT_THROW(summarize(net, {2, 5}), ShapeError);
  summarize(net, {2, 4});
  EXPECT_TRUE(net.training());
  EXPECT_TRUE(net[0].training());
  EXPECT_FALSE(net[1].training());
  EXPECT_TRUE(grad_enabled());
}

struct Halves : Layer<Halves> {
  Linear used{4, 4}, idle{4, 4};
  Parameter tied = used.weight;
  Linear again = used;
  Tensor forward(const Tensor& x) { return again(used(x)); }
  void visit(Visitor& v) override {
    v("used", used);
    v("idle", idle);
    v("again", again);
    v("tied", tied);
  }
};

TEST(Summary, says_which_layers_were_not_called_and_counts_tied_parameters_once) {
  Halves m;
  const Summary s = summarize(m, {2, 4});
  EXPECT_EQ(s.parameters, 40);
  ASSERT_EQ(s.lines.size(), 4u);
  EXPECT_TRUE(s.lines[1].called);
  EXPECT_EQ(s.lines[1].parameters, 20);
  EXPECT_FALSE(s.lines[2].called);
  EXPECT_EQ(s.lines[3].parameters, 0);
  EXPECT_THAT(s.str(), testing::HasSubstr("not called"));
}

struct TwoNames : Layer<TwoNames> {
  Linear layer{3, 3};
  Tensor forward(const Tensor& x) { return layer(layer(x)); }
  void visit(Visitor& v) override {
    v("first", layer);
    v("second", layer);
  }
};

TEST(Summary, a_layer_under_two_names_is_one_line_with_the_flops_of_both_calls) {
  TwoNames m;
  const Summary s = summarize(m, {2, 3});
  ASSERT_EQ(s.lines.size(), 2u);
  EXPECT_EQ(s.lines[1].path, "first");
  EXPECT_EQ(s.lines[1].flops, s.flops);
  EXPECT_EQ(s.lines[1].parameters, 12);
}

}  // namespace
}  // namespace cairn
