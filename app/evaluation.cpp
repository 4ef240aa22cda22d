// Test metrics of a trained model.
#include <fmt/format.h>

#include <app/report.h>
#include <app/training.h>
#include <cairn/autograd/modes.h>
#include <cairn/metrics/metrics.h>
#include <cairn/ops/ops.h>

namespace cairn {

Tensor probabilities_of(const Tensor& output, Objective objective) {
  NoGrad off;
  if (objective == Objective::classify) return softmax(output, -1);
  if (objective == Objective::regress) return output;
  Tensor p = sigmoid(reshape(output, {output.size(0), 1}));
  return cat({1.0 - p, p}, 1);
}

Tensor probabilities(Module& model, const Tensor& x, Objective objective) {
  NoGrad off;
  return probabilities_of(model.apply(x), objective);
}

namespace {

Json classify(Module& model, DataLoader& loader, Objective objective, const Features& features) {
  ConfusionMatrix matrix(features.classes, Scores::probabilities);
  LogLoss loss;
  double sum = 0;
  int64_t n = 0;
  for (Batch& batch : loader) {
    NoGrad off;
    const Tensor output = model.apply(batch["x"]);
    const Tensor l =
        objective == Objective::classify ? cross_entropy(output, batch["y"]) : bce_with_logits(output, reshape(batch["y"].to(f32), output.shape()));
    sum += l.item() * double(batch.size());
    n += batch.size();
    matrix.update(probabilities_of(output, objective), batch["y"]);
  }
  Json counts = Json::array();
  for (int64_t t = 0; t < matrix.classes(); t++) {
    Json row = Json::array();
    for (int64_t p = 0; p < matrix.classes(); p++) row.push_back(matrix.count(t, p));
    counts.push_back(row);
  }
  return Json::object(
      {{"accuracy", matrix.value()}, {"loss", sum / double(n)}, {"examples", n}, {"classes", Json::array(features.classes)}, {"confusion", counts}});
}

Json regress(Module& model, DataLoader& loader, const Features& features) {
  RMSE rmse;
  MAE mae;
  R2 r2;
  double sum = 0;
  int64_t n = 0;
  for (Batch& batch : loader) {
    NoGrad off;
    const Tensor y = batch["y"], output = model.apply(batch["x"]);
    sum += mse_loss(output, y).item() * double(batch.size());
    n += batch.size();
    // In the unit of the target, as the file has it.
    const Tensor predicted = output * features.target_deviation + features.target_mean, truth = y * features.target_deviation + features.target_mean;
    rmse.update(predicted, truth);
    mae.update(predicted, truth);
    r2.update(predicted, truth);
  }
  return Json::object({{"r2", r2.value()}, {"rmse", rmse.value()}, {"mae", mae.value()}, {"loss", sum / double(n)}, {"examples", n}});
}

}  // namespace

Json evaluate_model(Module& model, DatasetRef data, Objective objective, const Features& features, int64_t batch_size) {
  model.eval();
  DataLoader loader(std::move(data), {.batch_size = batch_size});
  return objective == Objective::regress ? regress(model, loader, features) : classify(model, loader, objective, features);
}

Json evaluate_setup(Module& model, const Setup& setup, const Features& features, int64_t batch_size) {
  if (!setup.evaluate) return evaluate_model(model, setup.test, setup.objective, features, batch_size);
  NoGrad off;
  model.eval();
  return setup.evaluate(model, setup.test);
}

std::string evaluation_text(const Json& m, const Features& features, const std::string& note) {
  const std::string examples =
      std::to_string(m.at("examples").as_int()) + (m.at("examples") == Json(1) ? " example" : " examples") + (note.empty() ? "" : " " + note);
  if (const Json* r2 = m.find("r2"))
    return fmt::format("R2 {:.4f}   RMSE {:.4g}   MAE {:.4g}   ({}, in units of {})", r2->as_double(), m.at("rmse").as_double(),
                       m.at("mae").as_double(), examples, features.target.empty() ? "the target" : features.target);
  if (!m.find("accuracy")) {  // a recipe's own numbers
    std::string text;
    for (const auto& [name, value] : m.as_object())
      if (value.is_number() && name != "examples" && name != "loss") text += fmt::format("{} {:.4g}   ", name, value.as_double());
    return text + "(" + examples + ")";
  }
  return fmt::format("accuracy {:.2f} %   loss {:.4f}   ({})", 100 * m.at("accuracy").as_double(), m.at("loss").as_double(), examples);
}

}  // namespace cairn
