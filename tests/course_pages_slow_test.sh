#!/usr/bin/env bash
# The lessons as a learner meets them: pages in headless Chromium (no error, maths rendered, nothing loaded, sliders and predictions work,
# axe-core), text in a narrow terminal, experiments whose parameters matter, the PyTorch of the lessons, and the verbs `learn` and `demo`.
# Chromium, axe-core's axe.min.js (CAIRN_AXE names it) and a Python with torch (CAIRN_PYTHON) are used where they are; else skipped.
source "$(dirname "$0")/helpers/shell.sh"
: "${CAIRN_BUILD:?the folder of a finished build; ./test sets it}"
export CAIRN_HOME=$(mktemp -d)
trap 'rm -rf "$CAIRN_HOME"' EXIT
cairn=$CAIRN_BUILD/cairn

lessons() { for text in "$source_root"/course/lessons/*/lesson.md; do basename "$(dirname "$text")" | cut -d- -f1; done; }
browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

# Behind the page: what a reader would do with it. What is wrong becomes a line of its last element.
cat >"$CAIRN_HOME/reader.html" <<'END'
<script>addEventListener("load", async () => {
  const found = ["the reader has looked"], wrong = text => found.push("wrong: " + text);
  const shown = e => e.getClientRects().length > 0;
  for (const e of document.querySelectorAll(".katex-error")) wrong("maths: " + e.textContent + ": " + e.title);
  for (const e of document.querySelectorAll(".m")) if (!e.querySelector(".katex")) wrong("not rendered: " + e.textContent);
  if (!document.querySelector(".katex")) wrong("no maths at all");
  for (const e of performance.getEntriesByType("resource")) if (!e.name.startsWith("data:")) wrong("loaded " + e.name);
  for (const predict of document.querySelectorAll("fieldset.predict")) {
    const covered = document.querySelector('[data-after="' + predict.id + '"]');
    if (covered && [...covered.querySelectorAll("svg")].some(shown)) wrong(predict.id + ": its figure is shown before the answer");
    for (const input of predict.querySelectorAll("input")) {
      input.click();
      const thoughts = [...predict.querySelectorAll(".thought")].filter(shown);
      if (thoughts.length !== 1 || thoughts[0].id !== input.dataset.thought) wrong(predict.id + ": the thought of " + input.id + " is not shown");
    }
    if (covered && ![...covered.querySelectorAll("svg")].some(shown)) wrong(predict.id + ": its figure stays hidden");
  }
  for (const slider of document.querySelectorAll("figure.slider")) {
    const input = slider.querySelector("input"), seen = new Set();
    if (+input.max < 11 && document.querySelectorAll("figure.slider").length === 1) wrong("the only slider has fewer than 12 frames");
    for (let i = 0; i <= +input.max; i++) {
      input.value = i;
      input.dispatchEvent(new Event("input"));
      const frames = [...slider.querySelectorAll(".frame")].filter(shown);
      if (frames.length !== 1) wrong(input.id + ": " + frames.length + " frames at once");
      else seen.add([...frames[0].querySelectorAll("svg")].filter(shown).map(e => e.innerHTML).join());
      if (!input.getAttribute("aria-valuetext")) wrong(input.id + ": no words for its value");
    }
    if (seen.size < +input.max / 2) wrong(input.id + ": only " + seen.size + " different pictures");
  }
  for (const a of document.querySelectorAll('a[href^="#"]')) if (!document.getElementById(a.hash.slice(1))) wrong("a link to nowhere: " + a.hash);
  if (document.documentElement.scrollWidth > innerWidth) wrong("the page is wider than the screen: " + document.documentElement.scrollWidth + " > " + innerWidth);
  if (window.axe) {
    // Minor ones are left out: axe-core takes a heading of MathML alone for an empty one.
    for (const v of (await axe.run()).violations) if (v.impact === "serious" || v.impact === "critical") wrong("axe-core " + v.id + ": " + v.help + ", " + v.nodes.length + " times; " + v.nodes[0].target);
    found.push("axe-core has looked");
  }
  const list = document.createElement("pre");
  list.id = "found";
  list.textContent = found.join("\n");
  document.body.appendChild(list);
});</script>
END

# A window is at least 500 wide; a phone's page stands in a frame of 390.
cat >"$CAIRN_HOME/phone.html" <<'END'
<body><iframe src="page.html" style="border: 0; width: 390px; height: 900px"></iframe>
<script>const wait = setInterval(() => {
  const found = document.querySelector("iframe").contentDocument.querySelector("#found");
  if (!found) return;
  clearInterval(wait);
  document.body.appendChild(document.importNode(found, true));
}, 100);</script>
END

read_page() {                          # ID SCHEME (0 dark, 1 light) [phone]
  local page=page.html opened=page.html
  "$cairn" learn "$1" --html lesson.html >/dev/null
  cat lesson.html >$page
  if [ -f "${CAIRN_AXE:-}" ]; then { printf '<script>'; cat "$CAIRN_AXE"; printf '</script>'; } >>$page; fi
  cat "$CAIRN_HOME/reader.html" >>$page
  if [ "${3:-}" = phone ]; then
    cp "$CAIRN_HOME/phone.html" .
    opened=phone.html
  fi
  timeout 240 "$(browser)" --headless --no-sandbox --disable-gpu --user-data-dir="$PWD/profile" --blink-settings=preferredColorScheme="$2" \
    --window-size=1200,900 --virtual-time-budget=120000 --enable-logging=stderr --allow-file-access-from-files --dump-dom "file://$PWD/$opened" >dom 2>log || { tail log; return 1; }
  sed -n '/<pre id="found"/,$p' dom >found
  says "the reader has looked" found
  [ ! -f "${CAIRN_AXE:-}" ] || says "axe-core has looked" found
  silent_about "wrong:" found
  grep 'CONSOLE' log >console || true
  silent_about "CONSOLE" console
}

needs_browser() { browser >/dev/null || skip_case "no Chromium"; }
each_page() { for id in $(lessons); do echo "--- $id"; read_page "$id" "$@"; done; }

case_pages_are_whole_in_light_at_a_desk() { needs_browser; each_page 1; }
case_pages_are_readable_in_dark_at_a_desk() {
  needs_browser
  [ -f "${CAIRN_AXE:-}" ] || skip_case "CAIRN_AXE names no axe.min.js, and dark pages differ by their colours alone"
  each_page 0
}
case_pages_fit_a_phone() { needs_browser; each_page 1 phone; }

case_texts_fit_forty_columns_without_colour_or_utf8() {
  for id in $(lessons); do
    echo "--- $id"
    COLUMNS=40 LC_ALL=C TERM=dumb "$cairn" learn "$id" --text >text
    ! LC_ALL=C grep -nP '[^\x20-\x7e]' text || return 1
    # Code stands behind blanks, and is as long as it is.
    ! awk 'length($0) > 40 && !/^  / { print FILENAME ": " $0; bad = 1 } END { exit !bad }' text || return 1
    says "What to do now" text
  done
}

case_texts_of_lessons_have_no_problems() {
  "$cairn" course check --no-exercises >out || { cat out; return 1; }
}

case_each_parameter_of_each_experiment_matters() { "$CAIRN_BUILD/cairn-lessons" contrasts || { echo "an experiment lacks a contrast"; return 1; }; }

case_the_pytorch_of_the_lessons_runs() {
  local python=${CAIRN_PYTHON:-} text number
  [ -n "$python" ] && "$python" -c 'import torch' 2>/dev/null || skip_case "CAIRN_PYTHON names no Python with torch"
  for text in "$source_root"/course/lessons/*/lesson.md; do
    echo "--- $text"
    awk '/^```python torch/ { file = "block_" ++n ".py"; next } /^```/ { file = "" } file { print >file }' "$text"
    for number in block_*.py; do "$python" "$number" || return 1; done
    rm -f block_*.py
  done
}

case_learn_knows_ids_and_their_neighbours() {
  fails_with 2 "$cairn" learn A66 2>err && says "A06" err
  "$cairn" learn a06 --text >out && says "Derivatives" out
  "$cairn" learn D15 >out && says "not written yet" out && says "It builds on" out
  "$cairn" learn D15 --json >out && says '"written":false' out
  fails_with 2 "$cairn" learn PA 2>err && says "cairn start PA" err
  fails_with 2 "$cairn" learn A06 A07 2>err
}

case_learn_alone_sends_a_newcomer_to_the_first_lesson() {
  CAIRN_HOME=$PWD/home "$cairn" learn --json >out
  says '"id":"A01"' out
  [ -s home/pages/A01.html ]
}

case_learn_prints_where_the_page_cannot_be_written() {
  : >file
  CAIRN_HOME=$PWD/file/home "$cairn" learn A06 >out && says "The page could not be written" out && says "By hand" out
  fails_with 1 "$cairn" learn A06 --html file/page.html 2>err && says "file/page.html" err
}

case_demo_says_what_changed() {
  "$cairn" demo A06 --out demo.svg >out && says "These are the defaults" out && says "written: demo.svg" out
  says "<svg" demo.svg
  "$cairn" demo A06 --curve kink --json >out && says '"changed":[{"name":"curve"' out && says '"numbers_by_default"' out
  "$cairn" demo A06 --curve kink >out && says "changed: curve kink instead of" out
  "$cairn" demo A06 --help >out && says "--curve" out
  fails_with 2 "$cairn" demo A06 --kurve kink 2>err && says "--curve" err
  fails_with 2 "$cairn" demo A06 --curve circle 2>err
  fails_with 2 "$cairn" demo A66 2>err && says "A06" err
  fails_with 2 "$cairn" demo 2>err
  COLUMNS=40 LC_ALL=C "$cairn" demo A06 >out
  ! LC_ALL=C grep -nP '[^\x20-\x7e]' out || return 1
}

run_cases
