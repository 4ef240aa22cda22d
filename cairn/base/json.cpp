#include <cairn/base/json.h>

#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <unordered_set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>  // its parser only; the values are ours

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {
namespace {

// A kind as messages name it, in the order of the variant.
const char* kind_name(size_t index) {
  static const char* const names[] = {"null", "true or false", "a whole number", "a whole number", "a number", "a string", "an array", "an object"};
  return names[index];
}

[[noreturn]] void expected(const char* what, size_t found) { throw FileError(fmt::format("JSON: expected {}, found {}", what, kind_name(found))); }

}  // namespace

Json::Json(unsigned long v) {
  if (v <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) v_ = static_cast<int64_t>(v);
  else v_ = uint64_t{v};
}

bool Json::as_bool() const {
  if (auto v = std::get_if<bool>(&v_)) return *v;
  expected("true or false", v_.index());
}

int64_t Json::as_int() const {
  if (auto v = std::get_if<int64_t>(&v_)) return *v;
  if (auto v = std::get_if<uint64_t>(&v_)) throw FileError(fmt::format("JSON: {} does not fit a signed 64-bit number", *v));
  if (auto v = std::get_if<double>(&v_)) throw FileError(fmt::format("JSON: expected a whole number, found {}", *v));
  expected("a whole number", v_.index());
}

uint64_t Json::as_uint() const {
  if (auto v = std::get_if<uint64_t>(&v_)) return *v;
  int64_t v = as_int();
  if (v < 0) throw FileError(fmt::format("JSON: expected a number of at least 0, found {}", v));
  return static_cast<uint64_t>(v);
}

double Json::as_double() const {
  if (auto v = std::get_if<double>(&v_)) return *v;
  if (auto v = std::get_if<int64_t>(&v_)) return static_cast<double>(*v);
  if (auto v = std::get_if<uint64_t>(&v_)) return static_cast<double>(*v);
  if (is_null()) return std::numeric_limits<double>::quiet_NaN();
  expected("a number", v_.index());
}

const std::string& Json::as_string() const& {
  if (auto v = std::get_if<std::string>(&v_)) return *v;
  expected("a string", v_.index());
}

const Json::Array& Json::as_array() const& {
  if (auto v = std::get_if<Array>(&v_)) return *v;
  expected("an array", v_.index());
}

const Json::Object& Json::as_object() const& {
  if (auto v = std::get_if<Object>(&v_)) return *v;
  expected("an object", v_.index());
}

Json::Array& Json::as_array() & { return const_cast<Array&>(std::as_const(*this).as_array()); }
Json::Object& Json::as_object() & { return const_cast<Object&>(std::as_const(*this).as_object()); }
std::string Json::as_string() && { return const_cast<std::string&&>(std::as_const(*this).as_string()); }
Json::Array Json::as_array() && { return std::move(this->as_array()); }
Json::Object Json::as_object() && { return std::move(this->as_object()); }
Json Json::at(std::string_view key) && { return const_cast<Json&&>(std::as_const(*this).at(key)); }

const Json* Json::find(std::string_view key) const& {
  if (auto members = std::get_if<Object>(&v_))
    for (const auto& [name, value] : *members)
      if (name == key) return &value;
  return nullptr;
}

const Json& Json::at(std::string_view key) const& {
  as_object();
  if (const Json* value = find(key)) return *value;
  throw FileError(fmt::format("JSON: the key '{}' is missing", printable(key)));
}

Json& Json::operator[](std::string_view key) & {
  if (is_null()) v_ = Object{};
  Object& members = as_object();
  if (const Json* value = find(key)) return const_cast<Json&>(*value);
  return members.emplace_back(std::string(key), Json()).second;
}

void Json::push_back(Json v) {
  if (is_null()) v_ = Array{};
  as_array().push_back(std::move(v));
}

size_t Json::size() const {
  if (auto v = std::get_if<Object>(&v_)) return v->size();
  return as_array().size();
}

namespace {

// What is written must be readable: bytes that are no UTF-8 (a file name may hold them) become U+FFFD.
void write_string(std::string& out, std::string_view text) {
  bool clean = valid_utf8(text);
  out += '"';
  for (size_t i = 0; i < text.size();) {
    auto c = static_cast<unsigned char>(text[i]);
    size_t bytes = 1;
    if (c == '"') out += "\\\"";
    else if (c == '\\') out += "\\\\";
    else if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else if (c == '\t') out += "\\t";
    else if (c < 0x20) out += fmt::format("\\u{:04x}", c);
    else if (c < 0x80 || clean) out += text[i];
    else {
      for (bytes = 2; bytes <= 4 && !valid_utf8(text.substr(i, bytes)); bytes++) {}
      if (bytes > 4) bytes = 1, out += "\xEF\xBF\xBD";
      else out += text.substr(i, bytes);
    }
    i += bytes;
  }
  out += '"';
}

void write_double(std::string& out, double v) {
  if (!std::isfinite(v)) {
    out += "null";
    return;
  }
  char text[32];
  std::string_view shortest(text, static_cast<size_t>(std::to_chars(text, text + sizeof(text), v).ptr - text));
  out += shortest;
  if (shortest.find_first_of(".e") == std::string_view::npos) out += ".0";  // else it would come back as a whole number
}

void new_line(std::string& out, int indent, int depth) {
  if (indent >= 0) out.append(1, '\n').append(static_cast<size_t>(indent) * static_cast<size_t>(depth), ' ');
}

struct Writer {
  std::string& out;
  int indent, depth = 0;

  void operator()(std::monostate) { out += "null"; }
  void operator()(bool v) { out += v ? "true" : "false"; }
  void operator()(int64_t v) { out += std::to_string(v); }
  void operator()(uint64_t v) { out += std::to_string(v); }
  void operator()(double v) { write_double(out, v); }
  void operator()(const std::string& v) { write_string(out, v); }
  void operator()(const Json::Array& v) {
    list('[', ']', v, [&](const Json& item) { item.visit(*this); });
  }
  void operator()(const Json::Object& v) {
    list('{', '}', v, [&](const Json::Member& member) {
      write_string(out, member.first);
      out += indent >= 0 ? ": " : ":";
      member.second.visit(*this);
    });
  }

  template <class Items, class Each> void list(char open, char close, const Items& items, Each each) {
    out += open;
    depth++;
    for (size_t i = 0; i < items.size(); i++) {
      if (i) out += ',';
      new_line(out, indent, depth);
      each(items[i]);
    }
    depth--;
    if (!items.empty()) new_line(out, indent, depth);
    out += close;
  }
};

}  // namespace

std::string Json::dump(int indent) const {
  std::string out;
  visit(Writer{out, indent});
  return out;
}

namespace {

constexpr size_t deepest = 64;

// Where nlohmann's lexer stands: it asks an iterator for bytes, and this one tells us how many it took.
struct Cursor {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;
  const char* at;
  const char** seen;
  reference operator*() const { return *at; }
  Cursor& operator++() {
    *seen = ++at;
    return *this;
  }
  bool operator==(const Cursor& other) const { return at == other.at; }
  bool operator!=(const Cursor& other) const { return at != other.at; }
};

// Receives nlohmann's events. Returning false ends the parse; `problem` then says why.
class Builder {
 public:
  Builder(const char* begin, const char** seen) : begin_(begin), seen_(seen) {}

  bool null() { return add({}); }
  bool boolean(bool v) { return add(v); }
  bool number_integer(int64_t v) { return add(v); }
  bool number_unsigned(uint64_t v) { return add(v); }
  bool number_float(double v, const std::string&) { return add(v); }
  bool string(std::string& v) { return add(std::move(v)); }
  bool binary(std::vector<uint8_t>&) { return stop("binary data"); }
  bool start_array(size_t) { return open(Json::array()); }
  bool start_object(size_t) { return open(Json::object()); }
  bool end_array() { return close(); }
  bool end_object() { return close(); }

  bool key(std::string& name) {
    Level& level = open_.back();
    if (!level.keys.insert(name).second) return stop("the key '" + printable(name) + "' appears twice");
    level.key = std::move(name);
    return true;
  }

  // The exception's text is "[json.exception...] parse error at line 1, column 5: what"; the place is ours to say.
  bool parse_error(size_t, const std::string&, const std::exception& e) {
    std::string_view text = e.what();
    if (size_t column = text.find(", column "); column != text.npos) text.remove_prefix(text.find(": ", column) + 2);
    else if (size_t bracket = text.find("] "); bracket != text.npos) text.remove_prefix(bracket + 2);
    return stop(printable(text, 200));
  }

  Json root;
  std::string problem;
  size_t offset = 0;

 private:
  struct Level {
    Json value;
    std::string key;                         // of the member that is being read
    std::unordered_set<std::string> keys{};  // a search through the members would take quadratic time on a hostile file
  };

  bool stop(std::string why) {
    problem = std::move(why);
    offset = static_cast<size_t>(*seen_ - begin_);
    return false;
  }
  bool open(Json empty) {
    if (open_.size() == deepest) return stop(fmt::format("nested deeper than {} levels", deepest));
    open_.push_back({std::move(empty), {}});
    return true;
  }
  bool close() {
    Json done = std::move(open_.back().value);
    open_.pop_back();
    return add(std::move(done));
  }
  bool add(Json v) {
    if (open_.empty()) root = std::move(v);
    else if (Level& level = open_.back(); level.value.is_array()) level.value.push_back(std::move(v));
    else level.value.as_object().emplace_back(std::move(level.key), std::move(v));
    return true;
  }

  const char* begin_;
  const char** seen_;
  std::vector<Level> open_;
};

}  // namespace

Json Json::parse(std::string_view text, std::string_view what) {
  // The lexer takes a zero byte for the end of its input and would let anything follow it.
  if (size_t zero = text.find('\0'); zero != text.npos) throw FileError(fmt::format("{}: not valid JSON at byte {}: a zero byte", what, zero));
  const char *begin = text.data(), *seen = begin;
  Builder builder(begin, &seen);
  if (!nlohmann::json::sax_parse(Cursor{begin, &seen}, Cursor{begin + text.size(), &seen}, &builder))
    throw FileError(fmt::format("{}: not valid JSON at byte {}: {}", what, builder.offset, builder.problem));
  return std::move(builder.root);
}

}  // namespace cairn
