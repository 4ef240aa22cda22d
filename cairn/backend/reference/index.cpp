// Reading and writing at places that other arrays name. All of it is gather and scatter: an index vector for whole slices is an
// index array that repeats it (stride 0) along the other axes.
#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

using namespace reference;

namespace {

Array repeated(const Array& index, int axis, const Shape& shape) {
  return index.with(shape, with_stride(Shape::filled(shape.rank(), 0), axis, index.strides()[0]), index.offset());
}

template <class T> T plus(T a, T b) {
  if constexpr (std::is_same_v<T, bool>) return a || b;
  else return wrap_add(a, b);
}

}  // namespace

Status ReferenceBackend::wrap_indices(const Array& index, int64_t size, Array& y) {
  if (index.dtype() != i32 && index.dtype() != i64) unsupported("index", "an index", index.dtype());
  Status status;
  int64_t position = 0;
  const auto wrap = [&](int64_t i) {
    const bool good = i >= -size && i < size;
    if (!good && status.ok()) status = {position, i};
    position++;
    return good ? (i < 0 ? i + size : i) : 0;
  };
  if (index.dtype() == i32) map<int32_t, int64_t>(index, y, wrap);
  else map<int64_t, int64_t>(index, y, wrap);
  return status;
}

void ReferenceBackend::index_select(const Array& x, int axis, const Array& index, Array& y) { gather(x, axis, repeated(index, axis, y.shape()), y); }

void ReferenceBackend::index_add(int axis, const Array& index, const Array& source, Array& y) {
  scatter(Scatter::add, axis, repeated(index, axis, source.shape()), source, y);
}

void ReferenceBackend::gather(const Array& x, int axis, const Array& index, Array& y) {
  const int64_t step = x.strides()[axis];
  visit(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    const T* xs = x.ptr<T>();
    const int64_t* is = index.ptr<int64_t>();
    T* ys = y.ptr<T>();
    for_each_index(y.shape(), {with_stride(x.strides(), axis, 0), index.strides(), y.strides()},
                   [=](const int64_t* at) { ys[at[2]] = xs[at[0] + is[at[1]] * step]; });
  });
}

void ReferenceBackend::scatter(Scatter how, int axis, const Array& index, const Array& source, Array& y) {
  if (how == Scatter::add && (y.dtype() == bf16 || y.dtype() == f16)) {  // many sums, one rounding: in f32
    Array wide_source(source.shape(), f32), wide_y(y.shape(), f32);
    ReferenceBackend::copy(source, wide_source);
    ReferenceBackend::copy(y, wide_y);
    ReferenceBackend::scatter(how, axis, index, wide_source, wide_y);
    return ReferenceBackend::copy(wide_y, y);
  }
  const int64_t step = y.strides()[axis];
  visit(y.dtype(), [&](auto tag) {
    using T = decltype(tag);
    const int64_t* is = index.ptr<int64_t>();
    const T* sources = source.ptr<T>();
    T* ys = y.ptr<T>();
    for_each_index(index.shape(), {index.strides(), source.strides(), with_stride(y.strides(), axis, 0)}, [=](const int64_t* at) {
      T& to = ys[at[2] + is[at[0]] * step];
      to = how == Scatter::add ? static_cast<T>(plus<Wide<T>>(to, sources[at[1]])) : sources[at[1]];
    });
  });
}

int64_t ReferenceBackend::count_true(const Array& mask) {
  int64_t count = 0;
  for_each_index(mask.shape(), {mask.strides()}, [&](const int64_t* at) { count += mask.ptr<bool>()[at[0]]; });
  return count;
}

void ReferenceBackend::masked_select(const Array& x, const Array& mask, Array& y) {
  visit(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    T* next = y.ptr<T>();
    for_each_index(mask.shape(), {mask.strides(), x.strides()}, [&](const int64_t* at) {
      if (mask.ptr<bool>()[at[0]]) *next++ = x.ptr<T>()[at[1]];
    });
  });
}

void ReferenceBackend::nonzero(const Array& mask, Array& y) {
  const int rank = mask.rank();
  int64_t* row = y.ptr<int64_t>();
  int64_t position = 0;
  for_each_index(mask.shape(), {mask.strides()}, [&](const int64_t* at) {
    int64_t rest = position++;
    if (!mask.ptr<bool>()[at[0]]) return;
    for (int axis = rank - 1; axis >= 0; axis--) {
      row[axis] = rest % mask.size(axis);
      rest /= mask.size(axis);
    }
    row += rank;
  });
}

Status ReferenceBackend::one_hot(const Array& index, Array& y) {
  const int64_t classes = y.shape().back();
  Status status;
  ReferenceBackend::fill(y, 0);
  visit(y.dtype(), [&](auto tag) {
    using T = decltype(tag);
    int64_t position = 0;
    for_each_index(index.shape(), {index.strides()}, [&](const int64_t* at) {
      const int64_t i = index.ptr<int64_t>()[at[0]];
      if (i >= 0 && i < classes) y.ptr<T>()[position * classes + i] = convert<T>(1);
      else if (status.ok()) status = {position, i};
      position++;
    });
  });
  return status;
}

}  // namespace cairn
