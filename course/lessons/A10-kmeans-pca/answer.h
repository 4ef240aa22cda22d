// What the exercise asks for: one step of k-means, and the first components of a table.
#pragma once
#include <cstddef>
#include <vector>

struct Answer {
  std::vector<std::size_t> (*kmeans_step)(const std::vector<double>& x, std::size_t d, std::vector<double>& centres);
  std::vector<double> (*pca)(const std::vector<double>& x, std::size_t d, std::size_t count);
};
#define ANSWER \
  { kmeans_step, pca }
