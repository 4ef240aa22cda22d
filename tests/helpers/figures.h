// Figures as tests look at them: as XML that must be well-formed, and as text without its colours.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <string>

#include <cairn/plot/figure.h>
#include <tests/helpers/xml.h>

namespace cairn::plot {

inline testing_xml::Xml read(const Figure& f, const SvgOptions& options = {}) {
  auto xml = testing_xml::read_xml(f.svg(options));
  EXPECT_EQ(xml.error, "");
  return xml;
}
inline bool has_text(const testing_xml::Xml& xml, const std::string& text) {
  return std::find(xml.texts.begin(), xml.texts.end(), text) != xml.texts.end();
}

// How often `part` stands in the text.
inline size_t count(const std::string& text, const std::string& part) {
  size_t n = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) n++;
  return n;
}

// Without the sequences that colour it.
inline std::string plain(const std::string& text) { return std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), ""); }

}  // namespace cairn::plot
