#include <cairn/base/errors.h>

#include <gtest/gtest.h>

namespace cairn {
namespace {

TEST(Error, knows_the_name_of_its_class_when_caught_as_the_base) {
  try {
    throw ShapeError("the shapes differ");
  } catch (const Error& e) {
    EXPECT_STREQ(e.type(), "ShapeError");
    EXPECT_STREQ(e.what(), "the shapes differ");
  }
  EXPECT_STREQ(Error("").type(), "Error");
  EXPECT_STREQ(OutOfMemoryError("").type(), "OutOfMemoryError");
  EXPECT_STREQ(UsageError("").type(), "UsageError");
}

TEST(Error, is_caught_as_a_standard_exception) { EXPECT_THROW(throw FileError("x"), std::exception); }

}  // namespace
}  // namespace cairn
