// IDX: the format of MNIST and its relatives (LeCun, Cortes, Burges 1998). Big-endian: two zero bytes, one byte for the type, one
// for the number of axes, a u32 for each axis, then the elements row-major. Plain or gzip-compressed, told apart by the first bytes.
#pragma once

#include <string>

#include <cairn/io/bytes.h>
#include <cairn/tensor/tensor.h>

namespace cairn {

// The array of an IDX file: u8 i8 i32 f32 f64, or i16 as i32. FileError: not an IDX file, truncated, damaged, longer than it says.
Tensor load_idx(const std::string& path);
Tensor load_idx(const ByteSource& source);
// Writes u8 i8 i32 f32 f64; DtypeError for others.
void save_idx(const std::string& path, const Tensor& x);

}  // namespace cairn
