// The reference kernels against values worked out by hand or, where the comment says so, by PyTorch 2.13 in f64:
// copies, functions of one and two numbers, reductions, softmax, products. reference_index_test.cpp and
// reference_random_test.cpp have the others.
#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

#include <gmock/gmock.h>

#include <tests/helpers/reference.h>

namespace cairn {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Array unary(Unary f, const Array& x, double a = 0, double b = 0, DType out = f64) {
  Array y(x.shape(), out);
  k.unary(f, x, a, b, y);
  return y;
}
Array binary(Binary f, const Array& a, const Array& b) {
  Array y(a.shape(), f >= Binary::logical_and ? boolean : a.dtype());
  EXPECT_TRUE(k.binary(f, a, b, y).ok());
  return y;
}
Array reduce(Reduce f, const Array& x, uint32_t axes, Shape shape, DType out) {
  Array y(shape, out);
  k.reduce(f, x, axes, y);
  return y;
}

TEST(Walk, MergesWhatLiesTogetherAndKeepsRowMajorOrder) {
  Array x({4, 3, 2});
  reference::Walk one(x.shape(), {x.strides()});
  ASSERT_TRUE(one.next());
  EXPECT_EQ(one.n, 24);
  EXPECT_FALSE(one.next());

  Array t = x.transposed(0, 1);  // [3, 4, 2], strides 2, 6, 1
  std::vector<int64_t> offsets, positions;
  for (reference::Walk w(t.shape(), {t.strides(), contiguous_strides(t.shape())}); w.next();) {
    EXPECT_EQ(w.at[1], w.position);
    for (int64_t i = 0; i < w.n; i++) offsets.push_back(w.at[0] + i * w.step[0]);
  }
  ASSERT_EQ(offsets.size(), 24u);
  EXPECT_THAT(std::vector(offsets.begin(), offsets.begin() + 9), ElementsAre(0, 1, 6, 7, 12, 13, 18, 19, 2));
}

TEST(Walk, VisitsAScalarOnceAndAnEmptyArrayNever) {
  int visits = 0;
  reference::for_each_index({}, {Strides{}}, [&](const int64_t*) { visits++; });
  EXPECT_EQ(visits, 1);
  Array empty({3, 0, 2});
  reference::for_each_index(empty.shape(), {empty.strides()}, [&](const int64_t*) { visits++; });
  EXPECT_EQ(visits, 1);
}

TEST(ReferenceCopy, FollowsTransposedReversedAndRepeatedStrides) {
  const Array x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  Array y({3, 2}), z({2, 3}), r({2, 3});
  k.copy(x.transposed(0, 1), y);
  expect_equal(y, {1, 4, 2, 5, 3, 6});
  k.copy(x.sliced(1, 2, 3, -1), z);
  expect_equal(z, {3, 2, 1, 6, 5, 4});
  k.copy(vec({7, 8, 9}).expanded({2, 3}), r);
  expect_equal(r, {7, 8, 9, 7, 8, 9});
  Array column = r.sliced(1, 1, 1);  // into a view
  k.copy(make({2, 1}, {-1, -2}), column);
  expect_equal(r, {7, -1, 9, 7, -2, 9});
}

TEST(ReferenceCopy, ConvertsEveryTypeToEveryOther) {
  for (DType from : all_types) {
    for (DType to : all_types) {
      Array y({3}, to);
      k.copy(vec({0, 1, 1}, from), y);
      expect_equal(y, {0, 1, 1});
    }
  }
}

TEST(ReferenceCopy, SaturatesOutOfRangeNumbersAndWrapsIntegers) {
  const Array x = vec({nan, inf, -inf, 300.9, -1.9, 1e30}, f64);
  Array bytes({6}, u8), ints({6}, i32), longs({6}, i64), bools({6}, boolean);
  k.copy(x, bytes);
  expect_equal(bytes, {0, 255, 0, 255, 0, 255});
  k.copy(x, ints);
  expect_equal(ints, {0, 2147483647, -2147483648.0, 300, -1, 2147483647});
  k.copy(x, longs);
  EXPECT_EQ(list<int64_t>(longs), (std::vector<int64_t>{0, INT64_MAX, INT64_MIN, 300, -1, INT64_MAX}));
  k.copy(x, bools);
  expect_equal(bools, {1, 1, 1, 1, 1, 1});
  Array small({3}, i8);
  k.copy(make<int64_t>({3}, {127, 128, -129}, i64), small);
  expect_equal(small, {127, -128, 127});
}

TEST(ReferenceFill, WritesOnlyTheElementsOfTheView) {
  Array x = make({2, 3}, {1, 2, 3, 4, 5, 6}, i64);
  Array view = x.sliced(1, 0, 2, 2);
  k.fill(view, -7);
  expect_equal(x, {-7, 2, -7, -7, 5, -7});
}

TEST(ReferenceWhere, TakesFromEitherSide) {
  Array y({2, 2}, i32);
  k.where(make({2, 2}, {1, 0, 0, 1}, boolean), make({2, 2}, {1, 2, 3, 4}, i32), make({}, {9}, i32).expanded({2, 2}), y);
  expect_equal(y, {1, 9, 9, 4});
}

TEST(ReferenceTriangle, KeepsOneSideOfTheDiagonalOfEachMatrix) {
  const Array x = make({2, 2, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  Array y(x.shape());
  k.triangle(x, 0, false, y);
  expect_equal(y, {1, 0, 0, 4, 5, 0, 7, 0, 0, 10, 11, 0});
  k.triangle(x, 1, true, y);
  expect_equal(y, {0, 2, 3, 0, 0, 6, 0, 8, 9, 0, 0, 12});
}

TEST(ReferenceUnary, GivesTheValuesOfPyTorch) {
  const Array x = vec({-1.5, 0.75}, f64), y = vec({0.5, 2.25}, f64);
  expect_near(unary(Unary::expm1, x), {-0.7768698398515702, 1.1170000166126746});
  expect_near(unary(Unary::tanh, x), {-0.9051482536448664, 0.6351489523872873});
  expect_near(unary(Unary::sigmoid, x), {0.18242552380635635, 0.679178699175393});
  expect_near(unary(Unary::erf, x), {-0.9661051464753108, 0.7111556336535151});
  expect_near(unary(Unary::elu, x, 1.25), {-0.9710872998144627, 0.75});
  expect_near(unary(Unary::leaky_relu, x, 0.1), {-0.15, 0.75});
  expect_near(unary(Unary::gelu, x), {-0.10021080190328704, 0.5800294857173489});
  expect_near(unary(Unary::gelu_tanh, x), {-0.10042842301976707, 0.5799605551656203});
  expect_near(unary(Unary::silu, x), {-0.2736382857095345, 0.5093840243815447});
  expect_near(unary(Unary::softplus, x, 2.0, 1.2), {0.02429367578687103, 0.75});
  expect_near(unary(Unary::log, y), {-0.6931471805599453, 0.8109302162163288});
  expect_near(unary(Unary::log1p, y), {0.4054651081081644, 1.1786549963416462});
  expect_near(unary(Unary::sqrt, y), {0.7071067811865476, 1.5});
  expect_near(unary(Unary::rsqrt, y), {1.414213562373095, 0.6666666666666666});
  expect_near(unary(Unary::sin, y), {0.479425538604203, 0.7780731968879212});
  expect_near(unary(Unary::cos, y), {0.8775825618903728, -0.6281736227227391});
}

TEST(ReferenceUnary, RoundsHalfToEvenAndKnowsSpecialNumbers) {
  const Array x = vec({-2.5, -0.5, 0.5, 1.5, 2.5}, f64), odd = vec({nan, inf, -inf, 0}, f64);
  expect_equal(unary(Unary::round, x), {-2, -0.0, 0, 2, 2});
  expect_equal(unary(Unary::floor, x), {-3, -1, 0, 1, 2});
  expect_equal(unary(Unary::ceil, x), {-2, -0.0, 1, 2, 3});
  expect_equal(unary(Unary::sign, odd), {0, 1, -1, 0});
  expect_equal(unary(Unary::relu, odd), {nan, inf, 0, 0});
  expect_equal(unary(Unary::clamp, odd, -1, 2), {nan, 2, -1, 0});
  expect_equal(unary(Unary::clamp, x, 1, -1), {-1, -1, -1, -1, -1});  // low above high: high, as in PyTorch
  expect_equal(unary(Unary::isnan, odd, 0, 0, boolean), {1, 0, 0, 0});
  expect_equal(unary(Unary::isfinite, odd, 0, 0, boolean), {0, 0, 0, 1});
  expect_equal(unary(Unary::logical_not, odd, 0, 0, boolean), {0, 0, 0, 1});
}

TEST(ReferenceUnary, WrapsIntegersAround) {
  const Array bytes = vec({-128, -3, 0, 100}, i8);
  expect_equal(unary(Unary::neg, bytes, 0, 0, i8), {-128, 3, 0, -100});
  expect_equal(unary(Unary::abs, bytes, 0, 0, i8), {-128, 3, 0, 100});
  expect_equal(unary(Unary::square, bytes, 0, 0, i8), {0, 9, 0, 16});  // 10000 mod 256
  expect_equal(unary(Unary::clamp, bytes, -inf, 5, i8), {-128, -3, 0, 5});
  EXPECT_EQ(list<int64_t>(unary(Unary::neg, make<int64_t>({1}, {INT64_MIN}, i64), 0, 0, i64))[0], INT64_MIN);
  EXPECT_THROW(unary(Unary::exp, bytes, 0, 0, i8), UnsupportedError);
  EXPECT_THROW(unary(Unary::neg, vec({1}, boolean), 0, 0, boolean), UnsupportedError);
}

TEST(ReferenceUnary, RoundsSixteenBitTypesOnceAtTheEnd) {
  // 3.140625^2 = 9.86352...; bf16 has steps of 1/16 there, f16 of 1/128.
  expect_equal(unary(Unary::square, vec({3.140625}, bf16), 0, 0, bf16), {9.875});
  expect_equal(unary(Unary::square, vec({3.140625}, f16), 0, 0, f16), {9.8671875});
  expect_equal(unary(Unary::square, vec({300}, f16), 0, 0, f16), {inf});
}

TEST(ReferenceUnaryGrad, IsTheSlopeOfEveryFunction) {
  const Unary from_y[] = {Unary::exp, Unary::expm1, Unary::sqrt, Unary::rsqrt, Unary::reciprocal, Unary::tanh, Unary::sigmoid, Unary::relu};
  const double h = 1e-6, dy = 1.7;
  for (int f = 0; f <= int(Unary::softplus); f++) {
    const Unary u = Unary(f);
    const double a = u == Unary::clamp ? -0.6 : 0.8, b = 1.1;  // also softplus: linear above 1.1 / 0.8
    for (double x : {-1.3, -0.3, 0.4, 1.2, 1.6}) {
      const bool positive = u == Unary::log || u == Unary::sqrt || u == Unary::rsqrt || u == Unary::log1p;
      if (positive && x < 0) continue;
      const auto value = [&](double v) { return element(unary(u, vec({v}, f64), a, b), 0); };
      const bool wants_y = std::find(std::begin(from_y), std::end(from_y), u) != std::end(from_y);
      Array dx({1}, f64);
      k.unary_grad(u, wants_y ? unary(u, vec({x}, f64), a, b) : vec({x}, f64), vec({dy}, f64), a, b, dx);
      const double slope = (value(x + h) - value(x - h)) / (2 * h);
      EXPECT_NEAR(element(dx, 0), dy * slope, 1e-8 * (1 + std::abs(dy * slope))) << "function " << f << " at " << x;
    }
  }
}

TEST(ReferenceUnaryGrad, FollowsPyTorchAtTheCorners) {
  const auto grad = [](Unary f, const Numbers& r, double a = 0, double b = 0) {
    Array dx({int64_t(r.size())}, f64);
    k.unary_grad(f, vec(r, f64), vec({1}, f64).expanded({int64_t(r.size())}), a, b, dx);
    return list(dx);
  };
  EXPECT_THAT(grad(Unary::relu, {0, nan, 2}), ElementsAre(0, 1, 1));
  EXPECT_THAT(grad(Unary::elu, {0}, 2.0), ElementsAre(2));
  EXPECT_THAT(grad(Unary::leaky_relu, {0, nan}, 0.1), ElementsAre(0.1, 0.1));
  EXPECT_THAT(grad(Unary::clamp, {0, 1, 1.5, nan}, 0, 1), ElementsAre(1, 1, 0, 0));
  EXPECT_THAT(grad(Unary::abs, {0}), ElementsAre(0));
  EXPECT_THROW(grad(Unary::isnan, {0}), UnsupportedError);
}

TEST(ReferenceBinary, ComputesInEveryType) {
  for (DType t : {f32, f64, bf16, f16, i8, u8, i32, i64}) {
    const Array a = vec({7, 2, 3}, t), b = vec({2, 2, 5}, t);
    expect_equal(binary(Binary::add, a, b), {9, 4, 8});
    expect_equal(binary(Binary::mul, a, b), {14, 4, 15});
    expect_equal(binary(Binary::pow, a, b), {49, 4, t == i8 ? -13.0 : 243.0});  // 243 - 256
    expect_equal(binary(Binary::maximum, a, b), {7, 2, 5});
    expect_equal(binary(Binary::minimum, a, b), {2, 2, 3});
    expect_equal(binary(Binary::lt, a, b), {0, 0, 1});
    expect_equal(binary(Binary::le, a, b), {0, 1, 1});
    expect_equal(binary(Binary::gt, a, b), {1, 0, 0});
    expect_equal(binary(Binary::ge, a, b), {1, 1, 0});
    expect_equal(binary(Binary::eq, a, b), {0, 1, 0});
    expect_equal(binary(Binary::ne, a, b), {1, 0, 1});
  }
  expect_equal(binary(Binary::sub, vec({2}, u8), vec({3}, u8)), {255});
}

TEST(ReferenceBinary, HandlesBoolAsLogic) {
  const Array a = vec({0, 0, 1, 1}, boolean), b = vec({0, 1, 0, 1}, boolean);
  expect_equal(binary(Binary::add, a, b), {0, 1, 1, 1});
  expect_equal(binary(Binary::mul, a, b), {0, 0, 0, 1});
  expect_equal(binary(Binary::logical_xor, a, b), {0, 1, 1, 0});
  expect_equal(binary(Binary::maximum, a, b), {0, 1, 1, 1});
  EXPECT_THROW(binary(Binary::sub, a, b), UnsupportedError);
}

TEST(ReferenceBinary, KeepsNanInMaximumAndMinimumButNotInComparisons) {
  const Array a = vec({nan, 1, nan}, f32), b = vec({1, nan, nan}, f32);
  expect_equal(binary(Binary::maximum, a, b), {nan, nan, nan});
  expect_equal(binary(Binary::minimum, a, b), {nan, nan, nan});
  expect_equal(binary(Binary::lt, a, b), {0, 0, 0});
  expect_equal(binary(Binary::ge, a, b), {0, 0, 0});
  expect_equal(binary(Binary::ne, a, b), {1, 1, 1});
}

TEST(ReferenceBinary, DividesIntegersTowardZeroAndReportsTheFirstZeroDivisor) {
  expect_equal(binary(Binary::div, vec({7, -7, 7, -7}, i32), vec({2, 2, -2, -2}, i32)), {3, -3, -3, 3});
  expect_equal(binary(Binary::div, vec({-2147483648.0}, i32), vec({-1}, i32)), {-2147483648.0});
  EXPECT_EQ(list<int64_t>(binary(Binary::div, make<int64_t>({1}, {INT64_MIN}, i64), vec({-1}, i64)))[0], INT64_MIN);
  expect_equal(binary(Binary::div, vec({1, -1}, f32), vec({0, 0}, f32)), {inf, -inf});
  Array y({2, 3}, i64);
  const Status s = k.binary(Binary::div, make({2, 3}, {1, 2, 3, 4, 5, 6}, i64), make({2, 3}, {1, 1, 1, 2, 0, 0}, i64), y);
  EXPECT_EQ(s.bad_position, 4);
  EXPECT_EQ(s.bad_value, 0);
  expect_equal(y, {1, 2, 3, 2, 0, 0});
}

TEST(ReferenceBinary, CutsNegativeIntegerPowersTowardZero) {
  expect_equal(binary(Binary::pow, vec({2, -1, -1, 1, 0, 0}, i32), vec({-1, -3, -2, -5, -1, 0}, i32)), {0, -1, 1, 1, 0, 1});
}

TEST(ReferenceReduce, SumsOverAnyAxesOfAnyStrides) {
  const Array x = make({2, 3, 2}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  expect_equal(reduce(Reduce::sum, x, 0b111, {1, 1, 1}, f32), {78});
  expect_equal(reduce(Reduce::sum, x, 0b010, {2, 1, 2}, f32), {9, 12, 27, 30});
  expect_equal(reduce(Reduce::sum, x, 0b101, {1, 3, 1}, f32), {18, 26, 34});
  expect_equal(reduce(Reduce::sum, x, 0, {2, 3, 2}, f32), list(x));
  expect_equal(reduce(Reduce::sum, x.transposed(0, 2), 0b100, {2, 3, 1}, f32), {8, 12, 16, 10, 14, 18});
  expect_equal(reduce(Reduce::sum, x.sliced(1, 2, 2, -2), 0b011, {1, 1, 2}, f32), {24, 28});
  expect_equal(reduce(Reduce::sum, vec({1, 2}).expanded({5, 2}), 0b01, {1, 2}, f32), {5, 10});
  expect_equal(reduce(Reduce::sum, make({}, {3}), 0, {}, f32), {3});
}

TEST(ReferenceReduce, HasTheNeutralElementForNothing) {
  const Array none({2, 0});
  expect_equal(reduce(Reduce::sum, none, 0b10, {2, 1}, f32), {0, 0});
  expect_equal(reduce(Reduce::prod, none, 0b10, {2, 1}, f32), {1, 1});
  expect_equal(reduce(Reduce::mean, none, 0b10, {2, 1}, f32), {nan, nan});
  expect_equal(reduce(Reduce::logsumexp, none, 0b10, {2, 1}, f32), {-inf, -inf});
  expect_equal(reduce(Reduce::any, none, 0b10, {2, 1}, boolean), {0, 0});
  expect_equal(reduce(Reduce::all, none, 0b10, {2, 1}, boolean), {1, 1});
  EXPECT_THAT(list(reduce(Reduce::sum, none, 0b01, {1, 0}, f32)), IsEmpty());
}

TEST(ReferenceReduce, KnowsTheOtherReductions) {
  const Array x = make({2, 3}, {1, -2, 3, -4, 0, 6}, f64);
  expect_equal(reduce(Reduce::mean, x, 0b10, {2, 1}, f64), {2.0 / 3, 2.0 / 3});
  expect_equal(reduce(Reduce::prod, x, 0b10, {2, 1}, f64), {-6, -0.0});
  expect_equal(reduce(Reduce::max, x, 0b10, {2, 1}, f64), {3, 6});
  expect_equal(reduce(Reduce::min, x, 0b01, {1, 3}, f64), {-4, -2, 3});
  expect_equal(reduce(Reduce::sum_abs, x, 0b10, {2, 1}, f64), {6, 10});
  expect_equal(reduce(Reduce::sum_square, x, 0b10, {2, 1}, f64), {14, 52});
  expect_equal(reduce(Reduce::any, x, 0b01, {1, 3}, boolean), {1, 1, 1});
  expect_equal(reduce(Reduce::all, x, 0b01, {1, 3}, boolean), {1, 0, 1});
  expect_near(reduce(Reduce::logsumexp, make({2, 3}, {1, 2, 3, -1, 0, 5}, f64), 0b10, {2, 1}, f64), {3.4076059644443806, 5.0091744845917345});
  expect_near(reduce(Reduce::logsumexp, vec({1000, 1000}, f64), 1, {1}, f64), {1000 + std::log(2.0)});
  expect_equal(reduce(Reduce::logsumexp, make({3, 2}, {inf, 1, -inf, -inf, nan, 1}, f64), 0b10, {3, 1}, f64), {inf, -inf, nan});
  expect_equal(reduce(Reduce::max, make({2, 2}, {nan, 1, 1, nan}), 0b10, {2, 1}, f32), {nan, nan});
  expect_equal(reduce(Reduce::min, make({2, 2}, {inf, inf, -inf, 0}), 0b10, {2, 1}, f32), {inf, -inf});
  expect_equal(reduce(Reduce::sum, vec({inf, 1, 2}, f64), 1, {1}, f64), {inf});
}

TEST(ReferenceReduce, AddsIntegersAndBoolInI64) {
  expect_equal(reduce(Reduce::sum, vec({127, 127, 127}, i8), 1, {1}, i64), {381});
  expect_equal(reduce(Reduce::sum, vec({1, 0, 1, 1}, boolean), 1, {1}, i64), {3});
  expect_equal(reduce(Reduce::prod, vec({100, 100, -100}, i8), 1, {1}, i64), {-1e6});
  EXPECT_EQ(list<int64_t>(reduce(Reduce::sum, make<int64_t>({2}, {INT64_MAX, 1}, i64), 1, {1}, i64))[0], INT64_MIN);
  expect_equal(reduce(Reduce::max, vec({3, 200, 7}, u8), 1, {1}, u8), {200});
  expect_equal(reduce(Reduce::min, vec({1, 0}, boolean), 1, {1}, boolean), {0});
  EXPECT_THROW(reduce(Reduce::mean, vec({1}, i32), 1, {1}, i32), UnsupportedError);
}

TEST(ReferenceReduce, SumsMeansAndVariancesOfTenMillionNumbersAreAccurate) {
  // Numbers 1000 + i / n: a naive f32 sum is off by 1e-3 and E[x^2] - E[x]^2 has not a digit of the variance.
  const int64_t n = 10'000'000;
  Array x({n}), mean({1}), var({1});
  long double sum = 0;
  for (int64_t i = 0; i < n; i++) {
    x.ptr<float>()[i] = 1000 + float(i) / float(n);
    sum += x.ptr<float>()[i];
  }
  const long double exact_mean = sum / n;
  long double squares = 0;
  for (int64_t i = 0; i < n; i++) squares += (x.ptr<float>()[i] - exact_mean) * (x.ptr<float>()[i] - exact_mean);
  const double exact_var = double(squares / (n - 1));

  EXPECT_NEAR(element(reduce(Reduce::sum, x, 1, {1}, f64), 0) / double(sum), 1, 1e-12);
  EXPECT_NEAR(element(reduce(Reduce::sum, x, 1, {1}, f32), 0) / double(sum), 1, 6e-8);  // half a step of f32
  k.mean_var(x, 1, 1, mean, var);
  EXPECT_NEAR(element(mean, 0) / double(exact_mean), 1, 6e-8);
  EXPECT_NEAR(element(var, 0) / exact_var, 1, 1e-6);
}

TEST(ReferenceReduce, KeepsWhatAPlainSumOfDoublesLoses) { expect_equal(reduce(Reduce::sum, vec({1, 1e100, 1, -1e100}, f64), 1, {1}, f64), {2}); }

TEST(ReferenceMeanVar, SubtractsTheCorrectionFromTheCount) {
  const Array x = make({2, 4}, {1, 2, 3, 4, 0, 0, 10, 10}, f64);
  Array mean({2, 1}, f64), var({2, 1}, f64);
  k.mean_var(x, 0b10, 0, mean, var);
  expect_equal(mean, {2.5, 5});
  expect_equal(var, {1.25, 25});
  k.mean_var(x, 0b10, 1, mean, var);
  expect_near(var, {5.0 / 3, 100.0 / 3});
  k.mean_var(x, 0b10, 5, mean, var);  // as in PyTorch: the divisor stops at 0
  expect_equal(var, {inf, inf});
  Array one_mean({1}, f64), one_var({1}, f64);
  k.mean_var(vec({3}, f64), 1, 1, one_mean, one_var);
  expect_equal(one_var, {nan});
}

TEST(ReferenceSoftmax, GivesTheValuesOfPyTorchAlongAnyAxis) {
  const Array x = make({2, 3}, {1, 2, 3, -1, 0, 5}, f64), dy = make({2, 3}, {1, -2, 0.5, 0, 3, 1}, f64);
  const Numbers y = {0.09003057317038045, 0.2447284710547976, 0.6652409557748218, 0.0024561149044509535, 0.006676412513376451, 0.9908674725821726};
  const Numbers dx = {0.09604514583293235,    -0.47310763853503385, 0.3770624927021015,
                      -0.0024828784765918207, 0.01328007409493773,  -0.010797195618345827};
  const Numbers log_y = {-2.4076059644443806, -1.4076059644443804, -0.4076059644443804,
                         -6.0091744845917345, -5.0091744845917345, -0.009174484591734727};
  const Numbers log_dx = {1.0450152865851903, -1.8776357644726012, 0.8326204778874109, -0.009824459617803816, 2.973294349946494, -2.9634698903286902};
  for (bool log : {false, true}) {
    Array out({2, 3}, f64), grad({2, 3}, f64);
    k.softmax(x, 1, log, out);
    expect_near(out, log ? log_y : y);
    k.softmax_grad(out, dy, 1, log, grad);
    expect_near(grad, log ? log_dx : dx);
    Array across({3, 2}, f64);
    k.softmax(x.transposed(0, 1), 0, log, across);
    expect_near(across.transposed(0, 1), log ? log_y : y);
  }
  Array large({1, 2});
  k.softmax(make({1, 2}, {1000, 1000}), 1, false, large);
  expect_equal(large, {0.5, 0.5});
}

Array matmul(const Array& a, const Array& b, Shape shape) {
  Array y(shape, a.dtype());
  k.matmul(a, b, y);
  return y;
}

TEST(ReferenceMatmul, MultipliesEveryTypeAndTranspose) {
  const Numbers ab = {22, 28, 49, 64};
  for (DType t : {f32, f64, bf16, f16, i8, u8, i32, i64}) {
    const Array a = make({2, 3}, {1, 2, 3, 4, 5, 6}, t), b = make({3, 2}, {1, 2, 3, 4, 5, 6}, t);
    const Array at = make({3, 2}, {1, 4, 2, 5, 3, 6}, t), bt = make({2, 3}, {1, 3, 5, 2, 4, 6}, t);
    expect_equal(matmul(a, b, {2, 2}), ab);
    expect_equal(matmul(at.transposed(0, 1), b, {2, 2}), ab);
    expect_equal(matmul(a, bt.transposed(0, 1), {2, 2}), ab);
    expect_equal(matmul(at.transposed(0, 1), bt.transposed(0, 1), {2, 2}), ab);
  }
  EXPECT_THROW(matmul(make({1, 1}, {1}, boolean), make({1, 1}, {1}, boolean), {1, 1}), UnsupportedError);
}

TEST(ReferenceMatmul, WrapsIntegersAndTakesBatchesAndEmptySums) {
  expect_equal(matmul(make({1, 2}, {100, 100}, i8), make({2, 1}, {2, 2}, i8), {1, 1}), {400 - 512});
  const Array a = make({2, 1, 2}, {1, 2, 3, 4}), b = make({2, 1}, {10, 1});
  expect_equal(matmul(a, b.expanded({2, 2, 1}), {2, 1, 1}), {12, 34});
  expect_equal(matmul(Array({2, 0}), Array({0, 2}), {2, 2}), {0, 0, 0, 0});
  EXPECT_THAT(list(matmul(Array({0, 3}), Array({3, 2}), {0, 2})), IsEmpty());
}

TEST(ReferenceLinear, AddsTheBiasBeforeTheOneRounding) {
  const Array x = make({2, 2}, {1, 2, 3, 4}), w = make({3, 2}, {1, 0, 0, 1, 1, 1});
  Array y({2, 3});
  k.linear(x, w, vec({0.5, 0, -1}), y);
  expect_equal(y, {1.5, 2, 2, 3.5, 4, 6});
  k.linear(x, w, {}, y);
  expect_equal(y, {1, 2, 3, 3, 4, 7});
  Array small({1, 1}, bf16);  // 256 + 0.75 + 0.75 = 257.5 -> 258; rounded in between it would stay 256
  k.linear(make({1, 2}, {256, 0.75}, bf16), make({1, 2}, {1, 1}, bf16), vec({0.75}, bf16), small);
  expect_equal(small, {258});
}

TEST(ReferenceQr, FactorsWithAPositiveDiagonal) {
  const Array x = make({3, 2}, {3, 1, 4, 2, 0, 5}, f64);
  Array q({3, 2}, f64), r({2, 2}, f64);
  k.qr(x, q, r);  // PyTorch's values with the signs turned
  expect_near(q, {0.6, -0.06379617782631204, 0.8, 0.04784713336973403, 0, 0.9968152785361247});
  expect_near(r, {5, 2.2, 0, 5.015974481593782});
  expect_near(matmul(q, r, {3, 2}), list(x));
  Array zero_q({2, 2}, f64), zero_r({2, 2}, f64);
  k.qr(make({2, 2}, {0, 1, 0, 1}, f64), zero_q, zero_r);  // not of full rank: still orthogonal
  expect_near(matmul(zero_q.transposed(0, 1), zero_q, {2, 2}), {1, 0, 0, 1});
  expect_near(matmul(zero_q, zero_r, {2, 2}), {0, 1, 0, 1});
}

}  // namespace
}  // namespace cairn
