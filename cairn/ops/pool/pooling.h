// What the poolings share: PyTorch's options, checked, and the sizes that follow from them.
#pragma once

#include <array>
#include <span>

#include <cairn/backend/backend.h>
#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>
#include <cairn/tensor/layout.h>

namespace cairn {

// One pooling of images of one size: plain values, which backward captures.
struct Pooling {
  Windows windows;
  Size2 in, out;          // [H, W] of x and of y
  bool adaptive = false;  // asked for by the size of y; windows.adaptive is false all the same where windows are of one size
  bool ceil_mode = false, count_padding = true;
  Layout layout = Layout::strided;  // x's, and so dx's
};

// Rules (ConfigError): kernel, stride, dilation at least 1; padding at most half of the kernel. x: [N, C, H, W]; ShapeError when
// its rank is another or when no window fits. Stride 0: the kernel's.
Pooling pooling_of(const char* op, const Tensor& x, Size2 kernel, Size2 stride, Size2 padding, Size2 dilation, bool ceil_mode);
Pooling adaptive_pooling_of(const char* op, const Tensor& x, Size2 size);

// How the pooling over images gets x: f([N, C, H, W]) for x [N, C, H, W] or [C, H, W]; f([N, C, 1, L]) for x [N, C, L] or [C, L].
template <class F> Tensor over_images(const char* op, const Tensor& x, F f) {
  check_rank(op, x, {3, 4});
  check_floating(op, x);
  return x.rank() == 4 ? f(x) : squeeze(f(unsqueeze(x, 0)), 0);
}
template <class F> Tensor over_sequences(const char* op, const Tensor& x, F f) {
  check_rank(op, x, {2, 3});
  check_floating(op, x);
  const Tensor y = squeeze(f(unsqueeze(x.rank() == 3 ? x : unsqueeze(x, 0), 2)), 2);
  return x.rank() == 3 ? y : squeeze(y, 0);
}

// A fresh y for x [N, C, ...]: blocked by channels where x is and the kernels keep it so.
Array pooled_array(const Array& x, const Pooling& p, DType dtype);
// A fresh dx, in the layout that x had.
Array unpooled_array(const Array& dy, const Pooling& p);

inline Shape shape_of(Size2 s) { return {s.h, s.w}; }
Size2 size2(const Attributes& at, std::string_view name);  // back from a traced call

// What a traced call of a gradient keeps of a Pooling. The list points into the object.
class PoolingAttributes {
 public:
  explicit PoolingAttributes(const Pooling& p);
  PoolingAttributes(const PoolingAttributes&) = delete;
  operator std::span<const Attr>() const { return list_; }

 private:
  Shape kernel_, stride_, padding_, dilation_, in_;
  std::array<Attr, 8> list_;
};
// The Pooling again; out: the size of y.
Pooling pooling_of(const Attributes& at, Size2 out);

}  // namespace cairn
