// The fuzz targets in the ordinary suite: seeds with random damage, the same on every run. libFuzzer goes further, where it is there.
#include <gtest/gtest.h>

#include <cairn/base/random.h>

// Both files define libFuzzer's one name; here each gets its own.
#define LLVMFuzzerTestOneInput json_target
#include "json_fuzz.cpp"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fields_target
#include "fields_fuzz.cpp"
#undef LLVMFuzzerTestOneInput

namespace cairn {
namespace {

using Seeds = std::vector<std::string>;

std::string damaged(std::string text, const Seeds& seeds, Random& random) {
  static const std::string spice = "{}[]\",:=#.-+eE0123456789\\untfalseinf\n\t \xC3\xBC\xFF";
  for (uint64_t n = random.below(6); n > 0; n--) {
    size_t at = random.below(text.size() + 1);
    switch (random.below(4)) {
      case 0: text.insert(at, 1, spice[random.below(spice.size())]); break;
      case 1: text.erase(at, random.below(4)); break;
      case 2: text.insert(at, text.substr(random.below(text.size() + 1), random.below(12))); break;
      default: {
        const std::string& other = seeds[random.below(seeds.size())];
        text = text.substr(0, at) + other.substr(random.below(other.size() + 1));
      }
    }
  }
  return text;
}

void hammer(int (*target)(const uint8_t*, size_t), const Seeds& seeds) {
  Random random(20);
  for (int i = 0; i < 5000; i++) {
    std::string text = damaged(seeds[random.below(seeds.size())], seeds, random);
    target(reinterpret_cast<const uint8_t*>(text.data()), text.size());  // aborts when a round trip fails
  }
}

TEST(Fuzz, damaged_json_is_parsed_or_refused) {
  hammer(json_target,
         {R"({"a": [1, -2.5e-3, true, null], "b": {"c": "x\u00fc\n"}})", "[[[[[1]]]]]", "18446744073709551615", "-0.0", "\"\xF0\x9F\x98\x80\""});
}

TEST(Fuzz, damaged_configs_and_flags_are_taken_or_refused) {
  hammer(fields_target, {"lr = 0.5\nepochs = 3\nnote = \"a\\tb\"\n", "seed = -9223372036854775808\nshuffle = false", "optimizer = 'sgd' # why\n",
                         "note = \"\"\"\nlines\n\"\"\"", "[a]\nb.c = [1, {d = 1979-05-27}]", "1e-3", "0x10", "yes"});
}

}  // namespace
}  // namespace cairn
