// Our own Winograd convolution against the loops of the reference: sizes that tiles do not fill, every padding, channels that blocks and
// panels do not fill, with each instruction set and in both layouts.
#include <cmath>

#include <cairn/backend/cpu/cpu_test_helpers.h>
#include <cairn/backend/cpu/onednn/conv.h>
#include <cairn/backend/cpu/winograd.h>
#include <cairn/base/threads.h>

namespace cairn::cpu {
namespace {

struct Case {
  int64_t N, C, O, H, W;
  ConvGeometry g;
};
ConvGeometry padded(int64_t top, int64_t left, int64_t bottom, int64_t right) { return {.before = {top, left}, .after = {bottom, right}}; }

const Case winograd_cases[] = {
    {2, 16, 16, 8, 8, padded(1, 1, 1, 1)},    // whole tiles
    {1, 32, 64, 26, 26, padded(0, 0, 0, 0)},  // batch 1
    {3, 17, 20, 7, 5, padded(1, 1, 1, 1)},    // channels that fill no block, tiles that hang over
    {1, 16, 48, 3, 3, padded(0, 0, 0, 0)},    // one pixel of results
    {1, 24, 33, 1, 2, padded(1, 1, 1, 1)},    // fewer pixels than the filter has
    {2, 40, 16, 9, 11, padded(2, 0, 1, 2)},   // another padding on each side
    {1, 16, 16, 5, 6, padded(2, 2, 2, 2)},    //
    {5, 64, 96, 13, 10, padded(1, 1, 1, 1)},  // several blocks of tiles
};

// Of errors: the root of their mean square, relative to that of what is wanted; the largest, relative to the largest value.
struct Deviation {
  double rms, worst;
};
Deviation deviation_of(const Array& got, const Array& want) {
  double errors = 0, values = 0, worst = 0, largest = 0;
  const float *a = got.ptr<float>(), *b = want.ptr<float>();
  for (int64_t i = 0; i < want.numel(); i++) {
    const double error = std::abs(double(a[i]) - b[i]), value = std::abs(double(b[i]));
    errors += error * error, values += value * value;
    worst = std::max(worst, error), largest = std::max(largest, value);
  }
  return {std::sqrt(errors / values), worst / largest};
}
void expect_equal_up_to_rounding(const Array& got, const Array& want) {
  const Deviation e = deviation_of(got, want);
  EXPECT_LE(e.rms, 3e-6);
  EXPECT_LE(e.worst, 1e-5);
}

// f(case, layout) with every instruction set and layout.
template <class F> void everywhere(const Case& c, F f) {
  for (int64_t target : supported_targets())
    for (Layout layout : {Layout::nChw16c, Layout::nChw8c}) {
      UseTarget use(target);
      SCOPED_TRACE(std::string(hwy::TargetName(target)) + ", " + name_of(layout) + ", " + std::to_string(c.N) + "x" + std::to_string(c.C) + "x" +
                   std::to_string(c.H) + "x" + std::to_string(c.W) + " to " + std::to_string(c.O) + " channels");
      f(layout);
    }
}

Shape results_of(const Case& c) { return {c.N, c.O, conv_output(c.H, 3, c.g, 0), conv_output(c.W, 3, c.g, 1)}; }
Array pixels_of(const Case& c) { return uniform({c.N, c.C, c.H, c.W}, f32, -1, 1); }
Array filters_of(const Case& c) { return uniform({c.O, c.C, 3, 3}, f32, -1, 1); }

TEST(Winograd, results_are_the_references_up_to_rounding) {
  for (const Case& c : winograd_cases) {
    const Array x = pixels_of(c), w = filters_of(c), bias = uniform({c.O}, f32, -1, 1);
    Array want(results_of(c)), want_relu(results_of(c));
    reference().conv2d(x, w, {}, c.g, false, want);
    reference().conv2d(x, w, bias, c.g, true, want_relu);
    everywhere(c, [&](Layout layout) {
      ASSERT_TRUE(winograd_fits(x.shape(), w.shape(), f32, c.g, layout));
      for (bool relu : {false, true}) {
        Array got = blocked_array(results_of(c), f32, layout);
        winograd_conv2d(x, w, relu ? bias : Array(), c.g, relu, layout, got);
        expect_equal_up_to_rounding(got, relu ? want_relu : want);
        const Array lanes = got.lanes();  // what fills up the last block of channels is zeros
        double sum = 0, filled = 0;
        for (int64_t i = 0; i < lanes.numel(); i++) sum += std::abs(double(lanes.ptr<float>()[i]));
        for (int64_t i = 0; i < got.numel(); i++) filled += std::abs(double(got.ptr<float>()[i]));
        EXPECT_NEAR(sum, filled, 1e-9 * filled);
      }
    });
  }
}

TEST(Winograd, gradients_of_the_input_are_the_references) {
  for (const Case& c : winograd_cases) {
    const Array dy = uniform(results_of(c), f32, -1, 1), w = filters_of(c);
    Array want({c.N, c.C, c.H, c.W});
    reference().conv2d_grad_input(dy, w, c.g, want);
    everywhere(c, [&](Layout layout) {
      Array got = blocked_array(want.shape(), f32, layout);
      winograd_grad_input(dy, w, c.g, layout, got);
      expect_equal_up_to_rounding(got, want);
    });
  }
}

TEST(Winograd, gradients_of_the_filters_are_the_references) {
  for (const Case& c : winograd_cases) {
    const Array x = pixels_of(c), dy = uniform(results_of(c), f32, -1, 1);
    Array want({c.O, c.C, 3, 3}), none;
    reference().conv2d_grad_weight(x, dy, c.g, want, none);
    everywhere(c, [&](Layout layout) {
      Array got(want.shape());
      winograd_grad_weight(x, dy, c.g, layout, got);
      expect_equal_up_to_rounding(got, want);
    });
  }
}

TEST(Winograd, a_result_that_lies_otherwise_is_brought_there) {
  const Case& c = winograd_cases[2];
  const Array x = pixels_of(c), w = filters_of(c);
  Array rows(results_of(c)), blocks = blocked_array(results_of(c), f32, Layout::nChw16c);
  winograd_conv2d(x, w, {}, c.g, false, Layout::nChw16c, rows);
  winograd_conv2d(x, w, {}, c.g, false, Layout::nChw16c, blocks);
  expect_close(rows, blocks, "row-major", nullptr, 0);
}

TEST(Winograd, the_number_of_threads_changes_no_bit_of_a_result_and_none_that_counts_of_a_gradient) {
  const Case& c = winograd_cases[7];
  const Array x = pixels_of(c), w = filters_of(c), dy = uniform(results_of(c), f32, -1, 1);
  const int before = num_threads();
  std::vector<Array> results, gradients;
  for (int threads : {1, 2, 3, 3}) {
    set_threads(threads);
    Array y(results_of(c)), dw(w.shape());
    winograd_conv2d(x, w, {}, c.g, false, Layout::nChw16c, y);
    winograd_grad_weight(x, dy, c.g, Layout::nChw16c, dw);
    results.push_back(y), gradients.push_back(dw);
  }
  set_threads(before);
  for (const Array& y : results) expect_close(y, results[0], "results", nullptr, 0);
  for (const Array& dw : gradients) expect_equal_up_to_rounding(dw, gradients[0]);
  expect_close(gradients[3], gradients[2], "the same number of threads", nullptr, 0);
}

TEST(Winograd, large_filters_are_shared_out_by_outputs) {
  const int before = num_threads();
  set_threads(2);
  const Case c{1, 416, 1120, 4, 4, padded(1, 1, 1, 1)};  // 67 MB of sums, which are there once
  const Array x = pixels_of(c), dy = uniform(results_of(c), f32, -1, 1);
  Array got({c.O, c.C, 3, 3}), want({c.O, c.C, 3, 3}), none;
  winograd_grad_weight(x, dy, c.g, Layout::nChw16c, got);
  set_threads(before);
  reference().conv2d_grad_weight(x, dy, c.g, want, none);
  expect_equal_up_to_rounding(got, want);
}

TEST(Winograd, is_refused_where_its_formula_does_not_hold) {
  const Shape x{1, 32, 8, 8}, w{32, 32, 3, 3};
  const auto fits = [](const Shape& x, const Shape& w, DType t, const ConvGeometry& g, Layout l) { return winograd_fits(x, w, t, g, l); };
  EXPECT_TRUE(fits(x, w, f32, padded(1, 1, 1, 1), Layout::nChw16c));
  EXPECT_FALSE(fits(x, w, bf16, {}, Layout::nChw16c));
  EXPECT_FALSE(fits(x, w, f32, {}, Layout::strided));
  EXPECT_FALSE(fits(x, {32, 32, 5, 5}, f32, {}, Layout::nChw16c));
  EXPECT_FALSE(fits(x, {32, 32, 3, 1}, f32, {}, Layout::nChw16c));
  EXPECT_FALSE(fits(x, w, f32, {.stride = {1, 2}}, Layout::nChw16c));
  EXPECT_FALSE(fits(x, w, f32, {.dilation = {2, 1}}, Layout::nChw16c));
  EXPECT_FALSE(fits(x, w, f32, padded(3, 0, 0, 0), Layout::nChw16c));
  EXPECT_FALSE(fits(x, {32, 16, 3, 3}, f32, {.groups = 2}, Layout::nChw16c));
  EXPECT_FALSE(fits({1, 8, 8, 8}, {32, 8, 3, 3}, f32, {}, Layout::nChw16c));
}

TEST(Winograd, is_chosen_by_shape_where_it_pays) {
  const auto pays = [](ConvPass pass, int64_t N, int64_t channels, int64_t size, Layout layout = Layout::nChw16c) {
    return winograd_pays(pass, {channels, channels, 3, 3}, {N, channels, size, size}, layout);
  };
  EXPECT_TRUE(pays(ConvPass::grad_weight, 128, 64, 32));
  EXPECT_TRUE(pays(ConvPass::forward, 1, 64, 8));      // four tiles
  EXPECT_FALSE(pays(ConvPass::grad_input, 1, 64, 8));  // the filters would be transformed for them alone
  EXPECT_FALSE(pays(ConvPass::forward, 1, 512, 8));    // 38 MB of filters
  EXPECT_FALSE(pays(ConvPass::forward, 128, 16, 32));  // too few channels for AVX-512
  EXPECT_TRUE(pays(ConvPass::forward, 128, 16, 32, Layout::nChw8c));
  EXPECT_FALSE(pays(ConvPass::forward, 128, 8, 32, Layout::nChw8c));
  EXPECT_TRUE(winograd_of_onednn_is_faster({512, 512, 3, 3}, {128, 512, 8, 8}));
  EXPECT_FALSE(winograd_of_onednn_is_faster({512, 512, 3, 3}, {1, 512, 16, 16}));
  EXPECT_FALSE(winograd_of_onednn_is_faster({128, 64, 3, 3}, {128, 128, 16, 16}));
  EXPECT_FALSE(winograd_of_onednn_is_faster({40, 40, 3, 3}, {128, 40, 16, 16}));  // it takes multiples of 16 only
}

TEST(Winograd, can_be_chosen_for_every_convolution_that_it_fits) {
  const Layout layout = onednn::widest_layout();
  if (layout == Layout::strided) GTEST_SKIP() << "this CPU has no blocked layout";
  const ConvPlans before = conv_plans();
  const Case& c = winograd_cases[0];
  const Shape x{c.N, c.C, c.H, c.W}, w{c.O, c.C, 3, 3};
  const auto plan = [&](ConvPlans plans, ConvPass pass) {
    set_conv_plans(plans);
    return fast_backend().conv2d_plan(pass, x, w, results_of(c), f32, c.g);
  };
  for (ConvPass pass : {ConvPass::forward, ConvPass::grad_input, ConvPass::grad_weight}) {
    EXPECT_EQ(plan(ConvPlans::winograd, pass), "Winograd F(4x4,3x3), our own: 3x3, stride 1, 16 to 16 channels, 8x8");
    EXPECT_EQ(plan(ConvPlans::direct, pass).substr(0, 7), "direct:");
  }
  const Array image = pixels_of(c), filters = filters_of(c), dy = uniform(results_of(c), f32, -1, 1);
  set_conv_plans(ConvPlans::winograd);
  Array y = blocked_array(results_of(c), f32, layout), want(results_of(c)), dw(w), dbias({c.O}), want_dw(w), want_dbias({c.O});
  fast_backend().conv2d(image, filters, {}, c.g, false, y);
  fast_backend().conv2d_grad_weight(image, to_blocked(dy, layout), c.g, dw, dbias);
  reference().conv2d(image, filters, {}, c.g, false, want);
  reference().conv2d_grad_weight(image, dy, c.g, want_dw, want_dbias);
  expect_equal_up_to_rounding(y, want);
  expect_equal_up_to_rounding(dw, want_dw);
  expect_equal_up_to_rounding(dbias, want_dbias);
  set_conv_plans(before);
}

}  // namespace
}  // namespace cairn::cpu
