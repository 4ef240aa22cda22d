// slip: one mean and one deviation for the whole table
// why: Each column has its own unit and its own size, so each needs a mean and a deviation of its own.
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
      const double all = n * double(columns);
      for (const auto& row : train)
        for (const double v : row) mean[c] += v / all;
      for (const auto& row : train)
        for (const double v : row) deviation[c] += (v - mean[c]) * (v - mean[c]) / all;
      deviation[c] = deviation[c] < 1e-24 ? 1 : std::sqrt(deviation[c]);
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
