// slip: the slopes stand behind a row of zeros
// why: A vector made with a size holds that many zeros already, and push_back puts each slope behind them. Begin with an empty vector, or write to gradient[i].
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using solution_::central_difference;

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient(x.size());
  for (const double g : solution_::numeric_gradient(f, x)) gradient.push_back(g);
  return gradient;
}
