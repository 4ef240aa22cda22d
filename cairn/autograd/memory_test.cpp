// Nothing outlives its handles: no cycle keeps a graph, its tensors or its gradients alive. Counted in blocks of the allocator.
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/base/random.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>

namespace cairn {
namespace {

uint64_t blocks() { return memory_stats().live_blocks; }

// f must leave as many live blocks as it found. Once before, for what is made once in a process (tables, plans, packed weights).
template <class F> void expect_nothing_left(const std::string& what, F&& f) {
  f();
  const uint64_t before = blocks();
  f();
  EXPECT_EQ(blocks(), before) << what;
}

// The sample with each floating input as an f64 leaf.
std::vector<Tensor> leaves_of(const Sample& sample) {
  std::vector<Tensor> x;
  for (const Tensor& t : sample.inputs) {
    if (!t.defined() || !is_floating(t.dtype())) x.push_back(t);
    else x.push_back(Tensor(cast_copy(t.array(), f64)).set_requires_grad());
  }
  return x;
}

std::vector<Tensor> run(const OpInfo& op, const std::vector<Tensor>& x, const Sample& sample) {
  manual_seed(1);
  std::vector<Tensor> y;
  for (const Tensor& t : op.run(x, sample.attributes))
    if (t.requires_grad()) y.push_back(t);
  return y;
}

std::vector<Tensor> ones_of(const std::vector<Tensor>& y) {
  std::vector<Tensor> g;
  for (const Tensor& t : y) g.push_back(ones(t.shape(), t.dtype()));
  return g;
}

TEST(Memory, every_op_leaves_nothing_after_forward_and_backward) {
  int64_t differentiated = 0;
  for (const OpInfo* op : all_ops()) {
    const Samples s = op->samples();
    for (const Sample& sample : s.list) {
      expect_nothing_left(std::string(op->name) + " forward", [&] { run(*op, leaves_of(sample), sample); });
      expect_nothing_left(std::string(op->name) + " backward", [&] {
        std::vector<Tensor> x = leaves_of(sample), y = run(*op, x, sample);
        if (y.empty()) return;
        backward(y, ones_of(y));
        differentiated++;
      });
    }
  }
  EXPECT_GT(differentiated, 100);
}

TEST(Memory, every_op_leaves_nothing_after_a_graph_of_gradients) {
  int64_t differentiated = 0;
  for (const OpInfo* op : all_ops()) {
    const Samples s = op->samples();
    if (!s.why_no_second_gradient.empty()) continue;
    for (const Sample& sample : s.list)
      expect_nothing_left(std::string(op->name) + " create_graph", [&] {
        std::vector<Tensor> x = leaves_of(sample), y = run(*op, x, sample), wanted;
        for (const Tensor& t : x)
          if (t.requires_grad()) wanted.push_back(t);
        if (y.empty() || wanted.empty()) return;
        std::vector<Tensor> first;
        for (const Tensor& g : grad(y, wanted, ones_of(y), false, true, true))
          if (g.requires_grad()) first.push_back(g);
        if (first.empty()) return;  // linear: its gradient is a constant
        grad(first, wanted, ones_of(first), false, false, true);
        differentiated++;
      });
  }
  EXPECT_GT(differentiated, 50);
}

TEST(Memory, backward_frees_what_the_graph_saved_though_the_loss_lives) {
  Tensor x = ones({64}).set_requires_grad();
  const uint64_t before = blocks();
  Tensor h = x;
  for (int i = 0; i < 20; i++) h = exp(h * 0.01);
  Tensor loss = sum(h);
  h = Tensor();
  EXPECT_GE(blocks(), before + 20);
  loss.backward();
  EXPECT_LE(blocks(), before + 2);  // the loss and x's gradient
}

TEST(Memory, a_gradient_is_taken_over_without_a_copy_where_nobody_else_holds_it) {
  Tensor x = ones({1000}).set_requires_grad();
  Tensor loss = sum(exp(x));
  const uint64_t before = memory_stats().allocations;
  loss.backward();
  EXPECT_LE(memory_stats().allocations - before, 3u);  // the first gradient, dy * y, and what the sum may expand
}

TEST(Memory, hooks_retained_gradients_checkpoints_and_anomalies_leave_nothing) {
  expect_nothing_left("hooks", [] {
    Tensor x = ones({4}).set_requires_grad(), h = exp(x);
    h.register_hook([](const Tensor& g) { return g * 2.0; });
    x.register_hook([](const Tensor& g) { return g * 2.0; });
    h.retain_grad();
    sum(h).backward();
  });
  expect_nothing_left("checkpoint", [] {
    Tensor x = ones({4}).set_requires_grad(), w = ones({4}).set_requires_grad();
    Tensor y = checkpoint(
        [w](const std::vector<Tensor>& v) { return checkpoint([w](const std::vector<Tensor>& u) { return exp(u[0] * w); }, {v[0]}); }, {x});
    sum(y).backward();
    Tensor unused = checkpoint([w](const std::vector<Tensor>& v) { return v[0] * w; }, {x});
  });
  expect_nothing_left("errors", [] {
    Tensor x = ones({4}).set_requires_grad(), factor = ones({4});
    Tensor h = exp(x), y = sum(exp(h * factor) + h);
    factor.fill_(2);
    EXPECT_THROW(y.backward(), StateError);
    EXPECT_THROW(grad({y}, {x}, {}, false, true), StateError);
    DetectAnomaly watch;
    Tensor z = zeros({4}).set_requires_grad();
    EXPECT_THROW(sum(sqrt(z) + z).backward({}, false, true), NumericError);
  });
  expect_nothing_left("a graph of gradients in .grad, once it is dropped", [] {
    Tensor x = ones({4}).set_requires_grad();
    sum(exp(x) * x).backward({}, false, true);
    EXPECT_TRUE(x.grad().requires_grad());
    x.zero_grad();
  });
}

TEST(Memory, a_chain_of_100000_calls_leaves_nothing) {
  expect_nothing_left("chain", [] {
    Tensor x = ones({2}).set_requires_grad(), y = x;
    for (int i = 0; i < 100000; i++) y = tanh(y);
    Tensor g = grad({sum(y)}, {x}, {}, false, true)[0];
    g = Tensor();
    y = Tensor();
  });
}

}  // namespace
}  // namespace cairn
