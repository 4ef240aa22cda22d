#!/usr/bin/env bash
# Starter projects as their user meets them: made in an empty folder, built, tested, trained, interrupted and gone on with.
source "$(dirname "$0")/helpers/shell.sh"
: "${CAIRN_BUILD:?the folder of a finished build; ./test sets it}"

case_every_template_builds_tests_and_trains() {
  local kind
  for kind in "$source_root"/course/templates/*/; do
    kind=$(basename "$kind")
    "$CAIRN_BUILD/cairn" new "my-$kind" --template "$kind" >out
    says "next:  cd my-$kind && ./train" out
    (cd "my-$kind"
     ./train --test >../tests
     ./train --epochs 1 --limit_train 2000 >../first
     ./train --epochs 2 --limit_train 2000 --runs other >../second
     git init -q . && git add . && git status --short >../status)
    says "100% tests passed" tests
    says "test: " first
    says "epoch 2 " second
    silent_about "build/" status
    silent_about ".cairn-dir" status
    says ".gitignore" status
    [ -s "my-$kind/runs/model.safetensors" ]
    [ "$(wc -l <"my-$kind/other/log.jsonl")" = 2 ]
  done
}

case_a_training_goes_on_where_it_stopped() {
  "$CAIRN_BUILD/cairn" new again >out
  cd again
  ./train --epochs 3 --limit_train 2000 --runs whole >output
  # The same in two starts: the second finds the checkpoint of the first and needs a longer configuration, so its config is that of the first.
  sed -i 's/for (int64_t epoch = first;/for (int64_t epoch = first; (!std::getenv("STOP_AFTER") || epoch <= std::atoi(std::getenv("STOP_AFTER"))) \&\&/; s/#include <cstdio>/#include <cstdio>\n#include <cstdlib>/' src/main.cpp
  STOP_AFTER=1 ./train --epochs 3 --limit_train 2000 --runs parts >first
  ./train --epochs 3 --limit_train 2000 --runs parts >second
  says "going on after epoch 1" second
  cmp whole/log.jsonl parts/log.jsonl
  cmp whole/model.safetensors parts/model.safetensors
}

case_a_folder_that_is_there_is_refused() {
  mkdir taken && echo mine >taken/file
  ! "$CAIRN_BUILD/cairn" new taken 2>err || return 1
  says "is there already" err
  [ "$(cat taken/file)" = mine ]
  ! "$CAIRN_BUILD/cairn" new fine --template mlpp 2>err || return 1
  says "Did you mean 'mlp'" err
  ! "$CAIRN_BUILD/cairn" new ../up 2>err || return 1
  says "cannot be a project's name" err
}

run_cases
