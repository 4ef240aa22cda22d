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
#include <cairn/backend/cpu/onednn/conv_plan.h>

#include <array>
#include <map>
#include <mutex>
#include <optional>

#include <cairn/backend/cpu/onednn/conv.h>

namespace cairn::onednn {
namespace {

using Dims = dnnl::memory::dims;
using Tag = dnnl::memory::format_tag;

dnnl::memory::data_type type_of(DType t) { return t == bf16 ? dnnl::memory::data_type::bf16 : dnnl::memory::data_type::f32; }
Tag tag_of(Layout l) { return l == Layout::nChw16c ? Tag::nChw16c : l == Layout::nChw8c ? Tag::nChw8c : Tag::nchw; }
Dims dims_of(const Shape& s) { return Dims(s.begin(), s.end()); }

Dims weight_dims(const Problem& p) {
  if (p.g.groups == 1) return dims_of(p.w);
  return {p.g.groups, p.w[0] / p.g.groups, p.w[1], p.w[2], p.w[3]};
}

// oneDNN 2 describes an operation first and then asks for an implementation; oneDNN 3 does both at once and has no Winograd.
Plan make_plan(const Problem& p, Algorithm how, Layout x_layout, Layout y_layout) {
  const auto type = type_of(p.dtype);
  const Tag x_tag = p.channels_last ? Tag::nhwc : tag_of(x_layout), y_tag = p.channels_last ? Tag::nhwc : tag_of(y_layout);
  const auto sums = dnnl::memory::data_type::f32;  // what gradients of weights and biases are added up in
  const Desc x(dims_of(p.x), type, x_tag), y(dims_of(p.y), type, y_tag), w(weight_dims(p), type, Tag::any);
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

}  // namespace

bool suits_winograd(const Problem& p) {
  const int64_t C = p.x[1], O = p.y[1];
  return conv_plans() == ConvPlans::automatic && p.dtype == f32 && p.g.groups == 1 && p.w[2] == 3 && p.w[3] == 3 && p.g.stride[0] == 1 &&
         p.g.stride[1] == 1 && p.g.dilation[0] == 1 && p.g.dilation[1] == 1 && C % 16 == 0 && O % 16 == 0 && C >= 32 && O >= 32 &&
         p.x_layout == Layout::nChw16c && p.y_layout == Layout::nChw16c && p.y[0] * ((p.y[2] + 3) / 4) * ((p.y[3] + 3) / 4) >= 16;
}

bool sums_stray(const Problem& p) {
  if (p.pass != ConvPass::grad_weight || p.dtype != bf16 || p.g.stride[1] == 1) return false;
  for (int64_t j = 0; j < p.w[3]; j++) {
    bool seen = false;
    for (int64_t q = 0; q < p.y[3] && !seen; q++) {
      const int64_t column = q * p.g.stride[1] + j * p.g.dilation[1] - p.g.before[1];
      seen = column >= 0 && column < p.x[3];
    }
    if (!seen) return true;
  }
  return false;
}

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
  key[i++] = p.bias * 2 + p.relu + 4 * int(conv_plans()) + 16 * p.channels_last;
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

Array place_for(const Array& y, Layout layout) { return y.layout() == layout ? y : blocked_array(y.shape(), y.dtype(), layout); }
void bring(const Array& from, Array& y) {
  if (from.storage() != y.storage()) assign(from, y);
}
void add_up(float* sums, int64_t shares, int64_t n) {
  parallel_for(n, 1 << 15, [&](int64_t begin, int64_t end) {
    for (int64_t share = 1; share < shares; share++)
      for (int64_t i = begin; i < end; i++) sums[i] += sums[share * n + i];
  });
}

Array bias_for(const Array& bias) { return !bias.defined() || (bias.dtype() == f32 && bias.contiguous()) ? bias : cast_copy(bias, f32); }

void run(const Plan& plan, std::unordered_map<int, dnnl::memory> arguments) {
  arguments.emplace(DNNL_ARG_SCRATCHPAD, memory_at(plan.scratch, cpu::working_memory(cpu::Purpose::scratch, plan.scratch.get_size())));
  plan.primitive.execute(stream(), arguments);
  stream().wait();
}

}  // namespace cairn::onednn
