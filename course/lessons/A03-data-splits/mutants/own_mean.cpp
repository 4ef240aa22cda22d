// slip: transform takes the mean of the rows that it is given
// why: Mean and deviation are those that fit kept from the training rows, whatever rows come.
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
    Standardizer own;
    if (!x.empty()) own.fit(x);
    for (auto& row : y) {
      for (size_t c = 0; c < row.size(); c++) row[c] = (row[c] - own.mean[c]) / deviation[c];
    }
    return y;
  }
};
