// Gradients checked against central differences: df/dx ~ (f(x + eps) - f(x - eps)) / (2 eps), element by element, in float64.
#include <algorithm>
#include <cmath>

#include <cairn/autograd/autograd.h>
#include <cairn/autograd/node.h>

namespace cairn {

namespace {

// Fresh f64 leaves with the inputs' values; others (indices, masks) as they are.
std::vector<Tensor> fresh_leaves(const std::vector<Tensor>& inputs) {
  std::vector<Tensor> leaves;
  for (size_t i = 0; i < inputs.size(); i++) {
    const Tensor& x = inputs[i];
    if (!x.defined() || !x.requires_grad()) {
      leaves.push_back(x);
      continue;
    }
    if (x.dtype() != f64)
      throw DtypeError("[gradcheck] input " + std::to_string(i) + " is " + name_of(x.dtype()) +
                       ", but differences of f32 are too coarse. Hint: x.to(f64) before set_requires_grad().");
    Tensor leaf(contiguous_copy(x.array()));
    leaf.set_requires_grad();
    leaves.push_back(leaf);
  }
  return leaves;
}

std::vector<std::vector<double>> values_of(const std::vector<Tensor>& outputs, const std::vector<Tensor>& first) {
  bool alike = outputs.size() == first.size();
  for (size_t o = 0; alike && o < first.size(); o++) alike = outputs[o].shape() == first[o].shape();
  if (!alike) throw StateError("[gradcheck] the function gives outputs of other shapes when its inputs move a little. Hint: leave out what chooses.");
  std::vector<std::vector<double>> values;
  for (const Tensor& y : outputs) values.push_back(is_floating(y.dtype()) ? y.to_vector<double>() : std::vector<double>{});
  return values;
}

}  // namespace

GradcheckResult gradcheck(const TensorFunction& f, const std::vector<Tensor>& inputs, const GradcheckOptions& options) {
  if (!f) throw StateError("[gradcheck] the function is empty.");
  GradcheckResult result;
  std::vector<Tensor> x = fresh_leaves(inputs);
  std::vector<Tensor> wanted;
  for (const Tensor& t : x)
    if (t.defined() && t.requires_grad()) wanted.push_back(t);
  if (wanted.empty()) throw StateError("[gradcheck] no input requires gradients, so there is nothing to check. Hint: set_requires_grad().");

  std::vector<Tensor> y;
  {
    EnableGrad on;
    y = f(x);
  }
  // Analytic Jacobians: one backward for each element of each output.
  std::vector<std::vector<Tensor>> analytic(y.size());
  for (size_t o = 0; o < y.size(); o++) {
    for (const Tensor& t : wanted) analytic[o].push_back(zeros({y[o].numel(), t.numel()}, f64));
    if (!y[o].requires_grad()) continue;
    if (y[o].dtype() != f64)
      throw DtypeError("[gradcheck] output " + std::to_string(o) + " is " + name_of(y[o].dtype()) +
                       ", but differences of that type are too coarse. Hint: compute in f64 throughout.");
    for (int64_t e = 0; e < y[o].numel(); e++) {
      Tensor seed = zeros(y[o].shape(), y[o].dtype());
      {
        NoGrad off;
        const_cast<double*>(seed.data<double>())[e] = 1;
      }
      std::vector<Tensor> g = grad({y[o]}, wanted, {seed}, true, false, true);
      for (size_t i = 0; i < wanted.size(); i++) {
        if (!g[i].defined()) continue;
        std::vector<double> row = g[i].to_vector<double>();
        std::copy(row.begin(), row.end(), const_cast<double*>(analytic[o][i].data<double>()) + e * wanted[i].numel());
      }
    }
  }
  // Numeric Jacobians: two forwards for each element of each input. They record, because the function may take gradients itself.
  EnableGrad on;
  for (size_t i = 0; i < wanted.size(); i++) {
    std::vector<Tensor> numeric;
    for (const Tensor& t : y) numeric.push_back(zeros({t.numel(), wanted[i].numel()}, f64));
    double* p = const_cast<double*>(wanted[i].data<double>());
    for (int64_t e = 0; e < wanted[i].numel(); e++) {
      const double before = p[e];
      p[e] = before + options.eps;
      auto high = values_of(f(x), y);
      p[e] = before - options.eps;
      auto low = values_of(f(x), y);
      p[e] = before;
      for (size_t o = 0; o < y.size(); o++)
        for (size_t k = 0; k < high[o].size(); k++)
          const_cast<double*>(numeric[o].data<double>())[k * wanted[i].numel() + e] = (high[o][k] - low[o][k]) / (2 * options.eps);
    }
    for (size_t o = 0; o < y.size(); o++) {
      const double *a = analytic[o][i].data<double>(), *n = numeric[o].data<double>();
      for (int64_t k = 0; k < numeric[o].numel(); k++) {
        result.elements++;
        const double error = std::abs(a[k] - n[k]);
        const bool close = error <= options.atol + options.rtol * std::abs(n[k]);
        if (close || (std::isnan(a[k]) && std::isnan(n[k]))) {
          result.worst_error = std::max(result.worst_error, error);
          continue;
        }
        if (result.ok || !(error <= result.worst_error))
          result.message = "d output " + std::to_string(o) + " [" + std::to_string(k / wanted[i].numel()) + "] / d input " + std::to_string(i) +
                           " [" + std::to_string(k % wanted[i].numel()) + "]: backward says " + std::to_string(a[k]) + ", differences say " +
                           std::to_string(n[k]);
        result.ok = false;
        result.worst_error = std::max(result.worst_error, error);
      }
      result.analytic.push_back(analytic[o][i]);
      result.numeric.push_back(numeric[o]);
    }
  }
  return result;
}

GradcheckResult gradgradcheck(const TensorFunction& f, const std::vector<Tensor>& inputs, const GradcheckOptions& options) {
  if (!f) throw StateError("[gradgradcheck] the function is empty.");
  // The function (x, dy) -> dx, with the seeds dy as further inputs.
  std::vector<Tensor> x = fresh_leaves(inputs);
  std::vector<size_t> differentiable;
  std::vector<Tensor> all = x;
  {
    EnableGrad on;
    std::vector<Tensor> y = f(x);
    for (size_t o = 0; o < y.size(); o++) {
      if (!y[o].requires_grad()) continue;
      differentiable.push_back(o);
      Tensor seed = empty(y[o].shape(), f64);
      double* p = const_cast<double*>(seed.data<double>());
      for (int64_t k = 0; k < seed.numel(); k++) p[k] = std::cos(1.0 + 2.7 * double(k) + double(o));  // any fixed, uneven values
      all.push_back(seed.set_requires_grad());
    }
  }
  const size_t count = x.size();
  auto gradient = [&](const std::vector<Tensor>& v) {
    EnableGrad on;
    std::vector<Tensor> xs(v.begin(), v.begin() + int64_t(count)), wanted;
    // The checker perturbs leaves in place; results must hang on the very tensors it holds.
    for (const Tensor& t : xs)
      if (t.defined() && t.requires_grad()) wanted.push_back(t);
    std::vector<Tensor> y = f(xs), chosen, seeds(v.begin() + int64_t(count), v.end()), result;
    for (size_t o : differentiable) chosen.push_back(y[o]);
    for (const Tensor& g : grad(chosen, wanted, seeds, true, true, true))
      if (g.defined()) result.push_back(g);
    return result;
  };
  return gradcheck(gradient, all, options);
}

}  // namespace cairn
