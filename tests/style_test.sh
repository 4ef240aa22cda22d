#!/usr/bin/env bash
# The sources keep the rules of DESIGN, and the two checkers see a rule broken.
source "$(dirname "$0")/helpers/shell.sh"

case_includes_go_downwards_by_rank() { "$source_root/tools/check_layers"; }
case_sources_keep_the_style() { "$source_root/tools/check_style"; }

plant() { mkdir -p "$(dirname "$1")"; printf '%s\n' "${@:2}" >"$1"; }       # FILE LINE...

case_a_sibling_is_seen() {
  plant cairn/io/a.h '// x' '#include <cairn/backend/backend.h>'
  fails_with 1 "$source_root/tools/check_layers" . >out
  says 'cairn/io/a.h:2: rank 2 (io) may not include rank 2 (<cairn/backend/backend.h>)' out
}
case_an_include_upwards_is_seen() {
  plant cairn/tensor/a.cpp '// x' '#include <cairn/base/errors.h>' '#include "cairn/ops/ops.h"'
  fails_with 1 "$source_root/tools/check_layers" . >out
  says 'cairn/tensor/a.cpp:3: rank 1 (tensor) may not include rank 3' out
  silent_about errors.h out
}
case_a_test_may_use_its_own_rank_but_not_a_higher_one() {
  plant cairn/optim/a_test.cpp '#include <cairn/nn/nn.h>' '#include <tests/helpers/temp_folder.h>'
  "$source_root/tools/check_layers" .
  plant cairn/optim/b_test.cpp '#include <cairn/train/trainer.h>'
  fails_with 1 "$source_root/tools/check_layers" . >out
  says 'cairn/optim/b_test.cpp:1' out
}
case_the_library_may_not_use_test_helpers_nor_the_program() {
  plant cairn/nn/a.cpp '#include <tests/helpers/temp_folder.h>' '#include <app/command.h>'
  fails_with 1 "$source_root/tools/check_layers" . >out
  says 'a.cpp:1' out
  says 'a.cpp:2' out
}
case_a_folder_without_a_rank_is_seen() {
  plant cairn/misc/a.h '// x'
  fails_with 1 "$source_root/tools/check_layers" . >out
  says 'has no rank' out
}

room() { cp "$source_root/.clang-format" .; plant cairn/base/README.md '# base'; plant cairn/base/a.h '// What it is.' '#pragma once' "$@"; }
case_a_clean_room_passes() { room '#include <vector>' '' '#include <cairn/base/b.h>'; "$source_root/tools/check_style" .; }
case_a_foreign_include_in_a_public_header_is_seen() {
  room '#include <fmt/format.h>'
  fails_with 1 "$source_root/tools/check_style" . >out
  says '3:#include <fmt/format.h>' out
}
case_open_work_and_machine_paths_are_seen() {
  room "// TO""DO: later" "// see /ho""me/me/x"
  fails_with 1 "$source_root/tools/check_style" . >out
  says 'work to be done' out
  says 'a path of one machine' out
}
case_an_empty_source_is_seen() {
  room
  : >cairn/base/empty.h
  fails_with 1 "$source_root/tools/check_style" . >out
  says 'cairn/base/empty.h:1: a file opens with a comment' out
}
case_a_long_file_and_a_missing_readme_are_seen() {
  room
  awk 'BEGIN { for (i = 0; i < 600; i++) print "// line" }' >>cairn/base/a.h
  rm cairn/base/README.md
  fails_with 1 "$source_root/tools/check_style" . >out
  says 'cairn/base/a.h: 602 lines' out
  says 'cairn/base: no README.md' out
}
case_a_diff_in_the_docs_that_is_not_in_the_sources_is_seen() {
  room 'int real;'
  plant docs/README.md '```diff' '+++ b/cairn/base/a.h' '+int real;' '+int imagined;' '```'
  fails_with 1 "$source_root/tools/check_style" . >out
  says 'int imagined' out
  silent_about 'int real' out
}
case_a_link_of_the_docs_to_a_file_that_is_not_there_is_seen() {
  room
  plant README.md '[a](docs/README.md), [b](docs/gone.md#part)'
  plant docs/README.md '[here](README.md#below) and [there](../cairn/base/a.h), ![picture](images/none.png), [web](https://example.org/x), [up](#below)' \
    '```' '[code](no-link.md)' '```'
  fails_with 1 "$source_root/tools/check_style" . >out
  says 'README.md: a link to docs/gone.md, which is not there' out
  says 'docs/README.md: a link to images/none.png, which is not there' out
  silent_about 'a.h' out
  silent_about 'example' out
  silent_about 'no-link' out
  silent_about 'below' out
}

run_cases
