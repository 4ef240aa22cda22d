#!/usr/bin/env bash
# The lessons as a learner meets them: pages in headless Chromium (no error, maths rendered, nothing loaded, sliders and predictions work,
# axe-core), text in a narrow terminal, experiments whose parameters matter, the PyTorch of the lessons, and the verbs `learn` and `demo`.
# Chromium, axe-core's axe.min.js (CAIRN_AXE names it) and a Python with torch (CAIRN_PYTHON) are used where they are; else skipped.
source "$(dirname "$0")/helpers/shell.sh"
source "$source_root/tests/helpers/browser.sh"
: "${CAIRN_BUILD:?the folder of a finished build; ./test sets it}"
export CAIRN_HOME=$(mktemp -d)
trap 'rm -rf "$CAIRN_HOME"' EXIT
cairn=$CAIRN_BUILD/cairn

lessons() { for text in "$source_root"/course/lessons/*/lesson.md; do basename "$(dirname "$text")" | cut -d- -f1; done; }

look_at_lessons() {                    # light or dark
  local id pages=()
  for id in $(lessons); do
    "$cairn" learn "$id" --html "$id.html" >/dev/null
    pages+=("maths:$id.html")
  done
  look_at "$1" "${pages[@]}"
}
case_pages_are_whole_in_light() { needs_browser; look_at_lessons light; }
case_pages_are_readable_in_dark() { needs_browser; needs_axe; look_at_lessons dark; }       # dark pages differ by their colours alone

case_texts_fit_forty_columns_without_colour_or_utf8() {
  for id in $(lessons); do
    echo "--- $id"
    COLUMNS=40 LC_ALL=C TERM=dumb "$cairn" learn "$id" --text >text
    ! LC_ALL=C grep -nP '[^\x20-\x7e]' text || return 1
    # Code stands behind blanks, and is as long as it is.
    ! awk 'length($0) > 40 && !/^  / { print FILENAME ": " $0; bad = 1 } END { exit !bad }' text || return 1
    says "What to do now" text
  done
}

case_texts_of_lessons_have_no_problems() {
  "$cairn" course check --no-exercises >out || { cat out; return 1; }
}

case_each_parameter_of_each_experiment_matters() { "$CAIRN_BUILD/cairn-lessons" contrasts || { echo "an experiment lacks a contrast"; return 1; }; }

case_the_pytorch_of_the_lessons_runs() {
  local python=${CAIRN_PYTHON:-} text number
  [ -n "$python" ] && "$python" -c 'import torch' 2>/dev/null || skip_case "CAIRN_PYTHON names no Python with torch"
  for text in "$source_root"/course/lessons/*/lesson.md; do
    echo "--- $text"
    awk '/^```python torch/ { file = "block_" ++n ".py"; next } /^```/ { file = "" } file { print >file }' "$text"
    for number in block_*.py; do "$python" "$number" || return 1; done
    rm -f block_*.py
  done
}

case_learn_knows_ids_and_their_neighbours() {
  fails_with 2 "$cairn" learn A66 2>err && says "A06" err
  "$cairn" learn a06 --text >out && says "Derivatives" out
  "$cairn" learn D15 >out && says "not written yet" out && says "It builds on" out
  "$cairn" learn D15 --json >out && says '"written":false' out
  fails_with 2 "$cairn" learn PA 2>err && says "cairn start PA" err
  fails_with 2 "$cairn" learn A06 A07 2>err
}

case_learn_alone_sends_a_newcomer_to_the_first_lesson() {
  CAIRN_HOME=$PWD/home "$cairn" learn --json >out
  says '"id":"A01"' out
  [ -s home/pages/A01.html ]
}

case_learn_prints_where_the_page_cannot_be_written() {
  : >file
  CAIRN_HOME=$PWD/file/home "$cairn" learn A06 >out && says "The page could not be written" out && says "By hand" out
  fails_with 1 "$cairn" learn A06 --html file/page.html 2>err && says "file/page.html" err
}

case_demo_says_what_changed() {
  "$cairn" demo A06 --out demo.svg >out && says "These are the defaults" out && says "written: demo.svg" out
  says "<svg" demo.svg
  "$cairn" demo A06 --curve kink --json >out && says '"changed":[{"name":"curve"' out && says '"numbers_by_default"' out
  "$cairn" demo A06 --curve kink >out && says "changed: curve kink instead of" out
  "$cairn" demo A06 --help >out && says "--curve" out
  printf 'a,b\n1,2\n3,5\n4,4\n' >ok.csv
  "$cairn" demo A03 --table ok.csv >out && says "changed: table ok.csv instead of" out
  fails_with 2 "$cairn" demo A06 --kurve kink 2>err && says "--curve" err
  fails_with 2 "$cairn" demo A06 --curve circle 2>err
  fails_with 2 "$cairn" demo A66 2>err && says "A06" err
  fails_with 2 "$cairn" demo 2>err
  COLUMNS=40 LC_ALL=C "$cairn" demo A06 >out
  ! LC_ALL=C grep -nP '[^\x20-\x7e]' out || return 1
}

run_cases
