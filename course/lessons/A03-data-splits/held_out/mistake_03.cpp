// slip: split_by_group stops within a group as soon as enough rows are there, so that the group is torn
// shows: group {0, 0, 0, 1}, order {0, 3, 1, 2}, wanted 2: gives {0, 1} instead of {0, 1, 2}
// named: mutants/torn_group.cpp
#include <cmath>
#include <vector>

using Rows = std::vector<std::vector<double>>;  // rows[r][c]: row r, column c; all rows have the same length

struct Standardizer {
  std::vector<double> mean, deviation;  // one for each column

  void fit(const Rows& train) {
    int rows = train.size();
    int columns = train[0].size();
    mean.assign(columns, 0);
    deviation.assign(columns, 0);
    for (int c = 0; c < columns; c++) {
      double sum = 0;
      for (int r = 0; r < rows; r++) { sum += train[r][c]; }
      mean[c] = sum / rows;
      double squares = 0;
      bool changes = false;
      for (int r = 0; r < rows; r++) {
        double distance = train[r][c] - mean[c];
        squares += distance * distance;
        if (train[r][c] != train[0][c]) { changes = true; }
      }
      deviation[c] = std::sqrt(squares / rows);
      if (!changes) { deviation[c] = 1; }
    }
  }

  Rows transform(const Rows& x) const {
    Rows result;
    for (int r = 0; r < int(x.size()); r++) {
      std::vector<double> row;
      for (int c = 0; c < int(x[r].size()); c++) { row.push_back((x[r][c] - mean[c]) / deviation[c]); }
      result.push_back(row);
    }
    return result;
  }
};

std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  std::vector<int> test;
  std::vector<bool> in_test(group.size(), false);
  for (int i = 0; i < int(order.size()); i++) {
    if (int(test.size()) >= wanted) { return test; }
    int row = order[i];
    if (in_test[row]) { continue; }
    for (int r = 0; r < int(group.size()); r++) {
      if (group[r] == group[row] && int(test.size()) < wanted) {
        test.push_back(r);
        in_test[r] = true;
      }
    }
  }
  return test;
}
