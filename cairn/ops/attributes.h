// The attributes of a call: axis, eps, shape, ... On the hot path they are literals on the stack; only a trace copies them.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <cairn/tensor/tensor.h>

namespace cairn {

// One attribute as the caller writes it: {"axis", 1}, {"eps", 1e-5}, {"shape", x.shape()}, {"mode", "mean"}. Does not own its value.
struct Attr {
  enum Kind : uint8_t { integer, number, boolean, text, integers };
  const char* name;
  Kind kind;
  int count = 0;
  union {
    int64_t i;
    double d;
    bool b;
    const char* s;
    const int64_t* p;
  };

  Attr(const char* n, int v) : name(n), kind(integer), i(v) {}
  Attr(const char* n, int64_t v) : name(n), kind(integer), i(v) {}
  Attr(const char* n, uint64_t v) : name(n), kind(integer), i(int64_t(v)) {}
  Attr(const char* n, double v) : name(n), kind(number), d(v) {}
  Attr(const char* n, bool v) : name(n), kind(boolean), b(v) {}
  Attr(const char* n, const char* v) : name(n), kind(text), s(v) {}
  Attr(const char* n, DType v) : name(n), kind(text), s(name_of(v)) {}
  Attr(const char* n, const Shape& v) : name(n), kind(integers), count(v.rank()), p(v.begin()) {}
  Attr(const char* n, std::span<const int64_t> v) : name(n), kind(integers), count(int(v.size())), p(v.data()) {}
};

// Owned attributes: what a trace keeps and OpInfo::run reads. A missing or mistyped one is a StateError naming it.
class Attributes {
 public:
  struct Value {
    std::string name;
    Attr::Kind kind;
    int64_t i = 0;
    double d = 0;
    std::string s;
    std::vector<int64_t> p;
  };
  Attributes() = default;
  Attributes(std::initializer_list<Attr> list);
  explicit Attributes(std::span<const Attr> list);

  int64_t integer(std::string_view name) const;
  int axis(std::string_view name = "axis") const { return int(integer(name)); }
  double number(std::string_view name) const;  // an integer is taken as well
  bool boolean(std::string_view name) const;
  const std::string& text(std::string_view name) const;
  DType dtype(std::string_view name = "dtype") const { return dtype_named(text(name)); }
  Shape shape(std::string_view name = "shape") const { return Shape(integers(name)); }
  const std::vector<int64_t>& integers(std::string_view name) const;
  bool has(std::string_view name) const;
  const std::vector<Value>& values() const { return values_; }
  std::string str() const;  // "axis=1, eps=1e-05"

 private:
  const Value& get(std::string_view name) const;
  std::vector<Value> values_;
};

}  // namespace cairn
