// Element types. f32 is the default; f64 is for gradient checks; bf16 is a real compute type; the others store data and indices.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

namespace cairn {

enum class DType : uint8_t { f32, f64, bf16, f16, i8, u8, i32, i64, boolean };
inline constexpr DType f32 = DType::f32, f64 = DType::f64, bf16 = DType::bf16, f16 = DType::f16, i8 = DType::i8, u8 = DType::u8, i32 = DType::i32,
                       i64 = DType::i64, boolean = DType::boolean;

// bfloat16: the upper half of a float. Rounds to nearest even; NaN stays NaN.
struct bf16_t {
  uint16_t bits = 0;
  bf16_t() = default;
  bf16_t(float f) {
    uint32_t u;
    std::memcpy(&u, &f, 4);
    bits = (u & 0x7fffffffu) > 0x7f800000u ? uint16_t((u >> 16) | 0x40) : uint16_t((u + 0x7fffu + ((u >> 16) & 1)) >> 16);
  }
  operator float() const {
    uint32_t u = uint32_t(bits) << 16;
    float f;
    std::memcpy(&f, &u, 4);
    return f;
  }
};

// IEEE 754 binary16. Rounds to nearest even; subnormals are kept.
struct f16_t {
  uint16_t bits = 0;
  f16_t() = default;
  f16_t(float f);
  operator float() const;
};

namespace detail {
inline constexpr uint8_t element_bytes[] = {4, 8, 2, 2, 1, 1, 4, 8, 1};
}
inline int64_t size_of(DType t) { return detail::element_bytes[int(t)]; }      // bytes an element
const char* name_of(DType t);                                                  // "f32", ..., "bool"
DType dtype_named(const std::string& name);                                    // ConfigError when there is none
inline bool is_floating(DType t) { return t <= DType::f16; }                   // f32 f64 bf16 f16
inline bool is_integer(DType t) { return t >= DType::i8 && t <= DType::i64; }  // i8 u8 i32 i64 (not bool)

// The type of a op b: the higher category of (bool < integer < floating); within a category the wider one; bf16 with f16 gives f32;
// i8 with u8 gives i32 (f32 with any integer stays f32). Numbers written in C++ ("weak") only lift the category: x_bf16 * 2.5 is bf16,
// x_i64 * 2 is i64, x_i64 * 2.5 is f32.
DType promote(DType a, DType b);

// A number that was written down for a type that cannot hold it (300 as u8, NaN as i64) is a mistake: DtypeError. Cutting 2.5 to 2 is not.
void check_fits(const char* op, double value, DType dtype);

template <class T> struct DTypeOf;
template <> struct DTypeOf<float> { static constexpr DType value = f32; };
template <> struct DTypeOf<double> { static constexpr DType value = f64; };
template <> struct DTypeOf<bf16_t> { static constexpr DType value = bf16; };
template <> struct DTypeOf<f16_t> { static constexpr DType value = f16; };
template <> struct DTypeOf<int8_t> { static constexpr DType value = i8; };
template <> struct DTypeOf<uint8_t> { static constexpr DType value = u8; };
template <> struct DTypeOf<int32_t> { static constexpr DType value = i32; };
template <> struct DTypeOf<int64_t> { static constexpr DType value = i64; };
template <> struct DTypeOf<bool> { static constexpr DType value = boolean; };
template <class T> inline constexpr DType dtype_of = DTypeOf<std::remove_cv_t<T>>::value;

// Calls f with a value of the C++ type of `t`: visit(t, [&](auto tag) { using T = decltype(tag); ... }).
template <class F> decltype(auto) visit(DType t, F&& f) {
  switch (t) {
    case DType::f32: return f(float{});
    case DType::f64: return f(double{});
    case DType::bf16: return f(bf16_t{});
    case DType::f16: return f(f16_t{});
    case DType::i8: return f(int8_t{});
    case DType::u8: return f(uint8_t{});
    case DType::i32: return f(int32_t{});
    case DType::i64: return f(int64_t{});
    case DType::boolean: break;
  }
  return f(bool{});
}
template <class F> decltype(auto) visit_floating(DType t, F&& f) {
  switch (t) {
    case DType::f64: return f(double{});
    case DType::bf16: return f(bf16_t{});
    case DType::f16: return f(f16_t{});
    default: return f(float{});
  }
}
// The type that reference kernels compute T in: float for the 16-bit types, T itself otherwise.
template <class T> using Wide = std::conditional_t<std::is_same_v<T, bf16_t> || std::is_same_v<T, f16_t>, float, T>;

}  // namespace cairn
