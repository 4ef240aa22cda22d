// A16: a training program that runs. It trains a line on a table, and its loss falls for a while. There is one bug in each of normalise, add_gradient
// and sgd_step: find it, mend it, and write for each function a check that would have found it. train() puts them together; it has no bug.
// Every table has at least one row and one column. What a check says of a candidate that is wrong in another way than its comment names is up to you.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using Normalise = std::function<std::vector<double>(const std::vector<double>& x, int columns)>;
using AddGradient =
    std::function<void(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, std::vector<double>& gradient)>;
using Step = std::function<void(std::vector<double>& w, std::vector<double>& gradient, double rate)>;

// The table x, row by row, with the mean 0 and the deviation 1 in each column (the deviation divides by the number of rows). A column whose values are
// all equal becomes 0.
std::vector<double> normalise(const std::vector<double>& x, int columns) {
  const size_t d = size_t(columns), rows = x.size() / d;
  std::vector<double> result(x.size(), 0.0);
  for (size_t j = 0; j < d; j++) {
    bool equal = true;
    double mean = 0, square = 0;
    for (size_t i = 0; i < rows; i++) equal = equal && x[i * d + j] == x[j];
    for (size_t i = 0; i < rows; i++) mean += x[i * d + j] / double(rows);
    for (size_t i = 0; i < rows; i++) square += (x[i * d + j] - mean) * (x[i * d + j] - mean) / double(rows);
    for (size_t i = 0; i < rows && !equal; i++) result[i * d + j] = (x[i * d + j] - mean) / square;
  }
  return result;
}

// true when the candidate does what stands above normalise, false when it has the bug that this file came with, or hides its symptom.
bool check_normalise(const Normalise& candidate) {
  (void)candidate;  // remove this line and the next: call the candidate on a table of yours, and look at what it gives
  return false;
}

// The loss that is trained: mean over the rows of (p[i] - y[i])^2, p[i] = sum_j x[i, j] w[j] + w[d], with d = w.size() - 1 columns in x.
double loss(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w) {
  const size_t d = w.size() - 1;
  double sum = 0;
  for (size_t i = 0; i < y.size(); i++) {
    double error = w[d] - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    sum += error * error;
  }
  return sum / double(y.size());
}

// Adds the gradient of the loss for all w to `gradient`, which has the size of w.
void add_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, std::vector<double>& gradient) {
  const size_t d = w.size() - 1;
  for (size_t i = 0; i < y.size(); i++) {
    double error = w[d] - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * error * x[i * d + j] / double(d);
    gradient[d] += 2 * error / double(d);
  }
}

// true when the candidate adds the gradient of loss(), false when it has the bug that this file came with, or hides its symptom.
bool check_gradient(const AddGradient& candidate) {
  (void)candidate;
  return false;
}

// One step of descent: moves each weight by `rate` times its gradient, downhill, and sets the gradient to 0 for the next step.
void sgd_step(std::vector<double>& w, std::vector<double>& gradient, double rate) {
  for (size_t j = 0; j < w.size(); j++) w[j] -= rate * gradient[j];
}

// true when the candidate does what stands above sgd_step, false when it has the bug that this file came with, or hides its symptom.
bool check_step(const Step& candidate) {
  (void)candidate;
  return false;
}

// The program: x has `columns` columns, y a number for each row.
std::vector<double> train(const std::vector<double>& x, const std::vector<double>& y, int columns, int steps, double rate) {
  const std::vector<double> scaled = normalise(x, columns);
  std::vector<double> w(size_t(columns) + 1, 0.0), gradient(w.size(), 0.0);
  for (int step = 0; step < steps; step++) {
    add_gradient(scaled, y, w, gradient);
    sgd_step(w, gradient, rate);
  }
  return w;
}
