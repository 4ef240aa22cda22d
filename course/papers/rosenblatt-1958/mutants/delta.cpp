// slip: the step has the size of the error
// why: That is the delta rule of Widrow and Hoff (1960). The perceptron adds y x whole, however wrong the sum was.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 0) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += (y - sum) * x[i];
  return true;
}
