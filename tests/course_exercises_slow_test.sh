#!/usr/bin/env bash
# Exercises as a learner meets them: started, answered wrongly, helped with, answered rightly; what can go wrong on a machine; and the proof
# that every judge holds what it promises.
source "$(dirname "$0")/helpers/shell.sh"
: "${CAIRN_BUILD:?the folder of a finished build; ./test sets it}"
cairn=$CAIRN_BUILD/cairn
export HOME=$PWD/no-home                # nothing of the person who runs the tests
lesson=$source_root/course/lessons/A06-derivatives
in_a_new_home() { export CAIRN_HOME=$PWD/home; }
file=cairn-course/A06-derivatives/exercise.cpp

# As many at once as there are cores; those first that take longest.
case_every_judge_holds_what_it_promises() {
  local check id ids=(PA A12 A04 A14)
  for check in "$source_root"/course/*/*/check.cpp; do
    id=$(basename "$(dirname "$check")")
    [[ ! $id =~ ^([A-Z]+[0-9]*)- ]] || id=${BASH_REMATCH[1]}
    [[ " ${ids[*]} " == *" $id "* ]] || ids+=("$id")
  done
  [ "${#ids[@]}" -ge 24 ]
  for id in "${ids[@]}"; do
    while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n || true; done
    { "$cairn" course check "$id" --no-texts --mutations ${CAIRN_LONG:+1}60 >"$id.out" 2>&1 && touch "$id.holds"; } &
  done
  wait
  for id in "${ids[@]}"; do [ -e "$id.holds" ] || { cat "$id.out"; return 1; }; done
}

# Answers that were written without sight of the judges. What is named wrongly misleads, so there is a limit to it.
case_right_answers_pass_and_wrong_ones_are_refused() {
  [ -n "${CAIRN_LONG:-}" ] || skip_case "./test --long judges the answers in held_out/ (some minutes)"
  "$cairn" course check --held-out --json >out || { cat out; return 1; }
  grep '"event":"held_out_total"' out >total
  n() { sed -nE "s/.*\"$1\":([0-9]+).*/\1/p" total; }
  cat total
  [ "$(n wrong)" -ge 355 ]
  [ "$(n right)" -ge 117 ]
  [ "$(n refused)" = "$(n wrong)" ]
  [ "$(n right_refused)" = 0 ]
  [ $((100 * $(n rightly_named))) -ge $((95 * $(n wrong))) ]
  [ $((50 * $(n wrongly_named))) -le "$(n wrong)" ]
}

case_an_unchanged_exercise_is_not_proved_again() {
  "$cairn" course check A06 --no-texts >/dev/null || true
  "$cairn" course check A06 --no-texts >out || true
  says unchanged out
}

case_from_start_to_pass() {
  in_a_new_home
  "$cairn" start A06 --anyway >out
  says exercise.cpp out
  fails_with 1 "$cairn" check --anyway >out
  says 'the file as it came' out
  "$cairn" hint >out
  says 'hint 1 of 3' out
  "$cairn" hint >out
  says 'hint 2 of 3' out
  cp "$lesson/mutants/h_for_2h.cpp" "$file"
  fails_with 1 "$cairn" check A06 --anyway --seed 5 >out
  says "$(sed -n 's|^// slip: ||p' "$lesson/mutants/h_for_2h.cpp")" out
  says '--seed 5' out
  cp "$lesson/solution_alt.cpp" "$file"
  "$cairn" check "$file" --anyway >out
  says 'Right: A06' out
  "$cairn" check --anyway --json >out
  says '"verdict":"pass"' out
  says '"recorded":true' out
  "$cairn" progress >out
  says A06 out
}

case_an_equation_of_a_paper_leads_to_its_note() {
  in_a_new_home
  paper=$source_root/course/papers/rosenblatt-1958
  fails_with 1 "$cairn" start rosenblatt-1958 2>err
  says A11 err
  "$cairn" start rosenblatt-1958 --anyway >out
  says 'Rosenblatt 1958: the perceptron' out
  says 'cairn papers rosenblatt-1958' out
  cp "$(ls "$paper"/mutants/*.cpp | head -n 1)" cairn-course/rosenblatt-1958/exercise.cpp
  fails_with 1 "$cairn" check --anyway >out
  says 'cairn papers rosenblatt-1958' out
  silent_about 'cairn learn' out
  "$cairn" papers rosenblatt-1958 >out
  cp "$paper/solution.cpp" cairn-course/rosenblatt-1958/exercise.cpp
  "$cairn" check --anyway >out
  says 'Right: rosenblatt-1958' out
  silent_about 'cairn learn' out
}

case_starting_again_and_resetting_lose_nothing() {
  in_a_new_home
  "$cairn" start A06 --anyway >out
  echo '// mine' >"$file"
  "$cairn" start A06 --anyway >out
  [ "$(cat "$file")" = '// mine' ]
  "$cairn" reset A06 >out
  cmp "$file" "$lesson/exercise.cpp"
  [ "$(cat "$(dirname "$file")"/exercise.1.cpp~)" = '// mine' ]
  git init -q . 2>/dev/null && git -C cairn-course add -A . && ! git status --short | grep -q 'compile_commands\|cpp~'
}

case_a_locked_lesson_says_what_is_missing() {
  in_a_new_home
  fails_with 1 "$cairn" start A06 2>err
  says 'builds on' err
  says --anyway err
  [ ! -e cairn-course ]
}

case_a_locked_lesson_that_was_started_all_the_same_stays_open() {
  in_a_new_home
  "$cairn" start A06 --anyway >out
  says 'cairn check A06 ' out
  silent_about --anyway out
  fails_with 1 "$cairn" check A06 >out
  says 'the file as it came' out
  (cd "$(dirname "$file")" && fails_with 1 "$cairn" check) >out
  "$cairn" hint A06 >out
  timeout 60 "$cairn" watch A06 --json >events & watcher=$!
  for _ in $(seq 300); do ! grep -q '"verdict":"starter"' events || break; sleep 0.1; done
  says '"verdict":"starter"' events
  kill -INT $watcher 2>/dev/null || true
  wait $watcher || true
  "$cairn" start A06 >out
  says 'started this one already' out
  # The file alone, as it comes from another machine, opens nothing.
  rm -r "$CAIRN_HOME"
  fails_with 1 "$cairn" check A06 --folder cairn-course 2>err
  says 'builds on' err
}

case_started_where_nothing_can_be_kept_the_commands_say_anyway() {
  : >home
  export CAIRN_HOME=$PWD/home/below
  "$cairn" start A06 --anyway >out
  says 'cairn check A06 --anyway' out
}

case_wrong_words_and_lost_files_are_told() {
  in_a_new_home
  fails_with 2 "$cairn" start A666 2>err
  says 'no exercise' err
  fails_with 2 "$cairn" check 2>err
  says 'cairn start ID' err
  "$cairn" start A06 --anyway >out
  rm "$file"
  fails_with 2 "$cairn" check A06 --anyway 2>err
  says 'is gone' err
  : >"$file"
  fails_with 1 "$cairn" check A06 --anyway >out
  says 'the file is empty' out
  cp "$source_root/course/lessons/A02-tensors-broadcasting/solution.cpp" "$file"
  fails_with 1 "$cairn" check A06 --anyway >out
  says "'central_difference' is not in your file" out
}

case_a_missing_compiler_is_told_with_the_command() {
  in_a_new_home
  "$cairn" start A06 --anyway >out
  CXX=no-such-g++ fails_with 1 "$cairn" check --anyway 2>err
  says 'apt-get install g++' err
}

case_a_home_that_cannot_be_written_takes_no_answer_away() {
  : >home
  export CAIRN_HOME=$PWD/home/below
  "$cairn" start A06 --anyway >out
  cp "$lesson/solution.cpp" "$file"
  "$cairn" check --anyway >out
  says 'Right: A06' out
  says 'could not be noted' out
}

case_two_checks_at_once_both_answer() {
  in_a_new_home
  "$cairn" start A06 --anyway >out
  cp "$lesson/solution.cpp" "$file"
  "$cairn" check --anyway >one & "$cairn" check --anyway >two
  wait
  says 'Right: A06' one
  says 'Right: A06' two
}

case_watch_checks_at_each_save() {
  in_a_new_home
  "$cairn" start A06 --anyway >out
  "$cairn" watch A06 --anyway --json >events & watcher=$!
  until_said() { for _ in $(seq 300); do ! grep -q "$1" events || return 0; sleep 0.1; done; cat events; kill $watcher; return 1; }
  until_said '"verdict":"starter"'
  cp "$lesson/mutants/h_for_2h.cpp" "$file"
  until_said '"verdict":"wrong"'
  cp "$lesson/solution.cpp" new.cpp && mv new.cpp "$file"      # as editors do
  until_said '"verdict":"pass"'
  until_said '"event":"started","id":"A07"'                    # the next one is laid out, and watched from now on
  kill -INT $watcher 2>/dev/null || true
  wait $watcher || true
}

case_an_installed_cairn_judges_too() {
  in_a_new_home
  cmake --install "$CAIRN_BUILD" --prefix "$PWD/prefix" >/dev/null
  prefix/bin/cairn start A06 --anyway >out
  cp "$lesson/mutants/h_for_2h.cpp" "$file"
  fails_with 1 prefix/bin/cairn check --anyway >out
  says 'This looks like' out
  cp "$lesson/solution.cpp" "$file"
  prefix/bin/cairn check --anyway >out
  says 'Right: A06' out
}

run_cases
