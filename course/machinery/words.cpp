#include <course/machinery/words.h>

#include <algorithm>
#include <map>

#include <cairn/base/text.h>
#include <course/machinery/paths.h>
#include <course/machinery/toml.h>

namespace cairn::course {

namespace {

// Case, hyphens and the two spellings of -ise do not matter.
std::string plain(std::string_view text) {
  std::string s = lower(text);
  std::replace_if(
      s.begin(), s.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
  for (size_t i; (i = s.find("iz")) != std::string::npos;) s[i + 1] = 's';
  return s;
}

// "standardise", "standardised", "standardising" -> "standardis", which "standardisation" begins with; "" where less than six letters are left.
std::string stem_of(const std::string& word) {
  for (const char* ending : {"ing", "ed", "es", "er", "e", "s"})
    if (word.ends_with(ending) && word.size() >= 6 + std::string_view(ending).size())
      return word.substr(0, word.size() - std::string_view(ending).size());
  return "";
}

}  // namespace

std::vector<Term> load_glossary(const std::string& path) {
  const Toml file = Toml::load(path);
  file.only({"term"});
  std::vector<Term> terms;
  std::map<std::string, std::string> taken;
  for (const Toml& t : file.tables("term")) {
    t.only({"name", "synonyms", "text", "formula", "lesson"});
    Term term{t.text("name"), t.texts("synonyms"), t.text("text"), t.text("formula", ""), t.text("lesson")};
    if (!taken.emplace(plain(term.name), term.name).second) t.fail("the term '" + term.name + "' is there twice.");
    terms.push_back(std::move(term));
  }
  return terms;
}

std::vector<Resource> load_resources(const std::string& path) {
  const Toml file = Toml::load(path);
  file.only({"resource"});
  const std::vector<std::string> kinds = {"book", "course", "community", "papers", "data", "tool", "compute"};
  std::vector<Resource> list;
  for (const Toml& t : file.tables("resource")) {
    t.only({"name", "kind", "by", "when", "cairn"});
    Resource r{t.text("name"), t.text("kind"), t.text("by", ""), t.text("when"), t.text("cairn", "")};
    if (std::find(kinds.begin(), kinds.end(), r.kind) == kinds.end()) t.fail("there is no kind '" + r.kind + "'." + did_you_mean(r.kind, kinds));
    list.push_back(std::move(r));
  }
  return list;
}

const std::vector<Term>& glossary() {
  static const std::vector<Term> terms = load_glossary(course_folder() + "/glossary.toml");
  return terms;
}

const std::vector<Resource>& resources() {
  static const std::vector<Resource> list = load_resources(course_folder() + "/resources.toml");
  return list;
}

std::vector<const Term*> find_terms(const std::vector<Term>& terms, std::string_view typed) {
  const std::string wanted = plain(trim(typed));
  if (wanted.empty()) return {};
  const std::string stem = stem_of(wanted);
  std::vector<std::pair<int, const Term*>>
      found;  // 0: the name, 1: a synonym, 2: begins so, 3: contains it, 4: begins so but for its ending, 5: a letter is wrong
  for (const Term& t : terms) {
    int best = 9;
    std::vector<std::string> names{plain(t.name)};
    for (const std::string& s : t.synonyms) names.push_back(plain(s));
    for (size_t i = 0; i < names.size(); i++) {
      if (names[i] == wanted || names[i] + "s" == wanted) best = std::min(best, i ? 1 : 0);
      else if (names[i].starts_with(wanted)) best = std::min(best, 2);
      else if (wanted.size() >= 3 && names[i].find(wanted) != std::string::npos) best = std::min(best, 3);
    }
    if (best == 9 && !stem.empty() && std::any_of(names.begin(), names.end(), [&](const std::string& n) { return n.starts_with(stem); })) best = 4;
    if (best == 9 && !nearest(wanted, names).empty()) best = 5;
    if (best < 9) found.push_back({best, &t});
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const Term*> result;
  for (const auto& [rank, term] : found)
    if (rank == found[0].first) result.push_back(term);
  return result;
}

}  // namespace cairn::course
