// slip: the step is divided by the number of weights
// why: Each weight moves by rate times its own gradient; how many there are does not enter.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::check_gradient;
using solution_::check_normalise;
using solution_::check_step;
using solution_::normalise;

void sgd_step(std::vector<double>& w, std::vector<double>& gradient, double rate) {
  for (size_t j = 0; j < w.size(); j++) w[j] -= rate * gradient[j] / double(w.size());
  gradient.assign(w.size(), 0.0);
}
