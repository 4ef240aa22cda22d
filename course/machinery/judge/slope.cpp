// Slopes of a loss by central differences: what a gradient has to agree with, whoever wrote the solution.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include <course/machinery/judge/judge.h>

namespace judge {

void Numbers::operator()(const std::string& name, double& v) { at.push_back(&v), names.push_back(name); }

void Numbers::operator()(const std::string& name, std::vector<double>& v) {
  for (size_t i = 0; i < v.size(); i++) (*this)(name + "[" + std::to_string(i) + "]", v[i]);
}

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

struct Difference {
  double slope = not_a_number;  // nan where the loss has none
  double error = 0;             // how far the slope may be off; at a corner the slopes of both sides lie as far away
  bool corner = false;
};

// A copy of the input, whose numbers are moved one at a time.
class Place {
 public:
  Place(const AnySlope& s, const void* input) : slope_(s), input_(s.copy(input)) {
    s.numbers(input_.get(), numbers);
    here_ = s.loss(input_.get());
  }
  Numbers numbers;

  // The formula is off by h^2 |f'''| / 6, and by the rounding of f divided by h. The step doubled says how large the first is: the two
  // slopes differ by three times as much. For the second, f is taken to be off by 1e-12 of itself (or of 1, or of the slope), as it is a sum
  // whose terms may be far larger. Both errors are about 1e-8 with h = 1e-4: it is larger than the usual third root of the rounding, because
  // these losses bend little and add much.
  // From one side to the other the slope differs by h f'' on a bend, by twice that for the step doubled; by the same for both at a corner.
  // So `jump` is the corner's alone. With one corner nearer than 2 h, the two terms of `error` together are at least what it does to the slope.
  Difference slope(size_t i) {
    const double x = *numbers.at[i], h = 0x1p-13 * std::max(1.0, std::abs(x));
    const double up = loss(i, x + h), down = loss(i, x - h), far_up = loss(i, x + 2 * h), far_down = loss(i, x - 2 * h);
    *numbers.at[i] = x;
    const double near = (up - down) / (2 * h), wide = (far_up - far_down) / (4 * h);
    const double jump = 2 * (up - 2 * here_ + down) / h - (far_up - 2 * here_ + far_down) / (2 * h);
    const double rounding = 1e-12 * std::max({1.0, std::abs(up), std::abs(down), std::abs(near)}) / h;
    const double smooth = std::abs(near - wide) + rounding, error = smooth + std::abs(jump) / 2;
    return std::isfinite(error) ? Difference{near, error, std::abs(jump) > 8 * smooth} : Difference{};
  }

 private:
  double loss(size_t i, double x) {
    *numbers.at[i] = x;
    return slope_.loss(input_.get());
  }
  const AnySlope& slope_;
  std::shared_ptr<void> input_;
  double here_ = 0;
};

// With no more digits than are sure.
std::string rounded(const Difference& d) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.*g", std::clamp(int(std::log10(std::abs(d.slope) / d.error)), 1, 6), d.slope);
  return buffer;
}

}  // namespace

std::string contradiction(const AnySlope& slope, const void* input, const Output& solution, int64_t& compared) {
  const auto item = std::find_if(solution.items.begin(), solution.items.end(), [&](const Item& i) { return i.name == slope.item; });
  if (item == solution.items.end()) return "the solution notes no item of that name";
  Place place(slope, input);
  const size_t n = place.numbers.at.size();
  if (n != item->numbers.size())
    return "the item has " + std::to_string(item->numbers.size()) + " numbers, but " + std::to_string(n) + " of the input are listed";
  for (size_t i = 0; i < n; i++) {
    const Difference d = place.slope(i);
    if (std::isnan(d.slope)) continue;
    compared++;
    if (!(std::abs(item->numbers[i] - d.slope) <= d.error))
      return "by " + place.numbers.names[i] + " the solution's slope is " + text(item->numbers[i]) + ", but that of " + slope.loss_name + " is " +
             text(d.slope) + " by central differences";
  }
  return "";
}

std::string evidence(const AnySlope& slope, const void* input, const Item& expected, const Item& got) {
  const size_t n = expected.numbers.size();
  Place place(slope, input);
  if (n == 0 || got.numbers.size() != n || place.numbers.at.size() != n) return "";
  const auto off = [&](size_t i) {
    const double distance = std::abs(expected.numbers[i] - got.numbers[i]);
    return std::isnan(distance) ? std::numeric_limits<double>::infinity() : distance;
  };
  size_t farthest = 0;
  double largest = 0;
  for (size_t i = 0; i < n; i++) {
    if (off(i) > off(farthest)) farthest = i;
    largest = std::max(largest, std::abs(expected.numbers[i]));
  }
  const Difference d = place.slope(farthest);
  const double distance = off(farthest);
  // The sentence is to say the slope to four digits at least (of 1, where all of the gradient is 0), and to tell the two numbers apart.
  if (std::isnan(d.slope) || d.corner || d.error > 1e-4 * std::max(largest, std::min(1.0, distance)) || distance < 10 * d.error) return "";
  const std::string start = "By central differences " + slope.loss_name + " ", number = place.numbers.names[farthest], digits = rounded(d),
                    end = "; yours says " + text(got.numbers[farthest]) + ".";
  if (std::abs(d.slope) <= d.error) return start + "does not change with " + number + " there" + end;
  if (d.slope > 0) return start + "grows by " + digits + " per unit of " + number + " there" + end;
  return start + "falls by " + digits.substr(1) + " per unit of " + number + " there, a slope of " + digits + end;
}

}  // namespace judge
