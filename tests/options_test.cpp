// Every struct of options lets a caller name some members and leave out the others without a warning: -Wextra warns of left-out members
// that have no initialiser. The build switches that warning off; here it is an error, so this file's test is that it compiles.
#pragma GCC diagnostic error "-Wmissing-field-initializers"
#include <gtest/gtest.h>

#include <cairn/base/fields.h>
#include <cairn/cairn.h>
#include <cairn/io/csv.h>
#include <cairn/plot/picture.h>
#include <cairn/plot/terminal.h>
#include <cairn/train/supervised.h>

namespace cairn {
namespace {

TEST(Options, members_can_be_named_and_left_out_without_a_warning) {
  const CrossEntropyOptions loss{.label_smoothing = 0.1};
  EXPECT_EQ(loss.ignore_index, -100);
  EXPECT_FALSE(loss.weight.defined());
  EXPECT_EQ((SgdOptions{.lr = 1}).momentum, 0);
  EXPECT_EQ((AdamOptions{.lr = 1}).beta1, 0.9);
  EXPECT_EQ((NAdamOptions{.lr = 1}).weight_decay, 0);
  EXPECT_EQ((RmspropOptions{.lr = 1}).momentum, 0);
  EXPECT_EQ((AdagradOptions{.lr = 1}).weight_decay, 0);
  EXPECT_EQ((PlateauOptions{.factor = 0.5}).patience, 10);
  EXPECT_EQ((StepLR{.size = 3}).gamma, 0.1);
  EXPECT_EQ((CosineAnnealing{.steps = 3}).low, 0);
  EXPECT_EQ((OneCycle{.highest = 1, .steps = 3}).rise, 0.3);
  EXPECT_EQ((LinearOptions{.bias = false}).dtype, f32);
  EXPECT_EQ((LoaderOptions{.shuffle = true}).batch_size, 1);
  EXPECT_EQ((Normalize{.mean = {0.5}}).std, std::vector<double>{1.0});
  EXPECT_EQ((SupervisedOptions{.ema = 0.9}).accumulate, 1);
  EXPECT_EQ((ClipOptions{.norm = 1}).value, 0);
  EXPECT_EQ((CheckpointOptions{.every_steps = 3}).every_epochs, 1);
  EXPECT_EQ((TrainerOptions{.epochs = 3}).log_every, 0);
  EXPECT_EQ((GradcheckOptions{.rtol = 1}).eps, 1e-6);
  EXPECT_EQ((PrintOptions{.precision = 2}).edge_items, 3);
  EXPECT_EQ((CsvOptions{.separator = ';'}).numeric.size(), 0u);
  EXPECT_EQ((MosaicOptions{.columns = 3}).title, "");
  EXPECT_EQ((ShowOptions{.per_row = 3}).marks.size(), 0u);
  EXPECT_EQ((Slice{.step = -1}).start, std::nullopt);
  EXPECT_FALSE((Range{.low = 1}).low_open);
}

}  // namespace
}  // namespace cairn
