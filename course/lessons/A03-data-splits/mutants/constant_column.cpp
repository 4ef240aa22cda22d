// slip: a constant column is divided by 0
// why: A column that never changes has the deviation 0, and 0 / 0 is no number (nan). It gets the deviation 1.
#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

using Rows = std::vector<std::vector<double>>;

using solution_::split_by_group;

struct Standardizer {
  std::vector<double> mean, deviation;

  void fit(const Rows& train) {
    const size_t columns = train[0].size();
    const double n = double(train.size());
    mean.assign(columns, 0);
    deviation.assign(columns, 0);
    for (size_t c = 0; c < columns; c++) {
      for (const auto& row : train) mean[c] += row[c] / n;
      for (const auto& row : train) deviation[c] += (row[c] - mean[c]) * (row[c] - mean[c]) / n;
      deviation[c] = std::sqrt(deviation[c]);
      if (deviation[c] < 1e-12) deviation[c] = 0;
    }
  }

  Rows transform(const Rows& x) const {
    Rows y = x;
    for (auto& row : y) {
      for (size_t c = 0; c < row.size(); c++) row[c] = (row[c] - mean[c]) / deviation[c];
    }
    return y;
  }
};
