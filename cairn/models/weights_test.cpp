// Weights from files: what fits, what differs, what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/io/safetensors.h>
#include <cairn/models/models.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

ResNetConfig tiny(int64_t classes = 3) { return {ResNetBlock::basic, {1, 1}, ResNetStem::cifar, ResNetShortcut::projection, classes, 3, 2}; }

struct Weights : ::testing::Test {
  TempFolder folder;
  const std::string path = folder / "net.safetensors";
  // A tiny ResNet's file after `change`.
  std::string saved(const std::function<void(Tensors&)>& change = {}) {
    Tensors state = ResNet(tiny()).state_dict();
    if (change) change(state);
    save(path, state);
    return path;
  }
};

bool same(const Module& a, const Module& b, const std::string& name) {
  return allclose(a.state_dict().at(name).to(f32), b.state_dict().at(name).to(f32), 0, 0);
}

TEST_F(Weights, come_back_in_a_model_of_the_same_kind) {
  ResNet a(tiny()), b(tiny());
  save(path, a.state_dict());
  EXPECT_TRUE(load_weights(b, path).none());
  for (const auto& [name, value] : a.state_dict()) EXPECT_TRUE(same(a, b, name)) << name;
}

TEST_F(Weights, of_wrapped_models_of_16_bits_and_without_counters_load_as_well) {
  ResNet a(tiny()), b(tiny());
  for (const char* wrapper : {"module.", "_orig_mod."}) {
    Tensors state;
    for (const auto& [name, value] : a.state_dict())
      if (!name.ends_with("num_batches_tracked")) state[wrapper + name] = value.to(bf16);
    save(path, state);
    EXPECT_TRUE(load_weights(b, path).none());
    EXPECT_EQ(b.fc.weight.tensor().dtype(), f32);
    EXPECT_TRUE(allclose(b.fc.weight.tensor().detach(), a.fc.weight.tensor().detach(), 1e-2, 1e-2));
  }
}

TEST_F(Weights, that_differ_are_listed_exactly_and_nothing_changes) {
  saved([](Tensors& s) {
    s.erase("conv1.weight");
    s["extra.weight"] = ones({2});
    s["fc.bias"] = ones({5});
  });
  ResNet net(tiny());
  const std::string before = net.state_dict().at("bn1.weight").str();
  init::constant(net.bn1.weight, 4);
  const std::string what = message_of<StateError>([&] { load_weights(net, path); });
  for (const char* part :
       {"net.safetensors", "1 missing:\n  conv1.weight", "1 unexpected:\n  extra.weight", "  fc.bias (file [5], module [3])", "strict"})
    EXPECT_THAT(what, HasSubstr(part));
  EXPECT_EQ(min(net.bn1.weight.tensor()).item(), 4);

  const StateDifference d = load_weights(net, path, {.strict = false});
  EXPECT_THAT(d.missing, ElementsAre("conv1.weight"));
  EXPECT_THAT(d.unexpected, ElementsAre("extra.weight"));
  EXPECT_THAT(d.mismatched, ElementsAre("fc.bias (file [5], module [3])"));
  EXPECT_EQ(max(net.bn1.weight.tensor()).item(), 1);
}

TEST_F(Weights, without_the_head_load_into_a_model_of_other_classes) {
  saved();
  ResNet net(tiny(7)), plain(tiny(7));
  EXPECT_THROW(load_weights(plain, path), StateError);
  const Tensor head = net.fc.weight.tensor().detach().clone();
  EXPECT_TRUE(load_weights(net, path, {.skip = {"fc"}}).none());
  EXPECT_TRUE(allclose(net.fc.weight.tensor().detach(), head, 0, 0));
  EXPECT_TRUE(allclose(net.conv1.weight.tensor().detach(), load(path).at("conv1.weight"), 0, 0));
  EXPECT_THAT(message_of<ConfigError>([&] { load_weights(net, path, {.skip = {"head"}}); }), HasSubstr("nothing at or below 'head'"));
}

TEST_F(Weights, of_another_model_are_refused_even_in_part) {
  save(path, LeNet().state_dict());
  ResNet net(tiny());
  EXPECT_THAT(message_of<StateError>([&] { load_weights(net, path, {.strict = false}); }), HasSubstr("none of its 10 tensors fits into this ResNet"));
}

TEST_F(Weights, with_nan_or_infinity_are_refused_and_nothing_changes) {
  ResNet net(tiny());
  const Tensor before = net.conv1.weight.tensor().detach().clone();
  for (const float bad : {NAN, INFINITY}) {
    saved([&](Tensors& s) { s["fc.bias"] = from_vector(std::vector<float>{0, bad, bad}); });
    EXPECT_THAT(message_of<NumericError>([&] { load_weights(net, path); }),
                HasSubstr("net.safetensors: of the 3 values of 'fc.bias' 2 are NaN or infinite. Hint: take weights from before"));
    EXPECT_TRUE(allclose(net.conv1.weight.tensor().detach(), before, 0, 0));
  }
  ResNet other(tiny());
  EXPECT_TRUE(load_weights(other, path, {.skip = {"fc"}}).none()) << "what is skipped does not matter";
  saved([](Tensors& s) { s["fc.bias"] = from_vector(std::vector<double>{1, 1e300, 2}); });
  EXPECT_THAT(message_of<NumericError>([&] { load_weights(net, path); }), HasSubstr("1 is NaN, infinite or too large for f32"));
  saved([](Tensors& s) { s["not.ours"] = full({2}, NAN); });
  EXPECT_THROW(load_weights(net, path), StateError) << "the names are what is wrong here";
}

TEST_F(Weights, under_one_name_twice_are_an_error) {
  VGGConfig c = vgg11();
  c.width = 1, c.hidden = 2, c.classes = 2;
  VGG net(c);
  Tensors state = net.state_dict();
  state["head.fc.bias"] = ones({2});
  save(path, state);
  EXPECT_THAT(message_of<StateError>([&] { load_weights(net, path); }), HasSubstr("two tensors are called classifier.6.bias"));
}

TEST_F(Weights, in_pickles_are_refused_with_a_way_out) {
  ResNet net(tiny());
  for (const auto& [name, bytes] : std::vector<std::pair<std::string, std::string>>{{"a.pt", "anything at all"},
                                                                                    {"b.PTH", ""},
                                                                                    {"pytorch_model.bin", std::string("\x80\x02}q", 4)},
                                                                                    {"zip.safetensors", "PK\x03\x04 data.pkl"},
                                                                                    {"old", std::string("\x80\x04\x95", 3)}}) {
    SCOPED_TRACE(name);
    const std::string what = message_of<UnsupportedError>([&] { load_weights(net, folder.put(name, bytes)); });
    EXPECT_THAT(what, HasSubstr("is a pickle"));
    EXPECT_THAT(what, HasSubstr("save_file"));
    EXPECT_THAT(what, HasSubstr(".safetensors')"));
  }
  saved();
  std::filesystem::copy(path, folder / "model.bin");  // safetensors under a misleading name are still safe
  EXPECT_TRUE(load_weights(net, folder / "model.bin").none());
}

TEST_F(Weights, in_damaged_or_missing_files_are_errors_that_name_them) {
  ResNet net(tiny());
  EXPECT_THAT(message_of<FileError>([&] { load_weights(net, folder / "none.safetensors"); }),
              AllOf(HasSubstr("there is no file "), HasSubstr("none.safetensors. Hint: check the spelling")));
  EXPECT_THAT(message_of<FileError>([&] { load_weights(net, folder.put("cut.safetensors", std::string("\x10\0\0\0\0\0\0\0{}", 10))); }),
              HasSubstr("cut.safetensors"));
  EXPECT_THROW(load_weights(net, folder.path()), FileError);
}

}  // namespace
}  // namespace cairn
