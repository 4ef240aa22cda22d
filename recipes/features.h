// From what a person has, an image file or the rows of a table, to the tensor that a model takes. Saved in the run as features.json, so
// that `cairn predict` needs neither the data set nor its statistics again.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <cairn/base/json.h>
#include <cairn/data/tensor_dataset.h>
#include <cairn/data/transforms/compose.h>
#include <cairn/io/csv.h>
#include <cairn/io/image.h>
#include <cairn/tensor/tensor.h>

namespace cairn {

// A column of a table as the model sees it: a standardised number, or one 0/1 feature a category. Fitted on the training rows only.
struct ColumnFeature {
  std::string name;
  double mean = 0, deviation = 1;       // numbers; a missing value becomes the mean
  std::vector<std::string> categories;  // text; an unseen category becomes all zeros
  int64_t width() const { return categories.empty() ? 1 : int64_t(categories.size()); }
};

struct Features {
  enum Kind { image, table } kind = image;
  std::vector<std::string> classes;  // names; empty for regression
  // image: [channels, height, width], x = (pixel / 255 - mean) / std
  int64_t channels = 1, height = 28, width = 28;
  int64_t shorter = 0;  // above 0: the shorter side becomes this, and the middle is cut out; 0: both sides are stretched
  Normalize normalize;
  // table
  std::vector<ColumnFeature> columns;
  std::string target;
  double target_mean = 0, target_deviation = 1;  // regression: targets are standardised while training

  int64_t size() const;  // features of one example
  int64_t outputs() const { return classes.empty() ? 1 : int64_t(classes.size()); }

  // How a picture becomes an x when nothing is left to chance: what tests and predictions see.
  transforms::Compose plain() const;
  // One image as x [1, channels, height, width]: made grey or coloured, and resampled when its size differs.
  Tensor from_image(const Image& picture) const;
  // A picture's file for from_image; FileError as load_image. A large JPEG is decoded no larger than decoded_side(), as training does with a
  // folder of them: the smallest shorter side that pictures are kept with, a quarter more than what is cut from them.
  Image load(const std::string& file) const;
  int64_t decoded_side() const;
  // Rows as x [rows, size()]. Columns are found by name; FileError when one is missing.
  Tensor from_table(const Table& rows) const;

  Json to_json() const;
  static Features from_json(const Json& j);
};

// A table with a target column, split and encoded. Rows whose target is missing are an error.
struct TableData {
  Features features;
  Tensor train_x, train_y, test_x, test_y;  // y: i64 [n] for classes, f32 [n, 1] standardised for regression
};
// Mean and deviation of a column of numbers, from its training rows. NaN are values that are missing.
using FitColumn = std::function<void(const Column& column, const std::vector<int64_t>& training_rows, double& mean, double& deviation)>;
// The test split is every row whose number a generator keyed by `seed` puts into the last `test_share`; stratified for classes.
// `regression`: the target is a number; otherwise its distinct values are the classes. `fit_column`: instead of the usual formulas, for features.
TableData encode_table(const Table& table, const std::string& target, bool regression, double test_share, uint64_t seed,
                       const FitColumn& fit_column = {});

}  // namespace cairn
