// What the exercise asks for: three loops over a vector of whole numbers.
#pragma once
#include <vector>

struct Answer {
  double (*mean)(const std::vector<int>& v);
  double (*tilt)(const std::vector<int>& v);
  std::vector<int> (*counts)(const std::vector<int>& v, int classes);
};
#define ANSWER \
  { mean, tilt, counts }
