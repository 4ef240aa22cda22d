// The words behind a verb: flags into Fields, the rest as positionals; and the table of options that --help prints.
#include <algorithm>
#include <cctype>

#include <app/command.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {

namespace {

bool is_flag(const std::string& word) {
  return word.size() > 1 && word[0] == '-' && !std::isdigit(static_cast<unsigned char>(word[1])) && word[1] != '.';
}

std::vector<std::string> flags_of(const Fields& fields) {
  std::vector<std::string> names;
  for (const Field& f : fields.list()) names.push_back(Fields::flag(f));
  return names;
}

std::string usage_hint(const std::string& verb) {
  std::string usage;
  for (const CommandInfo* c : all_commands())
    if (verb == c->name) usage = c->usage;
  const bool takes_id = usage.starts_with("cairn " + verb + " ID");
  return "\nHint: " + usage + "; `cairn " + verb + " --help` explains it" + (takes_id ? ", `cairn road` shows the IDs." : ".");
}

}  // namespace

std::optional<std::string> Arguments::first() const {
  if (words_.empty() || is_flag(words_[0])) return std::nullopt;
  return words_[0];
}

void Arguments::allow_bare(const std::string& flag, const std::string& value) {
  for (size_t i = 0; i < words_.size() && words_[i] != "--"; i++)
    if (words_[i] == flag && (i + 1 == words_.size() || is_flag(words_[i + 1]))) words_[i] += "=" + value;
}

void Arguments::read(Fields& fields, size_t least, size_t most) {
  positionals_.clear();
  for (size_t i = 0; i < words_.size(); i++) {
    const std::string& word = words_[i];
    if (word == "--") {  // what follows are names, whatever they begin with
      positionals_.insert(positionals_.end(), words_.begin() + int64_t(i) + 1, words_.end());
      break;
    }
    if (!is_flag(word)) {
      positionals_.push_back(word);
      continue;
    }
    const size_t equals = word.find('=');
    const std::string flag = word.substr(0, equals), name = flag.substr(std::min<size_t>(2, flag.size()));
    const Field* field = flag.starts_with("--") ? fields.find(name) : nullptr;
    const bool negated = !field && flag.starts_with("--no-");
    if (negated) field = fields.find(name.substr(3));
    if (!field || (negated && field->kind != Field::boolean))
      throw UsageError("`cairn " + verb_ + "` has no option '" + printable(flag) + "'." + did_you_mean(flag, flags_of(fields)) + "\nHint: `cairn " +
                       verb_ + " --help` lists them.");
    if (equals != std::string::npos) fields.set(field->name, word.substr(equals + 1), flag);
    else if (negated) fields.set(field->name, "false", flag);
    else if (field->kind == Field::boolean) fields.set(field->name, "true", flag);
    else if (i + 1 >= words_.size() || (is_flag(words_[i + 1]) && words_[i + 1].starts_with("--")))
      throw UsageError(flag + " needs a value: " + field->description +
                       (Fields::range_text(*field).empty() ? "." : " (" + Fields::range_text(*field) + ")."));
    else fields.set(field->name, words_[++i], flag);
  }
  if (positionals_.size() < least)
    throw UsageError(
        "`cairn " + verb_ + "` needs " +
        (least == 1 ? "a name after it" : "at least " + std::to_string(least) + " words after it, got " + std::to_string(positionals_.size())) + "." +
        usage_hint(verb_));
  if (positionals_.size() > most)
    throw UsageError("`cairn " + verb_ + "` does not know what to do with '" + printable(positionals_[most]) + "'." + usage_hint(verb_));
}

std::string options_table(const Fields& fields) {
  size_t width = 0;
  std::vector<std::pair<std::string, std::string>> rows;
  for (const Field& f : fields.list()) {
    std::string left = Fields::flag(f);
    if (f.kind != Field::boolean) left += " " + (f.range.choices.empty() ? std::string(f.kind == Field::text ? "TEXT" : "N") : Fields::range_text(f));
    std::string right = f.description;
    const std::string range = f.range.choices.empty() ? Fields::range_text(f) : "", value = Fields::get(f);
    std::string notes = value.empty() ? "" : "default " + value;
    if (!range.empty()) notes += (notes.empty() ? "" : "; ") + range;
    if (!notes.empty()) right += " (" + notes + ")";
    width = std::max(width, std::min<size_t>(left.size(), 34));
    rows.push_back({left, right});
  }
  std::string text;
  for (auto& [left, right] : rows)
    text += "  " + left + (left.size() > width ? "\n" + std::string(width + 4, ' ') : std::string(width - left.size() + 2, ' ')) + right + "\n";
  return text;
}

}  // namespace cairn
