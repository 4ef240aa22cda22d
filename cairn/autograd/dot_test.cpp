// The graph as Graphviz text.
#include <gtest/gtest.h>

#include <algorithm>

#include <cairn/autograd/autograd.h>
#include <cairn/base/module_path.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

int64_t count(const std::string& text, const std::string& part) {
  int64_t n = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) n++;
  return n;
}

TEST(GraphDot, has_a_box_for_each_call_an_ellipse_for_each_leaf_and_an_arrow_for_each_use) {
  Tensor x = ones({2, 3}).set_requires_grad(), w = ones({3}).set_requires_grad();
  Tensor h;
  {
    ModuleScope net("net"), layer("fc1");
    h = x * w;
  }
  const std::string dot = graph_dot(sum(h * h));
  EXPECT_EQ(dot.substr(0, 18), "digraph autograd {");
  EXPECT_EQ(dot.substr(dot.size() - 2), "}\n");
  EXPECT_TRUE(contains(dot, "[shape=box, label=\"mul [2, 3]\\nnet.fc1\"]"));
  EXPECT_TRUE(contains(dot, "[shape=box, label=\"sum []\"]"));
  EXPECT_TRUE(contains(dot, "[shape=ellipse, label=\"leaf [3]\"]"));
  EXPECT_EQ(count(dot, "shape=box"), 3);
  EXPECT_EQ(count(dot, "shape=ellipse"), 2);
  EXPECT_EQ(count(dot, " -> "), 5);  // x, w into mul; h twice into the second; that into sum
}

TEST(GraphDot, of_a_leaf_is_one_ellipse_and_names_are_escaped) {
  const std::string dot = graph_dot(ones({2}).set_requires_grad());
  EXPECT_EQ(count(dot, "shape=ellipse"), 1);
  EXPECT_EQ(count(dot, "shape=box"), 0);
  ModuleScope odd("a\"b\\");
  EXPECT_TRUE(contains(graph_dot(ones({2}).set_requires_grad() * 2.0), "mul [2]\\na\\\"b\\\\\""));
  EXPECT_THROW(graph_dot(Tensor()), StateError);
}

TEST(GraphDot, walks_shared_parts_once_and_long_chains_without_a_stack) {
  Tensor x = ones({}).set_requires_grad(), y = x;
  for (int i = 0; i < 40; i++) y = y + y;
  EXPECT_EQ(count(graph_dot(y), "shape=box"), 40);
  for (int i = 0; i < 50000; i++) y = y + 1.0;
  EXPECT_EQ(count(graph_dot(y), "shape=box"), 50040);
}

}  // namespace
}  // namespace cairn
