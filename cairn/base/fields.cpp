#include <cairn/base/fields.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <variant>

#include <fmt/format.h>
#include <toml++/toml.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {
namespace {

std::string shortest(double v) {
  char text[32];
  return std::string(text, std::to_chars(text, text + sizeof(text), v).ptr);
}

std::string dashed(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

bool same_name(std::string_view a, std::string_view b) { return dashed(a) == dashed(b); }

// "--lr" when the source is the flag itself, "config.toml line 3: lr" when it is a place.
std::string subject(const std::string& name, std::string_view where) {
  if (where.starts_with("--")) return std::string(where);
  return where.empty() ? name : fmt::format("{}: {}", where, name);
}

[[noreturn]] void unknown(const std::vector<Field>& list, std::string_view name, std::string_view where) {
  bool flag = where.starts_with("--");
  std::vector<std::string> names;
  for (const auto& field : list) names.push_back(flag ? Fields::flag(field) : field.name);
  if (flag) throw ConfigError(fmt::format("unknown option '{}'.{}", printable(where), did_you_mean(where, names)));
  throw ConfigError(fmt::format("{}{}unknown option '{}'.{}", where, where.empty() ? "" : ": ", printable(name), did_you_mean(name, names)));
}

// A value that has been read and not yet stored.
using Value = std::variant<int64_t, double, bool, std::string>;

// "between 1 and 10", "above 0", "at least 1", "one of sgd, adam"; empty when anything goes.
std::string demand(const Range& r) {
  bool low = std::isfinite(r.low), high = std::isfinite(r.high);
  if (!r.choices.empty()) return "one of " + join(r.choices, ", ");
  if (low && r.low_open) return "above " + shortest(r.low) + (high ? " and at most " + shortest(r.high) : "");
  if (low && high) return "between " + shortest(r.low) + " and " + shortest(r.high);
  if (low) return "at least " + shortest(r.low);
  return high ? "at most " + shortest(r.high) : "";
}

bool within(double v, const Range& r) { return (r.low_open ? v > r.low : v >= r.low) && v <= r.high; }

void check_range(const Field& field, const Value& value, const std::string& who) {
  std::string got, near;
  if (auto v = std::get_if<int64_t>(&value)) {
    if (within(static_cast<double>(*v), field.range)) {
      if (!field.narrow || *v == static_cast<int>(*v)) return;
      throw ConfigError(fmt::format("{} must be between {} and {}, got {}", who, std::numeric_limits<int>::min(), std::numeric_limits<int>::max(), *v));
    }
    got = std::to_string(*v);
  } else if (auto v = std::get_if<double>(&value)) {
    if (!std::isfinite(*v)) throw ConfigError(fmt::format("{} must be a finite number, got {}", who, shortest(*v)));
    if (within(*v, field.range)) return;
    got = shortest(*v);
  } else if (auto v = std::get_if<std::string>(&value)) {
    const auto& choices = field.range.choices;
    if (!valid_utf8(*v)) throw ConfigError(fmt::format("{} must be UTF-8 text, got '{}'", who, printable(*v)));
    if (choices.empty() || std::find(choices.begin(), choices.end(), *v) != choices.end()) return;
    got = "'" + printable(*v) + "'";
    near = nearest(*v, choices);
  } else {
    return;
  }
  throw ConfigError(fmt::format("{} must be {}, got {}{}", who, demand(field.range), got, near.empty() ? "" : ". Did you mean '" + near + "'?"));
}

void store(const Field& field, const Value& value) {
  switch (field.kind) {
    case Field::integer:
      if (field.narrow) *static_cast<int*>(field.value) = static_cast<int>(std::get<int64_t>(value));
      else *static_cast<int64_t*>(field.value) = std::get<int64_t>(value);
      break;
    case Field::number: *static_cast<double*>(field.value) = std::get<double>(value); break;
    case Field::boolean: *static_cast<bool*>(field.value) = std::get<bool>(value); break;
    case Field::text: *static_cast<std::string*>(field.value) = std::get<std::string>(value); break;
  }
}

int64_t stored_integer(const Field& f) { return f.narrow ? *static_cast<const int*>(f.value) : *static_cast<const int64_t*>(f.value); }

Value from_text(const Field& field, std::string_view text, const std::string& who) {
  std::string got = printable(text);
  switch (field.kind) {
    case Field::integer: {
      int64_t v = 0;
      if (parse_int(text, v)) return v;
      bool digits = text.find_first_not_of("+-0123456789") == text.npos && text.find_first_of("0123456789") != text.npos;
      if (digits && text.size() > 18) throw ConfigError(fmt::format("{} must fit 64 bits, got {}", who, got));
      throw ConfigError(fmt::format("{} must be a whole number, got '{}'", who, got));
    }
    case Field::number: {
      double v = 0;
      if (parse_double(text, v)) return v;
      throw ConfigError(fmt::format("{} must be a number, got '{}'", who, got));
    }
    case Field::boolean:
      if (text == "true" || text == "yes" || text == "1") return true;
      if (text == "false" || text == "no" || text == "0") return false;
      throw ConfigError(fmt::format("{} must be true or false, got '{}'", who, got));
    case Field::text: break;
  }
  return std::string(text);
}

Value from_node(const Field& field, const toml::node& node, const std::string& who) {
  switch (field.kind) {
    case Field::integer:
      if (auto v = node.as_integer()) return v->get();
      if (auto v = node.as_floating_point()) throw ConfigError(fmt::format("{} must be a whole number, got {}", who, shortest(v->get())));
      throw ConfigError(who + " must be a whole number");
    case Field::number:
      if (auto v = node.as_floating_point()) return v->get();
      if (auto v = node.as_integer()) return static_cast<double>(v->get());
      throw ConfigError(who + " must be a number");
    case Field::boolean:
      if (auto v = node.as_boolean()) return v->get();
      throw ConfigError(who + " must be true or false");
    case Field::text: break;
  }
  if (auto v = node.as_string()) return v->get();
  throw ConfigError(who + " must be text in quotes");
}

std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out.append(1, '\\').append(1, c);
    else if (byte < 0x20 || byte == 0x7F) out += fmt::format("\\u{:04X}", byte);
    else out += c;
  }
  return out + '"';
}

std::string toml_value(const Field& field) {
  std::string text = Fields::get(field);
  if (field.kind == Field::text) return toml_string(text);
  if (field.kind == Field::number && text.find_first_of(".en") == text.npos) text += ".0";   // TOML tells 1 from 1.0
  return text;
}

}  // namespace

void Fields::operator()(std::string name, int& value, std::string description, Range range) {
  add({std::move(name), Field::integer, &value, true, std::move(description), std::move(range)});
}
void Fields::operator()(std::string name, int64_t& value, std::string description, Range range) {
  add({std::move(name), Field::integer, &value, false, std::move(description), std::move(range)});
}
void Fields::operator()(std::string name, double& value, std::string description, Range range) {
  add({std::move(name), Field::number, &value, false, std::move(description), std::move(range)});
}
void Fields::operator()(std::string name, bool& value, std::string description) {
  add({std::move(name), Field::boolean, &value, false, std::move(description), {}});
}
void Fields::operator()(std::string name, std::string& value, std::string description, Range range) {
  add({std::move(name), Field::text, &value, false, std::move(description), std::move(range)});
}

void Fields::add(Field field) {
  if (find(field.name)) throw StateError(fmt::format("the option '{}' is described twice. Hint: do two groups share a name?", field.name));
  list_.push_back(std::move(field));
}

const Field* Fields::find(std::string_view name) const {
  auto at = std::find_if(list_.begin(), list_.end(), [&](const Field& f) { return same_name(f.name, name); });
  return at == list_.end() ? nullptr : &*at;
}

void Fields::set(std::string_view name, std::string_view text, std::string_view where) {
  const Field* field = find(name);
  if (!field) unknown(list_, name, where);
  std::string who = subject(field->name, where);
  Value value = from_text(*field, text, who);
  check_range(*field, value, who);
  store(*field, value);
}

std::string Fields::get(const Field& field) {
  switch (field.kind) {
    case Field::integer: return std::to_string(stored_integer(field));
    case Field::number: return shortest(*static_cast<const double*>(field.value));
    case Field::boolean: return *static_cast<const bool*>(field.value) ? "true" : "false";
    case Field::text: break;
  }
  return *static_cast<const std::string*>(field.value);
}

std::string Fields::flag(const Field& field) { return "--" + dashed(field.name); }

std::string Fields::range_text(const Field& field) {
  const Range& r = field.range;
  if (!r.choices.empty()) return join(r.choices, "|");
  if (std::isfinite(r.low) && std::isfinite(r.high) && !r.low_open) return shortest(r.low) + " to " + shortest(r.high);
  return demand(r);
}

Json Fields::to_json() const {
  Json out = Json::object();
  for (const auto& field : list_) {
    Json& value = out[field.name];
    if (field.kind == Field::integer) value = stored_integer(field);
    else if (field.kind == Field::number) value = *static_cast<const double*>(field.value);
    else if (field.kind == Field::boolean) value = *static_cast<const bool*>(field.value);
    else value = get(field);
  }
  return out;
}

std::string Fields::to_toml() const {
  std::string out;
  for (const auto& field : list_) {
    std::string range = range_text(field);
    for (const auto& line : split(field.description + (range.empty() ? "" : " (" + range + ")"), '\n')) out += "# " + line + '\n';
    out += fmt::format("{} = {}\n", field.name, toml_value(field));
  }
  return out;
}

// Everything is read and checked before the first value is stored: a file with a mistake changes nothing.
void Fields::from_toml(std::string_view text, std::string_view path) {
  toml::table table;
  try {
    table = toml::parse(text, path);
  } catch (const toml::parse_error& e) {
    throw ConfigError(fmt::format("{} line {}: {}", path, e.source().begin.line, printable(e.description(), 300)));
  }
  using Entry = std::pair<const toml::key*, const toml::node*>;
  std::vector<Entry> entries;   // toml++ sorts by name; the first mistake of the file should be the one reported
  for (const auto& [key, node] : table) entries.emplace_back(&key, &node);
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.first->source().begin < b.first->source().begin; });

  std::vector<std::pair<const Field*, Value>> values;
  for (const auto& [key, node] : entries) {
    std::string where = fmt::format("{} line {}", path, key->source().begin.line);
    const Field* field = find(key->str());
    if (!field) unknown(list_, key->str(), where);
    if (std::any_of(values.begin(), values.end(), [&](const auto& v) { return v.first == field; }))
      throw ConfigError(fmt::format("{}: {} is given twice", where, field->name));
    Value value = from_node(*field, *node, subject(field->name, where));
    check_range(*field, value, subject(field->name, where));
    values.emplace_back(field, std::move(value));
  }
  for (const auto& [field, value] : values) store(*field, value);
}

}  // namespace cairn
