// Sentences on lines of a width; commands in them stay whole, and so does code between them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cairn::course {

// One paragraph. A command between backticks (`cairn start ID`) is not broken where a line can hold it. Width 0: the text as it is, behind
// `indent`. `label`: what stands before the text; when it is shorter than the indent it is filled up, so that the text hangs below itself.
std::string prose(std::string_view text, size_t width, std::string_view indent = "", std::string_view label = "");
// Paragraphs with blank lines between them; what begins with four blanks is code and stays as it is. Width 0: the text as it is.
std::string paragraphs(std::string_view text, size_t width);
// Lines as they are, but that one which is too long goes on below itself: behind its first blanks, and where two blanks or more divide it into
// columns (`cairn check A01    says whether it is right`) below its last column, or on a line of its own. Width 0: the text as it is.
std::string rows(std::string_view text, size_t width);

}  // namespace cairn::course
