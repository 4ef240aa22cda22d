// Deterministic cores against Pillow's and NumPy's bytes (tools/golden/make_transforms.py).
#include <gtest/gtest.h>

#include <map>

#include <cairn/data/transforms/transforms.h>
#include <tests/helpers/golden.h>

namespace cairn::transforms {
namespace {

Interpolation interpolation(const Json& c) {
  const std::string how = c.at("how").as_string();
  return how == "nearest" ? Interpolation::nearest : how == "bilinear" ? Interpolation::bilinear : Interpolation::bicubic;
}

Border border(const std::string& name) {
  for (Border b : {Border::constant, Border::edge, Border::reflect, Border::symmetric})
    if (name == name_of(b)) return b;
  throw ConfigError("no border " + name);
}

void run(const std::string& op, const Json& c, Sample& s) {
  const auto number = [&](const char* name) { return c.at(name).as_double(); };
  const auto whole = [&](const char* name) { return c.at(name).as_int(); };
  Random random(1);
  if (op == "crop") {
    s.crop(whole("top"), whole("left"), whole("height"), whole("width"), border(c.at("border").as_string()), uint8_t(whole("fill")));
    if (c.at("mirrored").as_bool()) s.mirror();
    if (c.at("upside_down").as_bool()) s.turn_upside_down();
  } else if (op == "center_crop") CenterCrop{whole("height"), whole("width")}.apply(s, random);
  else if (op == "erase") s.erase(whole("top"), whole("left"), whole("height"), whole("width"), uint8_t(whole("value")));
  else if (op == "resize_shorter") Resize{.shorter = whole("shorter"), .how = interpolation(c)}.apply(s, random);
  else if (op == "rotate") rotate(s, number("degrees"), interpolation(c), uint8_t(whole("fill")));
  else if (op == "transform") {
    AffineMap m{};
    for (size_t i = 0; i < 6; i++) m[i] = c.at("map").as_array()[i].as_double();
    transform(s, m, interpolation(c));
  } else if (op == "brightness") adjust_brightness(s, number("factor"));
  else if (op == "contrast") adjust_contrast(s, number("factor"));
  else if (op == "saturation") adjust_saturation(s, number("factor"));
  else if (op == "sharpness") adjust_sharpness(s, number("factor"));
  else if (op == "hue") adjust_hue(s, number("turn"));
  else if (op == "greyscale") greyscale(s, whole("channels"));
  else if (op == "posterize") posterize(s, int(whole("bits")));
  else if (op == "solarize") solarize(s, number("threshold"));
  else if (op == "invert") invert(s);
  else if (op == "autocontrast") autocontrast(s);
  else if (op == "equalize") equalize(s);
  else FAIL() << "an operation without a test: " << op;
}

TEST(Transforms, give_the_bytes_of_pillow_and_numpy) {
  const Golden golden("transforms.safetensors");
  std::map<std::string, int> seen;
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& c = golden.cases()[i];
    const std::string op = c.at("op").as_string();
    seen[op]++;
    if (op == "affine_map") continue;
    const Planes in = to_planes(golden.tensor(size_t(c.at("input").as_int()), "in"));
    Sample s(in);
    run(op, c, s);
    const Tensor expected = golden.tensor(i, "out");
    ASSERT_EQ((Shape{s.channels(), s.height(), s.width()}), expected.shape()) << c.dump();
    // Both ways out: as a picture and straight from the window.
    std::vector<uint8_t> written(size_t(expected.numel()));
    s.write(written.data());
    const std::vector<uint8_t> wanted = expected.to_vector<uint8_t>();
    int wrong = 0;
    for (size_t k = 0; k < wanted.size(); k++) wrong += wanted[k] != written[k];
    EXPECT_EQ(wrong, 0) << "of " << wanted.size() << " bytes: " << c.dump();
    EXPECT_EQ(s.pixels().values, written) << c.dump();
  }
  EXPECT_EQ(seen.size(), 18u);
  EXPECT_GE(seen["crop"], 90);
}

TEST(Transforms, an_affine_map_is_the_inverse_of_scale_shear_turn_and_move) {
  const Golden golden("transforms.safetensors");
  int maps = 0;
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& c = golden.cases()[i];
    if (c.at("op").as_string() != "affine_map") continue;
    maps++;
    const auto number = [&](const char* name) { return c.at(name).as_double(); };
    const AffineMap m =
        inverse_affine({number("degrees"), number("translate_x"), number("translate_y"), number("scale"), number("shear_x"), number("shear_y")},
                       number("width") / 2, number("height") / 2);
    const std::vector<double> expected = golden.tensor(i, "map").to_vector<double>();
    for (size_t k = 0; k < 6; k++) EXPECT_NEAR(m[k], expected[k], 1e-12) << c.dump();
  }
  EXPECT_EQ(maps, 10);
}

}  // namespace
}  // namespace cairn::transforms
