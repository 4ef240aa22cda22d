#include <cairn/nn/saving.h>

#include <gmock/gmock.h>

#include <cairn/io/safetensors.h>
#include <cairn/nn/activations.h>
#include <cairn/nn/init.h>
#include <cairn/nn/linear.h>
#include <cairn/nn/sequential.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

TEST(Saving, brings_a_model_back_with_its_ties) {
  TempFolder folder;
  const std::string path = folder / "model.safetensors";
  Linear shared(3, 3);
  Sequential a(shared, ReLU(), shared, Linear(3, 2));
  save(path, a, {{"note", "tied"}});
  const SafetensorsFile file(path);
  EXPECT_EQ(file.entries().size(), 4u);
  EXPECT_EQ(file.metadata().at("note"), "tied");

  Sequential b = a.clone();
  for (const auto& [name, p] : b.parameters()) init::zeros(p);
  EXPECT_TRUE(load(path, b).none());
  const Tensor x = randn({4, 3});
  EXPECT_TRUE(allclose(a(x), b(x), 0, 0));
  EXPECT_EQ(b.at<Linear>(0).weight.identity(), b.at<Linear>(2).weight.identity());
}

TEST(Saving, converts_to_the_type_of_the_model) {
  TempFolder folder;
  Linear a(3, 2), b(3, 2);
  b.to(f64);
  save(folder / "a.safetensors", a);
  load(folder / "a.safetensors", b);
  EXPECT_EQ(b.weight.tensor().dtype(), f64);
  EXPECT_TRUE(allclose(b.weight.tensor(), a.weight.tensor().to(f64), 0, 0));
}

TEST(Saving, names_the_file_that_belongs_to_another_model) {
  TempFolder folder;
  Linear a(3, 2), b(4, 2);
  save(folder / "a.safetensors", a);
  try {
    load(folder / "a.safetensors", b);
    FAIL();
  } catch (const StateError& e) {
    EXPECT_THAT(e.what(), testing::HasSubstr("a.safetensors: [load_state_dict]"));
    EXPECT_THAT(e.what(), testing::HasSubstr("weight (file [2, 3], module [2, 4])"));
  }
  EXPECT_THROW(load(folder / "none.safetensors", b), FileError);
}

}  // namespace
}  // namespace cairn
