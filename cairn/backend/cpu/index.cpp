// Rows by number: what embeddings read (index_select), their gradient (index_add), and one-hot vectors.
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
  const Array rows = source.contiguous() ? source : contiguous_copy(source);
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
        else add(sum + begin, false, x + begin, false, sum + begin, end - begin);
      }
  });
}

Status CpuBackend::one_hot(const Array& index, Array& y) {
  const Array flat = index.contiguous() ? index : contiguous_copy(index);
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
