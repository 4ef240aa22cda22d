// Samples: inputs that an op is tested with. From them come fast against reference, gradients, second derivatives, strides,
// types, error texts, the replay of a trace, and the benchmark.
#pragma once

#include <cairn/ops/call.h>

namespace cairn {

struct Sample {
  std::vector<Tensor> inputs;
  Attributes attributes;
};
struct FailingSample {
  std::vector<Tensor> inputs;
  Attributes attributes;
  std::string message;  // must be contained in the error's text
};

class Samples {
 public:
  explicit Samples(const OpInfo& op) : op(&op) {}
  Samples& add(std::vector<Tensor> inputs, std::initializer_list<Attr> attributes = {});
  Samples& fails(std::vector<Tensor> inputs, std::initializer_list<Attr> attributes, std::string message);
  Samples& fails(std::vector<Tensor> inputs, std::string message) { return fails(std::move(inputs), {}, std::move(message)); }
  // Exemptions; each with its reason. The reviewed list of them is tests/exemptions.txt.
  Samples& no_gradient(std::string why);
  Samples& no_second_gradient(std::string why);
  Samples& constant(int input, std::string why);  // this input has no gradient
  Samples& only_f32_f64(std::string why);         // a DtypeError for other types
  Samples& random(std::string why);               // draws from the generator: it is seeded alike before each run

  const OpInfo* op;
  std::vector<Sample> list;
  std::vector<FailingSample> failing;
  std::vector<std::pair<int, std::string>> constants;
  std::string why_no_gradient, why_no_second_gradient, why_only_f32_f64, why_random;
};

// Values for samples: fixed, well away from kinks. normal values; uniform in [low, high); whole numbers below n (i64).
Tensor sample_normal(const Shape& shape, uint64_t seed = 1);
Tensor sample_uniform(const Shape& shape, double low, double high, uint64_t seed = 1);
Tensor sample_index(const Shape& shape, int64_t below, uint64_t seed = 1);
Tensor sample_mask(const Shape& shape, uint64_t seed = 1);
// Distinct values in random order, at least 0.1 apart (for max, sort, relu: no ties, nothing within 0.05 of zero).
Tensor sample_distinct(const Shape& shape, uint64_t seed = 1);

}  // namespace cairn
