// Convolutions against PyTorch's numbers (golden file), between their own layouts, and in what they refuse.
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/backend/backend.h>
#include <cairn/base/random.h>
#include <cairn/ops/ops.h>
#include <cairn/tensor/layout.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/golden.h>

namespace cairn {
namespace {

Size2 pair_of(const Json& j) { return j.is_array() ? Size2(j.as_array()[0].as_int(), j.as_array()[1].as_int()) : Size2(j.as_int()); }

Tensor call(const std::string& op, const std::vector<Tensor>& in, const Json& at) {
  const Tensor bias = in.size() > 2 ? in[2] : Tensor();
  const Size2 stride = pair_of(at.at("stride")), padding = pair_of(at.at("padding")), dilation = pair_of(at.at("dilation"));
  const int64_t groups = at.at("groups").as_int();
  if (op == "conv2d")
    return conv2d(in[0], in[1], bias,
                  {.stride = stride, .padding = padding, .dilation = dilation, .groups = groups, .same = at.at("same").as_bool()});
  if (op == "conv1d") return conv1d(in[0], in[1], bias, {.stride = stride, .padding = padding, .dilation = dilation, .groups = groups});
  const ConvTransposeOptions o{
      .stride = stride, .padding = padding, .output_padding = pair_of(at.at("output_padding")), .dilation = dilation, .groups = groups};
  return op == "conv_transpose2d" ? conv_transpose2d(in[0], in[1], bias, o) : conv_transpose1d(in[0], in[1], bias, o);
}

void compare_with_pytorch(double f32_tolerance) {
  const Golden golden("conv.safetensors");
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& c = golden.cases()[i];
    SCOPED_TRACE("case " + std::to_string(i) + ": " + c.at("op").as_string() + " " + c.at("attributes").dump());
    std::vector<Tensor> in;
    for (int64_t k = 0; k < c.at("inputs").as_int(); k++) in.push_back(golden.tensor(i, "in" + std::to_string(k)).set_requires_grad());
    const double tolerance = in[0].dtype() == f64 ? 1e-12 : f32_tolerance;
    Tensor y = call(c.at("op").as_string(), in, c.at("attributes"));
    // Rounding errors grow with the sums: of a weight's gradient over all pixels of the batch, of an output over its window.
    const auto size_of = [](const Tensor& t) { return std::max(1.0, max(abs(t)).item()); };
    const Tensor out = golden.tensor(i, "out0");
    EXPECT_LE(difference(y.detach() / size_of(out), out / size_of(out)), tolerance);
    y.backward(golden.tensor(i, "dy0"));
    for (size_t k = 0; k < in.size(); k++) {
      const Tensor expected = golden.tensor(i, "grad" + std::to_string(k));
      const double scale = size_of(expected);
      EXPECT_LE(difference(in[k].grad() / scale, expected / scale), tolerance) << "gradient " << k;
    }
  }
  EXPECT_GE(golden.cases().size(), 40u);
}

TEST(Convolution, values_and_gradients_are_those_of_pytorch) {
  const ConvPlans before = conv_plans();
  set_conv_plans(ConvPlans::direct);
  compare_with_pytorch(2e-6);
  set_conv_plans(before);
}

// Winograd's transforms have coefficients up to 8, which rounding errors are multiplied with.
TEST(Convolution, with_winograd_they_are_so_within_the_errors_that_it_is_known_for) {
  const ConvPlans before = conv_plans();
  for (ConvPlans plans : {ConvPlans::automatic, ConvPlans::winograd}) {
    set_conv_plans(plans);
    compare_with_pytorch(1e-5);
  }
  set_conv_plans(before);
}

// The same net on the reference backend gives the same values, whatever the fast one's layouts are.
TEST(Convolution, a_chain_of_layers_is_the_references_in_values_and_gradients) {
  const auto run = [](Backend& b, std::vector<Tensor>* grads) {
    UseBackend use(b);
    manual_seed(7);
    Tensor x = randn({2, 3, 12, 12}).set_requires_grad(), w1 = (randn({32, 3, 3, 3}) * 0.2).detach().set_requires_grad(),
           w2 = (randn({32, 32, 3, 3}) * 0.06).detach().set_requires_grad(), w3 = (randn({40, 32, 1, 1}) * 0.18).detach().set_requires_grad();
    const Tensor h = relu(conv2d(x, w1, {}, {.padding = 1}));
    const Tensor z = relu(conv2d(h, w2, {}, {.padding = 1}) + h) * 0.5;
    const Tensor y = tanh(conv2d(z, w3, {}, {.stride = 2}));
    y.sum().backward();
    for (const Tensor& t : {x, w1, w2, w3}) grads->push_back(t.grad());
    return y.detach();
  };
  std::vector<Tensor> slow;
  const Tensor expected = run(reference_backend(), &slow);
  const ConvPlans before = conv_plans();
  for (ConvPlans plans : {ConvPlans::automatic, ConvPlans::winograd, ConvPlans::direct}) {
    set_conv_plans(plans);
    std::vector<Tensor> fast;
    EXPECT_LE(difference(run(cpu_backend(), &fast), expected), 1e-5);
    for (size_t i = 0; i < fast.size(); i++) {
      const double scale = std::max(1.0, max(abs(slow[i])).item());
      EXPECT_LE(difference(fast[i] / scale, slow[i] / scale), 1e-5) << "gradient " << i;
    }
  }
  set_conv_plans(before);
}

TEST(Convolution, activations_stay_blocked_from_layer_to_layer) {
  if (cpu_backend().conv2d_layout(ConvPass::forward, {2, 32, 8, 8}, {32, 32, 1, 1}, {2, 32, 8, 8}, f32, {}) == Layout::strided)
    GTEST_SKIP() << "this CPU has no blocked layout";
  UseBackend use(cpu_backend());
  Tensor x = randn({2, 3, 8, 8}), w1 = randn({32, 3, 3, 3}).set_requires_grad(), w2 = randn({32, 32, 3, 3}).set_requires_grad();
  const auto step = [&] {
    Tensor h = relu(conv2d(x, w1, {}, {.padding = 1}));
    h = relu(conv2d(h, w2, {}, {.padding = 1}) + h);
    EXPECT_TRUE(h.array().blocked());
    return h;
  };
  const uint64_t before = layout_conversions().count;
  const Tensor h = step();
  EXPECT_EQ(layout_conversions().count, before);
  h.backward(Tensor(to_blocked(ones({2, 32, 8, 8}).array(), h.array().layout())));
  EXPECT_EQ(layout_conversions().count, before + 1) << "only the gradient that this test made";
}

TEST(Convolution, a_net_that_does_not_learn_packs_its_weights_once_and_sees_when_they_change) {
  NoGrad no_grad;
  Tensor x = randn({1, 32, 6, 6}), w = randn({32, 32, 3, 3});
  const Tensor first = conv2d(x, w), second = conv2d(x, w), third = conv2d(x, w);
  EXPECT_EQ(first.to_vector<float>(), third.to_vector<float>());
  w.fill_(0);
  EXPECT_EQ(max(abs(conv2d(x, w))).item(), 0);
  EXPECT_EQ(max(abs(conv2d(x, w))).item(), 0);
}

TEST(Convolution, bf16_is_the_f32_result_rounded) {
  const Tensor x = cast(randn({2, 32, 7, 7}), bf16), w = cast(randn({32, 32, 3, 3}) * 0.06, bf16);
  const Tensor y = conv2d(x, w, {}, {.padding = 1}), exact = conv2d(cast(x, f64), cast(w, f64), {}, {.padding = 1});
  EXPECT_EQ(y.dtype(), bf16);
  EXPECT_LE(difference(cast(y, f64), exact), 0.0045);  // half a unit in the last of 8 bits, and a little
}

// Every pixel of x stamps the filter onto y, by hand.
Tensor stamped_by_hand(const Tensor& x, const Tensor& w, const ConvTransposeOptions& o) {
  const Shape s = x.shape(), k = w.shape();
  const int64_t outputs = k[1] * o.groups, inputs = s[1] / o.groups;
  int64_t size[2];
  for (int a : {0, 1}) size[a] = (s[a + 2] - 1) * o.stride[a] - 2 * o.padding[a] + o.dilation[a] * (k[a + 2] - 1) + o.output_padding[a] + 1;
  const std::vector<double> from = x.to_vector<double>(), filter = w.to_vector<double>();
  std::vector<double> to(size_t(s[0] * outputs * size[0] * size[1]), 0.0);
  for (int64_t n = 0; n < s[0]; n++)
    for (int64_t c = 0; c < s[1]; c++)
      for (int64_t f = 0; f < k[1]; f++)
        for (int64_t p = 0; p < s[2] * s[3]; p++)
          for (int64_t q = 0; q < k[2] * k[3]; q++) {
            const int64_t row = p / s[3] * o.stride.h + q / k[3] * o.dilation.h - o.padding.h;
            const int64_t column = p % s[3] * o.stride.w + q % k[3] * o.dilation.w - o.padding.w;
            if (row < 0 || row >= size[0] || column < 0 || column >= size[1]) continue;
            const int64_t output = c / inputs * k[1] + f;
            to[size_t(((n * outputs + output) * size[0] + row) * size[1] + column)] +=
                from[size_t((n * s[1] + c) * s[2] * s[3] + p)] * filter[size_t((c * k[1] + f) * k[2] * k[3] + q)];
          }
  return from_vector(to).reshape({s[0], outputs, size[0], size[1]});
}

TEST(Convolution, an_output_padding_of_a_stride_or_more_is_what_the_dilation_allows) {
  struct Case {
    Shape x, w;
    ConvTransposeOptions o;
  };
  const Case cases[] = {
      {{2, 3, 4, 5}, {3, 2, 3, 2}, {.output_padding = {1, 0}, .dilation = 2}},  // one row beyond what is stamped
      {{1, 4, 3, 4}, {4, 2, 3, 3}, {.stride = {1, 2}, .padding = {2, 1}, .output_padding = {1, 2}, .dilation = {2, 3}, .groups = 2}},
      {{2, 33, 5, 4}, {33, 17, 3, 3}, {.stride = {1, 3}, .padding = {1, 0}, .output_padding = {2, 0}, .dilation = {3, 2}}},
      {{1, 2, 1, 3}, {2, 3, 1, 2}, {.padding = {1, 0}, .output_padding = {2, 0}, .dilation = 3}},  // all of it is cut away; zeros are left
  };
  for (const Case& c : cases) {
    const Tensor x = randn(c.x), w = randn(c.w), bias = randn({c.w[1] * c.o.groups});
    const Tensor expected = stamped_by_hand(x, w, c.o) + cast(bias, f64).reshape({-1, 1, 1});
    const Tensor y = conv_transpose2d(x, w, bias, c.o);
    ASSERT_EQ(y.shape(), expected.shape());
    EXPECT_LE(difference(cast(y, f64), expected), 1e-5) << y.shape().str();
  }
  const Case& small = cases[1];
  const GradcheckResult gradients =
      gradcheck([&](const std::vector<Tensor>& in) { return std::vector<Tensor>{conv_transpose2d(in[0], in[1], {}, small.o)}; },
                {randn(small.x, f64).set_requires_grad(), randn(small.w, f64).set_requires_grad()});
  EXPECT_TRUE(gradients.ok) << gradients.message;
  const Tensor line = randn({2, 3, 7}), filter = randn({3, 4, 3});
  const Tensor y = conv_transpose1d(line, filter, {}, {.padding = 1, .output_padding = 2, .dilation = 3});
  const Tensor expected =
      stamped_by_hand(line.reshape({2, 3, 7, 1}), filter.reshape({3, 4, 3, 1}), {.padding = {1, 0}, .output_padding = {2, 0}, .dilation = {3, 1}});
  EXPECT_LE(difference(cast(y, f64), expected.reshape(y.shape())), 1e-5);
}

TEST(Convolution, what_does_not_fit_is_explained) {
  const Tensor x = zeros({1, 3, 8, 8}), w = zeros({4, 3, 3, 3});
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { conv2d(x, w, {}, {.stride = 0}); }), "[conv2d] stride is 0. Hint: at least 1."));
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { conv2d(x, w, {}, {.padding = -1}); }), "[conv2d] padding is -1"));
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { conv2d(x, w, {}, {.padding = int64_t{1} << 62}); }), "too large"));
  EXPECT_TRUE(contains(message_of<ShapeError>([&] { conv2d(x, w, {}, {.groups = 3}); }), "cannot be cut into 3 groups"));
  EXPECT_TRUE(contains(message_of<ShapeError>([&] { conv2d(zeros({1, 8, 8, 3}), w); }), "x.permute({0, 3, 1, 2})"));
  EXPECT_TRUE(contains(message_of<ShapeError>([&] { conv2d(x, zeros({4, 3, 9, 9})); }), "smaller than the kernel"));
  EXPECT_TRUE(contains(message_of<DtypeError>([&] { conv2d(x, cast(w, f64)); }), "[conv2d]"));
  EXPECT_TRUE(contains(message_of<DtypeError>([&] { conv2d(cast(x, i64), cast(w, i64)); }), "[conv2d]"));
  EXPECT_TRUE(contains(message_of<ShapeError>([&] { conv_transpose2d(x, w); }), "input has 3 channels but the weight expects 4"));
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { conv_transpose2d(x, zeros({3, 2, 3, 3}), {}, {.output_padding = 1}); }), "output_padding is 1"));
  EXPECT_TRUE(contains(message_of<ShapeError>([&] { conv1d(x, w); }), "lines [N, C, L]"));
}

}  // namespace
}  // namespace cairn
