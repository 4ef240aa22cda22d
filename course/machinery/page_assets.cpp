// The look and the few lines of script of a lesson's page.
#include <course/machinery/page_assets.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/plot/svg.h>

namespace cairn::course {

std::string page_style() {
  return R"(
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1c2127; --soft: #56606b; --line: #d5dbe1; --tint: #f3f5f7; --accent: #0b5cad;
  --good: #15693b; --bad: #a12a1c; --word: #7c3a9c; --string: #1d6b2f; --comment: #5c6670; --number: #9a4a00; }
@media (prefers-color-scheme: dark) { :root { --paper: #181b1f; --ink: #e7eaee; --soft: #a6b0ba; --line: #353c44; --tint: #21262c; --accent: #82b7f5;
  --good: #6fd198; --bad: #ff9d90; --word: #d2a8f0; --string: #8fd6a0; --comment: #98a3ae; --number: #f0b072; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.6 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
a { color: var(--accent); }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }
header, main, footer { max-width: 46rem; margin: 0 auto; padding: 0 1.25rem; }
/* KaTeX keeps what screen readers read beside each formula, out of sight; at the end of a line it would widen the page of a phone. */
main { position: relative; overflow-x: clip; }
header { padding-top: 2.5rem; }
.where { color: var(--soft); font-size: .9rem; margin: 0 0 .25rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.4rem; line-height: 1.3; margin: 3rem 0 .75rem; padding-top: .5rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.12rem; margin: 2rem 0 .5rem; }
p, ul, ol, table, pre, figure, fieldset { margin: 0 0 1.1rem; }
li { margin: .25rem 0; }
code { font: .88em/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
p code, li code, td code, label code { background: var(--tint); border-radius: 4px; padding: .1em .3em; overflow-wrap: anywhere; }
td:first-child code { overflow-wrap: break-word; }
@media (min-width: 601px) { td code { overflow-wrap: break-word; } }
pre { background: var(--tint); border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1rem; overflow-x: auto; }
.whole { white-space: nowrap; }
pre code { font-size: .85rem; }
pre .w { color: var(--word); } pre .s { color: var(--string); } pre .c { color: var(--comment); } pre .n { color: var(--number); }
.prints { font-size: .85rem; color: var(--soft); margin: -.6rem 0 .3rem; }
pre.output { background: none; border-style: dashed; }
.table { overflow-x: auto; margin: 0 0 1.1rem; }
table { border-collapse: collapse; margin: 0; }
th, td { padding: .35rem .9rem .35rem 0; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
th { border-bottom-width: 2px; }
th[align=right], td[align=right] { text-align: right; } th[align=center], td[align=center] { text-align: center; }
.m.d { display: block; overflow-x: auto; overflow-y: hidden; padding: .2rem 0; }
.plain { font-style: italic; } .plain.d { display: block; padding-left: 2rem; }
.katex { font-size: 1.1em; } .katex-display { margin: .4em 0; }
nav.contents { font-size: .92rem; margin: 0 0 1rem; }
nav.contents ol { list-style: none; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; }
nav.contents li { margin: 0; }
nav.contents a { text-decoration: none; display: inline-block; padding: .15rem 0; } nav.contents a:hover { text-decoration: underline; }
figure.picture { border: 1px solid var(--line); border-radius: 8px; padding: .75rem; }
figure.picture svg { display: block; width: 100%; height: auto; }
figure.picture figcaption { color: var(--soft); font-size: .92rem; margin-top: .5rem; }
.frame[hidden] { display: none; }
.narrow { display: none; }
@media (max-width: 600px) { .wide { display: none; } .narrow { display: block; } header { padding-top: 1.25rem; } h1 { font-size: 1.6rem; }
  .katex-display > .katex { font-size: 1em; } }
.control { display: flex; align-items: center; gap: .75rem; margin-top: .5rem; font-size: .95rem; }
.control input { flex: 1; min-width: 6rem; accent-color: var(--accent); height: 1.75rem; }
.control output { min-width: 4.5rem; font-variant-numeric: tabular-nums; font-weight: 600; }
.says { margin: .25rem 0 0; min-height: 1.6em; font-size: .95rem; }
.cover { display: none; }
.covered > * { display: none; } .covered > .cover { display: block; }
button { font: inherit; color: var(--accent); background: var(--tint); border: 1px solid var(--line); border-radius: 6px; padding: .4rem .9rem; cursor: pointer; }
fieldset.predict { border: 2px solid var(--accent); border-radius: 8px; padding: .5rem 1rem .75rem; min-width: 0; }
fieldset.predict legend { color: var(--accent); font-weight: 600; padding: 0 .4rem; }
fieldset.predict p { margin: 0 0 .5rem; }
.choice { display: flex; gap: .6rem; align-items: baseline; padding: .3rem 0; }
.choice input { accent-color: var(--accent); flex: none; width: 1.05rem; height: 1.05rem; position: relative; top: .15rem; }
.thought { margin: 0 0 .4rem 1.7rem; font-size: .95rem; }
.thought.right b { color: var(--good); } .thought.wrong b { color: var(--bad); }
.thought[hidden] { display: none; }
a.term { text-decoration: underline dotted; text-underline-offset: .2em; color: inherit; }
a.term:hover { color: var(--accent); }
dt { font-weight: 600; } dd { margin: 0 0 .8rem 0; }
dt:target, dt:target + dd { background: var(--tint); }
.steps { border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1rem; }
.steps ul { margin: 0; padding-left: 1.2rem; }
footer { padding-bottom: 4rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
@media print { .control, .skip, nav.contents, .cover { display: none; } }
)";
}

std::string page_script() {
  return R"(
"use strict";
for (const e of document.querySelectorAll(".m")) {
  const tex = e.textContent;
  try { katex.render(tex, e, { displayMode: e.classList.contains("d"), throwOnError: false, output: "htmlAndMathml" }); }
  catch (error) { e.textContent = tex; console.error("maths: " + error.message); }
  // A line may break behind a formula; the full stop that follows goes into its last part, so that none begins the next line.
  const next = e.nextSibling, mark = next && next.nodeType === 3 && next.data.match(/^[.,;:?!)]+/);
  const last = mark && [...e.querySelectorAll(".katex-html > .base")].pop();
  if (last && !e.classList.contains("d")) { last.append(mark[0]); next.data = next.data.slice(mark[0].length); }
}
// What is wider than the page can be scrolled by keys, too.
const reachable = () => { for (const e of document.querySelectorAll("pre, .table, .m.d"))
  if (e.scrollWidth > e.clientWidth + 1) e.tabIndex = 0; else e.removeAttribute("tabindex"); };
reachable(); addEventListener("resize", reachable); document.fonts.ready.then(reachable);
// Sliders: one frame of many is shown.
for (const slider of document.querySelectorAll("figure.slider")) {
  const input = slider.querySelector("input"), output = slider.querySelector("output"), says = slider.querySelector(".says");
  const frames = [...slider.querySelectorAll(".frame")];
  const show = () => {
    const now = frames[+input.value];
    for (const f of frames) f.hidden = f !== now;
    output.textContent = now.dataset.value;
    input.setAttribute("aria-valuetext", now.dataset.value);
    if (says) says.textContent = now.dataset.says;
  };
  input.addEventListener("input", show);
  show();
}
// Predictions: the figure below waits until one is chosen.
for (const predict of document.querySelectorAll("fieldset.predict")) {
  const covered = document.querySelector('[data-after="' + predict.id + '"]');
  const uncover = () => { if (covered) { covered.classList.remove("covered"); reachable(); } };
  if (covered) { covered.classList.add("covered"); covered.querySelector(".cover button").addEventListener("click", uncover); }
  for (const input of predict.querySelectorAll("input")) input.addEventListener("change", () => {
    for (const thought of predict.querySelectorAll(".thought")) thought.hidden = thought.id !== input.dataset.thought;
    uncover();
  });
}
)";
}

// Of each font the one format that every browser reads: url(fonts/X.woff2) format('woff2'),url(...)... -> the font itself.
std::string katex_style(const std::string& folder) {
  if (folder.empty()) return "";
  constexpr uint64_t limit = 4 << 20;
  const std::string css = read_file(folder + "/katex.min.css", limit);
  std::string out;
  size_t at = 0;
  for (size_t source; (source = css.find("src:url(", at)) != std::string::npos;) {
    const size_t name = source + 8, end = css.find(')', name), last = css.find_first_of(";}", end);
    if (end == std::string::npos || last == std::string::npos) break;
    const std::string font = css.substr(name, end - name);
    if (!font.ends_with(".woff2") || font.find("..") != std::string::npos || !file_exists(folder + "/" + font))
      throw FileError("the font '" + font + "' of " + folder + "/katex.min.css is not there.");
    out += css.substr(at, source - at) + "src:url(data:font/woff2;base64," + plot::detail::base64(read_file(folder + "/" + font, limit)) +
           ") format('woff2')";
    at = last;
  }
  return out + css.substr(at);
}

std::string katex_script(const std::string& folder) {
  if (folder.empty()) return "";
  std::string script = read_file(folder + "/katex.min.js", 8 << 20);
  // Inside of a page a script ends at its first end tag, wherever that stands.
  for (size_t at = 0; (at = script.find("</script", at)) != std::string::npos; at += 9) script.replace(at, 2, "<\\/");
  return script;
}

}  // namespace cairn::course
