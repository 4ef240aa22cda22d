// What the exercise asks for: three functions of a training program, mended, and a check for each that can fail.
#pragma once
#include <functional>
#include <vector>

struct Answer {
  std::vector<double> (*normalise)(const std::vector<double>& x, int columns);
  bool (*check_normalise)(const std::function<std::vector<double>(const std::vector<double>&, int)>& candidate);
  void (*add_gradient)(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, std::vector<double>& gradient);
  bool (*check_gradient)(
      const std::function<void(const std::vector<double>&, const std::vector<double>&, const std::vector<double>&, std::vector<double>&)>& candidate);
  void (*sgd_step)(std::vector<double>& w, std::vector<double>& gradient, double rate);
  bool (*check_step)(const std::function<void(std::vector<double>&, std::vector<double>&, double)>& candidate);
};
#define ANSWER \
  { normalise, check_normalise, add_gradient, check_gradient, sgd_step, check_step }
