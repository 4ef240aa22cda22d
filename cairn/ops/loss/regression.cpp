// Losses between numbers, written in ops: their gradients need no code.      prediction p, target t: [...]   d = p - t
//   mse_loss:   d^2
//   l1_loss:    |d|
//   huber_loss: d^2 / 2 where |d| <= delta, else delta (|d| - delta / 2)       Huber 1964
// Each element's loss is averaged, added up, or returned as it is (Reduction).
#include <fmt/format.h>

#include <cairn/ops/loss/reduction.h>

namespace cairn {

Tensor mse_loss(const Tensor& prediction, const Tensor& target, Reduction r) {
  check_pair("mse_loss", "prediction", prediction, "target", target);
  return reduced(square(prediction - target), r);
}

Tensor l1_loss(const Tensor& prediction, const Tensor& target, Reduction r) {
  check_pair("l1_loss", "prediction", prediction, "target", target);
  return reduced(abs(prediction - target), r);
}

// With c = min(|d|, delta) both branches are c (|d| - c / 2).
Tensor huber_loss(const Tensor& prediction, const Tensor& target, double delta, Reduction r) {
  check_pair("huber_loss", "prediction", prediction, "target", target);
  if (!(delta > 0))
    throw ConfigError("[huber_loss] delta must be positive, not " + fmt::format("{}", delta) +
                      ". Hint: above it an error counts linearly; 1 is usual.");
  const Tensor size = abs(prediction - target), c = clamp(size, 0, delta);
  return reduced(c * (size - 0.5 * c), r);
}

}  // namespace cairn
