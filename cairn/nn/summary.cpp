// Hooks around every module note shapes and the FLOPs that went by during one forward.
#include <cairn/nn/summary.h>

#include <algorithm>
#include <ostream>
#include <set>

#include <fmt/format.h>

#include <cairn/autograd/modes.h>
#include <cairn/base/columns.h>
#include <cairn/base/text.h>
#include <cairn/ops/call.h>

namespace cairn {
namespace {

using Modules = std::vector<std::pair<std::string, Module*>>;

// A module that is visited under several names is one line, under the first.
Modules unlike(const Modules& all) {
  Modules list;
  std::set<const Module*> met;
  for (const auto& entry : all)
    if (met.insert(entry.second).second) list.push_back(entry);
  return list;
}

// Hooks that are gone when the scope ends, also by an error; training flags come back.
class Watch {
 public:
  Watch(Module& model, std::vector<SummaryLine>& lines, FlopCounter& flops) : modules_(unlike(model.modules())) {
    starts_.resize(modules_.size());
    for (size_t i = 0; i < modules_.size(); i++) {
      Module& m = *modules_[i].second;
      training_.push_back(m.training());
      hooks_.push_back(m.add_hook({[this, i, &flops](Module&, std::span<const Tensor>) { starts_[i] = flops.total(); },
                                   [this, i, &flops, &lines](Module&, std::span<const Tensor>, std::span<const Tensor> out) {
                                     SummaryLine& line = lines[i];
                                     line.called = true;
                                     line.flops += flops.total() - starts_[i];
                                     line.outputs.clear();
                                     for (const Tensor& t : out) line.outputs.push_back(t.shape());
                                   }}));
    }
    model.eval();
  }
  // train() reaches all children, so the outer ones first.
  ~Watch() {
    for (size_t i = 0; i < modules_.size(); i++) {
      modules_[i].second->remove_hook(hooks_[i]);
      modules_[i].second->train(training_[i]);
    }
  }

 private:
  Modules modules_;
  std::vector<int> hooks_;
  std::vector<char> training_;
  std::vector<int64_t> starts_;
};

}  // namespace

Summary summarize(Module& model, const Shape& input, DType dtype) {
  Summary s;
  s.input = input;
  std::set<const void*> met;
  for (const auto& [path, m] : unlike(model.modules())) {
    SummaryLine line;
    line.path = path;
    line.type = m->type_name();
    line.options = m->options();
    line.name = path;
    for (size_t i = s.lines.size(); i-- > 0 && line.depth == 0;)  // its parent: the nearest line whose path it continues
      if (const std::string& outer = s.lines[i].path; outer.empty() || path.starts_with(outer + ".")) {
        line.depth = s.lines[i].depth + 1;
        line.name = outer.empty() ? path : path.substr(outer.size() + 1);
      }
    const bool leaf = line.depth > 0 && m->modules().size() == 1;
    for (const auto& [name, p] : m->parameters()) {
      const bool counted = !leaf || met.insert(p.identity()).second;  // a container counts all that is below it
      const int64_t n = counted ? p.tensor().numel() : 0;
      line.parameters += n;
      if (p.tensor().requires_grad()) line.trainable += n;
      if (path.empty()) s.parameter_bytes += n * size_of(p.tensor().dtype());
    }
    s.lines.push_back(std::move(line));
  }
  {
    NoGrad no_grad;
    FlopCounter flops;
    Watch watch(model, s.lines, flops);
    model.apply(zeros(input, dtype));
  }
  s.parameters = s.lines[0].parameters;
  s.trainable = s.lines[0].trainable;
  s.flops = s.lines[0].flops;
  return s;
}

std::string Summary::str() const {
  std::vector<std::vector<std::string>> rows = {{"layer", "output", "parameters", "FLOPs"}};
  for (const SummaryLine& l : lines) {
    std::vector<std::string> shapes;
    for (const Shape& o : l.outputs) shapes.push_back(o.str());
    rows.push_back({std::string(2 * l.depth, ' ') + (l.name.empty() ? "" : l.name + ": ") + l.type + (l.options.empty() ? "" : "(" + l.options + ")"),
                    l.called ? (shapes.empty() ? "-" : join(shapes, " ")) : "not called", l.parameters ? thousands(l.parameters) : "-",
                    l.flops ? large_count(l.flops) : "-"});
  }
  size_t width[4] = {};
  for (const auto& row : rows)
    for (int c = 0; c < 4; c++) width[c] = std::max(width[c], row[c].size());
  const std::string rule = std::string(width[0] + width[1] + width[2] + width[3] + 6, '-') + "\n";
  std::string text;
  for (size_t r = 0; r < rows.size(); r++) {
    text += fmt::format("{:<{}}  {:<{}}  {:>{}}  {:>{}}\n", rows[r][0], width[0], rows[r][1], width[1], rows[r][2], width[2], rows[r][3], width[3]);
    if (r == 0) text += rule;
  }
  text += rule;
  text += fmt::format("parameters {} ({}), trainable {}\n", thousands(parameters), human_bytes(uint64_t(parameter_bytes)), thousands(trainable));
  text += fmt::format("forward of {}: {} FLOPs\n", input.str(), large_count(flops));
  return text;
}

std::ostream& operator<<(std::ostream& out, const Summary& s) { return out << s.str(); }

}  // namespace cairn
