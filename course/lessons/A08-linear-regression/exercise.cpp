// A08: a line through data, by its gradient and in closed form.
#include <cstddef>
#include <vector>

// Predictions are p[i] = sum_j x[i, j] w[j] + b, the loss is L = 1/N sum_i (p[i] - y[i])^2. There are N = y.size() rows of d = w.size() features,
// both at least 1, and x holds them row by row: feature j of row i is x[i * d + j]. Returns d + 1 numbers: dL/dw[0], ..., dL/dw[d - 1], dL/db.
std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  (void)x, (void)y, (void)b;  // remove this line and the next, and write yours
  return std::vector<double>(w.size() + 1, 0.0);
}

// The line slope * x + intercept with the smallest mean squared error over the points (x[i], y[i]), at least one of them: returns {slope,
// intercept}. Where all x are equal, any slope is as good: the flat line, at the height with the smallest error. Their mean may be rounded, and so lie
// beside them. x may lie far from 0, as seconds since 1970 do: work with distances from the mean, since sums of squares of such numbers lose their
// digits.
std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  (void)x, (void)y;
  return {0, 0};
}
