#include <cairn/ops/attributes.h>

#include <sstream>

#include <cairn/base/errors.h>

namespace cairn {

Attributes::Attributes(std::initializer_list<Attr> list) : Attributes(std::span<const Attr>(list.begin(), list.size())) {}

Attributes::Attributes(std::span<const Attr> list) {
  for (const Attr& a : list) {
    Value v{a.name, a.kind, 0, 0, {}, {}};
    switch (a.kind) {
      case Attr::integer: v.i = a.i; break;
      case Attr::number: v.d = a.d; break;
      case Attr::boolean: v.i = a.b; break;
      case Attr::text: v.s = a.s; break;
      case Attr::integers: v.p.assign(a.p, a.p + a.count); break;
    }
    values_.push_back(std::move(v));
  }
}

bool Attributes::has(std::string_view name) const {
  for (const Value& v : values_)
    if (v.name == name) return true;
  return false;
}

const Attributes::Value& Attributes::get(std::string_view name) const {
  for (const Value& v : values_)
    if (v.name == name) return v;
  throw StateError("the call has no attribute '" + std::string(name) + "' (it has: " + str() + ").");
}

namespace {
[[noreturn]] void wrong_kind(const Attributes::Value& v, const char* wanted) {
  throw StateError("the attribute '" + v.name + "' is not " + wanted + ".");
}
}  // namespace

int64_t Attributes::integer(std::string_view name) const {
  const Value& v = get(name);
  if (v.kind != Attr::integer) wrong_kind(v, "a whole number");
  return v.i;
}
double Attributes::number(std::string_view name) const {
  const Value& v = get(name);
  if (v.kind == Attr::integer) return double(v.i);
  if (v.kind != Attr::number) wrong_kind(v, "a number");
  return v.d;
}
bool Attributes::boolean(std::string_view name) const {
  const Value& v = get(name);
  if (v.kind != Attr::boolean) wrong_kind(v, "true or false");
  return v.i != 0;
}
const std::string& Attributes::text(std::string_view name) const {
  const Value& v = get(name);
  if (v.kind != Attr::text) wrong_kind(v, "text");
  return v.s;
}
const std::vector<int64_t>& Attributes::integers(std::string_view name) const {
  const Value& v = get(name);
  if (v.kind != Attr::integers) wrong_kind(v, "a list of whole numbers");
  return v.p;
}

std::string Attributes::str() const {
  std::ostringstream out;
  const char* separator = "";
  for (const Value& v : values_) {
    out << separator << v.name << "=";
    separator = ", ";
    switch (v.kind) {
      case Attr::integer: out << v.i; break;
      case Attr::number: out << v.d; break;
      case Attr::boolean: out << (v.i ? "true" : "false"); break;
      case Attr::text: out << v.s; break;
      case Attr::integers:
        out << '[';
        for (size_t i = 0; i < v.p.size(); i++) out << (i ? ", " : "") << v.p[i];
        out << ']';
        break;
    }
  }
  return out.str();
}

}  // namespace cairn
