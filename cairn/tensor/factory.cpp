// Making tensors.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/tensor/host_loops.h>
#include <cairn/tensor/tensor.h>

namespace cairn {

namespace {

// A fresh tensor of f(i), computed in double.
template <class F> Tensor made(const Shape& shape, DType dtype, F&& f) {
  Array values(shape, dtype);
  visit(dtype, [&](auto tag) {
    using T = decltype(tag);
    T* p = values.ptr<T>();
    for (int64_t i = 0, n = values.numel(); i < n; i++) p[i] = detail::convert<T>(f(i));
  });
  return Tensor(values);
}

}  // namespace

NestedList::NestedList(std::initializer_list<NestedList> parts) : shape{int64_t(parts.size())} {
  for (const NestedList& p : parts) {
    if (p.shape != parts.begin()->shape)
      throw ShapeError("[tensor] the list is ragged: parts of shape " + parts.begin()->shape.str() + " and " + p.shape.str() +
                       " stand beside each other. Hint: all rows have the same length.");
    values.insert(values.end(), p.values.begin(), p.values.end());
  }
  if (parts.size())
    for (int64_t s : parts.begin()->shape) shape.push_back(s);
}

Tensor empty(const Shape& shape, DType dtype) { return Tensor(Array(shape, dtype)); }

Tensor full(const Shape& shape, double value, DType dtype) {
  check_fits("full", value, dtype);
  Array a(shape, dtype);
  device_ops().fill(a, value);
  return Tensor(a);
}
Tensor zeros(const Shape& shape, DType dtype) { return full(shape, 0, dtype); }
Tensor ones(const Shape& shape, DType dtype) { return full(shape, 1, dtype); }

Tensor eye(int64_t n, DType dtype) {
  Array a = zeros({n, n}, dtype).array();
  Array diagonal = a.with({n}, {n + 1}, 0);
  device_ops().fill(diagonal, 1);
  return Tensor(a);
}

Tensor arange(double stop, DType dtype) { return arange(0, stop, 1, dtype); }

Tensor arange(double start, double stop, double step, DType dtype) {
  const double steps = (stop - start) / step;
  if (step == 0 || !std::isfinite(step) || !std::isfinite(start) || !std::isfinite(stop))
    throw ConfigError(fmt::format(
        "[arange] start, stop and step must be finite and step not 0 (start {}, stop {}, step {}). Hint: 1 counts up, -1 down.", start, stop, step));
  if (steps < 0) throw ConfigError(fmt::format("[arange] a step of {} leads from {} away from {}. Hint: the other sign.", step, start, stop));
  if (steps > 0x1p62) throw OutOfMemoryError(fmt::format("[arange] {} elements are too many. Hint: a larger step.", steps));
  const double count = std::ceil(steps);
  check_fits("arange", start, dtype);
  if (count > 0) check_fits("arange", start + (count - 1) * step, dtype);
  return made({int64_t(count)}, dtype, [&](int64_t i) { return start + double(i) * step; });
}

Tensor linspace(double start, double stop, int64_t count, DType dtype) {
  if (count < 0) throw ConfigError("[linspace] count must be at least 0, got " + std::to_string(count) + ". Hint: linspace(start, stop, count).");
  check_fits("linspace", start, dtype);
  check_fits("linspace", stop, dtype);
  // From both ends, so that the last value is exactly `stop`.
  const double step = count > 1 ? (stop - start) / double(count - 1) : 0;
  return made({count}, dtype,
              [&](int64_t i) { return i < count / 2 || count == 1 ? start + double(i) * step : stop - double(count - 1 - i) * step; });
}

Tensor empty_like(const Tensor& x) { return empty(x.shape(), x.dtype()); }
Tensor zeros_like(const Tensor& x) { return zeros(x.shape(), x.dtype()); }
Tensor ones_like(const Tensor& x) { return ones(x.shape(), x.dtype()); }
Tensor full_like(const Tensor& x, double value) { return full(x.shape(), value, x.dtype()); }

Tensor tensor(const NestedList& list, DType dtype) {
  for (double v : list.values) check_fits("tensor", v, dtype);
  return made(list.shape, dtype, [&](int64_t i) { return list.values[size_t(i)]; });
}

template <class T> Tensor from_span(std::span<const T> values, const Shape& shape) {
  const int64_t bytes = checked_bytes(shape, int64_t(sizeof(T)));
  if (int64_t(values.size() * sizeof(T)) != bytes)
    throw ShapeError("[from_span] " + std::to_string(values.size()) + " values do not fill the shape " + shape.str() +
                     ". Hint: its sizes must multiply up to their number.");
  Array a(shape, dtype_of<T>);
  std::copy(values.begin(), values.end(), a.ptr<T>());
  return Tensor(a);
}
template Tensor from_span(std::span<const float>, const Shape&);
template Tensor from_span(std::span<const double>, const Shape&);
template Tensor from_span(std::span<const bf16_t>, const Shape&);
template Tensor from_span(std::span<const f16_t>, const Shape&);
template Tensor from_span(std::span<const int8_t>, const Shape&);
template Tensor from_span(std::span<const uint8_t>, const Shape&);
template Tensor from_span(std::span<const int32_t>, const Shape&);
template Tensor from_span(std::span<const int64_t>, const Shape&);
template Tensor from_span(std::span<const bool>, const Shape&);

}  // namespace cairn
