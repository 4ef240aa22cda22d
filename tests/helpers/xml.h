// A small check that text is well-formed XML, and counts of its elements: enough for the SVG that we write ourselves. No DTD, no CDATA.
#pragma once

#include <cctype>
#include <map>
#include <string>
#include <vector>

#include <cairn/base/text.h>

namespace cairn::testing_xml {

struct Xml {
  std::string error;                                            // "" when well-formed
  std::map<std::string, int> count;                             // elements by name
  std::map<std::string, std::string> first;                     // the text directly inside the first element of a name, entities as they are
  std::vector<std::string> texts;                               // of all <text> elements
  std::vector<std::pair<std::string, std::string>> attributes;  // name and value, of all elements
};

inline Xml read_xml(const std::string& s) {
  Xml out;
  std::vector<std::string> open;
  std::vector<std::string> inner;
  auto fail = [&](size_t at, const std::string& why) {
    if (out.error.empty()) out.error = why + " at byte " + std::to_string(at) + ": " + s.substr(at, 40);
  };
  auto check_text = [&](size_t at, const std::string& text) {
    if (!valid_utf8(text)) fail(at, "not UTF-8");
    for (size_t i = 0; i < text.size(); i++) {
      unsigned char c = static_cast<unsigned char>(text[i]);
      if (c < 32 && c != '\n' && c != '\t') fail(at, "a control character");
      if (c == '<') fail(at, "a stray <");
      if (c != '&') continue;
      size_t end = text.find(';', i);
      std::string entity = end == std::string::npos ? "" : text.substr(i + 1, end - i - 1);
      if (entity != "amp" && entity != "lt" && entity != "gt" && entity != "quot" && entity != "#39") fail(at, "a stray &");
    }
  };
  auto name_end = [&](size_t i) {
    while (i < s.size() && (std::isalnum(static_cast<unsigned char>(s[i])) || s[i] == '-' || s[i] == ':' || s[i] == '_')) i++;
    return i;
  };
  size_t i = 0;
  while (i < s.size() && out.error.empty()) {
    size_t next = std::min(s.find('<', i), s.size());
    std::string text = s.substr(i, next - i);
    check_text(i, text);
    if (!open.empty()) inner.back() += text;
    else if (text.find_first_not_of(" \n") != std::string::npos) fail(i, "text outside of elements");
    if (next == s.size()) break;
    i = next + 1;
    const bool closing = i < s.size() && s[i] == '/';
    if (closing) i++;
    size_t end = name_end(i);
    std::string name = s.substr(i, end - i);
    if (name.empty()) fail(next, "an element without a name");
    i = end;
    if (closing) {
      if (open.empty() || open.back() != name) fail(next, "</" + name + "> does not fit");
      else {
        out.first.emplace(name, inner.back());
        if (name == "text") out.texts.push_back(inner.back());
        open.pop_back();
        inner.pop_back();
      }
      if (i >= s.size() || s[i] != '>') fail(next, "</" + name + " is not closed");
      i++;
      continue;
    }
    if (open.empty() && !out.count.empty()) fail(next, "a second root");
    out.count[name]++;
    std::map<std::string, bool> seen;
    while (out.error.empty()) {
      while (i < s.size() && (s[i] == ' ' || s[i] == '\n')) i++;
      if (i >= s.size()) fail(next, "<" + name + " is not closed");
      else if (s[i] == '>') {
        open.push_back(name);
        inner.emplace_back();
        i++;
        break;
      } else if (s.compare(i, 2, "/>") == 0) {
        i += 2;
        break;
      } else {
        size_t e = name_end(i);
        std::string attribute = s.substr(i, e - i);
        if (e == i || s.compare(e, 2, "=\"") != 0 || (s[i - 1] != ' ' && s[i - 1] != '\n') || seen[attribute]) fail(i, "an attribute is wrong");
        size_t quote = s.find('"', e + 2);
        if (quote == std::string::npos) fail(i, "a value without an end");
        if (!out.error.empty()) break;
        seen[attribute] = true;
        std::string value = s.substr(e + 2, quote - e - 2);
        check_text(e, value);
        out.attributes.emplace_back(attribute, value);
        i = quote + 1;
      }
    }
  }
  if (out.error.empty() && !open.empty()) fail(s.size(), "<" + open.back() + "> is not closed");
  return out;
}

}  // namespace cairn::testing_xml
