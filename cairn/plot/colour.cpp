#include <cairn/plot/colour.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

namespace cairn::plot::detail {

Colour paper_colour(int series) {
  constexpr Colour all[palette_size] = {{0, 114, 178}, {213, 94, 0}, {0, 158, 115}, {204, 121, 167}, {230, 159, 0}, {86, 180, 233}, {90, 90, 90}};
  return all[series % palette_size];
}

Colour screen_colour(int series) {
  constexpr Colour all[palette_size] = {{86, 180, 233}, {230, 159, 0},  {0, 190, 140},  {220, 140, 190},
                                        {213, 105, 40}, {215, 205, 60}, {160, 160, 160}};
  return all[series % palette_size];
}

double share(double v, double low, double high) { return high > low ? std::clamp((v - low) / (high - low), 0.0, 1.0) : 0.5; }

Colour mixed(Colour a, Colour b, double of_b) {
  auto part = [&](uint8_t x, uint8_t y) { return uint8_t(std::lround(x + (y - x) * of_b)); };
  return {part(a.r, b.r), part(a.g, b.g), part(a.b, b.b)};
}

Shade shade(ColourMap map, double v, bool dark) {
  const Colour blue = dark ? Colour{45, 125, 205} : Colour{17, 92, 158}, red = dark ? Colour{214, 66, 62} : Colour{178, 40, 40};
  if (map == ColourMap::sequential) return {blue, std::pow(v, 0.7)};  // small values can be told from none
  if (map == ColourMap::diverging) return {v < 0.5 ? red : blue, std::abs(2 * v - 1)};
  // Stops of about even steps in brightness.
  constexpr Colour stops[] = {{13, 8, 60}, {46, 40, 130}, {32, 86, 150}, {14, 128, 140}, {60, 170, 105}, {160, 200, 70}, {250, 232, 80}};
  double at = v * double(std::size(stops) - 1);
  size_t i = std::min(size_t(at), std::size(stops) - 2);
  return {mixed(stops[i], stops[i + 1], at - double(i)), 1};
}

// By the relative luminance of WCAG 2: the contrast to white is 1.05 / (Y + 0.05), to the ink (Y about 0.017) (Y + 0.05) / 0.067.
bool wants_white(Colour c) {
  auto linear = [](uint8_t v) { return v <= 10 ? v / 255.0 / 12.92 : std::pow((v / 255.0 + 0.055) / 1.055, 2.4); };
  double y = 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b) + 0.05;
  return 1.05 / y > y / 0.067;
}

std::string hex(Colour c) { return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b); }

}  // namespace cairn::plot::detail
