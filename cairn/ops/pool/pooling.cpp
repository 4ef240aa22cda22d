#include <cairn/ops/pool/pooling.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr int64_t most_places = int64_t{1} << 31;  // of a kernel, a stride, ...: products of two still fit

std::string sizes(Size2 s) { return std::to_string(s.h) + " x " + std::to_string(s.w); }

void check_between(const char* op, const char* what, Size2 s, int64_t low) {
  if (std::min(s.h, s.w) >= low && std::max(s.h, s.w) <= most_places) return;
  throw ConfigError(std::string("[") + op + "] the " + what + " must be at least " + std::to_string(low) + " and at most 2^31, not " + sizes(s) +
                    ". Hint: " + std::to_string(low) + " or more.");
}

// How many windows there are; 0 or less: none. Rounding up, the last one still has to begin within the image or the padding before it.
int64_t windows_along(int64_t n, int64_t kernel, int64_t stride, int64_t padding, int64_t dilation, bool ceil_mode) {
  const int64_t rest = n + 2 * padding - dilation * (kernel - 1) - 1 + (ceil_mode ? stride - 1 : 0);
  if (rest < 0) return 0;
  const int64_t count = rest / stride + 1;
  return ceil_mode && (count - 1) * stride >= n + padding ? count - 1 : count;
}

Windows adaptive_windows(Size2 in, Size2 out) {
  Windows w;
  if (in.h % out.h == 0 && in.w % out.w == 0) {
    w.kernel = w.stride = {in.h / out.h, in.w / out.w};
    return w;
  }
  const auto longest = [](int64_t n, int64_t m) { return n % m == 0 ? n / m : n / m + 2; };
  w.adaptive = true;
  w.kernel = {longest(in.h, out.h), longest(in.w, out.w)};
  return w;
}

void check_area(const char* op, const Windows& w) {
  if (w.kernel.h * w.kernel.w >= most_places)
    throw ConfigError(std::string("[") + op + "] a window of " + sizes(w.kernel) + " has more than 2^31 places. Hint: a smaller kernel.");
}

}  // namespace

Pooling pooling_of(const char* op, const Tensor& x, Size2 kernel, Size2 stride, Size2 padding, Size2 dilation, bool ceil_mode) {
  Pooling p;
  p.windows = {.kernel = kernel, .stride = stride == Size2(0) ? kernel : stride, .padding = padding, .dilation = dilation};
  p.ceil_mode = ceil_mode;
  check_between(op, "kernel", kernel, 1);
  check_between(op, "stride", p.windows.stride, 1);
  check_between(op, "dilation", dilation, 1);
  check_area(op, p.windows);
  if (std::min(padding.h, padding.w) < 0 || padding.h > kernel.h / 2 || padding.w > kernel.w / 2)
    throw ConfigError(std::string("[") + op + "] the padding must lie between 0 and half of the kernel (padding " + sizes(padding) + ", kernel " +
                      sizes(kernel) + "). Hint: at most " + sizes({kernel.h / 2, kernel.w / 2}) + " here.");
  check_rank(op, x, exactly(4));
  p.in = {x.size(2), x.size(3)};
  const auto count = [&](int axis) {
    return p.in[axis] == 0 ? 0 : windows_along(p.in[axis], kernel[axis], p.windows.stride[axis], padding[axis], dilation[axis], ceil_mode);
  };
  p.out = {count(0), count(1)};
  p.layout = x.array().layout();
  if (p.out.h > 0 && p.out.w > 0) return p;
  if (std::string_view(op).ends_with("1d"))
    fail_shape(op,
               "a window of " + std::to_string(kernel.w) + (dilation.w == 1 ? "" : " with dilation " + std::to_string(dilation.w)) +
                   " does not fit into a line of " + std::to_string(p.in.w) + (padding.w == 0 ? "" : " with padding " + std::to_string(padding.w)),
               {{"x", squeeze(x, 2)}}, "each layer with a stride makes lines shorter: use fewer of them here, a smaller kernel, or longer lines.");
  const std::string spread = dilation == Size2(1) ? "" : " with dilation " + sizes(dilation);
  const std::string padded = padding == Size2(0) ? "" : " with padding " + sizes(padding);
  fail_shape(op, "a window of " + sizes(kernel) + spread + " does not fit into an image of " + sizes(p.in) + padded, {{"x", x}},
             "each layer with a stride makes images smaller: use fewer of them here, a smaller kernel, or larger images.");
}

Pooling adaptive_pooling_of(const char* op, const Tensor& x, Size2 size) {
  check_between(op, "size of the result", size, 1);
  check_rank(op, x, exactly(4));
  Pooling p;
  p.in = {x.size(2), x.size(3)};
  p.out = size;
  p.adaptive = true;
  p.count_padding = false;
  p.layout = x.array().layout();
  if (p.in.h == 0 || p.in.w == 0)
    fail_shape(op, "an image without pixels has no average and no largest value", {{"x", x}}, "the layers before it have cut everything away.");
  p.windows = adaptive_windows(p.in, p.out);
  check_area(op, p.windows);
  return p;
}

namespace {

bool kept_blocked(const Pooling& p, DType dtype) { return p.layout != Layout::strided && !p.windows.adaptive && (dtype == f32 || dtype == bf16); }

}  // namespace

Array pooled_array(const Array& x, const Pooling& p, DType dtype) {
  const Shape shape = {x.size(0), x.size(1), p.out.h, p.out.w};
  checked_bytes(shape, size_of(dtype));
  const bool to_a_number = p.out == Size2(1);  // the classifier behind it reads rows of channels
  return kept_blocked(p, x.dtype()) && !to_a_number ? blocked_array(shape, dtype, p.layout) : Array(shape, dtype);
}

Array unpooled_array(const Array& dy, const Pooling& p) {
  const Shape shape = {dy.size(0), dy.size(1), p.in.h, p.in.w};
  return kept_blocked(p, dy.dtype()) ? blocked_array(shape, dy.dtype(), p.layout) : Array(shape, dy.dtype());
}

Size2 size2(const Attributes& at, std::string_view name) {
  const std::vector<int64_t>& v = at.integers(name);
  if (v.size() != 2) throw StateError("[pool] the attribute '" + std::string(name) + "' must have two numbers.");
  return {v[0], v[1]};
}

PoolingAttributes::PoolingAttributes(const Pooling& p)
    : kernel_(shape_of(p.windows.kernel)),
      stride_(shape_of(p.windows.stride)),
      padding_(shape_of(p.windows.padding)),
      dilation_(shape_of(p.windows.dilation)),
      in_(shape_of(p.in)),
      list_{Attr("kernel", kernel_),        Attr("stride", stride_),
            Attr("padding", padding_),      Attr("dilation", dilation_),
            Attr("ceil_mode", p.ceil_mode), Attr("count_include_pad", p.count_padding),
            Attr("adaptive", p.adaptive),   Attr("in", in_)} {}

Pooling pooling_of(const Attributes& at, Size2 out) {
  Pooling p;
  p.in = size2(at, "in");
  p.out = out;
  p.ceil_mode = at.boolean("ceil_mode");
  p.count_padding = at.boolean("count_include_pad");
  p.adaptive = at.boolean("adaptive");
  if (p.adaptive) p.windows = adaptive_windows(p.in, p.out);
  else p.windows = {size2(at, "kernel"), size2(at, "stride"), size2(at, "padding"), size2(at, "dilation")};
  return p;
}

}  // namespace cairn
