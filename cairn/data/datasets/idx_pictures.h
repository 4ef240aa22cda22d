// MNIST and its relatives share one layout: four IDX files.
#pragma once

#include <cairn/data/registry.h>

namespace cairn {

Labelled load_idx_pictures(const DatasetInfo& info, const std::string& split, const std::string& from);

}  // namespace cairn
