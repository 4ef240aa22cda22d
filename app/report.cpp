#include <app/report.h>

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include <app/out_file.h>
#include <app/prose.h>
#include <cairn/autograd/modes.h>
#include <cairn/base/disk.h>
#include <cairn/base/text.h>
#include <cairn/ops/ops.h>
#include <cairn/plot/picture.h>
#include <cairn/plot/terminal.h>
#include <cairn/plot/views.h>

namespace cairn {

namespace {

std::string percent(double p) { return fmt::format("{:.0f} %", 100 * p); }

}  // namespace

std::vector<Seen> all_predictions(Module& model, const DatasetRef& test, Objective objective) {
  std::vector<Seen> seen;
  DataLoader loader(test, {.batch_size = 500});
  for (Batch& batch : loader) {
    const Tensor p = probabilities(model, batch["x"], objective);
    const std::vector<double> values = p.to_vector<double>();
    const std::vector<int64_t> y = batch["y"].to_vector<int64_t>();
    const size_t classes = size_t(p.size(1));
    for (size_t i = 0; i < y.size(); i++) {
      const auto row = values.begin() + int64_t(i * classes), best = std::max_element(row, row + int64_t(classes));
      seen.push_back({int64_t(seen.size()), y[i], best - row, *best});
    }
  }
  return seen;
}

Image picture_of(const DatasetRef& test, const Features& f, int64_t index) {
  Tensor x = test->get(index)["x"];
  double low = INFINITY, high = -INFINITY;  // what black and white became
  for (size_t k = 0; k < f.normalize.mean.size(); k++) {
    low = std::min(low, (0 - f.normalize.mean[k]) / f.normalize.std[k]);
    high = std::max(high, (1 - f.normalize.mean[k]) / f.normalize.std[k]);
  }
  return image_of(x, low, high);
}

std::vector<Seen> worst(std::vector<Seen> seen, size_t limit) {
  std::erase_if(seen, [](const Seen& s) { return s.predicted == s.truth; });
  std::stable_sort(seen.begin(), seen.end(), [](const Seen& a, const Seen& b) { return a.confidence > b.confidence; });
  seen.resize(std::min(seen.size(), limit));
  return seen;
}

plot::Figure curves_of(const Run& run) {
  std::map<std::string, std::vector<double>> values;
  for (const Json& line : run.metrics())
    if (line.at("event") == Json("epoch"))
      for (const auto& [name, value] : line.as_object())
        if (value.is_number()) values[name].push_back(value.as_double());
  const auto panel = [&](const std::string& what) {
    std::vector<plot::Curve> curves;
    for (const auto& [name, part] : {std::pair("training", "train_"), std::pair("validation", "val_")})
      if (!values[part + what].empty()) curves.push_back({name, values[part + what]});
    return plot::curves(run.name(), "epoch", what, curves);
  };
  plot::Figure figure = panel("loss");
  if (!values["train_accuracy"].empty()) figure.add(panel("accuracy").panels.at(0));
  return figure;
}

namespace {

void show_twelve(const std::vector<Seen>& seen, const DatasetRef& test, const Features& f) {
  std::vector<Image> images;
  std::vector<std::string> captions;
  ShowOptions options{6, {}};
  for (size_t i = 0; i < std::min<size_t>(12, seen.size()); i++) {
    const Seen& s = seen[i];
    images.push_back(picture_of(test, f, s.index));
    // A line each: six pictures beside each other leave a dozen letters for a caption.
    captions.push_back(f.classes[size_t(s.predicted)] + "\n" + percent(s.confidence) + "\n" +
                       (s.predicted == s.truth ? "right" : "is " + f.classes[size_t(s.truth)]));
    options.marks.push_back(s.predicted == s.truth ? Mark::right : Mark::wrong);
  }
  std::printf("\nthe first %zu test images: prediction, confidence, truth\n\n%s\n", images.size(),
              show_images(images, captions, Terminal::of(1), options).c_str());
}

void write_worst(const std::string& path, const std::vector<Seen>& seen, const DatasetRef& test, const Features& f) {
  std::vector<Image> images;
  std::vector<std::string> captions;
  MosaicOptions options{6, 0, "Worst mistakes: sure and wrong", {}};
  for (const Seen& s : worst(seen)) {
    images.push_back(picture_of(test, f, s.index));
    captions.push_back(f.classes[size_t(s.predicted)] + " " + percent(s.confidence) + "\nis " + f.classes[size_t(s.truth)]);
    options.marks.push_back(Mark::wrong);
  }
  write_unsynced(path, encode_png(mosaic(images, captions, options)));
}

// A field of a CSV file: in quotes where it holds what means something there, its own quotes doubled (RFC 4180).
std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos && text == trim(text)) return text;
  std::string quoted = "\"";
  for (char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

// A table's test rows beside their predictions.
void write_predictions(const std::string& path, Module& model, const DatasetRef& test, Objective objective, const Features& f) {
  std::string text = "row,truth,prediction\n";
  int64_t row = 0;
  DataLoader loader(test, {.batch_size = 500});
  for (Batch& batch : loader) {
    const Tensor p = probabilities(model, batch["x"], objective);
    const std::vector<double> truth = batch["y"].to_vector<double>();
    const std::vector<int64_t> best = argmax(p, -1).to_vector<int64_t>();
    const std::vector<double> values = p.to_vector<double>();
    for (size_t i = 0; i < truth.size(); i++, row++) {
      if (objective == Objective::regress)
        text += fmt::format("{},{:g},{:g}\n", row, truth[i] * f.target_deviation + f.target_mean, values[i] * f.target_deviation + f.target_mean);
      else text += fmt::format("{},{},{}\n", row, csv_field(f.classes[size_t(truth[i])]), csv_field(f.classes[size_t(best[i])]));
    }
  }
  write_unsynced(path, text);
}

// The same where the recipe has an answer of its own: a column for each of its parts.
void write_answers(const std::string& path, Module& model, const Recipe& recipe, const DatasetRef& test, const Features& f) {
  std::string text;
  int64_t row = 0;
  DataLoader loader(test, {.batch_size = 500});
  for (Batch& batch : loader) {
    NoGrad off;
    const Tensor outputs = model.apply(batch["x"]);
    const std::vector<double> values = outputs.to_vector<double>();
    const std::vector<int64_t> truth = batch["y"].to_vector<int64_t>();
    const size_t width = size_t(outputs.size(1));
    for (size_t i = 0; i < truth.size(); i++, row++) {
      const Json answer = recipe.answer(std::span(values).subspan(i * width, width), f);
      if (row == 0) {
        text = "row,truth";
        for (const auto& [name, value] : answer.as_object()) text += "," + csv_field(name);
      }
      text += fmt::format("\n{},{}", row, csv_field(f.classes[size_t(truth[i])]));
      for (const auto& [name, value] : answer.as_object()) text += "," + csv_field(value.is_string() ? value.as_string() : value.dump());
    }
  }
  write_unsynced(path, text + "\n");
}

void write_curves(const Run& run) {
  std::vector<double> train, val;
  for (const Json& line : run.metrics())
    if (line.at("event") == Json("epoch")) {
      train.push_back(line.at("train_loss").as_double());
      if (const Json* v = line.find("val_loss")) val.push_back(v->as_double());
    }
  std::vector<plot::Curve> curves = {{"training", train}};
  if (!val.empty()) curves.push_back({"validation", val});
  write_unsynced(run.samples() + "/loss.svg", plot::curves(run.name(), "epoch", "loss", curves).svg());
}

}  // namespace

void write_samples(Session& session, const Run& run, Module& model, const Recipe& recipe, const Setup& s) {
  const Features& features = *s.features;
  model.eval();
  write_curves(run);
  if (features.kind == Features::table) {
    const std::string path = run.samples() + "/predictions.csv";
    if (s.task) write_answers(path, model, recipe, s.test, features);
    else write_predictions(path, model, s.test, s.objective, features);
    return;
  }
  const std::vector<Seen> seen = all_predictions(model, s.test, s.objective);
  write_worst(run.samples() + "/worst-mistakes.png", seen, s.test, features);
  if (!session.json()) show_twelve(seen, s.test, features);
  if (const std::string note = letters_note(features.classes); !note.empty()) session.say("note on worst-mistakes.png: " + note + ".");
}

namespace {

// "cairn train NAME --data D" with what else was asked for, but the epochs.
std::string train_command(const std::string& name, Recipe& recipe) {
  std::string text = "cairn train " + name + " --data " + shell_word(recipe.data_name());
  const std::unique_ptr<Recipe> usual = recipe_for(find_recipe(name), recipe.data_name());
  const Fields given = fields_of(recipe), fields = fields_of(*usual);
  for (const Field& f : given.list()) {
    const std::string value = Fields::get(f), flag = Fields::flag(f);
    if (f.name == "data" || f.name == "epochs" || value == Fields::get(*fields.find(f.name))) continue;
    if (f.kind == Field::boolean) text += value == "true" ? " " + flag : " --no-" + flag.substr(2);
    else text += " " + flag + " " + shell_word(value);
  }
  return text;
}

}  // namespace

void report_end(Session& session, const Run& run, Recipe& recipe, const Json& test, const Setup& s, double seconds) {
  session.say(narrowed("test: " + evaluation_text(test, *s.features, s.data_note) + "   " + human_seconds(seconds) + " in all"));
  const Goal goal = recipe.goal();
  const Json* score = goal.metric.starts_with("test_") ? test.find(goal.metric.substr(5)) : nullptr;
  if (score && recipe.goal_applies()) {
    const double got = score->as_double();
    session.say(narrowed(fmt::format("goal: {} {:g} on {}: {}\n      ({})", goal.metric, goal.score, goal.data,
                                     got >= goal.score ? "reached" : fmt::format("missed by {:.4f}", goal.score - got), goal.source)));
  }
  session.say(narrowed("\nwritten: " + run.model_file()));
  session.say(
      narrowed("         " + run.samples() + (s.features->kind == Features::image ? "/worst-mistakes.png, loss.svg" : "/predictions.csv, loss.svg")));
  session.say(narrowed("next:    " + command_for("eval", run) + (recipe.predicts_classes() ? "     the confusion matrix" : "     the test metrics")));
  if (s.features->kind == Features::image) {
    const std::string show = command_for("show", run);
    session.say(narrowed("         " + show + " mistakes     the surest of its wrong answers; also curves, filters, ..."));
  }
  const Json environment = run.environment();
  const std::string mine = environment.find("mine") ? " --mine" : "";
  if (!s.task)
    session.say(narrowed(
        fmt::format("         {} --epochs {}{}{}     longer", train_command(run.recipe(), recipe), 2 * recipe.train.epochs, mine, runs_option(run))));
  session.say(narrowed("         cairn recipes " + run.recipe() + "     every option"));
  session.say(narrowed("         cairn runs" + runs_option(run) + "     compare what you have"));
}

}  // namespace cairn
