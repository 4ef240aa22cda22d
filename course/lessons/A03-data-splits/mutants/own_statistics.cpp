// slip: transform takes the statistics of the rows that it is given
// why: The rows of the test set are measured with the mean and the deviation of the training rows. With their own, the test set has told
//   something about itself, and one single row could not be scaled at all.
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
      bool constant = true;
      for (const auto& row : train) constant = constant && row[c] == train[0][c];
      if (constant) deviation[c] = 1;
    }
  }

  Rows transform(const Rows& x) const {
    Standardizer own;
    if (!x.empty()) own.fit(x);
    Rows y = x;
    for (auto& row : y) {
      for (size_t c = 0; c < row.size(); c++) row[c] = (row[c] - own.mean[c]) / own.deviation[c];
    }
    return y;
  }
};
