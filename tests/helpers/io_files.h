// What the tests of formats share: files made by hand, and the text of a refusal.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/io/bytes.h>
#include <cairn/tensor/tensor.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {

using ::testing::AllOf;
using ::testing::HasSubstr;

// The message of the E that `call` throws; any other outcome fails the test.
template <class E = FileError, class Call> std::string refusal(Call call) {
  try {
    call();
  } catch (const E& e) { return e.what(); } catch (const std::exception& e) {
    ADD_FAILURE() << "another error: " << e.what();
    return "";
  }
  ADD_FAILURE() << "nothing was refused";
  return "";
}

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

// The rule of tools/golden/make_io.py: element i of n is i - n / 2.
inline std::vector<double> ramp(int64_t n) {
  std::vector<double> v;
  for (int64_t i = 0; i < n; i++) v.push_back(double(i - n / 2));
  return v;
}

}  // namespace cairn
