// Picture data sets as recipes take them: read, split, normalised.
#pragma once

#include <recipes/recipe.h>

namespace cairn {

bool is_pictures(const std::string& data);  // a name of the catalogue whose examples are pictures

// Train, validation (a stratified share of the training split) and test of a data set, and the recipe's model for it. `classes`: keep
// only these labels, renumbered in this order.
Setup pictures_setup(const std::string& data, Recipe& recipe, const std::vector<int64_t>& classes = {});

// The first `limit` of a fixed random order of the data; all of it when limit is 0.
std::shared_ptr<Dataset> limited(std::shared_ptr<Dataset> data, int64_t limit);
// SHA-256 of the files that a data set was read from, for environment.json: {"mnist/t10k-labels-idx1-ubyte.gz": "...", ...}. A file has
// its name in the catalogue; one that stands in for those has its folder's, too ("cifar10/from-jpeg/test.bin").
Json data_checksums(const DatasetInfo& info, const std::vector<std::string>& files);

}  // namespace cairn
