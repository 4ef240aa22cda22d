// What all normalisations have in common: the learned scale and shift (weight, bias), their checks, and the numbers in formulas.
#pragma once

#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>

namespace cairn {

// x floating, with the axes that the rule asks for; eps not negative (ConfigError).
void check_normalised(const char* op, const Tensor& x, RankRule rank, double eps);
// A weight, bias or running statistic, if it is there: shaped `wanted`, of x's type (or f32 beside a 16-bit x). `rule` says what it must
// have: "one number for each of the 3 channels".
void check_parameter(const char* op, const Tensor& x, const char* name, const Tensor& parameter, const Shape& wanted, const std::string& rule);

// What a traced graph hands to a gradient op: x [N, C, ...] and a dy of its shape and type.
void check_gradient(const char* op, const Tensor& x, const Tensor& dy);

inline DType statistics_type(DType x) { return x == f64 ? f64 : f32; }
// The values of input i; not defined when the input is not.
inline Array array_or_none(const Call& op, int i) { return i < op.count() && op.input(i).defined() ? op[i] : Array(); }
inline Tensor input_or_none(const std::vector<Tensor>& in, size_t i) { return i < in.size() ? in[i] : Tensor(); }
// For formulas: 16-bit numbers in f32, as the kernels compute.
inline Tensor at_least_f32(const Tensor& x) { return x.dtype() == f64 ? x : cast(x, f32); }
// [C] as [1, C, 1, ...], to broadcast against an x of that many axes.
Tensor along_channels(const Tensor& parameter, int rank);

}  // namespace cairn
