// What is learnt from the training split and then applied to every split. Fitting on all the data would let the model see the test set's
// statistics: fit on the training rows, transform the others.
//
//   StandardScaler scaler = StandardScaler::fit(train_x);
//   Tensor x = scaler.transform(test_x);
#pragma once

#include <string>
#include <vector>

#include <cairn/base/json.h>
#include <cairn/tensor/tensor.h>

namespace cairn {

// y = (x - mean) / deviation, column by column; x: [n, features] of any type, y: f32. NaN (a missing value) becomes 0, the mean.
class StandardScaler {
 public:
  // Means and deviations (dividing by n) in f64, over the values that are there. A column without spread is only shifted.
  // ShapeError unless x is [n, features] with n >= 1; NumericError for infinity, or a column of which nothing is there.
  static StandardScaler fit(const Tensor& x);
  Tensor transform(const Tensor& x) const;  // ShapeError for another number of features
  Tensor inverse(const Tensor& y) const;    // back to the units of x

  const std::vector<double>& mean() const { return mean_; }
  const std::vector<double>& deviation() const { return deviation_; }
  Json to_json() const;                            // doubles keep their bits
  static StandardScaler from_json(const Json& j);  // FileError when it is none

 private:
  std::vector<double> mean_, deviation_;
};

// One 0/1 feature a category. Categories are sorted; one that was not seen while fitting becomes all zeros, or is an error.
class OneHotEncoder {
 public:
  enum class Unknown { zeros, error };
  static OneHotEncoder fit(const std::vector<std::string>& values, Unknown unknown = Unknown::zeros);
  Tensor transform(const std::vector<std::string>& values) const;  // f32 [n, categories]; ConfigError (nearest name) for an unknown one
  int64_t index(const std::string& value) const;                   // -1 when it is unknown

  const std::vector<std::string>& categories() const { return categories_; }
  Json to_json() const;
  static OneHotEncoder from_json(const Json& j);

 private:
  std::vector<std::string> categories_;
  Unknown unknown_ = Unknown::zeros;
};

}  // namespace cairn
