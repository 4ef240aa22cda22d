#include <cairn/base/json.h>

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include <cairn/base/errors.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

std::string why(std::string_view text) {
  try {
    Json::parse(text, "m.json");
  } catch (const FileError& e) { return e.what(); }
  return "";
}

TEST(Json, reads_every_kind_of_value_in_its_order) {
  Json v = Json::parse(R"({"b": [1, -2, 2.5, "x", true, null], "a": {}})");
  EXPECT_EQ(v.dump(), R"({"b":[1,-2,2.5,"x",true,null],"a":{}})");
  EXPECT_EQ(v.at("b").as_array()[1].as_int(), -2);
  EXPECT_TRUE(v.at("b").as_array()[5].is_null());
  EXPECT_EQ(v.size(), 2u);
}

TEST(Json, builds_objects_and_arrays_from_null) {
  Json v;
  v["name"] = "run";
  v["steps"].push_back(1);
  v["steps"].push_back(2.0);
  v["name"] = "other";
  EXPECT_EQ(v.dump(), R"({"name":"other","steps":[1,2.0]})");
  EXPECT_EQ(Json::object({{"x", 1}, {"y", nullptr}}).dump(), R"({"x":1,"y":null})");
  EXPECT_EQ(Json::array().dump(), "[]");
}

TEST(Json, indents_when_asked) {
  Json v = Json::parse(R"({"a":[1,2],"b":{},"c":[]})");
  EXPECT_EQ(v.dump(2), "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {},\n  \"c\": []\n}");
  EXPECT_EQ(Json::parse(v.dump(2)), v);
}

TEST(Json, keeps_whole_numbers_of_64_bits_signed_and_unsigned) {
  for (const char* text : {"0", "-9223372036854775808", "9223372036854775807", "9223372036854775808", "18446744073709551615"})
    EXPECT_EQ(Json::parse(text).dump(), text);
  EXPECT_EQ(Json(std::numeric_limits<uint64_t>::max()).as_uint(), std::numeric_limits<uint64_t>::max());
  EXPECT_EQ(Json(5ul), Json(5));
  EXPECT_EQ(Json(5ull), Json(5));
  EXPECT_FALSE(Json::parse("18446744073709551616").is_int());
  EXPECT_EQ(Json::parse("18446744073709551616").as_double(), 18446744073709551616.0);
}

TEST(Json, doubles_come_back_as_doubles_with_the_same_bits) {
  for (double d : {0.0, -0.0, 1.0, 0.1, 1e20, 1e-300, 5e-324, 1.7976931348623157e308, -2.5, 123456789012345680.0, 0.1 + 0.2}) {
    Json back = Json::parse(Json(d).dump());
    EXPECT_TRUE(back.is_number() && !back.is_int()) << Json(d).dump();
    double b = back.as_double();
    EXPECT_EQ(std::memcmp(&b, &d, sizeof d), 0) << Json(d).dump();
  }
  EXPECT_EQ(Json(1.0).dump(), "1.0");
  EXPECT_EQ(Json(0.1).dump(), "0.1");
}

TEST(Json, not_a_number_and_infinity_are_written_as_null_and_read_as_not_a_number) {
  EXPECT_EQ(Json(NAN).dump(), "null");
  EXPECT_EQ(Json(-INFINITY).dump(), "null");
  EXPECT_TRUE(std::isnan(Json::parse("null").as_double()));
}

TEST(Json, strings_survive_whatever_they_hold) {
  static const char bytes[] = "\"\\/\b\f\n\r\t\0\x01\x1f\x7f Gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80";
  std::string all(bytes, sizeof bytes - 1);
  EXPECT_EQ(Json::parse(Json(all).dump()).as_string(), all);
  EXPECT_EQ(Json::parse(R"("\u00fc\ud83d\ude00\u0000")").as_string(), std::string("\xC3\xBC\xF0\x9F\x98\x80\0", 7));
}

TEST(Json, bytes_that_are_no_text_are_written_as_replacement_characters) {
  EXPECT_EQ(Json("a\xFF\xC3\xBC\xE2\x82").dump(), "\"a\xEF\xBF\xBD\xC3\xBC\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(JsonErrors, name_the_source_the_byte_and_the_reason) {
  EXPECT_EQ(why("{\"a\": 1,}").substr(0, 32), "m.json: not valid JSON at byte 9");
  EXPECT_NE(why("[1, 2").find("at byte 5: syntax error"), std::string::npos) << why("[1, 2");
  EXPECT_EQ(why("{\"a\":1,\"a\":2}"), "m.json: not valid JSON at byte 10: the key 'a' appears twice");
}

TEST(JsonErrors, nothing_but_one_value_of_the_grammar_is_taken) {
  for (const char* bad : {"",   " ",   "1 2",      "{} x",  "[1,]", "{\"a\" 1}", "{a: 1}",    "'a'",         "tru",     "01",   "1.",  ".5",
                          "+1", "NaN", "Infinity", "1e999", "\"a",  "\"\t\"",    "\"\\x41\"", "\"\\ud83d\"", "// c\n1", "[1]]", "\x01"})
    EXPECT_NE(why(bad), "") << bad;
  for (std::string_view zero : {std::string_view("1\0", 2), std::string_view("1\0 2", 4), std::string_view("\"\0\"", 3)})
    EXPECT_NE(why(zero).find("not valid JSON at byte 1: "), std::string::npos) << why(zero);
}

TEST(JsonErrors, text_that_is_not_utf8_is_rejected) {
  for (const char* bad : {"\"\xFF\"", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "{\"\xC3\": 1}"}) EXPECT_NE(why(bad), "");
}

TEST(JsonErrors, sixty_four_levels_are_the_limit) {
  EXPECT_EQ(why(std::string(64, '[') + std::string(64, ']')), "");
  EXPECT_EQ(why(std::string(65, '[') + std::string(65, ']')), "m.json: not valid JSON at byte 65: nested deeper than 64 levels");
  EXPECT_NE(why(std::string(1000000, '[')), "");
}

TEST(JsonErrors, duplicate_keys_are_found_in_a_huge_object_in_good_time) {
  std::string text = "{";
  for (int i = 0; i < 200000; i++) text += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_NE(why(text + "\"k77\":0}").find("the key 'k77' appears twice"), std::string::npos);
  EXPECT_EQ(why("[{\"a\":1},{\"a\":2},{\"b\":{\"a\":1},\"a\":1}]"), "");
}

TEST(JsonReaders, say_what_they_expected_and_what_they_found) {
  const Json v = Json::parse(R"({"s": "x", "d": 1.5, "big": 18446744073709551615, "neg": -1})");
  EXPECT_EQ(message_of<FileError>([&] { v.at("s").as_int(); }), "JSON: expected a whole number, found a string");
  EXPECT_EQ(message_of<FileError>([&] { v.at("s").as_double(); }), "JSON: expected a number, found a string");
  EXPECT_EQ(message_of<FileError>([&] { v.at("d").as_int(); }), "JSON: expected a whole number, found 1.5");
  EXPECT_EQ(message_of<FileError>([&] { v.at("big").as_int(); }), "JSON: 18446744073709551615 does not fit a signed 64-bit number");
  EXPECT_EQ(message_of<FileError>([&] { v.at("neg").as_uint(); }), "JSON: expected a number of at least 0, found -1");
  EXPECT_EQ(message_of<FileError>([&] { v.as_array(); }), "JSON: expected an array, found an object");
  EXPECT_EQ(message_of<FileError>([&] { v.at("s").as_bool(); }), "JSON: expected true or false, found a string");
  EXPECT_EQ(message_of<FileError>([&] { v.at("d").as_string(); }), "JSON: expected a string, found a number");
  EXPECT_EQ(message_of<FileError>([&] { v.at("missing"); }), "JSON: the key 'missing' is missing");
  EXPECT_EQ(message_of<FileError>([&] { v.at("s").at("x"); }), "JSON: expected an object, found a string");
  EXPECT_EQ(message_of<FileError>([&] { Json(1).push_back(2); }), "JSON: expected an array, found a whole number");
  Json one = 1;
  EXPECT_EQ(message_of<FileError>([&] { one["x"]; }), "JSON: expected an object, found a whole number");
  EXPECT_EQ(v.find("missing"), nullptr);
  const Json number = 1;
  EXPECT_EQ(number.find("x"), nullptr);
}

TEST(Json, a_temporary_gives_its_values_away_instead_of_references_to_them) {
  std::string all;
  for (const Json& j : Json::parse(R"(["one that is too long for the small string", "two"])").as_array()) all += j.as_string() + ";";
  EXPECT_EQ(all, "one that is too long for the small string;two;");
  const Json::Object members = Json::parse(R"({"a": [1, 2]})").as_object();
  EXPECT_EQ(members.at(0).second.size(), 2u);
  const Json inner = Json::parse(R"({"a": {"b": "deep"}})").at("a");
  EXPECT_EQ(inner.at("b").as_string(), "deep");
  static_assert(!std::is_reference_v<decltype(std::declval<Json>().as_array())> && !std::is_reference_v<decltype(std::declval<Json>().at(""))>);
  EXPECT_THROW(Json::parse("3").as_array(), FileError);
  EXPECT_THROW(Json::parse("3").at("a"), FileError);
}

}  // namespace
}  // namespace cairn
