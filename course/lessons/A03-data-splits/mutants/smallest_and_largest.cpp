// slip: scaled to the range from 0 to 1
// why: That is another scaling: by the smallest and the largest value. One outlier squeezes all others together. Asked for are mean and
//   deviation.
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
    mean.assign(columns, 0);
    deviation.assign(columns, 0);
    for (size_t c = 0; c < columns; c++) {
      double low = train[0][c], high = low;
      for (const auto& row : train) low = std::min(low, row[c]), high = std::max(high, row[c]);
      mean[c] = low;
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
