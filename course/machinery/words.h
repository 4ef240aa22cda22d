// The glossary and the list of resources: course/glossary.toml, course/resources.toml.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cairn::course {

struct Term {
  std::string name;
  std::vector<std::string> synonyms;
  std::string text;     // two sentences
  std::string formula;  // LaTeX, or ""
  std::string lesson;   // the id of the lesson that explains it
};

struct Resource {
  std::string name, kind, by, when, cairn;  // kind: book, course, community, papers, data, tool, compute
};

// FileError with the line where something is missing or twice.
std::vector<Term> load_glossary(const std::string& path);
std::vector<Resource> load_resources(const std::string& path);
const std::vector<Term>& glossary();  // of course_folder(), read once
const std::vector<Resource>& resources();

// The terms that fit what somebody typed, best first: the name or a synonym as it is, in another case, as a part, with another
// ending, or with a letter wrong.
std::vector<const Term*> find_terms(const std::vector<Term>& terms, std::string_view typed);

}  // namespace cairn::course
