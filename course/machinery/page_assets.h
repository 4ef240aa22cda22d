// The page's own style and script, and KaTeX's from the installed package.
#pragma once

#include <string>

namespace cairn::course {

std::string page_style();
std::string page_script();
// KaTeX's style sheet with its fonts inside, and its script; "" without it.
std::string katex_style(const std::string& folder);
std::string katex_script(const std::string& folder);

}  // namespace cairn::course
