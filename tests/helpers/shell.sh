# For tests/*_test.sh: each case is a function named case_..., run in a subshell of its own with a fresh folder as its working folder.
#   source "$(dirname "$0")/helpers/shell.sh";  case_two_is_two() { [ 2 = 2 ]; };  run_cases
# A case fails at its first failing command; `skip_case WHY` leaves it out. Prints `ok`, `not ok` and `skip` lines for ./test to count.
set -euo pipefail
source_root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)

skip_case() { echo "$*"; exit 77; }
says() { grep -qF -- "$1" "$2" || { echo "expected '$1' in:"; cat "$2"; return 1; }; }      # TEXT FILE
silent_about() { ! grep -qF -- "$1" "$2" || { echo "unexpected '$1' in:"; cat "$2"; return 1; }; }
fails_with() {                          # CODE COMMAND...
  local code=0 expected=$1
  shift
  "$@" || code=$?
  [ "$code" = "$expected" ] || { echo "exit code $code instead of $expected: $*"; return 1; }
}

run_cases() {
  local name folder code
  for name in $(declare -F | awk '$3 ~ /^case_/ { print $3 }'); do
    folder=$(mktemp -d)
    code=0
    # `set -e` is off inside of || and if: the case needs a shell of its own.
    set +e
    (set -euo pipefail; cd "$folder"; "$name") >"$folder.log" 2>&1
    code=$?
    set -e
    case $code in
      0) echo "ok ${name#case_}" ;;
      77) echo "skip ${name#case_}: $(tail -n 1 "$folder.log")" ;;
      *) echo "not ok ${name#case_} (exit code $code)"; sed 's/^/    /' "$folder.log" ;;
    esac
    rm -rf "$folder" "$folder.log"
  done
}
