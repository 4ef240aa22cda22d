// The confusion matrix as text.
#include <cairn/metrics/classification.h>
#include <tests/helpers/metrics.h>

#include <cairn/base/columns.h>
#include <cairn/base/text.h>

namespace cairn {
namespace {
using namespace metrics_test;

ConfusionMatrix pets() {
  ConfusionMatrix m(std::vector<std::string>{"cat", "dog", "goldfish"});
  m.update(tensor({0, 0, 0, 1, 1, 1, 1, 0, 0, 0}, i64), tensor({0, 0, 0, 0, 1, 1, 1, 1, 1, 2}, i64));
  return m;
}

TEST(ConfusionMatrix, prints_as_a_table_with_names) {
  EXPECT_EQ(pets().table(),
            "           predicted\n"
            "truth           cat       dog  goldfish   recall\n"
            "cat               3         1         .    75.0%\n"
            "dog               2         3         .    60.0%\n"
            "goldfish          1         .         .     0.0%\n"
            "precision     50.0%     75.0%         -    60.0%\n");
}

TEST(ConfusionMatrix, numbers_its_columns_when_the_names_are_too_wide) {
  EXPECT_EQ(pets().table(40),
            "            predicted\n"
            "truth          0     1     2   recall\n"
            "0 cat          3     1     .    75.0%\n"
            "1 dog          2     3     .    60.0%\n"
            "2 goldfish     1     .     .     0.0%\n"
            "precision    50%   75%     -    60.0%\n");
}

TEST(ConfusionMatrix, lists_the_most_frequent_confusions_when_there_is_no_room) {
  EXPECT_EQ(pets().table(24),
            "2 of 5  dog as cat\n"
            "1 of 4  cat as dog\n"
            "1 of 1  goldfish as cat\n");
  EXPECT_EQ(pets().confusions_text(1, 12), "2 of 5  dog~\n");
  EXPECT_EQ(pets().confusions_text(1), "     2 of 5      dog taken for cat\n");
  EXPECT_EQ(ConfusionMatrix(2).confusions_text(), "no examples\n");
}

TEST(ConfusionMatrix, reports_a_line_a_class) {
  EXPECT_EQ(pets().report(),
            "class        precision    recall        F1  examples\n"
            "cat             0.5000    0.7500    0.6000         4\n"
            "dog             0.7500    0.6000    0.6667         5\n"
            "goldfish        0.0000    0.0000    0.0000         1\n"
            "macro mean      0.4167    0.4500    0.4222        10\n"
            "weighted        0.5750    0.6000    0.5733        10\n"
            "accuracy 0.6000 (6 of 10)\n");
  EXPECT_EQ(pets().report(40),
            "class         prec. recall     F1 number\n"
            "cat          0.5000 0.7500 0.6000      4\n"
            "dog          0.7500 0.6000 0.6667      5\n"
            "goldfish     0.0000 0.0000 0.0000      1\n"
            "macro mean   0.4167 0.4500 0.4222     10\n"
            "weighted     0.5750 0.6000 0.5733     10\n"
            "accuracy 0.6000 (6 of 10)\n");
  EXPECT_EQ(ConfusionMatrix(2).report(), "class        precision    recall        F1  examples\nno examples\n");
}

TEST(ConfusionMatrix, keeps_every_line_within_the_width) {
  ConfusionMatrix m({"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"});
  std::vector<int64_t> truth, taken;
  for (int64_t i = 0; i < 10000; i++) {
    truth.push_back(i % 10);
    taken.push_back(i % 7 == 0 ? (i / 7) % 10 : i % 10);
  }
  m.update(from_vector(taken), from_vector(truth));
  EXPECT_NE(m.table(80).find("\n0 T-shirt/top "), std::string::npos);  // narrow columns before shortened names
  for (size_t width : {40, 60, 80, 100, 200})
    for (const std::string& text : {m.table(width), m.report(width), m.confusions_text(5, width)})
      for (const std::string& line : split(text, '\n')) EXPECT_LE(columns_of(line), width) << line;
}

TEST(ConfusionMatrix, refuses_no_class_too_many_and_labels_outside) {
  EXPECT_THROW(ConfusionMatrix(0), ConfigError);
  EXPECT_THROW(ConfusionMatrix(5000), ConfigError);
  EXPECT_THROW(pets().count(0, 3), IndexError);
  EXPECT_THROW(pets().of(-1), IndexError);
}

}  // namespace
}  // namespace cairn
