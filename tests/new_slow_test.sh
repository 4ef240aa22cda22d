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

run_steps() { sed -n 's/^ *- run: //p' "$1"; }        # FILE: the commands of a workflow, one a line

# The workflow of a new project, run in a checkout of its own: what git ignores (.cairn-dir) is not there. Cairn's own repository is a stand-in, whose
# build folder is the one that is tested: building the real one takes some minutes.
case_the_commands_of_its_workflow_run() {
  local line steps=0 script packages=() bin=$PWD/bin workflow=mine/.github/workflows/ci.yml
  "$CAIRN_BUILD/cairn" new mine >out
  [ "$(grep -c 'run:' $workflow)" = "$(run_steps $workflow | wc -l)" ] || { echo "a step of several lines"; return 1; }
  grep -q 'folder=$root/build/release' "$source_root/run" || { echo "./run builds somewhere else now"; return 1; }
  export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t GIT_CONFIG_GLOBAL=/dev/null HOME=$PWD
  (cd mine && git init -q . && git add . && git commit -q -m start)
  git clone -q mine checkout
  git init -q cairn
  cat >cairn/run <<END
#!/bin/sh
set -e
[ "\$*" = --version ]
cd "\${0%/*}"
mkdir build
ln -s "$CAIRN_BUILD" build/release
build/release/cairn --version
END
  chmod +x cairn/run
  (cd cairn && git add . && git commit -q -m stand-in)
  mkdir "$bin"                          # installing is only noted down
  printf '#!/bin/sh\necho "$*" >>"%s/apt"\n' "$PWD" >"$bin/apt-get"
  chmod +x "$bin/apt-get"
  while IFS= read -r line; do
    steps=$((steps + 1))
    script=$PWD/step.sh
    sed "s|[$]{{ vars.CAIRN_REPOSITORY }}|file://$PWD/cairn|g; s|/opt/cairn|$PWD/opt|g" <<<"$line" >step.sh
    silent_about '{{' step.sh
    echo "--- $line"
    # In a container a step is a script of sh.
    (cd checkout && unset CAIRN_DIR && PATH=$bin:$PATH sh -e "$script") >step.out 2>&1 </dev/null || { cat step.out; return 1; }
    case $line in
      *--version*) says "$("$CAIRN_BUILD/cairn" --version)" step.out ;;
      *--test*) says "100% tests passed" step.out ;;
      *--epochs*) says "test: " step.out ;;
    esac
  done < <(run_steps $workflow)
  [ $steps = 4 ] || { echo "$steps steps"; return 1; }
  [ -s checkout/runs/model.safetensors ]
  says update apt
  if [ -n "$(apt-cache pkgnames git 2>/dev/null)" ]; then        # there are lists of packages here
    for line in $(sed -n 's/^install//p' apt | tr ' ' '\n' | grep -v '^-'); do
      [ -n "$(apt-cache madison "$line")" ] || { echo "no package $line"; return 1; }
      packages+=("$line")
    done
    [ ${#packages[@]} -ge 2 ]
  fi
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
