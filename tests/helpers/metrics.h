// What the tests of the metrics share: cases of tests/golden/metrics.json, and a metric counted in pieces.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <cairn/metrics/metric.h>
#include <tests/helpers/errors.h>

namespace cairn::metrics_test {

inline const Json::Array& golden(const char* family) {
  static const Json file = [] {
    std::ifstream in(CAIRN_SOURCE_DIR "/tests/golden/metrics.json");
    std::stringstream text;
    text << in.rdbuf();
    return Json::parse(text.str(), "metrics.json");
  }();
  return file.at(family).as_array();
}

// Nested lists of numbers as a tensor.
inline Tensor tensor_of(const Json& list, DType dtype) {
  std::vector<double> values;
  Shape shape{int64_t(list.size())};
  for (const Json& row : list.as_array()) {
    if (!row.is_array()) {
      values.push_back(row.as_double());
      continue;
    }
    shape = {int64_t(list.size()), int64_t(row.size())};
    for (const Json& v : row.as_array()) values.push_back(v.as_double());
  }
  if (dtype != i64) return from_span(std::span<const double>(values), shape);
  std::vector<int64_t> whole(values.begin(), values.end());
  return from_span(std::span<const int64_t>(whole), shape);
}

// Rows `start` to `stop` of a tensor.
inline Tensor rows(const Tensor& x, int64_t start, int64_t stop) { return Tensor(x.array().sliced(0, start, stop - start)); }

// The value of the whole in `whole`; then the same examples in batches of `size`, dealt to three metrics, each saved and loaded on the
// way, merged: both must agree. M is made by make().
template <class Make> void expect_merged_is_whole(Make make, const Tensor& p, const Tensor& t, double tolerance = 1e-12) {
  auto whole = make();
  whole.update(p, t);
  for (int64_t size : {1, 4, 7}) {
    auto a = make(), b = make(), c = make();
    decltype(&a) parts[] = {&a, &b, &c};
    for (int64_t start = 0, k = 0; start < p.size(0); start += size, k++) {
      auto& part = *parts[k % 3];
      part.update(rows(p, start, std::min(start + size, p.size(0))), rows(t, start, std::min(start + size, p.size(0))));
      auto loaded = make();
      loaded.load_state(part.state());
      part = loaded;
    }
    c.merge(make());  // an empty one changes nothing
    c.merge(a);
    c.merge(b);
    EXPECT_EQ(c.examples(), whole.examples());
    EXPECT_NEAR(c.value(), whole.value(), tolerance) << whole.name() << " in batches of " << size;
  }
  whole.reset();
  EXPECT_EQ(whole.examples(), 0);
  EXPECT_TRUE(std::isnan(whole.value())) << whole.name() << " after reset";
}

}  // namespace cairn::metrics_test
