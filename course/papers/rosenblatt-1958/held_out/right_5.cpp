// right
#include <algorithm>
#include <numeric>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  const double margin = y * std::inner_product(w.begin(), w.end(), x.begin(), 0.0);
  const bool wrong = margin <= 0;
  if (wrong) std::transform(w.begin(), w.end(), x.begin(), w.begin(), [y](double wi, double xi) { return wi + y * xi; });
  return wrong;
}
