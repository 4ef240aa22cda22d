// NumPy's files: .npy is one array, .npz a zip archive of them (NumPy enhancement proposal 1; versions 1 to 3). A header in Python's notation,
// {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }, then the elements.
#pragma once

#include <cairn/io/safetensors.h>

namespace cairn {

// f16 f32 f64 i8 u8 i32 i64 bool as themselves; i2 and u2 become i32, u4 becomes i64. Either byte order and either order of the axes.
// FileError: damaged, truncated, a header beyond 10,000 bytes; arrays of Python objects are refused, because reading them runs code.
// UnsupportedError for complex numbers, texts, dates, u8-byte unsigned numbers and more than eight axes.
Tensor load_npy(const std::string& path);
Tensor load_npy(const ByteSource& source);
// By name, without the ".npy" that the archive writes behind each.
Tensors load_npz(const std::string& path);
Tensors load_npz(const ByteSource& source);

// Version 1, row-major, little-endian, durably. DtypeError for bf16, which NumPy does not have.
void save_npy(const std::string& path, const Tensor& x);
void save_npz(const std::string& path, const Tensors& arrays, bool packed = false);

}  // namespace cairn
