#!/usr/bin/env bash
# All pages but the lessons' (course_pages_slow_test.sh has those): papers, projects, the road, a plan, progress, and the gallery of charts, each in
# headless Chromium as at a desk and as on a phone. Skipped without Chromium; axe-core looks too where CAIRN_AXE names its axe.min.js.
source "$(dirname "$0")/helpers/shell.sh"
source "$source_root/tests/helpers/browser.sh"
: "${CAIRN_BUILD:?the folder of a finished build; ./test sets it}"
export CAIRN_HOME=$(mktemp -d)
trap 'rm -rf "$CAIRN_HOME"' EXIT
cairn=$CAIRN_BUILD/cairn

entry() {                              # ID KIND PASSED DATE DETAIL AT: one entry of an export of progress
  printf '{"id":"%s","kind":"%s","passed":%s,"seconds":1234.5,"digest":"","detail":"%s","date":"%s","at":%s}' "$1" "$2" "$3" "$5" "$4" "$6"
}
# Somebody who has passed two lessons and a paper, forgot one of them, and may skip the warm-ups: every state there is on the road.
learned_something() {
  {
    printf '{"format":"cairn progress","version":1,"entries":['
    entry A01 exercise true 2026-01-05 "" 1767610000000; printf ,
    entry A02 exercise true 2026-01-06 "" 1767700000000; printf ,
    entry A01 quiz true 2026-01-06 "" 1767710000000; printf ,
    entry A02 review false 2026-01-20 "" 1768900000000; printf ,
    entry rosenblatt-1958 paper true 2026-01-21 "" 1769000000000; printf ,
    entry A03 exercise false 2026-01-22 "" 1769100000000; printf ,
    entry placement placement true 2026-01-04 '{\"skip\":[\"W01\",\"W02\"],\"refresh\":[\"A06\"],\"reached\":{},\"seed\":1}' 1767500000000
    printf ']}\n'
  } >learned.json
  "$cairn" progress --import learned.json >/dev/null
}

# Writes them into the working folder and their names, with what is to be seen in them, into `pages`; once for all cases.
make_pages() {
  local id folder
  if [ -f "$CAIRN_HOME/made/pages" ]; then
    cp "$CAIRN_HOME"/made/*.html .
    mapfile -t pages <"$CAIRN_HOME/made/pages"
    return
  fi
  pages=()
  for folder in "$source_root"/course/papers/*/; do
    id=$(basename "$folder")
    "$cairn" papers "$id" --html "$id.html" >/dev/null
    pages+=("maths:$id.html")
  done
  for folder in "$source_root"/course/projects/*/; do
    id=$(basename "$folder" | cut -d- -f1)
    "$cairn" learn "$id" --html "$id.html" >/dev/null
    pages+=("maths:$id.html")
  done
  learned_something
  "$cairn" road --html road.html >/dev/null
  "$cairn" progress --html progress.html >/dev/null
  "$cairn" plan --track phase-A --hours 6 --start 2027-01-04 --end 2027-02-14 --format html --out plan.html >/dev/null
  "$CAIRN_BUILD/test_plot" --gtest_filter='Gallery.writes_pages_to_look_at' >/dev/null
  cp "$CAIRN_BUILD/gallery/gallery.html" "$CAIRN_BUILD/gallery/gallery-narrow.html" .
  pages+=(road.html progress.html plan.html desk:gallery.html phone:gallery-narrow.html)
  mkdir "$CAIRN_HOME/made"
  cp ./*.html "$CAIRN_HOME/made/"
  printf '%s\n' "${pages[@]}" >"$CAIRN_HOME/made/pages"
}

case_pages_are_whole_in_light() {
  needs_browser
  make_pages
  look_at light "${pages[@]}"
}
case_pages_are_readable_in_dark() {    # dark pages differ by their colours alone
  needs_browser
  needs_axe
  make_pages
  look_at dark "${pages[@]}"
}

# The reader itself: it finds what is wrong with a page.
case_a_broken_page_is_seen() {
  needs_browser
  cat >broken.html <<'PAGE'
<!doctype html><html lang="en"><title>broken</title><body><p>It costs $x^2$ and `code`.</p><span class="m">x</span><a href="#away">away</a>
<img src="https://example.invalid/a.png" alt="a"><div style="width: 3000px">wide</div>
<script>console.error("a word of the page"); nowhere();</script></body></html>
PAGE
  look_at light maths:broken.html >out 2>&1 && { echo "nothing was found"; return 1; }
  for word in 'source is shown: It costs $x^2$ and `code`.' 'not rendered: x' 'no maths at all' 'a link to nowhere: #away' \
    'loaded https://example.invalid/a.png' 'at 390: the page is wider than the screen' 'at 1200: the page is wider than the screen'; do
    says "$word" out
  done
  for word in 'a word of the page' 'nowhere is not defined'; do says "$word" console; done
  cat >silent.html <<'PAGE'
<!doctype html><html lang="en"><title>silent</title><body><p>Nothing is wrong here.</p>
<script>console.error("a word of the page")</script></body></html>
PAGE
  look_at light silent.html >out && { echo "its console was not looked at"; return 1; }
  says "a word of the page" out
}

case_what_axe_finds_is_seen() {
  needs_browser
  needs_axe
  cat >pale.html <<'PAGE'
<!doctype html><html lang="en"><title>pale</title><style>:root { color-scheme: light dark }
@media (prefers-color-scheme: dark) { p { background: #000; color: #333 } }</style><body>
<main><h1>Pale</h1><p>in the dark</p><input></main></body></html>
PAGE
  look_at light pale.html >out 2>&1 && { echo "nothing was found in light"; return 1; }
  says "axe-core label" out
  silent_about "color-contrast" out
  look_at dark pale.html >out 2>&1 && { echo "nothing was found in dark"; return 1; }
  says "axe-core color-contrast" out
}

run_cases
