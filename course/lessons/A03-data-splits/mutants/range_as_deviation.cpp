// slip: divided by the range from smallest to largest
// why: The deviation is the root of the mean squared distance from the mean, not the distance of the extremes.
#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

using solution_::split_by_group;

using Rows = std::vector<std::vector<double>>;

struct Standardizer {
  std::vector<double> mean, deviation;

  void fit(const Rows& train) {
    const size_t columns = train[0].size();
    const double n = double(train.size());
    mean.assign(columns, 0);
    deviation.assign(columns, 0);
    for (size_t c = 0; c < columns; c++) {
      for (const auto& row : train) mean[c] += row[c] / n;
      double low = train[0][c], high = low;
      for (const auto& row : train) low = std::min(low, row[c]), high = std::max(high, row[c]);
      deviation[c] = high - low;
      bool constant = true;
      for (const auto& row : train) constant = constant && row[c] == train[0][c];
      if (constant) deviation[c] = 1;
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
