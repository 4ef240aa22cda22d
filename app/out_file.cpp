#include <app/out_file.h>

#include <algorithm>
#include <filesystem>

#include <app/training.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/plot/picture.h>

namespace cairn {

std::string picture_ending(const std::string& out, const std::vector<std::string>& endings, const std::string& name) {
  namespace fs = std::filesystem;
  const auto hint = [&](const fs::path& better) { return "\nHint: --out " + shell_word(printable(better.string(), 200)); };
  std::error_code error;
  const fs::path path(out);
  if (!path.has_filename() || fs::is_directory(path, error))
    throw UsageError("--out " + printable(out, 200) + ": that is a folder; name a file." + hint(path / (name + endings[0])));
  const std::string ending = lower(path.extension().string());
  if (ending.empty()) return endings[0];
  if (std::find(endings.begin(), endings.end(), ending) != endings.end()) return ending;
  std::vector<std::string> kinds;
  for (const std::string& e : endings) {
    kinds.push_back(e.substr(1));
    std::transform(kinds.back().begin(), kinds.back().end(), kinds.back().begin(), [](unsigned char c) { return char(std::toupper(c)); });
  }
  fs::path better = path;
  better.replace_extension(endings[0]);
  throw UsageError("--out " + printable(out, 200) + ": the picture is written as " + join(kinds, " or ") + "." + hint(better));
}

std::string letters_note(const std::vector<std::string>& names) {
  std::vector<std::string> unknown;
  for (const std::string& name : names)
    if (!Picture::can_spell(name) && std::find(unknown.begin(), unknown.end(), name) == unknown.end()) unknown.push_back(name);
  if (unknown.empty()) return "";
  constexpr size_t most = 3;
  std::vector<std::string> shown;
  for (size_t i = 0; i < std::min(most, unknown.size()); i++) shown.push_back("'" + printable(unknown[i], 40) + "'");
  if (unknown.size() > most) shown.push_back("...");
  return "the picture has no letters but Latin ones; there are question marks in place of others, as in " + join(shown, ", ");
}

}  // namespace cairn
