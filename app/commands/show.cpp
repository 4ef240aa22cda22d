// cairn show RUN WHAT: pictures of a run, written into its folder as SVG and shown in the terminal. What consists of images alone (filters,
// features, mistakes, the receptive field) becomes a PNG where --out names one.
//   curves            losses and accuracies by epoch
//   filters           the weights of the first convolution
//   features IMAGE    what its layers make of a picture
//   mistakes          the surest wrong answers on the test split
//   confusion         which classes are taken for which
//   receptive-field [IMAGE]   which pixels one output sees, and how much each matters to it
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <app/out_file.h>
#include <app/progress.h>
#include <app/report.h>
#include <app/training.h>
#include <cairn/autograd/autograd.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/models/layer_table.h>
#include <cairn/ops/ops.h>

namespace cairn {

namespace {

const std::vector<std::string> kinds = {"curves", "filters", "features", "mistakes", "confusion", "receptive-field"};

struct ShowVerbOptions {
  std::string runs = default_runs(), layer, out;
  int64_t count = 24;
  void fields(Fields& f) {
    f("runs", runs, "folder that holds the runs");
    f("layer", layer,
      "the layer to look at, as `conv2`; empty: the first (filters), the last that does not see all (receptive-field), several (features)");
    f("count", count, "mistakes: how many", between(1, 200));
    f("out", out, "the file to write, NAME.svg (or NAME.png for what has no axes); empty: samples/WHAT.svg in the run's folder");
  }
};

// A run with its model, as far as a picture needs them.
struct Opened {
  Run run;
  int64_t seed = 0;
  std::unique_ptr<Recipe> recipe;
  Features features;
  std::shared_ptr<Module> model;
  const Session& session;

  Opened(Run r, const Session& shown_in)
      : run(std::move(r)), recipe(recipe_of(run, seed)), features(features_of(run)), model(trained_model(run, *recipe, features)), session(shown_in) {
    recipe->reading = reading_progress(session);
    recipe->to_learn = false;
  }
  Setup data() {
    Setup s = prepare(*recipe, seed, run);
    check_features(run, *s.features);
    s.test = watched_test(session, s.test);
    return s;
  }
  void need_pictures(const std::string& what) const {
    if (features.kind != Features::image) throw UsageError(run.name() + " learned from a table: there are no pictures for `" + what + "`.");
  }
};

bool is_convolution(const Module& m) { return m.type_name() == "Conv2d"; }

[[noreturn]] void no_layer(const Opened& o, const std::string& what, const std::string& layer, const std::vector<std::string>& names) {
  if (names.empty()) throw UsageError(o.run.name() + " (" + o.run.recipe() + ") has no convolutions, so there are no " + what + ".");
  throw UsageError(o.run.name() + " has no layer '" + printable(layer) + "' to look at." + did_you_mean(layer, names));
}

// ---- what each layer gives for one picture: x [1, C, H, W]

struct Output {
  std::string path;
  Tensor value;  // [1, C, H, W]
  bool convolution = false;
};

std::vector<Output> outputs_of(Module& model, const Tensor& x) {
  std::vector<Output> outputs;
  std::vector<std::pair<Module*, int>> hooks;
  for (const auto& [path, module] : model.modules())
    if (!path.empty())
      hooks.push_back({module, module->add_hook({nullptr, [&outputs, path = path](Module& m, std::span<const Tensor>, std::span<const Tensor> out) {
                                                   if (out.size() == 1 && out[0].rank() == 4) outputs.push_back({path, out[0], is_convolution(m)});
                                                 }})});
  model.apply(x);
  for (auto& [module, number] : hooks) module->remove_hook(number);
  return outputs;
}

std::vector<std::string> names_of(const std::vector<Output>& outputs) {
  std::vector<std::string> names;
  for (const Output& o : outputs) names.push_back(o.path);
  return names;
}

// At most `most` of them, evenly chosen from the first to the last.
std::vector<Output> some(const std::vector<Output>& all, size_t most) {
  if (all.size() <= most) return all;
  std::vector<Output> few;
  for (size_t i = 0; i < most; i++) few.push_back(all[i * (all.size() - 1) / (most - 1)]);
  return few;
}

plot::Figure features_figure(const Opened& o, const Tensor& x, const std::string& layer) {
  NoGrad off;
  std::vector<Output> all = outputs_of(*o.model, x), shown;
  for (const Output& out : all)
    if (layer.empty() ? out.convolution : out.path == layer) shown.push_back(out);
  if (shown.empty()) no_layer(o, "features", layer, names_of(all));
  std::vector<std::pair<std::string, Tensor>> maps;
  constexpr size_t most_layers = 6;
  for (const Output& out : some(shown, most_layers)) maps.push_back({out.path, out.value});
  return plot::activation_maps(maps, o.run.name() + ": what its layers see");
}

plot::Figure filters_figure(const Opened& o, const std::string& layer) {
  std::vector<std::string> names;
  for (const auto& [path, module] : o.model->modules())
    if (is_convolution(*module)) {
      names.push_back(path);
      if (!layer.empty() && path != layer) continue;
      for (const auto& [name, p] : module->parameters())
        if (name == "weight") return plot::filters(p.tensor().detach(), o.run.name() + ": filters of " + path);
    }
  no_layer(o, "filters", layer, names);
}

// The gradient of the middle of a layer's output, summed over its maps, by the picture's pixels.
plot::Figure receptive_figure(const Opened& o, Tensor x, const Image& picture, const std::string& layer) {
  const LayerTable table = layer_table(*o.model, {o.features.channels, o.features.height, o.features.width});
  const LayerRow *row = nullptr, *last = nullptr;
  std::vector<std::string> names;
  for (const LayerRow& r : table.rows) {
    if (r.type != "Conv2d" || r.field.kind != ReceptiveField::known || r.output.rank() != 4) continue;
    names.push_back(r.path);
    last = &r;
    const bool within = r.field.axis[0].length <= double(o.features.height) && r.field.axis[1].length <= double(o.features.width);
    if (layer.empty() ? within : r.path == layer) row = &r;
  }
  if (!row && layer.empty()) row = last;
  if (!row) no_layer(o, "receptive fields", layer, names);

  x.set_requires_grad(true);
  Tensor seen;
  for (const Output& out : outputs_of(*o.model, x))
    if (out.path == row->path) seen = out.value;
  const int64_t h = seen.size(2), w = seen.size(3);
  Tensor middle = sum(seen.slice(2, {h / 2, h / 2 + 1}).slice(3, {w / 2, w / 2 + 1}));
  middle.backward();
  o.model->zero_grad();
  const Tensor matters = reshape(sum(abs(x.grad()), {1}), {o.features.height, o.features.width});

  const auto& f = row->field.axis;
  const double top = f[0].start + double(h / 2) * f[0].step, left = f[1].start + double(w / 2) * f[1].step;
  const plot::Box box{left, top, f[1].length, f[0].length, fmt::format("{:.0f} x {:.0f}", f[1].length, f[0].length)};
  return plot::receptive_field(picture, box, matters, fmt::format("{}: what the middle of {} sees", o.run.name(), row->path));
}

plot::Figure mistakes_figure(Opened& o, int64_t count) {
  const Setup s = o.data();
  const std::vector<Seen> seen = all_predictions(*o.model, s.test, s.objective);
  const auto wrong = std::count_if(seen.begin(), seen.end(), [](const Seen& one) { return one.predicted != one.truth; });
  std::vector<plot::Mistake> mistakes;
  for (const Seen& w : worst(seen, size_t(count)))
    mistakes.push_back(
        {picture_of(s.test, o.features, w.index), o.features.classes.at(size_t(w.truth)), o.features.classes.at(size_t(w.predicted)), w.confidence});
  return plot::worst_mistakes(std::move(mistakes), size_t(count), o.run.name() + ": sure and wrong", size_t(wrong));
}

plot::Figure confusion_figure(Opened& o) {
  if (!o.recipe->predicts_classes() && !o.features.classes.empty())
    throw UsageError(o.run.name() + " (" + o.run.recipe() + ") tells no classes apart: there is no confusion matrix.\nHint: `" +
                     command_for("eval", o.run) + "` has its metrics.");
  if (o.features.classes.empty()) throw UsageError(o.run.name() + " predicts a number: there are no classes to confuse.");
  const Setup s = o.data();
  const int64_t n = int64_t(o.features.classes.size());
  std::vector<int64_t> counts(size_t(n * n));
  for (const Seen& seen : all_predictions(*o.model, s.test, s.objective)) counts[size_t(seen.truth * n + seen.predicted)]++;
  return plot::confusion_matrix(reshape(from_vector(counts), {n, n}), o.features.classes, o.run.name() + ": confusion matrix");
}

// A picture of the user's as the model takes it; without one, the first of the test split.
Image picture_for(Opened& o, const std::string& file, Tensor& x) {
  if (file.empty()) {
    const Setup s = o.data();
    x = s.test->get_batch(std::vector<int64_t>{0})["x"];
    return picture_of(s.test, o.features, 0);
  }
  if (!file_exists(file)) throw FileError("there is no file " + printable(file, 200) + ". Hint: check the spelling, and the folder you are in.");
  const Image picture = o.features.load(file);
  x = o.features.from_image(picture);
  return o.features.plain().preview(o.features.channels == 1 ? to_grey(picture) : to_rgb(picture));
}

// The images of a figure as PNG. UsageError where it is more than images.
std::string png_of(const plot::Figure& figure, const std::string& what) {
  const auto* images = figure.panels.size() == 1 ? std::get_if<plot::Images>(&figure.panels[0]) : nullptr;
  if (!images)
    throw UsageError("`" + what + "` is drawn as SVG only: it has " + (figure.panels.size() == 1 ? "axes" : "several parts") +
                     ".\nHint: --out NAME.svg");
  if (images->tiles.empty()) throw StateError("there is nothing to write: no images.");
  return encode_png(plot::picture_of(*images));
}

std::vector<std::string> captions_of(const plot::Figure& figure) {
  std::vector<std::string> captions = {figure.title};
  for (const plot::Panel& panel : figure.panels)
    if (const auto* images = std::get_if<plot::Images>(&panel))
      for (const plot::Tile& tile : images->tiles) captions.push_back(tile.caption);
  return captions;
}

int show(Session& session, Arguments& arguments) {
  ShowVerbOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 2, 3);
  const std::vector<std::string>& words = arguments.positionals();
  const std::string& what = words[1];
  if (std::find(kinds.begin(), kinds.end(), what) == kinds.end())
    throw UsageError("`cairn show RUN " + printable(what) + "`?" + did_you_mean(what, kinds));
  const bool takes_image = what == "features" || what == "receptive-field";
  if (words.size() == 3 && !takes_image)
    throw UsageError("`cairn show RUN " + what + "` does not know what to do with '" + printable(words[2]) + "'.");
  if (what == "features" && words.size() < 3)
    throw UsageError("`cairn show RUN features` needs a picture.\nHint: cairn show " + printable(words[0]) + " features IMAGE.");
  const bool png = !o.out.empty() && picture_ending(o.out, {".svg", ".png"}, what) == ".png";
  Run run = Run::open(o.runs, words[0], false);
  const std::string file = o.out.empty() ? run.samples() + "/" + what + ".svg" : o.out, name = run.name();

  plot::Figure figure;
  if (what == "curves") {
    figure = curves_of(run);
    if (std::all_of(figure.panels.begin(), figure.panels.end(), [](const plot::Panel& p) { return std::get<plot::Axes>(p).elements.empty(); }))
      throw StateError(name + " has not finished an epoch: there is nothing to draw yet.");
  } else {
    Opened opened(std::move(run), session);
    if (what != "confusion") opened.need_pictures(what);
    Tensor x;
    if (what == "filters") figure = filters_figure(opened, o.layer);
    if (what == "mistakes") figure = mistakes_figure(opened, o.count);
    if (what == "confusion") figure = confusion_figure(opened);
    if (takes_image) {
      const Image picture = picture_for(opened, words.size() == 3 ? words[2] : "", x);
      figure = what == "features" ? features_figure(opened, x, o.layer) : receptive_figure(opened, x, picture, o.layer);
    }
  }
  write_unsynced(file, png ? png_of(figure, what) : figure.svg());
  session.event(Json::object({{"event", "show"}, {"run", name}, {"what", what}, {"file", file}, {"description", figure.described()}}));
  if (!session.json()) std::printf("%s\n", figure.text(Terminal::of(1)).c_str());
  session.say("written: " + file);
  if (const std::string note = png ? letters_note(captions_of(figure)) : ""; !note.empty()) session.say("note: " + note + ".");
  return 0;
}

}  // namespace

extern const CommandInfo show_command;
const CommandInfo show_command = {"show", "pictures of a run: curves, filters, features, mistakes, confusion, receptive field",
                                  "cairn show RUN curves | filters | features IMAGE | mistakes | confusion | receptive-field [IMAGE]", show,
                                  options_of<ShowVerbOptions>};

}  // namespace cairn
