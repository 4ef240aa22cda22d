// A03's experiments, for its figures and its demo: the nearest neighbour as a classifier, on tables that were prepared rightly or wrongly.
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <cairn/base/random.h>
#include <cairn/data/registry.h>
#include <cairn/io/csv.h>

namespace cairn::course::a03 {

struct Data {
  std::vector<std::string> columns;
  std::vector<std::vector<double>> rows;
  std::vector<int> label;
};

// A shipped table whose last column is the label.
inline Data shipped(const std::string& name) {
  const DatasetInfo& info = dataset_named(name);
  const Table t = load_csv(find_data_file(info, info.files.at(0).name));
  Data d;
  d.rows.resize(size_t(t.rows()));
  for (const Column& c : t.columns) {
    const bool last = &c == &t.columns.back();
    if (!last) d.columns.push_back(c.name);
    for (size_t r = 0; r < c.values.size(); r++) last ? d.label.push_back(int(c.values[r])) : d.rows[r].push_back(c.values[r]);
  }
  return d;
}

inline std::vector<size_t> shuffled(size_t n, uint64_t seed) {
  Random random(seed);
  std::vector<size_t> order(n);
  std::iota(order.begin(), order.end(), size_t(0));
  for (size_t i = n; i > 1; i--) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

// Means and deviations of some rows; every row is scaled by them.
inline void standardize(Data& d, const std::vector<size_t>& by) {
  for (size_t c = 0; c < d.rows[0].size(); c++) {
    double mean = 0, squares = 0;
    for (const size_t r : by) mean += d.rows[r][c] / double(by.size());
    for (const size_t r : by) squares += (d.rows[r][c] - mean) * (d.rows[r][c] - mean) / double(by.size());
    const double deviation = squares > 0 ? std::sqrt(squares) : 1;
    for (auto& row : d.rows) row[c] = (row[c] - mean) / deviation;
  }
}

// The label of the training row that lies nearest: its share of right answers on the test rows.
inline double nearest(const Data& d, const std::vector<size_t>& train, const std::vector<size_t>& test) {
  double right = 0;
  for (const size_t t : test) {
    double best = HUGE_VAL;
    int label = -1;
    for (const size_t r : train) {
      double distance = 0;
      for (size_t c = 0; c < d.rows[r].size(); c++) distance += (d.rows[r][c] - d.rows[t][c]) * (d.rows[r][c] - d.rows[t][c]);
      if (distance < best) best = distance, label = d.label[r];
    }
    right += label == d.label[t];
  }
  return right / double(test.size());
}

// Mean accuracy over five shuffled splits with 30 % for testing.
inline double score(const Data& d, bool scaled, uint64_t seed = 1) {
  double sum = 0;
  for (uint64_t k = 0; k < 5; k++) {
    Data copy = d;
    const std::vector<size_t> order = shuffled(d.rows.size(), seed + k);
    const size_t cut = d.rows.size() * 3 / 10;
    const std::vector<size_t> test(order.begin(), order.begin() + int64_t(cut)), train(order.begin() + int64_t(cut), order.end());
    if (scaled) standardize(copy, train);
    sum += nearest(copy, train, test) / 5;
  }
  return sum;
}

// Visits of patients: five rows each that resemble each other, and a label that is a coin's: nothing can be learned.
inline Data visits(int patients, double spread, uint64_t seed, std::vector<int>* group) {
  Random random(seed);
  Data d;
  for (int p = 0; p < patients; p++) {
    std::vector<double> middle;
    for (int c = 0; c < 4; c++) middle.push_back(random.normal());
    const int label = int(random.below(2));
    for (int v = 0; v < 5; v++) {
      std::vector<double> row = middle;
      for (double& x : row) x += spread * random.normal();
      d.rows.push_back(row);
      d.label.push_back(label);
      group->push_back(p);
    }
  }
  return d;
}

// The same split by rows, or by patients.
inline double score_visits(int patients, double spread, bool by_patient, uint64_t seed = 1) {
  std::vector<int> group;
  const Data d = visits(patients, spread, seed, &group);
  const std::vector<size_t> order = shuffled(by_patient ? size_t(patients) : d.rows.size(), seed + 99);
  std::vector<size_t> train, test;
  std::vector<bool> held(order.size(), false);
  for (size_t i = 0; i < order.size() * 3 / 10; i++) held[order[i]] = true;
  for (size_t r = 0; r < d.rows.size(); r++) (held[by_patient ? size_t(group[r]) : r] ? test : train).push_back(r);
  return nearest(d, train, test);
}

// Coin flips again: 60 rows, 1000 columns of noise. The ten columns that go best with the label are kept; they are chosen on all rows, or
// on the training rows only.
inline double score_chosen(bool on_all, uint64_t seed) {
  Random random(seed);
  Data d;
  for (int r = 0; r < 60; r++) {
    d.rows.emplace_back();
    for (int c = 0; c < 1000; c++) d.rows.back().push_back(random.normal());
    d.label.push_back(int(random.below(2)));
  }
  const std::vector<size_t> order = shuffled(60, seed + 1);
  const std::vector<size_t> test(order.begin(), order.begin() + 20), train(order.begin() + 20, order.end());
  std::vector<std::pair<double, size_t>> by_strength;
  for (size_t c = 0; c < 1000; c++) {
    double sum = 0;
    for (size_t r = 0; r < 60; r++)
      if (on_all || std::find(train.begin(), train.end(), r) != train.end()) sum += d.label[r] ? d.rows[r][c] : -d.rows[r][c];
    by_strength.push_back({-std::abs(sum), c});
  }
  std::sort(by_strength.begin(), by_strength.end());
  for (auto& row : d.rows) {
    std::vector<double> kept;
    for (size_t k = 0; k < 10; k++) kept.push_back(row[by_strength[k].second]);
    row = kept;
  }
  return nearest(d, train, test);
}

// A table with so many more columns of noise, as wide as the others.
inline Data with_noise(Data d, int columns, uint64_t seed) {
  Random random(seed);
  for (auto& row : d.rows)
    for (int c = 0; c < columns; c++) row.push_back(random.normal());
  return d;
}

}  // namespace cairn::course::a03
