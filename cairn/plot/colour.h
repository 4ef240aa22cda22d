// The colours of figures. Lines are told apart by colour-blind readers, too (after Okabe and Ito 2008).
#pragma once

#include <string>

#include <cairn/plot/figure.h>

namespace cairn::plot::detail {

inline constexpr int palette_size = 7;
Colour paper_colour(int series);   // on white paper
Colour screen_colour(int series);  // on a dark screen

// The place of v between low and high, 0 to 1.
double share(double v, double low, double high);
Colour mixed(Colour a, Colour b, double of_b);

// A colour of a map, v from 0 to 1, on a ground: sequential and diverging begin at the ground, and are this much of their full colour.
struct Shade {
  Colour full;
  double strength;  // 1 for spectrum
  Colour on(Colour ground) const { return mixed(ground, full, strength); }
};
Shade shade(ColourMap map, double v, bool dark = false);
// Does white text stand out better than dark on this colour?
bool wants_white(Colour c);
std::string hex(Colour c);

}  // namespace cairn::plot::detail
