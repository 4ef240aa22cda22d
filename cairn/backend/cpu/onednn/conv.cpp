// The passes by oneDNN: images are brought into the layouts of the plan, weights are packed, results are brought back.
#include <cairn/backend/cpu/onednn/conv.h>

#include <optional>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/onednn/conv_plan.h>
#include <cairn/backend/cpu/onednn/conv_tiles.h>
#include <cairn/base/threads.h>

namespace cairn::onednn {
namespace {

// ---- bringing arrays into the plan's layouts

Array as(const Array& x, Layout layout) {
  if (layout == Layout::strided) return cpu::row_major(x);
  return to_blocked(x, layout);
}
const void* data_of(const Array& x, Layout layout) { return layout == Layout::strided ? x.raw() : x.lanes().raw(); }

Layout layout_for(const Array& x) { return x.layout() != Layout::strided ? x.layout() : x.size(1) >= 16 ? widest_layout() : Layout::strided; }

}  // namespace

void conv2d(const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y) {
  ThreadChoice threads(double(conv_flops(y.shape(), w.shape())));
  const auto plan =
      plan_for({ConvPass::forward, x.shape(), w.shape(), y.shape(), g, x.dtype(), bias.defined(), relu, layout_for(x), layout_for(y), w.dtype()});
  const Array from = as(x, plan->x_layout), weights = as(w, Layout::strided);
  const Array b = bias_for(bias);
  const cpu::PackedWeights packed = weights_for(plan, weights);
  const Array to = place_for(y, plan->y_layout);
  std::unordered_map<int, dnnl::memory> arguments{{DNNL_ARG_SRC, memory_at(plan->x, data_of(from, plan->x_layout))},
                                                  {DNNL_ARG_WEIGHTS, memory_at(plan->w, packed.data)},
                                                  {DNNL_ARG_DST, memory_at(plan->y, data_of(to, plan->y_layout))}};
  if (b.defined()) arguments.emplace(DNNL_ARG_BIAS, memory_at(plan->bias, b.raw()));
  run(*plan, std::move(arguments));
  bring(to, y);
}

void conv2d_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Array& dx) {
  ThreadChoice threads(double(conv_flops(dy.shape(), w.shape())));
  const auto plan =
      plan_for({ConvPass::grad_input, dx.shape(), w.shape(), dy.shape(), g, dy.dtype(), false, false, layout_for(dx), layout_for(dy), w.dtype()});
  const Array from = as(dy, plan->y_layout), weights = as(w, Layout::strided);
  const cpu::PackedWeights packed = weights_for(plan, weights);
  const Array to = place_for(dx, plan->x_layout);
  run(*plan, {{DNNL_ARG_DIFF_DST, memory_at(plan->y, data_of(from, plan->y_layout))},
              {DNNL_ARG_WEIGHTS, memory_at(plan->w, packed.data)},
              {DNNL_ARG_DIFF_SRC, memory_at(plan->x, data_of(to, plan->x_layout))}});
  bring(to, dx);
}

namespace {

// One part of the images: those from `first` on, as many as `part` has; the sums in the plan's own order, and of the bias.
void sum_of_part(const Plan& plan, const Array& x, const Array& dy, int64_t first, void* dw, float* dbias) {
  const auto at = [&](const Array& images, Layout layout) {
    const int64_t image = layout == Layout::strided ? images.numel() / images.size(0) : blocked_numel(images.shape(), layout) / images.size(0);
    return static_cast<const std::byte*>(data_of(images, layout)) + first * image * size_of(images.dtype());
  };
  std::unordered_map<int, dnnl::memory> arguments{{DNNL_ARG_SRC, memory_at(plan.x, at(x, plan.x_layout))},
                                                  {DNNL_ARG_DIFF_DST, memory_at(plan.y, at(dy, plan.y_layout))},
                                                  {DNNL_ARG_DIFF_WEIGHTS, memory_at(plan.w, dw)}};
  if (dbias) arguments.emplace(DNNL_ARG_DIFF_BIAS, memory_at(plan.bias, dbias));
  run(plan, std::move(arguments));
}

// Of bf16, oneDNN's threads share images and wait for each other by turning in circles, which beside other programs took a hundred times as
// long as computing does. So each thread gets images of its own here, and the sums of all are added up in the end; but for weights whose
// sums do not stay in a core's cache, which would be walked over by each thread.
constexpr int64_t most_shared_weights = 1 << 19;

int64_t parts_of(DType dtype, int64_t images, const Shape& w) {
  const bool splits = dtype == bf16 && !detail::in_parallel() && images > 0 && images % num_threads() == 0 && w.numel() <= most_shared_weights;
  return splits ? num_threads() : 1;
}

}  // namespace

void conv2d_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Array& dw, Array& dbias) {
  ThreadChoice threads(double(conv_flops(dy.shape(), dw.shape())));
  const int64_t N = x.size(0), parts = parts_of(x.dtype(), N, dw.shape());
  Problem p{ConvPass::grad_weight, x.shape(), dw.shape(),    dy.shape(),     g,         x.dtype(),
            dbias.defined(),       false,     layout_for(x), layout_for(dy), dw.dtype()};
  p.x[0] = p.y[0] = N / parts;
  std::optional<InlineScope> alone;
  if (parts > 1) alone.emplace();
  const auto plan = plan_for(p);
  alone.reset();
  const Array from = as(x, plan->x_layout), grads = as(dy, plan->y_layout);
  const Array bias_sums = dbias.defined() && (parts > 1 || dbias.dtype() != f32) ? Array({parts, dbias.numel()}, f32) : dbias;
  const auto bias_of = [&](int64_t part) { return dbias.defined() ? bias_sums.ptr<float>() + part * dbias.numel() : nullptr; };
  if (parts == 1) {
    void* packed = plan->packs ? cpu::working_memory(cpu::Purpose::weights, plan->w.get_size()) : dw.raw();
    sum_of_part(*plan, from, grads, 0, packed, bias_of(0));
    if (plan->packs) reorder(*plan, plan->w, packed, plan->plain_w, dw.raw());
  } else {
    const int64_t n = int64_t(plan->w.get_size() / sizeof(float));
    const Array sums({parts, n}, f32);
    parallel_for(parts, 1, [&](int64_t begin, int64_t end) {
      for (int64_t part = begin; part < end; part++) sum_of_part(*plan, from, grads, N / parts * part, sums.ptr<float>() + part * n, bias_of(part));
    });
    add_up(sums.ptr<float>(), parts, n);
    if (dbias.defined()) add_up(bias_sums.ptr<float>(), parts, dbias.numel());
    reorder(*plan, plan->w, sums.raw(), plan->plain_w, dw.raw());
  }
  if (dbias.defined() && bias_sums.storage() != dbias.storage()) {
    Array all = dbias.reshaped({1, dbias.numel()});
    device_ops().copy(bias_sums.sliced(0, 0, 1), all);
  }
}

namespace {

// The vector instruction of bf16 takes Intel's CPUs four times as long as one of f32, for twice the numbers.
bool of_intel() {
#if defined(__x86_64__)
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __get_cpuid(0, &a, &b, &c, &d) && b == signature_INTEL_ebx && c == signature_INTEL_ecx && d == signature_INTEL_edx;
#else
  return false;
#endif
}

}  // namespace

bool has_winograd() { return DNNL_VERSION_MAJOR < 3 && widest_layout() == Layout::nChw16c; }

bool has_bf16() {
  static const bool has = has_tiles() || (int(dnnl::get_effective_cpu_isa()) >= int(dnnl::cpu_isa::avx512_core_bf16) && !of_intel());
  return has;
}

Layout widest_layout() {
  static const Layout widest = [] {
    const int isa = int(dnnl::get_effective_cpu_isa());
    if (isa >= int(dnnl::cpu_isa::avx512_core)) return Layout::nChw16c;
    return isa >= int(dnnl::cpu_isa::avx2) ? Layout::nChw8c : Layout::strided;
  }();
  return widest;
}

bool has_direct(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g) {
  const auto layout = [&](int64_t channels) { return channels >= 16 ? widest_layout() : Layout::strided; };
  const Problem p{pass, x, w, y, g, dtype, false, false, layout(x[1]), layout(y[1]), f32};
  if (sums_stray(p)) return false;
  try {
    const std::string name = plan_for(p)->implementation;
    return name.find("ref") == std::string::npos && name.find("gemm") == std::string::npos;
  } catch (const UnsupportedError&) { return false; }
}

std::string described(const Shape& x, const Shape& w, const Shape& y, const ConvGeometry& g) {
  return std::to_string(w[2]) + "x" + std::to_string(w[3]) + ", stride " + std::to_string(g.stride[0]) + ", " + std::to_string(x[1]) + " to " +
         std::to_string(y[1]) + " channels, " + std::to_string(x[2]) + "x" + std::to_string(x[3]);
}

std::string conv_plan(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g) {
  const auto layout = [&](int64_t channels) { return channels >= 16 ? widest_layout() : Layout::strided; };
  const Problem p{pass, x, w, y, g, dtype, false, false, layout(x[1]), layout(y[1]), f32};
  const auto plan = plan_for(p);
  const std::string& name = plan->implementation;
  const std::string shape = described(x, w, y, g);
  if (plan->algorithm == Algorithm::winograd) return "Winograd F(4x4,3x3): " + shape;
  if (name.find("gemm") != std::string::npos) return "GEMM: " + shape + "; no direct kernel of oneDNN fits";
  return std::string(slow(*plan) ? "plain loops: " : "direct: ") + shape + (suits_winograd(p) ? "; no Winograd in this oneDNN or CPU" : "") + " (" +
         name + ")";
}

}  // namespace cairn::onednn
