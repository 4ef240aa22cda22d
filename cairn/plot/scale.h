// From numbers to places along an axis, and the round numbers beside it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <cairn/plot/figure.h>

namespace cairn::plot::detail {

struct Tick {
  double at;  // 0 at the beginning of the axis, 1 at its end
  std::string text;
};

// Beyond these an axis would leave what doubles can say.
inline constexpr double smallest = 1e-270, largest = 1e300;

struct ScaleOptions {
  int count = 5;  // about so many ticks
  bool log = false;
  bool open_low = false, open_high = false;  // move this end outwards to a round number
  bool reversed = false;
  bool whole = false;  // whole numbers only: epochs
};

class Scale {
 public:
  Scale(double low, double high, const ScaleOptions& options);
  Scale(const std::vector<std::string>& names, bool reversed);  // place i has the name i
  double place(double v) const;                                 // 0 to 1 inside; NaN when it has no place
  const std::vector<Tick>& ticks() const& { return ticks_; }
  std::vector<Tick> ticks() && { return std::move(ticks_); }
  double span() const { return high_ - low_; }
  double zero() const;  // where bars begin: the place of 0, or the lower end of a logarithmic axis

 private:
  void linear_ticks(const ScaleOptions& options);
  void log_ticks(const ScaleOptions& options);
  double low_, high_;  // of logarithmic axes: exponents of ten
  bool log_ = false, reversed_ = false;
  std::vector<Tick> ticks_;
};

// A number as a person writes it: at most `digits` digits that count, "1e6" rather than "1e+06".
std::string number(double v, int digits = 4);

}  // namespace cairn::plot::detail
