#!/usr/bin/env bash
# The charts as a screen reader meets them: axe-core looks at the gallery in headless Chromium, in light and dark, wide and narrow.
# Needs chromium, and axe-core's axe.min.js (`npm install axe-core`), which CAIRN_AXE names; skipped without them.
source "$(dirname "$0")/helpers/shell.sh"
: "${CAIRN_BUILD:?the folder of a finished build; ./test sets it}"

browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

# Puts the checker behind the page; what it finds becomes the page's last element, one line for each kind of violation.
with_checker() {                       # PAGE
  cat "$1"
  printf '<script>'; cat "$CAIRN_AXE"; printf '</script>'
  cat <<'END'
<script>addEventListener("load", async () => {
  const found = (await axe.run()).violations, list = document.createElement("pre");
  list.id = "found";
  list.textContent = ["axe-core has looked", ...found.map(v => `violation ${v.id}: ${v.help}, ${v.nodes.length} times; ${v.nodes[0].target}`)].join("\n");
  document.body.appendChild(list);
});</script>
END
}

no_violations() {                      # PAGE SCHEME (0 dark, 1 light)
  with_checker "$1" >page.html
  timeout 120 "$(browser)" --headless --no-sandbox --disable-gpu --user-data-dir="$PWD/profile" --blink-settings=preferredColorScheme="$2" \
    --virtual-time-budget=30000 --dump-dom "file://$PWD/page.html" >dom 2>log || { tail log; return 1; }
  sed -n '/<pre id="found">/,$p' dom >found
  says "axe-core has looked" found
  silent_about "violation" found
}

needs_tools() {
  browser >/dev/null || skip_case "no Chromium"
  [ -f "${CAIRN_AXE:-}" ] || skip_case "CAIRN_AXE names no axe.min.js"
  "$CAIRN_BUILD/test_plot" --gtest_filter='Gallery.writes_pages_to_look_at' >/dev/null
}

case_the_gallery_has_no_violations_in_light() { needs_tools; no_violations "$CAIRN_BUILD/gallery/gallery.html" 1; }
case_the_gallery_has_no_violations_in_dark() { needs_tools; no_violations "$CAIRN_BUILD/gallery/gallery.html" 0; }
case_the_narrow_gallery_has_no_violations() { needs_tools; no_violations "$CAIRN_BUILD/gallery/gallery-narrow.html" 1; }

run_cases
