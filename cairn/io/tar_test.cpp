#include <cairn/io/tar.h>

#include <zstd.h>

#include <tests/helpers/io_files.h>

namespace cairn {
namespace {

std::string small_tar() {
  return tar_header("folder/", 0, '5') + tar_entry("folder/a.txt", "hello") + tar_entry("b.txt", std::string(600, 'b'), "deep/er") +
         std::string(1024, '\0');
}

std::string zstd(const std::string& bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

std::vector<std::pair<std::string, std::string>> list(const std::string& bytes) {
  const ByteSource source("a.tar", bytes);
  TarReader tar(source);
  std::vector<std::pair<std::string, std::string>> all;
  while (auto e = tar.next())
    if (e->file) all.emplace_back(e->name, tar.read(10000));
  return all;
}

TEST(Tar, reads_plain_gzip_and_zstd_archives_alike) {
  const std::vector<std::pair<std::string, std::string>> expected = {{"folder/a.txt", "hello"}, {"deep/er/b.txt", std::string(600, 'b')}};
  for (const std::string& bytes :
       {small_tar(), gzip(small_tar()), zstd(small_tar()), zstd(small_tar().substr(0, 700)) + zstd(small_tar().substr(700))})
    EXPECT_EQ(list(bytes), expected);
}

TEST(Tar, entries_can_be_passed_over) {
  const std::string bytes = small_tar();
  const ByteSource source("a.tar", bytes);
  TarReader tar(source);
  tar.next(), tar.next();
  EXPECT_EQ(tar.next()->name, "deep/er/b.txt");
  EXPECT_FALSE(tar.next());
}

TEST(Tar, what_is_cut_off_or_damaged_is_refused) {
  for (const std::string& bytes : {gzip(small_tar()), zstd(small_tar())})
    for (size_t n = 0; n + 30 < bytes.size(); n += 3) EXPECT_THROW(list(bytes.substr(0, n)), FileError) << n;
  EXPECT_THAT(refusal([] { list(""); }), HasSubstr("an empty file"));
  EXPECT_THAT(refusal([] { list(small_tar().substr(0, 1500)); }), HasSubstr("cut off"));
  std::string damaged = small_tar();
  damaged[600] ^= 1;
  EXPECT_THAT(refusal([&] { list(damaged); }), AllOf(HasSubstr("a.tar"), HasSubstr("at byte 660"), HasSubstr("tar header")));
  std::string packed = zstd(small_tar());
  packed[packed.size() / 2] ^= 0x55;
  EXPECT_THROW(list(packed), FileError);
  EXPECT_THAT(refusal([] { list(tar_header("huge", 077777777777)); }), HasSubstr("at most 10000 bytes for 'huge'"));
}

}  // namespace
}  // namespace cairn
