// The model: change it here, and nowhere else.
#pragma once

#include "config.h"

inline cairn::Sequential make_model(int64_t inputs, int64_t classes, const Config& config) {
  using namespace cairn;
  return Sequential(Flatten(), Linear(inputs, config.hidden), ReLU(), Dropout(config.dropout), Linear(config.hidden, classes));
}
