// What the exercise asks for: three small functions, mended.
#pragma once
#include <string>
#include <vector>

struct Answer {
  double (*median)(std::vector<double> v);
  std::string (*verdict)(double score, double goal);
  int (*words_in)(const std::string& text);
};
#define ANSWER \
  { median, verdict, words_in }
