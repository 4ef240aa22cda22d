// What the exercise asks for, called through small scripts: a running mean, a function that counts, a copy with storage of its own.
#pragma once
#include <functional>
#include <memory>
#include <vector>

struct Answer {
  // Mean and count before anything, then after each value; before values[i] a reset where resets[i] is 1.
  std::vector<double> (*running)(const std::vector<double>& values, const std::vector<int>& resets);
  // Two running means side by side, and a copy of the first that gets one value more: mean and count of the three. They are reset at both ends,
  // so that nothing of shared members is carried over to the next call.
  std::vector<double> (*side_by_side)(const std::vector<double>& first, const std::vector<double>& second);
  // Two counters, called in turn.
  std::vector<int> (*counted)(int start, int other_start, int calls);
  // Clones a buffer, writes x into entry `at` of the clone: the original's numbers, then the clone's.
  std::vector<double> (*cloned)(const std::vector<double>& numbers, int at, double x);
};
#define ANSWER                                                                                                                            \
  {                                                                                                                                       \
    [](const std::vector<double>& values, const std::vector<int>& resets) -> std::vector<double> {                                        \
      RunningMean m;                                                                                                                      \
      std::vector<double> seen = {m.mean(), double(m.count())};                                                                           \
      for (std::size_t i = 0; i < values.size(); i++) {                                                                                   \
        if (resets[i] == 1) m.reset();                                                                                                    \
        m.add(values[i]);                                                                                                                 \
        seen.push_back(m.mean());                                                                                                         \
        seen.push_back(double(m.count()));                                                                                                \
      }                                                                                                                                   \
      m.reset();                                                                                                                          \
      seen.push_back(m.mean());                                                                                                           \
      seen.push_back(double(m.count()));                                                                                                  \
      return seen;                                                                                                                        \
    },                                                                                                                                    \
        [](const std::vector<double>& first, const std::vector<double>& second) -> std::vector<double> {                                  \
          RunningMean a, b;                                                                                                               \
          a.reset();                                                                                                                      \
          b.reset();                                                                                                                      \
          for (const double x : first) a.add(x);                                                                                          \
          for (const double x : second) b.add(x);                                                                                         \
          RunningMean copy = a;                                                                                                           \
          copy.add(100);                                                                                                                  \
          const std::vector<double> seen = {a.mean(), double(a.count()), b.mean(), double(b.count()), copy.mean(), double(copy.count())}; \
          a.reset();                                                                                                                      \
          b.reset();                                                                                                                      \
          copy.reset();                                                                                                                   \
          return seen;                                                                                                                    \
        },                                                                                                                                \
        [](int start, int other_start, int calls) -> std::vector<int> {                                                                   \
          const std::function<int()> one = counter(start), two = counter(other_start);                                                    \
          std::vector<int> seen;                                                                                                          \
          for (int i = 0; one && two && i < calls; i++) {                                                                                 \
            seen.push_back(one());                                                                                                        \
            seen.push_back(one());                                                                                                        \
            seen.push_back(two());                                                                                                        \
          }                                                                                                                               \
          return seen;                                                                                                                    \
        },                                                                                                                                \
        [](const std::vector<double>& numbers, int at, double x) -> std::vector<double> {                                                 \
          const Buffer original{std::make_shared<std::vector<double>>(numbers)};                                                          \
          const Buffer copy = clone(original);                                                                                            \
          if (!copy.numbers) return {};                                                                                                   \
          if (copy.numbers->size() == numbers.size()) (*copy.numbers)[static_cast<std::size_t>(at)] = x;                                  \
          std::vector<double> seen = *original.numbers;                                                                                   \
          seen.insert(seen.end(), copy.numbers->begin(), copy.numbers->end());                                                            \
          return seen;                                                                                                                    \
        }                                                                                                                                 \
  }
