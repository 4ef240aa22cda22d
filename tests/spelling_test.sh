#!/usr/bin/env bash
# The texts that people read have no misspelling that codespell knows; skipped where it is not installed. tests/spelling_words.txt: what it takes for
# one and is none.
source "$(dirname "$0")/helpers/shell.sh"

needs_codespell() { command -v codespell >/dev/null || skip_case "no codespell (Debian's package of that name)"; }
spell() { codespell --quiet-level 3 --ignore-words "$source_root/tests/spelling_words.txt" "$@"; }

# Tests are full of words misspelled on purpose, and answers of others (held_out) stay as they were written.
case_texts_of_the_course_and_the_docs() {
  needs_codespell
  cd "$source_root"
  spell --skip '*_test.cpp,held_out,*.json' README.md CONTRIBUTING.md CHANGELOG.md docs course
}
case_what_the_program_and_the_scripts_say() {
  needs_codespell
  cd "$source_root"
  spell --skip '*_test.cpp,*.npz,*.json,golden,corpus,*/spelling_test.sh' app bench cairn cmake recipes share tests/*.sh tests/helpers tools run \
    test CMakeLists.txt .ci
}
case_a_misspelling_is_seen() {
  needs_codespell
  echo "The gradiant is recieved." >text.md
  fails_with 65 spell text.md >out
  says "recieved ==> received" out
  echo "Rouge and bleu, to and fro." >text.md
  spell text.md
}

run_cases
