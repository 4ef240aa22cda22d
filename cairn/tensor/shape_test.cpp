#include <cairn/tensor/shape.h>

#include <gtest/gtest.h>

#include <cairn/base/errors.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

TEST(Shape, knows_its_sizes_and_how_it_is_written) {
  const Shape s = {64, 1, 28, 28};
  EXPECT_EQ(s.rank(), 4);
  EXPECT_EQ(s.numel(), 64 * 28 * 28);
  EXPECT_EQ(s.back(), 28);
  EXPECT_EQ(s.str(), "[64, 1, 28, 28]");
  EXPECT_EQ(Shape().str(), "[]");
  EXPECT_EQ(Shape().numel(), 1);
  EXPECT_EQ((Shape{3, 0}).numel(), 0);
  EXPECT_EQ(s, Shape(std::vector<int64_t>{64, 1, 28, 28}));
  EXPECT_NE(s, (Shape{64, 1, 28}));
  EXPECT_NE((Shape{1, 2}), (Shape{2, 1}));
  EXPECT_EQ(s.vector(), (std::vector<int64_t>{64, 1, 28, 28}));
}

TEST(Shape, inserts_erases_and_appends_axes) {
  Shape s = {2, 4};
  s.insert(1, 3);
  EXPECT_EQ(s, (Shape{2, 3, 4}));
  s.insert(0, 1);
  s.insert(4, 5);
  EXPECT_EQ(s, (Shape{1, 2, 3, 4, 5}));
  s.erase(0);
  s.erase(3);
  s.erase(1);
  EXPECT_EQ(s, (Shape{2, 4}));
  s.push_back(7);
  EXPECT_EQ(s, (Shape{2, 4, 7}));
  EXPECT_EQ(Shape::filled(3, 9), (Shape{9, 9, 9}));
}

TEST(Shape, has_at_most_eight_axes) {
  Shape eight = {1, 1, 1, 1, 1, 1, 1, 1};
  EXPECT_EQ(eight.rank(), 8);
  EXPECT_THROW(eight.push_back(1), ShapeError);
  EXPECT_THROW(eight.insert(0, 1), ShapeError);
  EXPECT_EQ(message_of<ShapeError>([] { Shape({1, 1, 1, 1, 1, 1, 1, 1, 1}); }), "a shape has at most 8 axes, not 9.");
  EXPECT_THROW(Shape(std::vector<int64_t>(100000, 1)), ShapeError);
  EXPECT_THROW(Shape::filled(9, 1), ShapeError);
}

TEST(Strides, of_a_row_major_array) {
  EXPECT_EQ(contiguous_strides({2, 3, 4}), (Strides{12, 4, 1}));
  EXPECT_EQ(contiguous_strides({5}), (Strides{1}));
  EXPECT_EQ(contiguous_strides({}), Strides());
}

TEST(Broadcast, follows_numpys_rule) {
  EXPECT_EQ(broadcast_shapes("add", {64, 10}, {10}), (Shape{64, 10}));
  EXPECT_EQ(broadcast_shapes("add", {10}, {64, 10}), (Shape{64, 10}));
  EXPECT_EQ(broadcast_shapes("add", {3, 1}, {1, 4}), (Shape{3, 4}));
  EXPECT_EQ(broadcast_shapes("add", {}, {2, 2}), (Shape{2, 2}));
  EXPECT_EQ(broadcast_shapes("add", {0, 1}, {1, 5}), (Shape{0, 5}));
  EXPECT_EQ(broadcast_shapes("add", {1}, {0}), (Shape{0}));
  EXPECT_EQ(broadcast_shapes("add", {2, 1, 3}, {4, 1}), (Shape{2, 4, 3}));
}

TEST(Broadcast, an_error_names_op_shapes_axis_and_sizes) {
  const std::string hint = ".\nHint: counted from the right, sizes must be equal or 1; unsqueeze() or reshape() adds an axis of size 1.";
  EXPECT_EQ(message_of<ShapeError>([] {
              broadcast_shapes("add", {64, 10}, {9});
            }),
            "[add] the shapes [64, 10] and [9] do not broadcast: on axis -1 10 meets 9" + hint);
  EXPECT_EQ(message_of<ShapeError>([] {
              broadcast_shapes("mul", {5, 4}, {2, 3, 4});
            }),
            "[mul] the shapes [5, 4] and [2, 3, 4] do not broadcast: on axis -2 5 meets 3" + hint);
  EXPECT_THROW(broadcast_shapes("add", {0}, {2}), ShapeError);
}

TEST(Axis, counts_from_the_end_when_negative) {
  EXPECT_EQ(normal_axis("sum", 0, 3), 0);
  EXPECT_EQ(normal_axis("sum", -1, 3), 2);
  EXPECT_EQ(normal_axis("sum", -3, 3), 0);
  EXPECT_EQ(message_of<IndexError>([] { normal_axis("sum", 3, 3); }),
            "[sum] axis 3 is outside a tensor of 3 axes. Hint: they count from 0, or from the end from -1 on.");
  EXPECT_EQ(message_of<IndexError>([] { normal_axis("sum", -2, 1); }),
            "[sum] axis -2 is outside a tensor of 1 axis. Hint: they count from 0, or from the end from -1 on.");
  EXPECT_THROW(normal_axis("sum", 0, 0), IndexError);
}

TEST(CheckedBytes, multiplies_without_overflow) {
  EXPECT_EQ(checked_bytes({64, 128}, 4), 64 * 128 * 4);
  EXPECT_EQ(checked_bytes({}, 8), 8);
  EXPECT_EQ(checked_bytes({int64_t{1} << 62}, 1), int64_t{1} << 62);
  EXPECT_THROW(checked_bytes({int64_t{1} << 62}, 4), OutOfMemoryError);
  EXPECT_THROW(checked_bytes({int64_t{1} << 40, int64_t{1} << 40}, 1), OutOfMemoryError);
}

TEST(CheckedBytes, an_empty_shape_has_no_bytes_however_large_its_other_sizes) {
  const Shape s = {int64_t{1} << 62, 0, int64_t{1} << 62};
  EXPECT_EQ(checked_bytes(s, 8), 0);
  EXPECT_EQ(s.numel(), 0);
  EXPECT_EQ(contiguous_strides(s).rank(), 3);
}

TEST(CheckedBytes, refuses_negative_sizes) {
  EXPECT_EQ(message_of<ShapeError>([] {
              checked_bytes({2, -1}, 4);
            }),
            "a size cannot be negative: [2, -1]. Hint: only reshape() and expand() know -1.");
  EXPECT_THROW(checked_bytes({0, -1}, 4), ShapeError);
}

}  // namespace
}  // namespace cairn
