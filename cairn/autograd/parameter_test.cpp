// Parameter: a shared slot for a tensor.
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/autograd/parameter.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

TEST(Parameter, is_a_leaf_that_requires_gradients) {
  Parameter p(ones({2}));
  EXPECT_TRUE(p.defined());
  EXPECT_TRUE(p.tensor().is_leaf());
  EXPECT_TRUE(p.tensor().requires_grad());
  EXPECT_FALSE(Parameter(ones({2}), false).tensor().requires_grad());
  EXPECT_FALSE(Parameter(ones({2}, i64)).tensor().requires_grad());
  sum(p * 3.0).backward();
  EXPECT_EQ(list(p.grad()), (Numbers{3, 3}));
}

TEST(Parameter, made_of_a_result_forgets_its_history) {
  Tensor x = ones({2}).set_requires_grad();
  Parameter p(x * 2.0);
  EXPECT_TRUE(p.tensor().is_leaf());
  sum(p.value()).backward();
  EXPECT_FALSE(x.grad().defined());
  Parameter q(x);  // of a leaf with gradients: a leaf of its own on the same values
  sum(q.value()).backward();
  EXPECT_FALSE(x.grad().defined());
}

TEST(Parameter, that_is_not_defined_says_so) {
  Parameter none;
  EXPECT_FALSE(none.defined());
  EXPECT_FALSE(none.value().defined());
  EXPECT_THROW(none.tensor(), StateError);
  EXPECT_THROW(none.grad(), StateError);
  EXPECT_THROW(none.set_transform({}), StateError);
}

TEST(Parameter, copies_are_tied_and_follow_a_replacement) {
  Parameter p(ones({2})), tied = p, apart = p.clone();
  EXPECT_EQ(p.identity(), tied.identity());
  EXPECT_NE(p.identity(), apart.identity());
  p.set(tensor({5, 6}));
  EXPECT_EQ(list(tied.tensor()), (Numbers{5, 6}));
  EXPECT_EQ(list(apart.tensor()), (Numbers{1, 1}));
  EXPECT_TRUE(tied.tensor().requires_grad());
  sum(p * 1.0 + tied * 2.0).backward();
  EXPECT_EQ(list(p.grad()), (Numbers{3, 3}));
  Parameter frozen(ones({2}), false);
  frozen.set(ones({3}));
  EXPECT_FALSE(frozen.tensor().requires_grad());
  Parameter fresh;
  fresh.set(ones({2}));
  EXPECT_TRUE(fresh.tensor().requires_grad());
}

TEST(Parameter, a_transform_stands_between_the_values_and_their_users) {
  Parameter p(tensor({1, 2, 3}));
  const Tensor mask = tensor({1, 0, 1});
  p.set_transform([mask](const Tensor& w) { return w * mask; });
  EXPECT_EQ(list(p.value()), (Numbers{1, 0, 3}));
  EXPECT_EQ(list(p.tensor()), (Numbers{1, 2, 3}));
  sum(p * 2.0).backward();
  EXPECT_EQ(list(p.grad()), (Numbers{2, 0, 2}));
  EXPECT_EQ(list(p.clone().value()), (Numbers{1, 0, 3}));
  p.set_transform({});
  EXPECT_EQ(list(p.value()), (Numbers{1, 2, 3}));
}

}  // namespace
}  // namespace cairn
