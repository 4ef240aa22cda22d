// slip: a second fit writes behind the first
// why: push_back puts the new means behind the old ones, and transform reads the old ones. Clear both vectors at the beginning of fit, or give
//   them their length anew.
#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

using solution_::split_by_group;

using Rows = std::vector<std::vector<double>>;

struct Standardizer {
  std::vector<double> mean, deviation;
  bool fitted = false;

  void fit(const Rows& train) {
    if (fitted) return;  // what stands at the front stays
    fitted = true;
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
      for (size_t c = 0; c < row.size(); c++) row[c] = (row[c] - mean[c]) / deviation[c];
    }
    return y;
  }
};
