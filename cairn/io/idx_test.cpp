#include <cairn/io/idx.h>

#include <tests/helpers/io_files.h>

namespace cairn {
namespace {

// Two pictures of 2 x 3.
std::string small_idx() {
  return std::string("\0\0\x08\x03", 4) + big(2, 4) + big(2, 4) + big(3, 4) + std::string("\1\2\3\4\5\6\7\10\11\12\13\377", 12);
}

Tensor parse_idx(const std::string& bytes) { return load_idx(ByteSource("file.idx", bytes)); }

TEST(Idx, reads_plain_and_packed_files_alike) {
  for (const std::string& bytes : {small_idx(), gzip(small_idx())}) {
    const Tensor x = parse_idx(bytes);
    EXPECT_EQ(x.shape(), (Shape{2, 2, 3}));
    EXPECT_EQ(x.dtype(), u8);
    EXPECT_EQ(x.to_vector<int32_t>(), (std::vector<int32_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255}));
  }
}

TEST(Idx, a_packed_file_may_have_several_members) {
  const std::string all = small_idx();
  EXPECT_EQ(parse_idx(gzip(all.substr(0, 5)) + gzip(all.substr(5))).numel(), 12);
}

TEST(Idx, reads_every_type_of_the_format) {
  const auto one = [](int code, const std::string& bytes) { return parse_idx(std::string{0, 0, char(code), 1} + big(1, 4) + bytes); };
  EXPECT_EQ(one(0x09, "\xff").item(), -1);
  EXPECT_EQ(one(0x0b, big(0xfffe, 2)).item(), -2);
  EXPECT_EQ(one(0x0b, big(0xfffe, 2)).dtype(), i32);
  EXPECT_EQ(one(0x0c, big(0x01020304, 4)).item(), 0x01020304);
  EXPECT_EQ(one(0x0d, big(0x3fc00000, 4)).item(), 1.5);
  EXPECT_EQ(one(0x0e, big(0xc004000000000000, 8)).item(), -2.5);
}

TEST(Idx, what_is_written_is_read) {
  TempFolder folder;
  for (DType t : {u8, i8, i32, f32, f64}) {
    const Tensor x = arange(0, 24, 1, t).reshape({2, 3, 4}).transpose(0, 2);
    save_idx(folder / "x", x);
    const Tensor y = load_idx(folder / "x");
    EXPECT_EQ(y.dtype(), t);
    EXPECT_EQ(y.shape(), (Shape{4, 3, 2}));
    EXPECT_EQ(y.to_vector<double>(), x.to_vector<double>());
  }
  EXPECT_THAT(refusal<DtypeError>([&] { save_idx(folder / "x", arange(3, i64)); }), HasSubstr("the tensor is i64"));
  EXPECT_THROW(save_idx(folder / "x", full({}, 1)), ShapeError);
}

TEST(Idx, an_axis_of_length_zero_gives_an_empty_tensor) {
  EXPECT_EQ(parse_idx(std::string("\0\0\x08\x02", 4) + big(0, 4) + big(28, 4)).shape(), (Shape{0, 28}));
}

TEST(Idx, every_prefix_of_a_file_is_refused) {
  for (const std::string& bytes : {small_idx(), gzip(small_idx())})
    for (size_t n = 0; n < bytes.size(); n++) EXPECT_THROW(parse_idx(bytes.substr(0, n)), FileError) << n;
}

TEST(Idx, says_name_offset_expected_and_found) {
  EXPECT_THAT(refusal([] { parse_idx(small_idx().substr(0, 20)); }),
              AllOf(HasSubstr("file.idx"), HasSubstr("at byte 16"), HasSubstr("expected 12 bytes for the axes [2, 2, 3]"), HasSubstr("found 4")));
  EXPECT_THAT(refusal([] { parse_idx(small_idx() + "x"); }),
              AllOf(HasSubstr("at byte 28"), HasSubstr("expected the end"), HasSubstr("1 more bytes")));
  EXPECT_THAT(refusal([] { parse_idx(""); }), HasSubstr("found an empty file"));
  EXPECT_THAT(refusal([] { parse_idx("\x89PNG\r\n\x1a\n"); }), HasSubstr("found a PNG image"));
  EXPECT_THAT(refusal([] { parse_idx("sepal,petal\n"); }), HasSubstr("found text starting 'sepa'"));
  EXPECT_THAT(refusal([] { load_idx("no/such/file"); }), HasSubstr("cannot open no/such/file"));
  EXPECT_THAT(refusal([] { load_idx("."); }), HasSubstr("directory"));
}

TEST(Idx, damage_within_packed_data_is_noticed) {
  std::string bytes = gzip(small_idx());
  bytes[bytes.size() - 6] ^= 1;  // the checksum
  EXPECT_THAT(refusal([&] { parse_idx(bytes); }), HasSubstr("incorrect data check"));
  EXPECT_THAT(refusal([] { parse_idx(gzip(small_idx()) + "tail"); }), HasSubstr("expected sound gzip data"));
}

TEST(Idx, a_header_that_claims_terabytes_allocates_nothing) {
  reset_peak_memory();
  const uint64_t before = memory_stats().peak;
  const std::string huge = std::string("\0\0\x0e\x03", 4) + big(0xffffffff, 4) + big(0xffff, 4) + big(0xff, 4);
  for (const std::string& bytes : {huge, gzip(huge)}) EXPECT_THROW(parse_idx(bytes), FileError);
  std::string overflow = std::string("\0\0\x0e\x08", 4), hidden = std::string("\0\0\x08\x08", 4) + big(0, 4);
  for (int i = 0; i < 8; i++) overflow += big(0xffffffff, 4);
  for (int i = 0; i < 7; i++) hidden += big(0xffffffff, 4);
  EXPECT_THAT(refusal([&] { parse_idx(overflow); }), HasSubstr("a size below 2^63 bytes"));
  EXPECT_THAT(refusal([&] { parse_idx(hidden); }), HasSubstr("a size below 2^63 bytes"));
  EXPECT_EQ(memory_stats().peak, before);
}

}  // namespace
}  // namespace cairn
