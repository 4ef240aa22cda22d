// unary, unary_grad, binary and where of f32 and bf16: the choice of the vector loop, and the rows it runs over (loops.h).
#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>

namespace cairn {

using namespace cpu;

namespace {

// Functions that compute, as opposed to waiting for memory.
bool costly(Unary f) {
  switch (f) {
    case Unary::exp:
    case Unary::expm1:
    case Unary::log:
    case Unary::log1p:
    case Unary::sin:
    case Unary::cos:
    case Unary::tanh:
    case Unary::sigmoid:
    case Unary::erf:
    case Unary::elu:
    case Unary::gelu:
    case Unary::gelu_tanh:
    case Unary::silu:
    case Unary::softplus: return true;
    default: return false;
  }
}
int64_t grain_of(bool is_costly) { return is_costly ? costly_grain : cheap_grain; }

// Bytes (bool) of an operand: a row of them, or one for all.
const uint8_t* take_bytes(const std::byte* p, int64_t stride, int64_t at, int64_t n, uint8_t* buffer) {
  const uint8_t* x = reinterpret_cast<const uint8_t*>(p) + at * stride;
  if (stride == 0 || stride == 1) return x;
  for (int64_t i = 0; i < n; i++) buffer[i] = x[i * stride];
  return buffer;
}

void compare(CompareLoop loop, const Array& a, const Array& b, Array& y) {
  const Plan<3> plan(y.shape(), {&a, &b, &y});
  const Feed feed_a(a.dtype(), plan.stride[0][0], Feed::single), feed_b(b.dtype(), plan.stride[1][0], Feed::single);
  const bool past_caches = y.numel() >= streaming_bytes && plan.size[0] >= block_size;
  const auto rows = [&](std::byte* const* p, int64_t n) {
    alignas(64) float buffers[2][block_size];
    const int64_t block = feed_a.direct() && feed_b.direct() ? n : block_size;
    for (int64_t at = 0; at < n; at += block) {
      const int64_t m = std::min(block, n - at);
      loop(feed_a.take(p[0], at, m, buffers[0]), feed_a.one(), feed_b.take(p[1], at, m, buffers[1]), feed_b.one(),
           reinterpret_cast<uint8_t*>(p[2]) + at, m, past_caches);
    }
  };
  plan.run_parallel(cheap_grain, rows, past_caches);
}

}  // namespace

void CpuBackend::unary(Unary f, const Array& x, double a, double b, Array& y) {
  const UnaryLoop loop = fast(x) ? unary_loop(f) : nullptr;
  if (!loop) return ReferenceBackend::unary(f, x, a, b, y);
  const float fa = float(a), fb = float(b);
  elementwise<1>({&x}, y, Feed::repeated, grain_of(costly(f)),
                 [=](const float* const* in, const bool*, float* out, int64_t n, bool past) { loop(in[0], out, n, fa, fb, past); });
}

void CpuBackend::unary_grad(Unary f, const Array& r, const Array& dy, double a, double b, Array& dx) {
  const UnaryGradLoop loop = fast(r) && fast(dy) && fast(dx) ? unary_grad_loop(f) : nullptr;
  if (!loop) return ReferenceBackend::unary_grad(f, r, dy, a, b, dx);
  const float fa = float(a), fb = float(b);
  elementwise<2>({&r, &dy}, dx, Feed::repeated, grain_of(costly(f)),
                 [=](const float* const* in, const bool*, float* out, int64_t n, bool past) { loop(in[0], in[1], out, n, fa, fb, past); });
}

Status CpuBackend::binary(Binary f, const Array& a, const Array& b, Array& y) {
  if (!fast(a)) return ReferenceBackend::binary(f, a, b, y);
  if (const BinaryLoop loop = binary_loop(f)) {
    elementwise<2>(
        {&a, &b}, y, Feed::single, grain_of(f == Binary::pow),
        [=](const float* const* in, const bool* one, float* out, int64_t n, bool past) { loop(in[0], one[0], in[1], one[1], out, n, past); });
    return {};
  }
  if (const CompareLoop loop = compare_loop(f)) {
    compare(loop, a, b, y);
    return {};
  }
  return ReferenceBackend::binary(f, a, b, y);
}

void CpuBackend::where(const Array& condition, const Array& a, const Array& b, Array& y) {
  if (!fast(y) || condition.dtype() != boolean) return ReferenceBackend::where(condition, a, b, y);
  const Plan<4> plan(y.shape(), {&condition, &a, &b, &y});
  const Feed feed_a(a.dtype(), plan.stride[1][0], Feed::single), feed_b(b.dtype(), plan.stride[2][0], Feed::single);
  const int64_t step = plan.stride[0][0];
  const Sink sink(y, plan.size[0]);
  const bool straight = y.dtype() == f32, past_caches = sink.past_caches();
  const auto rows = [&](std::byte* const* p, int64_t n) {
    alignas(64) float buffers[3][block_size];
    uint8_t conditions[block_size];
    const int64_t block = feed_a.direct() && feed_b.direct() && straight && (step == 0 || step == 1) ? n : block_size;
    for (int64_t at = 0; at < n; at += block) {
      const int64_t m = std::min(block, n - at);
      where_loop(take_bytes(p[0], step, at, m, conditions), step == 0, feed_a.take(p[1], at, m, buffers[0]), feed_a.one(),
                 feed_b.take(p[2], at, m, buffers[1]), feed_b.one(), straight ? reinterpret_cast<float*>(p[3]) + at : buffers[2], m, past_caches);
      if (!straight) sink.done(p[3], at, m, buffers[2]);
    }
  };
  plan.run_parallel(cheap_grain, rows, past_caches);
}

}  // namespace cairn
