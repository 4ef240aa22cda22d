#include <cairn/plot/scale.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace cairn::plot::detail {
namespace {

// The power of ten times 1, 2 or 5 that is at least `step`.
double round_step(double step) {
  double power = std::pow(10.0, std::floor(std::log10(step)));
  for (double f : {1.0, 2.0, 5.0})
    if (f * power >= step * (1 - 1e-9)) return f * power;
  return 10 * power;
}

// "1e+06" is 1e6, "1e-07" is 1e-7.
std::string short_exponent(std::string text) {
  size_t e = text.find('e');
  if (e == std::string::npos) return text;
  std::string mantissa = text.substr(0, e), sign = text[e + 1] == '-' ? "-" : "";
  size_t digits = std::min(text.find_first_not_of("+-0", e + 1), text.size() - 1);
  return mantissa + "e" + sign + text.substr(digits);
}

// As many decimals as the step needs; powers of ten for very large and very small numbers.
std::string tick_text(double v, double step) {
  double size = std::max(std::abs(v), step);
  if (v == 0 || std::abs(v) < step * 1e-9) return "0";
  if (size >= 1e6 || step < 1e-5) return short_exponent(fmt::format("{:.6g}", v));
  return fmt::format("{:.{}f}", v, std::max(0, int(-std::floor(std::log10(step * (1 + 1e-9))))));
}

std::string power_text(double mantissa, double exponent) {
  if (exponent >= -4 && exponent < 5) return fmt::format("{:g}", mantissa * std::pow(10.0, exponent));
  return fmt::format("{:g}e{:g}", mantissa, exponent);
}

}  // namespace

std::string number(double v, int digits) { return short_exponent(fmt::format("{:.{}g}", v == 0 ? 0.0 : v, digits)); }

Scale::Scale(double low, double high, const ScaleOptions& options) : low_(low), high_(high), log_(options.log), reversed_(options.reversed) {
  if (log_) log_ticks(options);
  else linear_ticks(options);
  if (reversed_)
    for (Tick& t : ticks_) t.at = 1 - t.at;
}

Scale::Scale(const std::vector<std::string>& names, bool reversed) : low_(-0.5), high_(double(names.size()) - 0.5), reversed_(reversed) {
  if (names.empty()) high_ = 0.5;
  for (size_t i = 0; i < names.size(); i++) ticks_.push_back({place(double(i)), names[i]});
}

void Scale::linear_ticks(const ScaleOptions& options) {
  // Equal ends, or so near that doubles have no round numbers between them: open a little around them.
  double least = std::max({std::abs(low_), std::abs(high_), smallest}) * 1e-12;
  if (high_ - low_ <= least) {
    double around = low_ == 0 ? 1 : std::max(std::abs(low_) * 0.1, least);
    low_ -= around;
    high_ += around;
  }
  double step = round_step((high_ - low_) / (std::max(options.count, 1) * 1.35));
  auto inside = [&] { return std::floor(high_ / step + 1e-9) - std::ceil(low_ / step - 1e-9) + 1; };
  while (!options.open_low && inside() < 2) step = round_step(step * 0.39);  // the next finer one
  if (options.whole) step = std::max(step, 1.0);
  double first = std::floor(low_ / step + 1e-9), last = std::ceil(high_ / step - 1e-9);
  if (options.open_low) low_ = first * step;
  if (options.open_high) high_ = last * step;
  for (double k = first; k <= last; k++) {
    double at = (k * step - low_) / (high_ - low_);
    if (at >= -1e-9 && at <= 1 + 1e-9) ticks_.push_back({at, tick_text(k * step, step)});
  }
}

// Ends at 1, 2 or 5 times a power of ten. Beside the axis stand 1, 2, 5 or 1, 3 or 1 times powers of ten, as many as have room; within a
// factor of 2.5 the round numbers of a linear axis.
void Scale::log_ticks(const ScaleOptions& options) {
  double low = low_, high = high_;
  low_ = std::log10(low);
  high_ = std::log10(high);
  if (high_ - low_ < 1e-9) {
    low_ -= 0.3;
    high_ += 0.3;
  }
  auto outwards = [](double exponent, bool down) {
    double whole = std::floor(exponent + 1e-9), best = down ? whole : whole + 1;
    for (double m : {2.0, 5.0}) {
      double at = whole + std::log10(m);
      if (down ? at <= exponent + 1e-9 : at >= exponent - 1e-9) best = down ? std::max(best, at) : std::min(best, at);
    }
    return !down && whole >= exponent - 1e-9 ? whole : best;
  };
  if (options.open_low) low_ = outwards(low_, true);
  if (options.open_high) high_ = outwards(high_, false);
  if (high_ - low_ < 0.4) {
    ScaleOptions plain = options;
    plain.log = plain.reversed = plain.open_low = plain.open_high = false;
    plain.count = std::max(2, options.count / 2);
    double from = std::pow(10.0, low_), to = std::pow(10.0, high_);
    for (const Tick& t : Scale(from, to, plain).ticks()) ticks_.push_back({(std::log10(from + t.at * (to - from)) - low_) / (high_ - low_), t.text});
    return;
  }
  const std::vector<double> sets[] = {{1, 2, 5}, {1, 3}, {1}};
  for (const auto& mantissas : sets) {
    double step = mantissas.size() > 1 ? 1 : std::max(1.0, std::ceil((high_ - low_) / (std::max(options.count, 1) * 1.35)));
    ticks_.clear();
    if (mantissas.size() > 1 && (high_ - low_) * double(mantissas.size()) > 3.0 * (options.count + 3)) continue;
    for (double d = std::floor(low_ / step) * step; d <= high_ + 1e-9; d += step)
      for (double m : mantissas) {
        double at = (d + std::log10(m) - low_) / (high_ - low_);
        if (at >= -1e-9 && at <= 1 + 1e-9) ticks_.push_back({at, power_text(m, d)});
      }
    if (ticks_.size() <= size_t(options.count) + 2) return;
  }
}

double Scale::place(double v) const {
  double at = ((log_ ? std::log10(v) : v) - low_) / (high_ - low_);
  return reversed_ ? 1 - at : at;
}

double Scale::zero() const {
  double start = log_ ? 0 : std::clamp((0 - low_) / (high_ - low_), 0.0, 1.0);
  return reversed_ ? 1 - start : start;
}

}  // namespace cairn::plot::detail
