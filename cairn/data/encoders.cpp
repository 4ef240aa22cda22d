#include <cairn/data/encoders.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {
namespace {

void check_table(const char* what, const Tensor& x, size_t features) {
  if (x.rank() != 2 || (features && x.size(1) != int64_t(features)))
    throw ShapeError(
        fmt::format("[StandardScaler.{}] expected [n, {}] (x {}).", what, features ? std::to_string(features) : "features", x.shape().str()));
}

std::vector<std::string> strings(const Json& j) {
  std::vector<std::string> list;
  for (const Json& s : j.as_array()) list.push_back(s.as_string());
  return list;
}

}  // namespace

StandardScaler StandardScaler::fit(const Tensor& x) {
  check_table("fit", x, 0);
  const int64_t n = x.size(0), width = x.size(1);
  if (n < 1) throw ShapeError("[StandardScaler.fit] there must be a row at least (x " + x.shape().str() + ").");
  const std::vector<double> v = x.to_vector<double>();
  StandardScaler s;
  for (int64_t c = 0; c < width; c++) {
    double sum = 0, squares = 0;
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++) {
      const double value = v[size_t(i * width + c)];
      if (std::isinf(value)) throw NumericError(fmt::format("[StandardScaler.fit] row {}, column {} is infinite.", i, c));
      if (!std::isnan(value)) sum += value, count++;
    }
    if (!count) throw NumericError(fmt::format("[StandardScaler.fit] column {} holds no number. Hint: leave the column out.", c));
    const double mean = sum / double(count);
    for (int64_t i = 0; i < n; i++) {
      const double d = v[size_t(i * width + c)] - mean;
      if (!std::isnan(d)) squares += d * d;
    }
    const double deviation = std::sqrt(squares / double(count));
    s.mean_.push_back(mean);
    // What is left of a constant column is rounding, and dividing by it would make noise of it.
    s.deviation_.push_back(deviation > 1e-12 * std::abs(mean) ? deviation : 1.0);
  }
  return s;
}

Tensor StandardScaler::transform(const Tensor& x) const {
  check_table("transform", x, mean_.size());
  const std::vector<double> v = x.to_vector<double>();
  std::vector<float> y(v.size());
  for (size_t i = 0; i < v.size(); i++) {
    const size_t c = i % mean_.size();
    y[i] = std::isnan(v[i]) ? 0.0f : float((v[i] - mean_[c]) / deviation_[c]);
  }
  return from_span(std::span<const float>(y), x.shape());
}

Tensor StandardScaler::inverse(const Tensor& y) const {
  check_table("inverse", y, mean_.size());
  const std::vector<double> v = y.to_vector<double>();
  std::vector<float> x(v.size());
  for (size_t i = 0; i < v.size(); i++) x[i] = float(v[i] * deviation_[i % mean_.size()] + mean_[i % mean_.size()]);
  return from_span(std::span<const float>(x), y.shape());
}

Json StandardScaler::to_json() const {
  Json mean = Json::array(), deviation = Json::array();
  for (double m : mean_) mean.push_back(m);
  for (double d : deviation_) deviation.push_back(d);
  return Json::object({{"mean", mean}, {"deviation", deviation}});
}

StandardScaler StandardScaler::from_json(const Json& j) {
  StandardScaler s;
  for (const Json& m : j.at("mean").as_array()) s.mean_.push_back(m.as_double());
  for (const Json& d : j.at("deviation").as_array()) s.deviation_.push_back(d.as_double());
  const bool sound = s.mean_.size() == s.deviation_.size() &&
                     std::all_of(s.mean_.begin(), s.mean_.end(), [](double m) { return std::isfinite(m); }) &&
                     std::all_of(s.deviation_.begin(), s.deviation_.end(), [](double d) { return std::isfinite(d) && d > 0; });
  if (!sound) throw FileError("a saved scaler needs as many finite means as deviations above 0.");
  return s;
}

OneHotEncoder OneHotEncoder::fit(const std::vector<std::string>& values, Unknown unknown) {
  OneHotEncoder e;
  e.categories_ = values;
  std::sort(e.categories_.begin(), e.categories_.end());
  e.categories_.erase(std::unique(e.categories_.begin(), e.categories_.end()), e.categories_.end());
  e.unknown_ = unknown;
  return e;
}

int64_t OneHotEncoder::index(const std::string& value) const {
  const auto at = std::lower_bound(categories_.begin(), categories_.end(), value);
  return at != categories_.end() && *at == value ? at - categories_.begin() : -1;
}

Tensor OneHotEncoder::transform(const std::vector<std::string>& values) const {
  const size_t width = categories_.size();
  std::vector<float> y(values.size() * width, 0.0f);
  for (size_t i = 0; i < values.size(); i++) {
    const int64_t k = index(values[i]);
    if (k >= 0) y[i * width + size_t(k)] = 1;
    else if (unknown_ == Unknown::error)
      throw ConfigError(fmt::format("row {}: the category '{}' was not there when the encoder was fitted.{}", i, printable(values[i]),
                                    did_you_mean(values[i], categories_)));
  }
  return from_span(std::span<const float>(y), {int64_t(values.size()), int64_t(width)});
}

Json OneHotEncoder::to_json() const {
  return Json::object({{"categories", Json::array(categories_)}, {"unknown", unknown_ == Unknown::zeros ? "zeros" : "error"}});
}

OneHotEncoder OneHotEncoder::from_json(const Json& j) {
  const std::string unknown = j.at("unknown").as_string();
  if (unknown != "zeros" && unknown != "error")
    throw FileError("a saved encoder treats unknown categories as 'zeros' or 'error', found '" + printable(unknown) + "'.");
  return fit(strings(j.at("categories")), unknown == "zeros" ? Unknown::zeros : Unknown::error);
}

}  // namespace cairn
