# For tests/*_test.sh: pages as their readers meet them, in headless Chromium. One start of it looks at many pages, each in a frame of its own,
# wide as at a desk and, in light, as on a phone:
#   look_at SCHEME PAGE...        SCHEME: light or dark; `maths:PAGE` has formulas, `desk:PAGE` and `phone:PAGE` are for one of the two alone
# A page is wrong when its console has an error, something is loaded, maths is not rendered or stands there as TeX, it is wider than the screen,
# a link leads nowhere, a prediction or a slider does not work, or axe-core (CAIRN_AXE names its axe.min.js) finds something serious.
browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
needs_browser() { browser >/dev/null || skip_case "no Chromium"; }
has_axe() { [ -f "${CAIRN_AXE:-}" ]; }
needs_axe() { has_axe || skip_case "CAIRN_AXE names no axe.min.js"; }

# What a reader would do with the page; every line that it gives back is a fault.
reader_script() {
  cat <<'END_OF_SCRIPT'
async function read(wants) {
  const found = [], wrong = text => found.push(text);
  const shown = e => e.getClientRects().length > 0;
  if (matchMedia("(prefers-color-scheme: dark)").matches !== wants.dark) wrong("the colours are not those that were asked for");
  for (const e of document.querySelectorAll(".katex-error")) wrong("maths: " + e.textContent + ": " + e.title);
  for (const e of document.querySelectorAll(".m")) if (!e.querySelector(".katex")) wrong("not rendered: " + e.textContent);
  if (wants.maths && !document.querySelector(".katex")) wrong("no maths at all");
  // What a reader, or somebody who listens, would meet as source: of maths, of code, of numbers to be put in.
  const source = text => /\$|`|\{\{|\}\}|\\[a-zA-Z]/.test(text);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());)
    if (!text.parentElement.closest("pre, code, script, style, .katex") && source(text.data)) wrong("source is shown: " + text.data.trim());
  for (const e of document.querySelectorAll("[aria-label], [title], [alt]"))
    for (const name of ["aria-label", "title", "alt"])
      if (!e.closest(".katex") && source(e.getAttribute(name) || "")) wrong(name + ": " + e.getAttribute(name));
  if (!document.title || source(document.title)) wrong("its title: " + document.title);
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
  for (const a of document.querySelectorAll('a[href^="#"]'))
    if (!document.getElementById(a.getAttribute("href").slice(1))) wrong("a link to nowhere: " + a.getAttribute("href"));
  const width = document.documentElement.scrollWidth;
  if (width > innerWidth) wrong("the page is wider than the screen: " + width + " > " + innerWidth);
  // Minor ones are left out: axe-core takes a heading of MathML alone for an empty one. Contrast takes it half of the time.
  const colours = "color-contrast", rules = wants.dark ? { runOnly: [colours] } : wants.phone ? { rules: { [colours]: { enabled: false } } } : {};
  if (window.axe)
    for (const v of (await axe.run({ resultTypes: ["violations"], preload: false, ...rules })).violations)
      if (v.impact === "serious" || v.impact === "critical")
        wrong("axe-core " + v.id + ": " + v.help + ", " + v.nodes.length + " times; " + v.nodes[0].target);
  return found;
}
END_OF_SCRIPT
}

# The page around the pages: it opens one after the other, so that the browser holds one at a time, and lays the reader into each.
desk_page() {                          # SCHEME PAGE...
  local scheme=$1 page
  shift
  # Frames take their colours from the page around them.
  printf '<!doctype html><meta charset="utf-8"><title>desk</title><body>\n'
  printf '<style>:root { color-scheme: light dark } iframe { border: 0; height: 900px }</style>\n'
  printf '<script type="text/plain" id="reader">'; reader_script; printf '</script>\n'
  printf '<script type="text/plain" id="axe">'; if has_axe; then cat "$CAIRN_AXE"; fi; printf '</script>\n'
  printf '<script>\nconst dark = %s, pages = [' "$([ "$scheme" = dark ] && echo true || echo false)"
  for page in "$@"; do printf '"%s",' "$page"; done
  cat <<'END_OF_PAGE'
];
addEventListener("load", async () => {
  const found = [], laid = id => document.getElementById(id).textContent;
  for (const named of pages) for (const width of [1200, 390]) {
    const [, mark, page] = named.match(/^(?:(maths|desk|phone):)?(.*)$/), maths = mark === "maths", phone = width < 500;
    if (mark === (phone ? "desk" : "phone") || (dark && phone)) continue;     // colours are the same on a phone
    const frame = document.createElement("iframe");
    frame.style.width = width + "px";
    frame.src = page;
    await new Promise(done => { frame.onload = done; document.body.append(frame); });
    const inside = frame.contentWindow;
    await inside.document.fonts.ready;
    for (const text of [laid("axe"), laid("reader")]) {
      const script = inside.document.createElement("script");
      script.textContent = text;
      inside.document.body.append(script);
    }
    try {
      for (const line of await inside.read({ dark, maths, phone })) found.push("wrong: " + page + " at " + width + ": " + line);
      found.push("read: " + page + " at " + width + (inside.axe ? " with axe-core" : ""));
    } catch (error) { found.push("wrong: " + page + " at " + width + ": the reader stopped: " + error); }
    frame.remove();
  }
  found.push("all are read");
  const list = document.createElement("pre");
  list.id = "found";
  list.textContent = found.join("\n");
  document.body.append(list);
});
</script>
END_OF_PAGE
}

look_at() {                            # SCHEME PAGE...: pages of the working folder
  local scheme=$1 value=1
  shift
  [ "$scheme" = light ] || value=0
  desk_page "$scheme" "$@" >desk.html
  # No name is found, so that what a page asks the network for is an error in its console.
  timeout 600 "$(browser)" --headless --no-sandbox --disable-gpu --user-data-dir="$PWD/profile" --blink-settings=preferredColorScheme="$value" \
    --host-resolver-rules='MAP * ~NOTFOUND' --window-size=1300,950 --virtual-time-budget=600000 --enable-logging=stderr \
    --allow-file-access-from-files --dump-dom "file://$PWD/desk.html" >dom 2>log || { tail log; return 1; }
  sed -n '/<pre id="found"/,$p' dom >found
  grep 'CONSOLE' log >console || true
  local bad=0
  says "all are read" found || bad=1
  if has_axe; then says "with axe-core" found || bad=1; fi
  silent_about "wrong:" found || bad=1
  silent_about "CONSOLE" console || bad=1
  return $bad
}
