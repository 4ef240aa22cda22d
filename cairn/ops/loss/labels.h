// Class labels as cross-entropy and negative log-likelihood take them.
#pragma once

#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>

namespace cairn {

// Scores with the classes on the last axis, and a label for each row.
struct LabelledRows {
  Tensor scores;  // [m, classes]
  Tensor target;  // i64 [m]
};
// scores: [classes], [n, classes] or [n, classes, d1, ...]; target: the same without the classes, i64 or i32. Checks shapes and options.
LabelledRows labelled_rows(const char* op, const char* name, const Tensor& scores, const Tensor& target, const CrossEntropyOptions& options);

// y_i = t_i, 0 where it is to be ignored. An op, so that a replayed trace checks its labels, too: IndexError, in the name of nll_loss, for
// one outside of [0, classes); those below zero are not counted from the end.      target, y: i64 [m]
Tensor class_labels(const Tensor& target, int64_t classes, int64_t ignore);

// Cross-entropy with shares of the classes, target being floats in the shape of the logits; options.ignore_index is not looked at.
Tensor cross_entropy_of_shares(const Tensor& logits, const Tensor& shares, const CrossEntropyOptions& options);

// IndexError for a label that is neither a class nor to be ignored.
[[noreturn]] void fail_label(const char* op, int64_t label, int64_t position, int64_t classes);

}  // namespace cairn
