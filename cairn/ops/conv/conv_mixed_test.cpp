// Convolutions and linear maps of bf16 images with f32 weights: values and gradients beside f32's, on both backends, and how images lie.
//
// A bf16 number has 8 bits, so rounding errs by 2^-9 of it at most. A sum of n products of rounded numbers errs, relative to the size
// of its typical value, by about 2^-9 sqrt(2) (two roundings a product, which do not grow with n), and is rounded once more: 2^-8
// is what root mean square differences must stay below, 2^-6 the largest one relative to the largest value.
#include <gtest/gtest.h>

#include <cmath>

#include <cairn/autograd/autograd.h>
#include <cairn/backend/backend.h>
#include <cairn/base/random.h>
#include <cairn/ops/graph.h>
#include <cairn/ops/ops.h>
#include <cairn/tensor/layout.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/golden.h>

namespace cairn {
namespace {

constexpr double typical_error = 1.0 / 256, largest_error = 1.0 / 64;

double rms(const Tensor& x) { return std::sqrt(square(cast(x, f64)).mean().item()); }

void expect_near(const Tensor& got, const Tensor& want, const std::string& what) {
  ASSERT_EQ(got.shape(), want.shape()) << what;
  const Tensor difference = cast(got, f64) - cast(want, f64);
  EXPECT_LE(rms(difference), typical_error * rms(want)) << what;
  EXPECT_LE(max(abs(difference)).item(), largest_error * max(abs(cast(want, f64))).item()) << what;
  EXPECT_GT(rms(difference), 0) << what << " was not computed in bf16 at all";
}

struct Case {
  const char* name;
  Shape x, w;
  ConvOptions options;
  bool bias = true;
};
const Case cases[] = {
    {"3x3", {2, 32, 9, 7}, {48, 32, 3, 3}, {.padding = 1}},
    {"3x3, stride 2", {2, 32, 9, 8}, {32, 32, 3, 3}, {.stride = 2, .padding = 1}},
    {"1x1, stride 2", {3, 16, 6, 6}, {32, 16, 1, 1}, {.stride = 2}},
    {"7x7 of 3 channels", {2, 3, 18, 18}, {16, 3, 7, 7}, {.stride = 2, .padding = 3}},
    {"3x3 of 1 channel", {2, 1, 12, 12}, {32, 1, 3, 3}, {}},
    {"few channels", {2, 6, 10, 10}, {16, 6, 5, 5}, {}},
    {"few outputs", {2, 3, 10, 10}, {6, 3, 5, 5}, {.padding = 2}},
    {"256 channels, in f32 Winograd", {1, 256, 5, 4}, {256, 256, 3, 3}, {.padding = 1}},
    {"groups", {2, 32, 6, 6}, {32, 16, 3, 3}, {.padding = 1, .groups = 2}},
    {"depthwise", {2, 32, 6, 6}, {32, 1, 3, 3}, {.padding = 1, .groups = 32}},
    {"more than a cache holds", {9, 64, 40, 40}, {80, 64, 3, 3}, {.padding = 1}},
    {"images that come row-major", {3, 16, 5, 5}, {16, 16, 3, 3}, {.padding = 1}},
    {"5x11 of 1 channel, with gaps", {5, 1, 41, 38}, {24, 1, 5, 11}, {.stride = {2, 3}, .padding = {2, 4}, .dilation = {3, 2}}},
    {"5x9 of 4 channels, by strips", {3, 4, 90, 120}, {32, 4, 5, 9}, {.stride = 1, .padding = 4}, false},
    {"depthwise, several blocks", {3, 48, 11, 9}, {48, 1, 3, 3}, {.stride = 2, .padding = 1, .groups = 48}},
    {"1x1 of many pixels", {9, 32, 6, 6}, {48, 32, 1, 1}, {.stride = 2}},
    {"1x1 of many pixels, without bias", {9, 40, 9, 6}, {24, 40, 1, 1}, {.stride = 2}, false},
    {"1x1 of all pixels", {4, 32, 6, 6}, {48, 32, 1, 1}, {}, false},
    {"deep and narrow", {8, 352, 3, 3}, {352, 352, 3, 3}, {.padding = 1}},
    {"deep and narrow, without bias", {8, 352, 3, 3}, {352, 352, 3, 3}, {.padding = 1}, false},
    {"deep, with gaps", {20, 352, 7, 7}, {368, 352, 3, 3}, {.stride = 2, .padding = 2, .dilation = 2}, false},
    {"deep, without padding, an odd filter", {9, 128, 4, 5}, {144, 128, 2, 3}, {}, false},
    {"padding lanes", {2, 20, 6, 6}, {24, 20, 3, 3}, {.padding = 1}},
};

struct Results {
  Tensor y, dx, dw, dbias;
};
// Seeded; weights as layers start with.
Results run_case(const Case& c, Backend& b, DType precision) {
  UseBackend use(b);
  manual_seed(3);
  const double scale = 1 / std::sqrt(double(c.w[1] * c.w[2] * c.w[3]));
  Tensor x = randn(c.x).set_requires_grad(), w = (randn(c.w) * scale).detach().set_requires_grad(), bias = randn({c.w[0]}).set_requires_grad(), y;
  {
    AutocastScope scope(precision);
    y = conv2d(x, w, c.bias ? bias : Tensor(), c.options);
  }
  EXPECT_EQ(y.dtype(), precision);
  manual_seed(4);
  const Tensor dy = randn(y.shape());
  y.backward(cast(dy, precision));
  for (const Tensor& leaf : {x, w}) EXPECT_EQ(leaf.grad().dtype(), f32);
  if (c.bias) { EXPECT_EQ(bias.grad().dtype(), f32); }
  return {cast(y.detach(), f32), x.grad(), w.grad(), c.bias ? bias.grad() : Tensor()};
}

TEST(MixedConvolution, values_and_gradients_are_f32s_to_8_bits_on_both_backends) {
  for (const Case& c : cases) {
    const Results exact = run_case(c, cpu_backend(), f32);
    for (Backend* b : {&cpu_backend(), &reference_backend()}) {
      if (b == &reference_backend() && c.w[0] > 64) continue;  // a second of plain loops
      const Results low = run_case(c, *b, bf16);
      const std::string where = std::string(c.name) + ", " + b->name() + ": ";
      expect_near(low.y, exact.y, where + "y");
      expect_near(low.dx, exact.dx, where + "dx");
      expect_near(low.dw, exact.dw, where + "dw");
      if (c.bias) expect_near(low.dbias, exact.dbias, where + "dbias");
    }
  }
}

bool in_8_bits(const Tensor& x) { return difference(cast(cast(x, bf16), f32), x) == 0; }

TEST(MixedConvolution, gradients_of_f32_weights_are_not_rounded_to_8_bits) {
  const Results low = run_case(cases[0], cpu_backend(), bf16);
  EXPECT_TRUE(in_8_bits(low.y));
  EXPECT_FALSE(in_8_bits(low.dw));
  EXPECT_FALSE(in_8_bits(low.dbias));
  Tensor x = randn({5, 12}), w = randn({7, 12}).set_requires_grad(), bias = randn({7}).set_requires_grad();
  AutocastScope scope;
  const Tensor y = linear(x, w, bias);
  EXPECT_EQ(y.dtype(), bf16);
  y.backward(cast(randn({5, 7}), bf16));
  EXPECT_EQ(w.grad().dtype(), f32);
  EXPECT_FALSE(in_8_bits(w.grad()));
  EXPECT_FALSE(in_8_bits(bias.grad()));
}

TEST(MixedConvolution, a_number_of_images_that_threads_do_not_divide_gives_the_same_sums) {
  for (int64_t images : {1, 3, 4, 5}) {
    Case c{"images", {images, 32, 6, 6}, {32, 32, 3, 3}, {.padding = 1}};
    expect_near(run_case(c, cpu_backend(), bf16).dw, run_case(c, cpu_backend(), f32).dw, std::to_string(images) + " images");
  }
}

// What a kernel reads beside its images is whatever a call before it left there: here numbers that would show.
TEST(MixedConvolution, numbers_of_earlier_calls_do_not_enter_the_sums) {
  const Case strange[] = {
      {"rows left out", {2, 144, 9, 9}, {46, 144, 1, 5}, {.stride = {2, 4}, .padding = {0, 4}}},
      {"rows left out, 2 of 3 seen", {2, 144, 8, 29}, {22, 144, 2, 2}, {.stride = 3, .padding = {0, 2}}},
      {"rows left out, 1x1 with padding", {1, 160, 9, 28}, {80, 160, 1, 1}, {.stride = 2, .padding = {0, 1}}},
      {"rows dilated, a last block of few channels", {3, 36, 9, 16}, {48, 36, 3, 6}, {.padding = 1, .dilation = 2}},
      {"a dilation that one row does not have", {2, 41, 8, 6}, {32, 41, 1, 1}, {.stride = 2, .dilation = {2, 1}}},
      {"a column that lies in the padding", {17, 32, 1, 2}, {32, 32, 3, 3}, {.stride = {1, 3}, .padding = {1, 2}}},
      {"one column, the middle of three", {5, 16, 8, 1}, {39, 16, 3, 3}, {.stride = {1, 2}, .padding = {0, 1}}},
  };
  for (const Case& c : strange) {
    const Results exact = run_case(c, cpu_backend(), f32);
    const Case before{"before", {6, 64, 24, 24}, {64, 64, 3, 3}, {.padding = 1}};
    {
      Tensor x = full(before.x, 1e25).set_requires_grad(), w = full(before.w, 1e5).set_requires_grad();
      AutocastScope scope;
      const Tensor y = conv2d(x, w, {}, before.options);
      y.backward(full(y.shape(), 1e10, bf16));
    }
    const Results low = run_case(c, cpu_backend(), bf16);
    expect_near(low.y, exact.y, std::string(c.name) + ": y");
    expect_near(low.dx, exact.dx, std::string(c.name) + ": dx");
    expect_near(low.dw, exact.dw, std::string(c.name) + ": dw");
  }
}

TEST(MixedConvolution, second_derivatives_go_through_both_types) {
  Tensor x = cast(randn({1, 16, 4, 4}), bf16).set_requires_grad(), w = (randn({16, 16, 3, 3}) * 0.1).detach().set_requires_grad();
  const auto penalty = [&] {
    const Tensor y = conv2d(x, w, {}, {.padding = 1});
    const Tensor dx = grad({sum(square(cast(y, f32)))}, {x}, {}, true, true)[0];
    return sum(square(cast(dx, f32)));
  };
  const std::vector<Tensor> d = grad({penalty()}, {x, w});
  EXPECT_EQ(d[0].dtype(), bf16);
  EXPECT_EQ(d[1].dtype(), f32);
  EXPECT_TRUE(all_finite(d[1]));
  Tensor v = randn({4, 6}).set_requires_grad(), u = cast(randn({3, 6}), bf16).set_requires_grad();
  const Tensor du = grad({sum(square(cast(linear(u, v), f32)))}, {u}, {}, true, true)[0];
  EXPECT_EQ(grad({sum(square(cast(du, f32)))}, {v})[0].dtype(), f32);
}

TEST(MixedConvolution, activations_stay_blocked_and_in_bf16_through_a_net_and_back) {
  UseBackend use(cpu_backend());
  if (cpu_backend().conv2d_layout(ConvPass::forward, {2, 32, 8, 8}, {32, 32, 1, 1}, {2, 32, 8, 8}, bf16, {}) == Layout::strided)
    GTEST_SKIP() << "this CPU has no blocked layout";
  const Tensor x = randn({2, 3, 8, 8});
  Tensor w1 = randn({32, 3, 3, 3}).set_requires_grad(), w2 = (randn({32, 32, 3, 3}) * 0.06).detach().set_requires_grad(),
         scale = ones({32}).set_requires_grad(), shift = zeros({32}).set_requires_grad();
  const auto conversions_of_step = [&](DType precision) {
    const uint64_t before = layout_conversions().count;
    AutocastScope scope(precision);
    Tensor h = batch_norm(conv2d(x, w1, {}, {.padding = 1}), scale, shift, {}, {}, {.relu = true});
    h = relu(batch_norm(conv2d(h, w2, {}, {.padding = 1}), scale, shift) + h);
    h = avg_pool2d(max_pool2d(h, 2), 2);
    EXPECT_EQ(h.dtype(), precision);
    EXPECT_TRUE(h.array().blocked());
    const Tensor loss = cross_entropy(linear(global_avg_pool2d(h), ones({10, 32})), tensor({3, 4}, i64));
    EXPECT_EQ(loss.dtype(), f32);
    loss.backward();
    return layout_conversions().count - before;
  };
  const uint64_t as_f32 = conversions_of_step(f32), low = conversions_of_step(bf16);
  EXPECT_LE(low, as_f32);
  if (cpu_backend().has_bf16()) { EXPECT_EQ(low, 0u); }
  for (const Tensor& leaf : {w1, w2, scale, shift}) EXPECT_EQ(leaf.grad().dtype(), f32);
}

TEST(MixedConvolution, the_plan_says_what_is_computed_in_f32) {
  Backend& b = cpu_backend();
  const auto plan = [&](int64_t channels, int64_t kernel, const ConvGeometry& g) {
    const Shape x{2, channels, 8, 8}, w{channels, channels, kernel, kernel};
    return b.conv2d_plan(ConvPass::forward, x, w, {2, channels, conv_output(8, kernel, g, 0), conv_output(8, kernel, g, 1)}, bf16, g);
  };
  const ConvGeometry padded{.before = {1, 1}, .after = {1, 1}};
  for (const std::string& p : {plan(32, 1, {}), plan(32, 3, padded), plan(512, 3, {.stride = {2, 2}})})
    EXPECT_EQ(p.starts_with("in f32: "), !b.has_bf16()) << p;
  EXPECT_TRUE(plan(6, 5, {}).starts_with("in f32: lines")) << plan(6, 5, {});
  const std::string deep = plan(512, 3, padded);
  EXPECT_TRUE(deep.starts_with("in f32: ") || deep.starts_with("direct: ") || deep.starts_with("in tiles: ")) << deep;
}

TEST(MixedConvolution, a_trace_under_autocast_runs_without_it) {
  Tensor w = randn({16, 3, 3, 3}), v = randn({4, 16});
  const auto net = [&](const std::vector<Tensor>& in) {
    AutocastScope scope;
    return std::vector<Tensor>{linear(global_avg_pool2d(relu(conv2d(in[0], w))), v)};
  };
  const Tensor x = randn({2, 3, 6, 6});
  const Graph g = trace(net, {x});
  EXPECT_EQ(g.run({x})[0].to_vector<float>(), net({x})[0].to_vector<float>());
}

TEST(MixedConvolution, only_f32_may_stand_beside_16_bits) {
  const Tensor x = zeros({1, 3, 8, 8}), w = zeros({4, 3, 3, 3});
  EXPECT_TRUE(contains(message_of<DtypeError>([&] { conv2d(x, cast(w, bf16)); }), "[conv2d] all must have one type (input f32, weight bf16)"));
  EXPECT_TRUE(contains(message_of<DtypeError>([&] { conv2d(cast(x, bf16), cast(w, f64)); }), "[conv2d]"));
  EXPECT_TRUE(contains(message_of<DtypeError>([&] { linear(zeros({2, 3}), cast(zeros({4, 3}), bf16)); }), "[linear]"));
}

}  // namespace
}  // namespace cairn
