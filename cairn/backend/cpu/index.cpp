// Rows by number: what embeddings read (index_select), their gradient (index_add), one-hot vectors; elements by number (gather, scatter);
// triangles of matrices.
#include <algorithm>
#include <atomic>
#include <cstring>

#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/reference/loop.h>

namespace cairn {

using namespace cpu;

namespace {

int64_t elements_behind(const Array& x, int axis) {
  int64_t n = 1;
  for (int i = axis + 1; i < x.rank(); i++) n *= x.size(i);
  return n;
}

}  // namespace

// Which index is bad, if any, the reference finds out.
Status CpuBackend::wrap_indices(const Array& index, int64_t size, Array& y) {
  if (index.dtype() != i64 || !index.contiguous()) return ReferenceBackend::wrap_indices(index, size, y);
  const int64_t n = index.numel(), *from = index.ptr<int64_t>();
  int64_t* to = y.ptr<int64_t>();
  std::atomic<bool> bad = false;
  parallel_for(n, cheap_grain, [&](int64_t begin, int64_t end) {
    bool outside = false;
    for (int64_t i = begin; i < end; i++) {
      const int64_t place = from[i] + (from[i] < 0 ? size : 0);
      to[i] = place;
      outside |= uint64_t(place) >= uint64_t(size);
    }
    if (outside) bad = true;
  });
  return bad ? ReferenceBackend::wrap_indices(index, size, y) : Status{};
}

// y[o][i] = x[o][index[i]], each a run of `inner` elements.
void CpuBackend::index_select(const Array& x, int axis, const Array& index, Array& y) {
  if (!x.contiguous()) return ReferenceBackend::index_select(x, axis, index, y);
  const int64_t inner = elements_behind(x, axis), n = x.size(axis), k = index.size(0), step = index.strides()[0];
  if (y.numel() == 0) return;
  const size_t bytes = size_t(inner * size_of(x.dtype()));
  const int64_t* from = index.ptr<int64_t>();
  parallel_for(y.numel() / inner, std::max<int64_t>(1, cheap_grain / inner), [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; r++)
      std::memcpy(y.ptr<std::byte>() + size_t(r) * bytes, x.ptr<std::byte>() + size_t(r / k * n + from[r % k * step]) * bytes, bytes);
  });
}

// Threads share out the columns, not the rows: each sees all rows in order, so that equal indices add up in the same order always.
void CpuBackend::index_add(int axis, const Array& index, const Array& source, Array& y) {
  if (y.dtype() != f32 || source.dtype() != f32 || !y.contiguous()) return ReferenceBackend::index_add(axis, index, source, y);
  const Array rows = row_major(source);
  const int64_t inner = elements_behind(y, axis), n = y.size(axis), k = index.size(0), step = index.strides()[0];
  if (rows.numel() == 0) return;
  const int64_t outer = rows.numel() / (inner * k);
  const int64_t* to = index.ptr<int64_t>();
  const BinaryLoop add = binary_loop(Binary::add);
  parallel_for(inner, std::max<int64_t>(64, cheap_grain / (outer * k)), [&](int64_t begin, int64_t end) {
    for (int64_t o = 0; o < outer; o++)
      for (int64_t i = 0; i < k; i++) {
        float* sum = y.ptr<float>() + (o * n + to[i * step]) * inner;
        const float* x = rows.ptr<float>() + (o * k + i) * inner;
        if (end - begin == 1) sum[begin] += x[begin];
        else add(sum + begin, false, x + begin, false, sum + begin, end - begin, false);
      }
  });
}

namespace {

// Do the arrays agree in all axes but `axis`, and lie row-major?
bool one_block(const Array& x, const Array& index, int axis) {
  for (int i = 0; i < x.rank(); i++)
    if (i != axis && x.size(i) != index.size(i)) return false;
  return x.contiguous() && index.contiguous() && index.numel() > 0;
}

// Calls f(type) with an unsigned integer of the elements' size: gathering and replacing move bits.
template <class F> void visit_bits(DType dtype, F f) {
  switch (size_of(dtype)) {
    case 1: return f(uint8_t{});
    case 2: return f(uint16_t{});
    case 4: return f(uint32_t{});
    default: return f(uint64_t{});
  }
}

}  // namespace

// y[o][i][j] = x[o][index[o][i][j]][j], o before the axis and j behind it.
void CpuBackend::gather(const Array& x, int axis, const Array& index, Array& y) {
  if (!one_block(x, index, axis)) return ReferenceBackend::gather(x, axis, index, y);
  const int64_t inner = elements_behind(x, axis), n = x.size(axis), k = index.size(axis);
  visit_bits(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    parallel_for(y.numel() / (k * inner), std::max<int64_t>(1, cheap_grain / (k * inner)), [&](int64_t begin, int64_t end) {
      for (int64_t o = begin; o < end; o++) {
        const T* from = x.ptr<T>() + o * n * inner;
        const int64_t* at = index.ptr<int64_t>() + o * k * inner;
        T* to = y.ptr<T>() + o * k * inner;
        if (inner == 1)
          for (int64_t i = 0; i < k; i++) to[i] = from[at[i]];
        else
          for (int64_t i = 0; i < k; i++, at += inner, to += inner)
            for (int64_t j = 0; j < inner; j++) to[j] = from[at[j] * inner + j];
      }
    });
  });
}

// Threads share out the blocks before the axis, so that what meets in one place meets in order.
void CpuBackend::scatter(Scatter how, int axis, const Array& index, const Array& source, Array& y) {
  if (!one_block(y, index, axis) || !source.contiguous() || (how == Scatter::add && y.dtype() != f32))
    return ReferenceBackend::scatter(how, axis, index, source, y);
  const int64_t inner = elements_behind(y, axis), n = y.size(axis), k = index.size(axis);
  const auto run = [&](auto tag, auto put) {
    using T = decltype(tag);
    parallel_for(index.numel() / (k * inner), std::max<int64_t>(1, cheap_grain / (k * inner)), [&](int64_t begin, int64_t end) {
      const int64_t* at = index.ptr<int64_t>() + begin * k * inner;
      const T* from = source.ptr<T>() + begin * k * inner;
      T* to = y.ptr<T>() + begin * n * inner;
      for (int64_t o = begin; o < end; o++, to += n * inner)
        for (int64_t i = 0; i < k; i++, at += inner, from += inner)
          for (int64_t j = 0; j < inner; j++) put(to[at[j] * inner + j], from[j]);
    });
  };
  if (how == Scatter::add) return run(float{}, [](float& to, float x) { to += x; });
  visit_bits(y.dtype(), [&](auto tag) { run(tag, [](auto& to, auto x) { to = x; }); });
}

// A row keeps what lies left (or right) of the diagonal.
void CpuBackend::triangle(const Array& x, int64_t diagonal, bool upper, Array& y) {
  if (!x.contiguous() || !y.contiguous() || x.numel() == 0) return ReferenceBackend::triangle(x, diagonal, upper, y);
  const int64_t rows = x.size(-2), columns = x.size(-1), bytes = size_of(x.dtype());
  diagonal = std::clamp(diagonal, -rows, columns);
  parallel_for(x.numel() / columns, std::max<int64_t>(1, cheap_grain / columns), [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; r++) {
      const int64_t cut = std::clamp<int64_t>(r % rows + diagonal + !upper, 0, columns);  // columns before it, and those from it on
      const std::byte* from = x.ptr<std::byte>() + r * columns * bytes;
      std::byte* to = y.ptr<std::byte>() + r * columns * bytes;
      const size_t left = size_t(cut * bytes), right = size_t((columns - cut) * bytes);
      if (upper) std::memset(to, 0, left), std::memcpy(to + left, from + left, right);
      else std::memcpy(to, from, left), std::memset(to + left, 0, right);
    }
  });
}

Status CpuBackend::one_hot(const Array& index, Array& y) {
  const Array flat = row_major(index);
  const int64_t classes = y.shape().back();
  Status status;
  fill(y, 0);
  visit(y.dtype(), [&](auto tag) {
    using T = decltype(tag);
    T* row = y.ptr<T>();
    for (int64_t i = 0; i < flat.numel(); i++, row += classes) {
      const int64_t c = flat.ptr<int64_t>()[i];
      if (c >= 0 && c < classes) row[c] = reference::convert<T>(1);
      else if (status.ok()) status = {i, c};
    }
  });
  return status;
}

}  // namespace cairn
