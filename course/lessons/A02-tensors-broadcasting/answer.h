// What the exercise asks for. A shape is a list of sizes, one for each axis; {} is the shape of a single number.
#pragma once
#include <cstdint>
#include <vector>

struct Answer {
  std::vector<int64_t> (*broadcast_shapes)(const std::vector<int64_t>& a, const std::vector<int64_t>& b);
  std::vector<int64_t> (*broadcast_strides)(const std::vector<int64_t>& shape, const std::vector<int64_t>& to);
};
#define ANSWER \
  { broadcast_shapes, broadcast_strides }
