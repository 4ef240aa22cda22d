// k-means (Lloyd 1957/1982, MacQueen 1967): k groups, each the examples that are nearest to its centre, each centre the mean of its group.
//   start:  k-means++ (Arthur and Vassilvitskii 2007): each further centre is an example, drawn by its squared distance to the nearest centre so
//           far; of some candidates the one that leaves the least inertia
//   sweep:  assign every example to its nearest centre, then move each centre to the mean of its examples. Inertia, the sum of squared
//           distances, can only fall; it ends when no centre moves
//   a centre without examples moves to the example that was farthest from its own centre                  x [n, features]   centres [k, features]
// The labels are for judging only: purity is the share of examples that have the commonest class of their cluster. As they teach nothing, no
// rows are held out: all are clustered, and all are judged, as the literature does.
#include <cmath>

#include <fmt/format.h>

#include <cairn/autograd/modes.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/ops/ops.h>
#include <recipes/pictures.h>
#include <recipes/tables.h>

namespace cairn {

namespace {

// Squared distances [n, k]: of differences, as |x|^2 - 2 x c + |c|^2 loses digits where centres lie close.
Tensor squared_distances(const Tensor& x, const Tensor& centres) { return sum(square(unsqueeze(x, 1) - unsqueeze(centres, 0)), {2}); }

struct Centres : Layer<Centres> {
  Parameter centres;
  explicit Centres(const Tensor& start) : centres(start, false) {}
  Tensor forward(const Tensor& x) { return squared_distances(x, centres); }
  void visit(Visitor& v) override { v("centres", centres); }
  std::string options() const override { return fmt::format("{} centres", centres.shape()[0]); }
};

int64_t pick(const std::vector<double>& weights) {
  double left = rand({1}, f64).item();
  double total = 0;
  for (double w : weights) total += w;
  left *= total;
  for (size_t i = 0; i < weights.size(); i++)
    if ((left -= weights[i]) < 0) return int64_t(i);
  return int64_t(weights.size()) - 1;
}

Tensor plus_plus(const Tensor& x, int64_t k) {
  const int64_t n = x.size(0), candidates = 2 + int64_t(std::log(double(k)));
  std::vector<Tensor> centres = {select(x, 0, pick(std::vector<double>(size_t(n), 1.0)))};
  std::vector<double> nearest = squared_distances(x, unsqueeze(centres[0], 0)).to_vector<double>();
  while (int64_t(centres.size()) < k) {
    double best = INFINITY;
    std::vector<double> after;
    Tensor chosen;
    for (int64_t c = 0; c < candidates; c++) {
      const Tensor candidate = select(x, 0, pick(nearest));
      std::vector<double> distances = squared_distances(x, unsqueeze(candidate, 0)).to_vector<double>();
      double inertia = 0;
      for (size_t i = 0; i < distances.size(); i++) inertia += distances[i] = std::min(distances[i], nearest[i]);
      if (inertia < best) best = inertia, after = std::move(distances), chosen = candidate;
    }
    centres.push_back(chosen);
    nearest = std::move(after);
  }
  return stack(centres);
}

class Lloyd : public Task, public Callback, public Stateful {
 public:
  explicit Lloyd(std::shared_ptr<Centres> model) : model_(std::move(model)) { begin_sweep(); }

  StepResult train_step(const Batch& batch) override {
    NoGrad off;
    const Tensor x = batch["x"], distances = model_->forward(x);
    if (!all_finite(distances)) throw NumericError("a distance is not finite. Hint: check the data for NaN, infinity and huge numbers.");
    const Tensor nearest = argmin(distances, 1), least = min(distances, {1});
    const Tensor member = one_hot(nearest, k()).to(f64);
    sums_ = sums_ + matmul(transpose(member, 0, 1), x.to(f64));
    counts_ = counts_ + sum(member, {0});
    const int64_t far = int64_t(argmax(least, 0).item());
    if (const double d = select(least, 0, far).item(); d > farthest_) farthest_ = d, outlier_ = clone(select(x, 0, far).to(f64));
    return {sum(least.to(f64)).item(), batch.size()};
  }
  StepResult eval_step(const Batch& batch) override { return {sum(min(model_->forward(batch["x"]), {1})).item(), batch.size()}; }
  void set_training(bool on) override { model_->train(on); }
  NamedStates states() override { return {{"model", model_.get()}, {"task", this}}; }

  void end_epoch() override {
    NoGrad off;
    const Tensor before = model_->centres.tensor().to(f64);
    // An empty cluster keeps its centre; the first of them takes the farthest example, where there is one off its centre.
    Tensor after = where(unsqueeze(counts_, 1) > 0.0, sums_ / unsqueeze(maximum(counts_, ones({k()}, f64)), 1), before);
    const std::vector<double> counts = counts_.to_vector<double>();
    const auto empty = std::find(counts.begin(), counts.end(), 0.0);
    if (empty != counts.end() && farthest_ > 0) {
      const Tensor place = reshape(one_hot(full({1}, double(empty - counts.begin()), i64), k()), {k(), 1});
      after = where(place > 0.0, expand(unsqueeze(outlier_, 0), after.shape()), after);
    }
    sweeps_++;
    const double moved = max(abs(after - before)).item(), size = max(abs(after)).item();
    still_ = moved <= 1e-6 * size;  // sums in another order differ in their last digits
    model_->centres.set(after.to(f32));
    sizes_ = counts;
    begin_sweep();
  }
  bool wants_stop() const override { return still_; }
  std::string why() const override { return "no centre moves any more"; }
  std::string name() const override { return "lloyd"; }

  State state() const override {
    State s{{{"sums", sums_}, {"counts", counts_}, {"outlier", outlier_}}, {}};
    Json sizes = Json::array();
    for (double n : sizes_) sizes.push_back(n);
    s.values = Json::object({{"farthest", farthest_}, {"sweeps", sweeps_}, {"still", still_}, {"sizes", sizes}});
    return s;
  }
  void load_state(const State& s) override {
    sums_ = s.tensors.at("sums"), counts_ = s.tensors.at("counts"), outlier_ = s.tensors.at("outlier");
    farthest_ = s.values.at("farthest").as_double(), sweeps_ = s.values.at("sweeps").as_int(), still_ = s.values.at("still").as_bool();
    sizes_.clear();
    for (const Json& n : s.values.at("sizes").as_array()) sizes_.push_back(n.as_double());
  }

  Outcome outcome() const {
    Outcome o;
    Json sizes = Json::array();
    std::string list;
    for (double n : sizes_) sizes.push_back(int64_t(n)), list += (list.empty() ? "" : ", ") + std::to_string(int64_t(n));
    o.values = Json::object({{"converged", still_}, {"sweeps", sweeps_}, {"cluster_sizes", sizes}});
    o.lines = {still_ ? fmt::format("converged after {} sweeps: no centre moves any more.", sweeps_)
                      : fmt::format("did not converge: stopped after {} sweeps while centres still moved. Hint: more --epochs.", sweeps_),
               "training examples of each cluster: " + list};
    return o;
  }

 private:
  int64_t k() const { return model_->centres.shape()[0]; }
  void begin_sweep() {
    sums_ = zeros(model_->centres.shape(), f64), counts_ = zeros({k()}, f64), outlier_ = zeros({model_->centres.shape()[1]}, f64);
    farthest_ = 0;
  }
  std::shared_ptr<Centres> model_;
  Tensor sums_, counts_, outlier_;
  double farthest_ = 0;
  int64_t sweeps_ = 0;
  bool still_ = false;
  std::vector<double> sizes_;
};

Json judged(Module& model, const DatasetRef& test, size_t classes) {
  std::vector<std::vector<int64_t>> seen;  // of each cluster, how many of each class
  double inertia = 0;
  for (Batch& batch : DataLoader(test, {.batch_size = 500})) {
    const Tensor distances = model.apply(batch["x"]);
    inertia += sum(min(distances, {1}).to(f64)).item();
    const std::vector<int64_t> cluster = argmin(distances, 1).to_vector<int64_t>(), y = batch["y"].to_vector<int64_t>();
    seen.resize(size_t(distances.size(1)), std::vector<int64_t>(classes));
    for (size_t i = 0; i < y.size(); i++) seen[size_t(cluster[i])][size_t(y[i])]++;
  }
  int64_t commonest = 0;
  for (const auto& counts : seen) commonest += *std::max_element(counts.begin(), counts.end());
  const int64_t n = test->size();
  return Json::object({{"purity", double(commonest) / double(n)}, {"inertia", inertia}, {"loss", inertia / double(n)}, {"examples", n}});
}

struct KMeans : Recipe {
  std::string data = "iris", target;
  int64_t clusters = 0;
  bool standardise = false;
  KMeans() {
    train.epochs = 300;
    train.batch_size = 256;
    train.val_share = 0;
  }

  void fields(Fields& f) override {
    f("data", data, "iris, digits, wine, breast_cancer, or a CSV file");
    f("target", target, "the column of classes that clusters are judged by, for a CSV file");
    f("clusters", clusters, "how many; 0: as many as there are classes", between(0, 4096));
    f("standardise", standardise, "divide every column by its deviation; otherwise one with large numbers counts more");
    f("epochs", train.epochs, "sweeps at most; it ends earlier when no centre moves", between(1, 1e6));
    f("limit_train", train.limit_train, "use only so many training examples; 0: all", between(0, 1e9));
  }
  std::string data_name() const override { return data; }
  bool predicts_classes() const override { return false; }
  Goal goal() const override {
    return {"test_purity", 0.88, "iris", "three clusters of iris: 134 of 150 flowers (0.893) lie with their species, as textbooks have it"};
  }

  Setup setup() override {
    const int64_t limit = std::exchange(train.limit_train, 0);
    Setup s = table_setup(data, target, false, *this, standardise ? Scale::deviations : Scale::own_units);
    train.limit_train = limit;
    const Batch first = whole(*s.train), rest = whole(*s.test);
    s.test = std::make_shared<TensorDataset>(std::vector<Batch::Field>{{"x", cat({first["x"], rest["x"]})}, {"y", cat({first["y"], rest["y"]})}});
    s.train = limited(s.test, limit);
    s.notes.push_back("labels teach nothing here, so no rows are held out: every row is judged.");
    const auto centres = std::static_pointer_cast<Centres>(s.model);
    const int64_t k = centres->centres.shape()[0], n = s.train->size();
    if (k > n) throw ConfigError(fmt::format("--clusters: {} clusters need as many training examples, but there are {}.", k, n));
    NoGrad off;
    centres->centres.set(plus_plus(whole(*s.train)["x"], k));
    const auto task = std::make_shared<Lloyd>(centres);
    s.task = task;
    s.callbacks.push_back(task);
    s.outcome = [task] { return task->outcome(); };
    s.evaluate = [classes = s.features->classes.size()](Module& m, const DatasetRef& test) { return judged(m, test, classes); };
    return s;
  }
  std::shared_ptr<Module> model(const Features& f) override {
    return std::make_shared<Centres>(zeros({clusters ? clusters : int64_t(f.classes.size()), f.size()}));
  }
  Json answer(std::span<const double> distances, const Features&) const override {
    const auto nearest = std::min_element(distances.begin(), distances.end());
    return Json::object({{"cluster", std::to_string(nearest - distances.begin())}, {"distance", std::sqrt(*nearest)}});
  }
};

}  // namespace

extern const RecipeInfo kmeans_recipe;
const RecipeInfo kmeans_recipe = {"kmeans",
                                  "A10",
                                  "groups that nobody named",
                                  "k centres, Lloyd's sweeps from a k-means++ start",
                                  "iris, digits, wine, breast_cancer, CSV",
                                  make_recipe<KMeans>};

}  // namespace cairn
