#include <cairn/data/dataset.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include <cairn/base/errors.h>
#include <cairn/data/tensor_dataset.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using Numbers = std::vector<int64_t>;

TensorDataset numbered_rows(int64_t n, double first = 0) {
  return TensorDataset({{"x", arange(first, first + double(n), 1).reshape({n, 1})}, {"y", arange(first, first + double(n), 1, i64)}});
}
Numbers labels(const Batch& b) { return b["y"].to_vector<int64_t>(); }
Numbers labels(const Dataset& d) {
  Numbers all;
  for (int64_t i = 0; i < d.size(); i++) all.push_back(i);
  return labels(d.get_batch(all));
}

TEST(Batch, finds_its_tensors_by_name_and_offers_the_nearest) {
  Batch b{{"image", zeros({2, 3})}, {"label", zeros({2}, i64)}};
  EXPECT_EQ(b["label"].dtype(), i64);
  EXPECT_EQ(b.size(), 2);
  EXPECT_EQ(b.names(), (std::vector<std::string>{"image", "label"}));
  EXPECT_THAT(message_of<IndexError>([&] { b["lable"]; }),
              AllOf(HasSubstr("no 'lable'"), HasSubstr("image, label"), HasSubstr("Did you mean 'label'")));
  b.set("label", ones({2}));
  b.set("weight", ones({2}));
  EXPECT_EQ(b.fields().size(), 3u);
  EXPECT_EQ(b["label"].dtype(), f32);
  EXPECT_THROW((Batch{{"x", zeros({1})}, {"x", zeros({1})}}), ConfigError);
  EXPECT_EQ(Batch().size(), 0);
}

TEST(Collate, stacks_and_names_what_does_not_fit) {
  const Batch b = collate({{{"x", tensor({1, 2})}}, {{"x", tensor({3, 4})}}});
  EXPECT_EQ(b["x"].shape(), (Shape{2, 2}));
  EXPECT_EQ(b["x"].to_vector<float>(), (std::vector<float>{1, 2, 3, 4}));
  EXPECT_THAT(message_of<ShapeError>([] {
                collate({{{"x", zeros({2})}}, {{"x", zeros({3})}}});
              }),
              AllOf(HasSubstr("'x'"), HasSubstr("example 1 [3]")));
  EXPECT_THAT(message_of<DtypeError>([] { collate({{{"x", zeros({2})}}, {{"x", zeros({2}, i64)}}}); }), HasSubstr("example 1 i64"));
  EXPECT_THROW(collate({{{"x", zeros({2})}}, {{"z", zeros({2})}}}), IndexError);
}

TEST(Dataset, an_empty_function_is_refused_where_it_is_given) {
  const std::function<Example(const int&)> make;
  EXPECT_THAT(message_of<StateError>([&] { VectorDataset<int>({1, 2}, make); }), AllOf(HasSubstr("[VectorDataset]"), HasSubstr("is empty")));
  EXPECT_THAT(message_of<StateError>([] { Map(numbered_rows(3), Map::Function()); }), HasSubstr("[Map]"));
  EXPECT_THAT(message_of<StateError>([] { MapBatches(numbered_rows(3), nullptr); }), HasSubstr("[MapBatches]"));
}

TEST(TensorDataset, gathers_rows_of_every_type_in_the_order_asked_for) {
  for (DType t : {f32, f64, bf16, u8, i32, i64, boolean}) {
    const Tensor x = (sin(arange(24)) > 0.0).to(t).reshape({4, 2, 3});
    TensorDataset d({{"x", x}});
    const Batch b = d.get_batch(Numbers{3, 0, 3});
    EXPECT_EQ(b["x"].dtype(), t);
    EXPECT_EQ(b["x"].shape(), (Shape{3, 2, 3}));
    EXPECT_EQ(b["x"][1].to_vector<double>(), x[0].to_vector<double>());
    EXPECT_EQ(b["x"][2].to_vector<double>(), x[3].to_vector<double>());
  }
}

TEST(TensorDataset, strided_tensors_are_made_row_major) {
  TensorDataset d({{"x", arange(6).reshape({2, 3}).t()}});
  EXPECT_EQ(d.get_batch(Numbers{1})["x"].to_vector<float>(), (std::vector<float>{1, 4}));
}

TEST(TensorDataset, an_example_lacks_the_first_axis) {
  const Example e = numbered_rows(5).get(3);
  EXPECT_EQ(e["x"].shape(), (Shape{1}));
  EXPECT_EQ(e["y"].shape(), Shape{});
  EXPECT_EQ(e["y"].item(), 3);
}

TEST(TensorDataset, normalises_pixels_as_the_formula_says) {
  const Tensor x = arange(0, 2 * 3 * 5 * 7, 1, i64).to(u8).reshape({2, 3, 5, 7});
  const std::vector<double> mean = {0.1, 0.5, 0.9}, dev = {0.25, 1, 2};
  TensorDataset d({{"x", x}});
  d.normalize("x", {mean, dev});
  const Batch b = d.get_batch(Numbers{1, 0});
  EXPECT_EQ(b["x"].dtype(), f32);
  for (int64_t i = 0; i < 2; i++)
    for (int64_t c = 0; c < 3; c++)
      for (int64_t k = 0; k < 35; k++) {
        const double pixel = x.at({1 - i, c, k / 7, k % 7}), expected = (pixel / 255 - mean[size_t(c)]) / dev[size_t(c)];
        EXPECT_NEAR(b["x"].at({i, c, k / 7, k % 7}), expected, 1e-6 * std::max(1.0, std::abs(expected)));
      }
  d.normalize("x");  // the last call counts: x / 255
  EXPECT_NEAR(d.get_batch(Numbers{1})["x"].at({0, 2, 4, 6}), 209 / 255.0, 1e-7);
}

TEST(TensorDataset, a_pixel_has_one_value_wherever_it_lies) {
  for (int64_t width : {1, 7, 31, 64, 100}) {
    TensorDataset d({{"x", full({1, width}, 77, u8)}});
    d.normalize("x", {{0.3}, {0.7}});
    const std::vector<float> row = d.get_batch(Numbers{0})["x"].to_vector<float>();
    EXPECT_EQ(std::set<float>(row.begin(), row.end()).size(), 1u) << width;
  }
}

TEST(TensorDataset, normalises_floats_without_dividing_by_255) {
  TensorDataset d({{"x", tensor({{1, 10}, {3, 20}})}});
  d.normalize("x", {{1, 10}, {2, 5}});
  EXPECT_EQ(d.get_batch(Numbers{0, 1})["x"].to_vector<float>(), (std::vector<float>{0, 0, 1, 2}));
}

TEST(TensorDataset, mistakes_are_named) {
  EXPECT_THAT(message_of<ShapeError>([] {
                TensorDataset({{"x", zeros({3, 2})}, {"y", zeros({4})}});
              }),
              AllOf(HasSubstr("'x' [3, 2]"), HasSubstr("'y' [4]")));
  EXPECT_THROW(TensorDataset({{"x", full({}, 1)}}), ShapeError);
  EXPECT_THROW(TensorDataset({{"x", Tensor()}}), StateError);
  TensorDataset d({{"x", zeros({3, 2}, u8)}, {"y", zeros({3}, i64)}});
  EXPECT_THROW(d.normalize("z"), IndexError);
  EXPECT_THROW(d.normalize("y"), DtypeError);
  EXPECT_THROW(d.normalize("x", {{0, 0, 0}, {1, 1, 1}}), ConfigError);
  EXPECT_THROW(d.normalize("x", {{0}, {0}}), ConfigError);
  EXPECT_THROW(d.normalize("x", {{NAN}, {1}}), ConfigError);
  EXPECT_THAT(message_of<IndexError>([&] { d.get_batch(Numbers{0, 3}); }), AllOf(HasSubstr("example 3"), HasSubstr("has 3")));
  EXPECT_THROW(d.get(-1), IndexError);
}

TEST(Dataset, a_users_vector_becomes_one_by_a_function) {
  struct Point {
    double x, y;
  };
  VectorDataset d(std::vector<Point>{{1, 2}, {3, 4}, {5, 6}}, [](const Point& p) {
    return Example{{"x", tensor({p.x, p.y})}, {"y", full({}, p.y, i64)}};
  });
  EXPECT_EQ(d.names(), (std::vector<std::string>{"x", "y"}));
  const Batch b = d.get_batch(Numbers{2, 0});
  EXPECT_EQ(b["x"].to_vector<float>(), (std::vector<float>{5, 6, 1, 2}));
  EXPECT_EQ(labels(b), (Numbers{6, 2}));
}

TEST(Dataset, subsets_of_subsets_keep_their_order) {
  Subset outer(numbered_rows(10), {9, 7, 5, 3}), inner(outer, {3, 0});
  EXPECT_EQ(labels(inner), (Numbers{3, 9}));
  EXPECT_THROW(Subset(numbered_rows(3), {3}), IndexError);
}

TEST(Dataset, joined_ones_answer_in_the_order_asked_for) {
  Concat d({numbered_rows(3), numbered_rows(0, 50), numbered_rows(2, 100)});
  EXPECT_EQ(d.size(), 5);
  EXPECT_EQ(labels(d), (Numbers{0, 1, 2, 100, 101}));
  EXPECT_EQ(labels(d.get_batch(Numbers{4, 0, 3, 4})), (Numbers{101, 0, 100, 101}));
  EXPECT_EQ(labels(d.get_batch(Numbers{4, 3})), (Numbers{101, 100}));
  EXPECT_THROW(Concat({numbered_rows(3), TensorDataset({{"z", zeros({1})}})}), ConfigError);
}

TEST(Dataset, a_mapped_example_draws_by_its_number_and_epoch_alone) {
  Map d(numbered_rows(20), [](Example e, Random& random) { return Example{{"y", e["y"]}, {"draw", full({}, random.uniform(), f64)}}; });
  const Numbers some{3, 7, 11}, turned{11, 3};
  const Batch a = d.get_batch(some, {1, 0}), b = d.get_batch(turned, {1, 0});
  EXPECT_EQ(a["draw"].at({2}), b["draw"].at({0}));
  EXPECT_EQ(a["draw"].at({0}), b["draw"].at({1}));
  EXPECT_NE(a["draw"].at({0}), a["draw"].at({1}));
  EXPECT_NE(a["draw"].at({0}), d.get_batch(some, {1, 1})["draw"].at({0}));
  EXPECT_NE(a["draw"].at({0}), d.get_batch(some, {2, 0})["draw"].at({0}));
}

TEST(Dataset, whole_batches_can_be_mapped) {
  MapBatches d(numbered_rows(4), [](Batch b) { return Batch{{"y", b["y"] * 2}}; });
  EXPECT_EQ(d.names(), (std::vector<std::string>{"y"}));
  EXPECT_EQ(labels(d), (Numbers{0, 2, 4, 6}));
}

TEST(Split, a_random_one_is_a_partition_that_the_seed_decides) {
  auto [a, b] = random_split(numbered_rows(100), 0.8, 4);
  EXPECT_EQ(a.size(), 80);
  EXPECT_EQ(b.size(), 20);
  std::set<int64_t> all;
  for (int64_t i : labels(a)) all.insert(i);
  for (int64_t i : labels(b)) all.insert(i);
  EXPECT_EQ(all.size(), 100u);
  EXPECT_EQ(random_split_indices(100, 0.8, 4).first, a.indices());
  EXPECT_NE(random_split_indices(100, 0.8, 5).first, a.indices());
  for (double f : {0.0, 1.0, -1.0, 0.001, double(NAN)}) EXPECT_THROW(random_split(numbered_rows(100), f, 0), ConfigError) << f;
}

TEST(Split, sizes_must_add_up) {
  const auto parts = random_split(numbered_rows(10), std::vector<int64_t>{5, 3, 2}, 0);
  EXPECT_EQ(parts[1].size(), 3);
  EXPECT_THAT(message_of<ConfigError>([] {
                random_split(numbered_rows(10), std::vector<int64_t>{5, 3}, 0);
              }),
              AllOf(HasSubstr("10 examples"), HasSubstr("got 8")));
  EXPECT_THROW(random_split(numbered_rows(10), std::vector<int64_t>{12, -2}, 0), ConfigError);
}

TEST(Split, a_stratified_one_gives_each_class_its_share) {
  std::vector<int64_t> y;  // 50, 30 and 20 of three classes with odd numbers for names
  for (int64_t i = 0; i < 100; i++) y.push_back(i < 50 ? -4 : i < 80 ? 7 : 1000);
  const Split s = stratified_split_indices(from_vector(y), 0.9, 1);
  std::map<int64_t, int> first, second;
  for (int64_t i : s.first) first[y[size_t(i)]]++;
  for (int64_t i : s.second) second[y[size_t(i)]]++;
  EXPECT_EQ(first, (std::map<int64_t, int>{{-4, 45}, {7, 27}, {1000, 18}}));
  EXPECT_EQ(second, (std::map<int64_t, int>{{-4, 5}, {7, 3}, {1000, 2}}));
  EXPECT_NE(stratified_split_indices(from_vector(y), 0.9, 2).first, s.first);
}

TEST(Split, a_stratified_one_rounds_by_the_largest_remainders) {
  std::vector<int64_t> y;
  for (int64_t i = 0; i < 21; i++) y.push_back(i % 3);
  const Split s = stratified_split_indices(from_vector(y), 0.5, 3);
  EXPECT_EQ(s.first.size(), 11u);  // round(10.5)
  std::map<int64_t, int> count;
  for (int64_t i : s.first) count[y[size_t(i)]]++;
  for (const auto& [c, n] : count) EXPECT_TRUE(n == 3 || n == 4) << c;
  EXPECT_THROW(stratified_split(numbered_rows(10), from_vector(y), 0.5, 0), ShapeError);
}

}  // namespace
}  // namespace cairn
