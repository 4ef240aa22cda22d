// What the exercise asks for: a function that changes what it is given, one that only reads, and one that returns something new.
#pragma once
#include <string>
#include <vector>

struct Answer {
  void (*clip)(std::vector<double>& v, double low, double high);
  std::vector<double> (*clipped)(const std::vector<double>& v, double low, double high);
  const std::string* (*longest)(const std::vector<std::string>& words);
  void (*add_to)(std::vector<double>& sum, const std::vector<double>& v);
};
// longest returns a reference; here its address is taken, to see whether it leads into the vector.
#define ANSWER                                                                                                 \
  {                                                                                                            \
    clip, clipped, [](const std::vector<std::string>& w) -> const std::string* { return &longest(w); }, add_to \
  }
