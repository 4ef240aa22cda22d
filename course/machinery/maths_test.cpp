// LaTeX as plain text.
#include <course/machinery/maths.h>

#include <gtest/gtest.h>

#include <cairn/base/text.h>

namespace cairn::course {
namespace {

std::string unicode(const std::string& tex) { return readable_maths(tex, true); }
std::string ascii(const std::string& tex) { return readable_maths(tex, false); }

TEST(ReadableMaths, fractions_keep_their_meaning) {
  EXPECT_EQ(unicode("\\frac{1}{2}"), "1/2");
  EXPECT_EQ(unicode("\\frac{f(x + h) - f(x)}{h}"), "(f(x + h) - f(x))/h");
  EXPECT_EQ(unicode("\\frac{a}{2h}"), "a/(2h)");
  EXPECT_EQ(unicode("\\frac12 x"), "1/2 x");
  EXPECT_EQ(unicode("\\frac{1}{N}(a - b), \\left(\\frac{a}{b}\\right)"), "1/N (a - b), (a/b)");
  EXPECT_EQ(unicode("\\log \\frac{p}{1 - p} = z"), "log(p/(1 - p)) = z");
  EXPECT_EQ(unicode("\\lim_{h \\to 0} \\frac{a}{h}"), "lim_(h → 0) a/h");
  EXPECT_EQ(unicode("\\frac{\\partial L}{\\partial w}"), "∂L/∂w");
}

TEST(ReadableMaths, exponents_and_indices_are_small_where_unicode_has_them) {
  EXPECT_EQ(unicode("x^2 + x_i^{10}"), "x² + xᵢ¹⁰");
  EXPECT_EQ(unicode("x^{n-1}"), "xⁿ⁻¹");
  EXPECT_EQ(unicode("W^\\top x"), "Wᵀx");
  EXPECT_EQ(unicode("e^{-x/T}"), "e^(-x/T)");
  EXPECT_EQ(ascii("x^2 + x_i^{10} + e^{-x}"), "x^2 + x_i^10 + e^(-x)");
}

TEST(ReadableMaths, signs_and_functions_have_their_names) {
  EXPECT_EQ(unicode("\\sum_{i=1}^{n} \\alpha_i \\le \\infty"), "Σ_(i=1)ⁿ αᵢ ≤ ∞");
  EXPECT_EQ(ascii("\\sum_{i=1}^{n} \\alpha_i \\le \\infty"), "sum_(i=1)^n alpha_i <= inf");
  EXPECT_EQ(unicode("\\lim_{h \\to 0} f(h)"), "lim_(h → 0) f(h)");
  EXPECT_EQ(unicode("\\log\\sigma(z), \\sin x"), "log σ(z), sin x");
  EXPECT_EQ(unicode("\\lVert v \\rVert_2 \\cdot \\hat{y} \\in \\mathbb{R}^{n}"), "‖v‖₂ · y\xCC\x82 ∈ ℝⁿ");
  EXPECT_EQ(unicode("\\left( \\frac{a}{b} \\right)^2"), "(a/b)²");
  EXPECT_EQ(unicode("\\sqrt{x + 1}, \\sqrt2"), "√(x + 1), √2");
  EXPECT_EQ(unicode("\\text{loss } \\mathrm{ReLU}(x)"), "loss ReLU(x)");
}

TEST(ReadableMaths, a_blank_before_an_operator_stays_behind_a_command) {
  EXPECT_EQ(unicode("\\delta = W^\\top \\delta"), "δ = Wᵀδ");
  EXPECT_EQ(unicode("A^\\top = A, \\hat\\theta = 1"), "Aᵀ = A, θ\xCC\x82 = 1");
  EXPECT_EQ(unicode("\\dot²"), "²\xCC\x87");  // the accent of a whole character, not of its first byte
  EXPECT_EQ(unicode("\\alpha - 1 < \\beta / 2 \\le -1"), "α - 1 < β / 2 ≤ -1");
  EXPECT_EQ(unicode("\\left| x \\right| + \\alpha x"), "|x| + αx");
  EXPECT_EQ(ascii("\\delta = \\alpha x"), "delta = alpha x");
}

TEST(ReadableMaths, a_ring_is_a_composition_and_small_a_degree) {
  EXPECT_EQ(unicode("(f \\circ g)(x), 90^\\circ"), "(f ∘ g)(x), 90°");
  EXPECT_EQ(ascii("90^\\circ"), "90 degrees");
}

TEST(ReadableMaths, matrices_are_rows_and_aligned_formulas_lines) {
  EXPECT_EQ(unicode("\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}"), "[a b; c d]");
  EXPECT_EQ(unicode("\\begin{aligned} a &= b \\\\[2pt] &= c \\end{aligned}"), "a = b\n= c");
  EXPECT_EQ(unicode("y = \\begin{cases} 1 & \\text{if } x > 0 \\\\ 0 & \\text{else} \\end{cases}"), "y =\n  1 if x > 0\n  0 else");
}

TEST(ReadableMaths, without_unicode_all_is_ascii) {
  for (const char* tex : {"\\alpha \\times \\nabla \\mathbb{E} \\hat{y} \\langle a \\rangle \\to \\dots", "x ≤ ü"})
    for (const char c : ascii(tex)) EXPECT_TRUE(c >= ' ' && c <= '~') << tex << ": " << ascii(tex);
}

TEST(ReadableMaths, broken_input_ends) {
  for (const char* tex :
       {"", "{", "}", "\\", "^", "_", "\\frac", "\\frac{", "x^", "\\begin{", "\\begin{cases} a", "\\left", "\\text{", "\\sqrt[", "}}}{{{"})
    EXPECT_TRUE(valid_utf8(unicode(tex))) << tex;
  EXPECT_LT(unicode(std::string(100000, '{')).size(), 200000u);
  EXPECT_LT(unicode([] {
              std::string deep;
              for (int i = 0; i < 5000; i++) deep += "\\begin{matrix}\\frac{x^{";
              return deep;
            }())
                .size(),
            1000000u);
}

}  // namespace
}  // namespace cairn::course
