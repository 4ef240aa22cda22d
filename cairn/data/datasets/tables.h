// The small classic tables share one layout: a CSV file whose last column is the target.
#pragma once

#include <cairn/data/registry.h>

namespace cairn {

// Classes where the catalogue lists any, in the catalogue's order; a number to predict otherwise.
Labelled load_table_dataset(const DatasetInfo& info, const std::string& split, const std::string& from);

}  // namespace cairn
