// What the tests of formats share: files made by hand, and the text of a refusal.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdio>
#include <string>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/io/bytes.h>
#include <cairn/tensor/tensor.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {

using ::testing::AllOf;
using ::testing::HasSubstr;

// message_of() a FileError, unless another error is named.
template <class E = FileError, class Call> std::string refusal(Call call) { return message_of<E>(call); }

inline std::string little(uint64_t v, int bytes) {
  std::string s;
  for (int i = 0; i < bytes; i++) s += char(v >> 8 * i);
  return s;
}
inline std::string big(uint64_t v, int bytes) {
  const std::string s = little(v, bytes);
  return {s.rbegin(), s.rend()};
}

inline std::string gzip(const std::string& bytes) {
  z_stream z{};
  deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&z, bytes.size()) + 32, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = uInt(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = uInt(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

// A tar archive is its entries, then 1,024 zero bytes.
inline std::string tar_header(const std::string& name, size_t bytes, char kind = '0', const std::string& prefix = "") {
  char octal[13];
  std::snprintf(octal, sizeof octal, "%011zo", bytes);
  std::string h = name;
  h.resize(100);
  h += std::string(
           "0000644\0"
           "0000000\0"
           "0000000\0",
           24) +
       octal + '\0' + std::string("00000000000\0", 12) + std::string(8, ' ') + kind;
  h.resize(257);
  h += std::string(
      "ustar\0"
      "00",
      8);
  h.resize(345);
  h += prefix;
  h.resize(512);
  unsigned sum = 0;
  for (unsigned char c : h) sum += c;
  char text[8];
  std::snprintf(text, sizeof text, "%06o", sum);
  return h.replace(148, 8, std::string(text) + '\0' + ' ');
}
inline std::string tar_entry(const std::string& name, const std::string& contents, const std::string& prefix = "") {
  std::string s = tar_header(name, contents.size(), '0', prefix) + contents;
  s.resize((s.size() + 511) / 512 * 512);
  return s;
}
// The rule of tools/golden/make_io.py: element i of n is i - n / 2.
inline std::vector<double> ramp(int64_t n) {
  std::vector<double> v;
  for (int64_t i = 0; i < n; i++) v.push_back(double(i - n / 2));
  return v;
}

}  // namespace cairn
