// Folding batch norms and fusing activations in a traced graph.
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/inference.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

// A batch norm of its own statistics and parameters.
struct Norm {
  Tensor gamma, beta, mean, var;
  explicit Norm(int64_t channels, uint64_t seed = 10)
      : gamma(sample_uniform({channels}, -1.5, 1.5, seed)),
        beta(sample_normal({channels}, seed + 1)),
        mean(sample_normal({channels}, seed + 2)),
        var(sample_uniform({channels}, 0.3, 3, seed + 3)) {}
  Tensor operator()(const Tensor& x, bool training = false, bool relu = false) const {
    return batch_norm(x, gamma, beta, mean, var, {.training = training, .eps = 1e-3, .relu = relu});
  }
};

Graph traced(const std::function<Tensor(const Tensor&)>& f, const Tensor& x) {
  NoGrad no_grad;
  return trace([&](const Inputs& in) { return Inputs{f(in[0])}; }, {x});
}

std::string names(const Graph& g) {
  std::string text;
  for (const GraphCall& c : g.calls) text += std::string(text.empty() ? "" : " ") + c.op->name;
  return text;
}

// The graph, folded and fused, has these calls and gives the same.
void expect_folded(const std::function<Tensor(const Tensor&)>& f, const Tensor& x, const std::string& calls) {
  const Graph before = traced(f, x), after = fuse_relu(fold_batch_norm(before));
  EXPECT_EQ(names(after), calls);
  const Tensor want = before.run({x})[0], got = after.run({x})[0];
  ASSERT_EQ(got.shape(), want.shape());
  EXPECT_LE(max(abs(got - want)).item(), 1e-5 * std::max(1.0, max(abs(want)).item()));
  for (const auto& [n, constant] : after.constants) {  // nothing is carried along that nobody reads
    bool used = false;
    for (const GraphCall& c : after.calls)
      for (int i : c.inputs) used |= i == n;
    EXPECT_TRUE(used) << "%" << n;
  }
}

TEST(Inference, folds_a_batch_norm_into_the_convolution_before_it) {
  const Tensor x = sample_normal({2, 3, 9, 8}, 1), w = sample_normal({5, 3, 3, 3}, 2), bias = sample_normal({5}, 3);
  const Norm norm(5);
  expect_folded([&](const Tensor& v) { return norm(conv2d(v, w, bias, {.padding = 1})); }, x, "conv2d");
  expect_folded([&](const Tensor& v) { return norm(conv2d(v, w, {}, {.stride = 2})); }, x, "conv2d");
  expect_folded([&](const Tensor& v) { return batch_norm(conv2d(v, w), {}, {}, norm.mean, norm.var, {.training = false}); }, x, "conv2d");
}

TEST(Inference, folds_into_groups_and_linear_maps) {
  const Norm norm(6);
  const Tensor grouped = sample_normal({6, 2, 3, 3}, 2), w = sample_normal({6, 4}, 3), bias = sample_normal({6}, 4);
  expect_folded([&](const Tensor& v) { return norm(conv2d(v, grouped, {}, {.groups = 2})); }, sample_normal({1, 4, 5, 5}, 1), "conv2d");
  expect_folded([&](const Tensor& v) { return norm(linear(v, w, bias)); }, sample_normal({3, 4}, 1), "linear");
  expect_folded([&](const Tensor& v) { return norm(linear(v, w), false, true); }, sample_normal({3, 4}, 1), "linear relu");
}

TEST(Inference, a_relu_becomes_part_of_the_convolution) {
  const Tensor x = sample_normal({2, 3, 7, 7}, 1), w = sample_normal({16, 3, 3, 3}, 2), w2 = sample_normal({4, 16, 1, 1}, 3) * Tensor(0.25);
  const Norm norm(16);
  expect_folded([&](const Tensor& v) { return relu(conv2d(v, w)); }, x, "conv2d_relu");
  expect_folded([&](const Tensor& v) { return norm(conv2d(v, w), false, true); }, x, "conv2d_relu");
  expect_folded([&](const Tensor& v) { return conv2d(relu(norm(conv2d(v, w))), w2); }, x, "conv2d_relu conv2d");
}

TEST(Inference, leaves_alone_what_it_may_not_touch) {
  const Tensor x = sample_normal({2, 3, 6, 6}, 1), w = sample_normal({3, 3, 3, 3}, 2), lines = sample_normal({3, 4}, 3);
  const Norm norm(3), other(3, 20);
  const auto conv = [&](const Tensor& v) { return conv2d(v, w, {}, {.padding = 1}); };
  expect_folded(
      [&](const Tensor& v) {
        const Tensor h = conv(v);
        return norm(h) + h;
      },
      x, "conv2d batch_norm add");
  expect_folded(
      [&](const Tensor& v) {
        const Tensor h = conv(v);
        return relu(h) + h;
      },
      x, "conv2d relu add");
  expect_folded([&](const Tensor& v) { return norm(tanh(conv(v))); }, x, "conv2d tanh batch_norm");
  expect_folded([&](const Tensor& v) { return norm(other(conv(v))); }, x, "conv2d batch_norm");
  expect_folded([&](const Tensor& v) { return norm(v); }, x, "batch_norm");
  expect_folded(
      [&](const Tensor& v) {
        return batch_norm(conv(v), norm.gamma, norm.beta, mean(v, {0, 2, 3}), norm.var, {.training = false});
      },
      x, "mean conv2d batch_norm");
  expect_folded([&](const Tensor& v) { return norm(linear(v, lines)); }, sample_normal({2, 3, 4}, 1), "linear batch_norm");  // channels: the middle
  const Graph training = traced([&](const Tensor& v) { return norm(conv(v), true); }, x);
  EXPECT_EQ(names(fold_batch_norm(training)), "conv2d batch_norm");
}

TEST(Inference, an_output_of_the_graph_stays_one) {
  const Tensor x = sample_normal({2, 3, 6, 6}, 1), w = sample_normal({3, 3, 3, 3}, 2);
  const Norm norm(3);
  NoGrad no_grad;
  const Graph g = trace(
      [&](const Inputs& in) {
        const Tensor h = conv2d(in[0], w);
        return Inputs{h, norm(h)};
      },
      {x});
  const Graph after = fold_batch_norm(g);
  EXPECT_EQ(names(after), "conv2d batch_norm");
  EXPECT_EQ(after.run({x})[1].to_vector<float>(), g.run({x})[1].to_vector<float>());
}

TEST(Inference, graphs_of_one_net_share_what_was_folded) {
  const Tensor w = sample_normal({5, 3, 3, 3}, 2);
  const Norm norm(5);
  const auto f = [&](const Tensor& v) { return norm(conv2d(v, w)); };
  FoldedWeights shared;
  const Graph one = fold_batch_norm(traced(f, sample_normal({1, 3, 6, 6}, 1)), &shared);
  const Graph four = fold_batch_norm(traced(f, sample_normal({4, 3, 6, 6}, 1)), &shared);
  EXPECT_EQ(shared.size(), 1u);
  ASSERT_EQ(one.constants.size(), 2u);
  EXPECT_EQ(one.constants[0].second.array().storage(), four.constants[0].second.array().storage());
}

}  // namespace
}  // namespace cairn
