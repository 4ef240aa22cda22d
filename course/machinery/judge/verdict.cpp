// From outputs to a verdict: the smallest input that fails, what was expected, and which slip it looks like.
//   1. a mutant that gives what this answer gives on every input of every property
//   2. when it is the only one: one that does so for the first property that fails; or for one of that property's outputs; or on those of
//      its inputs where the answer is wrong (the same slip, but other care for an edge)
//   3. a simple relation between got and expected that holds in every failing case: a factor, a sign, a transposition, ...
// Else no name is given: a wrong name is worse than none.
// A wrong gradient gets the slope of its loss as evidence. Where the solution's own does not agree with the loss, nothing is judged: the check
// is broken.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <set>

#include <course/machinery/judge/judge.h>

namespace judge {

namespace {

// ---- one JSON object a line

std::string quoted(const std::string& s) {
  std::string out = "\"";
  for (const char c : s) {
    const auto u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') (out += '\\') += c;
    else if (u < 0x20) {
      const char* digits = "0123456789abcdef";
      out += std::string("\\u00") + digits[u >> 4] + digits[u & 15];
    } else out += c;
  }
  return out + "\"";
}

struct Line {
  std::string text = "{";
  Line& raw(const std::string& key, const std::string& value) {
    text += (text.size() > 1 ? "," : "") + quoted(key) + ":" + value;
    return *this;
  }
  Line& operator()(const std::string& key, const std::string& value) { return raw(key, quoted(value)); }
  Line& operator()(const std::string& key, int64_t value) { return raw(key, std::to_string(value)); }
  void write(int file) const {
    const std::string line = text + "}\n";
    for (size_t done = 0; done < line.size();) {
      const ssize_t n = ::write(file, line.data() + done, line.size() - done);
      if (n <= 0) return;
      done += size_t(n);
    }
  }
};

// ---- outputs

struct Case {
  const AnyProperty* property;
  std::shared_ptr<void> input;
  Output expected, got;
  bool failed = false;
};

using Cases = std::vector<const Case*>;

Output run(const AnyProperty& p, const void* answer, const void* input) {
  Output o;
  try {
    p.run(answer, input, o);
  } catch (const std::exception& e) { o.thrown = *e.what() ? e.what() : "an exception"; } catch (...) {
    o.thrown = "something that is no std::exception";
  }
  return o;
}

// What the solution gives is not the gradient of the loss that the check states, so that nothing can be said of an answer.
struct Broken {
  std::string property, input, item, why;
  void write(int file) const {
    Line()("candidate", "check.cpp")("verdict", "broken")("property", property)("input", input)("item", item)("why", why).write(file);
  }
};

// What is expected. `compared`: of each of the property's slopes, how many numbers were held to it.
Output run_solution(const AnyProperty& p, const void* solution, const void* input, std::vector<int64_t>& compared) {
  Output o = run(p, solution, input);
  compared.resize(p.slopes.size());
  for (size_t k = 0; k < p.slopes.size(); k++)
    for (const AnySlope& s : p.slopes[k](input))
      if (const std::string why = contradiction(s, input, o, compared[k]); !why.empty())
        throw Broken{p.name, p.show ? p.show(input) : "", s.item, why};
  return o;
}

double largest(const std::vector<double>& v) {
  double m = 0;
  for (const double x : v)
    if (std::isfinite(x)) m = std::max(m, std::abs(x));
  return m;
}

bool same(double a, double b, double allowed) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  if (std::isinf(a) || std::isinf(b)) return a == b;
  return std::abs(a - b) <= allowed;
}

bool same(const Item& a, const Item& b, const Tolerance& t) {
  if (a.name != b.name || (a.kind == Item::text) != (b.kind == Item::text) || a.words != b.words) return false;
  if (a.numbers.size() != b.numbers.size() || a.rows != b.rows || a.columns != b.columns) return false;
  const double allowed = t.absolute + t.relative * largest(a.numbers);
  for (size_t i = 0; i < a.numbers.size(); i++)
    if (!same(a.numbers[i], b.numbers[i], allowed)) return false;
  return true;
}

// The first item that differs; -1 when none does.
int64_t difference(const Output& expected, const Output& got, const Tolerance& t) {
  if (!expected.thrown.empty() || !got.thrown.empty()) return expected.thrown.empty() == got.thrown.empty() ? -1 : 0;
  const size_t n = std::max(expected.items.size(), got.items.size());
  for (size_t i = 0; i < n; i++)
    if (i >= expected.items.size() || i >= got.items.size() || !same(expected.items[i], got.items[i], t)) return int64_t(i);
  return -1;
}

std::string item_text(const Output& o, int64_t i) {
  if (!o.thrown.empty()) return "an exception: " + o.thrown;
  if (i >= int64_t(o.items.size())) return "nothing";
  const Item& item = o.items[size_t(i)];
  switch (item.kind) {
    case Item::text: return item.words;
    case Item::truth: return item.numbers[0] != 0 ? "true" : "false";
    case Item::number: return text(item.numbers[0]);
    case Item::list: return text(item.numbers);
    case Item::matrix: return matrix_text(item.rows, item.columns, item.numbers);
  }
  return "";
}

// ---- simple relations, for when no mutant fits

struct Pair {
  const Item *expected, *got;
};

template <class F> bool in_all(const std::vector<Pair>& pairs, F&& holds) {
  return std::all_of(pairs.begin(), pairs.end(), [&](const Pair& p) { return holds(*p.expected, *p.got); });
}

std::vector<double> transposed(const Item& m) {
  std::vector<double> t;
  for (int64_t c = 0; c < m.columns; c++)
    for (int64_t r = 0; r < m.rows; r++) t.push_back(m.numbers[size_t(r * m.columns + c)]);
  return t;
}

bool equal(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) return false;
  const double allowed = 1e-12 + 1e-9 * largest(a);
  for (size_t i = 0; i < a.size(); i++)
    if (!same(a[i], b[i], allowed)) return false;
  return true;
}

// The factor that turns expected into got, in every number of every pair.
std::optional<double> common_factor(const std::vector<Pair>& pairs) {
  std::optional<double> factor;
  size_t seen = 0;
  for (const Pair& p : pairs) {
    const double scale = largest(p.expected->numbers);
    for (size_t i = 0; i < p.expected->numbers.size(); i++) {
      const double e = p.expected->numbers[i], g = p.got->numbers[i];
      if (!std::isfinite(e) || !std::isfinite(g)) return {};
      if (std::abs(e) < 1e-6 * scale || e == 0) {
        if (std::abs(g) > 1e-6 * scale) return {};
        continue;
      }
      if (!factor) factor = g / e;
      if (std::abs(g / e - *factor) > 1e-7 * std::max(1.0, std::abs(*factor))) return {};
      seen++;
    }
  }
  return seen >= 3 ? factor : std::nullopt;
}

std::string relation(const std::vector<Pair>& pairs) {
  if (pairs.empty()) return "";
  const std::string where = pairs.size() == 1 ? "" : " in every case that fails";
  for (const bool said : {true, false})
    if (in_all(pairs, [&](const Item& e, const Item& g) { return e.kind == Item::truth && g.kind == Item::truth && (g.numbers[0] != 0) == said; }))
      return std::string("your result is ") + (said ? "true" : "false") + where + ".";
  const auto is_numeric = [](const Item& i) { return i.kind != Item::text && i.kind != Item::truth; };
  const auto numeric = [&](const Item& e, const Item& g) { return is_numeric(e) && is_numeric(g) && !e.numbers.empty(); };
  if (!in_all(pairs, numeric)) return "";
  if (in_all(pairs, [](const Item&, const Item& g) {
        return !g.numbers.empty() && std::all_of(g.numbers.begin(), g.numbers.end(), [](double v) { return v == 0; });
      }))
    return "your result is 0" + where + ".";
  if (in_all(pairs, [](const Item& e, const Item& g) {
        const auto bad = [](double v) { return !std::isfinite(v); };
        return std::any_of(g.numbers.begin(), g.numbers.end(), bad) && std::none_of(e.numbers.begin(), e.numbers.end(), bad);
      }))
    return "your result holds nan or infinity" + where + ", where numbers are expected: look for a division by 0, or an exp that overflows.";
  if (in_all(pairs, [](const Item& e, const Item& g) { return e.numbers.size() != g.numbers.size(); }))
    return "your result has another number of elements than it should" + where + ".";
  if (!in_all(pairs, [](const Item& e, const Item& g) { return e.numbers.size() == g.numbers.size(); })) return "";
  if (const auto f = common_factor(pairs)) {
    if (std::abs(*f + 1) < 1e-7) return "your result has the opposite sign" + where + ".";
    return "your result is " + text(*f) + " times the right one" + where + ".";
  }
  const auto matrices = [](const Item& e, const Item&) { return e.kind == Item::matrix; };
  if (in_all(pairs, matrices) && in_all(pairs, [](const Item& e, const Item& g) { return equal(transposed(e), g.numbers); }))
    return "your result holds the right numbers in the order of the transposed matrix" + where + ".";
  if (pairs.size() >= 3 || pairs[0].expected->numbers.size() >= 3) {
    if (in_all(pairs, [](const Item& e, const Item& g) { return equal({e.numbers.rbegin(), e.numbers.rend()}, g.numbers); }))
      return "your result is the right one in reverse order" + where + ".";
    std::optional<double> shift;
    bool constant = true;
    for (const Pair& p : pairs)
      for (size_t i = 0; i < p.expected->numbers.size(); i++) {
        const double d = p.got->numbers[i] - p.expected->numbers[i];
        if (!shift) shift = d;
        constant &= std::abs(d - *shift) <= 1e-9 * std::max({1.0, std::abs(*shift), std::abs(p.got->numbers[i])});
      }
    if (shift && constant && *shift != 0) return "your result is the right one plus " + text(*shift) + where + ".";
    if (in_all(pairs, [](const Item& e, const Item& g) {
          std::vector<double> a = e.numbers, b = g.numbers;
          std::sort(a.begin(), a.end());
          std::sort(b.begin(), b.end());
          return a.size() >= 2 && equal(a, b);
        }))
      return "your result holds the right numbers in another order" + where + ".";
  }
  if (in_all(pairs, [](const Item& e, const Item& g) {
        size_t wrong = 0;
        for (size_t i = 0; i < e.numbers.size(); i++) wrong += !same(e.numbers[i], g.numbers[i], 1e-12 + 1e-9 * largest(e.numbers));
        return e.numbers.size() >= 3 && wrong == 1 && !same(e.numbers.back(), g.numbers.back(), 1e-12 + 1e-9 * largest(e.numbers));
      }))
    return "only the last element is wrong" + where + ".";
  return "";
}

std::vector<Pair> pairs_of(const Cases& failing) {
  std::vector<Pair> pairs;
  for (const Case* c : failing) {
    if (!c->expected.thrown.empty() || !c->got.thrown.empty()) return {};
    const int64_t i = difference(c->expected, c->got, c->property->tolerance);
    if (i < 0 || i >= int64_t(c->expected.items.size()) || i >= int64_t(c->got.items.size())) return {};
    pairs.push_back({&c->expected.items[size_t(i)], &c->got.items[size_t(i)]});
  }
  return pairs;
}

// ---- the verdict

struct Judge {
  const std::vector<std::unique_ptr<AnyProperty>>& properties;
  const void* solution;
  const std::vector<Slip>& slips;
  uint64_t seed;
  int out;
  int seconds = 4;                  // of processor time for each candidate of --each
  bool quick = false;               // only whether it is right: the first failing input ends it
  bool names = true;                // which slip it is, and the smallest input that shows it
  bool each = false;                // many candidates: nobody asks at which input one of them ended
  std::vector<Case> prepared = {};  // for many candidates: the inputs and what is expected, worked out once

  std::shared_ptr<void> drawn(const AnyProperty& p, size_t which, int i, int size) const {
    Draw d(seed * 1000003 + which * 7919 + uint64_t(i) * 104729 + 1, size);
    return p.draw(d);
  }

  // Every input of every property, in order, with what is expected.
  std::vector<Case> prepare() const {
    std::vector<Case> cases;
    for (size_t which = 0; which < properties.size(); which++) {
      const AnyProperty& p = *properties[which];
      std::vector<std::shared_ptr<void>> inputs = p.also;
      if (p.draw)
        for (int i = 0; i < p.times; i++) inputs.push_back(drawn(p, which, i, 1 + i * 12 / std::max(1, p.times)));
      std::vector<int64_t> compared;
      for (auto& input : inputs) cases.push_back({&p, input, run_solution(p, solution, input.get(), compared), {}});
      for (const int64_t n : compared)
        if (n == 0) throw Broken{p.name, "", "", "on none of the inputs does the loss have a slope"};
    }
    return cases;
  }

  // Before the answer runs on an input: where it was when it ended, if it does.
  void tell_where(const JudgeCandidate& candidate, const Case& c) const {
    if (!each)
      Line()("candidate", candidate.name)("at", c.property->name)("input", c.property->show ? c.property->show(c.input.get()) : "").write(out);
  }

  std::vector<Case> cases_of(const JudgeCandidate& candidate) const {
    std::vector<Case> cases = each ? prepared : prepare();
    for (size_t i = 0; i < cases.size(); i++) {
      Case& c = cases[i];
      tell_where(candidate, c);
      c.got = run(*c.property, candidate.answer, c.input.get());
      c.failed = difference(c.expected, c.got, c.property->tolerance) >= 0;
      if (quick && c.failed) cases.resize(i + 1);
    }
    return cases;
  }

  // Of the failing inputs of a property and some more small ones, that which is written in the fewest letters.
  Case smallest(const JudgeCandidate& candidate, const Cases& failing) const {
    Case best = *failing[0];
    const AnyProperty& p = *best.property;
    const auto length = [&](const Case& c) { return p.show ? p.show(c.input.get()).size() : 0; };
    for (const Case* c : failing)
      if (length(*c) < length(best)) best = *c;
    if (!p.draw) return best;
    std::vector<int64_t> compared;
    for (int i = 0; i < 60; i++) {
      Case c{&p, drawn(p, 97, i, 1 + i / 20), {}, {}};
      if (p.show && length(c) >= length(best)) continue;
      c.expected = run_solution(p, solution, c.input.get(), compared);
      tell_where(candidate, c);
      c.got = run(p, candidate.answer, c.input.get());
      if (difference(c.expected, c.got, p.tolerance) >= 0) best = c;
    }
    return best;
  }

  bool explains(const Slip& slip, const Case& c) const {
    return difference(run(*c.property, slip.answer, c.input.get()), c.got, c.property->tolerance) < 0;
  }

  // In all cases, which come with those first where the answer is wrong, as most slips differ there; a slip that keeps state needs the
  // answer's own order.
  template <class F> static bool holds_in_all(const Slip& slip, const Cases& cases, F&& holds) {
    const auto all = [&](const Cases& list) { return std::all_of(list.begin(), list.end(), [&](const Case* c) { return holds(*c); }); };
    if (!slip.keeps_state) return all(cases);
    Cases in_order = cases;
    std::sort(in_order.begin(), in_order.end());  // all lie in one list
    return all(in_order);
  }
  bool explains_all(const Slip& slip, const Cases& cases) const {
    return holds_in_all(slip, cases, [&](const Case& c) { return explains(slip, c); });
  }

  // The slip that fits, when all that fit have one name. `some`: whether there was any. `parts`: it fits a part of a property only.
  template <class F> const Slip* only(F&& fits, bool& some, bool parts) const {
    const Slip* found = nullptr;
    some = false;
    for (const Slip& s : slips) {
      if (!fits(s) || (parts && s.file == std::string("exercise.cpp"))) continue;  // a part like the starter's is no part left as it came
      if (some && std::strcmp(found->name, s.name) != 0) return nullptr;
      found = &s;
      some = true;
    }
    return found;
  }

  const Slip* slip_for(const std::vector<Case>& cases, const Cases& failing) const {
    Cases all, of_property;
    for (const bool failed : {true, false})
      for (const Case& c : cases) {
        if (c.failed != failed) continue;
        all.push_back(&c);
        if (c.property == failing[0]->property) of_property.push_back(&c);
      }
    for (const Slip& s : slips)
      if (explains_all(s, all)) return &s;
    if (failing.size() < 3) return nullptr;  // too few to be sure of a part
    bool some = false;
    const Slip* slip = only([&](const Slip& s) { return explains_all(s, of_property); }, some, false);
    if (some) return slip;
    if (const Slip* part = slip_for_item(of_property, *failing[0])) return part;
    if (distinct_outputs(failing) < 3) return nullptr;
    return only([&](const Slip& s) { return explains_all(s, failing); }, some, true);
  }

  // Of several outputs of the property the first that is wrong, on all inputs.
  const Slip* slip_for_item(const Cases& cases, const Case& wrong) const {
    const int64_t first = difference(wrong.expected, wrong.got, wrong.property->tolerance);
    if (!wrong.expected.thrown.empty() || !wrong.got.thrown.empty() || first < 0) return nullptr;
    const size_t item = size_t(first);
    const auto has = [&](const Output& o) { return o.thrown.empty() && item < o.items.size(); };
    std::set<std::string> different;  // wrong values of this output
    for (const Case* c : cases) {
      if (c->expected.items.size() < 2 || !has(c->expected) || !has(c->got)) return nullptr;
      if (!same(c->expected.items[item], c->got.items[item], c->property->tolerance)) different.insert(item_text(c->got, first));
    }
    if (different.size() < 3) return nullptr;
    bool some = false;
    return only(
        [&](const Slip& s) {
          return holds_in_all(s, cases, [&](const Case& c) {
            const Output o = run(*c.property, s.answer, c.input.get());
            return has(o) && same(o.items[item], c.got.items[item], c.property->tolerance);
          });
        },
        some, true);
  }

  static size_t distinct_outputs(const Cases& failing) {
    std::set<std::string> texts;
    for (const Case* c : failing) {
      if (!c->got.thrown.empty()) continue;
      std::string all;
      for (size_t i = 0; i < c->got.items.size(); i++) all += item_text(c->got, int64_t(i)) + "\n";
      texts.insert(all);
    }
    return texts.size();
  }

  // The evidence on an item that is a gradient.
  static std::string slope_at(const Case& c, int64_t item) {
    if (!c.expected.thrown.empty() || !c.got.thrown.empty()) return "";
    if (item < 0 || item >= int64_t(std::min(c.expected.items.size(), c.got.items.size()))) return "";
    const Item &expected = c.expected.items[size_t(item)], &got = c.got.items[size_t(item)];
    for (const auto& list : c.property->slopes)
      for (const AnySlope& s : list(c.input.get()))
        if (s.item == expected.name) return evidence(s, c.input.get(), expected, got);
    return "";
  }

  void judge(const JudgeCandidate& candidate) const {
    const std::vector<Case> cases = cases_of(candidate);
    Cases failing;
    std::set<const AnyProperty*> passed;
    for (const Case& c : cases)
      if (c.failed && (failing.empty() || failing[0]->property == c.property)) failing.push_back(&c);
    Line line;
    line("candidate", candidate.name)("seed", int64_t(seed))("cases", int64_t(cases.size()))("properties", int64_t(properties.size()));
    if (failing.empty()) {
      line("verdict", "pass").write(out);
      return;
    }
    for (const auto& p : properties) {
      if (p.get() == failing[0]->property) break;
      passed.insert(p.get());
    }
    if (quick || !names) {
      line("verdict", "fail")("property", failing[0]->property->name).write(out);
      return;
    }
    const Slip* slip = slip_for(cases, failing);
    const std::string pattern = slip ? "" : relation(pairs_of(failing));
    const Case small = smallest(candidate, failing);
    const AnyProperty& p = *small.property;
    const int64_t i = difference(small.expected, small.got, p.tolerance);
    const bool threw = !small.got.thrown.empty() || !small.expected.thrown.empty();
    line("verdict", "fail")("property", p.name)("section", p.section)("passed_before", int64_t(passed.size()))("failing", int64_t(failing.size()));
    line("input", p.show ? p.show(small.input.get()) : "");
    line("item", threw || i >= int64_t(small.expected.items.size()) ? "" : small.expected.items[size_t(i)].name);
    line("expected", threw && small.expected.thrown.empty() ? "no exception" : item_text(small.expected, i))("got", item_text(small.got, i));
    const bool as_it_came = slip && slip->file == std::string("exercise.cpp");
    line("evidence", as_it_came ? "" : slope_at(small, i));
    if (as_it_came && !passed.empty())
      line("slip_file", slip->file)("slip", "this part is as it came")("why", "What stands before it is right. Now write the next function.");
    else if (slip) line("slip_file", slip->file)("slip", slip->name)("why", slip->why);
    line("pattern", pattern).write(out);
  }

  // The same in a process of its own: a crash or an endless loop of one candidate leaves the others alone.
  void judge_apart(const JudgeCandidate& candidate) const {
    const pid_t child = fork();
    if (child == 0) {
      const rlimit limit{rlim_t(seconds), rlim_t(seconds) + 1};
      setrlimit(RLIMIT_CPU, &limit);
      alarm(unsigned(seconds) * 4 + 4);
      try {
        judge(candidate);
      } catch (const Broken& b) { b.write(out); }
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    const bool slow = signal == SIGXCPU || signal == SIGKILL || signal == SIGALRM;
    Line()("candidate", candidate.name)("verdict", slow ? "timeout" : "crash").write(out);
  }
};

}  // namespace

int judge_main(int argc, char** argv, const std::vector<std::unique_ptr<AnyProperty>>& properties, const void* solution,
               const std::vector<Slip>& slips) {
  uint64_t seed = 1;
  int out = 1;
  bool each = false, quick = false, names = true, with_slips = false;
  int seconds = 4;
  std::string skip = ",";  // ",name,name,"
  for (int i = 1; i < argc; i++) {
    if (!std::strcmp(argv[i], "--seed") && i + 1 < argc) seed = std::strtoull(argv[++i], nullptr, 10);
    else if (!std::strcmp(argv[i], "--out") && i + 1 < argc) out = std::atoi(argv[++i]);
    else if (!std::strcmp(argv[i], "--seconds") && i + 1 < argc) seconds = std::max(1, std::atoi(argv[++i]));
    else if (!std::strcmp(argv[i], "--skip") && i + 1 < argc) skip += std::string(argv[++i]) + ",";
    else if (!std::strcmp(argv[i], "--each")) each = true;
    else if (!std::strcmp(argv[i], "--quick")) quick = true;
    else if (!std::strcmp(argv[i], "--no-names")) names = false;
    else if (!std::strcmp(argv[i], "--slips")) with_slips = true;
  }
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // what the learner printed before a crash is seen, too
  Judge judge{properties, solution, slips, seed, out, seconds, quick, names, each};
  std::vector<JudgeCandidate> candidates;
  for (const JudgeCandidate* c = judge_candidates; c->name; c++) candidates.push_back(*c);
  for (const Slip& s : slips)
    if (with_slips && !s.keeps_state) candidates.push_back({s.file, s.answer});
  try {
    if (each) judge.prepared = judge.prepare();
    for (const JudgeCandidate& c : candidates)
      if (skip.find("," + std::string(c.name) + ",") == std::string::npos) each ? judge.judge_apart(c) : judge.judge(c);
  } catch (const Broken& b) { b.write(out); }
  return 0;
}

}  // namespace judge
