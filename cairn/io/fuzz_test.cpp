// The fuzz targets in the ordinary suite: the seeds of tests/fuzz/corpus and random damage to them, the same on every run.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include <cairn/base/disk.h>
#include <cairn/base/random.h>

// All define libFuzzer's one name; here each gets its own.
#define LLVMFuzzerTestOneInput idx_target
#include "idx_fuzz.cpp"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput safetensors_target
#include "safetensors_fuzz.cpp"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput npy_target
#include "npy_fuzz.cpp"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput csv_target
#include "csv_fuzz.cpp"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput image_target
#include "image_fuzz.cpp"
#undef LLVMFuzzerTestOneInput

namespace cairn {
namespace {

using Target = int (*)(const uint8_t*, size_t);

void hammer(Target target, const std::string& name) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(CAIRN_SOURCE_DIR) + "/tests/fuzz/corpus/" + name))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  ASSERT_GE(files.size(), 5u);
  Random random(21);
  for (const auto& file : files) {
    const std::string seed = read_file(file.string());
    const auto run = [&](const std::string& bytes) {
      target(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
    };  // aborts when it is wrong
    run(seed);
    for (int i = 0; i < 300 && !seed.empty(); i++) {
      std::string damaged = seed;
      for (uint64_t n = 1 + random.below(4); n > 0; n--) {
        const size_t at = random.below(damaged.size());
        switch (random.below(5)) {
          case 0: damaged[at] = char(random.bits()); break;
          case 1: damaged[at] = char(damaged[at] ^ 1 << random.below(8)); break;
          case 2: damaged.insert(at, damaged.substr(random.below(damaged.size()), random.below(16))); break;
          case 3: damaged[at] = random.below(2) ? '\xff' : '\0'; break;
          default: damaged.erase(at, random.below(8)); break;
        }
        if (damaged.empty()) break;
      }
      run(damaged);
    }
  }
}

TEST(Fuzz, damaged_idx_files_are_read_or_refused) { hammer(idx_target, "idx"); }
TEST(Fuzz, damaged_safetensors_files_are_read_or_refused) { hammer(safetensors_target, "safetensors"); }
TEST(Fuzz, damaged_npy_and_npz_files_are_read_or_refused) { hammer(npy_target, "npy"); }
TEST(Fuzz, damaged_tables_are_read_or_refused) { hammer(csv_target, "csv"); }
TEST(Fuzz, damaged_pictures_are_read_or_refused) { hammer(image_target, "image"); }

}  // namespace
}  // namespace cairn
