// Modes of the current thread: whether calls are recorded, and how closely they are watched.
#pragma once

namespace cairn {

bool grad_enabled();
// While one is alive, results do not remember how they were made and writers may change tensors that require gradients.
class NoGrad {
 public:
  NoGrad();
  ~NoGrad();
 private:
  bool before_;
};
class EnableGrad {
 public:
  EnableGrad();
  ~EnableGrad();
 private:
  bool before_;
};

// Anomaly mode: each op's outputs, and each gradient, are checked; the first NaN or infinity raises NumericError with op, shape,
// module path and direction (forward or backward).
class DetectAnomaly {
 public:
  DetectAnomaly();
  ~DetectAnomaly();
 private:
  bool before_;
};
bool anomaly_enabled();

}  // namespace cairn
