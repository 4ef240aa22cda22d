// How fast pictures are decoded, beside what libjpeg-turbo takes for the same bytes at the same scale.
#pragma once

#include <vector>

#include <cairn/base/json.h>

namespace cairn {

// One object a size, of pictures made here, quality 90 with colours at half the size, as cameras write them, in memory, on one core:
// {"picture":"500x375","at_least":224,"scale":"8/8","us":..,"libjpeg_us":..,"share":..}. "us" is load_image(), checks and memory included;
// share: libjpeg-turbo's time by ours, 1 when nothing is added.
std::vector<Json> decode_rates();

}  // namespace cairn
