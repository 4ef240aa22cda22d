// Blocked images: both forms hold the same values, the padding is zero, writes and views see the strided form.
#include <cairn/tensor/layout.h>

#include <gtest/gtest.h>
#include <thread>

#include <cairn/tensor/tensor.h>

namespace cairn {
namespace {

Array counted(const Shape& shape, DType dtype = f32) {
  Array x(shape, f32);
  for (int64_t i = 0; i < x.numel(); i++) x.ptr<float>()[i] = float(i % 251 + 1);
  return cast_copy(x, dtype);
}

TEST(Layout, a_blocked_array_holds_the_same_values_and_zeros_behind_the_last_channel) {
  for (Layout layout : {Layout::nChw16c, Layout::nChw8c})
    for (const Shape& shape : {Shape{2, 16, 3, 5}, {1, 3, 9, 9}, {3, 33, 1, 1}, {2, 40, 17, 4}}) {
      const Array x = counted(shape), y = to_blocked(x, layout);
      ASSERT_EQ(y.layout(), layout);
      const int64_t B = block_of(layout), C = shape[1], pixels = shape[2] * shape[3], blocks = (C + B - 1) / B;
      ASSERT_EQ(y.lanes().numel(), shape[0] * blocks * pixels * B);
      const float* lane = y.lanes().ptr<float>();
      for (int64_t i = 0; i < y.lanes().numel(); i++) {
        const int64_t c = i / (pixels * B) % blocks * B + i % B, p = i / B % pixels, n = i / (blocks * pixels * B);
        ASSERT_EQ(lane[i], c < C ? x.ptr<float>()[(n * C + c) * pixels + p] : 0.0f) << shape.str() << " at " << i;
      }
      for (int64_t i = 0; i < x.numel(); i++) ASSERT_EQ(y.ptr<float>()[i], x.ptr<float>()[i]);
    }
}

TEST(Layout, all_element_types_travel_there_and_back) {
  for (DType t : {f32, f64, bf16, u8, i64}) {
    const Array x = counted({2, 5, 4, 3}, t), y = to_blocked(x, Layout::nChw16c);
    EXPECT_EQ(Tensor(y).to_vector<double>(), Tensor(x).to_vector<double>()) << name_of(t);
  }
}

TEST(Layout, the_strided_form_is_made_once_and_only_when_somebody_looks) {
  const uint64_t before = layout_conversions().count;
  Array y = to_blocked(counted({2, 16, 8, 8}), Layout::nChw16c);
  EXPECT_EQ(layout_conversions().count, before + 1);
  y.lanes();
  EXPECT_EQ(layout_conversions().count, before + 1);
  std::vector<std::thread> readers;
  std::atomic<int> right{0};
  for (int t = 0; t < 4; t++) readers.emplace_back([&] { right += y.ptr<float>()[16] == 17.0f; });
  for (auto& r : readers) r.join();
  EXPECT_EQ(right, 4);
  EXPECT_EQ(layout_conversions().count, before + 2);
}

TEST(Layout, views_are_strided_and_the_whole_in_another_handle_is_blocked) {
  const Array y = to_blocked(counted({2, 16, 4, 4}), Layout::nChw16c);
  EXPECT_FALSE(y.sliced(0, 1, 1).blocked());
  EXPECT_FALSE(y.transposed(2, 3).blocked());
  EXPECT_FALSE(y.reshaped({2, 256}).blocked());
  EXPECT_TRUE(y.reshaped({2, 16, 4, 4}).blocked());
  EXPECT_TRUE(Tensor(y).detach().array().blocked());
}

TEST(Layout, a_write_drops_the_blocked_form) {
  Tensor y(to_blocked(counted({1, 16, 2, 2}), Layout::nChw16c));
  y.set_({0, 3, 1, 1}, -5);
  EXPECT_FALSE(y.array().blocked());
  EXPECT_EQ(y.at({0, 3, 1, 1}), -5);
  EXPECT_EQ(y.at({0, 3, 1, 0}), 15);
}

TEST(Layout, only_images_can_be_blocked_and_empty_ones_can) {
  EXPECT_THROW(blocked_array({4, 4}, f32, Layout::nChw16c), ShapeError);
  const Array none = to_blocked(Array({0, 3, 2, 2}), Layout::nChw16c);
  EXPECT_EQ(none.lanes().numel(), 0);
  EXPECT_NE(none.raw(), nullptr);
}

}  // namespace
}  // namespace cairn
