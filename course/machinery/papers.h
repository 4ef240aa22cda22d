// The papers of the road (course/papers.toml), their guided notes (course/papers/ID/note.md) and what we measured for them (record.json).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <course/machinery/catalog.h>
#include <course/machinery/expression.h>

namespace cairn::course {

struct Paper {
  std::string id, title, authors, where, ask, implement, recipe;
  int year = 0, difficulty = 1;  // 1 an evening, 3 a weekend
  double minutes = 0;
  std::vector<std::string> needs;  // lessons
};

std::vector<Paper> load_papers(const std::string& path);  // FileError with line
const std::vector<Paper>& papers();                       // of course_folder(), read once
const Paper& find_paper(std::string_view id);             // UsageError with the nearest match; "rosenblatt" finds rosenblatt-1958
// What somebody typed: an id, an author (the first of theirs), else all whose title, authors, recipe or equation have words that begin with each of
// the words, or whose title has these initials (GAN). Empty when there is none.
std::vector<const Paper*> find_papers(std::string_view typed);
// The folder of a paper whose note is written; "" otherwise.
std::string folder_of(const Paper& paper);

// What we measured: the numbers of record.json, and the command that repeats them. FileError when it is missing or damaged.
struct Record {
  std::string command;
  Names numbers;
};
Record record_of(const std::string& folder);

// The note as Markdown, with the numbers of its record in it.
std::string note_of(const std::string& folder);

// What is wrong with the papers, a sentence each: lessons and recipes that do not exist, headings that a note lacks, fewer than six questions to
// predict, numbers that the record does not have.
std::vector<std::string> paper_problems(const Catalog& catalog, const std::vector<Paper>& papers, const std::vector<std::string>& recipes);

}  // namespace cairn::course
