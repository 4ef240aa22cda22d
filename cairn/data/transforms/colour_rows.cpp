// Compiled once for each instruction set by Highway.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/data/transforms/colour_rows.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <algorithm>

#include <cairn/data/transforms/colour_rows.h>

HWY_BEFORE_NAMESPACE();
namespace cairn::transforms::detail {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void mixed(const uint8_t* poor, const uint8_t* x, float factor, uint8_t* to, int64_t n) {
  const hn::ScalableTag<float> d;
  const hn::RebindToSigned<decltype(d)> di;
  const hn::Rebind<uint8_t, decltype(d)> d8;
  const int64_t lanes = int64_t(hn::Lanes(d));
  const auto f = hn::Set(d, factor);
  const auto some = [&](const uint8_t* a, const uint8_t* b) {
    const auto from = hn::PromoteTo(di, hn::LoadU(d8, a)), difference = hn::Sub(hn::PromoteTo(di, hn::LoadU(d8, b)), from);
    const auto v = hn::Add(hn::ConvertTo(d, from), hn::Mul(f, hn::ConvertTo(d, difference)));
    return hn::DemoteTo(d8, hn::ConvertTo(di, hn::Min(hn::Max(v, hn::Zero(d)), hn::Set(d, 255))));
  };
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) hn::StoreU(some(poor + i, x + i), d8, to + i);
  for (; i < n; i++) {
    const float v = float(poor[i]) + factor * float(x[i] - poor[i]);
    to[i] = v <= 0 ? 0 : v >= 255 ? 255 : uint8_t(v);
  }
}

// sum / 13 rounded is (sum + 6) / 13, as 13 is odd; and for sums below 3,322 that is ((sum + 6) * 5042) >> 16.
void smoothed(const uint8_t* above, const uint8_t* row, const uint8_t* below, uint8_t* to, int64_t n) {
  const hn::ScalableTag<int32_t> d;
  const hn::Rebind<uint8_t, decltype(d)> d8;
  const int64_t lanes = int64_t(hn::Lanes(d));
  const auto wide = [&](const uint8_t* p) { return hn::PromoteTo(d, hn::LoadU(d8, p)); };
  const auto three = [&](const uint8_t* p) { return hn::Add(hn::Add(wide(p - 1), wide(p)), wide(p + 1)); };
  to[0] = row[0];
  to[n - 1] = row[n - 1];
  int64_t i = 1;
  for (; i + lanes <= n - 1; i += lanes) {
    auto sum = hn::Add(hn::Add(three(above + i), three(row + i)), hn::Add(three(below + i), hn::ShiftLeft<2>(wide(row + i))));
    sum = hn::ShiftRight<16>(hn::Mul(hn::Add(sum, hn::Set(d, 6)), hn::Set(d, 5042)));
    hn::StoreU(hn::DemoteTo(d8, sum), d8, to + i);
  }
  for (; i < n - 1; i++) {
    const int sum = above[i - 1] + above[i] + above[i + 1] + row[i - 1] + 5 * row[i] + row[i + 1] + below[i - 1] + below[i] + below[i + 1];
    to[i] = uint8_t((sum + 6) / 13);
  }
}

// One pixel: what the vectors below do with many.
void turn_one(uint8_t& red, uint8_t& green, uint8_t& blue, int shift) {
  const int r = red, g = green, b = blue, most = std::max({r, g, b}), least = std::min({r, g, b});
  if (most == least) return;
  const float spread = float(most - least), rc = float(most - r) / spread, gc = float(most - g) / spread, bc = float(most - b) / spread;
  const float sixths = r == most ? bc - gc : g == most ? float(2.0 + rc - bc) : float(4.0 + gc - rc);
  const double around = sixths / 6.0 + 1.0;  // from 5/6 to 11/6
  const int hue = (int(float(around < 1 ? around : around - 1) * 255.0) + shift) & 255, saturation = int(spread / float(most) * 255.0);
  if (saturation == 0) {
    red = green = blue = uint8_t(most);
    return;
  }
  const float at = float(double(hue) * 6.0 / 255.0), part = float(saturation) / 255.0f;
  const int sixth = int(at);
  const float f = at - float(sixth);
  const auto less = [&](float by) { return uint8_t(double(most) * (1.0 - double(by)) + 0.5); };
  const uint8_t v = uint8_t(most), low = less(part), falling = less(part * f), rising = less(float(double(part) * (1.0 - double(f))));
  switch (sixth % 6) {
    case 0: red = v, green = rising, blue = low; break;
    case 1: red = falling, green = v, blue = low; break;
    case 2: red = low, green = v, blue = rising; break;
    case 3: red = low, green = falling, blue = v; break;
    case 4: red = rising, green = low, blue = v; break;
    default: red = v, green = low, blue = falling; break;
  }
}

// In doubles, rounded to floats where the formula has floats: of such small numbers the results are the same bits.
void turn(uint8_t* red, uint8_t* green, uint8_t* blue, uint8_t shift, int64_t n) {
  const hn::ScalableTag<double> d;
  const hn::Rebind<int32_t, decltype(d)> di;
  const hn::Rebind<float, decltype(d)> df;
  const hn::Rebind<uint8_t, decltype(d)> d8;
  const int64_t lanes = int64_t(hn::Lanes(d));
  const auto number = [&](double v) { return hn::Set(d, v); };
  const auto wide = [&](const uint8_t* p) { return hn::PromoteTo(d, hn::PromoteTo(di, hn::LoadU(d8, p))); };
  const auto narrow = [&](auto v, uint8_t* p) { hn::StoreU(hn::DemoteTo(d8, hn::DemoteTo(di, v)), d8, p); };
  const auto rounded = [&](auto v) { return hn::PromoteTo(d, hn::DemoteTo(df, v)); };
  const auto one = number(1), zero = hn::Zero(d);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto r = wide(red + i), g = wide(green + i), b = wide(blue + i);
    const auto most = hn::Max(r, hn::Max(g, b)), spread = hn::Sub(most, hn::Min(r, hn::Min(g, b)));
    const auto grey = hn::Eq(spread, zero);
    const auto divisor = hn::IfThenElse(grey, one, spread);
    const auto share = [&](auto c) { return rounded(hn::Div(hn::Sub(most, c), divisor)); };
    const auto rc = share(r), gc = share(g), bc = share(b);
    auto sixths = hn::IfThenElse(hn::Eq(g, most), hn::Sub(hn::Add(number(2), rc), bc), hn::Sub(hn::Add(number(4), gc), rc));
    sixths = rounded(hn::IfThenElse(hn::Eq(r, most), hn::Sub(bc, gc), sixths));
    auto around = hn::Add(hn::Div(sixths, number(6)), one);
    around = hn::IfThenElse(hn::Lt(around, one), around, hn::Sub(around, one));
    auto hue = hn::Add(hn::Trunc(hn::Mul(rounded(around), number(255))), number(shift));
    hue = hn::IfThenElse(hn::Ge(hue, number(256)), hn::Sub(hue, number(256)), hue);
    const auto saturation = hn::Trunc(hn::Mul(rounded(hn::Div(spread, hn::Max(most, one))), number(255)));
    const auto at = rounded(hn::Div(hn::Mul(hue, number(6)), number(255))), part = rounded(hn::Div(saturation, number(255)));
    auto sixth = hn::Floor(at);
    const auto f = hn::Sub(at, sixth);
    sixth = hn::IfThenElse(hn::Eq(sixth, number(6)), zero, sixth);
    const auto less = [&](auto by) { return hn::Add(hn::Mul(most, hn::Sub(one, by)), number(0.5)); };
    const auto low = less(part), falling = less(rounded(hn::Mul(part, f))), rising = less(rounded(hn::Mul(part, hn::Sub(one, f))));
    const auto is = [&](double k) { return hn::Eq(sixth, number(k)); };
    // A channel is the value for two sixths, then falls, is low for two, and rises.
    const auto channel = [&](double first, double second, double falls, double rises) {
      const auto high = hn::IfThenElse(hn::Or(is(first), is(second)), most, low);
      return hn::IfThenElse(is(falls), falling, hn::IfThenElse(is(rises), rising, high));
    };
    // Saturation 0: all are the value. Grey: nothing changes.
    const auto flat = hn::Eq(saturation, zero);
    const auto kept = [&](auto v, auto old) { return hn::IfThenElse(grey, old, hn::IfThenElse(flat, most, v)); };
    narrow(kept(channel(5, 0, 1, 4), r), red + i);
    narrow(kept(channel(1, 2, 3, 0), g), green + i);
    narrow(kept(channel(3, 4, 5, 2), b), blue + i);
  }
  for (; i < n; i++) turn_one(red[i], green[i], blue[i], shift);
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::transforms::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::transforms::detail {
HWY_EXPORT(mixed);
HWY_EXPORT(smoothed);
HWY_EXPORT(turn);
void turn_hue(uint8_t* r, uint8_t* g, uint8_t* b, uint8_t shift, int64_t n) { HWY_DYNAMIC_DISPATCH(turn)(r, g, b, shift, n); }
void mixed_rows(const uint8_t* poor, const uint8_t* x, float factor, uint8_t* to, int64_t n) { HWY_DYNAMIC_DISPATCH(mixed)(poor, x, factor, to, n); }
void smoothed_row(const uint8_t* above, const uint8_t* row, const uint8_t* below, uint8_t* to, int64_t n) {
  HWY_DYNAMIC_DISPATCH(smoothed)(above, row, below, to, n);
}
}  // namespace cairn::transforms::detail
#endif
