#include <cairn/models/shapes_only.h>

#include <cairn/backend/reference/reference.h>

namespace cairn {

namespace {

// Everything that a picture's way through a network calls does nothing; the rest are the naive loops.
class NoBackend final : public ReferenceBackend {
 public:
  const char* name() const override { return "shapes"; }
  void copy(const Array&, Array&) override {}
  void fill(Array&, double) override {}
  void unary(Unary, const Array&, double, double, Array&) override {}
  Status binary(Binary, const Array&, const Array&, Array&) override { return {}; }
  void where(const Array&, const Array&, const Array&, Array&) override {}
  void reduce(Reduce, const Array&, uint32_t, Array&) override {}
  void mean_var(const Array&, uint32_t, double, Array&, Array&) override {}
  void softmax(const Array&, int, bool, Array&) override {}
  void matmul(const Array&, const Array&, Array&) override {}
  void linear(const Array&, const Array&, const Array&, Array&) override {}
  void random(Distribution, RandomKey, double, double, Array&) override {}
  void dropout(const Array&, RandomKey, double, Array&) override {}
  void batch_norm(const Array&, const Array&, const Array&, const BatchNormRule&, Array&, Array&, Array&, Array&, Array&) override {}
  void group_norm(const Array&, const Array&, const Array&, const GroupNormRule&, Array&, Array&, Array&) override {}
  void max_pool(const Array&, const Windows&, Array&, Array&) override {}
  void avg_pool(const Array&, const Windows&, bool, Array&) override {}
  void resample(const Array&, const Resampling&, Array&) override {}
  void conv2d(const Array&, const Array&, const Array&, const ConvGeometry&, bool, Array&) override {}
  void conv2d_grad_input(const Array&, const Array&, const ConvGeometry&, Array&) override {}
  void scale(std::span<Array>, double) override {}
  void clamp(std::span<Array>, double, double) override {}
};

}  // namespace

struct ShapesOnly::Scope {
  NoBackend nothing;
  UseBackend use{nothing};
};

ShapesOnly::ShapesOnly() : scope_(std::make_unique<Scope>()) {}
ShapesOnly::~ShapesOnly() = default;

}  // namespace cairn
