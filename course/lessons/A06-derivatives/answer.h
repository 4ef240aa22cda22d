// What the exercise asks for. f is any function of one number, or of many.
#pragma once
#include <functional>
#include <vector>

struct Answer {
  double (*central_difference)(const std::function<double(double)>& f, double x);
  std::vector<double> (*numeric_gradient)(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x);
};
#define ANSWER \
  { central_difference, numeric_gradient }
