// Activations and other layers without parameters; the formulas stand with the ops (ops/elementwise, ops/reduce).
#pragma once

#include <cairn/nn/module.h>

namespace cairn {

struct Identity : Layer<Identity> {
  Tensor forward(const Tensor& x) { return x; }
};

// Joins the axes from `from` to `to`: [N, C, H, W] -> [N, C * H * W].
struct Flatten : Layer<Flatten> {
  explicit Flatten(int from = 1, int to = -1) : from(from), to(to) {}
  Tensor forward(const Tensor& x) { return x.flatten(from, to); }
  std::string options() const override;
  int from, to;
};

// While training, each element is zero with chance p and the others are divided by 1 - p (Srivastava et al. 2014); otherwise the
// identity. Draws from the process's generator (manual_seed). ConfigError unless 0 <= p < 1.
struct Dropout : Layer<Dropout> {
  explicit Dropout(double p = 0.5);
  Tensor forward(const Tensor& x);
  std::string options() const override;
  double p;
};

// The same for whole channels of images [N, C, H, W] (Tompson et al. 2015).
struct Dropout2d : Layer<Dropout2d> {
  explicit Dropout2d(double p = 0.5);
  Tensor forward(const Tensor& x);
  std::string options() const override;
  double p;
};
// The same for whole examples: at the end of a residual branch it skips the branch (Huang et al. 2016). x [N, ...]
struct StochasticDepth : Layer<StochasticDepth> {
  explicit StochasticDepth(double p);
  Tensor forward(const Tensor& x);
  std::string options() const override;
  double p;
};

struct ReLU : Layer<ReLU> {
  Tensor forward(const Tensor& x);
};
struct LeakyReLU : Layer<LeakyReLU> {
  explicit LeakyReLU(double slope = 0.01) : slope(slope) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  double slope;
};
struct ELU : Layer<ELU> {
  explicit ELU(double alpha = 1) : alpha(alpha) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  double alpha;
};
enum class GeluForm { erf, tanh };
struct GELU : Layer<GELU> {
  explicit GELU(GeluForm form = GeluForm::erf) : form(form) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  GeluForm form;
};
struct SiLU : Layer<SiLU> {
  Tensor forward(const Tensor& x);
};
struct Tanh : Layer<Tanh> {
  Tensor forward(const Tensor& x);
};
struct Sigmoid : Layer<Sigmoid> {
  Tensor forward(const Tensor& x);
};
struct Softplus : Layer<Softplus> {
  explicit Softplus(double beta = 1, double threshold = 20) : beta(beta), threshold(threshold) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  double beta, threshold;
};
struct Softmax : Layer<Softmax> {
  explicit Softmax(int axis = -1) : axis(axis) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  int axis;
};
struct LogSoftmax : Layer<LogSoftmax> {
  explicit LogSoftmax(int axis = -1) : axis(axis) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  int axis;
};

}  // namespace cairn
