// The bodies of cpu_test_helpers.h.
#include <cairn/backend/cpu/cpu_test_helpers.h>

#include <cmath>

namespace cairn::cpu {

std::vector<int64_t> supported_targets() {
  std::vector<int64_t> targets;
  for (int64_t t : {HWY_AVX3, HWY_AVX2, HWY_SCALAR})
    if (hwy::SupportedTargets() & t) targets.push_back(t);
  if (targets.empty() || targets.back() != HWY_SCALAR) targets.push_back(HWY_SCALAR);
  return targets;
}

Array cast(const Array& x, DType dtype) {
  Array y(x.shape(), dtype);
  reference().copy(x, y);
  return y;
}

Array uniform(const Shape& shape, DType dtype, double low, double high) {
  static uint64_t seed = 1;
  Random random(seed++);
  Array x(shape, f64), y(shape, dtype);
  for (int64_t i = 0; i < x.numel(); i++) x.ptr<double>()[i] = low + (high - low) * random.uniform();
  reference().copy(x, y);
  return y;
}

Array from_floats(const std::vector<float>& values) {
  Array x({int64_t(values.size())});
  std::copy(values.begin(), values.end(), x.ptr<float>());
  return x;
}

std::vector<Array> layouts(const Shape& shape, DType dtype) {
  const double low = dtype == boolean || dtype == u8 ? 0 : -5, high = dtype == boolean ? 2 : 5;
  const auto make = [&](const Shape& s) {
    Array x = uniform(s, dtype, low, high);
    if (dtype == boolean) {  // conversion makes almost every number true
      Array numbers = uniform(s, f32, 0, 1), half = uniform({1}, f32, 0.5, 0.5);
      reference().binary(Binary::lt, numbers, half.expanded(s), x);
    }
    return x;
  };
  const int64_t m = shape[0], n = shape[1];
  return {make(shape),
          make({n, m}).transposed(0, 1),
          make({m + 2, n + 5}).sliced(0, 1, m).sliced(1, 3, n),
          make({m, 2 * n}).sliced(1, 0, n, 2),
          make(shape).sliced(1, n - 1, n, -1),
          make({n}).expanded(shape),
          make({m, 1}).expanded(shape),
          make({1}).expanded(shape)};
}

bool has_zero_stride(const Array& x) {
  for (int i = 0; i < x.rank(); i++)
    if (x.strides()[i] == 0) return true;
  return false;
}

void expect_close(const Array& got, const Array& want, const std::string& what, const Array* inputs, double relative) {
  ASSERT_EQ(got.dtype(), want.dtype()) << what;
  ASSERT_TRUE(got.shape() == want.shape()) << what;
  const bool exact = !is_floating(want.dtype());
  const double tolerance = exact ? 0 : want.dtype() == bf16 || want.dtype() == f16 ? 0.0079 : relative;
  Array g(got.shape(), f64), w(want.shape(), f64), x(want.shape(), f64);
  reference().copy(got, g);
  reference().copy(want, w);
  if (inputs) reference().copy(*inputs, x);
  for (int64_t i = 0; i < w.numel(); i++) {
    const double a = g.ptr<double>()[i], b = w.ptr<double>()[i];
    const double floor = exact ? 0 : 1.2e-7 * std::max(1.0, inputs ? std::abs(x.ptr<double>()[i]) : 1.0);
    const bool same =
        a == b || (std::isnan(a) && std::isnan(b)) || (std::isfinite(a) && std::isfinite(b) && std::abs(a - b) <= tolerance * std::abs(b) + floor);
    ASSERT_TRUE(same) << what << ", element " << i << " of " << want.shape().str() << " (" << name_of(want.dtype()) << "): got " << a << ", want "
                      << b << (inputs ? ", input " + std::to_string(x.ptr<double>()[i]) : "");
  }
}

}  // namespace cairn::cpu
