#include <cairn/tensor/layout.h>

#include <algorithm>
#include <cstring>
#include <mutex>

#include <cairn/base/threads.h>

namespace cairn {

namespace {

std::atomic<uint64_t> conversions{0}, converted_bytes{0};

void count_conversion(const Shape& shape, DType dtype) {
  conversions.fetch_add(1, std::memory_order_relaxed);
  converted_bytes.fetch_add(uint64_t(shape.numel()) * uint64_t(size_of(dtype)), std::memory_order_relaxed);
}

// Brings every block of channels of `strided` (row-major) into `lanes` or back. A tile of 64 pixels stays in the L1 cache while its
// rows are read and its columns written.
template <class T, int64_t B, bool to_lanes> void convert_blocks(T* strided, T* lanes, const Shape& shape) {
  const int64_t C = shape[1], pixels = shape[2] * shape[3], blocks = (C + B - 1) / B, tile = 64;
  parallel_for(shape[0] * blocks, std::max<int64_t>(1, 16384 / std::max<int64_t>(1, pixels * B)), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      const int64_t c0 = i % blocks * B, filled = std::min(B, C - c0);
      T* plane = strided + (i / blocks * C + c0) * pixels;
      T* block = lanes + i * pixels * B;
      for (int64_t p0 = 0; p0 < pixels; p0 += tile) {
        const int64_t p1 = std::min(pixels, p0 + tile);
        for (int64_t c = 0; c < filled; c++)
          for (int64_t p = p0; p < p1; p++)
            if constexpr (to_lanes) block[p * B + c] = plane[c * pixels + p];
            else plane[c * pixels + p] = block[p * B + c];
        if constexpr (to_lanes)
          for (int64_t c = filled; c < B; c++)
            for (int64_t p = p0; p < p1; p++) block[p * B + c] = T(0);
      }
    }
  });
}

template <bool to_lanes> void convert(std::byte* strided, std::byte* lanes, const Shape& shape, DType dtype, Layout layout) {
  const auto run = [&](auto tag) {
    using T = decltype(tag);
    T *s = reinterpret_cast<T*>(strided), *l = reinterpret_cast<T*>(lanes);
    layout == Layout::nChw16c ? convert_blocks<T, 16, to_lanes>(s, l, shape) : convert_blocks<T, 8, to_lanes>(s, l, shape);
  };
  switch (size_of(dtype)) {  // bits are moved, whatever they mean
    case 1: run(uint8_t{}); break;
    case 2: run(uint16_t{}); break;
    case 4: run(uint32_t{}); break;
    default: run(uint64_t{});
  }
  count_conversion(shape, dtype);
}

std::mutex adding;  // rare and short: one for all storages

}  // namespace

int64_t blocked_numel(const Shape& shape, Layout l) {
  const int64_t B = block_of(l);
  return l == Layout::strided ? shape.numel() : shape[0] * ((shape[1] + B - 1) / B) * shape[2] * shape[3] * B;
}

const char* name_of(Layout l) { return l == Layout::nChw16c ? "nChw16c" : l == Layout::nChw8c ? "nChw8c" : "strided"; }

LayoutConversions layout_conversions() { return {conversions.load(std::memory_order_relaxed), converted_bytes.load(std::memory_order_relaxed)}; }

Array blocked_array(const Shape& shape, DType dtype, Layout layout) {
  if (layout == Layout::strided) return Array(shape, dtype);
  if (shape.rank() != 4) throw ShapeError("[blocked_array] only images [N, C, H, W] can be blocked by channels (shape " + shape.str() + ").");
  const Shape padded{shape[0], (shape[1] + block_of(layout) - 1) / block_of(layout), shape[2], shape[3], block_of(layout)};
  auto images = std::make_unique<BlockedImages>();
  images->layout = layout;
  images->shape = shape;
  images->dtype = dtype;
  images->memory = make_ref<Storage>(size_t(checked_bytes(padded, size_of(dtype))));
  return Array(make_ref<Storage>(std::move(images)), shape, contiguous_strides(shape), 0, dtype);
}

Array array_like(const Array& x) { return array_like(x, x.dtype()); }
Array array_like(const Array& x, DType dtype) { return blocked_array(x.shape(), dtype, x.layout()); }

Array to_blocked(const Array& x, Layout layout) {
  if (x.layout() == layout) return x;
  Array y = blocked_array(x.shape(), x.dtype(), layout);
  assign(x, y);
  return y;
}

void assign(const Array& x, Array& y) {
  if (!y.blocked()) return device_ops().copy(x, y);
  Array lanes = y.lanes();
  if (x.layout() == y.layout()) return device_ops().copy(x.lanes(), lanes);
  const Array from = x.contiguous() && x.dtype() == y.dtype() ? x : cast_copy(x, y.dtype());
  convert<true>(static_cast<std::byte*>(from.raw()), lanes.ptr<std::byte>(), y.shape(), y.dtype(), y.layout());
}

Layout Array::whole_layout() const {
  const BlockedImages& b = *storage_->blocked();
  return offset_ == 0 && dtype_ == b.dtype && shape_ == b.shape && contiguous() ? b.layout : Layout::strided;
}

Array Array::lanes() const {
  const BlockedImages& b = *storage_->blocked();
  const int64_t n = blocked_numel(b.shape, b.layout);
  return Array(b.memory, {n}, {1}, 0, dtype_);
}

// ---- a storage's two forms

std::byte* Storage::add_strided_form() const {
  if (!blocked_) return nullptr;  // an empty view of memory of somebody else's
  std::lock_guard lock(adding);
  if (std::byte* p = data_.load(std::memory_order_acquire)) return p;
  auto* p = static_cast<std::byte*>(allocate(bytes_));
  const BlockedImages& b = *blocked_;
  convert<false>(p, b.memory->data(), b.shape, b.dtype, b.layout);
  data_.store(p, std::memory_order_release);
  return p;
}

void Storage::drop_blocked_form() {
  data();
  blocked_.reset();
}

}  // namespace cairn
