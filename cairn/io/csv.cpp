#include <cairn/io/csv.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {

namespace {

constexpr size_t most_columns = 100000;

std::string counted(size_t n, const char* what) { return std::to_string(n) + " " + what + (n == 1 ? "" : "s"); }

[[noreturn]] void fail(const std::string& name, int64_t line, int64_t column, const std::string& what, const std::string& hint = "") {
  throw FileError(name + ", line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + what + "." +
                  (hint.empty() ? "" : "\nHint: " + hint));
}

bool is_missing(std::string_view v) {
  if (v.starts_with('-') || v.starts_with('+')) return v.substr(1) == "nan" || v.substr(1) == "NaN" || v.substr(1) == "NAN";
  return v.empty() || v == "NA" || v == "N/A" || v == "NaN" || v == "nan" || v == "NAN" || v == "null" || v == "NULL" || v == "?";
}

struct FieldText {
  std::string value;
  int64_t line = 1;
  bool quoted = false;
};

// Takes the text apart, one record at a time.
class Records {
 public:
  Records(std::string_view text, const std::string& name, char separator) : text_(text), name_(name), separator_(separator) {}

  bool next(std::vector<FieldText>& fields) {
    fields.clear();
    while (at_ < text_.size() && blank_line()) {}
    if (at_ >= text_.size()) return false;
    for (;;) {
      if (fields.size() >= most_columns) fail(name_, line_, int64_t(fields.size()) + 1, "more than " + std::to_string(most_columns) + " columns");
      FieldText f;
      f.line = line_;
      if (text_[at_] == '"') quoted(f, int64_t(fields.size()) + 1);
      else
        while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') f.value += text_[at_++];
      if (!f.quoted) f.value = std::string(trim(f.value));
      fields.push_back(std::move(f));
      if (at_ >= text_.size()) return true;
      const char c = text_[at_++];
      if (c == separator_) {
        if (at_ < text_.size()) continue;
        fields.push_back({"", line_, false});  // the file ends behind a separator
        return true;
      }
      if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') at_++;
      if (c == '\r' || c == '\n') {
        line_++;
        return true;
      }
      fail(name_, line_, int64_t(fields.size()), "text behind a closing quote", "a quote inside of a quoted field is written twice: \"\"");
    }
  }

 private:
  bool blank_line() {
    if (text_[at_] != '\n' && text_[at_] != '\r') return false;
    if (text_[at_] == '\n') line_++;
    at_++;
    return true;
  }
  void quoted(FieldText& f, int64_t column) {
    f.quoted = true;
    at_++;
    for (;;) {
      if (at_ >= text_.size()) fail(name_, f.line, column, "a quote is opened and never closed");
      const char c = text_[at_++];
      if (c == '\n') line_++;
      if (c != '"') f.value += c;
      else if (at_ < text_.size() && text_[at_] == '"') f.value += text_[at_++];
      else return;
    }
  }
  std::string_view text_;
  const std::string& name_;
  char separator_;
  size_t at_ = 0;
  int64_t line_ = 1;
};

// A number that no double holds: "1e400".
bool is_too_large(std::string_view v) {
  double number = 0;
  const size_t e = v.find_first_of("eE");
  if (parse_double(v, number) || v.empty() || (v.find_first_of("0123456789.") > 1)) return false;
  int64_t power = 0;
  const auto digits = [](std::string_view t) {
    if (!t.empty() && (t[0] == '+' || t[0] == '-')) t.remove_prefix(1);
    return !t.empty() && t.find_first_not_of("0123456789.") == t.npos && std::count(t.begin(), t.end(), '.') <= 1 && t != ".";
  };
  if (e == v.npos) return digits(v);
  return digits(v.substr(0, e)) && parse_int(v.substr(e + 1), power);
}

// What became of the values of a column when they were read as numbers.
struct Numbers {
  static constexpr size_t none = size_t(-1);
  std::vector<double> values;
  size_t first_text = none;      // the row of the first that is no number at all
  size_t first_infinite = none;  // the row of the first that is a number without being a finite double: inf, 1e400
  bool any_finite = false;
};

Numbers read_numbers(const std::vector<FieldText>& texts) {
  Numbers n;
  for (size_t i = 0; i < texts.size(); i++) {
    double v = std::numeric_limits<double>::quiet_NaN();
    if (!is_missing(texts[i].value)) {
      const bool number = parse_double(texts[i].value, v);
      if (!number && !is_too_large(texts[i].value)) {
        n.first_text = i;
        return n;
      }
      if (!number || std::isinf(v)) n.first_infinite = std::min(n.first_infinite, i);
      n.any_finite = n.any_finite || (number && std::isfinite(v));
    }
    n.values.push_back(v);
  }
  return n;
}

void read_categories(const std::vector<FieldText>& texts, Column& c) {
  std::map<std::string, double> index;
  for (const FieldText& t : texts)
    if (!is_missing(t.value)) index.emplace(t.value, 0);
  for (auto& [text, i] : index) {
    i = double(c.categories.size());
    c.categories.push_back(text);
  }
  c.values.clear();
  for (const FieldText& t : texts) c.values.push_back(is_missing(t.value) ? -1 : index.at(t.value));
}

}  // namespace

int64_t Column::missing() const {
  return std::count_if(values.begin(), values.end(), [&](double v) { return numeric ? std::isnan(v) : v < 0; });
}

const Column* Table::find(std::string_view column) const {
  for (const Column& c : columns)
    if (c.name == column) return &c;
  return nullptr;
}

const Column& Table::operator[](std::string_view column) const {
  if (const Column* c = find(column)) return *c;
  throw FileError(name + " has no column '" + printable(column) + "'." + did_you_mean(column, names()));
}

std::vector<std::string> Table::names() const {
  std::vector<std::string> list;
  for (const Column& c : columns) list.push_back(c.name);
  return list;
}

Tensor Table::numbers(const std::vector<std::string>& wanted) const {
  std::vector<float> values(size_t(rows()) * wanted.size());
  std::map<std::string_view, const Column*> by_name;
  for (const Column& c : columns) by_name.emplace(c.name, &c);
  for (size_t k = 0; k < wanted.size(); k++) {
    const auto there = by_name.find(wanted[k]);
    const Column& c = there == by_name.end() ? (*this)[wanted[k]] : *there->second;
    const int64_t column = &c - columns.data() + 1;
    for (size_t i = 0; i < c.values.size(); i++) {
      if (!c.numeric) fail(name, c.lines[i], column, "column '" + c.name + "' holds text", "encode its categories instead");
      if (std::isnan(c.values[i])) fail(name, c.lines[i], column, "a value of column '" + c.name + "' is missing");
      values[i * wanted.size() + k] = float(c.values[i]);
    }
  }
  return from_span(std::span<const float>(values), {rows(), int64_t(wanted.size())});
}

Table load_csv(const std::string& path, const CsvOptions& options) { return parse_csv(read_file(path), path, options); }

Table parse_csv(std::string_view text, const std::string& name, const CsvOptions& options) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);  // a byte order mark
  if (options.separator == '"' || options.separator == '\n' || options.separator == '\r')
    throw ConfigError("[load_csv] a quote or a line end cannot separate columns.");
  if (const size_t zero = text.find('\0'); zero != std::string_view::npos)
    throw FileError(name + ": byte " + std::to_string(zero) + " is zero, so this is no text. Hint: is it a spreadsheet file? Export it as CSV.");
  if (!valid_utf8(text))
    throw FileError(name + ": the bytes are not UTF-8 text. Hint: is it a spreadsheet or a packed file? Export it as CSV in UTF-8.");

  Records records(text, name, options.separator);
  std::vector<FieldText> fields;
  if (!records.next(fields)) throw FileError(name + ": the file is empty; expected a header line with the columns' names.");
  Table table;
  table.name = name;
  std::set<std::string> names;
  for (size_t i = 0; i < fields.size(); i++) {
    if (fields[i].value.empty()) fail(name, fields[i].line, int64_t(i) + 1, "the header has no name for this column");
    if (!names.insert(fields[i].value).second)
      fail(name, fields[i].line, int64_t(i) + 1, "two columns are called '" + printable(fields[i].value) + "'");
    table.columns.push_back({fields[i].value, true, {}, {}, {}});
  }
  for (const std::string& column : options.numeric)
    if (!names.contains(column)) table[column];  // says which there are
  std::vector<std::vector<FieldText>> texts(table.columns.size());
  while (records.next(fields)) {
    if (fields.size() != table.columns.size())
      fail(name, fields[0].line, int64_t(std::min(fields.size(), table.columns.size())),
           counted(fields.size(), "value") + ", but the header has " + counted(table.columns.size(), "column"),
           "a comma inside of a value needs quotes around it");
    for (size_t i = 0; i < fields.size(); i++) texts[i].push_back(std::move(fields[i]));
  }
  if (texts[0].empty()) throw FileError(name + ": a header line and no rows.");

  for (size_t i = 0; i < texts.size(); i++) {
    Column& c = table.columns[i];
    for (const FieldText& t : texts[i]) c.lines.push_back(t.line);
    Numbers numbers = read_numbers(texts[i]);
    c.numeric = numbers.first_text == Numbers::none;
    const bool wanted = std::find(options.numeric.begin(), options.numeric.end(), c.name) != options.numeric.end();
    // "inf" alone may be anybody's word; among numbers it is one that no training can digest.
    if (c.numeric && numbers.first_infinite != Numbers::none && (numbers.any_finite || wanted)) {
      const FieldText& t = texts[i][numbers.first_infinite];
      const bool infinite = lower(t.value).find("inf") != std::string::npos;
      fail(name, t.line, int64_t(i) + 1,
           "'" + printable(t.value) + "' in the numbers of column '" + c.name + "' is " +
               (infinite ? "not finite" : "larger than any number of 64 bits (1.8e308)"),
           "correct it, or leave the value empty, which means that it is missing");
    }
    if (c.numeric && numbers.first_infinite == Numbers::none) {
      c.values = std::move(numbers.values);
      continue;
    }
    c.numeric = false;
    if (wanted)
      fail(name, c.lines[numbers.first_text], int64_t(i) + 1,
           "column '" + c.name + "' must hold numbers, found '" + printable(texts[i][numbers.first_text].value) + "'");
    read_categories(texts[i], c);
  }
  return table;
}

}  // namespace cairn
