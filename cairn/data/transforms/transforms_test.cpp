// What transforms draw, how they print, and what they refuse. (Their bytes: golden_test.cpp.)
#include <cairn/data/transforms/transforms.h>

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include <cairn/data/transforms/colour_rows.h>
#include <cairn/data/transforms/draws.h>
#include <tests/helpers/errors.h>

namespace cairn::transforms {
namespace {

// Every pixel different from its neighbours, so that places can be told apart.
Planes numbered(int64_t channels, int64_t height, int64_t width) {
  Planes p;
  p.resize(channels, height, width);
  for (size_t i = 0; i < p.values.size(); i++) p.values[i] = uint8_t(1 + (i * 37 + i / size_t(width)) % 251);
  return p;
}

template <class T> Planes applied(const T& step, const Planes& p, uint64_t seed) {
  Sample s(p);
  Random r(seed);
  step.apply(s, r);
  return s.pixels();
}

TEST(RandomCrop, shows_every_place_of_the_padded_picture) {
  const Planes p = numbered(2, 5, 6);
  const RandomCrop crop{.height = 4, .width = 5, .padding = 1, .fill = 9};
  std::set<std::vector<uint8_t>> seen;
  for (uint64_t seed = 0; seed < 400; seed++) {
    const Planes q = applied(crop, p, seed);
    ASSERT_EQ(q.height, 4);
    ASSERT_EQ(q.width, 5);
    seen.insert(q.values);
  }
  std::set<std::vector<uint8_t>> expected;
  for (int64_t top = -1; top <= 2; top++)
    for (int64_t left = -1; left <= 2; left++) {
      std::vector<uint8_t> v;
      for (int64_t c = 0; c < 2; c++)
        for (int64_t y = top; y < top + 4; y++)
          for (int64_t x = left; x < left + 5; x++) v.push_back(y < 0 || y >= 5 || x < 0 || x >= 6 ? 9 : p.at(c, y, x));
      expected.insert(v);
    }
  EXPECT_EQ(seen, expected);
}

TEST(RandomCrop, that_does_not_fit_is_an_error_or_padded) {
  const Planes p = numbered(1, 5, 6);
  EXPECT_TRUE(contains(message_of<ShapeError>([&] { applied(RandomCrop{.height = 8}, p, 0); }), "8 x 8 does not fit into a picture of 5 x 6"));
  const Planes q = applied(RandomCrop{.height = 8, .pad_if_needed = true}, p, 0);
  EXPECT_EQ(q.height, 8);
  EXPECT_EQ(q.width, 8);
}

TEST(RandomResizedCrop, gives_its_size_even_of_pictures_whose_ratio_never_fits) {
  for (auto [h, w] : {std::pair<int64_t, int64_t>{40, 60}, {1, 100}, {100, 1}, {1, 1}})
    for (uint64_t seed = 0; seed < 20; seed++) {
      const Planes q = applied(RandomResizedCrop{.height = 12, .width = 9}, numbered(3, h, w), seed);
      EXPECT_EQ(q.height, 12);
      EXPECT_EQ(q.width, 9);
    }
}

TEST(RandomResizedCrop, shows_areas_and_ratios_within_its_ranges) {
  // The picture's bytes are its coordinates: the ends of a crop tell how large it was.
  Planes p;
  p.resize(2 + 1, 200, 200);
  for (int64_t y = 0; y < 200; y++)
    for (int64_t x = 0; x < 200; x++) p.at(0, y, x) = uint8_t(y), p.at(1, y, x) = uint8_t(x);
  double least_area = 1, most_area = 0, least_ratio = 9, most_ratio = 0;
  for (uint64_t seed = 0; seed < 300; seed++) {
    const Planes q = applied(RandomResizedCrop{.height = 200, .how = Interpolation::nearest}, p, seed);
    const double h = q.at(0, 199, 0) - q.at(0, 0, 0) + 1, w = q.at(1, 0, 199) - q.at(1, 0, 0) + 1;
    least_area = std::min(least_area, h * w / 40000), most_area = std::max(most_area, h * w / 40000);
    least_ratio = std::min(least_ratio, w / h), most_ratio = std::max(most_ratio, w / h);
  }
  EXPECT_GT(least_area, 0.07);
  EXPECT_LT(least_area, 0.15);
  EXPECT_GT(most_area, 0.85);
  EXPECT_GT(least_ratio, 0.73);
  EXPECT_LT(least_ratio, 0.8);
  EXPECT_LT(most_ratio, 1.37);
  EXPECT_GT(most_ratio, 1.25);
}

TEST(CenterCrop, adds_black_where_the_picture_is_smaller) {
  const Planes q = applied(CenterCrop{4, 4}, numbered(1, 2, 6), 0);
  EXPECT_EQ(q.at(0, 0, 1), 0);
  EXPECT_EQ(q.at(0, 1, 0), numbered(1, 2, 6).at(0, 0, 1));
  EXPECT_EQ(q.at(0, 3, 3), 0);
}

TEST(Flips, happen_as_often_as_they_are_asked_to) {
  const Planes p = numbered(1, 4, 4);
  for (double chance : {0.0, 0.25, 1.0}) {
    int mirrored = 0, upside_down = 0;
    for (uint64_t seed = 0; seed < 1000; seed++) {
      mirrored += applied(HorizontalFlip{chance}, p, seed).at(0, 0, 0) == p.at(0, 0, 3);
      upside_down += applied(VerticalFlip{chance}, p, seed).at(0, 0, 0) == p.at(0, 3, 0);
    }
    EXPECT_NEAR(mirrored, chance * 1000, 60) << chance;
    EXPECT_NEAR(upside_down, chance * 1000, 60) << chance;
  }
}

TEST(Sample, crops_and_flips_of_windows_are_those_of_copies) {
  Random r(3);
  for (int round = 0; round < 300; round++) {
    const Planes p = numbered(2, 7, 9);
    Sample lazy(p), eager(p);
    for (int step = 0; step < 5; step++) {
      const uint64_t what = r.below(4);
      const Border border = Border(r.below(4));
      const int64_t top = int64_t(r.below(7)) - 3, left = int64_t(r.below(7)) - 3, h = 3 + int64_t(r.below(8)), w = 3 + int64_t(r.below(8));
      for (Sample* s : {&lazy, &eager}) {
        if (what == 0) s->mirror();
        else if (what == 1) s->turn_upside_down();
        else s->crop(top, left, h, w, border, 77);
      }
      eager.pixels();
    }
    ASSERT_EQ(lazy.height(), eager.height());
    std::vector<uint8_t> direct(size_t(lazy.channels() * lazy.height() * lazy.width()));
    lazy.write(direct.data());
    ASSERT_EQ(direct, eager.pixels().values) << round;
    ASSERT_EQ(lazy.pixels().values, direct);
  }
}

TEST(Sample, floats_of_a_window_are_those_of_its_bytes) {
  Random r(4);
  const std::vector<float> centre = {10.5f, 200.25f}, scale = {0.02f, 0.5f};
  for (int round = 0; round < 200; round++) {
    const Planes p = numbered(2, 1 + int64_t(r.below(6)), 1 + int64_t(r.below(40)));
    Sample s(p);
    s.crop(int64_t(r.below(9)) - 4, int64_t(r.below(30)) - 15, 1 + int64_t(r.below(9)), 1 + int64_t(r.below(50)), Border(r.below(4)), 33);
    if (r.below(2)) s.mirror();
    if (r.below(2)) s.turn_upside_down();
    const int64_t area = s.height() * s.width();
    std::vector<uint8_t> bytes(size_t(2 * area));
    std::vector<float> floats(bytes.size());
    s.write(bytes.data());
    s.normalize(centre, scale);
    s.write(floats.data());
    for (size_t i = 0; i < bytes.size(); i++) {
      const size_t c = i / size_t(area);
      ASSERT_EQ(floats[i], (float(bytes[i]) - centre[c]) * scale[c]) << round << " " << i;
    }
  }
}

TEST(ColorJitter, keeps_to_its_ranges_and_changes_nothing_when_all_are_zero) {
  Planes grey;
  grey.resize(3, 4, 4);
  std::fill(grey.values.begin(), grey.values.end(), uint8_t{100});
  int least = 255, most = 0;
  for (uint64_t seed = 0; seed < 300; seed++) {
    const int v = applied(ColorJitter{.brightness = 0.4}, grey, seed).values[0];
    least = std::min(least, v), most = std::max(most, v);
    EXPECT_EQ(applied(ColorJitter{.contrast = 0.4, .saturation = 0.4, .hue = 0.5}, grey, seed).values, grey.values)
        << "grey has no contrast and colour";
  }
  EXPECT_GE(least, 60);
  EXPECT_LE(least, 64);
  EXPECT_LE(most, 140);
  EXPECT_GE(most, 136);
  const Planes p = numbered(3, 8, 8);
  EXPECT_EQ(applied(ColorJitter{}, p, 1).values, p.values);
  EXPECT_NE(applied(ColorJitter{.hue = 0.3}, p, 1).values, p.values);
}

TEST(ColorJitter, hues_in_vectors_are_those_of_single_pixels) {
  Random r(6);
  constexpr int64_t n = 20000;
  std::vector<uint8_t> many(3 * n);
  for (auto& v : many) v = uint8_t(r.below(8) ? r.bits() : 255 * r.below(2));
  std::vector<uint8_t> single = many;
  for (int shift : {0, 1, 77, 128, 200, 255}) {
    detail::turn_hue(&many[0], &many[n], &many[2 * n], uint8_t(shift), n);
    for (size_t i = 0; i < n; i++) detail::turn_hue(&single[i], &single[n + i], &single[2 * n + i], uint8_t(shift), 1);
    ASSERT_EQ(many, single) << shift;
  }
}

TEST(RandomErasing, takes_out_boxes_of_its_areas_before_and_behind_normalize) {
  Planes p;
  p.resize(3, 60, 50);
  std::fill(p.values.begin(), p.values.end(), uint8_t{200});
  int erased = 0;
  double least = 1, most = 0;
  for (int64_t i = 0; i < 400; i++) {
    const Tensor y = Compose{RandomErasing{.value = 7}}(to_tensor(p), {}, i);
    const Tensor z = Compose{RandomErasing{.p = 0}, Normalize{{0.5}, {0.25}}, RandomErasing{.p = 1}}(to_tensor(p), {}, i);
    int64_t sevens = 0, zeros_there = 0;
    for (uint8_t v : y.to_vector<uint8_t>()) sevens += v == 7;
    for (float v : z.to_vector<float>()) zeros_there += v == 0;
    EXPECT_GT(zeros_there, 0);
    EXPECT_EQ(zeros_there % 3, 0) << "all channels alike";
    if (sevens == 0) continue;
    erased++;
    const double share = double(sevens) / double(p.values.size());
    least = std::min(least, share), most = std::max(most, share);
  }
  EXPECT_NEAR(erased, 200, 40);
  EXPECT_GT(least, 0.015);
  EXPECT_LT(most, 0.34);
}

TEST(RandomErasing, noise_is_normal_and_the_same_each_time) {
  Planes p;
  p.resize(3, 64, 64);
  const Compose pipeline{Normalize{{0.5}, {0.25}}, RandomErasing{.p = 1, .least_area = 0.3, .most_area = 0.33, .noise = true}};
  const std::vector<float> a = pipeline(to_tensor(p)).to_vector<float>(), b = pipeline(to_tensor(p)).to_vector<float>();
  EXPECT_EQ(a, b);
  double sum = 0, squares = 0;
  int64_t n = 0;
  for (float v : a)
    if (v != -2) sum += v, squares += double(v) * v, n++;
  ASSERT_GT(n, 3000);
  EXPECT_NEAR(sum / double(n), 0, 0.06);
  EXPECT_NEAR(squares / double(n), 1, 0.1);
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { Compose{RandomErasing{.p = 1, .noise = true}}(to_tensor(p)); }), "behind Normalize"));
}

TEST(Cutout, is_cut_at_the_edges) {
  const Planes p = numbered(1, 10, 10);
  std::set<int64_t> sizes;
  for (uint64_t seed = 0; seed < 200; seed++) {
    int64_t zeros_there = 0;
    for (uint8_t v : applied(Cutout{.size = 6}, p, seed).values) zeros_there += v == 0;
    sizes.insert(zeros_there);
  }
  EXPECT_EQ(*sizes.rbegin(), 36);
  EXPECT_EQ(*sizes.begin(), 9) << "in a corner a quarter";
}

TEST(Policies, strengths_are_those_of_the_papers) {
  const auto rand = [](Operation op, int m) { return rand_augment_strength(op, m, 31, 100, 200); };
  EXPECT_DOUBLE_EQ(rand(Operation::shear_x, 30).value, 0.3);
  EXPECT_DOUBLE_EQ(rand(Operation::rotate, 9).value, 9);
  EXPECT_DOUBLE_EQ(rand(Operation::brightness, 30).value, 0.9);
  EXPECT_DOUBLE_EQ(rand(Operation::translate_x, 30).value, 150.0 / 331 * 200);
  EXPECT_DOUBLE_EQ(rand(Operation::translate_y, 30).value, 150.0 / 331 * 100);
  EXPECT_EQ(rand(Operation::posterize, 0).value, 8);
  EXPECT_EQ(rand(Operation::posterize, 9).value, 7);
  EXPECT_EQ(rand(Operation::posterize, 30).value, 4);
  EXPECT_EQ(rand(Operation::solarize, 0).value, 255);
  EXPECT_EQ(rand(Operation::solarize, 30).value, 0);
  EXPECT_TRUE(rand(Operation::rotate, 9).signed_);
  EXPECT_FALSE(rand(Operation::solarize, 9).signed_);
  EXPECT_DOUBLE_EQ(trivial_augment_strength(Operation::rotate, 30, 31).value, 135);
  EXPECT_DOUBLE_EQ(trivial_augment_strength(Operation::translate_x, 15, 31).value, 16);
  EXPECT_EQ(trivial_augment_strength(Operation::posterize, 30, 31).value, 2);
}

TEST(Policies, shears_and_moves_go_where_they_should) {
  const Planes p = numbered(1, 8, 8);
  Sample s(p);
  apply(s, Operation::translate_x, 2);
  EXPECT_EQ(s.pixels().at(0, 3, 5), p.at(0, 3, 3));
  s.reset(p);
  apply(s, Operation::translate_y, -3);
  EXPECT_EQ(s.pixels().at(0, 1, 5), p.at(0, 4, 5));
  EXPECT_EQ(s.pixels().at(0, 7, 5), 0);
  s.reset(p);
  apply(s, Operation::shear_x, 0.5);  // the new pixel at (x, y) shows the old one at x + y / 2
  EXPECT_EQ(s.pixels().at(0, 5, 1), p.at(0, 5, 1 + 2 + 1));
  EXPECT_EQ(s.pixels().at(0, 0, 1), p.at(0, 0, 1));
}

TEST(Policies, draw_all_operations) {
  const Planes p = numbered(3, 12, 12);
  std::map<std::vector<uint8_t>, int> rand, trivial;
  for (uint64_t seed = 0; seed < 200; seed++) {
    rand[applied(RandAugment{.operations = 1}, p, seed).values]++;
    trivial[applied(TrivialAugment{}, p, seed).values]++;
  }
  EXPECT_GE(rand.size(), 18u) << "signs count; identity, autocontrast and others may agree";
  EXPECT_GE(trivial.size(), 60u);
  EXPECT_EQ(applied(RandAugment{.operations = 0}, p, 1).values, p.values);
}

TEST(Transforms, print_what_they_do) {
  const Compose c{Resize{.shorter = 256},
                  RandomCrop{.height = 32, .padding = 4, .border = Border::reflect},
                  RandomResizedCrop{.height = 224},
                  CenterCrop{24, 20},
                  HorizontalFlip{},
                  VerticalFlip{0.1},
                  Rotation{.degrees = 15, .how = Interpolation::bilinear},
                  Affine{.degrees = 5, .translate_x = 0.1, .most_scale = 1.2, .shear_y = 3},
                  ColorJitter{.brightness = 0.4, .hue = 0.1},
                  Greyscale{.p = 0.2},
                  RandAugment{},
                  TrivialAugment{},
                  Normalize{{1.0 / 3}, {0.25}},
                  RandomErasing{.noise = true},
                  Cutout{.size = 8}};
  EXPECT_EQ(c.str(),
            "Resize(shorter side 256)\n"
            "RandomCrop(32 x 32, padding 4 reflect)\n"
            "RandomResizedCrop(224 x 224, area 0.08 to 1, ratio 0.75 to 1.33)\n"
            "CenterCrop(24 x 20)\n"
            "HorizontalFlip(p 0.5)\n"
            "VerticalFlip(p 0.1)\n"
            "Rotation(15 degrees, bilinear)\n"
            "Affine(5 degrees, moved by 0.1 x 0, scaled 1 to 1.2, sheared 0 x 3 degrees)\n"
            "ColorJitter(brightness 0.4, contrast 0, saturation 0, hue 0.1)\n"
            "Greyscale(as many channels, p 0.2)\n"
            "RandAugment(2 operations, magnitude 9 of 31)\n"
            "TrivialAugment(31 strengths)\n"
            "Normalize(mean 0.3333, std 0.25)\n"
            "RandomErasing(p 0.5, area 0.02 to 0.33, ratio 0.3 to 3.3, noise)\n"
            "Cutout(8 x 8)");
  EXPECT_EQ(Compose{}.str(), "as it is");
}

TEST(Transforms, options_outside_of_their_ranges_are_refused) {
  const auto refused = [](auto step) { return message_of<ConfigError>([&] { Transform t(step); }); };
  EXPECT_TRUE(contains(refused(RandomCrop{.height = 0}), "[RandomCrop] a size must be from 1"));
  EXPECT_TRUE(contains(refused(RandomCrop{.height = 4, .padding = -1}), "padding must be at least 0"));
  EXPECT_TRUE(contains(refused(HorizontalFlip{1.5}), "p must be from 0 to 1, got 1.5"));
  EXPECT_TRUE(contains(refused(Resize{.height = 4}), "the width is missing"));
  EXPECT_TRUE(contains(refused(Resize{.height = 4, .width = 4, .shorter = 5}), "either"));
  EXPECT_TRUE(contains(refused(RandomResizedCrop{.height = 4, .least_area = 0.9, .most_area = 0.1}), "the area must be a range"));
  EXPECT_TRUE(contains(refused(Rotation{.degrees = -1}), "degrees"));
  EXPECT_TRUE(contains(refused(Rotation{.how = Interpolation::bicubic}), "not bicubic"));
  EXPECT_TRUE(contains(refused(Affine{.translate_x = 2}), "translate_x"));
  EXPECT_TRUE(contains(refused(ColorJitter{.hue = 0.6}), "hue"));
  EXPECT_TRUE(contains(refused(ColorJitter{.brightness = std::nan("")}), "brightness"));
  EXPECT_TRUE(contains(refused(Greyscale{.channels = 2}), "channels must be 1, 3 or 0"));
  EXPECT_TRUE(contains(refused(RandAugment{.magnitude = 31}), "from 0 to 30"));
  EXPECT_TRUE(contains(refused(TrivialAugment{.bins = 1}), "bins"));
  EXPECT_TRUE(contains(refused(RandomErasing{.most_area = 2}), "the area"));
  EXPECT_TRUE(contains(refused(Cutout{.size = 0}), "a size"));
  EXPECT_TRUE(contains(refused(Normalize{{0.5}, {0}}), "above 0"));
  EXPECT_TRUE(contains(refused(Normalize{{0.5, 0.5}, {1, 1, 1}}), "as many means"));
}

TEST(Draws, beta_has_its_mean_and_deviation) {
  for (double alpha : {0.2, 1.0, 4.0}) {
    Random r(8);
    double sum = 0, squares = 0;
    constexpr int n = 20000;
    for (int i = 0; i < n; i++) {
      const double v = detail::beta(r, alpha, alpha);
      ASSERT_GE(v, 0);
      ASSERT_LE(v, 1);
      sum += v, squares += (v - 0.5) * (v - 0.5);
    }
    EXPECT_NEAR(sum / n, 0.5, 0.01) << alpha;
    EXPECT_NEAR(squares / n, 1 / (4 * (2 * alpha + 1)), 0.004) << alpha;
  }
}

}  // namespace
}  // namespace cairn::transforms
