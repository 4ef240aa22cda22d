// One plan a pass, shape and number of threads: which of oneDNN's algorithms, how images and weights lie. conv_plan.cpp has the rules.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include <cairn/backend/conv.h>
#include <cairn/backend/cpu/onednn/engine.h>
#include <cairn/backend/cpu/working_memory.h>
#include <cairn/tensor/layout.h>

namespace cairn::onednn {

using Desc = dnnl::memory::desc;

enum class Algorithm { direct, winograd };

struct Problem {
  ConvPass pass;
  Shape x, w, y;
  ConvGeometry g;
  DType dtype;
  bool bias, relu;
  Layout x_layout, y_layout;
  DType weights;               // of w, or dw, as the caller has them: the images' type, or f32 beside bf16
  bool channels_last = false;  // images as [N, H, W, C], whatever the layouts say
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

// Kept for the next call, and valid for this thread's number of threads only. UnsupportedError where oneDNN knows no way.
std::shared_ptr<const Plan> plan_for(const Problem& p);

bool suits_winograd(const Problem& p);
// Do oneDNN's bf16 kernels (2.6) add numbers of earlier calls to gradients of weights, with tiles or without? Where columns are strided and a column
// of the filter lies in the padding for every pixel of y, as in images narrower than the filter.
bool sums_stray(const Problem& p);
inline bool padded(const ConvGeometry& g) { return g.before[0] != 0 || g.before[1] != 0 || g.after[0] != 0 || g.after[1] != 0; }
inline bool slow(const Plan& p) { return p.implementation.find("ref") != std::string::npos; }  // plain loops

// plan.packing from one form of the weights into the other.
void reorder(const Plan& plan, const Desc& from, const void* x, const Desc& to, void* y);
cpu::PackedWeights weights_for(const std::shared_ptr<const Plan>& plan, const Array& w);

// Where a result in that layout is put: y itself if it lies so, else an array that bring() takes to y in the end.
Array place_for(const Array& y, Layout layout);
void bring(const Array& from, Array& y);
void add_up(float* sums, int64_t shares, int64_t n);  // [shares, n]: the sums of all threads into those of the first
Array bias_for(const Array& bias);                    // as plans take it: row-major f32; not defined where bias is not

// Runs the plan with working memory of this thread.
void run(const Plan& plan, std::unordered_map<int, dnnl::memory> arguments);

}  // namespace cairn::onednn
