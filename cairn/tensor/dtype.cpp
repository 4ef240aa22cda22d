// Names of the element types, promotion, and binary16, which C++20 has no type for.
#include <cairn/tensor/dtype.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {

namespace {
const std::vector<std::string> names = {"f32", "f64", "bf16", "f16", "i8", "u8", "i32", "i64", "bool"};
}  // namespace

const char* name_of(DType t) { return names[size_t(t)].c_str(); }

DType dtype_named(const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) throw ConfigError("there is no element type '" + printable(name) + "'. Hint: " + join(names, " ") + ".");
  return DType(found - names.begin());
}

DType promote(DType a, DType b) {
  if (a == b) return a;
  auto category = [](DType t) { return is_floating(t) ? 2 : is_integer(t) ? 1 : 0; };
  if (category(a) != category(b)) return category(a) > category(b) ? a : b;
  auto either = [&](DType t) { return a == t || b == t; };
  if (category(a) == 2) return either(f64) ? f64 : f32;  // bf16 with f16 meet in f32
  return either(i64) ? i64 : i32;                        // i8 with u8 meet in i32
}

void check_fits(const char* op, double value, DType dtype) {
  if (!is_integer(dtype)) return;
  visit(dtype, [&](auto tag) {
    using T = decltype(tag);
    if constexpr (std::is_integral_v<T>) {
      const double low = double(std::numeric_limits<T>::min()), high = double(std::numeric_limits<T>::max()), cut = std::trunc(value);
      if (!(cut >= low && cut < high + 1))
        throw DtypeError(fmt::format("[{}] {} does not fit into {}. Hint: a wider type, such as f32.", op, value, name_of(dtype)));
    }
  });
}

// Binary16 has 1 sign, 5 exponent (bias 15) and 10 fraction bits.
f16_t::f16_t(float f) {
  uint32_t u;
  std::memcpy(&u, &f, 4);
  const uint16_t sign = uint16_t((u >> 16) & 0x8000);
  const uint32_t magnitude = u & 0x7fffffffu;
  if (magnitude > 0x7f800000u) bits = uint16_t(sign | 0x7e00 | ((magnitude >> 13) & 0x1ff));  // NaN keeps its upper payload
  else if (magnitude >= 0x477ff000u) bits = uint16_t(sign | 0x7c00);                          // rounds to infinity from 65520 on
  else if (magnitude >= 0x38800000u) {                                                        // normal
    const uint32_t rebiased = magnitude - 0x38000000u;
    bits = uint16_t(sign | ((rebiased + 0xfffu + ((rebiased >> 13) & 1)) >> 13));
  } else if (magnitude >= 0x33000000u) {  // subnormal: shift the fraction with its hidden one
    const int shift = 126 - int(magnitude >> 23);
    const uint32_t fraction = (magnitude & 0x7fffffu) | 0x800000u;
    const uint32_t half = uint32_t{1} << (shift - 1), rest = fraction & ((half << 1) - 1);
    uint32_t rounded = fraction >> shift;
    rounded += rest > half || (rest == half && (rounded & 1));
    bits = uint16_t(sign | rounded);
  } else {
    bits = sign;
  }
}

f16_t::operator float() const {
  const uint32_t sign = uint32_t(bits & 0x8000) << 16, exponent = (bits >> 10) & 31, fraction = bits & 0x3ff;
  uint32_t u;
  if (exponent == 31) u = sign | 0x7f800000u | (fraction << 13);
  else if (exponent != 0) u = sign | ((exponent + 112) << 23) | (fraction << 13);
  else {
    const float value = float(fraction) * 0x1p-24f;  // exact
    return sign ? -value : value;
  }
  float f;
  std::memcpy(&f, &u, 4);
  return f;
}

}  // namespace cairn
