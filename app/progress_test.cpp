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

TEST(EpochLine, keeps_to_a_narrow_terminal_and_is_whole_from_80_columns_on) {
  for (bool classifies : {true, false})
    for (bool validated : {true, false}) {
      EpochReport r{123, totals(classifies), std::nullopt, 63.2, false};
      if (validated) r.val = totals(classifies);
      for (size_t columns = 40; columns < 80; columns++) {
        const std::string line = epoch_line(r, 1000, columns);
        EXPECT_LE(columns_of(line), columns) << line;
        EXPECT_NE(line.find("0.1235"), std::string::npos) << line;
      }
      EXPECT_EQ(epoch_line(r, 1000, 80), epoch_line(r, 1000, 200));
    }
  EpochReport r{3, totals(true), totals(true), 12.5, false};
  EXPECT_EQ(epoch_line(r, 10, 80), "epoch 3/10  loss 0.1235  accuracy 87.60 %  validation 0.1235  87.60 %  12.5 s, 1 min 28 s left");
  EXPECT_EQ(epoch_line(r, 10, 79), "epoch 3/10  loss 0.1235  accuracy 87.60 %  validation 0.1235  87.60 %  12.5 s");
  EXPECT_EQ(epoch_line(r, 10, 50), "epoch 3/10  loss 0.1235  val 0.1235  87.60 %");
  EXPECT_EQ(epoch_line(r, 10, 40), "3/10  loss 0.1235  val 0.1235  87.60 %");
}

TEST(ReadingLine, is_silent_for_a_second_and_then_redrawn_on_a_terminal) {
  ReadingLine line(true);
  EXPECT_EQ(line.after(64, 12000, 0.9), "");
  EXPECT_EQ(line.erased(), "") << "nothing stands there yet";
  EXPECT_EQ(line.after(4200, 12000, 1.0), "\r\x1b[Kreading 12,000 pictures ... 35 %");
  EXPECT_EQ(line.after(4264, 12000, 1.05), "") << "too soon to draw it again";
  EXPECT_EQ(line.after(11999, 12000, 1.2), "\r\x1b[Kreading 12,000 pictures ... 99 %");
  EXPECT_EQ(line.after(12000, 12000, 1.3), "\r\x1b[K") << "it goes when all are read";
  EXPECT_EQ(line.erased(), "");
}

TEST(ReadingLine, is_one_plain_line_in_a_log) {
  ReadingLine line(false);
  EXPECT_EQ(line.after(64, 900, 0.5), "");
  EXPECT_EQ(line.after(128, 900, 1.5), "reading 900 pictures (once: they are kept as they are decoded)\n");
  EXPECT_EQ(line.after(192, 900, 9), "");
  EXPECT_EQ(line.after(900, 900, 20), "");
  EXPECT_EQ(line.erased(), "");
}

TEST(ReadingLine, names_other_work_in_its_own_words) {
  ReadingLine redrawn(true, "testing", "examples", ""), plain(false, "testing", "examples", "");
  EXPECT_EQ(redrawn.after(2500, 10000, 1.5), "\r\x1b[Ktesting 10,000 examples ... 25 %");
  EXPECT_EQ(plain.after(2500, 10000, 1.5), "testing 10,000 examples\n");
}

}  // namespace
}  // namespace cairn
