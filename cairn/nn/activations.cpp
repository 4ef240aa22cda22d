// Layers that only call their op.
#include <cairn/nn/activations.h>

#include <fmt/format.h>

#include <cairn/ops/ops.h>

namespace cairn {

std::string Flatten::options() const { return from == 1 && to == -1 ? "" : fmt::format("axes {} to {}", from, to); }

namespace {

double checked_chance(const char* op, double p) {
  if (!(p >= 0 && p < 1))
    throw ConfigError(fmt::format("[{}] p is a chance and must be at least 0 and below 1 (got {}). Hint: 0.2 drops a fifth.", op, p));
  return p;
}

}  // namespace

Dropout::Dropout(double p) : p(checked_chance("dropout", p)) {}
Dropout2d::Dropout2d(double p) : p(checked_chance("dropout2d", p)) {}
StochasticDepth::StochasticDepth(double p) : p(checked_chance("stochastic_depth", p)) {}
Tensor Dropout::forward(const Tensor& x) { return training() && p > 0 ? dropout(x, p, true) : x; }
Tensor Dropout2d::forward(const Tensor& x) { return dropout2d(x, p, training()); }
Tensor StochasticDepth::forward(const Tensor& x) { return stochastic_depth(x, p, training()); }
std::string Dropout::options() const { return fmt::format("{}", p); }
std::string Dropout2d::options() const { return fmt::format("{}", p); }
std::string StochasticDepth::options() const { return fmt::format("{}", p); }

Tensor ReLU::forward(const Tensor& x) { return relu(x); }
Tensor LeakyReLU::forward(const Tensor& x) { return leaky_relu(x, slope); }
Tensor ELU::forward(const Tensor& x) { return elu(x, alpha); }
Tensor GELU::forward(const Tensor& x) { return form == GeluForm::erf ? gelu(x) : gelu_tanh(x); }
Tensor SiLU::forward(const Tensor& x) { return silu(x); }
Tensor Tanh::forward(const Tensor& x) { return tanh(x); }
Tensor Sigmoid::forward(const Tensor& x) { return sigmoid(x); }
Tensor Softplus::forward(const Tensor& x) { return softplus(x, beta, threshold); }
Tensor Softmax::forward(const Tensor& x) { return softmax(x, axis); }
Tensor LogSoftmax::forward(const Tensor& x) { return log_softmax(x, axis); }

std::string LeakyReLU::options() const { return fmt::format("slope {}", slope); }
std::string ELU::options() const { return fmt::format("alpha {}", alpha); }
std::string GELU::options() const { return form == GeluForm::erf ? "" : "tanh"; }
std::string Softplus::options() const { return fmt::format("beta {}, threshold {}", beta, threshold); }
std::string Softmax::options() const { return fmt::format("axis {}", axis); }
std::string LogSoftmax::options() const { return fmt::format("axis {}", axis); }

}  // namespace cairn
