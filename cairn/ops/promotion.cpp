#include <cairn/ops/promotion.h>

#include <limits>

#include <cairn/backend/backend.h>
#include <cairn/ops/ops.h>

namespace cairn {

namespace {

int category(DType t) { return t == boolean ? 0 : is_integer(t) ? 1 : 2; }

// x_u8 < 300 must not become x_u8 < 44.
void check_number(int64_t number, DType dtype) {
  visit(dtype, [&](auto tag) {
    using T = decltype(tag);
    if constexpr (std::is_integral_v<T>)
      if (number < int64_t(std::numeric_limits<T>::min()) || number > int64_t(std::numeric_limits<T>::max()))
        throw DtypeError("the number " + std::to_string(number) + " does not fit into " + name_of(dtype) +
                         ", the type of the tensor beside it. Hint: convert the tensor first, with to(i64).");
  });
}

}  // namespace

DType common_dtype(const Tensor& a, const Tensor& b) {
  if (a.is_weak() == b.is_weak()) return promote(a.dtype(), b.dtype());
  const DType number = (a.is_weak() ? a : b).dtype(), other = (a.is_weak() ? b : a).dtype();
  return category(number) > category(other) ? promote(number, other) : other;
}

Tensor to_dtype(const Tensor& x, DType dtype) {
  if (x.dtype() == dtype) return x;
  if (!x.is_weak() || x.requires_grad()) return cast(x, dtype);
  if (x.dtype() == i64 && is_integer(dtype)) check_number(*x.array().ptr<int64_t>(), dtype);
  Array number(Shape{}, dtype);
  if (x.dtype() == f32) backend().fill(number, x.impl()->number);
  else backend().copy(x.array(), number);
  return Tensor(number);
}

Operands to_promoted(const Tensor& a, const Tensor& b) {
  const DType dtype = common_dtype(a, b);
  return {to_dtype(a, dtype), to_dtype(b, dtype)};
}

Tensor to_floating(const Tensor& x) { return is_floating(x.dtype()) ? x : to_dtype(x, f32); }

void refuse_bool(const char* op, const Tensor& x) {
  if (x.dtype() == boolean)
    throw DtypeError(std::string("[") + op + "] is not defined for bool (x " + x.shape().str() + "). Hint: x.to(i64) counts with 0 and 1.");
}

}  // namespace cairn
