// The expected texts are NumPy's, printed with precision 4.
#include <gtest/gtest.h>

#include <sstream>

#include <cairn/tensor/tensor.h>
#include <tests/helpers/numbers.h>

namespace cairn {
namespace {

// 0, 1, 2, ... in this shape.
Tensor counting(const Shape& shape, DType dtype = f32) { return Tensor(arange(double(shape.numel()), dtype).array().reshaped(shape)); }

TEST(Printing, floats_are_aligned_at_the_point) {
  EXPECT_EQ(tensor({1, 2, 3}).str(), "[1. 2. 3.]");
  EXPECT_EQ(tensor({1.5, -2.25, 0.125}).str(), "[ 1.5   -2.25   0.125]");
  EXPECT_EQ(tensor({0.3333333333333333, 100.0}).str(), "[  0.3333 100.    ]");
  EXPECT_EQ(tensor({0.1, 0.2}).str(), "[0.1 0.2]");
  EXPECT_EQ(tensor({-0.0, 0.0}).str(), "[-0.  0.]");
  EXPECT_EQ(tensor({0.00012345, 0.1}).str(), "[0.0001 0.1   ]");
  EXPECT_EQ(tensor({0.99996, 2.5}).str(), "[1.  2.5]");
  EXPECT_EQ(tensor({2.302585}).str(), "[2.3026]");
  EXPECT_EQ(tensor({123456.78, 1000.0}).str(), "[123456.78   1000.  ]");
  EXPECT_EQ(tensor({12345678.0, 12345.5}, f64).str(), "[1.2346e+07 1.2346e+04]");
  EXPECT_EQ(tensor({2.718281828459045, 0.001}, f64).str(), "[2.7183e+00 1.0000e-03]");
}

TEST(Printing, numbers_of_very_different_size_are_scientific) {
  EXPECT_EQ(tensor({1e-05, 1.0}).str(), "[1.e-05 1.e+00]");
  EXPECT_EQ(tensor({1000.0, 1.0}).str(), "[1000.    1.]");
  EXPECT_EQ(tensor({1001.0, 1.0}).str(), "[1.001e+03 1.000e+00]");
  EXPECT_EQ(tensor({1000000.0, 1000000.0}).str(), "[1.e+06 1.e+06]");
  EXPECT_EQ(tensor({999999.0}).str(), "[999999.]");
  EXPECT_EQ(tensor({0.0001}).str(), "[0.0001]");
  EXPECT_EQ(tensor({9.9e-05}).str(), "[9.9e-05]");
  EXPECT_EQ(tensor({-1.5e+20, 2e-20}).str(), "[-1.5e+20  2.0e-20]");
  EXPECT_EQ(tensor({5e-05, 0.00012345}).str(), "[5.0000e-05 1.2345e-04]");
  EXPECT_EQ(tensor({100000000.0}, f64).str(), "[1.e+08]");
  EXPECT_EQ(tensor({99999999.0}, f64).str(), "[99999999.]");
  EXPECT_EQ(tensor({1e+100, 1.5}, f64).str(), "[1.0e+100 1.5e+000]");
  EXPECT_EQ(tensor({1e-300, -1e+300}, f64).str(), "[ 1.e-300 -1.e+300]");
}

TEST(Printing, nan_and_infinity_are_aligned_too) {
  EXPECT_EQ(tensor({nan, 1.0, 2.5}).str(), "[nan 1.  2.5]");
  EXPECT_EQ(tensor({inf, -inf, 1.0}).str(), "[ inf -inf   1.]");
  EXPECT_EQ(tensor({nan, nan}).str(), "[nan nan]");
  EXPECT_EQ(tensor({-inf, 0.5}).str(), "[-inf  0.5]");
  EXPECT_EQ(tensor({nan, 10000000000.0}).str(), "[   nan 1.e+10]");
  EXPECT_EQ(tensor({-inf, 1e-10}).str(), "[  -inf 1.e-10]");
  EXPECT_EQ(tensor({nan, 1e+100}, f64).str(), "[    nan 1.e+100]");
}

TEST(Printing, integers_and_bools) {
  EXPECT_EQ(tensor({1, -20, 300}, i64).str(), "[  1 -20 300]");
  EXPECT_EQ(tensor({-128, 127}, i8).str(), "[-128  127]");
  EXPECT_EQ(tensor({0, 255}, u8).str(), "[  0 255]");
  EXPECT_EQ(tensor({{1, 2}, {30, -4}}, i32).str(),
            "[[ 1  2]\n"
            " [30 -4]]");
  EXPECT_EQ(tensor({1, 0}, boolean).str(), "[ True False]");
  EXPECT_EQ(tensor({{1}, {1}}, boolean).str(),
            "[[ True]\n"
            " [ True]]");
}

TEST(Printing, axes_are_nested_brackets) {
  EXPECT_EQ(counting({2, 3}).str(),
            "[[0. 1. 2.]\n"
            " [3. 4. 5.]]");
  EXPECT_EQ(counting({2, 2, 3}).str(),
            "[[[ 0.  1.  2.]\n"
            "  [ 3.  4.  5.]]\n"
            "\n"
            " [[ 6.  7.  8.]\n"
            "  [ 9. 10. 11.]]]");
  EXPECT_EQ(counting({2, 1, 2, 2}).str(),
            "[[[[0. 1.]\n"
            "   [2. 3.]]]\n"
            "\n"
            "\n"
            " [[[4. 5.]\n"
            "   [6. 7.]]]]");
  EXPECT_EQ(counting({1, 1, 1}).str(), "[[[0.]]]");
  EXPECT_EQ(Tensor(counting({2, 3}).array().transposed(0, 1)).str(),
            "[[0. 3.]\n"
            " [1. 4.]\n"
            " [2. 5.]]");
}

TEST(Printing, empty_tensors_are_one_bracket) {
  EXPECT_EQ(zeros({0}).str(), "[]");
  EXPECT_EQ(zeros({2, 0}).str(), "[]");
  EXPECT_EQ(zeros({0, 3}).str(), "[]");
}

TEST(Printing, long_rows_are_wrapped) {
  EXPECT_EQ(counting({30}).str(),
            "[ 0.  1.  2.  3.  4.  5.  6.  7.  8.  9. 10. 11. 12. 13. 14. 15. 16. 17.\n"
            " 18. 19. 20. 21. 22. 23. 24. 25. 26. 27. 28. 29.]");
  EXPECT_EQ(counting({2, 20}, i64).str(),
            "[[ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19]\n"
            " [20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39]]");
  EXPECT_EQ(full({40}, 0.5).str(),
            "[0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5\n"
            " 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5\n"
            " 0.5 0.5 0.5 0.5]");
  EXPECT_EQ(ones({2, 14}, boolean).str(),
            "[[ True  True  True  True  True  True  True  True  True  True  True  True\n"
            "   True  True]\n"
            " [ True  True  True  True  True  True  True  True  True  True  True  True\n"
            "   True  True]]");
}

TEST(Printing, more_than_a_thousand_elements_are_summarised) {
  EXPECT_EQ(counting({1001}).str(), "[   0.    1.    2. ...  998.  999. 1000.]");
  EXPECT_EQ(counting({100, 100}).str(),
            "[[0.000e+00 1.000e+00 2.000e+00 ... 9.700e+01 9.800e+01 9.900e+01]\n"
            " [1.000e+02 1.010e+02 1.020e+02 ... 1.970e+02 1.980e+02 1.990e+02]\n"
            " [2.000e+02 2.010e+02 2.020e+02 ... 2.970e+02 2.980e+02 2.990e+02]\n"
            " ...\n"
            " [9.700e+03 9.701e+03 9.702e+03 ... 9.797e+03 9.798e+03 9.799e+03]\n"
            " [9.800e+03 9.801e+03 9.802e+03 ... 9.897e+03 9.898e+03 9.899e+03]\n"
            " [9.900e+03 9.901e+03 9.902e+03 ... 9.997e+03 9.998e+03 9.999e+03]]");
  EXPECT_EQ(counting({2, 1000}, i64).str(),
            "[[   0    1    2 ...  997  998  999]\n"
            " [1000 1001 1002 ... 1997 1998 1999]]");
  EXPECT_EQ(counting({600, 2}).str(),
            "[[0.000e+00 1.000e+00]\n"
            " [2.000e+00 3.000e+00]\n"
            " [4.000e+00 5.000e+00]\n"
            " ...\n"
            " [1.194e+03 1.195e+03]\n"
            " [1.196e+03 1.197e+03]\n"
            " [1.198e+03 1.199e+03]]");
  EXPECT_EQ(counting({20, 8, 8}, i64).str(),
            "[[[   0    1    2 ...    5    6    7]\n"
            "  [   8    9   10 ...   13   14   15]\n"
            "  [  16   17   18 ...   21   22   23]\n"
            "  ...\n"
            "  [  40   41   42 ...   45   46   47]\n"
            "  [  48   49   50 ...   53   54   55]\n"
            "  [  56   57   58 ...   61   62   63]]\n"
            "\n"
            " [[  64   65   66 ...   69   70   71]\n"
            "  [  72   73   74 ...   77   78   79]\n"
            "  [  80   81   82 ...   85   86   87]\n"
            "  ...\n"
            "  [ 104  105  106 ...  109  110  111]\n"
            "  [ 112  113  114 ...  117  118  119]\n"
            "  [ 120  121  122 ...  125  126  127]]\n"
            "\n"
            " [[ 128  129  130 ...  133  134  135]\n"
            "  [ 136  137  138 ...  141  142  143]\n"
            "  [ 144  145  146 ...  149  150  151]\n"
            "  ...\n"
            "  [ 168  169  170 ...  173  174  175]\n"
            "  [ 176  177  178 ...  181  182  183]\n"
            "  [ 184  185  186 ...  189  190  191]]\n"
            "\n"
            " ...\n"
            "\n"
            " [[1088 1089 1090 ... 1093 1094 1095]\n"
            "  [1096 1097 1098 ... 1101 1102 1103]\n"
            "  [1104 1105 1106 ... 1109 1110 1111]\n"
            "  ...\n"
            "  [1128 1129 1130 ... 1133 1134 1135]\n"
            "  [1136 1137 1138 ... 1141 1142 1143]\n"
            "  [1144 1145 1146 ... 1149 1150 1151]]\n"
            "\n"
            " [[1152 1153 1154 ... 1157 1158 1159]\n"
            "  [1160 1161 1162 ... 1165 1166 1167]\n"
            "  [1168 1169 1170 ... 1173 1174 1175]\n"
            "  ...\n"
            "  [1192 1193 1194 ... 1197 1198 1199]\n"
            "  [1200 1201 1202 ... 1205 1206 1207]\n"
            "  [1208 1209 1210 ... 1213 1214 1215]]\n"
            "\n"
            " [[1216 1217 1218 ... 1221 1222 1223]\n"
            "  [1224 1225 1226 ... 1229 1230 1231]\n"
            "  [1232 1233 1234 ... 1237 1238 1239]\n"
            "  ...\n"
            "  [1256 1257 1258 ... 1261 1262 1263]\n"
            "  [1264 1265 1266 ... 1269 1270 1271]\n"
            "  [1272 1273 1274 ... 1277 1278 1279]]]");
}

TEST(Printing, a_scalar_has_no_brackets) {
  EXPECT_EQ(tensor(1).str(), "1.0");
  EXPECT_EQ(tensor(2.302585).str(), "2.3026");
  EXPECT_EQ(tensor(-0.5).str(), "-0.5");
  EXPECT_EQ(tensor(1e-5).str(), "1e-05");
  EXPECT_EQ(tensor(1.25e20).str(), "1.25e+20");
  EXPECT_EQ(tensor(nan).str(), "nan");
  EXPECT_EQ(tensor(-inf).str(), "-inf");
  EXPECT_EQ(tensor(-7, i64).str(), "-7");
  EXPECT_EQ(tensor(1, boolean).str(), "True");
}

TEST(Printing, the_16_bit_types_show_the_float_they_hold) {
  EXPECT_EQ(tensor({1.0 / 3, 2}, bf16).str(), "[0.334 2.   ]");
  EXPECT_EQ(tensor({1.0 / 3, 2}, f16).str(), "[0.3333 2.    ]");
  EXPECT_EQ(tensor({65504}, f16).str(), "[65504.]");
}

TEST(Printing, a_summary_is_short_however_large_the_tensor) {
  const Tensor x(Tensor(1.0).array().expanded({int64_t{1} << 20, int64_t{1} << 20}));
  EXPECT_EQ(x.str(),
            "[[1. 1. 1. ... 1. 1. 1.]\n [1. 1. 1. ... 1. 1. 1.]\n [1. 1. 1. ... 1. 1. 1.]\n ...\n"
            " [1. 1. 1. ... 1. 1. 1.]\n [1. 1. 1. ... 1. 1. 1.]\n [1. 1. 1. ... 1. 1. 1.]]");
}

TEST(Printing, streams_and_undefined_tensors) {
  std::ostringstream out;
  out << tensor({1, 2}) << Tensor();
  EXPECT_EQ(out.str(), "[1. 2.](undefined)");
}

TEST(Printing, obeys_its_options) {
  struct Restore {
    ~Restore() { set_print_options({}); }
  } restore;
  set_print_options({.precision = 2, .threshold = 4, .edge_items = 1, .line_width = 75});
  EXPECT_EQ(tensor({3.14159, 2}).str(), "[3.14 2.  ]");
  EXPECT_EQ(counting({5}).str(), "[0. ... 4.]");
  set_print_options({.precision = 0});
  EXPECT_EQ(tensor({2.5, 3.5}).str(), "[2. 4.]") << "ties to even";
  set_print_options({.precision = 8});
  EXPECT_EQ(tensor({0.1, 1.0 / 3}).str(), "[0.1        0.33333334]");
  set_print_options({.line_width = 10});
  EXPECT_EQ(counting({6}, i64).str(), "[0 1 2 3\n 4 5]");
}

TEST(Printing, refuses_options_that_make_no_sense) {
  EXPECT_THROW(set_print_options({.precision = -1}), ConfigError);
  EXPECT_THROW(set_print_options({.edge_items = 0}), ConfigError);
  EXPECT_THROW(set_print_options({.line_width = 0}), ConfigError);
}

}  // namespace
}  // namespace cairn
