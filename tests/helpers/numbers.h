// Numbers as tests write them.
#pragma once

#include <limits>
#include <vector>

namespace cairn {

using Numbers = std::vector<double>;
inline constexpr double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();

}  // namespace cairn
