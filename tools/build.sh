# What ./run and ./test share: Debian packages, configuring, compiling with one line of progress. Sourced by bash with `root` set.
# Everything here speaks on standard error, so that `./run VERB --json | program` sees the program's own lines alone.

say() { printf '%s\n' "$*" >&2; }
stop() { say "$@"; exit 1; }

packages_of() {                       # SECTION... -> the packages of tools/packages.txt, one a line
  awk -v want=" $* " '!/^#/ && NF >= 2 && index(want, " " $2 " ") { print $1 }' "$root/tools/packages.txt"
}

missing_packages() {                  # SECTION... -> those that are not installed; all where there is no dpkg
  local packages installed
  packages=$(packages_of "$@")
  # shellcheck disable=SC2086  # a list of words
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $packages 2>/dev/null | sed -n 's/^installed //p' || true)
  grep -vxF "${installed:-none}" <<<"$packages" || true
}

how_to_install() {                    # PACKAGE... -> the exact list, for a person to install
  say "These Debian packages are missing: $*"
  say "Install them with:"
  say "  apt-get install --no-install-recommends $*"
}

# install_packages SECTION...: installs what is missing, or prints the exact list and stops.
install_packages() {
  [ "${CAIRN_NO_INSTALL:-0}" != skip ] || return 0
  local missing as_root=() log
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  # shellcheck disable=SC2086  # a list of words
  set -- $missing
  if [ "${CAIRN_NO_INSTALL:-0}" != 0 ]; then
    how_to_install "$@"
    stop "Nothing was installed, because CAIRN_NO_INSTALL is set."
  fi
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    how_to_install "$@"
    stop "This system has no apt-get: install what corresponds to them here, then build with CAIRN_NO_INSTALL=skip ./run"
  fi
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
      as_root=(sudo)
    else
      how_to_install "$@"
      stop "This user may not install packages (not root, and sudo is missing or would ask for a password)."
    fi
  fi
  say "Installing $# Debian packages: $*"
  log=$(mktemp)
  apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "$@" >>"$log" 2>&1 </dev/null; }
  if ! apt install -y --no-install-recommends "$@"; then
    # A fresh system has no lists yet, an old one has lists that name packages which are gone.
    if ! { apt update && apt install -y --no-install-recommends "$@"; }; then
      tail -n 12 "$log" >&2
      rm -f "$log"
      how_to_install "$@"
      stop "apt-get failed; its last lines are above."
    fi
  fi
  rm -f "$log"
}

jobs_that_fit() {                     # as many as there are cores, but each with a GiB of memory
  local cores memory
  cores=$(nproc 2>/dev/null || echo 2)
  memory=$(awk '/^MemAvailable:/ { print int($2 / 1048576) }' /proc/meminfo 2>/dev/null || echo 4)
  [ "${memory:-4}" -ge 1 ] || memory=1
  echo $((cores < memory ? cores : memory))
}

# Where the processor has no AVX-512, nothing is compiled for it; a build folder that has it stays as it is.
instruction_sets() {                  # FOLDER -> " -DCAIRN_AVX512=OFF", or nothing
  grep -qw avx512f /proc/cpuinfo 2>/dev/null || { [ -f "$1/.key" ] && ! grep -q AVX512=OFF "$1/.key"; } || printf ' -DCAIRN_AVX512=OFF'
}

# What a build folder is good for: this place, this system. A tree that was moved or is used from a container builds anew.
build_key() {
  local system=unknown
  [ ! -r /etc/os-release ] || system=$(. /etc/os-release && echo "${ID:-} ${VERSION_ID:-}")
  echo "$root $system ${CXX:-} $*"
}

# is_built FOLDER PRODUCT STAMP: nothing that a build reads has changed since the last one. `-cnewer`, not `-newer`: a file that comes
# with an old date of its own is seen too; folders are looked at as well, so files that came or went are.
stamp_name=.built                      # another name for another set of targets
is_built() {
  [ -f "$1/$stamp_name" ] && [ -e "$1/$2" ] && [ "$(<"$1/$stamp_name")" = "$3" ] || return 1
  local place places=()
  for place in CMakeLists.txt cmake cairn app recipes bench course tests; do
    [ ! -e "$root/$place" ] || [[ $place == tests && $3 != *CAIRN_TESTS=ON* ]] || places+=("$root/$place")
  done
  # Of texts only lessons are built (their programs run), and only for the verbs that show them.
  local texts=(! -name '*.md')
  [[ $stamp_name != *figures ]] || texts=('(' ! -name '*.md' -o -name lesson.md ')')
  [ -z "$(find "${places[@]}" "${texts[@]}" ! -name '*.sh' -cnewer "$1/$stamp_name" -print -quit)" ]
}

# configure FOLDER LOG OPTION...
configure() {
  local folder=$1 log=$2
  shift 2
  if ! cmake -S "$root" -B "$folder" -G Ninja "$@" >"$log" 2>&1; then
    awk '/^CMake Error/ { show = 1 } /^-- / { show = 0 } show' "$log" | head -n 30 >&2
    stop "Configuring failed (the whole log: $log)."
  fi
}

# compile FOLDER LOG TARGET...: ninja, shown as one line that moves on a terminal, as a line every tenth elsewhere.
compile() {
  local folder=$1 log=$2 terminal=0 line counts step total tenth last=-1 failed
  shift 2
  [ ! -t 2 ] || terminal=1
  : >"$log"
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    [[ $line == "@"*" "* ]] || continue
    counts=${line%% *}
    step=${counts#@}; total=${step#*/}; step=${step%/*}
    tenth=$((total > 0 ? 10 * step / total : 10))
    if [ $terminal = 1 ]; then
      printf '\r  compiling %s of %s  %.60s\033[K' "$step" "$total" "$(basename "${line##* }" .o)" >&2
    elif [ "$total" -gt 3 ] && [ $tenth -gt $last ]; then
      say "  compiling $step of $total"
    fi
    last=$tenth
  done < <(NINJA_STATUS='@%f/%t ' ninja -C "$folder" -j "$(jobs_that_fit)" "$@" 2>&1 || echo "@@failed")
  [ $terminal = 0 ] || printf '\r\033[K' >&2
  failed=$(grep -c '^@@failed' "$log" || true)
  if [ "$failed" != 0 ]; then
    grep -vE '^(@[0-9]+/[0-9]+ |@@failed|ninja: Entering|-- )' "$log" | head -n 60 >&2
    stop "Compiling failed (the whole log: $log)."
  fi
}

# build FOLDER PRODUCT "OPTIONS" TARGET...: configures and compiles what is not up to date; costs some milliseconds when all is.
# The stamp FOLDER/.built (or FOLDER/$stamp_name) says for which options and targets, and by its date, when.
build() {
  local folder=$1 product=$2 options=$3 key stamp
  shift 3
  key=$(build_key "$options")
  stamp="$key: $*"
  ! is_built "$folder" "$product" "$stamp" || return 0
  if ! command -v cmake >/dev/null || ! command -v ninja >/dev/null; then
    stop "Cairn is built by cmake and ninja, which are missing here; tools/packages.txt lists all that is needed."
  fi
  mkdir -p "$root/build"
  if command -v flock >/dev/null; then            # two starts at once: the second waits for the first
    exec 8>"$folder.lock"
    flock 8
  fi
  if ! is_built "$folder" "$product" "$stamp"; then
    if [ "$(cat "$folder/.key" 2>/dev/null || true)" != "$key" ]; then
      rm -rf "$folder"
      mkdir -p "$folder"
      # shellcheck disable=SC2086  # a list of words
      configure "$folder" "$folder/configure.log" $options
      printf '%s\n' "$key" >"$folder/.key"
    fi
    printf '%s\n' "$stamp" >"$folder/.building"   # its date is older than anything that changes while we compile
    compile "$folder" "$folder/compile.log" "$@"
    mv "$folder/.building" "$folder/$stamp_name"
    built_something=1
  fi
  [ ! -e "$folder.lock" ] || exec 8>&-
}
