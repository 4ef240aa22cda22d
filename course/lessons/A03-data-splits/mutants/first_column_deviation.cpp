// slip: the deviation of the first column is used for all
// why: Each column has its own: mean[c] and deviation[c].
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
      for (const auto& row : train) deviation[c] += (row[c] - mean[c]) * (row[c] - mean[c]) / n;
      deviation[c] = std::sqrt(deviation[c]);
      bool constant = true;
      for (const auto& row : train) constant = constant && row[c] == train[0][c];
      if (constant) deviation[c] = 1;
    }
  }

  Rows transform(const Rows& x) const {
    Rows y = x;
    for (auto& row : y) {
      for (size_t c = 0; c < row.size(); c++) row[c] = (row[c] - mean[c]) / deviation[0];
    }
    return y;
  }
};
