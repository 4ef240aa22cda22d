// einsum: its gradients by differences, and what it says of equations that fit nothing. Values: ops/golden_test.cpp, against torch.einsum.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

using testing::HasSubstr;

TEST(Einsum, has_gradients_and_second_derivatives) {
  const std::pair<const char*, std::vector<Shape>> cases[] = {
      {"ij,jk->ik", {{2, 3}, {3, 2}}},
      {"ii->i", {{3, 3}}},
      {"ii", {{3, 3}}},
      {"i,j->ij", {{2}, {3}}},
      {"...ij,...jk->...ik", {{2, 1, 2, 2}, {2, 2, 2}}},
      {"ij,jk,kl->il", {{2, 2}, {2, 3}, {3, 2}}},
      {"b...,b...->...", {{2, 3, 1}, {2, 1, 2}}},
  };
  for (const auto& [equation, shapes] : cases) {
    std::vector<Tensor> x;
    for (const Shape& s : shapes) x.push_back(sample_normal(s, x.size() + 1).to(f64).set_requires_grad());
    const std::string text = equation;
    const auto f = [&](const std::vector<Tensor>& v) { return std::vector<Tensor>{einsum(text, v)}; };
    const GradcheckResult first = gradcheck(f, x), second = gradgradcheck(f, x);
    EXPECT_TRUE(first.ok) << equation << ": " << first.message;
    EXPECT_TRUE(second.ok) << equation << ": " << second.message;
  }
}

TEST(Einsum, takes_spaces_empty_axes_and_non_contiguous_operands) {
  const Tensor a = sample_normal({3, 2}, 1).t(), b = sample_normal({3, 4}, 2);
  EXPECT_TRUE(allclose(einsum(" i j , j k -> i k ", {a, b}), matmul(a, b)));
  EXPECT_EQ(einsum("ij,jk->ik", {zeros({2, 0}), zeros({0, 3})}).to_vector<double>(), std::vector<double>(6, 0.0));
  EXPECT_EQ(einsum("ii->i", {zeros({0, 0})}).shape(), (Shape{0}));
  EXPECT_EQ(einsum(",", {tensor({2}).reshape({}), tensor({3}).reshape({})}).item(), 6);
}

TEST(Einsum, names_the_letter_and_the_sizes_that_differ) {
  const auto says = [](const std::string& equation, const std::vector<Shape>& shapes) {
    std::vector<Tensor> x;
    for (const Shape& s : shapes) x.push_back(zeros(s));
    return message_of<ShapeError>([&] { einsum(equation, x); });
  };
  EXPECT_EQ(says("ij,jk->ik", {{2, 3}, {4, 5}}),
            "[einsum] letter 'j' is 3 in operand 0 but 4 in operand 1 (\"ij,jk->ik\", operands [2, 3], [4, 5]). Hint: the same letter stands for "
            "axes of one size; is an operand transposed?");
  EXPECT_THAT(says("ii->i", {{2, 3}}), HasSubstr("letter 'i' is 2 in operand 0 but 3 in operand 0"));
  EXPECT_THAT(says("ij,jk->ik", {{2, 3, 4}, {4, 5}}), HasSubstr("operand 0 has 3 axes but 'ij' names 2"));
  EXPECT_THAT(says("...ijk->i", {{2, 3}}), HasSubstr("operand 0 has 2 axes but '...ijk' names 3"));
  EXPECT_THAT(says("...i,...i->...", {{2, 3, 4}, {5, 3, 4}}),
              HasSubstr("axis 2 of the ellipsis, from its end, is 2 in operand 0 but 5 in operand 1"));
  EXPECT_THAT(says("abcde,fghij->abcdefghij", {{1, 1, 1, 1, 1}, {1, 1, 1, 1, 1}}), HasSubstr("a product on the way has 10 axes"));
}

TEST(Einsum, refuses_equations_that_say_nothing) {
  const auto says = [](const std::string& equation, size_t operands) {
    return message_of<ConfigError>([&] { einsum(equation, std::vector<Tensor>(operands, zeros({2, 2}))); });
  };
  EXPECT_THAT(says("ij->iz", 1), HasSubstr("the output has letter 'z', which no operand has (\"ij->iz\")"));
  EXPECT_THAT(says("ij->ii", 1), HasSubstr("the output has letter 'i' twice"));
  EXPECT_THAT(says("ij,jk->ik", 1), HasSubstr("the equation names 2 operands but 1 were given"));
  EXPECT_THAT(says("i1->i", 1), HasSubstr("'1' in operand 0 is neither a letter nor the one ellipsis"));
  EXPECT_THAT(says("i..->i", 1), HasSubstr("'.' in operand 0"));
  EXPECT_THAT(says("......->", 1), HasSubstr("'.' in operand 0"));
  EXPECT_THAT(says("ij->i->j", 1), HasSubstr("'-' in the output"));
  EXPECT_THAT(says("ij", 0), HasSubstr("there are no operands"));
  EXPECT_THROW(einsum("i,i->", {zeros({2}), zeros({2}, f64)}), DtypeError);
}

}  // namespace
}  // namespace cairn
