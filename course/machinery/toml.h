// The course's TOML files as a tree that knows its lines: every mistake is a FileError that names file, line and key.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::course {

// A table of a TOML file. Keys keep the order of the file.
class Toml {
 public:
  static Toml load(const std::string& path);                          // FileError: missing, over 16 MiB, not TOML
  static Toml parse(std::string_view text, const std::string& path);  // `path` is for messages
  const std::string& path() const { return *path_; }
  int line() const { return line_; }

  bool has(std::string_view key) const { return find(key) != nullptr; }
  // The value of a key; FileError when it is missing or of another kind. With a second argument: that, when the key is missing.
  std::string text(std::string_view key) const;
  std::string text(std::string_view key, const std::string& otherwise) const;
  double number(std::string_view key) const;
  double number(std::string_view key, double otherwise) const;
  int whole(std::string_view key, int otherwise) const;
  bool flag(std::string_view key, bool otherwise) const;
  std::vector<std::string> texts(std::string_view key) const;  // none when the key is missing
  std::vector<double> numbers(std::string_view key) const;
  std::vector<Toml> tables(std::string_view key) const;  // [[key]], or key = [{...}]; none when it is missing
  Toml table(std::string_view key) const;                // [key]; empty when it is missing
  std::vector<std::string> keys() const;
  // FileError with the nearest match for a key that is none of these.
  void only(std::initializer_list<std::string_view> known) const;
  // "roadmap.toml line 12: what"
  [[noreturn]] void fail(const std::string& what) const { fail(what, line_); }
  [[noreturn]] void fail(const std::string& what, int line) const;

 private:
  friend struct TomlBuilder;
  struct Entry;
  struct Value {
    enum Kind { text, number, flag, list, table, other } kind = other;
    std::string words;
    double figure = 0;
    bool whole = false, yes = false;
    std::vector<Value> items;    // of a list
    std::vector<Entry> entries;  // of a table
    int line = 0;
  };
  struct Entry {
    std::string key;
    Value value;
  };
  const Value* find(std::string_view key) const;
  const Value& need(std::string_view key, Value::Kind kind, const char* what) const;
  Toml wrap(const Value& v) const;
  std::shared_ptr<const std::string> path_;
  std::shared_ptr<const Value> root_;  // keeps the tree alive
  const Value* here_ = nullptr;
  int line_ = 0;
};

}  // namespace cairn::course
