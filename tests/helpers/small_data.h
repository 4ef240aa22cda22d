// Data sets small enough for a test, in the formats of the real ones: a mirror with an "mnist" of 8 x 8 pictures, pictures as PNG, and tables.
#pragma once

#include <string>
#include <vector>

#include <cairn/base/random.h>
#include <cairn/io/image.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {

// The bytes of an IDX file of u8.
inline std::string idx(const std::vector<int64_t>& sizes, const std::string& bytes) {
  std::string text = {0, 0, 8, char(sizes.size())};
  for (int64_t n : sizes)
    for (int shift = 24; shift >= 0; shift -= 8) text += char(n >> shift);
  return text + bytes;
}

// mirror/mnist/{train,t10k}-{images-idx3,labels-idx1}-ubyte: ten classes that a linear model can tell apart, with noise.
inline void put_pictures(const TempFolder& folder, int64_t train = 400, int64_t test = 80, const std::string& mirror = "mirror") {
  Random r(3);
  for (const auto& [part, n] : {std::pair("train", train), std::pair("t10k", test)}) {
    std::string pixels, labels;
    for (int64_t i = 0; i < n; i++) {
      const uint64_t c = r.below(10);
      labels += char(c);
      for (uint64_t k = 0; k < 64; k++) pixels += char((k % 10 == c ? 150 : 0) + r.below(100));
    }
    folder.put(mirror + "/mnist/" + part + "-images-idx3-ubyte", idx({n, 8, 8}, pixels));
    folder.put(mirror + "/mnist/" + part + "-labels-idx1-ubyte", idx({n}, labels));
  }
}

// A PNG whose pixels differ a little; `shade` tells one picture from another.
inline std::string shaded_png(int64_t width, int64_t height, int shade, int64_t channels = 3) {
  Image p{width, height, channels, std::vector<uint8_t>(size_t(width * height * channels))};
  for (size_t i = 0; i < p.pixels.size(); i++) p.pixels[i] = uint8_t(shade + int(i % 50));
  return encode_png(p);
}

// FOLDER/{dark,bright}/NN.png: grey levels around 60 and 190, of two sizes.
inline void put_picture_folder(const TempFolder& folder, int64_t each = 12) {
  Random r(5);
  for (const auto& [name, level] : {std::pair("dark", 60), std::pair("bright", 190)})
    for (int64_t i = 0; i < each; i++) {
      Image p{i % 2 ? 40 : 30, 30, 3, {}};
      for (int64_t k = 0; k < p.width * p.height * 3; k++) p.pixels.push_back(uint8_t(level + int64_t(r.below(50)) - 25));
      folder.put("pictures/" + std::string(name) + "/" + std::to_string(10 + i) + ".png", encode_png(p));
    }
}

// Rows "a,b,kind": two numbers and one of two words.
inline std::string small_table(int64_t rows = 60) {
  Random r(4);
  std::string text = "a,b,kind\n";
  for (int64_t i = 0; i < rows; i++)
    text += std::to_string(r.normal() + double(i % 2)) + "," + std::to_string(r.normal()) + (i % 2 ? ",yes\n" : ",no\n");
  return text;
}

}  // namespace cairn
