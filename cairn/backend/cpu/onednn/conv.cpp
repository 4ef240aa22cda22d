// One plan a pass, shape and number of threads: which algorithm, how the weights are packed. Making a plan generates machine code
// (milliseconds), so plans are kept. Which one a convolution gets depends on its shape, the instruction set and oneDNN's version only:
//
//   Winograd F(4x4,3x3)  f32, 3x3, stride 1, at least 32 channels on both sides in multiples of 16: 2.25 times fewer multiplications than
//                        the direct way after its transforms are paid for. oneDNN 2 with AVX-512 has it; cpu/winograd.h is asked first.
//   direct               everything else whose channels fill vector registers, or that has at most 3 channels
//   GEMM                 what is left: the image's patches as a matrix
//
// CAIRN_CONV_PLAN=direct switches Winograd off.
// C, O: channels of the image and of the result. Weights lie as [O, C / groups, KH, KW]; plans want them packed in their own way. Packing
// happens at every call while the weights change (training) and once when they stay (from the second call on: inference).
#include <cairn/backend/cpu/onednn/conv.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/onednn/engine.h>
#include <cairn/backend/cpu/working_memory.h>
#include <cairn/base/threads.h>

namespace cairn::onednn {
namespace {

using Desc = dnnl::memory::desc;
using Dims = dnnl::memory::dims;
using Tag = dnnl::memory::format_tag;

enum class Algorithm { direct, winograd };

struct Problem {
  ConvPass pass;
  Shape x, w, y;
  ConvGeometry g;
  DType dtype;
  bool bias, relu;
  Layout x_layout, y_layout;
  DType weights;  // of w, or dw, as the caller has them: the images' type, or f32 beside bf16
};

struct Plan {
  dnnl::primitive primitive;
  Desc x, w, y, bias, scratch;
  Desc plain_w;           // w as the caller has it
  dnnl::reorder packing;  // plain to packed weights (grad_weight: back)
  bool packs = false;
  Layout x_layout, y_layout;
  std::string implementation;
  Algorithm algorithm;
};

dnnl::memory::data_type type_of(DType t) { return t == bf16 ? dnnl::memory::data_type::bf16 : dnnl::memory::data_type::f32; }
Tag tag_of(Layout l) { return l == Layout::nChw16c ? Tag::nChw16c : l == Layout::nChw8c ? Tag::nChw8c : Tag::nchw; }
Dims dims_of(const Shape& s) { return Dims(s.begin(), s.end()); }

Dims weight_dims(const Problem& p) {
  if (p.g.groups == 1) return dims_of(p.w);
  return {p.g.groups, p.w[0] / p.g.groups, p.w[1], p.w[2], p.w[3]};
}

bool suits_winograd(const Problem& p) {
  const int64_t C = p.x[1], O = p.y[1];
  return conv_plans() == ConvPlans::automatic && p.dtype == f32 && p.g.groups == 1 && p.w[2] == 3 && p.w[3] == 3 && p.g.stride[0] == 1 &&
         p.g.stride[1] == 1 && p.g.dilation[0] == 1 && p.g.dilation[1] == 1 && C % 16 == 0 && O % 16 == 0 && C >= 32 && O >= 32 &&
         p.x_layout == Layout::nChw16c && p.y_layout == Layout::nChw16c && p.y[0] * ((p.y[2] + 3) / 4) * ((p.y[3] + 3) / 4) >= 16;
}

// oneDNN 2 describes an operation first and then asks for an implementation; oneDNN 3 does both at once and has no Winograd.
Plan make_plan(const Problem& p, Algorithm how, Layout x_layout, Layout y_layout) {
  const auto type = type_of(p.dtype);
  const auto sums = dnnl::memory::data_type::f32;  // what gradients of weights and biases are added up in
  const Desc x(dims_of(p.x), type, tag_of(x_layout)), y(dims_of(p.y), type, tag_of(y_layout)), w(weight_dims(p), type, Tag::any);
  const Desc dw(weight_dims(p), sums, Tag::any), bias = p.bias ? Desc({p.y[1]}, sums, Tag::a) : Desc();
  const Dims strides{p.g.stride[0], p.g.stride[1]}, dilates{p.g.dilation[0] - 1, p.g.dilation[1] - 1};
  const Dims before{p.g.before[0], p.g.before[1]}, after{p.g.after[0], p.g.after[1]};
  const auto algorithm = how == Algorithm::winograd ? dnnl::algorithm::convolution_winograd : dnnl::algorithm::convolution_direct;
  const auto training = dnnl::prop_kind::forward_training;
  dnnl::primitive_attr attributes, plain;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);  // ours, so that any thread may run any plan
  plain.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  if (p.relu) {
    dnnl::post_ops after_sum;
#if DNNL_VERSION_MAJOR >= 3
    after_sum.append_eltwise(dnnl::algorithm::eltwise_relu, 0, 0);
#else
    after_sum.append_eltwise(1.0f, dnnl::algorithm::eltwise_relu, 0, 0);
#endif
    attributes.set_post_ops(after_sum);
  }

  Plan plan;
  const auto take = [&](const auto& d, const Desc& px, const Desc& pw, const Desc& py, auto&& primitive) {
    plan.primitive = primitive;
    plan.x = px, plan.w = pw, plan.y = py;
    plan.scratch = d.scratchpad_desc();
    plan.implementation = d.impl_info_str();
  };
  const Desc none;
#if DNNL_VERSION_MAJOR >= 3
  const auto forward = dnnl::convolution_forward::primitive_desc(engine(), training, algorithm, x, w, p.pass == ConvPass::forward ? bias : none, y,
                                                                 strides, dilates, before, after, p.pass == ConvPass::forward ? attributes : plain);
  const auto backward_input = [&] {
    return dnnl::convolution_backward_data::primitive_desc(engine(), algorithm, x, w, y, strides, dilates, before, after, forward, plain);
  };
  const auto backward_weight = [&] {
    return dnnl::convolution_backward_weights::primitive_desc(engine(), algorithm, x, dw, bias, y, strides, dilates, before, after, forward, plain);
  };
#else
  const dnnl::convolution_forward::primitive_desc forward(
      {training, algorithm, x, w, p.pass == ConvPass::forward ? bias : none, y, strides, dilates, before, after},
      p.pass == ConvPass::forward ? attributes : plain, engine());
  const auto backward_input = [&] {
    return dnnl::convolution_backward_data::primitive_desc({algorithm, x, w, y, strides, dilates, before, after}, plain, engine(), forward);
  };
  const auto backward_weight = [&] {
    return dnnl::convolution_backward_weights::primitive_desc({algorithm, x, dw, bias, y, strides, dilates, before, after}, plain, engine(), forward);
  };
#endif
  if (p.pass == ConvPass::forward) {
    take(forward, forward.src_desc(), forward.weights_desc(), forward.dst_desc(), dnnl::convolution_forward(forward));
  } else if (p.pass == ConvPass::grad_input) {
    const auto d = backward_input();
    take(d, d.diff_src_desc(), d.weights_desc(), d.diff_dst_desc(), dnnl::convolution_backward_data(d));
  } else {
    const auto d = backward_weight();
    take(d, d.src_desc(), d.diff_weights_desc(), d.diff_dst_desc(), dnnl::convolution_backward_weights(d));
  }
  plan.bias = bias;
  plan.plain_w = Desc(weight_dims(p), type_of(p.weights), p.g.groups == 1 ? Tag::oihw : Tag::goihw);
  plan.packs = plan.plain_w != plan.w;
  if (plan.packs || p.pass == ConvPass::grad_weight) {
    const bool back = p.pass == ConvPass::grad_weight;
    plan.packing = dnnl::reorder({engine(), back ? plan.w : plan.plain_w, engine(), back ? plan.plain_w : plan.w});
  }
  plan.x_layout = x_layout, plan.y_layout = y_layout;
  plan.algorithm = how;
  return plan;
}

bool slow(const Plan& p) { return p.implementation.find("ref") != std::string::npos; }

// The first candidate that oneDNN has a good implementation of; the last resort is whatever it has.
Plan best_plan(const Problem& p) {
  std::optional<Plan> last;
  const auto attempt = [&](Algorithm how, Layout x, Layout y) {
    try {
      last = make_plan(p, how, x, y);
    } catch (const dnnl::error&) { return false; }
    return !slow(*last);
  };
  if (suits_winograd(p) && attempt(Algorithm::winograd, p.x_layout, p.y_layout)) return *last;
  if (attempt(Algorithm::direct, p.x_layout, p.y_layout)) return *last;
  const Layout wide = widest_layout();
  for (auto [x, y] : {std::pair{wide, wide}, {p.x_layout, wide}, {wide, p.y_layout}, {Layout::strided, Layout::strided}})
    if (attempt(Algorithm::direct, x, y)) return *last;
  if (!last) throw UnsupportedError("[conv2d] oneDNN has no convolution for x " + p.x.str() + ", weight " + p.w.str() + ".");
  return *last;
}

using Key = std::array<int64_t, 29>;

std::shared_ptr<const Plan> plan_for(const Problem& p) {
  static std::mutex mutex;
  static std::map<Key, std::shared_ptr<const Plan>> plans;
  Key key{};
  size_t i = 0;
  for (const Shape* s : {&p.x, &p.w, &p.y})
    for (int64_t n : *s) key[i++] = n;
  for (const int64_t* pair : {p.g.stride, p.g.dilation, p.g.before, p.g.after}) key[i++] = pair[0], key[i++] = pair[1];
  key[i++] = p.g.groups;
  key[i++] = int64_t(p.pass), key[i++] = int64_t(p.dtype), key[i++] = int64_t(p.weights), key[i++] = int64_t(p.x_layout) * 4 + int64_t(p.y_layout);
  key[i++] = p.bias * 2 + p.relu + 4 * int(conv_plans());
  key[i++] = detail::in_parallel() ? 1 : num_threads();
  {
    std::lock_guard lock(mutex);
    if (auto found = plans.find(key); found != plans.end()) return found->second;
  }
  auto plan = std::make_shared<const Plan>(best_plan(p));
  std::lock_guard lock(mutex);
  if (plans.size() >= 4096) plans.clear();  // only for programs whose shapes never repeat
  return plans.emplace(key, std::move(plan)).first->second;
}

void reorder(const Plan& plan, const Desc& from, const void* x, const Desc& to, void* y) {
  dnnl::memory source = memory_at(from, x), target = memory_at(to, y);
  plan.packing.execute(stream(), source, target);
  stream().wait();
}

cpu::PackedWeights weights_for(const std::shared_ptr<const Plan>& plan, const Array& w) {
  if (!plan->packs) return {w.raw(), w.storage()};
  return cpu::packed_weights(plan, w, plan->w.get_size(), [&](void* to) { reorder(*plan, plan->plain_w, w.raw(), plan->w, to); });
}

// ---- bringing arrays into the plan's layouts

Array as(const Array& x, Layout layout) {
  if (layout == Layout::strided) return cpu::row_major(x);
  return to_blocked(x, layout);
}
const void* data_of(const Array& x, Layout layout) { return layout == Layout::strided ? x.raw() : x.lanes().raw(); }

// Where the plan puts its result: y itself, or an array in the plan's layout that is brought into y in the end.
Array place_for(const Array& y, Layout layout) { return y.layout() == layout ? y : blocked_array(y.shape(), y.dtype(), layout); }
void bring(const Array& from, Array& y) {
  if (from.storage() != y.storage()) assign(from, y);
}

Layout layout_for(const Array& x) { return x.layout() != Layout::strided ? x.layout() : x.size(1) >= 16 ? widest_layout() : Layout::strided; }

void run(const Plan& plan, std::unordered_map<int, dnnl::memory> arguments) {
  arguments.emplace(DNNL_ARG_SCRATCHPAD, memory_at(plan.scratch, cpu::working_memory(cpu::Purpose::scratch, plan.scratch.get_size())));
  plan.primitive.execute(stream(), arguments);
  stream().wait();
}

}  // namespace

void conv2d(const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y) {
  ThreadChoice threads(double(conv_flops(y.shape(), w.shape())));
  const auto plan =
      plan_for({ConvPass::forward, x.shape(), w.shape(), y.shape(), g, x.dtype(), bias.defined(), relu, layout_for(x), layout_for(y), w.dtype()});
  const Array from = as(x, plan->x_layout), weights = as(w, Layout::strided);
  const Array b = !bias.defined() || (bias.dtype() == f32 && bias.contiguous()) ? bias : cast_copy(bias, f32);
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
    const auto add_up = [&](float* total, int64_t count) {
      for (int64_t part = 1; part < parts; part++)
        parallel_for(count, 1 << 15, [&](int64_t begin, int64_t end) {
          for (int64_t i = begin; i < end; i++) total[i] += total[part * count + i];
        });
    };
    add_up(sums.ptr<float>(), n);
    if (dbias.defined()) add_up(bias_sums.ptr<float>(), dbias.numel());
    reorder(*plan, plan->w, sums.raw(), plan->plain_w, dw.raw());
  }
  if (dbias.defined() && bias_sums.storage() != dbias.storage()) {
    Array all = dbias.reshaped({1, dbias.numel()});
    device_ops().copy(bias_sums.sliced(0, 0, 1), all);
  }
}

bool has_winograd() { return DNNL_VERSION_MAJOR < 3 && widest_layout() == Layout::nChw16c; }

bool has_bf16() {
  static const bool has = int(dnnl::get_effective_cpu_isa()) >= int(dnnl::cpu_isa::avx512_core_bf16);
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
  try {
    const std::string name = plan_for({pass, x, w, y, g, dtype, false, false, layout(x[1]), layout(y[1]), f32})->implementation;
    return name.find("ref") == std::string::npos && name.find("gemm") == std::string::npos;
  } catch (const UnsupportedError&) { return false; }
}

std::string conv_plan(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g) {
  const auto layout = [&](int64_t channels) { return channels >= 16 ? widest_layout() : Layout::strided; };
  const Problem p{pass, x, w, y, g, dtype, false, false, layout(x[1]), layout(y[1]), f32};
  const auto plan = plan_for(p);
  const std::string& name = plan->implementation;
  const std::string shape = std::to_string(w[2]) + "x" + std::to_string(w[3]) + ", stride " + std::to_string(g.stride[0]) + ", " +
                            std::to_string(x[1]) + " to " + std::to_string(y[1]) + " channels, " + std::to_string(x[2]) + "x" + std::to_string(x[3]);
  if (plan->algorithm == Algorithm::winograd) return "Winograd F(4x4,3x3): " + shape;
  if (name.find("gemm") != std::string::npos) return "GEMM: " + shape + "; no direct kernel of oneDNN fits";
  return std::string(slow(*plan) ? "plain loops: " : "direct: ") + shape + (suits_winograd(p) ? "; no Winograd in this oneDNN or CPU" : "") + " (" +
         name + ")";
}

}  // namespace cairn::onednn
