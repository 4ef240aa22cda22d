// What the exercise asks for, driven by a list of steps: what was computed, and the gradients after each call of backward.
#pragma once
#include <cstddef>
#include <vector>

struct Answer {
  // '+', '*', 'r' (relu) and 'p' (power) take the results of earlier steps, a and b; 'x' is an input, and n its number. 'p' has the exponent n.
  struct Step {
    char op;
    int a, b;
    double n;
  };
  // Computes the steps, then calls backward on those that `results` names, one after the other. Returns the
  // data of all steps, then the gradients of all steps after each call.
  std::vector<std::vector<double>> (*run)(const std::vector<Step>& steps, const std::vector<int>& results);
};
#define ANSWER                                                                                      \
  {                                                                                                 \
    [](const std::vector<Answer::Step>& steps, const std::vector<int>& results) {                   \
      std::vector<Value> values;                                                                    \
      for (const Answer::Step& s : steps) {                                                         \
        if (s.op == 'x') values.push_back(value(s.n));                                              \
        if (s.op == '+') values.push_back(add(values[std::size_t(s.a)], values[std::size_t(s.b)])); \
        if (s.op == '*') values.push_back(mul(values[std::size_t(s.a)], values[std::size_t(s.b)])); \
        if (s.op == 'p') values.push_back(power(values[std::size_t(s.a)], s.n));                    \
        if (s.op == 'r') values.push_back(relu(values[std::size_t(s.a)]));                          \
      }                                                                                             \
      std::vector<std::vector<double>> all(1);                                                      \
      for (const Value& v : values) all[0].push_back(v->data);                                      \
      for (const int r : results) {                                                                 \
        backward(values[std::size_t(r)]);                                                           \
        all.emplace_back();                                                                         \
        for (const Value& v : values) all.back().push_back(v->grad);                                \
      }                                                                                             \
      return all;                                                                                   \
    }                                                                                               \
  }
