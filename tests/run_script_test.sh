#!/usr/bin/env bash
# ./run on systems that lack something, with stand-ins for dpkg-query, apt-get, sudo, cmake and ninja: nothing is installed or compiled.
source "$(dirname "$0")/helpers/shell.sh"

command_file() { cat >"$1"; chmod +x "$1"; }                                # PATH <text
# A small tree with the real scripts and, as programs, stand-ins that keep a diary of how they were called.
fresh_tree() {
  mkdir -p tree/cmake tree/cairn tree/app tree/recipes bin home
  cp -r "$source_root/run" "$source_root/tools" tree/
  touch tree/CMakeLists.txt
  for tool in bash chmod env readlink dirname cat awk sed grep wc tr head tail mktemp rm mkdir mv touch find nproc id flock ln basename ls; do
    ln -s "$(command -v $tool)" bin/$tool
  done
  command_file bin/cmake <<'END'
#!/usr/bin/env bash
echo "cmake $*" >>"$DIARY"
END
  command_file bin/ninja <<'END'
#!/usr/bin/env bash
echo "ninja $*" >>"$DIARY"
echo "@1/2 Building CXX object cairn_base.dir/cairn/base/text.cpp.o"
printf '#!/usr/bin/env bash\necho "cairn: $*"; pwd\n' >"$2/cairn"
chmod +x "$2/cairn"
END
  export DIARY=$PWD/diary HOME=$PWD/home SANDBOX=$PWD/bin CAIRN_NO_INSTALL=0
  unset CXX
  touch diary
}
start() { PATH=$SANDBOX "$@"; }            # with nothing in the PATH but the stand-ins and the tools above
installed() {                          # PACKAGE... are installed, no other is
  command_file bin/dpkg-query <<END
#!/usr/bin/env bash
for p in "\$@"; do for i in $*; do [ "\$p" != "\$i" ] || echo "installed \$p"; done; done
END
}
everything() { awk '!/^#/ && $2 == "run" { print $1 }' tree/tools/packages.txt | tr '\n' ' '; }
no_root() { rm bin/id; printf '#!/usr/bin/env bash\necho 1000\n' | command_file bin/id; }
root_user() { rm bin/id; printf '#!/usr/bin/env bash\necho 0\n' | command_file bin/id; }
apt_that_works() {
  command_file bin/apt-get <<'END'
#!/usr/bin/env bash
echo "apt-get $*" >>"$DIARY"
END
}

case_nothing_missing_builds_and_starts() {
  fresh_tree; installed $(everything)
  start tree/run train mlp --epochs 1 >out 2>err
  says 'cairn: train mlp --epochs 1' out
  says 'ninja -C' diary
  says './run --link' err
  [ "$(wc -l <out)" = 2 ]                                                   # standard output is the program's alone
}
case_without_a_verb_the_main_job_runs() {
  fresh_tree; installed $(everything)
  start tree/run >out 2>err
  says 'cairn: train mlp --data fashion-mnist' out
  says 'first start' err
}
case_the_second_start_needs_no_network() {
  unshare -rn true 2>/dev/null || skip_case "this system lets nobody leave the network (unshare -n)"
  fresh_tree; installed $(everything)
  start tree/run doctor >out 2>err
  rm diary
  PATH=$SANDBOX "$(command -v unshare)" -rn "$PWD/tree/run" doctor >out 2>err
  says 'cairn: doctor' out
  [ ! -e diary ]
}
case_the_second_start_does_nothing_but_start() {
  fresh_tree; installed $(everything)
  start tree/run doctor >out 2>err
  rm bin/cmake bin/ninja bin/dpkg-query diary
  start tree/run doctor --json >out 2>err
  says 'cairn: doctor --json' out
  [ ! -s err ] && [ ! -e diary ]
}
case_judges_and_figures_are_built_for_the_verbs_that_need_them_and_once() {
  fresh_tree
  mkdir -p tree/course/lessons/A07-convexity
  touch tree/course/lessons/A07-convexity/check.cpp
  root_user
  installed "$(everything)"
  start tree/run doctor >out 2>err
  ! grep -q 'cairn_judges\|cairn_figures' diary || return 1
  start tree/run check a07 >out 2>err
  says 'the judge of A07' err
  grep -q 'ninja.* cairn_exe cairn_judge_A07$' diary
  start tree/run check A06 >out 2>err
  says 'judges of the exercises' err
  grep -q 'ninja.* cairn_exe cairn_judges$' diary
  start tree/run demo A06 >out 2>err
  grep -q 'ninja.* cairn_exe cairn_figures$' diary
  : >diary
  start tree/run check A07 >out 2>err
  start tree/run check A06 >out 2>err
  start tree/run doctor >out 2>err
  start tree/run demo A06 >out 2>err
  [ ! -s diary ] && [ ! -s err ]
}

case_the_working_folder_is_the_callers() {
  fresh_tree; installed $(everything)
  mkdir elsewhere && cd elsewhere
  start ../tree/run predict a.png >../out 2>../err
  says "$PWD" ../out
}
case_a_changed_source_is_compiled_even_with_an_old_date() {
  fresh_tree; installed $(everything)
  start tree/run doctor >out 2>err
  : >diary
  echo 'int x;' >tree/cairn/x.cpp
  touch -d '2001-01-01' tree/cairn/x.cpp
  start tree/run doctor >out 2>err
  says 'ninja -C' diary
  silent_about cmake diary
}
case_a_moved_tree_is_configured_again() {
  fresh_tree; installed $(everything)
  start tree/run doctor >out 2>err
  : >diary
  mv tree moved
  start moved/run doctor >out 2>err
  says 'cmake -S' diary
}
case_missing_packages_are_installed_by_root() {
  fresh_tree; root_user; apt_that_works
  installed $(everything | sed 's/libhwy-dev//; s/cmake//')
  start tree/run doctor >out 2>err
  says 'apt-get install -y --no-install-recommends cmake libhwy-dev' diary
  says 'cairn: doctor' out
}
case_sudo_is_used_where_it_asks_nothing() {
  fresh_tree; no_root; apt_that_works
  installed g++
  command_file bin/sudo <<'END'
#!/usr/bin/env bash
[ "$1" != -n ] || shift
echo "sudo $*" >>"$DIARY"
"$@"
END
  ln -s "$(type -P true)" bin/true
  start tree/run doctor >out 2>err
  says 'sudo env DEBIAN_FRONTEND=noninteractive apt-get install' diary
  says 'cairn: doctor' out
}
case_without_root_and_sudo_the_list_is_printed_and_nothing_happens() {
  fresh_tree; no_root; apt_that_works
  installed $(everything | sed 's/libhwy-dev//; s/zlib1g-dev//')
  fails_with 1 start tree/run doctor >out 2>err </dev/null
  says 'apt-get install --no-install-recommends libhwy-dev zlib1g-dev' err
  [ ! -s out ] && [ ! -s diary ]
}
case_no_install_lists_and_stops() {
  fresh_tree; root_user; apt_that_works
  installed g++
  CAIRN_NO_INSTALL=1 fails_with 1 start tree/run >out 2>err
  says 'apt-get install --no-install-recommends cmake ninja-build' err
  says 'CAIRN_NO_INSTALL' err
  [ ! -s diary ]
}
case_another_system_gets_the_list() {
  fresh_tree; root_user
  fails_with 1 start tree/run >out 2>err
  says 'apt-get install --no-install-recommends g++ cmake' err
  says 'no apt-get' err
  [ ! -s diary ]
}
case_another_system_can_build_with_what_it_has() {
  fresh_tree
  CAIRN_NO_INSTALL=skip start tree/run doctor >out 2>err
  says 'cairn: doctor' out
}
case_failing_apt_says_so() {
  fresh_tree; root_user
  installed g++
  command_file bin/apt-get <<'END'
#!/usr/bin/env bash
echo "apt-get $*" >>"$DIARY"
echo "E: no network"; exit 100
END
  fails_with 1 start tree/run >out 2>err
  says 'apt-get update' diary                                               # stale lists are tried once
  says 'E: no network' err
  says 'apt-get failed' err
}
case_failing_cmake_shows_its_error() {
  fresh_tree; installed $(everything)
  command_file bin/cmake <<'END'
#!/usr/bin/env bash
echo "-- The compiler"; echo "CMake Error at CMakeLists.txt:9: too old"; exit 1
END
  fails_with 1 start tree/run >out 2>err
  says 'too old' err
  says 'Configuring failed' err
  silent_about 'The compiler' err
  [ ! -s out ]
}
case_a_failing_compiler_shows_its_error_and_the_next_start_goes_on() {
  fresh_tree; installed $(everything)
  mv bin/ninja bin/ninja.good
  command_file bin/ninja <<'END'
#!/usr/bin/env bash
echo "@1/2 Building CXX object a.cpp.o"; echo "FAILED: a.cpp.o"; echo "a.cpp:1:1: error: no such thing"; exit 1
END
  fails_with 1 start tree/run doctor >out 2>err
  says 'a.cpp:1:1: error: no such thing' err
  says 'Compiling failed' err
  mv bin/ninja.good bin/ninja
  : >diary
  start tree/run doctor >out 2>err
  says 'cairn: doctor' out
  silent_about cmake diary
}
case_the_link_is_made_on_request_only() {
  fresh_tree; installed $(everything)
  start tree/run doctor >out 2>err
  [ ! -e home/.local/bin/cairn ]
  start tree/run --link 2>err
  says 'not in your PATH' err
  [ "$(start home/.local/bin/cairn x | head -n 1)" = 'cairn: x' ]
  rm home/.local/bin/cairn && echo mine >home/.local/bin/cairn
  fails_with 1 start tree/run --link 2>err
  says 'not touched' err
}
case_a_path_with_spaces_works() {
  fresh_tree; installed $(everything)
  mv tree 'my tree'
  start 'my tree/run' doctor >out 2>err
  says 'cairn: doctor' out
}

run_cases
