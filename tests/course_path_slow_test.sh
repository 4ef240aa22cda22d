#!/usr/bin/env bash
# The way of a learner through the warm-ups and phase A, in a clean home: each lesson started, answered wrongly as somebody did who never saw
# the judge, helped with, answered rightly; `cairn` alone sends to the next; weeks later all of it comes back as reviews.
source "$(dirname "$0")/helpers/shell.sh"
: "${CAIRN_BUILD:?the folder of a finished build; ./test sets it}"
cairn=$CAIRN_BUILD/cairn
export HOME=$PWD/no-home                # nothing of the person who runs the tests
lessons=$source_root/course/lessons

case_from_the_first_warm_up_to_the_end_of_phase_a() {
  export CAIRN_HOME=$PWD/home
  "$cairn" >out
  says 'cairn learn A01' out            # a newcomer is sent to a first model, never to a test
  local folder name id file count=0
  for folder in "$lessons"/W??-* "$lessons"/A??-*; do
    name=${folder##*/} id=${folder##*/}
    id=${id%%-*} file=cairn-course/$name/exercise.cpp
    "$cairn" start "$id" >out
    cmp "$file" "$folder/exercise.cpp"
    fails_with 1 "$cairn" check "$id" >out
    says 'the file as it came' out
    cp "$(ls "$folder"/held_out/mistake_*.cpp | head -n 1)" "$file"
    fails_with 1 "$cairn" check "$id" --json >out
    says '"verdict":"wrong"' out
    "$cairn" hint "$id" >out
    says 'hint 1 of 3' out
    cp "$folder/solution_alt.cpp" "$file"
    "$cairn" check "$id" >out
    says "Right: $id" out
    says 'next: ' out
    count=$((count + 1))
    "$cairn" >out
    says "You have passed $count lesson" out
    ! grep -q "cairn learn $id\b" out || { echo "$id is passed and still asked for"; cat out; return 1; }
  done
  [ $count = 20 ]
  # A week later reviews are due; who knows nothing any more gets the lesson back.
  local later
  later=$(date -d '+8 days' +%F)
  "$cairn" review --list --day "$later" --json >out
  says '"id":"A01"' out
  says '"id":"W01"' out
  "$cairn" review A06 --day "$later" --seed 3 --answers '?,?,?' --json >out || true
  says '"passed":false' out
  "$cairn" >out
  says 'A06' out
  "$cairn" progress --json >out
  for folder in "$lessons"/*-*; do
    id=${folder##*/}
    says "\"${id%%-*}\"" out
  done
}

run_cases
