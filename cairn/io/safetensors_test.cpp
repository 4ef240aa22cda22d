#include <cairn/io/safetensors.h>

#include <cstdlib>

#include <tests/helpers/io_files.h>
#include <tests/helpers/process.h>
#include <tests/helpers/recording_disk.h>

namespace cairn {
namespace {

const std::string safetensors_golden = std::string(CAIRN_SOURCE_DIR) + "/tests/golden/io.safetensors";

std::string safetensors_file(const std::string& header, const std::string& values = "") { return little(header.size(), 8) + header + values; }
SafetensorsFile parse_safetensors(const std::string& bytes) { return SafetensorsFile(ByteSource("m.safetensors", bytes)); }
// One f32 tensor of two elements in its simplest form, with one part of the header replaced.
std::string info(const std::string& dtype = "\"F32\"", const std::string& shape = "[2]", const std::string& offsets = "[0,8]") {
  return "{\"w\":{\"dtype\":" + dtype + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}";
}
std::string refused(const std::string& header, size_t bytes = 8) {
  return refusal([&] { parse_safetensors(safetensors_file(header, std::string(bytes, '\0'))); });
}

TEST(Safetensors, two_lines_save_and_load) {
  TempFolder folder;
  const Tensor w = tensor({{1, 2}, {3, 4.5}});
  save(folder / "m.safetensors", {{"w", w}});
  auto t = load(folder / "m.safetensors");
  ASSERT_EQ(t.size(), 1u);
  EXPECT_EQ(t["w"].to_vector<float>(), w.to_vector<float>());
  EXPECT_EQ(t["w"].shape(), w.shape());
}

TEST(Safetensors, every_type_and_shape_comes_back_to_the_bit) {
  TempFolder folder;
  Tensors all;
  for (DType t : {f32, f64, bf16, f16, i8, u8, i32, i64}) {
    all[std::string("a ") + name_of(t)] = arange(0, 24, 1, t).reshape({2, 3, 4}).permute({2, 0, 1});
    all[std::string("empty ") + name_of(t)] = zeros({3, 0, 2}, t);
    all[std::string("scalar ") + name_of(t)] = full({}, 7, t);
  }
  all["flags"] = tensor({1, 0, 1}, boolean);
  save(folder / "m", all, {{"purpose", "test \"quoted\"\n"}});
  const Tensors back = load(folder / "m");
  ASSERT_EQ(back.size(), all.size());
  for (const auto& [name, x] : all) {
    EXPECT_EQ(back.at(name).dtype(), x.dtype()) << name;
    EXPECT_EQ(back.at(name).shape(), x.shape()) << name;
    EXPECT_EQ(back.at(name).to_vector<double>(), x.to_vector<double>()) << name;
  }
  EXPECT_EQ(SafetensorsFile(folder / "m").metadata().at("purpose"), "test \"quoted\"\n");
}

// By tools/check_safetensors.py. Needs a Python with safetensors and numpy: CAIRN_PYTHON names it (python3 otherwise).
TEST(Safetensors, the_reference_library_reads_what_we_wrote) {
  const char* named = std::getenv("CAIRN_PYTHON");
  const std::string python = named && *named ? named : "python3";
  TempFolder folder;
  Tensors all = {{"flags", tensor({1, 0, 1}, boolean)}, {"Gewicht \u00fc \u6f22", ones({2})}};
  std::vector<std::string> lines = {"flags: BOOL [3]", "Gewicht \u00fc \u6f22: F32 [2]"};
  const std::pair<DType, std::string> types[] = {{f32, "F32"}, {f64, "F64"}, {bf16, "BF16"}, {f16, "F16"},
                                                 {i8, "I8"},   {u8, "U8"},   {i32, "I32"},   {i64, "I64"}};
  for (const auto& [t, type] : types) {
    all[type + " turned"] = arange(0, 24, 1, t).reshape({2, 3, 4}).permute({2, 0, 1});
    all[type + " empty"] = zeros({3, 0, 2}, t);
    all[type + " scalar"] = full({}, 7, t);
    lines.insert(lines.end(), {type + " turned: " + type + " [4, 2, 3]", type + " empty: " + type + " [3, 0, 2]", type + " scalar: " + type + " []"});
  }
  save(folder / "m", all, {{"purpose", "test"}});
  save(folder / "none", {});
  const std::string script = CAIRN_SOURCE_DIR "/tools/check_safetensors.py";
  const ProcessOptions utf8 = {.environment = {{"PYTHONIOENCODING", "utf-8"}}};
  const ProcessResult good = run_process({"/usr/bin/env", python, script, folder / "m", folder / "none"}, utf8);
  if (good.code == 127 || good.out.starts_with("skipped"))
    GTEST_SKIP() << python << ": " << (good.code == 127 ? "is not here" : good.out) << " (CAIRN_PYTHON names another Python)";
  EXPECT_EQ(good.code, 0) << good.out << good.err;
  for (const std::string& line : lines) EXPECT_THAT(good.out, HasSubstr("  " + line + "\n"));
  EXPECT_THAT(good.out, AllOf(HasSubstr("26 tensors, metadata {'purpose': 'test'}"), HasSubstr("none: 0 tensors")));

  std::string bytes = read_file(folder / "m");
  bytes.pop_back();
  write_file(folder / "short", bytes);
  const ProcessResult bad = run_process({"/usr/bin/env", python, script, folder / "short"}, utf8);
  EXPECT_EQ(bad.code, 1) << bad.out << bad.err;
  EXPECT_THAT(bad.out, HasSubstr("refused"));
}

TEST(Safetensors, reads_what_the_reference_library_wrote) {
  const Tensors t = load(safetensors_golden);
  for (const char* name : {"f64", "f32", "f16", "bf16", "i64", "i32", "i8"}) {
    EXPECT_STREQ(name_of(t.at(name).dtype()), name);
    EXPECT_EQ(t.at(name).shape(), (Shape{3, 4}));
    EXPECT_EQ(t.at(name).to_vector<double>(), ramp(12)) << name;
  }
  EXPECT_EQ(t.at("u8").to_vector<int32_t>(), (std::vector<int32_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(t.at("bool").to_vector<int32_t>(), (std::vector<int32_t>{0, 1, 0}));
  EXPECT_EQ(t.at("scalar").item(), 0);
  EXPECT_EQ(t.at("empty").shape(), (Shape{0, 3}));
  EXPECT_EQ(t.at("a name with \u00fc and \"quotes\"").to_vector<double>(), ramp(6));
}

TEST(Safetensors, writes_the_bytes_that_the_reference_library_writes) {
  TempFolder folder;
  save(folder / "again", load(safetensors_golden), SafetensorsFile(safetensors_golden).metadata());
  EXPECT_EQ(read_file(folder / "again"), read_file(safetensors_golden));
}

TEST(Safetensors, values_stand_by_type_then_name_behind_a_padded_header) {
  TempFolder folder;
  save(folder / "m", {{"b", zeros({2})}, {"a", zeros({2})}, {"z", zeros({1}, f64)}, {"c", zeros({3}, u8)}});
  const std::string bytes = read_file(folder / "m");
  EXPECT_EQ(little64(bytes.data()) % 8, 0u);
  std::vector<std::string> order;
  const SafetensorsFile file(folder / "m");
  for (const auto& e : file.entries()) order.push_back(e.name);
  EXPECT_EQ(order, (std::vector<std::string>{"z", "a", "b", "c"}));
}

TEST(Safetensors, an_empty_file_of_no_tensors_is_a_file) {
  TempFolder folder;
  save(folder / "m", {});
  EXPECT_EQ(read_file(folder / "m"), safetensors_file("{}      "));
  EXPECT_TRUE(load(folder / "m").empty());
}

TEST(Safetensors, tensors_are_read_one_by_one) {
  SafetensorsFile file(safetensors_golden);
  EXPECT_TRUE(file.has("i8"));
  EXPECT_FALSE(file.has("i9"));
  EXPECT_EQ(file.entry("f32").type, "F32");
  EXPECT_EQ(file.entry("f32").shape, (std::vector<int64_t>{3, 4}));
  EXPECT_EQ(file.read("i32").to_vector<double>(), ramp(12));
  EXPECT_THAT(refusal([&] { file.read("scalr"); }), AllOf(HasSubstr("no tensor 'scalr'"), HasSubstr("scalar")));
}

TEST(Safetensors, white_space_before_and_behind_the_header_is_accepted) {
  EXPECT_EQ(parse_safetensors(safetensors_file("  " + info() + "   ", std::string(8, '\0'))).entries().size(), 1u);
}

TEST(Safetensors, what_is_broken_is_refused_with_the_reason) {
  EXPECT_THAT(refusal([] { parse_safetensors(""); }), AllOf(HasSubstr("m.safetensors"), HasSubstr("a file of 0 bytes")));
  EXPECT_THAT(refusal([] { parse_safetensors(little(100'000'001, 8)); }), AllOf(HasSubstr("at byte 0"), HasSubstr("100000001")));
  EXPECT_THAT(refusal([] { parse_safetensors(little(UINT64_MAX, 8) + "{}"); }), HasSubstr("at most 2"));
  EXPECT_THAT(refusal([] { parse_safetensors("PK\x03\x04 a PyTorch file of today"); }), AllOf(HasSubstr("a zip archive"), HasSubstr("pickles")));
  EXPECT_THAT(refused("[]", 0), HasSubstr("a JSON object"));
  EXPECT_THAT(refused("{\"w\"", 0), HasSubstr("header"));
  EXPECT_THAT(refused("{\"\xff\":1}", 0), HasSubstr("UTF-8"));
  EXPECT_THAT(refused(info().insert(info().size() - 1, "," + info().substr(1, info().size() - 2))), HasSubstr("w"));  // twice
  EXPECT_THAT(refused("{\"w\":1}"), HasSubstr("for 'w'"));
  EXPECT_THAT(refused("{\"w\":{\"dtype\":\"F32\",\"shape\":[2]}}"), HasSubstr("data_offsets"));
  EXPECT_THAT(refused(info("\"F33\"")), HasSubstr("'F33'"));
  EXPECT_THAT(refused(info("4")), HasSubstr("a string"));
  EXPECT_THAT(refused(info("\"F32\"", "[-2]")), HasSubstr("-2"));
  EXPECT_THAT(refused(info("\"F32\"", "[2.5]")), HasSubstr("2.5"));
  EXPECT_THAT(refused(info("\"F32\"", "[3]")), AllOf(HasSubstr("12 bytes"), HasSubstr("[0, 8]")));
  EXPECT_THAT(refused(info("\"F32\"", "[4611686018427387904,4]")), HasSubstr("below 2^63"));
  EXPECT_THAT(refused(info("\"F32\"", "[0,4611686018427387904,4]", "[0,0]"), 0), HasSubstr("below 2^63"));
  EXPECT_THAT(refused(info("\"F32\"", "[2]", "[8,0]")), HasSubstr("[8, 0]"));
  EXPECT_THAT(refused(info("\"F32\"", "[2]", "[0,4,8]")), HasSubstr("two data_offsets"));
  EXPECT_THAT(refused(info("\"F32\"", "[2]", "[8,16]"), 16), HasSubstr("begin at 0"));  // a hole in front
  EXPECT_THAT(refused(info(), 7), AllOf(HasSubstr("8 bytes of values"), HasSubstr("7"), HasSubstr("cut off")));
  EXPECT_THAT(refused(info(), 9), AllOf(HasSubstr("8 bytes of values"), HasSubstr("9")));
  EXPECT_THAT(refused("{\"__metadata__\":{\"a\":1}}", 0), HasSubstr("metadata 'a'"));
  EXPECT_THAT(refused("{\"__metadata__\":[]}", 0), HasSubstr("__metadata__"));
}

TEST(Safetensors, values_may_neither_overlap_nor_leave_holes) {
  const auto two = [](const std::string& a, const std::string& b, size_t bytes) {
    return refusal([&] {
      parse_safetensors(safetensors_file(
          "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":" + a + "},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":" + b + "}}",
          std::string(bytes, '\0')));
    });
  };
  EXPECT_THAT(two("[0,4]", "[3,7]", 7), HasSubstr("'b' to begin at 4"));
  EXPECT_THAT(two("[0,4]", "[5,9]", 9), HasSubstr("'b' to begin at 4"));
  EXPECT_THAT(two("[0,4]", "[0,4]", 4), HasSubstr("'b' to begin at 4"));
}

TEST(Safetensors, types_that_cairn_has_not_are_listed_and_not_read) {
  const std::string bytes = safetensors_file(
      "{\"a\":{\"dtype\":\"U16\",\"shape\":[1],\"data_offsets\":[0,2]},\"b\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[2,3]}}", "\1\2\3");
  SafetensorsFile file = parse_safetensors(bytes);
  EXPECT_EQ(file.read("b").item(), 3);
  EXPECT_THAT(refusal<UnsupportedError>([&] { file.read("a"); }), AllOf(HasSubstr("'a'"), HasSubstr("U16")));
  const std::string deep = safetensors_file("{\"a\":{\"dtype\":\"I8\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,1]}}", "\1");
  EXPECT_THAT(refusal<UnsupportedError>([&] { parse_safetensors(deep).read("a"); }), HasSubstr("9 axes"));
}

TEST(Safetensors, a_bool_that_is_neither_true_nor_false_is_damage) {
  const std::string bytes = safetensors_file("{\"a\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[0,2]}}", "\1\2");
  EXPECT_THAT(refusal([&] { parse_safetensors(bytes).read("a"); }), AllOf(HasSubstr("0 or 1"), HasSubstr("found 2")));
}

TEST(Safetensors, names_that_the_format_cannot_hold_are_refused) {
  TempFolder folder;
  EXPECT_THROW(save(folder / "m", {{"__metadata__", zeros({1})}}), ConfigError);
  EXPECT_THROW(save(folder / "m", {{"\xff", zeros({1})}}), ConfigError);
  EXPECT_THROW(save(folder / "m", {{"a", zeros({1})}}, {{"k", "\xff"}}), ConfigError);
  EXPECT_THROW(save(folder / "m", {{"a", Tensor()}}), StateError);
  EXPECT_FALSE(file_exists(folder / "m"));
}

TEST(Safetensors, a_write_that_fails_leaves_the_older_file) {
  TempFolder folder;
  save(folder / "m", {{"old", ones({3})}});
  for (size_t at = 1;; at++) {
    FaultyDisk faulty(at);
    bool threw = false;
    {
      UseDisk use(faulty);
      try {
        save(folder / "m", {{"new", zeros({100})}});
      } catch (const FileError&) { threw = true; }
    }
    if (!faulty.failed()) break;
    EXPECT_TRUE(threw) << at;
    const Tensors t = load(folder / "m");
    EXPECT_TRUE(t.count("old") || t.count("new")) << at;
  }
  EXPECT_EQ(load(folder / "m").count("new"), 1u);
}

}  // namespace
}  // namespace cairn
