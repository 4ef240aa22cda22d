// Random choices that transforms share, and checks of their options.
#pragma once

#include <string>

#include <cairn/base/random.h>

namespace cairn::transforms::detail {

inline double between(Random& r, double least, double most) { return least + (most - least) * r.uniform(); }
inline int64_t below(Random& r, int64_t n) { return int64_t(r.below(uint64_t(n))); }
inline bool chance(Random& r, double p) { return r.uniform() < p; }
double log_between(Random& r, double least, double most);  // the logarithm is uniform
double gamma(Random& r, double shape);                     // of scale 1
double beta(Random& r, double a, double b);

// ConfigError "[step] what must be ..., got v."
void check_chance(const char* step, double p);
void check_size(const char* step, int64_t height, int64_t width);  // height at least 1, width too or 0; both at most max_image_side
void check_range(const char* step, const char* what, double least, double most, double lowest, double highest);
std::string size_text(int64_t height, int64_t width);  // "32 x 32" of 32 and 0

}  // namespace cairn::transforms::detail
