// Shape ops against brute force, and what is special about views.
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <cairn/ops/shape/embed.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// The element of x at a row-major position of `shape`, one index after the other.
std::vector<int64_t> index_at(int64_t position, const Shape& shape) {
  std::vector<int64_t> index(size_t(shape.rank()));
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    index[size_t(axis)] = position % shape[axis];
    position /= shape[axis];
  }
  return index;
}
double value_at(const Tensor& x, const std::vector<int64_t>& index) {
  int64_t position = 0;
  for (int axis = 0; axis < x.rank(); ++axis) position = position * x.shape()[axis] + index[size_t(axis)];
  return list(x)[size_t(position)];
}

TEST(Reshape, shares_memory_where_the_strides_allow_it) {
  Tensor x = counting({4, 6});
  Tensor y = x.reshape({2, 2, 3, 2});
  EXPECT_EQ(y.array().storage(), x.array().storage());
  Tensor columns = slice(x, 1, {1, 5});  // [4, 4] with stride 6: rows can be split, not joined
  EXPECT_EQ(columns.reshape({2, 2, 2, 2}).array().storage(), x.array().storage());
  EXPECT_NE(columns.reshape({16}).array().storage(), x.array().storage());
  EXPECT_THAT(list(columns.reshape({16})), ElementsAre(1, 2, 3, 4, 7, 8, 9, 10, 13, 14, 15, 16, 19, 20, 21, 22));
  EXPECT_EQ(list(columns.reshape({2, 2, 2, 2})), list(columns));
}

TEST(Reshape, gives_row_major_order_for_every_order_of_axes) {
  Tensor x = counting({2, 3, 2});
  for (std::vector<int> axes : {std::vector<int>{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}})
    for (const Shape& shape : {Shape{12}, {2, 6}, {6, 2}, {3, 4}, {4, 3}, {1, 12, 1}, {2, 1, 3, 2}}) {
      Tensor p = permute(x, axes);
      EXPECT_EQ(list(reshape(p, shape)), list(p)) << shape.str();
    }
}

TEST(Reshape, of_expanded_and_flipped_views_is_right) {
  Tensor wide = expand(counting({2, 1}), {2, 3});
  EXPECT_THAT(list(reshape(wide, {6})), ElementsAre(0, 0, 0, 1, 1, 1));
  EXPECT_EQ(reshape(wide, {2, 3, 1}).strides()[1], 0);
  Tensor back = slice(counting({6}), 0, {{}, {}, -1});
  EXPECT_THAT(list(reshape(back, {2, 3})), ElementsAre(5, 4, 3, 2, 1, 0));
  EXPECT_EQ(reshape(back, {2, 3}).array().storage(), back.array().storage());
}

TEST(Reshape, refuses_sizes_that_overflow) {
  EXPECT_THROW(reshape(counting({4}), {int64_t{1} << 32, int64_t{1} << 32}), ShapeError);
  EXPECT_THROW(reshape(zeros({0}), {0, -1}), ShapeError);
  EXPECT_EQ(reshape(zeros({0, 4}), {int64_t{1} << 40, 0, int64_t{1} << 40}).shape()[1], 0);
}

TEST(Flatten, joins_a_range_of_axes) {
  Tensor x = counting({2, 3, 4});
  EXPECT_EQ(x.flatten().shape(), (Shape{24}));
  EXPECT_EQ(x.flatten(1).shape(), (Shape{2, 12}));
  EXPECT_EQ(x.flatten(0, 1).shape(), (Shape{6, 4}));
  EXPECT_EQ(Tensor(zeros({})).flatten().shape(), (Shape{1}));
  EXPECT_EQ(zeros({0, 3}).flatten(1).shape(), (Shape{0, 3}));
  EXPECT_THROW(x.flatten(2, 1), ShapeError);
}

TEST(Squeeze, removes_single_axes_only) {
  EXPECT_EQ(zeros({1, 2, 1, 3}).squeeze().shape(), (Shape{2, 3}));
  EXPECT_EQ(zeros({1, 1}).squeeze().shape(), (Shape{}));
  EXPECT_THROW(zeros({2, 3}).squeeze(0), ShapeError);
  EXPECT_EQ(zeros({2, 3}).unsqueeze(-1).shape(), (Shape{2, 3, 1}));
}

TEST(Permute, moves_every_element_where_the_order_says) {
  Tensor x = counting({2, 3, 4});
  for (std::vector<int> axes : {std::vector<int>{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}, {-1, -3, -2}}) {
    Tensor y = permute(x, axes);
    EXPECT_EQ(y.array().storage(), x.array().storage());
    const Numbers got = list(y);
    for (int64_t i = 0; i < y.numel(); ++i) {
      const std::vector<int64_t> to = index_at(i, y.shape());
      std::vector<int64_t> from(3);
      for (size_t a = 0; a < 3; ++a) from[size_t(axes[a] < 0 ? axes[a] + 3 : axes[a])] = to[a];
      EXPECT_EQ(got[size_t(i)], value_at(x, from));
    }
  }
  EXPECT_THAT(list(counting({2, 3}).t()), ElementsAre(0, 3, 1, 4, 2, 5));
  EXPECT_THROW(counting({3}).t(), ShapeError);
}

// Python's rule, element by element: walk from start by step while inside and before stop.
Numbers python_slice(int64_t n, std::optional<int64_t> start, std::optional<int64_t> stop, int64_t step) {
  int64_t first = step > 0 ? 0 : n - 1, end = step > 0 ? n : -1;
  if (start) first = *start < 0 ? std::max(*start + n, int64_t{step > 0 ? 0 : -1}) : std::min(*start, step > 0 ? n : n - 1);
  if (stop) end = *stop < 0 ? std::max(*stop + n, int64_t{step > 0 ? 0 : -1}) : std::min(*stop, step > 0 ? n : n - 1);
  Numbers y;
  for (int64_t i = first; step > 0 ? i < end : i > end; i += step) y.push_back(double(i));
  return y;
}

TEST(Slice, agrees_with_walking_along_the_axis_for_all_small_cases) {
  std::vector<std::optional<int64_t>> ends{std::nullopt};
  for (int64_t i = -6; i <= 6; ++i) ends.push_back(i);
  int cases = 0;
  for (int64_t n : {0, 1, 4})
    for (const auto& start : ends)
      for (const auto& stop : ends)
        for (int64_t step : {-5, -2, -1, 1, 2, 3}) {
          EXPECT_EQ(list(slice(arange(double(n)), 0, {start, stop, step})), python_slice(n, start, stop, step))
              << n << " [" << start.value_or(99) << ":" << stop.value_or(99) << ":" << step << "]";
          ++cases;
        }
  EXPECT_EQ(cases, 3 * 14 * 14 * 6);
}

TEST(Slice, of_a_slice_and_extreme_ends) {
  Tensor x = counting({10});
  EXPECT_THAT(list(slice(slice(x, 0, {8, 1, -2}), 0, {{}, {}, -1})), ElementsAre(2, 4, 6, 8));
  constexpr int64_t far = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(slice(x, 0, {-far - 1, far}).numel(), 10);
  EXPECT_THAT(list(slice(x, 0, {{}, {}, far})), ElementsAre(0));
  EXPECT_THAT(list(slice(x, 0, {{}, {}, -far - 1})), ElementsAre(9));
}

TEST(Slice, writes_reach_the_tensor_it_views) {
  Tensor x = zeros({2, 3});
  x[1].fill_(5);
  x.slice(1, {0, 1}).fill_(7);
  EXPECT_THAT(list(x), ElementsAre(7, 0, 0, 7, 5, 5));
}

TEST(Slice, gradient_is_zero_outside_of_the_window) {
  Tensor x = zeros({5});
  x.set_requires_grad();
  sum(x.slice(0, {3, {}, -2}) * tensor({10, 20})).backward();
  EXPECT_THAT(list(x.grad()), ElementsAre(0, 20, 0, 10, 0));
}

TEST(Select, takes_the_axis_away) {
  Tensor x = counting({2, 3});
  EXPECT_THAT(list(x[1]), ElementsAre(3, 4, 5));
  EXPECT_THAT(list(x.select(1, -1)), ElementsAre(2, 5));
  EXPECT_EQ(x[0][1].shape(), Shape{});
}

TEST(Cat, puts_pieces_one_after_the_other) {
  EXPECT_THAT(list(cat({counting({2, 1}), counting({2, 2})}, 1)), ElementsAre(0, 0, 1, 1, 2, 3));
  EXPECT_EQ(cat({zeros({2}, i64), zeros({1}, f64)}).dtype(), f64);
  Tensor many = cat(std::vector<Tensor>(50, counting({2})));
  EXPECT_EQ(many.numel(), 100);
  EXPECT_EQ(stack({counting({2}), counting({2})}, 1).shape(), (Shape{2, 2}));
  EXPECT_THAT(list(stack({counting({2}), 5.0 + counting({2})}, -1)), ElementsAre(0, 5, 1, 6));
  EXPECT_THROW(stack({zeros({2}), zeros({3})}), ShapeError);
  EXPECT_THROW(stack({}), ShapeError);
}

TEST(Cat, gives_each_of_many_pieces_its_gradient) {
  std::vector<Tensor> xs;
  for (int i = 0; i < 40; ++i) {
    xs.push_back(zeros({1 + i % 3}));
    xs.back().set_requires_grad();
  }
  Tensor y = cat(xs);
  sum(y * arange(double(y.numel()))).backward();
  double next = 0;
  for (const Tensor& x : xs)
    for (double g : list(x.grad())) EXPECT_EQ(g, next++);
}

TEST(Split, pieces_are_views_that_add_up) {
  Tensor x = counting({5, 2});
  std::vector<Tensor> parts = split(x, 2);
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[2].shape(), (Shape{1, 2}));
  EXPECT_EQ(parts[1].array().storage(), x.array().storage());
  EXPECT_EQ(list(cat(parts)), list(x));
  EXPECT_EQ(chunk(x, 2).size(), 2u);
  EXPECT_EQ(chunk(x, 4).size(), 3u);
  EXPECT_EQ(split(zeros({0, 2}), 3).size(), 1u);
  EXPECT_THROW(split(x, 0), ConfigError);
  EXPECT_THROW(chunk(x, 0), ConfigError);
}

TEST(Split, a_piece_that_is_not_used_gets_zeros) {
  Tensor x = counting({4});
  x.set_requires_grad();
  sum(split(x, 2)[1] * 3.0).backward();
  EXPECT_THAT(list(x.grad()), ElementsAre(0, 0, 3, 3));
}

TEST(Pad, surrounds_and_cuts) {
  EXPECT_THAT(list(pad(counting({2, 2}), {1, 0, 0, 1}, 9)), ElementsAre(9, 0, 1, 9, 2, 3, 9, 9, 9));
  EXPECT_THAT(list(pad(counting({4}), {-1, 1}, 9)), ElementsAre(1, 2, 3, 9));
  EXPECT_THAT(list(pad(counting({3}), {-3, 2}, 9)), ElementsAre(9, 9));
  EXPECT_EQ(pad(zeros({1, 1, 1, 1, 1, 1}), {1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0}).numel(), 64);
  EXPECT_THROW(pad(zeros({2}), {std::numeric_limits<int64_t>::max(), 1}), OutOfMemoryError);
}

TEST(Roll, turns_around_the_end) {
  EXPECT_THAT(list(roll(counting({5}), 2, 0)), ElementsAre(3, 4, 0, 1, 2));
  EXPECT_THAT(list(roll(counting({5}), -11, 0)), ElementsAre(1, 2, 3, 4, 0));
  EXPECT_THAT(list(roll(counting({2, 3}), 1, 1)), ElementsAre(2, 0, 1, 5, 3, 4));
}

TEST(Flip, reverses_the_named_axes) {
  EXPECT_THAT(list(flip(counting({2, 3}), {1})), ElementsAre(2, 1, 0, 5, 4, 3));
  EXPECT_THAT(list(flip(counting({2, 3}), {})), ElementsAre(5, 4, 3, 2, 1, 0));
}

TEST(Repeat, tiles_like_writing_the_tensor_side_by_side) {
  EXPECT_THAT(list(repeat(counting({2}), {3})), ElementsAre(0, 1, 0, 1, 0, 1));
  Tensor x = counting({2, 3}), y = repeat(x, {2, 2, 2});
  ASSERT_EQ(y.shape(), (Shape{2, 4, 6}));
  const Numbers got = list(y);
  for (int64_t i = 0; i < y.numel(); ++i) {
    const std::vector<int64_t> at = index_at(i, y.shape());
    EXPECT_EQ(got[size_t(i)], value_at(x, {at[1] % 2, at[2] % 3}));
  }
  EXPECT_EQ(repeat(counting({1, 1, 1, 1, 1, 1, 1, 2}), {1, 1, 1, 1, 1, 1, 1, 3}).numel(), 6);
}

TEST(Copies, convert_and_leave_the_original_alone) {
  Tensor x = counting({3}), y = x.clone();
  y.fill_(9);
  EXPECT_THAT(list(x), ElementsAre(0, 1, 2));
  EXPECT_EQ(x.contiguous().array().storage(), x.array().storage());
  EXPECT_TRUE(counting({2, 3}).t().contiguous().is_contiguous());
  EXPECT_THAT(list(tensor({-1.7, 1.7}).to(i64)), ElementsAre(-1, 1));
  EXPECT_THAT(list(tensor({0, 0.5}).to(boolean)), ElementsAre(0, 1));
  EXPECT_FALSE(Tensor(2.0).to(f32).is_weak());
  EXPECT_EQ(tensor({1.00390625}).to(bf16).item(), 1.0);  // halfway: to even
}

TEST(Copies, cast_to_whole_numbers_cuts_and_stays_within_their_range) {
  const double infinity = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  for (DType from : {f32, f64})
    for (int64_t repeats : {1, 9}) {  // short loops and vector loops
      const Tensor x = repeat(tensor({2.7, -2.7, 300, -300, infinity, -infinity, nan, 1e20}, from), {repeats});
      const auto last = [&](DType to) {
        const auto all = list(cast(x, to));
        return std::vector<double>(all.end() - 8, all.end());
      };
      EXPECT_THAT(last(i8), ElementsAre(2, -2, 127, -128, 127, -128, 0, 127));
      EXPECT_THAT(last(u8), ElementsAre(2, 0, 255, 0, 255, 0, 0, 255));
      EXPECT_THAT(last(i32), ElementsAre(2, -2, 300, -300, 2147483647, -2147483648.0, 0, 2147483647));
      EXPECT_THAT(last(boolean), testing::Each(1));
    }
  EXPECT_THAT(list(cast(tensor({300, -1, 128}, i64), u8)), ElementsAre(44, 255, 128));
}

TEST(Copies, cast_brings_the_gradient_back_in_the_own_type) {
  Tensor x = counting({3});
  x.set_requires_grad();
  sum(x.to(f64) * 2.0).backward();
  EXPECT_EQ(x.grad().dtype(), f32);
  EXPECT_FALSE(x.to(i64).requires_grad());
}

TEST(ShapeOps, embed_is_the_adjoint_of_slice) { EXPECT_THAT(list(embed(tensor({1, 2}), 0, 5, {4, 2, -3})), ElementsAre(0, 2, 0, 0, 1)); }

}  // namespace
}  // namespace cairn
