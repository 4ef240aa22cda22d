// The vector loops of pooling (pool_loops.cpp: planes of row-major images; pool_blocked.cpp: images blocked by channels).
#pragma once

#include <cairn/backend/windows.h>

namespace cairn::cpu {

// One pooling over planes (or blocks of channels) of one size.
struct PoolPlanes {
  Windows w;
  int64_t H, W, OH, OW;
  int64_t count;  // planes; blocks
  DType dtype;    // of x and y: f32 or bf16
  bool wide;      // places are i32, not u8
  bool count_padding;
  bool past_caches;  // for results too large to stay there
};

// Planes [begin, end) of row-major images. place may be null. The gradients take strides 1 and 2 along rows (fast_gradient()).
void max_pool_planes(const PoolPlanes& p, const void* x, void* y, void* place, int64_t begin, int64_t end);
void avg_pool_planes(const PoolPlanes& p, const void* x, void* y, int64_t begin, int64_t end);
void max_pool_grad_planes(const PoolPlanes& p, const void* dy, const void* place, void* dx, int64_t begin, int64_t end);
void avg_pool_grad_planes(const PoolPlanes& p, const void* dy, void* dx, int64_t begin, int64_t end);
inline bool fast_gradient(const PoolPlanes& p) { return p.w.stride.w <= 2; }

// The window is the whole image.
void max_of_planes(const PoolPlanes& p, const void* x, void* y, void* place, int64_t begin, int64_t end);
void avg_of_planes(const PoolPlanes& p, const void* x, void* y, int64_t begin, int64_t end);
// dx = factor dy all over a plane; with places: 0, and dy there.
void fill_planes(const PoolPlanes& p, const void* dy, double factor, const void* place, void* dx, int64_t begin, int64_t end);

// The same for blocks of `block` channels (8 or 16), [H, W, block] each. Dilation 1.
void max_pool_blocks(const PoolPlanes& p, int64_t block, const void* x, void* y, void* place, int64_t begin, int64_t end);
void avg_pool_blocks(const PoolPlanes& p, int64_t block, const void* x, void* y, int64_t begin, int64_t end);
void max_pool_grad_blocks(const PoolPlanes& p, int64_t block, const void* dy, const void* place, void* dx, int64_t begin, int64_t end);
void avg_pool_grad_blocks(const PoolPlanes& p, int64_t block, const void* dy, void* dx, int64_t begin, int64_t end);

}  // namespace cairn::cpu
