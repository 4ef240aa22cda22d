// Attributes: what a trace keeps of a call.
#include <gtest/gtest.h>

#include <cairn/ops/attributes.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

TEST(Attributes, give_back_what_was_put_in) {
  const Shape shape{2, 3};
  const std::vector<int64_t> list{4, 5, 6};
  const Attributes a{{"axis", -1},          {"n", int64_t{1} << 40}, {"eps", 1e-5},    {"keepdim", true},
                     {"mode", "mean"},      {"dtype", bf16},         {"shape", shape}, {"sizes", std::span<const int64_t>(list)},
                     {"seed", ~uint64_t{0}}};
  EXPECT_EQ(a.axis(), -1);
  EXPECT_EQ(a.integer("n"), int64_t{1} << 40);
  EXPECT_EQ(a.number("eps"), 1e-5);
  EXPECT_EQ(a.number("axis"), -1.0);  // a whole number is a number
  EXPECT_TRUE(a.boolean("keepdim"));
  EXPECT_EQ(a.text("mode"), "mean");
  EXPECT_EQ(a.dtype(), bf16);
  EXPECT_EQ(a.shape(), shape);
  EXPECT_EQ(a.integers("sizes"), list);
  EXPECT_EQ(uint64_t(a.integer("seed")), ~uint64_t{0});
  EXPECT_TRUE(a.has("eps"));
  EXPECT_FALSE(a.has("epsilon"));
  EXPECT_EQ(a.values().size(), 9u);
}

TEST(Attributes, own_their_values) {
  Attributes a;
  {
    std::string mode = "sum";
    Shape shape{7};
    a = Attributes{{"mode", mode.c_str()}, {"shape", shape}};
    mode = "???";
    shape[0] = 0;
  }
  EXPECT_EQ(a.text("mode"), "sum");
  EXPECT_EQ(a.shape(), Shape{7});
}

TEST(Attributes, print_as_a_caller_would_write_them) {
  EXPECT_EQ((Attributes{{"axis", 1}, {"eps", 1e-5}, {"keepdim", false}, {"mode", "mean"}, {"shape", Shape{2, 3}}}).str(),
            "axis=1, eps=1e-05, keepdim=false, mode=mean, shape=[2, 3]");
  EXPECT_EQ(Attributes{}.str(), "");
}

TEST(Attributes, print_lists_longer_than_a_shape_in_full) {
  const std::vector<int64_t> list{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_EQ((Attributes{{"sizes", std::span<const int64_t>(list)}}).str(), "sizes=[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]");
}

TEST(Attributes, say_what_is_missing_or_of_another_kind) {
  const Attributes a{{"axis", 1}, {"mode", "mean"}};
  EXPECT_TRUE(contains(message_of<StateError>([&] { a.integer("dim"); }), "no attribute 'dim' (it has: axis=1, mode=mean)"));
  EXPECT_TRUE(contains(message_of<StateError>([&] { a.integer("mode"); }), "'mode' is not a whole number"));
  EXPECT_TRUE(contains(message_of<StateError>([&] { a.number("mode"); }), "'mode' is not a number"));
  EXPECT_TRUE(contains(message_of<StateError>([&] { a.boolean("axis"); }), "'axis' is not true or false"));
  EXPECT_TRUE(contains(message_of<StateError>([&] { a.text("axis"); }), "'axis' is not text"));
  EXPECT_TRUE(contains(message_of<StateError>([&] { a.integers("axis"); }), "'axis' is not a list of whole numbers"));
}

}  // namespace
}  // namespace cairn
