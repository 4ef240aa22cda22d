// A03: scale a table, and split it so that nothing leaks.
#include <cmath>
#include <vector>

using Rows = std::vector<std::vector<double>>;  // rows[r][c]: row r, column c; all rows have the same length

struct Standardizer {
  std::vector<double> mean, deviation;  // one for each column

  // Keeps the mean and the standard deviation of every column of the training rows. The deviation is the root of the mean squared distance from
  // the mean (the sum of squares is divided by the number of rows). A column that never changes gets the deviation 1,
  // also where rounding has moved its mean a little. A second call forgets the first. There is at least one row.
  void fit(const Rows& train) {
    (void)train;  // remove this line, and write yours
  }

  // Each value minus the mean of its column, divided by its deviation: those that fit() kept, whatever rows come here.
  Rows transform(const Rows& x) const {
    (void)x;
    return {};
  }
};

// Chooses the test rows, group by group. group[r] is the group of row r: a patient, a document, a day. `order` holds every row number
// once, in random order. Go through it: where a row's group is not in the test part yet, put all rows of that group there. Stop as soon as
// the test part has at least `wanted` rows (0 or less: it stays empty; more than there are: it gets all). Returns their numbers, in any order;
// all other rows are for training.
std::vector<int> split_by_group(const std::vector<int>& group, const std::vector<int>& order, int wanted) {
  (void)group, (void)order, (void)wanted;
  return {};
}
