// Starting values of parameters. Each fills its tensor in place from the process's generator (manual_seed) and may be called on a
// parameter that requires gradients. `fan_in` is the number of inputs of one output, `fan_out` the number of outputs of one input:
// for a weight [out, in, ...] they are in * rest and out * rest. ShapeError for tensors below two axes where a fan is needed.
#pragma once

#include <string>

#include <cairn/autograd/parameter.h>

namespace cairn::init {

enum class Fan { in, out };

// By how much an activation shrinks the deviation: "linear", "sigmoid" 1; "tanh" 5/3; "relu" sqrt 2; "leaky_relu" sqrt(2 / (1 + slope^2));
// "selu" 3/4. ConfigError for other names.
double gain(const std::string& activation, double slope = 0.01);

void zeros(const Parameter& p);
void ones(const Parameter& p);
void constant(const Parameter& p, double value);
void uniform(const Parameter& p, double low = 0, double high = 1);  // [low, high)
void normal(const Parameter& p, double mean = 0, double deviation = 1);
// A normal distribution cut at [low, high] (absolute values, not deviations).
void trunc_normal(const Parameter& p, double mean = 0, double deviation = 1, double low = -2, double high = 2);

// Glorot, Bengio 2010: variance gain^2 * 2 / (fan_in + fan_out). Uniform within gain * sqrt(6 / (fan_in + fan_out)).
void xavier_uniform(const Parameter& p, double gain = 1);
void xavier_normal(const Parameter& p, double gain = 1);

// He et al. 2015: variance gain^2 / fan with the gain of leaky_relu(slope): slope 0 is ReLU. Uniform within gain * sqrt(3 / fan).
void kaiming_uniform(const Parameter& p, double slope = 0, Fan fan = Fan::in);
void kaiming_normal(const Parameter& p, double slope = 0, Fan fan = Fan::in);

// Saxe, McClelland, Ganguli 2014: rows (or columns, whichever are fewer) are orthonormal, times gain. [rows, ...] is taken as
// [rows, product of the rest].
void orthogonal(const Parameter& p, double gain = 1);

}  // namespace cairn::init
