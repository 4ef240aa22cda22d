// cairn gradcheck [OP...]: every gradient against central differences in float64, from the ops' own samples.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <app/command.h>
#include <cairn/autograd/autograd.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/ops/samples.h>

namespace cairn {

namespace {

struct GradcheckVerbOptions {
  bool all = false;
  void fields(Fields& f) { f("all", all, "show every element of the named ops, not only the sixteen worst of each sample"); }
};

// The samples' inputs as float64 leaves; what is whole numbers, a mask or a declared constant stays as it is.
std::vector<Tensor> leaves(const Samples& samples, const Sample& sample) {
  std::vector<Tensor> list;
  for (const Tensor& x : sample.inputs) {
    const bool constant = std::any_of(samples.constants.begin(), samples.constants.end(), [&](const auto& c) { return c.first == int(list.size()); });
    if (!x.defined() || !is_floating(x.dtype())) {
      list.push_back(x);
      continue;
    }
    list.push_back(Tensor(cast_copy(x.array(), f64)));
    if (!constant) list.back().set_requires_grad();
  }
  return list;
}

std::string described(const Sample& s) {
  std::vector<std::string> parts;
  for (const Tensor& x : s.inputs) parts.push_back(x.defined() ? x.shape().str() : "-");
  const std::string attributes = s.attributes.str();
  return join(parts, ", ") + (attributes.empty() ? "" : "; " + attributes);
}

struct Element {
  size_t pair;  // which (output, input)
  int64_t output, input;
  double analytic, numeric, error;
};

std::vector<Element> elements_of(const GradcheckResult& r) {
  std::vector<Element> list;
  for (size_t p = 0; p < r.analytic.size(); p++) {
    const std::vector<double> a = r.analytic[p].to_vector<double>(), n = r.numeric[p].to_vector<double>();
    const int64_t inputs = std::max<int64_t>(1, r.analytic[p].size(1));
    for (size_t k = 0; k < a.size(); k++) list.push_back({p, int64_t(k) / inputs, int64_t(k) % inputs, a[k], n[k], std::abs(a[k] - n[k])});
  }
  return list;
}

// The table of a sample: the worst elements first, or all of them in order.
void show_elements(const Session& session, const GradcheckResult& r, bool all) {
  std::vector<Element> list = elements_of(r);
  const size_t count = list.size();
  if (!all) {
    std::stable_sort(list.begin(), list.end(), [](const Element& a, const Element& b) { return a.error > b.error; });
    list.resize(std::min<size_t>(list.size(), 16));
  }
  session.say(fmt::format("    {:>4} {:>7} {:>7} {:>16} {:>16} {:>10}", "pair", "output", "input", "backward", "differences", "error"));
  for (const Element& e : list)
    session.say(fmt::format("    {:>4} {:>7} {:>7} {:>16.9g} {:>16.9g} {:>10.2g}", e.pair, e.output, e.input, e.analytic, e.numeric, e.error));
  if (list.size() < count) session.say(fmt::format("    ... {} more (--all)", count - list.size()));
}

Json elements_json(const GradcheckResult& r) {
  Json list = Json::array();
  for (const Element& e : elements_of(r))
    list.push_back(Json::object(
        {{"pair", e.pair}, {"output", e.output}, {"input", e.input}, {"analytic", e.analytic}, {"numeric", e.numeric}, {"error", e.error}}));
  return list;
}

// One op, all samples. `shown`: it was named, so its elements are wanted.
bool check(const Session& session, const OpInfo& op, bool shown, bool all, int64_t& elements) {
  const Samples samples = op.samples();
  if (!samples.why_no_gradient.empty()) {
    session.event(Json::object({{"event", "gradcheck"}, {"op", op.name}, {"ok", true}, {"no_gradient", samples.why_no_gradient}}));
    if (shown) session.say(fmt::format("{}: has no gradient: {}", op.name, samples.why_no_gradient));
    return true;
  }
  int64_t compared = 0, checked = 0;
  double worst = 0;
  bool ok = true;
  for (const Sample& sample : samples.list) {
    const std::vector<Tensor> inputs = leaves(samples, sample);
    if (std::none_of(inputs.begin(), inputs.end(), [](const Tensor& x) { return x.defined() && x.requires_grad(); })) continue;
    // A random op draws the same numbers each time.
    const GradcheckResult r = gradcheck(
        [&](const std::vector<Tensor>& x) {
          manual_seed(7);
          return op.run(x, sample.attributes);
        },
        inputs);
    compared += r.elements;
    checked++;
    worst = std::max(worst, r.worst_error);
    ok &= r.ok;
    if (shown) {
      session.say(
          fmt::format("{} ({}): {} derivatives, worst error {:.2g}{}", op.name, described(sample), r.elements, r.worst_error, r.ok ? "" : "  WRONG"));
      show_elements(session, r, all);
    }
    if (!r.ok) session.say(fmt::format("{} ({}): {}", op.name, described(sample), r.message));
    if (shown || !r.ok)
      session.event(Json::object({{"event", "sample"},
                                  {"op", op.name},
                                  {"sample", described(sample)},
                                  {"ok", r.ok},
                                  {"worst_error", r.worst_error},
                                  {"message", r.message},
                                  {"elements", elements_json(r)}}));
  }
  elements += compared;
  session.event(
      Json::object({{"event", "gradcheck"}, {"op", op.name}, {"ok", ok}, {"samples", checked}, {"derivatives", compared}, {"worst_error", worst}}));
  if (!shown)
    session.say(
        fmt::format("{:<18} {:>4} samples {:>8} derivatives   worst error {:>8.2g}   {}", op.name, checked, compared, worst, ok ? "ok" : "WRONG"));
  return ok;
}

int run_gradcheck(Session& session, Arguments& arguments) {
  GradcheckVerbOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 1000);
  std::vector<std::string> names;
  for (const OpInfo* op : all_ops()) names.push_back(op->name);
  for (const std::string& name : arguments.positionals())
    if (std::find(names.begin(), names.end(), name) == names.end())
      throw UsageError("there is no op '" + printable(name) + "'." + did_you_mean(name, names));
  const GeneratorState before = generator_state();
  int64_t ops = 0, elements = 0;
  std::vector<std::string> failed;
  for (const OpInfo* op : all_ops()) {
    const bool named = std::find(arguments.positionals().begin(), arguments.positionals().end(), op->name) != arguments.positionals().end();
    if (!named && !arguments.positionals().empty()) continue;
    ops++;
    if (!check(session, *op, named, o.all, elements)) failed.push_back(op->name);
  }
  set_generator_state(before);
  session.event(Json::object({{"event", "end"}, {"ops", ops}, {"derivatives", elements}, {"failed", Json::array(failed)}}));
  session.say(failed.empty() ? fmt::format("{} ops, {} derivatives: all gradients are right.", ops, elements)
                             : fmt::format("{} of {} ops have wrong gradients: {}", failed.size(), ops, join(failed, ", ")));
  return failed.empty() ? 0 : 1;
}

}  // namespace

extern const CommandInfo gradcheck_command;
const CommandInfo gradcheck_command = {"gradcheck", "every op's gradient against differences, in float64", "cairn gradcheck [OP...]", run_gradcheck,
                                       options_of<GradcheckVerbOptions>};

}  // namespace cairn
