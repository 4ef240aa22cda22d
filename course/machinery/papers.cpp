#include <course/machinery/papers.h>

#include <algorithm>
#include <cctype>
#include <set>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/json.h>
#include <cairn/base/text.h>
#include <course/machinery/paths.h>
#include <course/machinery/toml.h>

namespace cairn::course {

namespace {

constexpr uint64_t longest_note = 256 * 1024, longest_record = 64 * 1024;
const std::vector<std::string> headings = {"The problem", "Notation",       "Predict first",          "The equation",
                                           "The recipe",  "Paper and ours", "What did not replicate", "Your summary"};

std::vector<std::string> headings_of(const std::string& note) {
  std::vector<std::string> found;
  for (const std::string& line : split(note, '\n'))
    if (line.starts_with("## ")) found.push_back(line.substr(3));
  return found;
}

int count(const std::string& text, const std::string& what) {
  int n = 0;
  for (size_t i = 0; (i = text.find(what, i)) != std::string::npos; i += what.size()) n++;
  return n;
}

}  // namespace

std::vector<Paper> load_papers(const std::string& path) {
  const Toml file = Toml::load(path);
  file.only({"paper"});
  std::vector<Paper> list;
  std::set<std::string> taken;
  for (const Toml& t : file.tables("paper")) {
    t.only({"id", "title", "authors", "where", "ask", "implement", "recipe", "year", "difficulty", "minutes", "needs"});
    Paper p;
    p.id = t.text("id");
    p.title = t.text("title");
    p.authors = t.text("authors");
    p.where = t.text("where");
    p.ask = t.text("ask");
    p.implement = t.text("implement");
    p.recipe = t.text("recipe", "");
    p.year = t.whole("year", 0);
    p.difficulty = t.whole("difficulty", 0);
    p.minutes = t.number("minutes");
    p.needs = t.texts("needs");
    if (p.year < 1900 || p.year > 2100) t.fail("the paper '" + p.id + "' needs a year.");
    if (p.difficulty < 1 || p.difficulty > 3) t.fail("the difficulty of '" + p.id + "' is 1, 2 or 3.");
    if (!taken.insert(p.id).second) t.fail("the paper '" + p.id + "' is there twice.");
    list.push_back(std::move(p));
  }
  return list;
}

const std::vector<Paper>& papers() {
  static const std::vector<Paper> list = load_papers(course_folder() + "/papers.toml");
  return list;
}

namespace {

// The one with this id, else the first by this author ("rosenblatt"); null where there is none.
const Paper* paper_of(const std::string& wanted) {
  const Paper* first = nullptr;
  for (const Paper& p : papers()) {
    if (p.id == wanted) return &p;
    if (!first && p.id.starts_with(wanted + "-")) first = &p;
  }
  return first;
}

}  // namespace

const Paper& find_paper(std::string_view id) {
  const std::string wanted = lower(trim(id));
  if (const Paper* p = paper_of(wanted)) return *p;
  std::vector<std::string> ids;
  for (const Paper& p : papers()) {
    ids.push_back(p.id);
    ids.push_back(p.id.substr(0, p.id.find('-')));
  }
  const std::string near = nearest(wanted, ids);
  throw UsageError("there is no paper '" + printable(id) + "'." + (near.empty() ? "" : " Did you mean '" + near + "'?") +
                   "\nHint: `cairn papers` lists them.");
}

namespace {

// In small letters, without marks, -ize written as -ise.
std::vector<std::string> words_of(std::string text) {
  for (char& c : text)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = ' ';
  std::vector<std::string> words;
  for (std::string& w : split(lower(text), ' ')) {
    for (size_t i; (i = w.find("iz")) != std::string::npos;) w[i + 1] = 's';
    if (!w.empty()) words.push_back(w);
  }
  return words;
}

}  // namespace

std::vector<const Paper*> find_papers(std::string_view typed) {
  const std::string wanted = lower(trim(typed));
  if (const Paper* p = paper_of(wanted)) return {p};
  const std::vector<std::string> asked = words_of(wanted);
  std::vector<const Paper*> found;
  for (const Paper& p : papers()) {
    const std::vector<std::string> has = words_of(p.title + " " + p.authors + " " + p.recipe + " " + p.implement);
    const auto is_there = [&](const std::string& word) {
      return std::any_of(has.begin(), has.end(), [&](const std::string& h) { return h.starts_with(word); });
    };
    std::string initials;
    for (const std::string& w : words_of(p.title)) initials += w[0];
    if (!asked.empty() && (std::all_of(asked.begin(), asked.end(), is_there) || initials == wanted)) found.push_back(&p);
  }
  return found;
}

std::string folder_of(const Paper& paper) {
  const std::string folder = course_folder() + "/papers/" + paper.id;
  return file_exists(folder + "/note.md") ? folder : "";
}

Record record_of(const std::string& folder) {
  const std::string path = folder + "/record.json";
  const std::string text = read_file(path, longest_record);
  Record record;
  try {
    const Json json = Json::parse(text);
    record.command = json.at("command").as_string();
    for (const auto& [name, value] : json.at("numbers").as_object()) record.numbers[name] = value.as_double();
  } catch (const Error& e) { throw FileError(path + " is no record: " + e.what() + "\nHint: {\"command\": \"...\", \"numbers\": {\"name\": 1}}."); }
  return record;
}

std::string note_of(const std::string& folder) {
  Record record = record_of(folder);
  try {
    return substitute(read_file(folder + "/note.md", longest_note), record.numbers, [&](std::string_view inside) -> std::optional<std::string> {
      return trim(inside) == "command" ? std::optional(record.command) : std::nullopt;
    });
  } catch (const ConfigError& e) { throw FileError(folder + "/note.md: " + e.what()); }
}

std::vector<std::string> paper_problems(const Catalog& catalog, const std::vector<Paper>& papers, const std::vector<std::string>& recipes) {
  std::vector<std::string> problems;
  std::set<std::string> ids;
  for (const Paper& p : papers) {
    ids.insert(p.id);
    for (const std::string& lesson : p.needs)
      if (!catalog.find_lesson(lesson)) problems.push_back("papers.toml: " + p.id + " needs " + lesson + ", which is no lesson");
    if (!p.recipe.empty() && std::find(recipes.begin(), recipes.end(), p.recipe) == recipes.end())
      problems.push_back("papers.toml: " + p.id + " names the recipe " + p.recipe + ", which does not exist");
    const std::string folder = folder_of(p);
    if (folder.empty()) continue;
    try {
      const std::string note = note_of(folder);
      if (headings_of(note) != headings) problems.push_back(p.id + "/note.md: its headings must be, in this order: " + join(headings, ", "));
      if (count(note, "::: predict") < 6) problems.push_back(p.id + "/note.md: fewer than six questions to predict");
    } catch (const Error& e) { problems.push_back(e.what()); }
  }
  for (const Lesson& l : catalog.lessons)
    for (const std::string& id : l.papers)
      if (!ids.contains(id)) problems.push_back("roadmap.toml: " + l.id + " names the paper " + id + ", which papers.toml does not have");
  return problems;
}

}  // namespace cairn::course
