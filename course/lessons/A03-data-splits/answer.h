// What the exercise asks for. A table is a list of rows, all of one length.
#pragma once
#include <vector>

using AnswerRows = std::vector<std::vector<double>>;

struct Answer {
  // Fits to `before` (where it is not empty), then to `train`, and transforms `x`.
  AnswerRows (*standardize)(const AnswerRows& before, const AnswerRows& train, const AnswerRows& x);
  std::vector<int> (*split_by_group)(const std::vector<int>& group, const std::vector<int>& order, int wanted);
};
#define ANSWER                                                                                 \
  {                                                                                            \
    [](const AnswerRows& before, const AnswerRows& train, const AnswerRows& x) -> AnswerRows { \
      Standardizer s;                                                                          \
      if (!before.empty()) s.fit(before);                                                      \
      s.fit(train);                                                                            \
      return s.transform(x);                                                                   \
    },                                                                                         \
        split_by_group                                                                         \
  }
