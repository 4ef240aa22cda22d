// Mixtures of two examples of a batch, labels included: the batch is paired with itself, moved on by one. Labels y, classes i64 [n],
// become shares f32 [n, classes]. The loss of shares y is -mean over the examples of sum(y * log_softmax(logits, 1), 1).
#pragma once

#include <cairn/data/dataset.h>

namespace cairn::transforms {

// x = lambda x_i + (1 - lambda) x_{i-1}, labels alike; lambda from Beta(alpha, alpha), one a batch.
// Zhang et al. 2017: mixup: Beyond empirical risk minimization.
struct MixUp {
  double alpha = 1;
};
// A box of about the share 1 - lambda is taken from x_{i-1}; the labels' shares are those of the areas.
// Yun et al. 2019: CutMix: Regularization strategy to train strong classifiers with localizable features.
struct CutMix {
  double alpha = 1;
};

// x: floats [n, C, H, W], overwritten; y: i64 [n] or f32 [n, classes]. Returns the new y. ShapeError, DtypeError; IndexError for a label
// outside of [0, classes).
Tensor mix_up(Tensor& x, const Tensor& y, int64_t classes, double lambda);
// The box [top, bottom) x [left, right).
struct Box {
  int64_t top = 0, left = 0, bottom = 0, right = 0;
};
Tensor cut_mix(Tensor& x, const Tensor& y, int64_t classes, const Box& box);
Box cut_mix_box(Random& random, double lambda, int64_t height, int64_t width);

// Another data set's batches, each mixed by one of the given ways, drawn with equal chances; keyed by (seed, epoch, the batch's first
// example). Batches that are not mixed (chance 1 - p) have shares as labels, too.
class MixBatches : public Dataset {
 public:
  struct Options {
    std::vector<MixUp> mix_up = {};
    std::vector<CutMix> cut_mix = {};
    double p = 1;
    std::string x = "x", y = "y";
  };
  // ConfigError for no way at all, an alpha that is not above 0, or fewer than 2 classes.
  MixBatches(DatasetRef data, int64_t classes, Options options);
  int64_t size() const override { return data_->size(); }
  std::vector<std::string> names() const override { return data_->names(); }
  Batch read(Indices indices, const Pass& pass) const override;
  std::string str() const;  // "MixUp(alpha 0.2) or CutMix(alpha 1)"

 private:
  DatasetRef data_;
  int64_t classes_;
  Options options_;
};

}  // namespace cairn::transforms
