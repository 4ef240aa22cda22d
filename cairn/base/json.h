// JSON values: what metrics, manifests, safetensors headers and `--json` are made of. A small ordered value type; parsing is
// nlohmann-json's, behind this header so that only one file pays for it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cairn {

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;  // keeps the order of insertion; keys are unique

  Json() = default;  // null
  Json(std::nullptr_t) {}
  Json(bool v) : v_(v) {}
  Json(int v) : v_(int64_t{v}) {}
  Json(unsigned v) : v_(int64_t{v}) {}
  Json(long v) : v_(int64_t{v}) {}
  Json(long long v) : v_(int64_t{v}) {}
  Json(unsigned long v);  // above 2^63 - 1: kept as uint64
  Json(unsigned long long v) : Json(static_cast<unsigned long>(v)) {}
  Json(double v) : v_(v) {}
  Json(float v) : v_(double{v}) {}
  Json(const char* v) : v_(std::string(v)) {}
  Json(std::string v) : v_(std::move(v)) {}
  Json(std::string_view v) : v_(std::string(v)) {}
  Json(Array v) : v_(std::move(v)) {}
  Json(Object v) : v_(std::move(v)) {}
  static Json array() { return Json(Array{}); }
  static Json array(const std::vector<std::string>& texts) { return Json(Array(texts.begin(), texts.end())); }
  static Json object(std::initializer_list<Member> members = {}) { return Json(Object(members)); }

  bool is_null() const { return v_.index() == 0; }
  bool is_bool() const { return std::holds_alternative<bool>(v_); }
  bool is_int() const { return std::holds_alternative<int64_t>(v_) || std::holds_alternative<uint64_t>(v_); }
  bool is_number() const { return is_int() || std::holds_alternative<double>(v_); }
  bool is_string() const { return std::holds_alternative<std::string>(v_); }
  bool is_array() const { return std::holds_alternative<Array>(v_); }
  bool is_object() const { return std::holds_alternative<Object>(v_); }

  // Readers throw FileError ("expected a number, found a string") when the value is of another kind or does not fit.
  bool as_bool() const;
  int64_t as_int() const;
  uint64_t as_uint() const;
  double as_double() const;  // null reads as NaN, as we write it
  // Of a temporary the value itself, so that nothing dangles: for (const Json& j : Json::parse(text).as_array()).
  const std::string& as_string() const&;
  const Array& as_array() const&;
  Array& as_array() &;
  const Object& as_object() const&;
  Object& as_object() &;
  std::string as_string() &&;
  Array as_array() &&;
  Object as_object() &&;

  const Json* find(std::string_view key) const&;  // nullptr when absent or not an object
  const Json* find(std::string_view key) && = delete;
  const Json& at(std::string_view key) const&;  // FileError naming the key when absent
  Json at(std::string_view key) &&;
  Json& operator[](std::string_view key) &;  // inserts null when absent; makes an object of null
  void push_back(Json v);                    // makes an array of null
  size_t size() const;

  // One line, or indented by `indent` spaces. Doubles print so that they read back as the same bits; NaN and infinities as null.
  std::string dump(int indent = -1) const;
  // Throws FileError with byte offset: not UTF-8, duplicate keys, deeper than 64 levels, trailing text. `what` names the source.
  static Json parse(std::string_view text, std::string_view what = "JSON");

  bool operator==(const Json&) const = default;

  // Calls f with the value held: std::monostate for null, bool, int64_t, uint64_t, double, std::string, Array or Object.
  template <class F> decltype(auto) visit(F&& f) const { return std::visit(std::forward<F>(f), v_); }

 private:
  std::variant<std::monostate, bool, int64_t, uint64_t, double, std::string, Array, Object> v_;
};

}  // namespace cairn
