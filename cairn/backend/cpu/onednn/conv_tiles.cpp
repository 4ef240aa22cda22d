// A tile instruction multiplies 16 x 32 by 32 x 16 numbers of bf16 in 16 cycles, sixteen times what a vector instruction does in f32. For
// convolutions oneDNN uses it only where all channels of a pixel lie side by side, [N, H, W, C]. Ours lie in blocks of 16 channels, so a few
// images at a time are brought into that order, multiplied, and the result is brought back, all in the cache of the core that does it:
//
//   each thread, for each part of the images:   blocks -> pixels | oneDNN's primitive for that many images, on this thread alone | pixels -> blocks
//
// Reading and writing a part costs what reading and writing it costs anyway, so no layout for whole activations is needed. What is left of the
// images is filled up with zeros to a part of the same size: sums over images do not notice, and a second plan is not needed.
//
// Two cores of a Xeon with AMX, batch 128, ms forward / gradient of the image / of the weights, beside the fastest f32 (Winograd; direct at
// stride 2):
//   64 to 64, 32x32               4.8 / 4.9 /  9.0     f32 13.8 / 13.5 / 15.3
//   128 to 128, 16x16             3.6 / 5.3 / 10.2     f32 12.8 / 12.2 / 13.0
//   256 to 256, 8x8               5.5 / 6.2 / 13.0     f32 13.3 / 13.6 / 13.8
//   64 to 128, 32x32, stride 2    3.5 / 7.0 / 10.3     f32 13.0 / 16.3 / 17.5
// Where tiles are left half empty, or sums of weights weigh, conv_patches.cpp is asked first.
#include <cairn/backend/cpu/onednn/conv_tiles.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/onednn/conv.h>
#include <cairn/backend/cpu/onednn/conv_plan.h>
#include <cairn/backend/cpu/onednn/pixels.h>
#include <cairn/base/threads.h>

namespace cairn::onednn {
namespace {

constexpr int64_t block = 16;  // channels

struct Parts {
  int64_t images, count;  // in each part; how many parts
};

// Sums of weights are walked over once a part, so parts are no smaller than those.
Parts parts_of(const Problem& p) {
  const int64_t N = p.x[0], threads = detail::in_parallel() ? 1 : num_threads();
  const int64_t an_image = (p.x.numel() + p.y.numel()) / N * int64_t(sizeof(bf16_t));
  const int64_t walked = p.w.numel() * int64_t(p.pass == ConvPass::grad_weight ? 2 * sizeof(float) : 2 * sizeof(bf16_t));
  const int64_t images = std::min(std::max<int64_t>(1, std::max(part_bytes, walked) / an_image), (N + threads - 1) / threads);
  return {images, (N + images - 1) / images};
}

// oneDNN's tiles (2.6) take numbers of earlier calls for those of the images in three cases:
//   forward               a stride that leaves rows of the image out, which no pixel of y sees (only from 64 channels on; not worth the difference)
//   gradient of weights   rows dilated, and channels that do not fill their last block; and what sums_stray says
bool wrong(const Problem& p) {
  if (p.pass == ConvPass::forward) return p.g.stride[0] > p.g.dilation[0] * (p.w[2] - 1) + 1;
  return sums_stray(p) || (p.pass == ConvPass::grad_weight && p.g.dilation[0] > 1 && p.x[1] % block != 0);
}

bool suits(const Problem& p) {
  const int64_t C = p.x[1], O = p.y[1];
  if (!has_tiles() || p.g.groups != 1 || conv_plans() == ConvPlans::winograd || O < block) return false;
  return C >= block || (C <= 4 && p.pass != ConvPass::grad_input);  // a picture's channels are few
}

struct Job {
  Parts parts;
  std::shared_ptr<const Plan> plan;
  Step step{1, 1};  // between the pixels of x that are looked at
};

std::optional<Job> job_for(Problem p) {
  if (!suits(p)) return {};
  Job job;
  if (p.w[2] * p.w[3] == 1 && !padded(p.g)) {  // a filter of one element never sees what its stride leaves out
    job.step = {p.g.stride[0], p.g.stride[1]};
    p.x[2] = p.y[2], p.x[3] = p.y[3];
    p.g.stride[0] = p.g.stride[1] = 1;
  }
  for (int a : {0, 1})
    if (p.w[a + 2] == 1) p.g.dilation[a] = 1;
  if (wrong(p)) return {};
  job.parts = parts_of(p);
  p.channels_last = true;
  p.x[0] = p.y[0] = job.parts.images;
  std::optional<InlineScope> alone;
  if (job.parts.count > 1) alone.emplace();
  try {
    job.plan = plan_for(p);
  } catch (const UnsupportedError&) { return {}; }
  if (job.plan->implementation.find("amx") == std::string::npos) return {};
  return job;
}

// f(first image, how many of them, x's pixels, y's pixels, share) for every part; each of `shares` threads has parts that follow on each other.
template <class F> void each_part(const Job& job, int64_t N, int64_t shares, F f) {
  parallel_for(shares, 1, [&](int64_t begin, int64_t end) {
    auto* x = static_cast<bf16_t*>(cpu::working_memory(cpu::Purpose::x_pixels, job.plan->x.get_size()));
    auto* y = static_cast<bf16_t*>(cpu::working_memory(cpu::Purpose::y_pixels, job.plan->y.get_size()));
    for (int64_t share = begin; share < end; share++)
      for (int64_t part = job.parts.count * share / shares; part < job.parts.count * (share + 1) / shares; part++) {
        const int64_t first = part * job.parts.images;
        f(first, std::min(job.parts.images, N - first), x, y, share);
      }
  });
}

int64_t shares_of(const Job& job) { return std::min<int64_t>(job.parts.count, detail::in_parallel() ? 1 : num_threads()); }

}  // namespace

bool has_tiles() {
  static const bool has = int(dnnl::get_effective_cpu_isa()) >= int(dnnl::cpu_isa::avx512_core_amx);
  return has;
}

bool tiled_conv2d(const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y) {
  ThreadChoice threads(double(conv_flops(y.shape(), w.shape())));
  const auto job =
      job_for({ConvPass::forward, x.shape(), w.shape(), y.shape(), g, bf16, bias.defined(), relu, Layout::strided, Layout::strided, w.dtype()});
  if (!job) return false;
  const Array from = in_blocks(x), weights = cpu::row_major(w);
  const Array b = bias_for(bias);
  const cpu::PackedWeights packed = weights_for(job->plan, weights);
  Array to = place_for(y, Layout::nChw16c);
  each_part(*job, x.size(0), shares_of(*job), [&](int64_t first, int64_t count, bf16_t* x_pixels, bf16_t* y_pixels, int64_t) {
    take_pixels(from, first, count, job->parts.images, x_pixels, job->step);
    std::unordered_map<int, dnnl::memory> arguments{{DNNL_ARG_SRC, memory_at(job->plan->x, x_pixels)},
                                                    {DNNL_ARG_WEIGHTS, memory_at(job->plan->w, packed.data)},
                                                    {DNNL_ARG_DST, memory_at(job->plan->y, y_pixels)}};
    if (b.defined()) arguments.emplace(DNNL_ARG_BIAS, memory_at(job->plan->bias, b.raw()));
    run(*job->plan, std::move(arguments));
    put_pixels(y_pixels, first, count, to);
  });
  bring(to, y);
  return true;
}

bool tiled_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Array& dx) {
  ThreadChoice threads(double(conv_flops(dy.shape(), w.shape())));
  const auto job =
      job_for({ConvPass::grad_input, dx.shape(), w.shape(), dy.shape(), g, bf16, false, false, Layout::strided, Layout::strided, w.dtype()});
  if (!job) return false;
  const Array from = in_blocks(dy), weights = cpu::row_major(w);
  const cpu::PackedWeights packed = weights_for(job->plan, weights);
  Array to = place_for(dx, Layout::nChw16c);
  each_part(*job, dy.size(0), shares_of(*job), [&](int64_t first, int64_t count, bf16_t* x_pixels, bf16_t* y_pixels, int64_t) {
    take_pixels(from, first, count, job->parts.images, y_pixels);
    run(*job->plan, {{DNNL_ARG_DIFF_DST, memory_at(job->plan->y, y_pixels)},
                     {DNNL_ARG_WEIGHTS, memory_at(job->plan->w, packed.data)},
                     {DNNL_ARG_DIFF_SRC, memory_at(job->plan->x, x_pixels)}});
    put_pixels(x_pixels, first, count, to, job->step);
  });
  bring(to, dx);
  return true;
}

bool tiled_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Array& dw, Array& dbias) {
  ThreadChoice threads(double(conv_flops(dy.shape(), dw.shape())));
  const auto job = job_for(
      {ConvPass::grad_weight, x.shape(), dw.shape(), dy.shape(), g, bf16, dbias.defined(), false, Layout::strided, Layout::strided, dw.dtype()});
  if (!job) return false;
  const Array images = in_blocks(x), grads = in_blocks(dy);
  // Each thread adds up its own sums, of weights and then of the bias, those of its first part being the start.
  const int64_t shares = shares_of(*job), weights = int64_t(job->plan->w.get_size() / sizeof(float)), n = weights + dy.size(1);
  const Array sums({shares, n}, f32), part_sums({shares, n}, f32);
  std::vector<char> begun(size_t(shares), 0);
  each_part(*job, x.size(0), shares, [&](int64_t first, int64_t count, bf16_t* x_pixels, bf16_t* y_pixels, int64_t share) {
    take_pixels(images, first, count, job->parts.images, x_pixels, job->step);
    take_pixels(grads, first, count, job->parts.images, y_pixels);
    float *total = sums.ptr<float>() + share * n, *part = begun[size_t(share)] ? part_sums.ptr<float>() + share * n : total;
    std::unordered_map<int, dnnl::memory> arguments{{DNNL_ARG_SRC, memory_at(job->plan->x, x_pixels)},
                                                    {DNNL_ARG_DIFF_DST, memory_at(job->plan->y, y_pixels)},
                                                    {DNNL_ARG_DIFF_WEIGHTS, memory_at(job->plan->w, part)}};
    if (dbias.defined()) arguments.emplace(DNNL_ARG_DIFF_BIAS, memory_at(job->plan->bias, part + weights));
    run(*job->plan, std::move(arguments));
    if (part != total)
      for (int64_t i = 0; i < n; i++) total[i] += part[i];
    begun[size_t(share)] = 1;
  });
  add_up(sums.ptr<float>(), shares, n);
  reorder(*job->plan, job->plan->w, sums.raw(), job->plan->plain_w, dw.raw());
  if (dbias.defined()) {
    Array all = dbias.reshaped({1, dbias.numel()});
    device_ops().copy(sums.sliced(0, 0, 1).sliced(1, weights, dbias.numel()), all);
  }
  return true;
}

std::string tiled_plan(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, const ConvGeometry& g) {
  const auto job = job_for({pass, x, w, y, g, bf16, false, false, Layout::strided, Layout::strided, f32});
  return job ? "in tiles: " + described(x, w, y, g) + " (" + job->plan->implementation + ")" : "";
}

}  // namespace cairn::onednn
