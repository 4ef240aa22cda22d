// Principal components (Pearson 1901, Hotelling 1933): the directions in which the data vary most, by the singular values of the centred rows.
//   x - mean = u diag(s) v^T;   scores z = (x - mean) v_c,  x' = mean + z v_c^T,  v_c the first c columns of v
//   variance of component i: s_i^2 / (n - 1); no other c directions leave a smaller reconstruction error (Eckart and Young 1936)
// There is nothing to descend: the first step fits all training rows, and the only epoch measures the error.          x [n, features]   z [n, c]
#include <cmath>

#include <fmt/format.h>

#include <cairn/autograd/modes.h>
#include <cairn/base/errors.h>
#include <cairn/ops/ops.h>
#include <recipes/tables.h>

namespace cairn {

namespace {

struct Components : Layer<Components> {
  Parameter mean, directions, variances;  // [features], [c, features], [c + 1]: of each component, and of all features together
  Components(int64_t c, int64_t features)
      : mean(zeros({features}), false), directions(zeros({c, features}), false), variances(zeros({c + 1}), false) {}
  // The scores, and in a last column the squared error of what they put together again.
  Tensor forward(const Tensor& x) {
    const Tensor centred = x - mean.value(), z = matmul(centred, transpose(directions.value(), 0, 1));
    return cat({z, sum(square(centred - matmul(z, directions.value())), {1}, true)}, 1);
  }
  void visit(Visitor& v) override {
    v("mean", mean);
    v("directions", directions);
    v("variances", variances);
  }
  std::string options() const override { return fmt::format("{} of {}", directions.shape()[0], directions.shape()[1]); }
};

Tensor errors(const Tensor& outputs) { return select(outputs, 1, outputs.size(1) - 1).to(f64); }

class Fit : public Task, public Stateful {
 public:
  Fit(std::shared_ptr<Components> model, std::shared_ptr<Dataset> data) : model_(std::move(model)), data_(std::move(data)) {}

  StepResult train_step(const Batch& batch) override {
    NoGrad off;
    if (!fitted_) fit();
    return eval_step(batch);
  }
  StepResult eval_step(const Batch& batch) override { return {sum(errors(model_->forward(batch["x"]))).item(), batch.size()}; }
  void set_training(bool on) override { model_->train(on); }
  NamedStates states() override { return {{"model", model_.get()}, {"task", this}}; }
  State state() const override { return {{}, Json::object({{"fitted", fitted_}})}; }
  void load_state(const State& s) override { fitted_ = s.values.at("fitted").as_bool(); }

  Outcome outcome() const {
    const std::vector<double> v = model_->variances.tensor().to_vector<double>();
    const double all = v.back();
    Outcome o;
    Json shares = Json::array();
    std::string list;
    double together = 0;
    for (size_t i = 0; i + 1 < v.size(); i++) {
      const double share = all > 0 ? v[i] / all : 0;
      together += share;
      shares.push_back(share);
      if (i < 10) list += fmt::format("{}pc{} {:.1f} %", i ? ", " : "", i + 1, 100 * share);
    }
    o.values = Json::object({{"explained_variance", shares}, {"train_explained", together}});
    o.lines = {fmt::format("explained variance of the training rows: {}{}; together {:.1f} %", list, v.size() > 11 ? ", ..." : "", 100 * together)};
    return o;
  }

 private:
  void fit() {
    const int64_t n = data_->size(), c = model_->directions.shape()[0];
    const Tensor x = whole(*data_)["x"].to(f64), centre = mean(x, {0}), centred = x - centre;
    if (!all_finite(x)) throw NumericError("the data hold NaN or infinity.");
    const std::vector<Tensor> f = svd(centred);
    model_->mean.set(centre.to(f32));
    model_->directions.set(slice(f[2], 0, {.stop = c}).to(f32));
    const Tensor variances = square(f[1]) / double(std::max<int64_t>(1, n - 1));
    model_->variances.set(cat({slice(variances, 0, {.stop = c}), sum(variances, {0}, true)}).to(f32));
    fitted_ = true;
  }
  std::shared_ptr<Components> model_;
  std::shared_ptr<Dataset> data_;
  bool fitted_ = false;
};

// explained: 1 - the squared error / the squared distance from the training rows' mean.
Json judged(Module& model, const DatasetRef& test, const Dataset& train) {
  const Tensor centre = mean(whole(train)["x"].to(f64), {0});
  double error = 0, spread = 0;
  int64_t numbers = 0;
  for (Batch& batch : DataLoader(test, {.batch_size = 500})) {
    const Tensor x = batch["x"];
    error += sum(errors(model.apply(x))).item();
    spread += sum(square(x.to(f64) - centre)).item();
    numbers += x.numel();
  }
  const int64_t n = test->size();
  return Json::object({{"explained", spread > 0 ? 1 - error / spread : 1.0},
                       {"reconstruction_error", error / double(numbers)},
                       {"loss", error / double(n)},
                       {"examples", n}});
}

struct Pca : Recipe {
  std::string data = "digits", target;
  int64_t components = 2;
  bool standardise = false;
  Pca() {
    train.epochs = 1;
    train.batch_size = 256;
    train.val_share = 0;
  }

  void fields(Fields& f) override {
    f("data", data, "digits, iris, wine, breast_cancer, or a CSV file");
    f("target", target, "a column of classes that is left out and kept beside the scores, for a CSV file");
    f("components", components, "how many directions to keep", between(1, 4096));
    f("standardise", standardise, "divide every column by its deviation; otherwise one with large numbers counts more");
    f("limit_train", train.limit_train, "use only so many training examples; 0: all", between(0, 1e9));
  }
  std::string data_name() const override { return data; }
  bool predicts_classes() const override { return false; }
  Goal goal() const override {
    return {"test_explained", 0.27, "digits", "scikit-learn's PCA of the digits: two components explain 0.149 + 0.136 of the variance"};
  }

  Setup setup() override {
    Setup s = table_setup(data, target, false, *this, standardise ? Scale::deviations : Scale::own_units);
    const int64_t most = std::min(s.train->size(), s.features->size());
    if (components > most)
      throw ConfigError(fmt::format("--components: {} of {} training rows with {} features; there are at most {}.", components, s.train->size(),
                                    s.features->size(), most));
    const auto task = std::make_shared<Fit>(std::static_pointer_cast<Components>(s.model), s.train);
    s.task = task;
    s.outcome = [task] { return task->outcome(); };
    s.evaluate = [train = s.train](Module& m, const DatasetRef& test) { return judged(m, test, *train); };
    return s;
  }
  std::shared_ptr<Module> model(const Features& f) override { return std::make_shared<Components>(components, f.size()); }
  Json answer(std::span<const double> z, const Features&) const override {
    Json scores = Json::object();
    for (size_t i = 0; i + 1 < z.size(); i++) scores["pc" + std::to_string(i + 1)] = z[i];
    scores["error"] = std::sqrt(std::max(0.0, z.back()));  // how far the row lies from what the scores say
    return scores;
  }
};

}  // namespace

extern const RecipeInfo pca_recipe;
const RecipeInfo pca_recipe = {"pca",
                               "A10",
                               "many features seen in a few directions",
                               "the first right singular vectors of the centred rows",
                               "digits, iris, wine, breast_cancer, CSV",
                               make_recipe<Pca>};

}  // namespace cairn
