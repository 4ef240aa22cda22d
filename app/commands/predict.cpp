// cairn predict RUN FILE...: what a trained model says about pictures (PNG, JPEG, PGM, PPM) or the rows of CSV files.
#include <algorithm>
#include <cctype>
#include <filesystem>

#include <fmt/format.h>

#include <app/report.h>
#include <app/training.h>
#include <cairn/autograd/modes.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/io/bytes.h>
#include <cairn/nn/inference.h>
#include <cairn/ops/ops.h>
#include <recipes/tables.h>

namespace cairn {

namespace {

struct PredictOptions {
  std::string runs = default_runs();
  int64_t top = 5;
  void fields(Fields& f) {
    f("runs", runs, "folder that holds the runs");
    f("top", top, "how many classes to show for each example", between(1, 1000));
  }
};

// The `top` classes of one row of probabilities, most likely first.
Json best(const std::vector<double>& p, const Features& features, int64_t top) {
  std::vector<size_t> order(p.size());
  for (size_t i = 0; i < p.size(); i++) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return p[a] > p[b]; });
  Json list = Json::array();
  for (size_t i = 0; i < std::min<size_t>(order.size(), size_t(top)); i++)
    list.push_back(Json::object({{"class", features.classes[order[i]]}, {"probability", p[order[i]]}}));
  return list;
}

// What the recipe makes of the outputs, in words of its own. False: it leaves that to the objective.
bool show_answers(Session& session, const Tensor& outputs, const Recipe& recipe, const Features& features, const std::string& file) {
  const std::vector<double> values = outputs.to_vector<double>();
  const size_t width = size_t(outputs.size(1));
  for (int64_t row = 0; row < outputs.size(0); row++) {
    const Json answer = recipe.answer(std::span(values).subspan(size_t(row) * width, width), features);
    if (answer.is_null()) return false;
    Json event = Json::object({{"event", "prediction"}, {"file", file}, {"row", row + 1}});
    std::string line = file + " row " + std::to_string(row + 1) + ":";
    for (const auto& [name, value] : answer.as_object()) {
      event[name] = value;
      line += "  " + name + " " + (value.is_string() ? value.as_string() : fmt::format("{:.4g}", value.as_double()));
    }
    session.say(line);
    session.event(event);
  }
  return outputs.size(0) > 0;
}

void show(Session& session, const Tensor& outputs, Objective objective, const Features& features, int64_t top, const std::string& file, bool many) {
  const std::vector<double> values = outputs.to_vector<double>();
  const size_t width = size_t(outputs.size(1));
  for (int64_t row = 0; row < outputs.size(0); row++) {
    const std::string what = many ? file + " row " + std::to_string(row + 1) : file;
    Json event = Json::object({{"event", "prediction"}, {"file", file}});
    if (many) event["row"] = row + 1;
    if (objective == Objective::regress) {
      const double y = values[size_t(row)] * features.target_deviation + features.target_mean;
      event[features.target] = y;
      session.say(fmt::format("{}: {} = {:.4g}", what, features.target, y));
    } else {
      const Json list = best({values.begin() + row * int64_t(width), values.begin() + (row + 1) * int64_t(width)}, features, top);
      event["top"] = list;
      std::string line = what + ":";
      for (const Json& c : list.as_array()) line += fmt::format("  {} {:.1f} %", c.at("class").as_string(), 100 * c.at("probability").as_double());
      session.say(line);
    }
    session.event(event);
  }
}

void check_regular(const std::string& file) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(file, error);
  if (std::filesystem::is_regular_file(status)) return;
  if (!std::filesystem::exists(status))
    throw FileError("there is no file " + printable(file, 200) + ". Hint: check the spelling, and the folder you are in.");
  throw FileError(printable(file, 200) + (std::filesystem::is_directory(status)
                                              ? " is a folder, not a file. Hint: its pictures are named by FOLDER/*.jpg."
                                              : " is a device or pipe, not a file."));
}

// A picture of any format, however damaged: then it is not of the wrong kind, and what a model takes is beside the point.
bool is_picture(const std::string& file) {
  try {
    const ByteSource source(file);
    const std::string first = source.text(0, size_t(std::min<uint64_t>(24, source.size())), "the first bytes");
    const bool netpbm =
        first.size() > 2 && first[0] == 'P' && first[1] >= '1' && first[1] <= '6' && std::isspace(static_cast<unsigned char>(first[2]));
    return netpbm || looks_like(first).ends_with(" image");
  } catch (const FileError&) { return true; }  // what cannot be read is told as such
}

// How a picture comes to the size that the model takes; "" when it has it.
std::string fitting(const Features& f, const ImageInfo& p) {
  if (f.shorter > 0)
    return fmt::format("scaled so that its shorter side has {} pixels, then the {} x {} in its middle are taken", f.shorter, f.width, f.height);
  if (p.width == f.width && p.height == f.height) return "";
  return p.width * f.height == p.height * f.width ? "resampled" : "resampled, which changes its proportions";
}

Tensor picture_of(Session& session, const Features& features, const std::string& file) {
  Image picture;
  try {
    picture = features.load(file);
  } catch (const FileError& e) {
    if (is_picture(file)) throw;
    throw FileError(std::string(e.what()) +
                    fmt::format("\nHint: this model takes pictures (PNG, JPEG, PGM, PPM) of {} x {}.", features.width, features.height));
  }
  const ImageInfo info = image_info(ByteSource(file));  // of the whole picture, where only a part of its pixels was decoded
  if (const std::string how = fitting(features, info); !how.empty())
    session.say(fmt::format("note: {} is {} x {}, the model takes {} x {}: {}", file, info.width, info.height, features.width, features.height, how));
  return features.from_image(picture);
}

Tensor rows_of(const Features& features, const std::string& file) {
  try {
    return features.from_table(load_table(file));
  } catch (const FileError& e) {
    std::vector<std::string> columns;
    for (const ColumnFeature& c : features.columns) columns.push_back(c.name);
    throw FileError(std::string(e.what()) + "\nHint: this model takes CSV files with the columns " + printable(join(columns, ", "), 400) + ".");
  }
}

int predict(Session& session, Arguments& arguments) {
  PredictOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 2, 1 << 20);
  const Run run = Run::open(o.runs, arguments.positionals()[0], false);
  int64_t seed = 0;
  std::unique_ptr<Recipe> recipe = recipe_of(run, seed);
  const Features features = features_of(run);
  InferenceModel model(trained_model(run, *recipe, features));
  say_unfinished(session, run);
  bool failed = false;
  for (size_t i = 1; i < arguments.positionals().size(); i++) {
    const std::string& file = arguments.positionals()[i];
    try {  // one bad file does not keep the others from their answer
      check_regular(file);
      const Tensor x = features.kind == Features::image ? picture_of(session, features, file) : rows_of(features, file);
      NoGrad off;
      const Tensor outputs = model.apply(x);
      if (show_answers(session, outputs, *recipe, features, file)) continue;
      show(session, probabilities_of(outputs, recipe->objective()), recipe->objective(), features, o.top, file, features.kind == Features::table);
    } catch (const Error& e) {
      if (arguments.positionals().size() == 2) throw;
      failed = true;
      session.event(Json::object({{"event", "error"}, {"type", e.type()}, {"message", e.what()}}));
      if (!session.json()) std::fprintf(stderr, "cairn: %s\n", harmless(e.what()).c_str());
    }
  }
  return failed ? 1 : 0;
}

}  // namespace

extern const CommandInfo predict_command;
const CommandInfo predict_command = {"predict", "predictions for pictures or CSV rows", "cairn predict RUN FILE...", predict,
                                     options_of<PredictOptions>};

}  // namespace cairn
