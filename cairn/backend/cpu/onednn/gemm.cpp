// f32 goes through oneDNN's sgemm, which costs nothing to call (a 1x784x128 product takes 4 us) and takes transposes as they are.
// bf16 goes through matmul primitives: making one generates machine code (0.1 to 8 ms), so they are kept by shape and strides.
//
// m, n, k: y is m x n, k is summed over.  ld: the distance between rows (or columns) of a stored matrix.
#include "gemm.h"

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include <cairn/backend/cpu/onednn/engine.h>
#include <cairn/base/threads.h>

namespace cairn::onednn {
namespace {

// The last two axes as BLAS wants them: rows of unit stride, or (transposed) columns of unit stride.
struct Layout2 {
  bool transposed = false;
  int64_t ld = 0;
};

// Nothing when neither axis has unit stride, or rows overlap (expanded, flipped): then a copy is needed.
std::optional<Layout2> layout_of(const Array& x) {
  int r = x.rank();
  int64_t rows = x.size(-2), columns = x.size(-1), row_stride = x.strides()[r - 2], column_stride = x.strides()[r - 1];
  if (rows == 1) row_stride = std::max(columns, int64_t{1});
  if (columns == 1) column_stride = rows == 1 || row_stride == 1 ? std::max(rows, int64_t{1}) : 1;
  if (column_stride == 1 && row_stride >= std::max(columns, int64_t{1})) return Layout2{false, row_stride};
  if ((row_stride == 1 || rows == 1) && column_stride >= std::max(rows, int64_t{1})) return Layout2{true, column_stride};
  return std::nullopt;
}

// Element offset of batch entry `index` (row-major over all axes but the last two).
int64_t batch_offset(const Array& x, int64_t index) {
  int64_t at = 0;
  for (int axis = x.rank() - 3; axis >= 0; axis--) {
    at += index % x.size(axis) * x.strides()[axis];
    index /= x.size(axis);
  }
  return at;
}

bool batch_expanded(const Array& x) {
  for (int axis = 0; axis < x.rank() - 2; axis++)
    if (x.size(axis) != 1 && x.strides()[axis] != 0) return false;
  return true;
}

// [..., m, k] seen as [batch * m, k], when the strides allow it.
bool rows_follow_on(const Array& x) {
  int64_t expected = x.strides()[x.rank() - 2] * x.size(-2);
  if (x.size(-2) == 1) return x.contiguous();
  for (int axis = x.rank() - 3; axis >= 0; axis--) {
    if (x.size(axis) == 1) continue;
    if (x.strides()[axis] != expected) return false;
    expected *= x.size(axis);
  }
  return true;
}

constexpr double batch_grain_flops = 4e5;  // products of a batch that one thread should take at least

struct Product {
  int64_t m, n, k;
  Layout2 a, b;
  DType result = f32;
  double flops() const { return 2.0 * double(m) * double(n) * double(k); }
};

void sgemm(const Product& p, const float* a, const float* b, float* y, bool accumulate) {
  dnnl_sgemm(p.a.transposed ? 'T' : 'N', p.b.transposed ? 'T' : 'N', p.m, p.n, p.k, 1.0f, a, p.a.ld, b, p.b.ld, accumulate ? 1.0f : 0.0f, y, p.n);
}

// ---- bf16 --------------------------------------------------------------------------------------------------------

struct Plan {
  dnnl::matmul primitive;
  dnnl::memory::desc a, b, y, scratch;
};

dnnl::matmul::primitive_desc describe_matmul(const dnnl::memory::desc& a, const dnnl::memory::desc& b, const dnnl::memory::desc& y,
                                             const dnnl::primitive_attr& attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return {engine(), a, b, y, attributes};
#else
  return {dnnl::matmul::desc(a, b, y), attributes, engine()};
#endif
}

std::shared_ptr<const Plan> make_plan(const Product& p, bool accumulate) {
  using Desc = dnnl::memory::desc;
  const auto type = dnnl::memory::data_type::bf16;
  auto strides = [](const Layout2& l) { return l.transposed ? dnnl::memory::dims{1, l.ld} : dnnl::memory::dims{l.ld, 1}; };
  Desc a({p.m, p.k}, type, strides(p.a)), b({p.k, p.n}, type, strides(p.b)),
      y({p.m, p.n}, p.result == f32 ? dnnl::memory::data_type::f32 : type, dnnl::memory::dims{p.n, 1});
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);  // ours, so that any thread may run any plan
  if (accumulate) {
    dnnl::post_ops add;
    add.append_sum(1.0f);
    attributes.set_post_ops(add);
  }
  try {
    auto d = describe_matmul(a, b, y, attributes);
    return std::make_shared<const Plan>(Plan{dnnl::matmul(d), a, b, y, d.scratchpad_desc()});
  } catch (const dnnl::error&) {
    return nullptr;  // this CPU has no bf16 kernels
  }
}

// Plans are small (some KiB of code); the bound only matters to programs whose shapes never repeat.
std::shared_ptr<const Plan> plan_for(const Product& p, bool accumulate) {
  using Key = std::array<int64_t, 9>;
  static std::mutex mutex;
  static std::map<Key, std::shared_ptr<const Plan>> plans;
  Key key{p.m,
          p.n,
          p.k,
          p.a.transposed,
          p.a.ld,
          p.b.transposed,
          p.b.ld,
          int64_t(p.result),
          int64_t{accumulate} * 65536 + (detail::in_parallel() ? 1 : num_threads())};
  {
    std::lock_guard lock(mutex);
    if (auto found = plans.find(key); found != plans.end()) return found->second;
  }
  auto plan = make_plan(p, accumulate);
  std::lock_guard lock(mutex);
  if (plans.size() >= 1024) plans.clear();
  return plans.emplace(key, std::move(plan)).first->second;
}

bool bf16_gemm(const Product& p, const void* a, const void* b, void* y, bool accumulate) {
  auto plan = plan_for(p, accumulate);
  if (!plan) return false;
  Storage scratch(plan->scratch.get_size());
  plan->primitive.execute(stream(), {{DNNL_ARG_SRC, memory_at(plan->a, a)},
                                     {DNNL_ARG_WEIGHTS, memory_at(plan->b, b)},
                                     {DNNL_ARG_DST, memory_at(plan->y, y)},
                                     {DNNL_ARG_SCRATCHPAD, memory_at(plan->scratch, scratch.data())}});
  stream().wait();
  return true;
}

bool bf16_by_f32(const Array& a, const Array& b, Array& y, bool accumulate) {
  if (y.dtype() == f32) {
    matmul(cast_copy(a, f32), cast_copy(b, f32), y, accumulate);
    return true;
  }
  Array wide = accumulate ? cast_copy(y, f32) : Array(y.shape(), f32);
  matmul(cast_copy(a, f32), cast_copy(b, f32), wide, accumulate);
  device_ops().copy(wide, y);
  return true;
}

bool multiply(const Product& p, const Array& a, int64_t at_a, const Array& b, int64_t at_b, Array& y, int64_t at_y, bool accumulate) {
  ThreadChoice threads(p.flops());
  if (a.dtype() == bf16) {
    std::byte* to = static_cast<std::byte*>(y.raw()) + at_y * size_of(y.dtype());
    return bf16_gemm(p, a.ptr<bf16_t>() + at_a, b.ptr<bf16_t>() + at_b, to, accumulate);
  }
  sgemm(p, a.ptr<float>() + at_a, b.ptr<float>() + at_b, y.ptr<float>() + at_y, accumulate);
  return true;
}

}  // namespace

void matmul(const Array& a, const Array& b, Array& y, bool accumulate) {
  if (y.numel() == 0) return;
  Product p{y.size(-2), y.size(-1), a.size(-1), {}, {}, y.dtype()};
  if (p.k == 0) {
    if (!accumulate) device_ops().fill(y, 0);
    return;
  }
  auto la = layout_of(a), lb = layout_of(b);
  if (!la) return matmul(contiguous_copy(a), b, y, accumulate);
  if (!lb) return matmul(a, contiguous_copy(b), y, accumulate);
  p.a = *la, p.b = *lb;

  int64_t batch = y.numel() / (p.m * p.n);
  if (batch > 1 && !p.a.transposed && batch_expanded(b) && rows_follow_on(a)) {  // one weight for all: one tall product
    p.m *= batch;
    batch = 1;
  }
  bool done = true;
  if (batch == 1) {
    done = multiply(p, a, 0, b, 0, y, 0, accumulate);
  } else if (a.dtype() == bf16 && !plan_for(p, accumulate)) {
    done = false;
  } else {
    // Products large enough for the whole pool come one after the other, small ones side by side, each on one thread.
    auto some = [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) multiply(p, a, batch_offset(a, i), b, batch_offset(b, i), y, i * p.m * p.n, accumulate);
    };
    int64_t grain = std::max<int64_t>(1, int64_t(batch_grain_flops / p.flops()));
    if (p.flops() > 3e7 && batch % num_threads() != 0) some(0, batch);
    else parallel_for(batch, grain, some);
  }
  if (!done) bf16_by_f32(a, b, y, accumulate);
}

std::string describe() {
  const dnnl_version_t* v = dnnl_version();
  const char* isa = "other";
  switch (dnnl::get_effective_cpu_isa()) {
    case dnnl::cpu_isa::sse41: isa = "sse41"; break;
    case dnnl::cpu_isa::avx: isa = "avx"; break;
    case dnnl::cpu_isa::avx2: isa = "avx2"; break;
    case dnnl::cpu_isa::avx2_vnni: isa = "avx2_vnni"; break;
    case dnnl::cpu_isa::avx512_core: isa = "avx512_core"; break;
    case dnnl::cpu_isa::avx512_core_vnni: isa = "avx512_core_vnni"; break;
    case dnnl::cpu_isa::avx512_core_bf16: isa = "avx512_core_bf16"; break;
    case dnnl::cpu_isa::avx512_core_amx: isa = "avx512_core_amx"; break;
    default: break;
  }
  return "oneDNN " + std::to_string(v->major) + "." + std::to_string(v->minor) + "." + std::to_string(v->patch) + ", isa " + isa;
}

}  // namespace cairn::onednn
