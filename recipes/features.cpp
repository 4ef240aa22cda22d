#include <recipes/features.h>

#include <algorithm>
#include <cmath>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/data/dataset.h>
#include <cairn/data/transforms/crops.h>
#include <cairn/ops/ops.h>

namespace cairn {

namespace {

Json list_of(const std::vector<double>& values) {
  Json list = Json::array();
  for (double v : values) list.push_back(v);
  return list;
}
std::vector<double> doubles(const Json& j) {
  std::vector<double> values;
  for (const Json& v : j.as_array()) values.push_back(v.as_double());
  return values;
}
std::vector<std::string> texts(const Json& j) {
  std::vector<std::string> values;
  for (const Json& v : j.as_array()) values.push_back(v.as_string());
  return values;
}

// Mean and deviation of the values that are there, of the given rows.
void fit(const Column& c, const std::string& table, const std::vector<int64_t>& rows, double& mean, double& deviation) {
  constexpr double largest = 1e30;  // beyond it, sums of squares leave f32
  for (size_t r = 0; r < c.values.size(); r++)
    if (std::abs(c.values[r]) > largest)
      throw FileError(table + ", line " + std::to_string(c.lines[r]) + ": the number in column '" + printable(c.name) +
                      "' is above 1e30. Hint: use another unit, or its logarithm.");
  double sum = 0, squares = 0;
  int64_t n = 0;
  for (int64_t r : rows)
    if (const double v = c.values[size_t(r)]; !std::isnan(v)) sum += v, n++;
  mean = n ? sum / double(n) : 0;
  for (int64_t r : rows)
    if (const double v = c.values[size_t(r)]; !std::isnan(v)) squares += (v - mean) * (v - mean);
  deviation = n > 1 ? std::sqrt(squares / double(n)) : 0;
  if (!(deviation > 0)) deviation = 1;  // a constant column tells nothing; it becomes zeros
}

// A class's name: categories as they are, whole numbers without a point.
std::string class_name(double v) { return v == std::floor(v) && std::abs(v) < 1e15 ? std::to_string(int64_t(v)) : std::to_string(v); }

// The labels of the target column, and the names of the classes.
std::vector<int64_t> labels_of(const Column& target, const std::string& table, std::vector<std::string>& classes) {
  constexpr size_t most_classes = 1000;
  std::vector<int64_t> labels;
  if (!target.numeric) {
    classes = target.categories;
    for (double v : target.values) labels.push_back(int64_t(v));
    return labels;
  }
  std::vector<double> distinct = target.values;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  if (distinct.size() > most_classes || (distinct.size() > 20 && distinct.size() * 2 > target.values.size()))
    throw ConfigError(table + ": column '" + target.name + "' has " + std::to_string(distinct.size()) + " different numbers in " +
                      std::to_string(target.values.size()) + " rows: that is a quantity, not a class. Hint: `cairn train linear-regression`.");
  for (double v : distinct) classes.push_back(class_name(v));
  for (double v : target.values) labels.push_back(std::lower_bound(distinct.begin(), distinct.end(), v) - distinct.begin());
  return labels;
}

// Of a column of texts: the first row whose text is no number, and how many rows hold numbers and anything.
struct Texts {
  size_t first = 0;
  int64_t numbers = 0, filled = 0;
};

Texts texts_of(const Column& c) {
  Texts t;
  bool found = false;
  for (size_t r = 0; r < c.values.size(); r++) {
    if (c.values[r] < 0) continue;  // missing
    t.filled++;
    double v;
    if (parse_double(c.categories[size_t(c.values[r])], v) && std::isfinite(v)) t.numbers++;
    else if (!found) found = true, t.first = r;
  }
  return t;
}

// A column whose values are numbers but for one in ten or fewer is no column of categories: there a text is a mistake.
void check_one_kind(const Column& c, const std::string& table) {
  if (c.numeric) return;
  const Texts t = texts_of(c);
  if (t.numbers == 0 || 10 * t.numbers < 9 * t.filled) return;
  throw FileError(table + ", line " + std::to_string(c.lines[t.first]) + ": column '" + c.name + "' holds '" +
                  printable(c.categories[size_t(c.values[t.first])]) + "', but numbers in " + std::to_string(t.numbers) + " of its " +
                  std::to_string(t.filled) +
                  " values. Hint: mend it, or leave the cell empty, which counts as missing; where the numbers are names, begin each with a letter.");
}

}  // namespace

int64_t Features::size() const {
  if (kind == image) return channels * height * width;
  int64_t n = 0;
  for (const ColumnFeature& c : columns) n += c.width();
  return n;
}

transforms::Compose Features::plain() const {
  if (shorter > 0) return {transforms::Resize{.shorter = shorter}, transforms::CenterCrop{.height = height, .width = width}, normalize};
  return {transforms::Resize{.height = height, .width = width}, normalize};
}

Tensor Features::from_image(const Image& picture) const {
  if (kind != image) throw ConfigError("this model takes rows of a table (CSV), not pictures.");
  const Tensor bytes = transforms::to_tensor(transforms::to_planes(channels == 1 ? to_grey(picture) : to_rgb(picture)));
  return reshape(plain()(bytes), {1, channels, height, width});
}

int64_t Features::decoded_side() const { return std::max<int64_t>(64, (shorter > 0 ? shorter : std::max(height, width)) * 5 / 4); }

Image Features::load(const std::string& file) const { return load_image(file, {.at_least = decoded_side()}); }

Tensor Features::from_table(const Table& rows) const {
  if (kind != table) throw ConfigError("this model takes pictures (PNG, PGM), not rows of a table.");
  const int64_t n = rows.rows(), width = size();
  std::vector<float> x(size_t(n * width), 0.0f);
  int64_t at = 0;
  for (const ColumnFeature& f : columns) {
    const Column& c = rows[f.name];
    for (int64_t r = 0; r < n; r++) {
      const double v = c.values[size_t(r)];
      if (f.categories.empty()) {
        if (!c.numeric)
          throw FileError(rows.name + ", line " + std::to_string(c.lines[size_t(r)]) + ": column '" + f.name +
                          "' must hold numbers, as it did in training.");
        x[size_t(r * width + at)] = std::isnan(v) ? 0.0f : float((v - f.mean) / f.deviation);
      } else {
        const std::string text = c.numeric ? (std::isnan(v) ? "" : class_name(v)) : (v < 0 ? "" : c.categories[size_t(v)]);
        const auto it = std::find(f.categories.begin(), f.categories.end(), text);
        if (it != f.categories.end()) x[size_t(r * width + at + (it - f.categories.begin()))] = 1;
      }
    }
    at += f.width();
  }
  return from_span(std::span<const float>(x), {n, width});
}

TableData encode_table(const Table& table, const std::string& target, bool regression, double test_share, uint64_t seed,
                       const FitColumn& fit_column) {
  const Column& y = table[target];
  if (table.columns.size() < 2) throw ConfigError(table.name + " has only the column '" + target + "': there is nothing to predict it from.");
  for (size_t r = 0; r < y.values.size(); r++)
    if (y.numeric ? std::isnan(y.values[r]) : y.values[r] < 0)
      throw FileError(table.name + ", line " + std::to_string(y.lines[r]) + ": the target '" + target + "' is missing. Hint: remove the row.");
  constexpr int64_t least_rows = 5;
  if (table.rows() < least_rows)
    throw FileError(table.name + " has " + std::to_string(table.rows()) + " rows: too few to train on some and to test on others. Hint: at least " +
                    std::to_string(least_rows) + ", and better some hundreds.");
  if (regression && !y.numeric) {
    const size_t at = texts_of(y).first;
    throw ConfigError(table.name + ", line " + std::to_string(y.lines[at]) + ": the target '" + target + "' holds text ('" +
                      printable(y.categories[size_t(y.values[at])]) +
                      "'), but a regression predicts numbers. Hint: mend it; where all are names, `cairn train softmax`.");
  }
  for (const Column& c : table.columns)
    if (c.name != target) check_one_kind(c, table.name);

  TableData d;
  d.features.kind = Features::table;
  d.features.target = target;
  std::vector<int64_t> labels;
  Split split;
  if (regression) {
    split = random_split_indices(table.rows(), 1 - test_share, seed);
  } else {
    labels = labels_of(y, table.name, d.features.classes);
    if (d.features.classes.size() < 2)
      throw ConfigError(table.name + ": the target '" + target + "' has only one value, so there is nothing to learn.");
    split = stratified_split_indices(from_vector(labels), 1 - test_share, seed);
  }

  for (const Column& c : table.columns) {
    if (c.name == target) continue;
    ColumnFeature f{c.name, 0, 1, {}};
    if (c.numeric) {
      fit(c, table.name, split.first, f.mean, f.deviation);
      if (fit_column) fit_column(c, split.first, f.mean, f.deviation);
    } else
      for (size_t k = 0; k < c.categories.size(); k++)  // those that the training rows know
        if (std::any_of(split.first.begin(), split.first.end(), [&](int64_t r) { return c.values[size_t(r)] == double(k); }))
          f.categories.push_back(c.categories[k]);
    if (!c.numeric && f.categories.empty()) continue;
    d.features.columns.push_back(std::move(f));
  }
  if (regression) fit(y, table.name, split.first, d.features.target_mean, d.features.target_deviation);

  const Tensor x = d.features.from_table(table);
  const int64_t width = d.features.size();
  auto rows = [&](const std::vector<int64_t>& which, Tensor& part_x, Tensor& part_y) {
    std::vector<float> px, numbers;
    std::vector<int64_t> classes;
    for (int64_t r : which) {
      const float* from = x.data<float>() + r * width;
      px.insert(px.end(), from, from + width);
      if (regression) numbers.push_back(float((y.values[size_t(r)] - d.features.target_mean) / d.features.target_deviation));
      else classes.push_back(labels[size_t(r)]);
    }
    part_x = from_span(std::span<const float>(px), {int64_t(which.size()), width});
    part_y = regression ? from_span(std::span<const float>(numbers), {int64_t(which.size()), 1}) : from_vector(classes);
  };
  rows(split.first, d.train_x, d.train_y);
  rows(split.second, d.test_x, d.test_y);
  return d;
}

Json Features::to_json() const {
  Json j = Json::object({{"kind", kind == image ? "image" : "table"}, {"classes", Json::array(classes)}});
  if (kind == image) {
    j["channels"] = channels;
    j["height"] = height;
    j["width"] = width;
    if (shorter > 0) j["shorter"] = shorter;
    j["mean"] = list_of(normalize.mean);
    j["std"] = list_of(normalize.std);
    return j;
  }
  j["target"] = target;
  j["target_mean"] = target_mean;
  j["target_deviation"] = target_deviation;
  Json list = Json::array();
  for (const ColumnFeature& c : columns)
    list.push_back(Json::object({{"name", c.name}, {"mean", c.mean}, {"deviation", c.deviation}, {"categories", Json::array(c.categories)}}));
  j["columns"] = list;
  return j;
}

Features Features::from_json(const Json& j) {
  Features f;
  const std::string& kind = j.at("kind").as_string();
  if (kind != "image" && kind != "table") throw FileError("kind must be image or table, found '" + printable(kind) + "'.");
  f.kind = kind == "image" ? image : table;
  auto spread = [](double v) { return std::isfinite(v) && v > 0; };
  f.classes = texts(j.at("classes"));
  if (f.kind == image) {
    f.channels = j.at("channels").as_int();
    f.height = j.at("height").as_int();
    f.width = j.at("width").as_int();
    if (const Json* shorter = j.find("shorter")) f.shorter = shorter->as_int();
    f.normalize = {doubles(j.at("mean")), doubles(j.at("std"))};
    const int64_t most = max_image_side;
    if ((f.channels != 1 && f.channels != 3) || f.height < 1 || f.height > most || f.width < 1 || f.width > most ||
        (f.shorter != 0 && (f.shorter < std::max(f.height, f.width) || f.shorter > most)) || f.normalize.mean.empty() ||
        f.normalize.mean.size() != f.normalize.std.size() || (f.normalize.mean.size() != 1 && int64_t(f.normalize.mean.size()) != f.channels))
      throw FileError("it describes no picture: channels, height, width, mean and std do not fit.");
    if (!std::all_of(f.normalize.std.begin(), f.normalize.std.end(), spread)) throw FileError("std must be above 0.");
    return f;
  }
  f.target = j.at("target").as_string();
  f.target_mean = j.at("target_mean").as_double();
  f.target_deviation = j.at("target_deviation").as_double();
  for (const Json& c : j.at("columns").as_array())
    f.columns.push_back({c.at("name").as_string(), c.at("mean").as_double(), c.at("deviation").as_double(), texts(c.at("categories"))});
  for (const ColumnFeature& c : f.columns)
    if (!spread(c.deviation)) throw FileError("the deviation of column '" + printable(c.name) + "' must be above 0.");
  if (f.columns.empty()) throw FileError("it describes no columns.");
  return f;
}

}  // namespace cairn
