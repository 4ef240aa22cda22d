#include <cairn/models/layer_table.h>

#include <algorithm>
#include <numeric>
#include <ostream>

#include <fmt/format.h>

#include <cairn/autograd/modes.h>
#include <cairn/base/columns.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/nn/summary.h>

namespace cairn {

namespace {

// Notes which layers have been entered and not left: when forward fails, the innermost is where.
class Whereabouts {
 public:
  struct Place {
    std::string layer;
    Shape input;
  };

  explicit Whereabouts(Module& model) : modules_(model.modules()) {
    for (const auto& [path, m] : modules_)
      hooks_.push_back(m->add_hook({[this, path = path](Module& layer, std::span<const Tensor> in) {
                                      std::string text = (path.empty() ? "" : path + ", ") + layer.type_name();
                                      if (const std::string o = layer.options(); !o.empty()) text += "(" + o + ")";
                                      inside_.push_back({text, in.empty() ? Shape{} : in[0].shape()});
                                    },
                                    [this](Module&, std::span<const Tensor>, std::span<const Tensor>) { inside_.pop_back(); }}));
  }
  ~Whereabouts() {
    for (size_t i = 0; i < modules_.size(); i++) modules_[i].second->remove_hook(hooks_[i]);
  }
  const std::vector<Place>& inside() const { return inside_; }

 private:
  std::vector<std::pair<std::string, Module*>> modules_;
  std::vector<int> hooks_;
  std::vector<Place> inside_;
};

// Summary and trace of the same forward pass; evaluation mode for both.
std::pair<Summary, Graph> run(Module& model, const Shape& image) {
  const Shape shape = {1, image[0], image[1], image[2]};
  Whereabouts where(model);
  try {
    NoGrad no_grad;
    Summary summary = summarize(model, shape);
    std::vector<std::pair<Module*, bool>> modes;
    for (const auto& [path, m] : model.modules()) modes.emplace_back(m, m->training());
    model.eval();
    Graph graph = trace([&](const std::vector<Tensor>& x) { return std::vector<Tensor>{model.apply(x[0])}; }, {zeros(shape)});
    for (const auto& [m, training] : modes) m->train(training);  // outer ones first: train() reaches the children
    return {std::move(summary), std::move(graph)};
  } catch (const ShapeError& e) {
    if (where.inside().empty()) throw;
    const auto& [layer, input] = where.inside().back();
    throw ShapeError(
        fmt::format("[model] an image of {}x{}x{} ends at {}, which is given {}: {}", image[0], image[1], image[2], layer, input.str(), e.what()));
  }
}

bool is_view(std::string_view op) {
  for (std::string_view view : {"reshape", "expand", "squeeze", "unsqueeze", "permute", "transpose", "slice", "select", "split"})
    if (op == view) return true;
  return false;
}

}  // namespace

LayerTable layer_table(Module& model, const Shape& image) {
  if (image.rank() != 3) throw ShapeError("[model] the image must be [C, H, W] (image " + image.str() + ")");
  const auto [summary, graph] = run(model, image);
  const std::vector<ReceptiveField> fields = receptive_fields(graph);
  LayerTable table;
  table.image = image;
  table.parameters = summary.parameters;
  table.flops = summary.flops;
  table.parameter_bytes = summary.parameter_bytes;
  for (const SummaryLine& line : summary.lines) {
    LayerRow row;
    row.path = line.path;
    row.name = line.name;
    row.type = line.type;
    row.options = line.options;
    row.depth = line.depth;
    if (line.called && !line.outputs.empty()) row.output = line.outputs[0];
    row.parameters = line.parameters;
    row.flops = line.flops;
    for (const GraphCall& call : graph.calls) {
      if (!line.path.empty() && !is_below(call.where, line.path)) continue;
      row.field = fields[size_t(call.outputs[0])];  // the last one is the layer's own result
      if (is_view(call.op->name)) continue;
      for (int n : call.outputs) row.bytes += graph.shapes[size_t(n)].numel() * int64_t(sizeof(float));
    }
    table.rows.push_back(std::move(row));
  }
  table.activation_bytes = table.rows[0].bytes;
  return table;
}

std::string text_of(const ReceptiveField& f, const Shape& image) {
  if (f.kind != ReceptiveField::known) return "-";
  bool all = true;
  for (int i = 0; i < 2; i++) all = all && f.axis[i].step == 0 && f.axis[i].start <= 0 && f.axis[i].start + f.axis[i].length >= double(image[i + 1]);
  return all ? "all" : fmt::format("{:.0f}x{:.0f}", f.axis[0].length, f.axis[1].length);
}

std::string LayerTable::str(size_t wide) const {
  const bool narrow = wide > 0 && wide < 80;
  std::vector<std::vector<std::string>> lines = {{"layer", "output", "parameters", "FLOPs", "memory", "sees"}};
  for (const LayerRow& r : rows) {
    std::string output = "not called";
    if (r.output.rank() > 0) {
      output.clear();
      for (int i = 1; i < r.output.rank(); i++) output += (i > 1 ? "x" : "") + std::to_string(r.output[i]);
    }
    lines.push_back(
        {std::string(size_t(2 * r.depth), ' ') + (r.name.empty() ? "" : r.name + ": ") + r.type + (r.options.empty() ? "" : "(" + r.options + ")"),
         output, r.parameters ? narrow ? large_count(r.parameters) : thousands(r.parameters) : "-", r.flops ? large_count(r.flops) : "-",
         r.bytes ? human_bytes(uint64_t(r.bytes)) : "-", text_of(r.field, image)});
  }
  size_t width[6] = {}, columns = 6, total = 0;
  for (const auto& line : lines)
    for (size_t c = 0; c < 6; c++) width[c] = std::max(width[c], line[c].size());
  const auto needed = [&] { return std::accumulate(width, width + columns, size_t(0)) + 2 * (columns - 1); };
  constexpr size_t least_columns = 3, least_layer = 24;
  while (narrow && columns > least_columns && needed() - width[0] + std::min(width[0], least_layer) > wide) columns--;
  if (narrow && needed() > wide) width[0] = std::max<size_t>(8, wide - std::min(wide, needed() - width[0]));
  total = needed();
  std::string text;
  for (size_t i = 0; i < lines.size(); i++) {
    const auto& l = lines[i];
    text += pad_right(l[0], width[0]) + fmt::format("  {:<{}}", l[1], width[1]);
    for (size_t c = 2; c < columns; c++) text += fmt::format("  {:>{}}", l[c], width[c]);
    text += "\n";
    if (i == 0) text += std::string(total, '-') + "\n";
  }
  return text + std::string(total, '-') +
         fmt::format(
             "\nparameters {} ({})   forward of one {}x{}x{}: {} FLOPs, {} of activations\n"
             "FLOPs: of products and convolutions, 2 for a multiplication with its addition.{}\n",
             thousands(parameters), human_bytes(uint64_t(parameter_bytes)), image[0], image[1], image[2], large_count(flops),
             human_bytes(uint64_t(activation_bytes)), columns == 6 ? " sees: the receptive field, in pixels." : "");
}

Json LayerTable::json() const {
  Json layers = Json::array();
  const auto list = [](const Shape& s, int from) {
    Json sizes = Json::array();
    for (int i = from; i < s.rank(); i++) sizes.push_back(s[i]);
    return sizes;
  };
  for (const LayerRow& r : rows) {
    Json field;  // null: not known
    if (r.field.kind == ReceptiveField::known)
      field = Json::array(), field.push_back(r.field.axis[0].length), field.push_back(r.field.axis[1].length);
    layers.push_back(Json::object({{"path", r.path},
                                   {"type", r.type},
                                   {"options", r.options},
                                   {"output", list(r.output, 1)},
                                   {"parameters", r.parameters},
                                   {"flops", r.flops},
                                   {"bytes", r.bytes},
                                   {"receptive_field", field}}));
  }
  return Json::object({{"input", list(image, 0)},
                       {"parameters", parameters},
                       {"parameter_bytes", parameter_bytes},
                       {"flops", flops},
                       {"activation_bytes", activation_bytes},
                       {"layers", layers}});
}

std::ostream& operator<<(std::ostream& out, const LayerTable& table) { return out << table.str(); }

}  // namespace cairn
