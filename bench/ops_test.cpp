#include <bench/ops.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/errors.h>

namespace cairn {
namespace {

TEST(BenchOps, a_convolution_is_timed_in_both_precisions) {
  const std::vector<OpCase> cases = op_cases({"conv2d"});
  ASSERT_EQ(cases.size() % 3, 0u) << "three passes each";
  const Json row = run_in_both_precisions(cases.at(0));
  EXPECT_GT(row.at("f32_us").as_double(), 0);
  EXPECT_GT(row.at("bf16_us").as_double(), 0);
  EXPECT_NEAR(row.at("ratio").as_double(), row.at("f32_us").as_double() / row.at("bf16_us").as_double(), 1e-9);
}

TEST(BenchOps, passes_of_a_convolution_are_named_and_have_the_same_work) {
  const std::vector<OpCase> cases = op_cases({"conv2d"});
  for (size_t i = 0; i < cases.size(); i += 3) {
    EXPECT_THAT(cases[i].shapes, testing::HasSubstr(", forward"));
    EXPECT_THAT(cases[i + 1].shapes, testing::HasSubstr(", gradient of images"));
    EXPECT_THAT(cases[i + 2].shapes, testing::HasSubstr(", gradient of weights"));
    EXPECT_EQ(cases[i].flops, cases[i + 1].flops);
    EXPECT_EQ(cases[i].flops, cases[i + 2].flops);
  }
  EXPECT_EQ(cases.at(0).flops, 2.0 * 64 * 6 * 28 * 28 * 25) << "LeNet's first: images, filters, pixels, elements of a filter";
}

}  // namespace
}  // namespace cairn
