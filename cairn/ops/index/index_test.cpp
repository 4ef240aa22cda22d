// Index ops against brute force.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/base/random.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

using testing::ElementsAre;

// Walks all positions of a [a, b, c] index and calls f(i, j, k, position of the same element in x with `axis` replaced by the index).
template <class F> void for_each_pick(const Shape& x, const Tensor& index, int axis, F f) {
  const std::vector<int64_t> picks = index.to_vector<int64_t>();
  const Shape& s = index.shape();
  for (int64_t n = 0; n < s.numel(); ++n) {
    int64_t at[3] = {n / (s[1] * s[2]), n / s[2] % s[1], n % s[2]};
    at[axis] = picks[size_t(n)];
    f(size_t(n), size_t((at[0] * x[1] + at[1]) * x[2] + at[2]));
  }
}

TEST(Gather, scatter_and_scatter_add_agree_with_loops_along_every_axis) {
  const Shape shape{3, 4, 2};
  const Tensor x = sample_normal(shape, 1);
  for (int axis = 0; axis < 3; ++axis)
    for (int64_t length : {1, 5}) {
      Shape smaller{2, 3, 2};
      smaller[axis] = length;
      const Tensor index = sample_index(smaller, shape[axis], uint64_t(10 + axis)), source = sample_normal(smaller, 3);
      const Numbers xs = list(x), ss = list(source), gathered = list(gather(x, axis, index));
      Numbers set = xs, added = xs;
      for_each_pick(shape, index, axis, [&](size_t n, size_t p) {
        EXPECT_EQ(gathered[n], xs[p]);
        set[p] = ss[n];
        added[p] += ss[n];
      });
      EXPECT_EQ(list(scatter(x, axis, index, source)), set);
      const Numbers sums = list(scatter_add(x, axis, index, source));
      for (size_t i = 0; i < sums.size(); ++i) EXPECT_NEAR(sums[i], added[i], 1e-5);
    }
}

TEST(Scatter, an_element_that_a_later_one_replaced_gets_no_gradient) {
  Tensor x = zeros({3}), source = tensor({1, 2, 3});
  x.set_requires_grad();
  source.set_requires_grad();
  Tensor y = scatter(x, 0, tensor({1, 1, -1}, i64), source);
  EXPECT_THAT(list(y), ElementsAre(0, 2, 3));
  sum(y * tensor({10, 20, 30})).backward();
  EXPECT_THAT(list(x.grad()), ElementsAre(10, 0, 0));
  EXPECT_THAT(list(source.grad()), ElementsAre(0, 20, 30));
}

TEST(IndexSelect, adds_the_gradients_of_repeated_slices) {
  Tensor x = counting({3, 2});
  x.set_requires_grad();
  Tensor y = index_select(x, 0, tensor({2, 0, 2}, i32));
  EXPECT_THAT(list(y), ElementsAre(4, 5, 0, 1, 4, 5));
  sum(y).backward();
  EXPECT_THAT(list(x.grad()), ElementsAre(1, 1, 0, 0, 2, 2));
}

TEST(Indices, outside_are_index_errors_and_not_crashes) {
  const Tensor x = counting({3, 2});
  for (int64_t bad : {int64_t{3}, int64_t{-4}, std::numeric_limits<int64_t>::max(), std::numeric_limits<int64_t>::min()}) {
    const Tensor index = from_vector(std::vector<int64_t>{bad}), wide = reshape(index, {1, 1});
    EXPECT_THROW(index_select(x, 0, index), IndexError);
    EXPECT_THROW(gather(x, 0, wide), IndexError);
    EXPECT_THROW(scatter(x, 0, wide, zeros({1, 1})), IndexError);
    EXPECT_THROW(scatter_add(x, 0, wide, zeros({1, 1})), IndexError);
  }
  EXPECT_THROW(index_select(zeros({0}), 0, zeros({1}, i64)), IndexError);
}

TEST(Masks, fill_select_and_find) {
  const Tensor x = counting({2, 3}), mask = gt(x, 2);
  EXPECT_THAT(list(masked_fill(x, mask, -1)), ElementsAre(0, 1, 2, -1, -1, -1));
  EXPECT_THAT(list(masked_select(x, mask)), ElementsAre(3, 4, 5));
  EXPECT_THAT(list(masked_select(x, tensor({0, 1, 0}, boolean))), ElementsAre(1, 4));
  EXPECT_THAT(list(nonzero(mask)), ElementsAre(1, 0, 1, 1, 1, 2));
  EXPECT_THAT(list(nonzero(tensor({0.0, -0.5}))), ElementsAre(1));
  EXPECT_EQ(nonzero(Tensor(ones({}))).shape(), (Shape{1, 0}));
  EXPECT_THAT(list(masked_fill(tensor({1, 2}, i64), tensor({1, 0}, boolean), 7)), ElementsAre(7, 2));
}

TEST(OneHot, has_a_single_one_a_row) {
  EXPECT_THAT(list(one_hot(tensor({2, 0}, i64), 3)), ElementsAre(0, 0, 1, 1, 0, 0));
  EXPECT_EQ(one_hot(zeros({2, 2}, i64), 3).shape(), (Shape{2, 2, 3}));
  EXPECT_THROW(one_hot(zeros({2}, i64), 0), ConfigError);
}

TEST(Sort, is_stable_and_puts_nan_last) {
  const double nan = std::nan("");
  std::vector<Tensor> y = sort(tensor({3, nan, 1, 3, 2}));
  EXPECT_THAT(y[1].to_vector<int64_t>(), ElementsAre(2, 4, 0, 3, 1));
  EXPECT_TRUE(std::isnan(list(y[0])[4]));
  EXPECT_THAT(sort(tensor({3, nan, 1, 3, 2}), 0, true)[1].to_vector<int64_t>(), ElementsAre(1, 0, 3, 4, 2));
}

TEST(Sort, agrees_with_the_standard_library_along_every_axis) {
  const Tensor x = sample_normal({5, 7}, 3);
  Tensor by_rows = sort(x, 1)[0], by_columns = sort(x, 0, true)[0];
  for (int64_t i = 0; i < 5; ++i) {
    Numbers row = list(x[i]);
    std::sort(row.begin(), row.end());
    EXPECT_EQ(list(by_rows[i]), row);
  }
  for (int64_t j = 0; j < 7; ++j) {
    Numbers column = list(x.select(1, j));
    std::sort(column.begin(), column.end(), std::greater<>());
    EXPECT_EQ(list(by_columns.select(1, j)), column);
  }
}

TEST(Topk, is_the_beginning_of_a_sort) {
  const Tensor x = sample_normal({4, 9}, 5);
  for (int64_t k : {0, 1, 4, 9})
    for (bool largest : {true, false}) {
      std::vector<Tensor> top = topk(x, k, 1, largest), all = sort(x, 1, largest);
      EXPECT_EQ(list(top[0]), list(slice(all[0], 1, {0, k})));
      EXPECT_EQ(list(top[1]), list(slice(all[1], 1, {0, k})));
    }
}

TEST(Triangles, keep_their_side_of_the_diagonal) {
  EXPECT_THAT(list(tril(ones({2, 3}))), ElementsAre(1, 0, 0, 1, 1, 0));
  EXPECT_THAT(list(triu(ones({2, 3}), 1)), ElementsAre(0, 1, 1, 0, 0, 1));
  const Tensor x = sample_normal({2, 3, 4});
  for (int64_t d = -4; d <= 4; ++d) EXPECT_EQ(list(tril(x, d) + triu(x, d + 1)), list(x)) << d;
}

}  // namespace
}  // namespace cairn
