// What a machine without LAPACK is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/backend/cpu/lapack.h>
#include <cairn/base/errors.h>

namespace cairn {
namespace {

std::string refusal(const char* library) {
  try {
    open_lapack(library);
  } catch (const UnsupportedError& e) { return e.what(); }
  return "it was opened";
}

TEST(Lapack, names_the_package_where_the_library_is_missing) {
  const std::string text = refusal("libno-such-lapack.so.3");
  EXPECT_THAT(text, testing::HasSubstr("LAPACK is not there: libno-such-lapack.so.3"));
  EXPECT_THAT(text, testing::HasSubstr("apt-get install liblapacke"));
  EXPECT_THAT(refusal("libm.so.6"), testing::HasSubstr("libm.so.6 has no LAPACKE_dgesv_work"));  // a library, but not that one
}

}  // namespace
}  // namespace cairn
