// What project PA works with: pictures, the two models, a schedule. Your exercise.cpp includes it; nothing in it is to be changed.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

// Pictures one after the other. Picture i has its values at x[i * size()] and behind: channel by channel, row by row, each from 0 to 1.
struct Pictures {
  std::size_t channels = 1, height = 1, width = 1;
  std::vector<float> x;
  std::vector<int> y;  // the class of each picture, from 0; empty where it is to be found out

  std::size_t size() const { return channels * height * width; }  // values of one picture
  std::size_t count() const { return x.size() / size(); }         // pictures
};

// Softmax regression, which is logistic regression with more than two classes: z = x w + b.
struct Softmax {
  std::size_t inputs = 0, classes = 0;
  std::vector<double> w;  // the weight from input j to class k is w[j * classes + k]
  std::vector<double> b;  // of class k: b[k]
};

// A multilayer perceptron with one hidden layer: h = relu(x w1 + b1), z = h w2 + b2.
struct Mlp {
  std::size_t inputs = 0, hidden = 0, classes = 0;
  std::vector<double> w1, b1;  // from input j to hidden unit k: w1[j * hidden + k]
  std::vector<double> w2, b2;  // from hidden unit j to class k: w2[j * classes + k]
};

// How to train.
struct Schedule {
  int epochs = 1;          // passes over the pictures
  std::size_t batch = 1;   // pictures in a step; the last batch of an epoch may have fewer
  double rate = 0.1;       // the learning rate
  std::uint64_t seed = 0;  // of the order of the pictures
};

// Called at the end of each epoch with its mean loss.
using Report = std::function<void(double loss)>;

struct Answer {
  double (*cross_entropy)(const std::vector<double>& z, const std::vector<int>& y, std::size_t classes);
  std::vector<double> (*cross_entropy_gradient)(const std::vector<double>& z, const std::vector<int>& y, std::size_t classes);
  std::vector<double> (*softmax_logits)(const Softmax& m, const Pictures& p);
  Softmax (*softmax_gradient)(const Softmax& m, const Pictures& p);
  std::vector<double> (*mlp_logits)(const Mlp& m, const Pictures& p);
  Mlp (*mlp_gradient)(const Mlp& m, const Pictures& p);
  Mlp (*random_mlp)(std::size_t inputs, std::size_t hidden, std::size_t classes, std::uint64_t seed);
  std::vector<std::size_t> (*shuffled)(std::size_t n, std::uint64_t seed);
  void (*train_softmax)(Softmax& m, const Pictures& p, const Schedule& s, const Report& report);
  void (*train_mlp)(Mlp& m, const Pictures& p, const Schedule& s, const Report& report);
  std::vector<int> (*largest)(const std::vector<double>& z, std::size_t classes);
  Pictures (*halved)(const Pictures& p);
  std::vector<int> (*classify_with_softmax)(const Pictures& train, const Pictures& unknown, const Report& report);
  std::vector<int> (*classify_with_mlp)(const Pictures& train, const Pictures& unknown, const Report& report);
};
#define ANSWER                                                                                                                              \
  {                                                                                                                                         \
    cross_entropy, cross_entropy_gradient, softmax_logits, softmax_gradient, mlp_logits, mlp_gradient, random_mlp, shuffled, train_softmax, \
        train_mlp, largest, halved, classify_with_softmax, classify_with_mlp                                                                \
  }
