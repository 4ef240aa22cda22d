#include <cairn/ops/graph.h>

#include <map>
#include <sstream>

#include <cairn/base/module_path.h>
#include <cairn/ops/watch.h>

namespace cairn {

namespace {

// Numbers every value by the object that holds it; keeps them alive, so that no address is used twice.
class Recorder final : public Tracer {
 public:
  explicit Recorder(Graph& g) : graph_(g) {}

  int number(const Tensor& x) {
    if (!x.defined()) return -1;
    auto [it, fresh] = numbers_.emplace(x.impl().get(), graph_.values);
    if (fresh) {
      graph_.values++;
      graph_.shapes.push_back(x.shape());
      alive_.push_back(x);
    }
    return it->second;
  }

  void seen(const OpInfo& op, std::span<const Tensor> inputs, const Attributes& attributes, std::span<const Tensor> outputs) override {
    GraphCall call{&op, attributes, {}, {}, module_path()};
    for (const Tensor& x : inputs) call.inputs.push_back(value(x));
    for (const Tensor& y : outputs) call.outputs.push_back(number(y));
    graph_.calls.push_back(std::move(call));
  }

  // A tensor that no call made and that is no input comes from outside: a parameter, a constant.
  int value(const Tensor& x) {
    const int before = graph_.values, n = number(x);
    if (n == before) graph_.constants.push_back({n, x.detach()});
    return n;
  }

 private:
  Graph& graph_;
  std::map<const TensorImpl*, int> numbers_;
  std::vector<Tensor> alive_;
};

struct TraceScope {
  explicit TraceScope(Tracer& t) : before(watchers().tracer) {
    watchers().tracer = &t;
    watch(detail::watch_trace, true);
  }
  ~TraceScope() {
    watchers().tracer = before;
    watch(detail::watch_trace, before != nullptr);
  }
  Tracer* before;
};

}  // namespace

Graph trace(const std::function<std::vector<Tensor>(const std::vector<Tensor>&)>& f, const std::vector<Tensor>& inputs) {
  if (!f) throw StateError("[trace] the function is empty.");
  if (detail::tracing()) throw UnsupportedError("[trace] a trace cannot be taken within another one.");
  Graph graph;
  Recorder recorder(graph);
  for (size_t i = 0; i < inputs.size(); i++) {
    if (!inputs[i].defined())
      throw StateError("[trace] input " + std::to_string(i) +
                       " is not defined. Hint: leave it out of the inputs; the function may pass Tensor() on by itself.");
    const int before = graph.values, number = recorder.number(inputs[i]);
    if (graph.values == before)
      throw StateError("[trace] input " + std::to_string(i) + " is the same tensor as input " + std::to_string(number) +
                       ", so that a replay could not tell them apart. Hint: pass a clone().");
    graph.inputs.push_back(number);
    graph.input_types.push_back(inputs[i].dtype());
  }
  std::vector<Tensor> outputs;
  {
    TraceScope scope(recorder);
    outputs = f(inputs);
  }
  for (const Tensor& y : outputs) {
    y.array();  // StateError when it is not defined
    graph.outputs.push_back(recorder.value(y));
  }
  return graph;
}

std::vector<Tensor> Graph::run(const std::vector<Tensor>& given) const {
  if (given.size() != inputs.size())
    throw ShapeError("[graph] it was traced with " + std::to_string(inputs.size()) + " inputs, got " + std::to_string(given.size()) + ".");
  std::vector<Tensor> value(static_cast<size_t>(values));
  for (const auto& [n, x] : constants) value[size_t(n)] = x;
  for (size_t i = 0; i < given.size(); i++) {
    if (given[i].shape() != shapes[size_t(inputs[i])])
      throw ShapeError("[graph] input " + std::to_string(i) + " was traced as " + shapes[size_t(inputs[i])].str() + ", got " +
                       given[i].shape().str() + ". Hint: trace again with the new shape.");
    if (given[i].dtype() != input_types[i])
      throw DtypeError("[graph] input " + std::to_string(i) + " was traced as " + name_of(input_types[i]) + ", got " + name_of(given[i].dtype()) +
                       ". Hint: to(" + name_of(input_types[i]) + "), or trace again.");
    value[size_t(inputs[i])] = given[i];
  }
  std::vector<int> readers(static_cast<size_t>(values), 0);  // how often a value will still be read: none lives longer than that
  for (const GraphCall& call : calls)
    for (int n : call.inputs)
      if (n >= 0) readers[size_t(n)]++;
  for (int n : outputs) readers[size_t(n)]++;
  std::vector<Tensor> x;
  for (const GraphCall& call : calls) {
    if (!call.op->run) throw UnsupportedError(std::string("[graph] the op ") + call.op->name + " says no way to run it again (OpInfo::run).");
    x.clear();
    for (int n : call.inputs) {
      if (n < 0) x.emplace_back();
      else if (--readers[size_t(n)] == 0) x.push_back(std::move(value[size_t(n)]));
      else x.push_back(value[size_t(n)]);
    }
    std::vector<Tensor> y = call.op->run(x, call.attributes);
    for (size_t i = 0; i < call.outputs.size(); i++) value[size_t(call.outputs[i])] = y.at(i);
  }
  std::vector<Tensor> result;
  for (int n : outputs) result.push_back(value[size_t(n)]);
  return result;
}

std::string Graph::str() const {
  std::ostringstream out;
  for (const GraphCall& c : calls) {
    for (size_t i = 0; i < c.outputs.size(); i++) out << (i ? ", " : "") << "%" << c.outputs[i];
    out << " = " << c.op->name << "(";
    const char* separator = "";
    for (int n : c.inputs)
      if (n >= 0) out << separator << "%" << n << " " << shapes[size_t(n)].str(), separator = ", ";
    if (!c.attributes.values().empty()) out << (*separator ? "; " : "") << c.attributes.str();
    out << ")" << (c.where.empty() ? "" : "  # " + c.where) << "\n";
  }
  return out.str();
}

}  // namespace cairn
