// A page of its own: HTML with its style inside, light and dark, for phones and desks; no script, nothing loaded.
#pragma once

#include <string>
#include <string_view>

namespace cairn::course {

std::string html(std::string_view text);  // escaped for text and attributes
// `style` is added to the sheet's own: variables --ink, --soft, --paper, --card, --line, --accent, --done, --open and classes .soft, .card.
std::string html_sheet(std::string_view title, std::string_view style, std::string_view body);

}  // namespace cairn::course
