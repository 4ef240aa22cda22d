// What we measured for the note: the symmetry task of Rumelhart, Hinton and Williams (1986), figure 1. Six inputs, two hidden units, one output, all
// sigmoids; squared error; after each sweep over all 64 patterns one step of gradient descent with momentum, as the paper's equation (9).
// Prints the record as JSON: build/release/course/records/rumelhart-1986 > course/papers/rumelhart-1986/record.json
#include <cairn/cairn.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

using namespace cairn;

namespace {

constexpr double rate = 0.1, momentum = 0.9, spread = 0.3;  // the paper's numbers
constexpr int most_sweeps = 20000;

struct Found {
  int sweeps = -1;             // until every pattern is on the right side of one half; -1: not within most_sweeps
  double antisymmetry = 0;     // largest |w_i + w_(5-i)| of a hidden unit by its largest |w|: 0 is a perfect mirror with opposite signs
  std::vector<double> ratios;  // the three sizes of the weights of the first hidden unit, by the smallest
};

Found run(uint64_t seed) {
  manual_seed(seed);
  std::vector<double> inputs, targets;
  for (int p = 0; p < 64; p++) {
    bool symmetric = true;
    for (int i = 0; i < 6; i++) {
      inputs.push_back(p >> i & 1);
      symmetric &= (p >> i & 1) == (p >> (5 - i) & 1);
    }
    targets.push_back(symmetric);
  }
  const Tensor x = reshape(from_vector(inputs), {64, 6}), y = reshape(from_vector(targets), {64, 1});
  const auto weight = [](const Shape& shape) {
    Tensor w = (rand(shape, f64) * 2.0 - 1.0) * spread;
    return w.detach().clone();
  };
  std::vector<Tensor> w = {weight({6, 2}), weight({2}), weight({2, 1}), weight({1})}, v;
  for (Tensor& p : w) {
    p.set_requires_grad();
    v.push_back(zeros_like(p).detach());
  }
  Found result;
  for (int sweep = 1; sweep <= most_sweeps; sweep++) {
    const Tensor out = sigmoid(matmul(sigmoid(matmul(x, w[0]) + w[1]), w[2]) + w[3]);
    if ((abs(out - y).max().item()) < 0.5) {
      result.sweeps = sweep - 1;
      break;
    }
    const std::vector<Tensor> g = grad({sum(square(out - y)) * 0.5}, w);
    for (size_t i = 0; i < w.size(); i++) {
      v[i] = v[i] * momentum - g[i] * rate;
      Tensor next = (w[i] + v[i]).detach();
      next.set_requires_grad();
      w[i] = next;
    }
  }
  if (result.sweeps < 0) return result;
  for (int unit = 0; unit < 2; unit++) {
    double largest = 0, off = 0;
    for (int i = 0; i < 6; i++) largest = std::max(largest, std::abs(w[0].at({i, unit})));
    for (int i = 0; i < 3; i++) off = std::max(off, std::abs(w[0].at({i, unit}) + w[0].at({5 - i, unit})));
    result.antisymmetry = std::max(result.antisymmetry, off / largest);
  }
  for (int i = 0; i < 3; i++) result.ratios.push_back(std::abs(w[0].at({i, 0}) - w[0].at({5 - i, 0})) / 2);
  std::sort(result.ratios.begin(), result.ratios.end());
  const double smallest = result.ratios[0];
  for (double& r : result.ratios) r /= smallest;
  return result;
}

}  // namespace

int main() {
  std::vector<double> sweeps, second, third, mirror;
  const int seeds = 20;
  for (int seed = 0; seed < seeds; seed++) {
    const Found r = run(uint64_t(seed));
    std::fprintf(stderr, "seed %d: %d sweeps, mirror off by %.3f\n", seed, r.sweeps, r.antisymmetry);
    if (r.sweeps < 0) continue;
    sweeps.push_back(r.sweeps);
    mirror.push_back(r.antisymmetry);
    second.push_back(r.ratios[1]);
    third.push_back(r.ratios[2]);
  }
  const auto middle = [](std::vector<double> v) {
    std::sort(v.begin(), v.end());
    return v.empty() ? 0 : v[v.size() / 2];
  };
  std::printf(
      "{\n  \"command\": \"build/release/course/records/rumelhart-1986\",\n  \"numbers\": {\"seeds\": %d, \"solved\": %d, \"median_sweeps\": %.0f, "
      "\"fewest_sweeps\": %.0f, "
      "\"most_sweeps\": %.0f, \"limit\": %d, \"mirror\": %.4f, \"second_ratio\": %.3f, \"third_ratio\": %.3f}\n}\n",
      seeds, int(sweeps.size()), middle(sweeps), *std::min_element(sweeps.begin(), sweeps.end()), *std::max_element(sweeps.begin(), sweeps.end()),
      most_sweeps, middle(mirror), middle(second), middle(third));
}
