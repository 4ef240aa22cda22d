// PA: softmax regression and a small network, from nothing but the standard library. `cairn learn PA` is the brief.
// The types are in answer.h, beside this file. Write the functions in their order: `cairn check PA` looks at them one after the other.
// p always holds at least one picture, and n pictures of k classes have logits z of n * k values: picture i, class c at z[i * k + c].
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "answer.h"

// ---- 1. the loss

// -log of the probability that softmax gives the right class y[i], as a mean over the pictures. Logits may be as large as 1e4 on either side.
double cross_entropy(const std::vector<double>& z, const std::vector<int>& y, std::size_t classes) {
  (void)z, (void)y, (void)classes;  // remove this line and the next, and write yours
  return 0;
}

// The derivatives of that mean with respect to each logit, in the layout of z.
std::vector<double> cross_entropy_gradient(const std::vector<double>& z, const std::vector<int>& y, std::size_t classes) {
  (void)y, (void)classes;
  return std::vector<double>(z.size(), 0.0);
}

// ---- 2. softmax regression

// z = x w + b for every picture. p.y is not needed.
std::vector<double> softmax_logits(const Softmax& m, const Pictures& p) { return std::vector<double>(p.count() * m.classes, 0.0); }

// The derivatives of cross_entropy(softmax_logits(m, p), p.y, m.classes) with respect to each number of m, in the same places of the result.
Softmax softmax_gradient(const Softmax& m, const Pictures& p) {
  (void)p;
  Softmax g = m;
  std::fill(g.w.begin(), g.w.end(), 0.0);
  std::fill(g.b.begin(), g.b.end(), 0.0);
  return g;
}

// ---- 3. the network

// h = relu(x w1 + b1), then z = h w2 + b2. relu(a) is a where a > 0, else 0.
std::vector<double> mlp_logits(const Mlp& m, const Pictures& p) { return std::vector<double>(p.count() * m.classes, 0.0); }

// The derivatives of cross_entropy(mlp_logits(m, p), p.y, m.classes) with respect to each number of m.
Mlp mlp_gradient(const Mlp& m, const Pictures& p) {
  (void)p;
  Mlp g = m;
  for (std::vector<double>* v : {&g.w1, &g.b1, &g.w2, &g.b2}) std::fill(v->begin(), v->end(), 0.0);
  return g;
}

// A network to begin with: weights drawn at random around 0, with a deviation of about sqrt(2 / numbers that come in) in each layer (between half
// and twice of that), biases 0. The same seed gives the same network, another seed another one.
Mlp random_mlp(std::size_t inputs, std::size_t hidden, std::size_t classes, std::uint64_t seed) {
  (void)seed;
  Mlp m;
  m.inputs = inputs, m.hidden = hidden, m.classes = classes;
  m.w1.resize(inputs * hidden), m.b1.resize(hidden), m.w2.resize(hidden * classes), m.b2.resize(classes);
  return m;
}

// ---- 4. training

// The numbers 0 to n - 1, each once, in an order drawn from the seed: the same for the same seed. Every order is possible.
std::vector<std::size_t> shuffled(std::size_t n, std::uint64_t seed) {
  (void)n, (void)seed;
  return {};
}

// Plain mini-batch gradient descent, from what m is. In each epoch the pictures come in another order, s.batch at a time, and the last batch takes
// what is left. Each batch is one step: every number of m moves by -s.rate times the derivative of the batch's mean loss. After each epoch,
// report(the mean over all pictures of the loss that each had when its batch came, before the step).
void train_softmax(Softmax& m, const Pictures& p, const Schedule& s, const Report& report) { (void)m, (void)p, (void)s, (void)report; }

void train_mlp(Mlp& m, const Pictures& p, const Schedule& s, const Report& report) { (void)m, (void)p, (void)s, (void)report; }

// ---- 5. real pictures

// For each picture the class whose logit is the largest; of equal ones, the first.
std::vector<int> largest(const std::vector<double>& z, std::size_t classes) {
  (void)z, (void)classes;
  return {};
}

// Pictures of half the height and half the width, each value the mean of a 2 x 2 block of the same channel. Heights and widths are even.
// Labels stay as they are. A quarter of the numbers is a quarter of the work.
Pictures halved(const Pictures& p) { return p; }

// Trains on `train` and says the class, 0 to 9, of each picture of `unknown`, which has no labels. How is up to you: scaling, halving, epochs,
// batch, rate, hidden units, seeds. Calls report(loss) after each epoch. This is what is scored on real pictures.
std::vector<int> classify_with_softmax(const Pictures& train, const Pictures& unknown, const Report& report) {
  (void)train, (void)unknown, (void)report;
  return {};
}

std::vector<int> classify_with_mlp(const Pictures& train, const Pictures& unknown, const Report& report) {
  (void)train, (void)unknown, (void)report;
  return {};
}
