#include <cairn/data/encoders.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include <cairn/base/errors.h>

namespace cairn {
namespace {

TEST(StandardScaler, the_training_rows_get_mean_0_and_deviation_1) {
  const Tensor x = tensor({{1, 10, 5}, {2, 20, 5}, {3, 60, 5}});
  const StandardScaler s = StandardScaler::fit(x);
  EXPECT_EQ(s.mean(), (std::vector<double>{2, 30, 5}));
  EXPECT_NEAR(s.deviation()[0], std::sqrt(2.0 / 3), 1e-15);
  EXPECT_EQ(s.deviation()[2], 1);  // a constant column
  EXPECT_TRUE(allclose(s.transform(x), tensor({{-1.2247449, -0.9258201, 0}, {0, -0.4629100, 0}, {1.2247449, 1.3887301, 0}}), 1e-6, 1e-6));
  EXPECT_TRUE(allclose(s.inverse(s.transform(x)), x, 1e-6, 1e-5));
}

TEST(StandardScaler, other_rows_are_measured_by_the_training_rows) {
  const StandardScaler s = StandardScaler::fit(tensor({{0}, {2}}));
  EXPECT_EQ(s.transform(tensor({{5}})).item(), 4);
}

TEST(StandardScaler, missing_values_neither_count_nor_stand_out) {
  const StandardScaler s = StandardScaler::fit(tensor({{1}, {NAN}, {3}}));
  EXPECT_EQ(s.mean()[0], 2);
  EXPECT_EQ(s.transform(tensor({{NAN}})).item(), 0);
}

TEST(StandardScaler, is_saved_to_the_bit) {
  const StandardScaler s = StandardScaler::fit(tensor({{0.1, 7}, {0.7, 1e-30}}));
  const StandardScaler t = StandardScaler::from_json(Json::parse(s.to_json().dump()));
  EXPECT_EQ(t.mean(), s.mean());
  EXPECT_EQ(t.deviation(), s.deviation());
  EXPECT_THROW(StandardScaler::from_json(Json::parse(R"({"mean": [1], "deviation": [0]})")), FileError);
  EXPECT_THROW(StandardScaler::from_json(Json::parse(R"({"mean": [1]})")), FileError);
}

TEST(StandardScaler, mistakes_are_named) {
  EXPECT_THROW(StandardScaler::fit(zeros({3})), ShapeError);
  EXPECT_THROW(StandardScaler::fit(zeros({0, 3})), ShapeError);
  EXPECT_THROW(StandardScaler::fit(tensor({{INFINITY}, {1}})), NumericError);
  EXPECT_THROW(StandardScaler::fit(tensor({{NAN}, {NAN}})), NumericError);
  EXPECT_THROW(StandardScaler::fit(zeros({3, 2})).transform(zeros({3, 3})), ShapeError);
}

TEST(OneHotEncoder, gives_each_category_of_the_training_rows_a_column) {
  const OneHotEncoder e = OneHotEncoder::fit({"red", "blue", "red"});
  EXPECT_EQ(e.categories(), (std::vector<std::string>{"blue", "red"}));
  EXPECT_EQ(e.transform({"red", "blue", "green"}).to_vector<float>(), (std::vector<float>{0, 1, 1, 0, 0, 0}));
  EXPECT_EQ(OneHotEncoder::from_json(e.to_json()).categories(), e.categories());
}

TEST(OneHotEncoder, an_unknown_category_can_be_an_error) {
  const OneHotEncoder e = OneHotEncoder::from_json(OneHotEncoder::fit({"setosa", "virginica"}, OneHotEncoder::Unknown::error).to_json());
  try {
    e.transform({"setosa", "virginca"});
    ADD_FAILURE();
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), ::testing::AllOf(::testing::HasSubstr("row 1"), ::testing::HasSubstr("Did you mean 'virginica'")));
  }
  EXPECT_THROW(OneHotEncoder::from_json(Json::parse(R"({"categories": ["a"], "unknown": "shrug"})")), FileError);
}

}  // namespace
}  // namespace cairn
