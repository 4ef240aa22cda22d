// Where a picture is written to: what --out names.
#pragma once

#include <string>
#include <vector>

namespace cairn {

// The ending of `out` in lower case, or `endings[0]` where it has none. UsageError for another ending than these (".svg", ".png"), and for a
// folder; `name` is of the file that would be written into it.
std::string picture_ending(const std::string& out, const std::vector<std::string>& endings, const std::string& name);

// Says which of these names a PNG cannot show as they are written, for it has Latin letters alone; "" where it can.
std::string letters_note(const std::vector<std::string>& names);

}  // namespace cairn
