// The line that is redrawn while a training runs: it must never wrap.
#include <gtest/gtest.h>

#include <app/progress.h>
#include <cairn/base/text.h>

namespace cairn {
namespace {

// What a terminal shows of UTF-8: one column a character here.
size_t columns_of(const std::string& text) {
  size_t n = 0;
  for (char c : text) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

Totals totals(bool classifies) {
  Totals t;
  t.add({123.456, 1000, classifies ? 876 : -1});
  return t;
}

TEST(ProgressLine, fits_every_terminal) {
  for (bool classifies : {true, false}) {
    const Totals t = totals(classifies);
    for (int columns = 1; columns <= 250; columns++)
      for (int64_t step : {1, 10, 937})
        for (bool unicode : {true, false}) {
          const StepReport r{3, step, 937, 2000, &t, 0.123 * double(step)};
          const std::string line = progress_line({columns, Terminal::Colours::none, unicode}, r, 1000);
          EXPECT_LE(columns_of(line), size_t(std::max(1, columns - 1))) << line;
          EXPECT_TRUE(valid_utf8(line)) << line;
        }
  }
}

TEST(ProgressLine, says_all_where_there_is_room_and_the_loss_where_there_is_little) {
  const Totals t = totals(true);
  const StepReport r{3, 500, 1000, 2500, &t, 5};
  EXPECT_EQ(progress_line({100, Terminal::Colours::none, false}, r, 10),
            "epoch 3/10 ############............ loss 0.1235  accuracy 87.60 %  100 steps/s  1 min 15 s left");
  EXPECT_EQ(progress_line({60, Terminal::Colours::none, false}, r, 10), "epoch 3/10 #####..... loss 0.1235  87.60 %  1 min 15 s left");
  EXPECT_EQ(progress_line({25, Terminal::Colours::none, false}, r, 10), "epoch 3/10 loss 0.1235  ");
  EXPECT_NE(progress_line({100, Terminal::Colours::none, true}, r, 10).find("━╌"), std::string::npos);
}

}  // namespace
}  // namespace cairn
