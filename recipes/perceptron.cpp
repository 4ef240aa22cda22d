// Rosenblatt's perceptron (1958), with the error-correction rule: the first machine that learned from its mistakes.
//   s = w x + b;  it says "yes" where s > 0.  After each example with target t = 1 (yes) or -1 (no):
//   where t s <= 0 (wrong, or undecided):  w += t x,  b += t;   otherwise nothing.                       x [features]
// On data that a plane separates with margin g within radius R it makes at most (R / g)^2 corrections (Block 1962, Novikoff 1962), whatever the
// order; on other data it corrects for ever (Minsky and Papert 1969). There is no learning rate: from w = 0 it would scale w and change nothing.
#include <cmath>

#include <cairn/autograd/modes.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/base/text.h>
#include <cairn/metrics/metrics.h>
#include <cairn/ops/ops.h>
#include <recipes/tables.h>

namespace cairn {

namespace {

// One example after another. It ends after an epoch without a mistake: the weights would never change again.
class ErrorCorrection : public Task, public Callback, public Stateful {
 public:
  explicit ErrorCorrection(std::shared_ptr<Sequential> model, std::string advice) : model_(std::move(model)), advice_(std::move(advice)) {}

  StepResult train_step(const Batch& batch) override {
    NoGrad off;
    const auto parameters = model_->parameters();
    Array w = parameters[0].second.tensor().array(), b = parameters[1].second.tensor().array();
    float *weights = w.ptr<float>(), *bias = b.ptr<float>();
    const Tensor x = contiguous(batch["x"]), y = batch["y"].to(i64);
    const int64_t n = x.size(0), width = x.size(1);
    StepResult result{0, n, 0};
    for (int64_t i = 0; i < n; i++) {
      const float *row = x.data<float>() + i * width, target = y.data<int64_t>()[i] ? 1.0f : -1.0f;
      double s = *bias;
      for (int64_t k = 0; k < width; k++) s += double(weights[k]) * double(row[k]);
      if (!std::isfinite(s)) throw NumericError("the perceptron's sum is not finite. Hint: check the data for NaN and infinity.");
      result.loss += std::max(0.0, -double(target) * s);
      if (double(target) * s > 0) {
        result.correct++;
        continue;
      }
      for (int64_t k = 0; k < width; k++) weights[k] += target * row[k];
      *bias += target;
      corrections_++;
    }
    w.storage()->written("perceptron");
    b.storage()->written("perceptron");
    return result;
  }
  StepResult eval_step(const Batch& batch) override {
    const Tensor s = reshape(model_->apply(batch["x"]), batch["y"].shape()), yes = batch["y"].to(boolean);
    const Tensor wrong = where(yes, maximum(-s, 0.0 * s), maximum(s, 0.0 * s));
    return {sum(wrong).item(), batch.size(), int64_t(sum(eq(s > 0.0, yes)).item())};
  }
  void set_training(bool on) override { model_->train(on); }
  NamedStates states() override { return {{"model", model_.get()}, {"task", this}}; }

  void on_epoch(const EpochReport& r) override {
    epochs_ = r.epoch;
    mistakes_ = r.train.examples - r.train.correct;
  }
  bool wants_stop() const override { return mistakes_ == 0; }
  std::string why() const override { return "an epoch without a mistake; nothing would change any more"; }
  std::string name() const override { return "error_correction"; }

  State state() const override { return {{}, Json::object({{"corrections", corrections_}, {"epochs", epochs_}, {"mistakes", mistakes_}})}; }
  void load_state(const State& s) override {
    corrections_ = s.values.at("corrections").as_int();
    epochs_ = s.values.at("epochs").as_int();
    mistakes_ = s.values.at("mistakes").as_int();
  }

  Outcome outcome() const {
    const bool converged = mistakes_ == 0;
    Outcome o;
    o.values = Json::object({{"converged", converged}, {"corrections", corrections_}, {"mistakes", mistakes_}});
    const std::string after = std::to_string(epochs_) + (epochs_ == 1 ? " epoch, " : " epochs, ") + std::to_string(corrections_) + " corrections";
    if (converged) {
      o.lines.push_back("converged after " + after + ": the training examples are linearly separable, and all are on their side.");
    } else {
      o.lines.push_back("did not converge: stopped after " + after + ", with " + std::to_string(mistakes_) + " mistakes in the last epoch.");
      o.lines.push_back(advice_);
    }
    return o;
  }

 private:
  std::shared_ptr<Sequential> model_;
  std::string advice_;
  int64_t corrections_ = 0, epochs_ = 0, mistakes_ = -1;
};

// The target becomes: is it `positive`?
Table one_against_the_rest(Table table, const std::string& target, const std::string& positive) {
  for (Column& c : table.columns) {
    if (c.name != target) continue;
    std::vector<std::string> names = c.categories;
    if (c.numeric) {
      std::vector<double> values = c.values;
      std::sort(values.begin(), values.end());
      values.erase(std::unique(values.begin(), values.end()), values.end());
      constexpr size_t most = 1000;
      if (values.size() > most) throw ConfigError(table.name + ": column '" + target + "' is a quantity, not a class.");
      for (double v : values) names.push_back(Json(v).dump());
      for (double& v : c.values) v = std::isnan(v) ? -1 : double(std::lower_bound(values.begin(), values.end(), v) - values.begin());
      c.numeric = false;
    }
    if (names.empty()) throw FileError(table.name + ": the target '" + target + "' has no values.");
    const bool two = names.size() == 2;  // they keep their names; otherwise all but one become "not ..."
    const std::string yes = positive.empty() ? names[two] : positive;
    const auto at = std::find(names.begin(), names.end(), yes);
    if (at == names.end())
      throw ConfigError("--positive: " + table.name + " has no class '" + printable(positive) + "' in '" + target + "'." +
                        did_you_mean(positive, names));
    for (double& v : c.values) v = v < 0 ? -1 : v == double(at - names.begin());
    c.categories = {two ? names[at == names.begin()] : "not " + yes, yes};
  }
  return table;
}

struct Perceptron : Recipe {
  std::string data = "iris", target, positive;
  int64_t points = 200;
  double margin = 0.2;
  Perceptron() {
    train.epochs = 100;
    train.batch_size = 16;
    train.val_share = 0;
  }

  void fields(Fields& f) override {
    f("data", data, "iris, wine, breast_cancer, digits, separable (points on two sides of a line), xor, or a CSV file");
    f("target", target, "the column to predict, for a CSV file");
    f("positive", positive, "the class that is told from all others; empty: the first (setosa of iris), of two the second");
    f("points", points, "of separable: how many points", between(20, 1e6));
    f("margin", margin, "of separable: no point lies closer to the line; 1 is the points' deviation", between(0.0, 1.0));
    f("epochs", train.epochs, "passes over the data at most; it ends earlier after one without a mistake", between(1, 1e6));
    f("limit_train", train.limit_train, "use only so many training examples; 0: all", between(0, 1e9));
  }
  std::string data_name() const override { return data; }
  std::vector<std::string> made_data() const override { return {"separable", "xor"}; }
  Objective objective() const override { return Objective::classify_binary; }
  Goal goal() const override {
    return {"test_accuracy", 1.0, "iris", "Fisher 1936: setosa is linearly separable from the other two; Novikoff 1962: then it must converge"};
  }

  Setup setup() override {
    const bool generated = data == "xor" || data == "separable";
    Table table = data == "xor" ? exclusive_or() : data == "separable" ? two_sides() : open_table(data);
    const std::string column = generated ? "y" : target_column(data, target, table);
    table = one_against_the_rest(std::move(table), column, generated && positive.empty() ? "yes" : positive);
    Setup s = table_setup(table, column, false, *this);
    if (!generated) s.checksums = data_digests(data);
    const auto task = std::make_shared<ErrorCorrection>(std::static_pointer_cast<Sequential>(s.model), advice());
    s.task = task;
    s.callbacks.push_back(task);
    s.outcome = [task] { return task->outcome(); };
    s.evaluate = [task, classes = s.features->classes](Module& model, const DatasetRef& test) { return evaluated(model, test, classes); };
    return s;
  }
  // From zero, as Rosenblatt's: the first example is a correction.
  std::shared_ptr<Module> model(const Features& f) override {
    auto net = std::make_shared<Sequential>(Linear(f.size(), 1));
    for (const auto& [path, p] : net->parameters()) p.tensor().detach().fill_(0);
    return net;
  }
  Json answer(std::span<const double> s, const Features& f) const override {
    return Json::object({{"class", f.classes.at(s[0] > 0)}, {"sum", s[0]}});
  }

  // Accuracy and confusion; loss: the perceptron criterion, how far on the wrong side an example lies on average.
  static Json evaluated(Module& model, const DatasetRef& test, const std::vector<std::string>& classes) {
    ConfusionMatrix matrix(classes, Scores::probabilities);
    double loss = 0;
    for (Batch& batch : DataLoader(test, {.batch_size = 500})) {
      const Tensor s = reshape(model.apply(batch["x"]), {batch.size(), 1}), yes = (s > 0.0).to(f32);
      matrix.update(cat({1.0 - yes, yes}, 1), batch["y"]);
      const Tensor t = 2.0 * reshape(batch["y"].to(f32), s.shape()) - 1.0;
      loss += sum(relu(-(t * s))).item();
    }
    Json counts = Json::array(), names = Json::array();
    for (int64_t t = 0; t < 2; t++) counts.push_back(Json::array()), counts.as_array().back() = Json::Array{matrix.count(t, 0), matrix.count(t, 1)};
    for (const std::string& c : classes) names.push_back(c);
    const int64_t n = test->size();
    return Json::object({{"accuracy", matrix.value()}, {"loss", loss / double(n)}, {"examples", n}, {"classes", names}, {"confusion", counts}});
  }

  std::string advice() const {
    if (data == "xor")
      return "XOR is not linearly separable: no line has (0, 0) and (1, 1) on one side and (0, 1) and (1, 0) on the other, so no single "
             "perceptron can learn it, however long (Minsky and Papert 1969). One hidden layer can.";
    return "Either no plane separates these classes, and it would go on correcting for ever, or the margin is so thin that it needs more "
           "--epochs. Hint: `cairn train logistic-regression` settles for the best compromise.";
  }

  // The four cases, ten times each: enough rows to keep some for the test.
  static Table exclusive_or() {
    std::string text = "x1,x2,y\n";
    for (int i = 0; i < 40; i++) text += i & 1 ? (i & 2 ? "1,1,no\n" : "1,0,yes\n") : (i & 2 ? "0,1,yes\n" : "0,0,no\n");
    return parse_csv(text, "xor");
  }
  // Normal points, without those that lie within the margin of a line at an odd angle.
  Table two_sides() const {
    Random r(0x5e9a);
    std::string text = "x1,x2,y\n";
    const double angle = 0.7, offset = 0.3;
    for (int64_t i = 0; i < points;) {
      const double a = r.normal(), b = r.normal(), side = a * std::cos(angle) + b * std::sin(angle) - offset;
      if (std::abs(side) <= margin) continue;
      text += std::to_string(a) + "," + std::to_string(b) + (side > 0 ? ",yes\n" : ",no\n");
      i++;
    }
    return parse_csv(text, "the synthetic points");
  }
};

}  // namespace

extern const RecipeInfo perceptron_recipe;
const RecipeInfo perceptron_recipe = {"perceptron",
                                      "A11",
                                      "a line found by correcting mistakes",
                                      "Linear(features, 1), Rosenblatt's error-correction rule",
                                      "iris, wine, breast_cancer, digits, separable, xor, CSV",
                                      make_recipe<Perceptron>};

}  // namespace cairn
