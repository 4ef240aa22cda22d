// The reference kernels, second part: indices, sorting, scans, cross-entropy. (See reference_test.cpp.)
#include <cairn/backend/reference/reference.h>

#include <gmock/gmock.h>

#include <tests/helpers/reference.h>

namespace cairn {
namespace {

using ::testing::IsEmpty;
using ::testing::Pointwise;

TEST(ReferenceIndex, WrapsNegativeIndicesAndReportsTheFirstBadOne) {
  Array y({2, 2}, i64);
  EXPECT_TRUE(k.wrap_indices(make({2, 2}, {-1, 0, -5, 4}, i32), 5, y).ok());
  expect_equal(y, {4, 0, 0, 4});
  const Status s = k.wrap_indices(make({2, 2}, {0, 5, -6, 1}, i64), 5, y);
  EXPECT_EQ(s.bad_position, 1);
  EXPECT_EQ(s.bad_value, 5);
  expect_equal(y, {0, 0, 0, 1});  // a bad index points somewhere harmless
  EXPECT_EQ(k.wrap_indices(make({2, 2}, {0, 5, 1, 1}, i64).transposed(0, 1), 5, y).bad_position, 2);
  EXPECT_THROW(k.wrap_indices(vec({0}, f32), 5, y), UnsupportedError);
}

TEST(ReferenceIndex, SelectsSlicesAlongAnyAxisInEveryType) {
  for (DType t : all_types) {
    const Array x = make({2, 3}, {1, 0, 1, 0, 0, 1}, t), index = vec({2, 0, 2, 1}, i64);
    Array columns({2, 4}, t), rows({3, 3}, t);
    k.index_select(x, 1, index, columns);
    expect_equal(columns, {1, 1, 1, 0, 1, 0, 1, 0});
    k.index_select(x, 0, vec({1, 1, 0}, i64), rows);
    expect_equal(rows, {0, 0, 1, 0, 0, 1, 1, 0, 1});
  }
  Array y({3, 2}), none({0, 2});
  k.index_select(make({2, 3}, {1, 2, 3, 4, 5, 6}).transposed(0, 1), 0, vec({0, 1, 2}, i64).sliced(0, 2, 3, -1), y);
  expect_equal(y, {3, 6, 2, 5, 1, 4});
  k.index_select(make({2, 2}, {1, 2, 3, 4}), 0, Array({0}, i64), none);
  EXPECT_THAT(list(none), IsEmpty());
}

TEST(ReferenceIndex, AddsSlicesSeveralTimesToOnePlace) {
  Array y = make({3, 2}, {10, 20, 30, 40, 50, 60});
  k.index_add(0, vec({2, 0, 2}, i64), make({3, 2}, {1, 2, 3, 4, 5, 6}), y);
  expect_equal(y, {13, 24, 30, 40, 56, 68});
  Array columns = make({2, 2}, {0, 0, 0, 0}, i32);
  k.index_add(1, vec({1, 1, 0}, i64), make({2, 3}, {1, 2, 3, 4, 5, 6}, i32), columns);
  expect_equal(columns, {3, 3, 6, 9});
  Array sum = vec({256}, bf16);  // four times 1: each alone would be rounded away
  k.index_add(0, vec({0, 0, 0, 0}, i64), vec({1, 1, 1, 1}, bf16), sum);
  expect_equal(sum, {260});
}

TEST(ReferenceIndex, GathersAndScattersElementByElement) {
  const Array x = make({2, 3}, {1, 2, 3, 4, 5, 6}), index = make({2, 2}, {2, 0, 1, 1}, i64);
  Array y({2, 2});
  k.gather(x, 1, index, y);
  expect_equal(y, {3, 1, 5, 5});
  k.gather(x, 0, make({2, 2}, {1, 0, 0, 1}, i64), y);
  expect_equal(y, {4, 2, 1, 5});

  Array into = make({2, 3}, {0, 0, 0, 0, 0, 0});
  k.scatter(Scatter::set, 1, index, make({2, 2}, {7, 8, 9, 10}), into);
  expect_equal(into, {8, 0, 7, 0, 10, 0});  // the later of two writes stays
  k.scatter(Scatter::add, 1, index, make({1, 1}, {1}).expanded({2, 2}), into);
  expect_equal(into, {9, 0, 8, 0, 12, 0});
  Array half = vec({2048, 0}, f16);
  k.scatter(Scatter::add, 0, vec({0, 0}, i64), vec({1, 1}, f16), half);
  expect_equal(half, {2050, 0});
}

TEST(ReferenceIndex, CountsSelectsAndLocatesWhatAMaskMarks) {
  const Array mask = make({2, 3}, {1, 0, 1, 0, 0, 1}, boolean), x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_EQ(k.count_true(mask), 3);
  Array picked({3}), places({3, 2}, i64);
  k.masked_select(x, mask, picked);
  expect_equal(picked, {1, 3, 6});
  k.nonzero(mask, places);
  expect_equal(places, {0, 0, 0, 2, 1, 2});
  k.nonzero(mask.transposed(0, 1), places);
  expect_equal(places, {0, 0, 2, 0, 2, 1});
  Array scalar_places({1, 0}, i64);
  k.nonzero(make({}, {1}, boolean), scalar_places);
  EXPECT_EQ(k.count_true(Array({0, 4}, boolean)), 0);
}

TEST(ReferenceIndex, MakesOneHotRowsAndReportsAClassOutOfRange) {
  Array y({3, 2}, i64);
  EXPECT_TRUE(k.one_hot(vec({1, 0, 1}, i64), y).ok());
  expect_equal(y, {0, 1, 1, 0, 0, 1});
  const Status s = k.one_hot(vec({1, -1, 2}, i64), y);
  EXPECT_EQ(s.bad_position, 1);
  EXPECT_EQ(s.bad_value, -1);
}

TEST(ReferenceSort, IsStableAndPutsNanAtTheLargeEnd) {
  const Array x = vec({1, nan, 3, -2, 3, nan});
  Array values({6}), indices({6}, i64);
  k.sort(x, 0, false, values, indices);
  expect_equal(values, {-2, 1, 3, 3, nan, nan});
  expect_equal(indices, {3, 0, 2, 4, 1, 5});
  k.sort(x, 0, true, values, indices);
  expect_equal(values, {nan, nan, 3, 3, 1, -2});
  expect_equal(indices, {1, 5, 2, 4, 0, 3});
}

TEST(ReferenceSort, SortsAlongAnyAxisInEveryType) {
  for (DType t : all_types) {
    Array values({2, 3}, t), indices({2, 3}, i64);
    k.sort(make({2, 3}, {1, 0, 1, 0, 1, 0}, t), 1, false, values, indices);
    expect_equal(values, {0, 1, 1, 0, 0, 1});
    expect_equal(indices, {1, 0, 2, 0, 2, 1});
    k.sort(make({2, 3}, {1, 0, 1, 0, 1, 0}, t), 0, false, values, indices);
    expect_equal(values, {0, 0, 0, 1, 1, 1});
    expect_equal(indices, {1, 0, 1, 0, 1, 0});
  }
}

TEST(ReferenceTopk, TakesTheFirstOfEqualsAndCountsNanAsLargest) {
  const Array x = make({2, 4}, {1, nan, 3, 3, 5, 5, 5, 4});
  Array values({2, 2}), indices({2, 2}, i64);
  k.topk(x, 2, 1, true, values, indices);
  expect_equal(values, {nan, 3, 5, 5});
  expect_equal(indices, {1, 2, 0, 1});
  k.topk(x, 2, 1, false, values, indices);
  expect_equal(values, {1, 3, 4, 5});
  expect_equal(indices, {0, 2, 3, 0});
}

TEST(ReferenceArgReduce, FindsTheFirstExtremeAndStopsAtNan) {
  const Array x = make({2, 4}, {1, 5, 5, 0, 2, nan, nan, 9});
  Array y({2, 1}, i64), down({1, 4}, i64);
  k.arg_reduce(true, x, 1, y);
  expect_equal(y, {1, 1});
  k.arg_reduce(false, x, 1, y);
  expect_equal(y, {3, 1});
  k.arg_reduce(true, x, 0, down);
  expect_equal(down, {1, 1, 1, 1});
  Array bools({1}, i64);
  k.arg_reduce(true, vec({0, 1, 1}, boolean), 0, bools);
  expect_equal(bools, {1});
}

TEST(ReferenceCumsum, AddsFromEitherEndAlongAnyAxis) {
  const Array x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  Array y({2, 3});
  k.cumsum(x, 1, false, y);
  expect_equal(y, {1, 3, 6, 4, 9, 15});
  k.cumsum(x, 1, true, y);
  expect_equal(y, {6, 5, 3, 15, 11, 6});
  k.cumsum(x, 0, false, y);
  expect_equal(y, {1, 2, 3, 5, 7, 9});
  Array wide({2}, i64), narrow({2}, i8);
  k.cumsum(vec({100, 100}, i8), 0, false, wide);
  expect_equal(wide, {100, 200});
  k.cumsum(vec({100, 100}, i8), 0, false, narrow);
  expect_equal(narrow, {100, -56});
  Array count({3}, i64);
  k.cumsum(vec({1, 0, 1}, boolean), 0, false, count);
  expect_equal(count, {1, 1, 2});
}

// PyTorch's values: reduction "none", and the gradient of its product with (1, 2, 3, 0.5).
struct CrossEntropyCase {
  double smoothing;
  bool weighted;
  Numbers loss, grad;
};
const CrossEntropyCase cross_entropy_cases[] = {
    {0,
     false,
     {0.34901221676818633, 2.6238729583693674, 0, 0.4076059644443804},
     {0.25949646034241913, -0.2946154873017588, 0.03511902695933973, -1.8549571086385046, 0.08797296058411569, 1.7669841480543886, 0, 0, 0,
      0.04501528658519022, 0.12236423552739882, -0.1673795221125891}},
    {0,
     true,
     {0.34901221676818633, 1.3119364791846837, 0, 0.8152119288887608},
     {0.25949646034241913, -0.2946154873017588, 0.03511902695933973, -0.9274785543192523, 0.043986480292057845, 0.8834920740271943, 0, 0, 0,
      0.09003057317038043, 0.24472847105479764, -0.3347590442251782}},
    {0.1,
     false,
     {0.4823455501015197, 2.557206291702701, 0, 0.5076059644443804},
     {0.2261631270090858, -0.22794882063509214, 0.0017856936260063974, -1.7216237753051713, 0.021306293917449023, 1.700317481387722, 0, 0, 0,
      0.02834861991852355, 0.10569756886073216, -0.13404618877925578}},
    {0.1,
     true,
     {0.5714957537143228, 1.3368613430759748, 0, 0.8479114318517291},
     {0.2471547346814595, -0.21619241209012133, -0.030962322591337934, -0.8511423615618192, -0.016815322335667775, 0.8679576838974868, 0, 0, 0,
      0.07794596595494792, 0.21786478476084775, -0.29581075071579577}}};

TEST(ReferenceCrossEntropy, GivesTheRowsAndGradientsOfPyTorch) {
  const Array logits = make({4, 3}, {1, 2, -1, 0.5, 0, 3, 2, 2, 2, -1, 0, 1}, f64), target = vec({1, 0, -100, 2}, i64);
  for (const CrossEntropyCase& c : cross_entropy_cases) {
    const Array weight = c.weighted ? vec({0.5, 1, 2}, f64) : Array();
    Array loss({4}, f64), lse({4}, f64), grad({4, 3}, f64);
    EXPECT_TRUE(k.cross_entropy(logits, target, weight, -100, c.smoothing, loss, lse).ok());
    expect_near(loss, c.loss);
    k.cross_entropy_grad(logits, target, weight, -100, c.smoothing, lse, vec({1, 2, 3, 0.5}, f64), grad);
    expect_near(grad, c.grad);
  }
}

TEST(ReferenceCrossEntropy, ReportsALabelOutsideOfTheClasses) {
  Array loss({3}), lse({3});
  const Status s = k.cross_entropy(make({3, 2}, {1, 2, 3, 4, 5, 6}), vec({1, 2, -1}, i64), {}, -100, 0, loss, lse);
  EXPECT_EQ(s.bad_position, 1);
  EXPECT_EQ(s.bad_value, 2);
}

TEST(ReferenceCrossEntropy, StaysFiniteForHugeLogitsAndTakesStridesAndSixteenBits) {
  const Array logits = make({2, 2}, {1000, 1000, 1000, -1000}).transposed(0, 1), target = vec({1, 1}, i64);
  Array loss({2}), lse({2}), grad({2, 2});
  EXPECT_TRUE(k.cross_entropy(logits, target, {}, -100, 0, loss, lse).ok());
  expect_equal(loss, {float(std::log(2.0)), 2000});
  k.cross_entropy_grad(logits, target, {}, -100, 0, lse, vec({0.5}).expanded({2}), grad);
  EXPECT_THAT(list(grad), Pointwise(::testing::DoubleNear(1e-4), Numbers{0.25, -0.25, 0.5, -0.5}));  // lse in f32 has steps of 6e-5

  Array half_loss({1}, bf16), full_lse({1}, f32);
  EXPECT_TRUE(k.cross_entropy(make({1, 2}, {0, 0}, bf16), vec({0}, i64), {}, -100, 0, half_loss, full_lse).ok());
  expect_equal(half_loss, {0.69140625});
  expect_equal(full_lse, {float(std::log(2.0))});
}

TEST(ReferenceCrossEntropy, IgnoresOnlyTheGivenLabel) {
  Array loss({2}, f64), lse({2}, f64), grad({2, 2}, f64);
  EXPECT_TRUE(k.cross_entropy(make({2, 2}, {0, 0, inf, 0}, f64), vec({0, 1}, i64), {}, 1, 0.1, loss, lse).ok());
  expect_near(loss, {std::log(2.0), 0});
  k.cross_entropy_grad(make({2, 2}, {0, 0, inf, 0}, f64), vec({0, 1}, i64), {}, 1, 0, lse, vec({1, 1}, f64), grad);
  expect_near(grad, {-0.5, 0.5, 0, 0});
}

}  // namespace
}  // namespace cairn
