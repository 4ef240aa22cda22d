// Conformance of every layer: gradients, state, modes, conversion, wrong shapes. A new layer gets a line in `samples`; a layer of
// the sources without one fails the last test.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <regex>
#include <set>

#include <cairn/autograd/autograd.h>
#include <cairn/base/random.h>
#include <cairn/nn/activations.h>
#include <cairn/nn/conv.h>
#include <cairn/nn/image.h>
#include <cairn/nn/linear.h>
#include <cairn/nn/norm.h>
#include <cairn/nn/pool.h>
#include <cairn/nn/sequential.h>
#include <cairn/ops/ops.h>

namespace cairn {
namespace {

struct LayerSample {
  std::string name;
  std::function<std::unique_ptr<Module>()> make;
  Shape input, output;
  std::optional<Shape> wrong;  // an input that it must refuse
};

template <class L, class... A> LayerSample sample(Shape input, Shape output, std::optional<Shape> wrong, A... arguments) {
  auto make = [=]() -> std::unique_ptr<Module> { return std::make_unique<L>(arguments...); };
  return {make()->type_name(), make, input, output, wrong};
}

std::vector<LayerSample> samples() {
  return {
      sample<Linear>({3, 4}, {3, 5}, Shape{3, 5}, 4, 5),
      sample<Linear>({2, 3, 4}, {2, 3, 1}, Shape{}, 4, 1, LinearOptions{.bias = false}),
      sample<Identity>({2, 3}, {2, 3}, {}),
      sample<Flatten>({2, 3, 4}, {2, 12}, {}),
      sample<Flatten>({2, 3, 4}, {6, 4}, Shape{3}, 0, 1),
      sample<Dropout>({2, 3}, {2, 3}, {}, 0.3),
      sample<Dropout2d>({2, 3, 2, 2}, {2, 3, 2, 2}, Shape{3}, 0.3),
      sample<StochasticDepth>({4, 3}, {4, 3}, Shape{}, 0.3),
      sample<Conv1d>({2, 3, 8}, {2, 4, 4}, Shape{2, 2, 8}, 3, 4, 3, Conv1dOptions{.stride = 2, .padding = 1}),
      sample<Conv2d>({2, 3, 5, 6}, {2, 4, 5, 6}, Shape{2, 4, 5, 6}, 3, 4, 3, Conv2dOptions{.padding = 1}),
      sample<Conv2d>({1, 4, 5, 5}, {1, 6, 3, 3}, Shape{4, 5, 5}, 4, 6, Size2(3, 2),
                     Conv2dOptions{.stride = 2, .groups = 2, .same = true, .bias = false}),
      sample<ConvTranspose1d>({2, 3, 4}, {2, 2, 9}, Shape{3, 4}, 3, 2, 3, ConvTranspose1dOptions{.stride = 2}),
      sample<ConvTranspose2d>({2, 4, 3, 3}, {2, 2, 6, 6}, Shape{2, 2, 3, 3}, 4, 2, 3,
                              ConvTranspose2dOptions{.stride = 2, .padding = 1, .output_padding = 1, .groups = 2}),
      sample<MaxPool1d>({2, 3, 8}, {2, 3, 4}, Shape{2, 3, 1}, 2),
      sample<MaxPool2d>({2, 3, 5, 6}, {2, 3, 3, 3}, Shape{5, 6}, 3, MaxPool2dOptions{.stride = 2, .padding = 1}),
      sample<AvgPool1d>({3, 8}, {3, 4}, Shape{8}, 3, AvgPool1dOptions{.stride = 2, .padding = 1}),
      sample<AvgPool2d>({2, 3, 4, 6}, {2, 3, 2, 3}, Shape{2, 3, 1, 6}, 2),
      sample<AdaptiveAvgPool2d>({2, 3, 5, 7}, {2, 3, 2, 3}, Shape{2, 3, 0, 7}, Size2(2, 3)),
      sample<AdaptiveMaxPool2d>({2, 3, 5, 7}, {2, 3, 1, 1}, Shape{5, 7}, 1),
      sample<GlobalAvgPool2d>({2, 3, 5, 7}, {2, 3}, Shape{5, 7}),
      sample<Upsample>({1, 2, 3, 4}, {1, 2, 6, 8}, Shape{3, 4}, UpsampleOptions{.scale = 2.0}),
      sample<Upsample>({1, 2, 3, 4}, {1, 2, 5, 3}, Shape{3, 4}, UpsampleOptions{.size = {5, 3}, .mode = Upsampling::bilinear}),
      sample<ZeroPad2d>({2, 3, 4}, {2, 5, 6}, Shape{3}, 1),
      sample<ReflectionPad2d>({2, 3, 4}, {2, 3, 7}, Shape{2, 3, 2}, Margins(1, 2, 0, 0)),
      sample<ReplicationPad2d>({2, 3, 4}, {2, 7, 8}, Shape{3}, 2),
      sample<CircularPad2d>({2, 3, 4}, {2, 5, 6}, Shape{2, 0, 3}, 1),
      sample<Unfold>({2, 3, 4, 5}, {2, 12, 12}, Shape{2, 3, 1, 5}, 2),
      sample<Fold>({2, 12, 12}, {2, 3, 4, 5}, Shape{2, 11, 12}, Size2(4, 5), 2),
      sample<PixelShuffle>({2, 8, 2, 3}, {2, 2, 4, 6}, Shape{2, 6, 2, 3}, 2),
      sample<PixelUnshuffle>({2, 2, 4, 6}, {2, 8, 2, 3}, Shape{2, 2, 3, 6}, 2),
      sample<BatchNorm1d>({4, 3}, {4, 3}, Shape{4, 5}, 3),
      sample<BatchNorm1d>({2, 3, 5}, {2, 3, 5}, Shape{3}, 3, BatchNormLayerOptions{.affine = false}),
      sample<BatchNorm2d>({2, 3, 2, 3}, {2, 3, 2, 3}, Shape{2, 3, 2}, 3),
      sample<BatchNorm2d>({2, 2, 2, 2}, {2, 2, 2, 2}, Shape{1, 2, 1, 1}, 2, BatchNormLayerOptions{.eps = 1e-2, .relu = true}),
      sample<InstanceNorm2d>({2, 3, 2, 3}, {2, 3, 2, 3}, Shape{2, 4, 2, 3}, 3, InstanceNormOptions{.affine = true}),
      sample<GroupNorm>({2, 4, 3}, {2, 4, 3}, Shape{2, 6, 3}, 2, 4),
      sample<LayerNorm>({2, 3, 4}, {2, 3, 4}, Shape{2, 3}, 4),
      sample<LayerNorm>({2, 3, 4}, {2, 3, 4}, Shape{3}, Shape{3, 4}, LayerNormOptions{.bias = false}),
      sample<RMSNorm>({2, 5}, {2, 5}, Shape{}, 5),
      sample<ReLU>({2, 3}, {2, 3}, {}),
      sample<LeakyReLU>({2, 3}, {2, 3}, {}, 0.2),
      sample<ELU>({2, 3}, {2, 3}, {}, 1.5),
      sample<GELU>({2, 3}, {2, 3}, {}),
      sample<GELU>({2, 3}, {2, 3}, {}, GeluForm::tanh),
      sample<SiLU>({2, 3}, {2, 3}, {}),
      sample<Tanh>({2, 3}, {2, 3}, {}),
      sample<Sigmoid>({2, 3}, {2, 3}, {}),
      sample<Softplus>({2, 3}, {2, 3}, {}, 2.0, 20.0),
      sample<Softmax>({2, 3}, {2, 3}, {}),
      sample<LogSoftmax>({2, 3}, {2, 3}, {}, 0),
      sample<Sequential>({2, 4}, {2, 2}, Shape{2, 3}, Linear(4, 3), Tanh(), Linear(3, 2)),
      sample<Lambda>({2, 3}, {2, 3}, {}, [](const Tensor& x) { return x * x; }),
  };
}

// Away from the kink of ReLU.
Tensor input_of(const Shape& shape) { return arange(double(shape.numel()), f64).reshape(shape) * 0.37 - 1.3; }

TEST(Layers, give_the_output_they_promise) {
  for (const LayerSample& s : samples()) {
    auto layer = s.make();
    EXPECT_EQ(layer->apply(zeros(s.input)).shape(), s.output) << s.name;
  }
}

TEST(Layers, have_right_gradients_for_inputs_and_parameters) {
  for (const LayerSample& s : samples()) {
    auto layer = s.make();
    layer->to(f64);
    std::vector<Tensor> inputs = {input_of(s.input).set_requires_grad()};
    NamedParameters parameters = layer->parameters();
    for (const auto& [path, p] : parameters) inputs.push_back(p.tensor());
    const GeneratorState draws = generator_state();
    const GradcheckResult r = gradcheck(
        [&](const std::vector<Tensor>& x) {
          set_generator_state(draws);  // dropout: the same mask each time
          for (size_t i = 0; i < parameters.size(); i++) parameters[i].second.set_transform([given = x[i + 1]](const Tensor&) { return given; });
          return std::vector<Tensor>{layer->apply(x[0])};
        },
        inputs);
    EXPECT_TRUE(r.ok) << s.name << ": " << r.message;
    EXPECT_GE(r.elements, s.input.numel()) << s.name;
  }
}

TEST(Layers, compute_the_same_after_saving_and_loading_and_as_a_clone) {
  for (const LayerSample& s : samples()) {
    auto a = s.make(), b = s.make();
    a->eval();
    b->eval();
    b->load_state_dict(a->state_dict());
    const Tensor x = input_of(s.input).to(f32);
    EXPECT_TRUE(allclose(a->apply(x), b->apply(x))) << s.name;
    EXPECT_TRUE(allclose(a->apply(x), a->clone_module()->apply(x))) << s.name;
  }
}

TEST(Layers, differ_between_training_and_evaluation_only_where_they_must) {
  const std::set<std::string> two_faced = {"Dropout", "Dropout2d", "StochasticDepth", "BatchNorm1d", "BatchNorm2d"};
  for (const LayerSample& s : samples()) {
    auto layer = s.make();
    const Tensor x = input_of(s.input).to(f32);
    const Tensor training = layer->apply(x);
    layer->eval();
    const bool same = allclose(training, layer->apply(x));
    EXPECT_EQ(same, !two_faced.count(s.name)) << s.name;
    EXPECT_TRUE(allclose(layer->apply(x), layer->apply(x))) << s.name;
  }
}

TEST(Layers, refuse_wrong_shapes_with_a_typed_error) {
  int refused = 0;
  for (const LayerSample& s : samples()) {
    if (!s.wrong) continue;
    auto layer = s.make();
    try {
      layer->apply(zeros(*s.wrong));
      ADD_FAILURE() << s.name << " took " << s.wrong->str();
    } catch (const Error& e) {
      EXPECT_THAT(e.what(), testing::StartsWith("[")) << s.name;
      EXPECT_THAT(e.what(), testing::HasSubstr(s.wrong->str())) << s.name;
      EXPECT_THAT(e.what(), testing::HasSubstr("Hint: ")) << s.name;
      refused++;
    }
  }
  EXPECT_GE(refused, 4);
  EXPECT_THROW(Linear(0, 3), ConfigError);
  EXPECT_THROW(Linear(3, -1), ConfigError);
}

TEST(Layers, of_the_sources_are_all_in_the_list_above) {
  std::set<std::string> listed = {"ModuleList"};  // has no forward; sequential_test.cpp
  for (const LayerSample& s : samples()) listed.insert(s.name);
  const std::regex declared("struct (\\w+) : (?:Layer|Container)<");
  int found = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(CAIRN_SOURCE_DIR "/cairn/nn")) {
    if (entry.path().extension() != ".h") continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      std::smatch match;
      if (line.starts_with("//") || !std::regex_search(line, match, declared)) continue;
      EXPECT_TRUE(listed.count(match[1])) << match[1] << " of " << entry.path().filename() << " has no sample";
      found++;
    }
  }
  EXPECT_GE(found, 17);
}

}  // namespace
}  // namespace cairn
