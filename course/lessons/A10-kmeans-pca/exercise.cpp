// A10: groups and directions of a table without labels.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

// One step of k-means. x holds N rows of d numbers, row by row; `centres` holds k rows of d numbers, k at least 1. First each row of x is assigned to the
// centre with the smallest sum of squared differences (the first of them where several are as near). Then each centre becomes the mean of the rows
// that are assigned to it; a centre without rows stays where it is. Returns the N assignments, numbers of centres: those made with the centres as they
// came.
std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  (void)centres;  // remove this line and the next, and write yours
  return std::vector<std::size_t>(x.size() / d, 0);
}

// The first `count` principal components of the table x (N rows of d numbers, count at most d): directions of length 1 along which the rows, with their
// mean taken away, spread most; each at a right angle to the ones before. Returns count * d numbers, one component a row, the one of largest variance
// first. The sign of a component is free. The rows spread along at least `count` directions, so no variance that you need is 0, and no two of these
// variances are equal. Power iteration on the covariance matrix does it: find a component, take its part away, find the next.
// A start at a right angle to a component never finds it, so start at random.
std::vector<double> pca(const std::vector<double>& x, std::size_t d, std::size_t count) {
  (void)x;
  return std::vector<double>(count * d, 0.0);
}
