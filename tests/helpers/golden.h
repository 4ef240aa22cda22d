// Golden files (tests/golden, made by tools/golden): numbered cases with tensors "7.in0" and a JSON description each.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <cairn/base/json.h>
#include <cairn/io/safetensors.h>

namespace cairn {

class Golden {
 public:
  explicit Golden(const std::string& name) : file_(std::string(CAIRN_SOURCE_DIR "/tests/golden/") + name) {
    const auto cases = file_.metadata().find("cases");
    if (cases == file_.metadata().end()) throw FileError(name + ": no metadata 'cases'");
    cases_ = Json::parse(cases->second, name);
  }
  const Json::Array& cases() const { return cases_.as_array(); }
  // Not defined when the case has no tensor of the name.
  Tensor tensor(size_t number, const std::string& name) const {
    const std::string key = std::to_string(number) + "." + name;
    return file_.has(key) ? file_.read(key) : Tensor();
  }

 private:
  SafetensorsFile file_;
  Json cases_;
};

// The largest |a - b| / max(1, |b|); infinite for other shapes, or when NaN and infinities do not stand in the same places.
inline double difference(const Tensor& a, const Tensor& b) {
  const double bad = std::numeric_limits<double>::infinity();
  if (!a.defined() || !b.defined() || !(a.shape() == b.shape())) return bad;
  const std::vector<double> x = a.to_vector<double>(), y = b.to_vector<double>();
  double worst = 0;
  for (size_t i = 0; i < x.size(); i++) {
    if (x[i] == y[i] || (std::isnan(x[i]) && std::isnan(y[i]))) continue;
    const double d = std::abs(x[i] - y[i]) / std::max(1.0, std::abs(y[i]));
    worst = std::max(worst, std::isfinite(d) ? d : bad);
  }
  return worst;
}

}  // namespace cairn
