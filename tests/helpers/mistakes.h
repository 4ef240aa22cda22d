// Mistakes that beginners make, and what the error about each has to show.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include <cairn/base/errors.h>

namespace cairn {

// The mistake is one of Cairn's errors: it begins with "[op] ", shows the shapes and values, and ends with a sentence that says what to do.
inline void expect_explained(const std::string& op, const std::vector<std::string>& shown, const std::function<void()>& mistake,
                             const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  const testing::ScopedTrace here(file, line, op);
  try {
    mistake();
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& e) {
    const std::string text = e.what();
    EXPECT_TRUE(text.starts_with("[" + op + "] ")) << text;
    for (const std::string& s : shown) EXPECT_NE(text.find(s), std::string::npos) << "does not show " << s << ": " << text;
    const size_t hint = text.find("Hint: ");
    EXPECT_TRUE(hint != std::string::npos && text.size() > hint + 10) << "does not say what to do: " << text;
    EXPECT_TRUE(text.ends_with(".") || text.ends_with("?")) << "ends in the middle: " << text;
  } catch (const std::exception& e) { ADD_FAILURE() << "not one of Cairn's errors: " << e.what(); }
}

}  // namespace cairn
