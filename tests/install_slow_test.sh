#!/usr/bin/env bash
# The installed package, as its user meets it: find_package, the examples, the programs in README.md and docs/.
# A ```cpp block there is a whole program when it has a main; it is compiled and run. A block after the line <!-- fragment --> is not.
source "$(dirname "$0")/helpers/shell.sh"
: "${CAIRN_BUILD:?the folder of a finished build; ./test sets it}"

prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
cmake --install "$CAIRN_BUILD" --prefix "$prefix" >/dev/null

case_the_installed_program_starts() { "$prefix/bin/cairn" --help >out && says train out; }

case_headers_compile_alone_with_the_standard_library_only() {
  local header
  for header in $(cd "$prefix/include" && find cairn -name '*.h' | sort); do
    echo "#include <$header>"
  done >all.cpp
  # One file in the given order finds most of what is missing and takes a second; each header by itself is compiled in the sources.
  g++ -std=c++20 -fsyntax-only -Wall -Wextra -Werror -nostdinc++ $(g++ -E -x c++ -v /dev/null 2>&1 | awk '/^ .*c\+\+/ { printf "-isystem %s ", $1 }') \
    -I"$prefix/include" all.cpp
}

case_nothing_of_this_machine_is_in_the_package() {
  local file
  for file in "$prefix"/lib*/cmake/cairn/*.cmake; do silent_about "$source_root" "$file"; silent_about /usr/lib/ "$file"; done
}

configure_and_build() {                # FOLDER
  cmake -S "$1" -B build -G Ninja -DCMAKE_PREFIX_PATH="$prefix" >configure.log || { cat configure.log; return 1; }
  cmake --build build
}

case_the_examples_build_against_the_package() {
  configure_and_build "$source_root/examples"
  for source in "$source_root"/examples/*.cpp; do [ -x "build/$(basename "$source" .cpp)" ]; done
}

case_the_program_of_the_front_page_has_the_lines_that_it_promises() {
  local lines
  says 'The library, in fifteen lines' "$source_root/README.md"
  lines=$(awk '/^```cpp/ { inside = 1; next } /^```/ && inside { exit } inside && NF' "$source_root/README.md" | wc -l)
  [ "$lines" = 15 ] || { echo "$lines lines with something in them, not fifteen"; return 1; }
}

sine_was_learned() {                   # FILE: what the front page's program printed; sin(1) is 0.84
  awk '/^sin\(1\) is about/ { seen = 1; learned = $NF > 0.74 && $NF < 0.94 } END { exit !(seen && learned) }' "$1"
}

case_the_programs_of_the_documentation_run() {
  mkdir programs
  for text in "$source_root"/README.md "$source_root"/docs/*.md; do
    awk -v name="programs/$(basename "$text" .md)" '
      /^```cpp/ { inside = 1; code = ""; next }
      /^```/ && inside { inside = 0; if (!fragment && code ~ /int main/) printf "%s", code >(name "_" ++n ".cpp"); else if (!fragment) exit 1; fragment = 0; next }
      inside { code = code $0 "\n"; next }
      NF { fragment = /<!-- fragment -->/ }' "$text" || { echo "$text: a block without a main needs <!-- fragment --> before it"; return 1; }
  done
  cp "$source_root/examples/CMakeLists.txt" programs/
  configure_and_build programs
  for program in programs/*.cpp; do
    echo "--- $(basename "$program")"
    (cd programs && "../build/$(basename "$program" .cpp)") >printed
    cat printed
    case $program in *README_1.cpp) sine_was_learned printed ;; esac
  done
}

run_cases
