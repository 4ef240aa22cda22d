// A struct describes its own options once, in one function, and everything else is derived from it: flags and --help, range
// errors, config.toml, the reference page, later the tuner's space and the studio's form.
//
//   struct Options {
//     double lr = 1e-3;  std::string optimizer = "adam";
//     void fields(Fields& f) {
//       f("lr", lr, "step size", above(0.0));
//       f("optimizer", optimizer, "how weights move", one_of({"sgd", "adam"}));
//     }
//   };
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <cairn/base/json.h>

namespace cairn {

struct Range {
  double low = -std::numeric_limits<double>::infinity(), high = std::numeric_limits<double>::infinity();
  bool low_open = false;                  // the low end itself is excluded
  std::vector<std::string> choices = {};  // for strings: the values allowed; empty = any
};
inline Range between(double low, double high) { return {low, high, false, {}}; }
inline Range at_least_value(double low) {
  Range r;
  r.low = low;
  return r;
}
inline Range above(double low) {
  Range r;
  r.low = low;
  r.low_open = true;
  return r;
}
inline Range one_of(std::vector<std::string> choices) {
  Range r;
  r.choices = std::move(choices);
  return r;
}

// One field: its name ("batch_size"), where its value lies, what it means, what it may be.
struct Field {
  std::string name;
  enum Kind { integer, number, boolean, text } kind;
  void* value;          // int64_t*, int*, double*, bool*, std::string*
  bool narrow = false;  // value is int*, not int64_t*
  std::string description;
  Range range;
};

class Fields {
 public:
  void operator()(std::string name, int& value, std::string description, Range range = {});
  void operator()(std::string name, int64_t& value, std::string description, Range range = {});
  void operator()(std::string name, double& value, std::string description, Range range = {});
  void operator()(std::string name, bool& value, std::string description);
  void operator()(std::string name, std::string& value, std::string description, Range range = {});
  template <class G> void group(G& g) { g.fields(*this); }

  const std::vector<Field>& list() const { return list_; }
  const Field* find(std::string_view name) const;  // accepts batch_size and batch-size

  // Sets one field from text; ConfigError when there is no such field (nearest match offered), the text is no such value ("abc" for
  // a number, "inf"), or it is outside the range (which, and the range). `where` names the source: "--lr" or "config.toml line 3".
  void set(std::string_view name, std::string_view text, std::string_view where);
  // The value as text that set() reads back to the same bits.
  static std::string get(const Field& field);
  static std::string flag(const Field& field);        // "--batch-size"
  static std::string range_text(const Field& field);  // "above 0", "1 to 65536", "sgd|adam"

  Json to_json() const;         // {"lr": 0.001, ...}
  std::string to_toml() const;  // with the descriptions as comments
  // Unknown keys, wrong types, ranges: ConfigError with line. The names of the fields that the text has; the others stay as they were.
  std::vector<std::string> from_toml(std::string_view text, std::string_view path);

 private:
  void add(Field field);  // StateError when the name is taken
  std::vector<Field> list_;
};

template <class S> Fields fields_of(S& s) {
  Fields f;
  s.fields(f);
  return f;
}

}  // namespace cairn
