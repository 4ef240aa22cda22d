#include <recipes/transfer.h>

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/io/safetensors.h>
#include <cairn/models/shapes_only.h>
#include <cairn/models/weights.h>
#include <cairn/nn/checks.h>
#include <cairn/train/checkpoint.h>
#include <recipes/pictures.h>

namespace cairn {

void TransferOptions::fields(Fields& f) {
  f("weights", weights, "a safetensors file to start from: a run's model.safetensors, or torchvision's or timm's of the same model");
  f("tuning", tuning, "what learns: frozen (the head), gradual (thawing from the top), full, scratch (no weights)",
    one_of({"frozen", "gradual", "full", "scratch"}));
}

std::vector<std::string> thawing_parts(const Module& model) {
  std::vector<std::string> parts;
  for (const auto& [path, p] : model.parameters()) {
    const std::vector<std::string> names = split(path, '.');  // the last is the parameter's own
    const std::string part = names.size() <= 2 ? names[0] : names[0] + "." + names[1];
    if (parts.empty() || parts.back() != part) parts.push_back(part);
  }
  return parts;
}

namespace {

// Which layers learn in which epoch. What is frozen runs as in evaluation: its batch norms neither use nor learn the new pictures' statistics.
class Thawing : public Callback, public Stateful {
 public:
  Thawing(std::shared_ptr<Module> model, const std::string& head, int64_t epochs) : model_(std::move(model)), epochs_(epochs) {
    parts_ = thawing_parts(*model_);
    while (!parts_.empty() && (parts_.back() == head || parts_.back().starts_with(head + ".") || head.starts_with(parts_.back() + ".")))
      parts_.pop_back();
    head_ = head;
    for (const auto& [path, module] : model_->modules())
      for (const std::string& part : parts_)
        if (path == part) modules_.push_back({part, module});
    hook_ = model_->add_hook({[this](Module&, std::span<const Tensor>) {
                                for (auto& [part, module] : modules_)
                                  if (frozen(part) && module->training()) module->eval();
                              },
                              nullptr});
    apply(0);
  }
  ~Thawing() override { model_->remove_hook(hook_); }

  void on_epoch(const EpochReport& r) override { apply(r.epoch); }
  Stateful* stateful() override { return this; }
  std::string name() const override { return "thawing"; }
  State state() const override { return {{}, Json::object({{"epoch", epoch_}})}; }
  void load_state(const State& s) override { apply(s.values.at("epoch").as_int()); }

 private:
  bool frozen(const std::string& part) const { return frozen_.count(part) > 0; }
  // epochs_ 0: nothing ever thaws.
  void apply(int64_t epoch) {
    epoch_ = epoch;
    const int64_t n = int64_t(parts_.size()), half = std::max<int64_t>(1, epochs_ / 2);
    const int64_t thawed = epochs_ == 0 ? 0 : std::min(n, (n * epoch + half - 1) / half);
    frozen_ = {parts_.begin(), parts_.end() - thawed};
    model_->unfreeze();
    for (const std::string& part : frozen_) model_->freeze(part);
    model_->train(model_->training());
  }

  std::shared_ptr<Module> model_;
  int64_t epochs_, epoch_ = 0;
  std::string head_;
  std::vector<std::string> parts_;
  std::vector<std::pair<std::string, Module*>> modules_;
  std::set<std::string> frozen_;
  int hook_ = 0;
};

bool has_values(const std::string& run_folder) {
  return !run_folder.empty() && (file_exists(run_folder + "/model.safetensors") || !list_checkpoints(run_folder + "/checkpoints").empty());
}

// How much of a model, all but its head, a file has; only names and shapes are compared.
struct Likeness {
  const ModelInfo* model = nullptr;
  size_t fits = 0, wanted = 0, others = 0;  // tensors that fit, of how many; and what else is in the file
  bool whole() const { return fits == wanted && others == 0; }
};

Likeness likeness(const ModelInfo& info, const ModelInput& input, const SafetensorsFile& file) {
  const std::shared_ptr<Module> model = info.make(input);
  const auto counts = [&](const std::string& name) { return !is_below(name, info.head) && !is_batch_counter(name); };
  Likeness l{&info};
  const StateDict state = model->state_dict();
  for (const auto& [name, value] : state) l.wanted += counts(name);
  for (const SafetensorsFile::Entry& e : file.entries()) {
    const std::string name = name_in(*model, e.name);
    if (!counts(name)) continue;
    const auto own = state.find(name);
    const bool fits = own != state.end() && std::equal(e.shape.begin(), e.shape.end(), own->second.shape().begin(), own->second.shape().end());
    (fits ? l.fits : l.others)++;
  }
  return l;
}

// What the file is of, for somebody whose weights do not fit `info`.
std::string seems_to_be(const std::string& path, const ModelInfo& info, const Features& f) {
  const SafetensorsFile file(path);
  Likeness nearest;
  {
    ShapesOnly shapes;  // models of a hundred million weights cost nothing so
    for (const ModelInfo* m : all_models()) {
      try {
        const Likeness l = likeness(*m, {f.channels, f.height, f.width, f.outputs()}, file);
        if (l.whole()) return fmt::format("the file has the weights of {0}: --model {0}.", m->name);
        if (l.fits > nearest.fits) nearest = l;
      } catch (const Error&) {}  // these pictures are too small for it
    }
  }
  int64_t numbers = 0;
  for (const SafetensorsFile::Entry& e : file.entries()) {
    int64_t n = 1;
    for (int64_t side : e.shape) n *= side;
    numbers += n;
  }
  std::string text =
      fmt::format("the file holds {} of {} number{}{}", file.entries().size() == 1 ? "1 tensor" : fmt::format("{} tensors", file.entries().size()),
                  numbers, numbers == 1 ? "" : "s", file.entries().size() == 1 ? "" : " in all");
  if (!file.entries().empty()) {
    const SafetensorsFile::Entry& e = file.entries().front();
    text += fmt::format(", '{}' {} first", printable(e.name), Shape(e.shape).str());
  }
  if (2 * nearest.fits > nearest.wanted)
    return text + fmt::format(". {} is nearest: {} of its {} tensors below the head '{}' fit pictures of {} x {} with {} channel{}.",
                              nearest.model == &info ? std::string(info.name) + " itself" : nearest.model->name, nearest.fits, nearest.wanted,
                              nearest.model->head, f.width, f.height, f.channels, f.channels == 1 ? "" : "s");
  return text + ", and no model here (`cairn model`) has such weights. --tuning scratch starts without any.";
}

// Into all but the head. The model is spoilt when it throws: the file's values are in it as far as they fit.
void take_weights(Module& model, const ModelInfo& info, const std::string& path, const Features& f) {
  std::string differs;
  try {
    differs = load_weights(model, path, {.strict = false, .skip = {info.head}}).str();
    if (differs.empty()) return;
    differs = fmt::format("{} does not fit the model {}:\n{}", printable(path, 200), info.name, differs);
  } catch (const StateError& e) {
    differs = e.what();
    differs.resize(std::min(differs.size(), differs.rfind(" Hint:")));  // there is a better one
  }
  throw StateError(differs + "\nHint: " + seems_to_be(path, info, f));
}

}  // namespace

void check_weights_are_named(const ModelInfo& info, const TransferOptions& o) {
  if (o.tuning != "scratch" && o.weights.empty())
    throw ConfigError(
        fmt::format("--tuning {} starts from weights, and there are none.\nHint: --weights FILE (a run's model.safetensors, or torchvision's "
                    "{} as safetensors), or --tuning scratch.",
                    o.tuning, info.name));
}

void start_from(const ModelInfo& info, const TransferOptions& o, int64_t epochs, const std::string& run_folder, Setup& s) {
  if (o.tuning == "scratch") return;
  check_weights_are_named(info, o);
  if (!has_values(run_folder)) {
    take_weights(*s.model, info, o.weights, *s.features);
    s.notes.push_back(fmt::format("starting from {}, all but the head '{}'; tuning: {}", o.weights, info.head, o.tuning));
  }
  if (file_exists(o.weights)) s.checksums["weights"] = sha256_file(o.weights);
  if (o.tuning != "full") s.callbacks.push_back(std::make_shared<Thawing>(s.model, info.head, o.tuning == "gradual" ? epochs : 0));
}

// ---- the recipe

namespace {

struct Transfer : PictureRecipe {
  static constexpr const char* learned = "airplane,deer,dog,horse,truck";
  std::string model_name = "resnet20";
  TransferOptions transfer;
  int64_t labels = 50;
  Transfer() : PictureRecipe("cifar10", "crop-flip", "the data with few labels: cifar10, cifar100, fashion-mnist, mnist") {
    transfer.tuning = "gradual";
    train.epochs = 40;
    train.batch_size = 32;
    train.optimizer = "sgd";
    train.lr = 0.02;
    train.momentum = 0.9;
    train.weight_decay = 5e-4;
    train.schedule = "cosine";
    train.val_share = 0;
  }

  void model_fields(Fields& f) override {
    f("model", model_name, "the network of the weights; `cairn model` lists them");
    f.group(transfer);
    f("labels", labels, "labelled pictures of each class to train on, the same ones for every seed; 0: all", between(0, 1e6));
  }
  std::vector<Preset> presets() const override {
    return {{"quick", "50 labels a class, from the head down", {{"epochs", "20"}}},
            {"standard", "what the goal is measured with", {{"epochs", "40"}}},
            {"paper", "as Yosinski et al. 2014: everything is tuned", {{"epochs", "80"}, {"tuning", "full"}}}};
  }
  // Which weights there are decides what can be reached. Those of a network that knows the other five classes can be had from the data alone.
  Goal goal() const override {
    return {"test_accuracy", 0.66, "cifar10",
            "our own figure: 10 points above --tuning scratch (56 %) for `--classes " + std::string(learned) +
                "`, by the weights of `cairn train resnet20 --classes automobile,bird,cat,frog,ship`"};
  }
  bool goal_applies() const override { return data == "cifar10" && classes == learned && labels == 50; }

  Setup setup() override {
    const ModelInfo& info = model_named(model_name);
    check_weights_are_named(info, transfer);
    Setup s = pictures_setup(data, *this,
                             {.class_names = classes,
                              .per_class = labels,
                              .network = info.name,
                              .advice = "choose another --model (`cairn model` lists them), or other --data"});
    start_from(info, transfer, train.epochs, run_folder, s);
    mix.apply(s);
    return s;
  }
  std::shared_ptr<Module> model(const Features& f) override { return model_named(model_name).make({f.channels, f.height, f.width, f.outputs()}); }
};

}  // namespace

extern const RecipeInfo transfer_recipe;
const RecipeInfo transfer_recipe = {"transfer",
                                    "R23",
                                    "few labels, and somebody's weights",
                                    "any model of `cairn model`, its head new; frozen, gradual, full or from scratch",
                                    "cifar10, cifar100, fashion-mnist, mnist",
                                    make_recipe<Transfer>};

}  // namespace cairn
