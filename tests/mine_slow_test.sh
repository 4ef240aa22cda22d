#!/usr/bin/env bash
# `cairn train mlp --mine` as a learner types it: nothing passed, a piece passed, a file changed; what a run with pieces keeps and needs.
source "$(dirname "$0")/helpers/shell.sh"
: "${CAIRN_BUILD:?the folder of a finished build; ./test sets it}"
cairn=$CAIRN_BUILD/cairn
export HOME=$PWD/no-home                # nothing of the person who runs the tests
lessons=$source_root/course/lessons

# passed LESSON...: the solution lies in the learner's folder, and the progress knows its digest. Quicker than start and check, which
# course_exercises_slow_test.sh drives.
passed() {
  local lesson entries=()
  export CAIRN_HOME=$PWD/home CAIRN_RUNS=$PWD/runs
  mkdir -p cairn-course
  : >cairn-course/.cairn-course
  for lesson in "$@"; do
    mkdir -p "cairn-course/$lesson"
    [ -f "cairn-course/$lesson/exercise.cpp" ] || cp "$lessons/$lesson/solution.cpp" "cairn-course/$lesson/exercise.cpp"
    entries+=("{\"id\":\"${lesson%%-*}\",\"kind\":\"exercise\",\"passed\":true,\"seconds\":60,\"digest\":\"$(sha256sum <"cairn-course/$lesson/exercise.cpp" | cut -d' ' -f1)\",\"detail\":\"\",\"date\":\"2026-01-01\",\"at\":1767225600000}")
  done
  (IFS=,; printf '{"format":"cairn progress","version":1,"entries":[%s]}\n' "${entries[*]}") >progress.json
  "$cairn" progress --import progress.json >out || { cat out; return 1; }
}
all=(A03-data-splits A07-convexity A09-logistic-regression A12-scalar-autograd A13-tensor-autograd A15-metrics A16-sanity-checks)
number() { grep -o "\"$1\":[0-9.e-]*" "$2" | head -n 1 | cut -d: -f2; }         # KEY FILE
calls() { grep -o "\"piece\":\"$1\",[^}]*\"calls\":[0-9]*" "$2" | grep -o '[0-9]*$'; }   # PIECE FILE

case_with_nothing_passed_it_says_what_would_be_used() {
  export CAIRN_HOME=$PWD/home CAIRN_RUNS=$PWD/runs
  fails_with 1 "$cairn" train mlp --data iris --mine 2>err
  for id in A03 A09 A12 A13 A07; do says "$id has not passed yet: cairn start $id" err; done
  says 'cairn train mlp --mine` uses it' err
  [ ! -e runs ]
}

case_wrong_words_are_told() {
  passed A09-logistic-regression
  fails_with 2 "$cairn" train softmax --data iris --mine 2>err
  says 'cairn train mlp --mine' err
  fails_with 2 "$cairn" train mlp --data iris --mine=los 2>err
  says "there is no piece 'los'" err
  fails_with 1 "$cairn" train mlp --data iris --mine loss,relu 2>err
  says 'A12 has not passed yet' err
  fails_with 2 "$cairn" train mlp --data iris --mine loss --precision bf16 2>err
  says '--precision f32' err
  CXX=no-such-g++ fails_with 1 "$cairn" train mlp --data iris --mine 2>err
  says 'apt-get install g++' err
  [ ! -e runs ]
}

case_all_pieces_train_as_the_engine_does_and_their_calls_are_counted() {
  passed "${all[@]}"
  "$cairn" train mlp --data iris --mine --epochs 3 --hidden 8 --batch-size 16 --name all --seed 4 --json >out
  says '"event":"pieces"' out
  says '"exercise":"A16"' out
  # 120 rows: 8 batches an epoch, none held out.
  grep '"event":"comparison"' out >comparison
  [ "$(number steps comparison)" = 24 ]
  [ "$(calls loss comparison)" = 48 ]                       # value and gradient
  [ "$(calls step comparison)" = 96 ]                       # two weights and two biases
  [ "$(calls linear comparison)" = 96 ]                     # two layers: weights, and bias
  [ "$(calls relu comparison)" = $((3 * 120 * 8 * 2)) ]     # each element, forward and backward
  awk -v d="$(number largest_difference comparison)" 'BEGIN { exit !(d < 1e-5) }'
  says '"f1":{' comparison
  [ -s runs/all/comparison.json ]
  # The model is an ordinary one: no learner's code is asked for.
  CAIRN_HOME=$PWD/elsewhere "$cairn" eval all --json >evaluated
  [ "$(number accuracy evaluated)" = "$(number test_accuracy out)" ]
  head -n 1 "$source_root/share/tables/iris.csv" | cut -d, -f1-4 >flower.csv
  echo 5,3.4,1.5,0.2 >>flower.csv
  CAIRN_HOME=$PWD/elsewhere "$cairn" predict all flower.csv >predicted
  says 'flower.csv' predicted
}

case_what_a_piece_prints_is_no_event() {
  mkdir -p cairn-course/A09-logistic-regression
  { echo '#include <cstdio>'
    echo 'static const int loaded = std::puts("hello from the top");'
    sed '0,/) {$/s//) {\n  std::puts("hello from a function");/' "$lessons/A09-logistic-regression/solution.cpp"
  } >cairn-course/A09-logistic-regression/exercise.cpp
  passed A09-logistic-regression
  "$cairn" train mlp --data iris --mine --epochs 1 --name loud --json >out 2>err
  ! grep -v '^{.*}$' out || return 1
  says '"event":"comparison"' out
  says 'hello from a function' err
  "$cairn" train mlp --data iris --mine --epochs 1 --name louder >out
  says 'hello from the top' out
}

case_in_words_both_stand_side_by_side() {
  passed A09-logistic-regression A16-sanity-checks
  "$cairn" train mlp --data wine --mine --epochs 2 >out
  says 'yours (A09)' out
  says 'A12 has not passed yet' out
  says "the engine's" out
  says 'loss, epoch 2' out
  says 'times as long' out
  "$cairn" train mlp --data wine --mine --epochs 1 --optimizer adam >out
  says '--optimizer adam does more than your step' out
}

case_a_changed_file_is_not_used() {
  passed A09-logistic-regression A16-sanity-checks
  echo '// a thought' >>cairn-course/A09-logistic-regression/exercise.cpp
  "$cairn" train mlp --data iris --mine --epochs 1 >out
  says 'A09 has changed since it passed: cairn check A09' out
  fails_with 1 "$cairn" train mlp --data iris --mine loss --epochs 1 2>err
  says 'A09 has changed since it passed: cairn check A09' err
}

case_a_run_goes_on_with_the_same_pieces_or_says_why_not() {
  passed A03-data-splits A09-logistic-regression
  "$cairn" train mlp --data wine --mine --epochs 2 --name one --json >out
  # Killed behind its last checkpoint: what came after is made again.
  rm runs/one/model.safetensors
  echo '// a thought' >>cairn-course/A09-logistic-regression/exercise.cpp
  "$cairn" resume one --json >resumed
  says '"exercise":"A09"' resumed
  [ "$(number test_accuracy resumed)" = "$(number test_accuracy out)" ]
  rm runs/one/model.safetensors
  rm -r home/mine
  fails_with 1 "$cairn" resume one 2>err
  says 'was trained with your loss (A09) as it was then' err
}

case_check_says_that_a_piece_is_ready() {
  export CAIRN_HOME=$PWD/home
  "$cairn" start A09 --anyway >out
  cp "$lessons/A09-logistic-regression/solution.cpp" cairn-course/A09-logistic-regression/exercise.cpp
  "$cairn" check A09 --anyway >out
  says 'cairn train mlp --mine' out
  "$cairn" train mlp --data iris --epochs 1 --mine >out
  says 'yours (A09)' out
}

run_cases
