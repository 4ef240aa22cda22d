// A lesson for the eye: a page of HTML that needs nothing else, or text for a terminal.
#pragma once

#include <string>
#include <vector>

#include <cairn/plot/terminal.h>
#include <course/machinery/lesson_text.h>
#include <course/machinery/words.h>

namespace cairn::course {

// What stands around a lesson's text.
struct Surroundings {
  std::string phase = {};  // "Phase A: foundations"
  std::string next_id = {}, next_title = {};
  bool next_written = false;
  bool demo = false, exercise = false, quiz = false;  // there is one
  bool id_in_title = true;                            // "A06 Derivatives"; the title of a paper's note says who wrote it and when
  std::vector<const Term*> terms = {};                // of the glossary: those that may be linked
};

// The whole document: styles, fonts and scripts inside; light and dark as the system asks; no address is ever loaded, which its policy
// (Content-Security-Policy) holds it to. Maths by KaTeX where that is installed (katex_folder), else as plain text.
std::string lesson_page(const LessonText& lesson, const Surroundings& around);

// Lines of at most terminal.columns columns, but for code.
std::string lesson_in_terminal(const LessonText& lesson, const Surroundings& around, const Terminal& terminal);

// The text of a figure's frame that fits the terminal.
std::string frame_text(const std::string& texts_json, const Terminal& terminal);

// Where KaTeX lies: CAIRN_KATEX, else Debian's package; "" when it is not installed.
std::string katex_folder();

// C++ or Python with its words in <span>s.
std::string highlighted(std::string_view code, bool python);

}  // namespace cairn::course
