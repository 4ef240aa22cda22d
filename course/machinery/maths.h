// Maths written in LaTeX as plain text for a terminal: \frac{a + b}{2} -> (a + b)/2, x^2 -> x², \sum_{i=1}^{n} -> Σ_(i=1)^n.
#pragma once

#include <string>
#include <string_view>

namespace cairn::course {

// What lessons use: fractions, roots, powers and indices, Greek, operators, arrows, accents, brackets, \text, matrices, cases, aligned
// rows (on lines of their own). A command that is not known shows its name. `unicode` false: ASCII only.
std::string readable_maths(std::string_view tex, bool unicode);

}  // namespace cairn::course
