#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include <cairn/tensor/tensor.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

using Floats = std::vector<float>;

TEST(Making, constants_of_every_type) {
  for (int t = 0; t < 9; t++) {
    const DType dtype = DType(t);
    EXPECT_EQ(zeros({2, 2}, dtype).to_vector<float>(), (Floats{0, 0, 0, 0}));
    EXPECT_EQ(ones({3}, dtype).to_vector<float>(), (Floats{1, 1, 1}));
    EXPECT_EQ(full({2}, 3, dtype).to_vector<float>(), dtype == boolean ? (Floats{1, 1}) : (Floats{3, 3}));
    EXPECT_EQ(empty({4, 5}, dtype).shape(), (Shape{4, 5}));
    EXPECT_EQ(eye(2, dtype).to_vector<float>(), (Floats{1, 0, 0, 1}));
    EXPECT_EQ(eye(2, dtype).dtype(), dtype);
    EXPECT_FALSE(zeros({1}, dtype).is_weak());
  }
  EXPECT_EQ(zeros({2}).dtype(), f32);
  EXPECT_EQ(eye(0).shape(), (Shape{0, 0}));
  EXPECT_EQ(eye(1).to_vector<float>(), (Floats{1}));
}

TEST(Making, like_another_takes_shape_and_type) {
  const Tensor x = full({2, 3}, 7, i32);
  EXPECT_EQ(zeros_like(x).to_vector<int32_t>(), std::vector<int32_t>(6, 0));
  EXPECT_EQ(ones_like(x).to_vector<int32_t>(), std::vector<int32_t>(6, 1));
  EXPECT_EQ(full_like(x, 9).to_vector<int32_t>(), std::vector<int32_t>(6, 9));
  EXPECT_EQ(empty_like(x).dtype(), i32);
  EXPECT_EQ(empty_like(x).shape(), x.shape());
  EXPECT_TRUE(empty_like(Tensor(x.array().transposed(0, 1))).is_contiguous());
}

TEST(Arange, counts_as_numpy_does) {
  EXPECT_EQ(arange(4).to_vector<float>(), (Floats{0, 1, 2, 3}));
  EXPECT_EQ(arange(2, 5).to_vector<float>(), (Floats{2, 3, 4}));
  EXPECT_EQ(arange(0, 1, 0.3).to_vector<float>(), (Floats{0, 0.3f, 0.6f, 0.9f}));
  EXPECT_EQ(arange(5, 0, -2).to_vector<float>(), (Floats{5, 3, 1}));
  EXPECT_EQ(arange(1, 1.3, 0.1).numel(), 4) << "ceil((1.3 - 1) / 0.1) = ceil(3.0000000000000004), as NumPy has it, too";
  EXPECT_EQ(arange(2.5).numel(), 3);
  EXPECT_EQ(arange(3, 3).numel(), 0);
  EXPECT_EQ(arange(0).shape(), (Shape{0}));
  EXPECT_EQ(arange(3, i64).to_vector<int64_t>(), (std::vector<int64_t>{0, 1, 2}));
  EXPECT_EQ(arange(0, 1, 0.1, f64).to_vector<double>()[3], 3 * 0.1);
}

TEST(Arange, refuses_steps_that_never_arrive) {
  EXPECT_EQ(message_of<ConfigError>([] { arange(0, 3, -1); }), "[arange] a step of -1 leads from 0 away from 3. Hint: the other sign.");
  EXPECT_EQ(message_of<ConfigError>([] { arange(0, 3, 0); }),
            "[arange] start, stop and step must be finite and step not 0 (start 0, stop 3, step 0). Hint: 1 counts up, -1 down.");
  EXPECT_THROW(arange(3, 0), ConfigError);
  EXPECT_THROW(arange(-1), ConfigError);
  EXPECT_THROW(arange(std::numeric_limits<double>::quiet_NaN()), ConfigError);
  EXPECT_THROW(arange(std::numeric_limits<double>::infinity()), ConfigError);
  EXPECT_THROW(arange(1e300), OutOfMemoryError);
  EXPECT_THROW(arange(-1e308, 1e308, 1), OutOfMemoryError);
  EXPECT_THROW(arange(1e17), OutOfMemoryError);
}

TEST(Linspace, includes_both_ends_exactly) {
  EXPECT_EQ(linspace(0, 1, 5).to_vector<float>(), (Floats{0, 0.25, 0.5, 0.75, 1}));
  EXPECT_EQ(linspace(1, -1, 3).to_vector<float>(), (Floats{1, 0, -1}));
  EXPECT_EQ(linspace(2, 9, 1).to_vector<float>(), (Floats{2}));
  EXPECT_EQ(linspace(2, 9, 0).numel(), 0);
  const std::vector<double> x = linspace(0.1, 0.7, 1000, f64).to_vector<double>();
  EXPECT_EQ(x.front(), 0.1);
  EXPECT_EQ(x.back(), 0.7);
  EXPECT_THROW(linspace(0, 1, -1), ConfigError);
}

TEST(Lists, nest_to_any_depth) {
  EXPECT_EQ(tensor(3).shape(), Shape());
  EXPECT_EQ(tensor({1, 2, 3}).shape(), (Shape{3}));
  const Tensor x = tensor({{1, 2, 3}, {4, 5, 6.5}});
  EXPECT_EQ(x.shape(), (Shape{2, 3}));
  EXPECT_EQ(x.dtype(), f32);
  EXPECT_EQ(x.to_vector<float>(), (Floats{1, 2, 3, 4, 5, 6.5}));
  EXPECT_EQ(tensor({{{1}, {2}}, {{3}, {4}}, {{5}, {6}}}).shape(), (Shape{3, 2, 1}));
  EXPECT_EQ(tensor({0, 2}, boolean).to_vector<bool>(), (std::vector<bool>{false, true}));
  EXPECT_EQ(tensor({int64_t{1} << 40, int64_t{7}}, i64).to_vector<int64_t>()[0], int64_t{1} << 40);
}

TEST(Lists, that_are_ragged_are_refused) {
  EXPECT_EQ(message_of<ShapeError>([] {
              tensor({{1, 2}, {3}});
            }),
            "[tensor] the list is ragged: parts of shape [2] and [1] stand beside each other. Hint: all rows have the same length.");
  EXPECT_THROW(tensor({{{1}, {2}}, {{3}, {4, 5}}}), ShapeError);
  EXPECT_THROW(tensor({NestedList{1, 2}, NestedList(3)}), ShapeError);
  EXPECT_THROW(tensor({{{{{{{{{1}, {2}}, {{1}, {2}}}}}}}}}), ShapeError) << "more than eight axes";
}

TEST(Lists, that_do_not_fit_their_type_are_refused) {
  EXPECT_EQ(message_of<DtypeError>([] { tensor({1, 300}, i8); }), "[tensor] 300 does not fit into i8. Hint: a wider type, such as f32.");
  EXPECT_THROW(tensor({-1}, u8), DtypeError);
  EXPECT_THROW(tensor({1e20}, i64), DtypeError);
  EXPECT_THROW(tensor({std::numeric_limits<double>::quiet_NaN()}, i32), DtypeError);
  EXPECT_EQ(tensor({-128, 127.5}, i8).to_vector<int8_t>(), (std::vector<int8_t>{-128, 127}));
  EXPECT_EQ(tensor({0, 255}, u8).to_vector<uint8_t>(), (std::vector<uint8_t>{0, 255}));
}

TEST(FromSpan, copies_values_of_each_type) {
  std::vector<float> v = {1, 2, 3, 4, 5, 6};
  const Tensor x = from_span<float>(v, {2, 3});
  v[0] = 9;
  EXPECT_EQ(x.to_vector<float>(), (Floats{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(from_vector(std::vector<int64_t>{1, 2}).dtype(), i64);
  EXPECT_EQ(from_vector(std::vector<double>{1, 2}).dtype(), f64);
  EXPECT_EQ(from_vector(std::vector<uint8_t>{1, 2}).dtype(), u8);
  EXPECT_EQ(from_vector(std::vector<bf16_t>{1.0f}).dtype(), bf16);
  EXPECT_EQ(from_vector(std::vector<f16_t>{1.0f}).dtype(), f16);
  const bool flags[] = {true, false};
  EXPECT_EQ(from_span<bool>(flags, {2}).to_vector<bool>(), (std::vector<bool>{true, false}));
  EXPECT_EQ(from_span<float>({}, {0, 4}).numel(), 0);
}

TEST(FromSpan, refuses_other_counts) {
  const std::vector<float> v(5);
  EXPECT_EQ(message_of<ShapeError>([&] {
              from_span<float>(v, {2, 3});
            }),
            "[from_span] 5 values do not fill the shape [2, 3]. Hint: its sizes must multiply up to their number.");
  EXPECT_THROW(from_span<float>(v, {-5}), ShapeError);
  EXPECT_THROW(from_span<float>(v, {5, 0}), ShapeError);
  EXPECT_THROW(from_span<float>(v, {int64_t{1} << 62}), OutOfMemoryError);
}

TEST(Making, huge_tensors_are_an_error_and_not_a_crash) {
  EXPECT_THROW(zeros({int64_t{1} << 62}), OutOfMemoryError);
  EXPECT_THROW(zeros({int64_t{1} << 31, int64_t{1} << 31, int64_t{1} << 31}), OutOfMemoryError);
  EXPECT_THROW(empty({int64_t{1} << 45}, u8), OutOfMemoryError);
  EXPECT_THROW(eye(int64_t{1} << 32), OutOfMemoryError);
  EXPECT_THROW(eye(-1), ShapeError);
  EXPECT_THROW(linspace(0, 1, int64_t{1} << 60), OutOfMemoryError);
}

TEST(Making, refuses_numbers_that_the_type_cannot_hold) {
  EXPECT_EQ(message_of<DtypeError>([] { full({2}, 300, u8); }), "[full] 300 does not fit into u8. Hint: a wider type, such as f32.");
  EXPECT_EQ(message_of<DtypeError>([] { full({2}, std::nan(""), i64); }), "[full] nan does not fit into i64. Hint: a wider type, such as f32.");
  EXPECT_THROW(arange(300, u8), DtypeError);
  EXPECT_THROW(arange(-1, 3, 1, u8), DtypeError);
  EXPECT_THROW(linspace(0, 300, 3, u8), DtypeError);
  Tensor x = zeros({2}, i8);
  EXPECT_THROW(x.fill_(128), DtypeError);
  EXPECT_THROW(x.set_({0}, -129), DtypeError);
  EXPECT_THROW(x.masked_fill_(ones({2}, boolean), 1e9), DtypeError);
  EXPECT_EQ(x.to_vector<int64_t>(), (std::vector<int64_t>{0, 0}));
  EXPECT_EQ(arange(256, u8).at({255}), 255);
  EXPECT_EQ(full({1}, 255.9, u8).item(), 255);
  EXPECT_EQ(full({1}, -2.5, i64).item(), -2);
  EXPECT_EQ(full({1}, 300, boolean).item(), 1);
}

}  // namespace
}  // namespace cairn
