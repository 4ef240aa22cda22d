#include <cairn/io/npy.h>

#include <cairn/io/zip.h>
#include <tests/helpers/io_files.h>

namespace cairn {
namespace {

const std::string golden_folder = std::string(CAIRN_SOURCE_DIR) + "/tests/golden/";

std::string npy_file(const std::string& header, const std::string& values, int version = 1) {
  return std::string("\x93NUMPY") + char(version) + '\0' + little(header.size(), version == 1 ? 2 : 4) + header + values;
}
std::string head(const std::string& descr, const std::string& shape, const std::string& order = "False") {
  return "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
}
Tensor parse_npy(const std::string& bytes) { return load_npy(ByteSource("a.npy", bytes)); }
Tensors parse_zip(const std::string& bytes) { return load_npz(ByteSource("a.npz", bytes)); }

TEST(Npy, what_is_written_is_read) {
  TempFolder folder;
  for (DType t : {f32, f64, f16, i8, u8, i32, i64}) {
    for (const Tensor& x : {arange(0, 6, 1, t).reshape({2, 3}).t(), zeros({0, 3}, t), full({}, 5, t), arange(0, 3, 1, t)}) {
      save_npy(folder / "x.npy", x);
      const Tensor y = load_npy(folder / "x.npy");
      EXPECT_EQ(y.dtype(), t);
      EXPECT_EQ(y.shape(), x.shape());
      EXPECT_EQ(y.to_vector<double>(), x.to_vector<double>());
    }
  }
  save_npy(folder / "b.npy", tensor({1, 0}, boolean));
  EXPECT_EQ(load_npy(folder / "b.npy").dtype(), boolean);
  EXPECT_THAT(refusal<DtypeError>([&] { save_npy(folder / "x.npy", zeros({2}, bf16)); }), HasSubstr("no bf16"));
}

TEST(Npy, the_values_begin_at_a_multiple_of_64_bytes) {
  TempFolder folder;
  save_npy(folder / "x.npy", zeros({7, 3}));
  EXPECT_EQ((read_file(folder / "x.npy").size() - 7 * 3 * 4) % 64, 0u);
}

TEST(Npy, reads_the_three_versions_and_both_byte_orders) {
  for (int version : {1, 2, 3}) EXPECT_EQ(parse_npy(npy_file(head("<i4", "(1,)"), little(77, 4), version)).item(), 77);
  EXPECT_EQ(parse_npy(npy_file(head(">i4", "(1,)"), big(77, 4))).item(), 77);
  EXPECT_EQ(parse_npy(npy_file("{\"shape\": (), 'descr': \"|u1\", 'fortran_order': False}", "\7")).item(), 7);
}

TEST(Npz, reads_what_numpy_wrote) {
  for (const char* name : {"io.npz", "io_packed.npz"}) {
    Tensors t = load_npz(golden_folder + name);
    ASSERT_EQ(t.size(), 13u);
    EXPECT_EQ(t["f4"].to_vector<double>(), ramp(6));
    EXPECT_EQ(t["f8_big"].to_vector<double>(), ramp(6));
    EXPECT_EQ(t["f8_big"].dtype(), f64);
    EXPECT_EQ(t["f2"].to_vector<double>(), ramp(4));
    EXPECT_EQ(t["i8"].to_vector<double>(), ramp(8));
    EXPECT_EQ(t["i4_fortran"].shape(), (Shape{2, 3, 4}));
    EXPECT_EQ(t["i4_fortran"].to_vector<double>(), ramp(24));
    EXPECT_EQ(t["i2"].to_vector<double>(), ramp(5));
    EXPECT_EQ(t["u2"].to_vector<double>(), (std::vector<double>{0, 65535}));
    EXPECT_EQ(t["u4_big"].to_vector<double>(), (std::vector<double>{0, 4294967295.0}));
    EXPECT_EQ(t["bool"].dtype(), boolean);
    EXPECT_EQ(t["scalar"].shape(), Shape{});
    EXPECT_EQ(t["empty"].shape(), (Shape{0, 3}));
  }
}

TEST(Npy, what_is_broken_is_refused_with_the_reason) {
  EXPECT_THAT(refusal([] { parse_npy(""); }), HasSubstr("an empty file"));
  EXPECT_THAT(refusal([] { parse_npy("\x80\x04 a pickle, which is code"); }), HasSubstr("a Python pickle"));
  EXPECT_THAT(refusal([] { parse_npy(npy_file(head("<f4", "(1,)"), "1234", 4)); }), AllOf(HasSubstr("at byte 6"), HasSubstr("4.0")));
  EXPECT_THAT(refusal([] { parse_npy(std::string("\x93NUMPY\2\0", 8) + little(0xffffffff, 4)); }),
              AllOf(HasSubstr("at most 10000"), HasSubstr("4294967295")));
  EXPECT_THAT(refusal([] { parse_npy(npy_file(head("|O", "(1,)"), "12345678")); }),
              AllOf(HasSubstr("Python objects"), HasSubstr("allow_pickle=False")));
  EXPECT_THAT(refusal([] { parse_npy(npy_file(head("<f4", "(2,)"), "1234")); }), AllOf(HasSubstr("expected 8 bytes"), HasSubstr("found 4")));
  EXPECT_THAT(refusal([] { parse_npy(npy_file(head("<f4", "(1,)"), "12345")); }), AllOf(HasSubstr("expected 4 bytes"), HasSubstr("found 5")));
  EXPECT_THAT(refusal([] { parse_npy(npy_file(head("<f8", "(4611686018427387904, 4)"), "")); }), HasSubstr("below 2^63"));
  EXPECT_THAT(refusal([] { parse_npy(npy_file(head("<f8", "(99999999999999999999,)"), "")); }), HasSubstr("the length of an axis"));
  EXPECT_THAT(refusal([] { parse_npy(npy_file(head("<f8", "(-1,)"), "")); }), HasSubstr("the length of an axis"));
  EXPECT_THAT(refusal([] { parse_npy(npy_file("{'descr': '<f4', 'shape': (1,)}", "1234")); }), HasSubstr("without one of them"));
  EXPECT_THAT(refusal([] { parse_npy(npy_file("{'descr': '<f4', 'descr': '<f4'}", "1234")); }), HasSubstr("once each"));
  EXPECT_THAT(refusal([] { parse_npy(npy_file(head("<f4", "(1,)", "Maybe"), "1234")); }), HasSubstr("True or False"));
  EXPECT_THAT(refusal([] { parse_npy(npy_file(head("<f4", "(1,)") + "more", "1234")); }), HasSubstr("the end of the header"));
  EXPECT_THAT(refusal([] { parse_npy(npy_file(head("|b1", "(1,)"), "\2")); }), HasSubstr("0 or 1"));
  EXPECT_THAT(refusal<UnsupportedError>([] { parse_npy(npy_file(head("<c8", "(1,)"), "12345678")); }), HasSubstr("'<c8'"));
  EXPECT_THAT(refusal<UnsupportedError>([] { parse_npy(npy_file("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}", "1234")); }),
              HasSubstr("records"));
  EXPECT_THAT(refusal<UnsupportedError>([] { parse_npy(npy_file(head("<f4", "(1, 1, 1, 1, 1, 1, 1, 1, 1)"), "1234")); }), HasSubstr("9 axes"));
}

TEST(Npy, every_prefix_of_a_file_is_refused) {
  const std::string bytes = npy_file(head("<i4", "(2, 1)"), "12345678");
  for (size_t n = 0; n < bytes.size(); n++) EXPECT_THROW(parse_npy(bytes.substr(0, n)), FileError) << n;
}

TEST(Npz, what_is_written_is_read_stored_and_packed) {
  TempFolder folder;
  const Tensors arrays = {{"x", arange(1000, f32)}, {"y", zeros({0})}, {"\u00fcber", tensor({1, 2}, i64)}};
  for (bool packed : {false, true}) {
    save_npz(folder / "a.npz", arrays, packed);
    const Tensors back = load_npz(folder / "a.npz");
    ASSERT_EQ(back.size(), 3u);
    for (const auto& [name, x] : arrays) EXPECT_EQ(back.at(name).to_vector<double>(), x.to_vector<double>()) << name;
  }
  save_npz(folder / "none.npz", {});
  EXPECT_TRUE(load_npz(folder / "none.npz").empty());
}

// An archive of one stored array, to damage.
std::string archive(const std::string& name = "x.npy", bool packed = false) {
  ZipWriter zip(packed);
  std::string bytes = zip.entry(name, npy_file(head("<i4", "(1,)"), little(77, 4)));
  return bytes + zip.end();
}

TEST(Npz, every_prefix_and_every_damaged_value_is_refused) {
  for (bool packed : {false, true}) {
    const std::string bytes = archive("x.npy", packed);
    EXPECT_EQ(parse_zip(bytes).at("x").item(), 77);
    for (size_t n = 0; n < bytes.size(); n++) EXPECT_THROW(parse_zip(bytes.substr(0, n)), FileError) << n;
  }
  std::string damaged = archive();
  damaged[damaged.find("descr")] = 'D';
  EXPECT_THAT(refusal([&] { parse_zip(damaged); }), HasSubstr("CRC-32"));
}

TEST(Npz, archives_that_lie_are_refused) {
  const std::string good = archive("x.npy", true);
  const size_t central = good.find("PK\1\2"), end = good.find("PK\5\6");
  const auto with = [&](size_t at, const std::string& bytes) {
    std::string s = good;
    return s.replace(at, bytes.size(), bytes);
  };
  EXPECT_THAT(refusal([&] { parse_zip(with(central + 24, little(1u << 30, 4))); }), HasSubstr("packed bytes can have"));  // a bomb
  EXPECT_THAT(refusal([&] { parse_zip(with(central + 24, little(10, 4))); }), HasSubstr("give 10 bytes"));
  EXPECT_THAT(refusal([&] { parse_zip(with(central + 42, little(1u << 30, 4))); }), HasSubstr("before the directory"));
  EXPECT_THAT(refusal([&] { parse_zip(with(central + 28, little(60000, 2))); }), HasSubstr("a name within the directory"));
  EXPECT_THAT(refusal([&] { parse_zip(with(end + 16, little(end, 4))); }), HasSubstr("a directory before"));
  EXPECT_THAT(refusal([&] { parse_zip(with(end + 10, little(9, 2))); }), HasSubstr("entry 2 of 9"));
  EXPECT_THAT(refusal<UnsupportedError>([&] { parse_zip(with(central + 8, little(1, 2))); }), HasSubstr("encrypted"));
  EXPECT_THAT(refusal<UnsupportedError>([&] { parse_zip(with(central + 10, little(12, 2))); }), HasSubstr("method 12"));
  EXPECT_THAT(refusal<UnsupportedError>([&] { parse_zip(with(central + 20, little(0xffffffff, 4))); }), HasSubstr("4 GiB"));
  EXPECT_THAT(refusal([&] { parse_zip(archive("x.txt")); }), HasSubstr("NAME.npy"));
  EXPECT_THAT(refusal([] { parse_zip("not a zip archive, by far"); }), HasSubstr("its directory at the end"));
}

TEST(Npz, two_entries_that_share_bytes_or_a_name_are_refused) {
  const std::string good = archive();
  const size_t central = good.find("PK\1\2"), end = good.find("PK\5\6");
  const std::string entry = good.substr(central, end - central);
  const auto twice = [&](std::string second) {
    std::string s = good.substr(0, end) + second + good.substr(end);
    const size_t e = end + second.size();
    s.replace(e + 10, 2, little(2, 2)).replace(e + 12, 4, little(2 * entry.size(), 4));
    return s;
  };
  EXPECT_THAT(refusal([&] { parse_zip(twice(entry)); }), HasSubstr("twice"));
  std::string other = entry;
  other[46] = 'y';
  EXPECT_THAT(refusal([&] { parse_zip(twice(other)); }), HasSubstr("overlap"));
}

TEST(Npy, a_device_is_no_file) {
  EXPECT_THAT(refusal([] { load_npy("/dev/null"); }),
              AllOf(HasSubstr("cannot read /dev/null: it is a device or a pipe, no regular file"), HasSubstr("Hint")));
}

}  // namespace
}  // namespace cairn
