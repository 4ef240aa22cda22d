#include <cairn/tensor/array.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

namespace cairn {
namespace {

Array ascending(const Shape& shape, DType dtype = f32) {
  Array whole(shape, f64);
  std::iota(whole.ptr<double>(), whole.ptr<double>() + whole.numel(), 0.0);
  return cast_copy(whole, dtype);
}

std::vector<float> values(const Array& x) {
  const Array c = cast_copy(x, f32);
  return {c.ptr<float>(), c.ptr<float>() + c.numel()};
}

TEST(Array, is_fresh_row_major_and_aligned) {
  const Array a({2, 3, 4}, f64);
  EXPECT_TRUE(a.defined());
  EXPECT_EQ(a.strides(), (Strides{12, 4, 1}));
  EXPECT_EQ(a.size(-1), 4);
  EXPECT_EQ(a.size(0), 2);
  EXPECT_TRUE(a.contiguous());
  EXPECT_EQ(a.storage()->bytes(), 24u * 8);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(a.raw()) % 64, 0u);
  EXPECT_FALSE(Array().defined());
}

TEST(Array, views_share_the_storage) {
  const Array a = ascending({2, 3});
  const Array b = a.transposed(0, 1), c = a.sliced(1, 1, 2), d = a.reshaped({6}), e = a.reshaped({1, 6}).expanded({4, 6});
  for (const Array& v : {b, c, d, e}) EXPECT_EQ(v.storage(), a.storage());
  a.ptr<float>()[4] = 40;
  EXPECT_EQ(values(b), (std::vector<float>{0, 3, 1, 40, 2, 5}));
  EXPECT_EQ(values(c), (std::vector<float>{1, 2, 40, 5}));
  EXPECT_EQ(values(d), (std::vector<float>{0, 1, 2, 3, 40, 5}));
  EXPECT_EQ(values(e.sliced(0, 3, 1)), (std::vector<float>{0, 1, 2, 3, 40, 5}));
}

TEST(Array, slices_step_forwards_and_backwards) {
  const Array a = ascending({10});
  EXPECT_EQ(values(a.sliced(0, 1, 3, 3)), (std::vector<float>{1, 4, 7}));
  EXPECT_EQ(values(a.sliced(0, 9, 3, -4)), (std::vector<float>{9, 5, 1}));
  EXPECT_EQ(values(a.sliced(0, 9, 10, -1).sliced(0, 8, 2, -8)), (std::vector<float>{1, 9}));
  EXPECT_EQ(values(a.sliced(0, 4, 0)), std::vector<float>());
}

TEST(Array, expands_axes_of_size_one_and_adds_new_ones_in_front) {
  const Array a = ascending({2, 1});
  const Array e = a.expanded({3, 2, 2});
  EXPECT_EQ(e.strides(), (Strides{0, 1, 0}));
  EXPECT_EQ(values(e), (std::vector<float>{0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1}));
  EXPECT_EQ(values(ascending({}).expanded({3})), (std::vector<float>{0, 0, 0}));
}

TEST(Array, is_contiguous_when_the_order_in_memory_is_the_order_of_the_index) {
  const Array a = ascending({2, 3, 4});
  EXPECT_FALSE(a.transposed(0, 2).contiguous());
  EXPECT_FALSE(a.sliced(2, 0, 2).contiguous());
  EXPECT_TRUE(a.sliced(0, 1, 1).contiguous());
  EXPECT_TRUE(a.sliced(0, 1, 1).transposed(0, 1).contiguous()) << "axes of size 1 do not count";
  EXPECT_TRUE(a.sliced(2, 0, 0).contiguous()) << "nothing is in order";
  EXPECT_FALSE(ascending({1, 3}).expanded({2, 3}).contiguous());
  EXPECT_FALSE(a.reshaped({24}).sliced(0, 23, 24, -1).contiguous());
  EXPECT_TRUE(ascending({}).contiguous());
}

TEST(Array, contiguous_copy_is_another_storage_with_the_same_values) {
  const Array a = ascending({3, 4}), b = contiguous_copy(a.transposed(0, 1));
  EXPECT_NE(a.storage(), b.storage());
  EXPECT_TRUE(b.contiguous());
  EXPECT_EQ(values(b), values(a.transposed(0, 1)));
  EXPECT_EQ(contiguous_copy(ascending({0, 4})).numel(), 0);
}

TEST(CastCopy, converts_every_type_to_every_type) {
  for (int from = 0; from < 9; from++)
    for (int to = 0; to < 9; to++) {
      const Array x = ascending({2, 3}, DType(from)).transposed(0, 1);
      const Array y = cast_copy(x, DType(to));
      EXPECT_EQ(y.dtype(), DType(to));
      const bool flag = DType(from) == boolean || DType(to) == boolean;
      EXPECT_EQ(values(y), flag ? (std::vector<float>{0, 1, 1, 1, 1, 1}) : (std::vector<float>{0, 3, 1, 4, 2, 5}))
          << name_of(DType(from)) << " to " << name_of(DType(to));
    }
}

TEST(CastCopy, of_what_does_not_fit_is_defined) {
  Array x({6}, f64);
  const double special[] = {2.9, -2.9, 1e30, -1e30, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()};
  std::copy(std::begin(special), std::end(special), x.ptr<double>());
  EXPECT_EQ(values(cast_copy(x, i8)), (std::vector<float>{2, -2, 127, -128, 0, 127}));
  EXPECT_EQ(values(cast_copy(x, u8)), (std::vector<float>{2, 0, 255, 0, 0, 255}));
  EXPECT_EQ(values(cast_copy(x, boolean)), (std::vector<float>{1, 1, 1, 1, 1, 1}));
  const Array wide = cast_copy(x, i64);
  EXPECT_EQ(wide.ptr<int64_t>()[2], std::numeric_limits<int64_t>::max());
  EXPECT_EQ(wide.ptr<int64_t>()[3], std::numeric_limits<int64_t>::min());
  EXPECT_TRUE(std::isinf(values(cast_copy(x, f16))[2]));
  EXPECT_TRUE(std::isnan(values(cast_copy(x, bf16))[4]));
}

TEST(CastCopy, between_integers_wraps) {
  Array x({2}, i32);
  x.ptr<int32_t>()[0] = 300, x.ptr<int32_t>()[1] = -1;
  EXPECT_EQ(values(cast_copy(x, u8)), (std::vector<float>{44, 255}));
  EXPECT_EQ(values(cast_copy(x, i8)), (std::vector<float>{44, -1}));
}

TEST(CastCopy, keeps_all_bits_of_large_integers) {
  Array x({1}, i64);
  x.ptr<int64_t>()[0] = (int64_t{1} << 62) + 1;
  EXPECT_EQ(contiguous_copy(x).ptr<int64_t>()[0], (int64_t{1} << 62) + 1);
}

TEST(DeviceOps, fill_through_views_touches_nothing_else) {
  for (int t = 0; t < 9; t++) {
    Array a = ascending({3, 4}, DType(t));
    Array column = a.sliced(1, 3, 1, 1);
    device_ops().fill(column, 0);
    const std::vector<float> want =
        DType(t) == boolean ? std::vector<float>{0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0} : std::vector<float>{0, 1, 2, 0, 4, 5, 6, 0, 8, 9, 10, 0};
    EXPECT_EQ(values(a), want) << name_of(DType(t));
  }
}

TEST(DeviceOps, can_be_replaced_and_put_back) {
  static int copies;
  copies = 0;
  const DeviceOps before = device_ops();
  install_device_ops({[](const Array&, Array&) { copies++; }, before.fill});
  contiguous_copy(Array({2}));
  install_device_ops(before);
  EXPECT_EQ(copies, 1);
  EXPECT_EQ(values(contiguous_copy(ascending({2}))), (std::vector<float>{0, 1}));
}

}  // namespace
}  // namespace cairn
