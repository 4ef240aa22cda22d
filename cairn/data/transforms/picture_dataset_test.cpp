#include <cairn/data/transforms/picture_dataset.h>

#include <gtest/gtest.h>

#include <cairn/data/loader.h>
#include <cairn/data/transforms/transforms.h>
#include <tests/helpers/errors.h>

namespace cairn::transforms {
namespace {

constexpr int64_t count = 50;

Tensor noise(const Shape& shape) {
  Random r(2);
  std::vector<uint8_t> v(static_cast<size_t>(shape.numel()));
  for (auto& x : v) x = uint8_t(r.bits());
  return from_span(std::span<const uint8_t>(v), shape);
}
Tensor labels(int64_t n = count, int64_t classes = 5) {
  std::vector<int64_t> y;
  for (int64_t i = 0; i < n; i++) y.push_back(i % classes);
  return from_vector(y);
}

Compose everything() {
  return {RandomCrop{.height = 12, .padding = 2},
          HorizontalFlip{},
          Rotation{.degrees = 20},
          Affine{.degrees = 5, .most_scale = 1.3, .shear_x = 8},
          ColorJitter{.brightness = 0.4, .contrast = 0.4, .saturation = 0.4, .hue = 0.1},
          RandAugment{},
          TrivialAugment{},
          Greyscale{.p = 0.3},
          RandomResizedCrop{.height = 10},
          Normalize{{0.5, 0.4, 0.3}, {0.2, 0.25, 0.3}},
          RandomErasing{.noise = true},
          Cutout{.size = 3}};
}

std::vector<std::vector<float>> epochs(const DatasetRef& data, int workers, int64_t batch_size, int64_t n_epochs = 2) {
  DataLoader loader(data, {.batch_size = batch_size, .shuffle = true, .workers = workers, .seed = 3});
  std::vector<std::vector<float>> all;
  for (int64_t e = 0; e < n_epochs; e++) {
    std::vector<float> values;
    for (Batch& b : loader) {
      for (const char* name : {"x", "y"}) {
        const auto v = b[name].to_vector<float>();
        values.insert(values.end(), v.begin(), v.end());
      }
    }
    all.push_back(std::move(values));
  }
  return all;
}

TEST(PictureDataset, gives_the_same_bits_for_any_number_of_workers) {
  const Tensor x = noise({count, 3, 14, 15}), y = labels();
  const PictureDataset data(x, y, everything());
  const MixBatches mixed(data, 5, {.mix_up = {{0.2}}, .cut_mix = {{1.0}}});
  for (const DatasetRef& d : {DatasetRef(data), DatasetRef(mixed)}) {
    const auto none = epochs(d, 0, 8);
    EXPECT_EQ(epochs(d, 1, 8), none);
    EXPECT_EQ(epochs(d, 4, 8), none);
    EXPECT_NE(none[0], none[1]) << "the epochs differ";
  }
}

TEST(PictureDataset, an_example_does_not_depend_on_its_batch_but_on_seed_and_epoch) {
  const PictureDataset data(noise({count, 3, 14, 15}), labels(), everything());
  const std::vector<int64_t> some = {4, 17, 3, 44};
  const Pass pass{7, 3};
  const Tensor together = data.get_batch(some, pass)["x"];
  for (size_t i = 0; i < some.size(); i++) {
    const Tensor alone = data.get(some[i], pass)["x"];
    EXPECT_EQ(together[int64_t(i)].contiguous().to_vector<float>(), alone.to_vector<float>());
    EXPECT_NE(data.get(some[i], {8, 3})["x"].to_vector<float>(), alone.to_vector<float>());
    EXPECT_NE(data.get(some[i], {7, 4})["x"].to_vector<float>(), alone.to_vector<float>());
  }
}

TEST(PictureDataset, a_resumed_loader_sees_the_same_pictures) {
  const PictureDataset data(noise({count, 3, 14, 15}), labels(), everything());
  const LoaderOptions options{.batch_size = 8, .shuffle = true, .workers = 1, .seed = 5};
  DataLoader whole(data, options), resumed(data, options);
  Json state;
  std::vector<float> rest, again;
  int64_t number = 0;
  for (Batch& b : whole) {
    if (++number == 3) state = whole.state();
    else if (number > 3) {
      const auto v = b["x"].to_vector<float>();
      rest.insert(rest.end(), v.begin(), v.end());
    }
  }
  resumed.set_state(state);
  for (Batch& b : resumed) {
    const auto v = b["x"].to_vector<float>();
    again.insert(again.end(), v.begin(), v.end());
  }
  EXPECT_FALSE(rest.empty());
  EXPECT_EQ(again, rest);
}

TEST(PictureDataset, normalizes_as_a_tensor_dataset_does) {
  const Tensor x = noise({count, 3, 8, 9}), y = labels();
  const Normalize how{{0.5, 0.4, 0.3}, {0.2, 0.25, 0.3}};
  TensorDataset plain({{"x", x}, {"y", y}});
  plain.normalize("x", how);
  const std::vector<int64_t> some = {9, 0, 49};
  const Batch a = plain.get_batch(some), b = PictureDataset(x, y, {how}).get_batch(some);
  EXPECT_EQ(a["x"].to_vector<float>(), b["x"].to_vector<float>());
  EXPECT_EQ(a["y"].to_vector<int64_t>(), b["y"].to_vector<int64_t>());
}

TEST(PictureDataset, without_normalize_gives_bytes) {
  const Tensor x = noise({count, 1, 8, 9});
  const Batch b = PictureDataset(x, labels(), {HorizontalFlip{1}}).get_batch(std::vector<int64_t>{2});
  ASSERT_EQ(b["x"].dtype(), u8);
  EXPECT_EQ(b["x"].at({0, 0, 3, 0}), x.at({2, 0, 3, 8}));
}

// Pictures of different sizes.
class Growing : public PictureStore {
 public:
  int64_t size() const override { return 4; }
  Look get(int64_t i, Planes& space) const override {
    space.resize(1, 5, 5 + i);
    return space;
  }
};

TEST(PictureDataset, pictures_of_several_sizes_need_a_crop) {
  const auto store = std::make_shared<Growing>();
  const std::vector<int64_t> all = {0, 1, 2, 3};
  const std::string message = message_of<ShapeError>([&] { PictureDataset(store, labels(4), {}).get_batch(all); });
  EXPECT_TRUE(contains(message, "example 0 became [1, 5, 5]"));
  EXPECT_TRUE(contains(message, "Hint: let the pipeline end with a crop"));
  EXPECT_EQ(PictureDataset(store, labels(4), {CenterCrop{4}}).get_batch(all)["x"].shape(), (Shape{4, 1, 4, 4}));
}

TEST(PictureDataset, refuses_what_are_not_pictures_with_labels) {
  EXPECT_TRUE(contains(message_of<ShapeError>([] { PictureDataset(noise({4, 3, 8, 8}), labels(5), {}); }), "4 pictures, y [5]"));
  EXPECT_TRUE(contains(message_of<ShapeError>([] { pictures_of(noise({4, 2, 8, 8})); }), "[4, 2, 8, 8]"));
  EXPECT_THROW(pictures_of(zeros({4, 3, 8, 8})), DtypeError);
  EXPECT_THROW(PictureDataset(noise({4, 3, 8, 8}), labels(4), {}).original(4), IndexError);
  EXPECT_EQ(PictureDataset(noise({4, 3, 8, 8}), labels(4), {}).get_batch(std::vector<int64_t>{})["x"].size(0), 0);
  EXPECT_TRUE(contains(message_of<ShapeError>([] {
                         PictureDataset(noise({4, 3, 8, 8}), labels(4), {Greyscale{.channels = 1}, Normalize{{0, 0, 0}, {1, 1, 1}}}).get(0);
                       }),
                       "3 means need 3 channels, the picture has 1"));
}

TEST(PictureDataset, previews_show_the_original_and_what_epochs_would_see) {
  const PictureDataset data(noise({count, 3, 14, 15}), labels(), everything());
  const auto rows = preview(data, {3, 8}, 6, 1);
  ASSERT_EQ(rows.size(), 2u);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 7u);
    EXPECT_EQ(row[0].width, 15);
    EXPECT_EQ(row[1].width, 10);
    EXPECT_NE(row[1].pixels, row[2].pixels);
  }
  EXPECT_EQ(rows[0][0].pixels, data.original(3).pixels);
  // What has no float part is shown exactly as it is trained on.
  const PictureDataset bytes = data.with({RandomCrop{.height = 12, .padding = 2}, HorizontalFlip{}});
  EXPECT_EQ(to_tensor(to_planes(preview(bytes, {5}, 2, 9)[0][2])).to_vector<uint8_t>(), bytes.get(5, {9, 1})["x"].to_vector<uint8_t>());
}

TEST(Compose, refuses_bytes_behind_normalize) {
  const Normalize how{{0.5}, {0.5}};
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { Compose{how, HorizontalFlip{}}; }), "HorizontalFlip(p 0.5) changes bytes"));
  EXPECT_THROW((Compose{how, how}), ConfigError);
  EXPECT_TRUE(Compose({HorizontalFlip{}}).then(how).normalizes());
}

TEST(Compose, a_step_draws_the_same_whatever_the_steps_before_it_draw) {
  const Tensor x = noise({1, 20, 20});
  const auto last_crop = [&](Transform first) {
    return Compose{std::move(first), CenterCrop{20}, RandomCrop{.height = 5}}(x, {1, 2}, 3).to_vector<uint8_t>();
  };
  // Flips of chance 0 draw one number, an erasing of chance 0 one, a jitter of nothing seven.
  EXPECT_EQ(last_crop(HorizontalFlip{0}), last_crop(ColorJitter{}));
}

TEST(Compose, takes_the_users_own_steps) {
  struct Invert {
    void apply(Sample& s, Random&) const { invert(s); }
    std::string str() const { return "Invert"; }
  };
  const Tensor x = noise({3, 4, 4});
  const Compose c{Invert{}};
  EXPECT_EQ(c.str(), "Invert");
  EXPECT_EQ(c(x).at({1, 2, 3}), 255 - x.at({1, 2, 3}));
}

TEST(Mix, mix_up_mixes_pictures_and_labels_with_the_one_before) {
  Tensor x = from_vector(std::vector<float>{1, 2, 10, 20, 100, 200}).reshape({3, 1, 1, 2}).clone();
  const Tensor y = mix_up(x, labels(3, 3), 4, 0.75);
  EXPECT_EQ(x.to_vector<float>(), (std::vector<float>{25.75f, 51.5f, 7.75f, 15.5f, 77.5f, 155}));
  EXPECT_EQ(y.to_vector<float>(), (std::vector<float>{0.75f, 0, 0.25f, 0, 0.25f, 0.75f, 0, 0, 0, 0.25f, 0.75f, 0}));
}

TEST(Mix, cut_mix_takes_a_box_and_its_share_of_the_label) {
  Tensor x = arange(2 * 2 * 3 * 4).reshape({2, 2, 3, 4}).clone();
  const std::vector<float> before = x.to_vector<float>();
  const Tensor y = cut_mix(x, labels(2, 2), 2, {1, 1, 3, 3});  // 4 of 12 pixels
  const std::vector<float> after = x.to_vector<float>();
  for (size_t i = 0; i < before.size(); i++) {
    const size_t row = i / 4 % 3, column = i % 4;
    const bool boxed = row >= 1 && (column == 1 || column == 2);
    EXPECT_EQ(after[i], boxed ? before[(i + 24) % 48] : before[i]) << i;
  }
  EXPECT_EQ(y.to_vector<float>(), (std::vector<float>{float(2.0 / 3), float(1 - 2.0 / 3), float(1 - 2.0 / 3), float(2.0 / 3)}));
}

TEST(Mix, boxes_have_the_share_they_should_and_stay_inside) {
  Random r(4);
  double sum = 0;
  for (int i = 0; i < 2000; i++) {
    const Box b = cut_mix_box(r, 0.75, 32, 40);
    ASSERT_GE(b.top, 0);
    ASSERT_LE(b.right, 40);
    ASSERT_LE(b.top, b.bottom);
    sum += double((b.bottom - b.top) * (b.right - b.left)) / (32 * 40);
  }
  EXPECT_NEAR(sum / 2000, 0.25 * 0.77, 0.02) << "a quarter, less what is cut at the edges: (1 - 1/8)^2";
  const Box none = cut_mix_box(r, 1, 32, 32);
  EXPECT_EQ(none.bottom, none.top);
}

TEST(Mix, labels_add_up_to_one_and_mixing_can_be_left_to_chance) {
  const PictureDataset data(noise({count, 3, 8, 8}), labels(), {Normalize{}});
  const MixBatches mixed(data, 5, {.mix_up = {{0.2}}, .cut_mix = {{1.0}, {0.5}}, .p = 0.5});
  EXPECT_EQ(mixed.str(), "MixUp(alpha 0.2) or CutMix(alpha 1) or CutMix(alpha 0.5), p 0.5");
  int hard = 0;
  for (int64_t first = 0; first < 40; first++) {
    const std::vector<int64_t> some = {first, first + 1, first + 2};
    const Tensor y = mixed.get_batch(some, {4, 0})["y"];
    ASSERT_EQ(y.shape(), (Shape{3, 5}));
    const std::vector<float> v = y.to_vector<float>();
    for (size_t i = 0; i < 3; i++) EXPECT_NEAR(v[5 * i] + v[5 * i + 1] + v[5 * i + 2] + v[5 * i + 3] + v[5 * i + 4], 1, 1e-6);
    hard += *std::max_element(v.begin(), v.end()) == 1;
  }
  EXPECT_GT(hard, 8);
  EXPECT_LT(hard, 38);
}

TEST(Mix, refuses_what_cannot_be_mixed) {
  const PictureDataset bytes(noise({count, 3, 8, 8}), labels(), {}), floats(noise({count, 3, 8, 8}), labels(), {Normalize{}});
  EXPECT_TRUE(contains(message_of<DtypeError>([&] { MixBatches(bytes, 5, {.mix_up = {{}}}).get(0); }), "end the pipeline with Normalize"));
  EXPECT_TRUE(contains(message_of<IndexError>([&] {
                         MixBatches(floats, 3, {.mix_up = {{}}}).get_batch(std::vector<int64_t>{3, 4});
                       }),
                       "the label 3, expected 0 to 2"));
  EXPECT_THROW(MixBatches(floats, 5, {}), ConfigError);
  EXPECT_THROW(MixBatches(floats, 1, {.mix_up = {{}}}), ConfigError);
  EXPECT_THROW(MixBatches(floats, 5, {.cut_mix = {{0}}}), ConfigError);
}

}  // namespace
}  // namespace cairn::transforms
