#include <cairn/tensor/tensor.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include <cairn/tensor/grad_mode.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

Tensor transposed(const Tensor& x) { return Tensor(x.array().transposed(0, 1)); }

Tensor leaf(const Shape& shape) {
  Tensor x = ones(shape);
  x.impl()->requires_grad = true;
  return x;
}

struct RecordingOff {
  RecordingOff() { grad_mode() = false; }
  ~RecordingOff() { grad_mode() = true; }
};

TEST(Tensor, copies_of_a_handle_share_the_values) {
  Tensor a = zeros({2, 2}), b = a;
  b.fill_(3);
  EXPECT_EQ(a.to_vector<float>(), (std::vector<float>{3, 3, 3, 3}));
}

TEST(Tensor, that_was_never_assigned_says_so) {
  const Tensor x;
  EXPECT_FALSE(x.defined());
  EXPECT_FALSE(x.is_weak());
  EXPECT_THROW(x.shape(), StateError);
  EXPECT_THROW(x.item(), StateError);
  EXPECT_THROW(x.to_vector<float>(), StateError);
  EXPECT_THROW(Tensor().fill_(0), StateError);
  EXPECT_EQ(message_of<StateError>([&] { x.rank(); }), "the tensor is not defined (an empty Tensor). Hint: was it ever assigned?");
}

TEST(Tensor, numbers_become_weak_scalars) {
  const Tensor a = 0.1, b = 3, c = (int64_t{1} << 60) + 1, d = 0.5f;
  for (const Tensor& x : {a, b, c, d}) {
    EXPECT_TRUE(x.is_weak());
    EXPECT_EQ(x.rank(), 0);
  }
  EXPECT_EQ(a.dtype(), f32);
  EXPECT_EQ(d.dtype(), f32);
  EXPECT_EQ(b.dtype(), i64);
  EXPECT_EQ(a.item(), 0.1) << "the number is kept in double";
  EXPECT_EQ(b.item(), 3);
  EXPECT_EQ(*c.data<int64_t>(), (int64_t{1} << 60) + 1);
  EXPECT_FALSE(full({}, 0.1).is_weak());
}

TEST(Tensor, item_needs_exactly_one_element) {
  EXPECT_EQ(full({1, 1}, 2.5).item(), 2.5);
  EXPECT_EQ(full({}, 1, boolean).item(), 1);
  EXPECT_EQ(message_of<ShapeError>([] { zeros({2}).item(); }),
            "[item] the tensor must have exactly one element, its shape is [2]. Hint: at({i, j}) reads one of many.");
  EXPECT_THROW(zeros({0}).item(), ShapeError);
}

TEST(Tensor, at_reads_through_strides_and_from_the_end) {
  const Tensor x = tensor({{1, 2, 3}, {4, 5, 6}});
  EXPECT_EQ(x.at({1, 2}), 6);
  EXPECT_EQ(x.at({-1, -3}), 4);
  EXPECT_EQ(transposed(x).at({2, 0}), 3);
  EXPECT_EQ(Tensor(7.5).at({}), 7.5);
  EXPECT_EQ(message_of<IndexError>([&] {
              x.at({0, 3});
            }),
            "[at] index 3 is outside axis 1 of [2, 3]. Hint: they count from 0, or from the end from -1 on.");
  EXPECT_EQ(message_of<IndexError>([&] {
              x.at({-3, 0});
            }),
            "[at] index -3 is outside axis 0 of [2, 3]. Hint: they count from 0, or from the end from -1 on.");
  EXPECT_EQ(message_of<IndexError>([&] { x.at({1}); }), "[at] 1 indices for a tensor of shape [2, 3]. Hint: one index for each axis.");
  EXPECT_THROW(x.size(2), IndexError);
  EXPECT_EQ(x.size(-1), 3);
}

TEST(Tensor, to_vector_is_row_major_and_converts) {
  const Tensor x = transposed(tensor({{0, 1, 2}, {3, 4, 5}}));
  EXPECT_EQ(x.to_vector<float>(), (std::vector<float>{0, 3, 1, 4, 2, 5}));
  EXPECT_EQ(x.to_vector<double>(), (std::vector<double>{0, 3, 1, 4, 2, 5}));
  EXPECT_EQ(x.to_vector<int8_t>(), (std::vector<int8_t>{0, 3, 1, 4, 2, 5}));
  EXPECT_EQ(x.to_vector<uint8_t>(), (std::vector<uint8_t>{0, 3, 1, 4, 2, 5}));
  EXPECT_EQ(x.to_vector<int32_t>(), (std::vector<int32_t>{0, 3, 1, 4, 2, 5}));
  EXPECT_EQ(x.to_vector<int64_t>(), (std::vector<int64_t>{0, 3, 1, 4, 2, 5}));
  EXPECT_EQ(x.to_vector<bool>(), (std::vector<bool>{0, 1, 1, 1, 1, 1}));
  EXPECT_EQ(float(x.to_vector<bf16_t>()[1]), 3);
  EXPECT_EQ(float(x.to_vector<f16_t>()[5]), 5);
  EXPECT_TRUE(zeros({3, 0}).to_vector<float>().empty());
}

TEST(Tensor, data_is_checked) {
  Tensor x = tensor({{1, 2}, {3, 4}});
  EXPECT_EQ(x.data<float>()[3], 4);
  x.mutable_data<float>()[0] = 9;
  EXPECT_EQ(x.at({0, 0}), 9);
  EXPECT_EQ(message_of<DtypeError>([&] { x.data<double>(); }),
            "[data] the tensor is f32, not f64. Hint: to() converts, to_vector() copies and converts.");
  EXPECT_THROW(transposed(x).data<float>(), StateError);
  EXPECT_THROW(transposed(x).mutable_data<float>(), StateError);
  EXPECT_THROW(x.mutable_data<int32_t>(), DtypeError);
}

TEST(Writers, each_counts_the_version_up_and_leaves_its_name) {
  Tensor x = zeros({2, 2});
  const Storage& s = *x.array().storage();
  const uint32_t fresh = s.version();
  x.fill_(1);
  EXPECT_EQ(s.version(), fresh + 1);
  EXPECT_EQ(s.last_writer(), "fill_ into [2, 2]");
  x.copy_(Tensor(2.0));
  EXPECT_EQ(s.last_writer(), "copy_ into [2, 2]");
  x.set_({0, 1}, 3);
  EXPECT_EQ(s.last_writer(), "set_ into [2, 2]");
  x.masked_fill_(ones({2, 2}, boolean), 4);
  EXPECT_EQ(s.last_writer(), "masked_fill_ into [2, 2]");
  x.mutable_data<float>();
  EXPECT_EQ(s.last_writer(), "mutable_data into [2, 2]");
  EXPECT_EQ(s.version(), fresh + 5);
  x.at({0, 0}), x.data<float>(), x.to_vector<int>(), x.str();
  EXPECT_EQ(s.version(), fresh + 5) << "reading is no write";
}

TEST(Writers, a_write_that_fails_writes_nothing) {
  Tensor x = zeros({2, 2});
  EXPECT_THROW(x.copy_(zeros({3})), ShapeError);
  EXPECT_THROW(x.copy_(zeros({2, 2, 2})), ShapeError);
  EXPECT_THROW(x.set_({2, 0}, 1), IndexError);
  EXPECT_THROW(x.set_({0}, 1), IndexError);
  EXPECT_THROW(x.masked_fill_(zeros({2, 2}), 1), DtypeError);
  EXPECT_THROW(x.masked_fill_(zeros({3, 2}, boolean), 1), ShapeError);
  EXPECT_THROW(x.copy_(Tensor()), StateError);
  EXPECT_EQ(x.array().storage()->version(), 0u);
  EXPECT_EQ(x.to_vector<float>(), (std::vector<float>{0, 0, 0, 0}));
}

TEST(Writers, refuse_tensors_that_require_gradients_while_recording) {
  Tensor w = leaf({2});
  EXPECT_EQ(message_of<StateError>([&] { w.fill_(0); }),
            "[fill_] this tensor [2] requires gradients: writing into it would falsify them.\nHint: put the write under NoGrad, or compute a new "
            "tensor (masked_fill, where).");
  EXPECT_THROW(w.copy_(ones({2})), StateError);
  EXPECT_THROW(w.set_({0}, 1), StateError);
  EXPECT_THROW(w.masked_fill_(ones({2}, boolean), 1), StateError);
  EXPECT_THROW(w.mutable_data<float>(), StateError);
  EXPECT_EQ(w.array().storage()->version(), 0u);
  {
    RecordingOff off;
    w.fill_(5);
  }
  EXPECT_EQ(w.to_vector<float>(), (std::vector<float>{5, 5}));
  EXPECT_EQ(w.array().storage()->version(), 1u);
  EXPECT_THROW(w.fill_(0), StateError);
}

TEST(Writers, refuse_views_whose_elements_share_memory) {
  Tensor x(ones({1, 3}).array().expanded({2, 3}));
  EXPECT_EQ(message_of<StateError>([&] { x.fill_(0); }),
            "[fill_] along axis 0 of this expanded tensor [2, 3] all elements lie at one place in memory.\nHint: clone() gives each its own.");
  EXPECT_THROW(x.copy_(zeros({2, 3})), StateError);
  EXPECT_THROW(x.set_({0, 0}, 1), StateError);
}

TEST(Writers, copy_broadcasts_converts_and_minds_overlap) {
  Tensor x = zeros({2, 3}, i32);
  x.copy_(tensor({1.9, -2.9, 3.0}));
  EXPECT_EQ(x.to_vector<int32_t>(), (std::vector<int32_t>{1, -2, 3, 1, -2, 3}));
  Tensor line = arange(5), tail(line.array().sliced(0, 1, 4)), head(line.array().sliced(0, 0, 4));
  tail.copy_(head);
  EXPECT_EQ(line.to_vector<float>(), (std::vector<float>{0, 0, 1, 2, 3}));
  Tensor backwards(line.array().sliced(0, 4, 5, -1));
  line.copy_(backwards);
  EXPECT_EQ(line.to_vector<float>(), (std::vector<float>{3, 2, 1, 0, 0}));
}

TEST(Writers, reach_through_views) {
  Tensor x = zeros({2, 3});
  transposed(x).set_({2, 0}, 7);
  Tensor(x.array().sliced(1, 0, 1)).fill_(1);
  EXPECT_EQ(x.to_vector<float>(), (std::vector<float>{1, 0, 7, 1, 0, 0}));
  EXPECT_EQ(x.array().storage()->version(), 2u);
}

TEST(Writers, masked_fill_broadcasts_its_mask) {
  Tensor x = zeros({2, 3});
  x.masked_fill_(tensor({1, 0, 1}, boolean), -1);
  EXPECT_EQ(x.to_vector<float>(), (std::vector<float>{-1, 0, -1, -1, 0, -1}));
  transposed(x).masked_fill_(transposed(tensor({{0, 1, 0}, {0, 0, 0}}, boolean)), 5);
  EXPECT_EQ(x.to_vector<float>(), (std::vector<float>{-1, 5, -1, -1, 0, -1}));
  Tensor own = tensor({{1, 0}, {1, 1}}, boolean);
  own.masked_fill_(transposed(own), 0);
  EXPECT_EQ(own.to_vector<bool>(), (std::vector<bool>{0, 0, 1, 0})) << "a mask that is written while it is read";
}

TEST(AllClose, compares_relative_to_the_second) {
  EXPECT_TRUE(allclose(tensor({1, 2}), tensor({1.000001, 2})));
  EXPECT_FALSE(allclose(tensor({1, 2}), tensor({1.001, 2})));
  EXPECT_TRUE(allclose(tensor({100}), tensor({101}), 0.01));
  EXPECT_FALSE(allclose(tensor({101.1}), tensor({100}), 0.01));
  EXPECT_TRUE(allclose(tensor({1e-9}), tensor({0})));
  EXPECT_FALSE(allclose(tensor({1e-7}), tensor({0})));
}

TEST(AllClose, knows_infinity_nan_and_shapes) {
  const double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(allclose(tensor({inf, -inf}), tensor({inf, -inf})));
  EXPECT_FALSE(allclose(tensor({inf}), tensor({-inf})));
  EXPECT_FALSE(allclose(tensor({1}), tensor({inf})));
  EXPECT_FALSE(allclose(tensor({inf}), tensor({1})));
  EXPECT_FALSE(allclose(tensor({nan}), tensor({nan})));
  EXPECT_FALSE(allclose(zeros({2}), zeros({1, 2})));
  EXPECT_TRUE(allclose(zeros({0, 3}), zeros({0, 3})));
  EXPECT_TRUE(allclose(tensor({1, 2}), tensor({1, 2}, i32)));
}

TEST(GradMode, belongs_to_a_thread_and_is_on_at_first) {
  EXPECT_TRUE(grad_mode());
  RecordingOff off;
  EXPECT_FALSE(grad_mode());
}

}  // namespace
}  // namespace cairn
