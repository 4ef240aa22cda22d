// EXIF's orientation: which way the camera was held (TIFF 6.0's tag 0x0112; EXIF 2.3, 4.6.4).
//
//   stored as   1 upright   2 mirrored   3 upside down   4 both      (5 to 8: rows are columns)
//               5 transposed   6 to be turned right   7 transposed the other way   8 to be turned left
#include <cairn/io/image_formats.h>

namespace cairn::detail {

int exif_orientation(std::string_view t) {
  if (t.size() < 14) return 1;
  const bool little_endian = t.starts_with(std::string_view("II*\0", 4));
  if (!little_endian && !t.starts_with(std::string_view("MM\0*", 4))) return 1;
  const auto number = [&](size_t at, int bytes) {
    uint64_t v = 0;
    for (int i = 0; i < bytes; i++) v = v << 8 | uint8_t(t[at + size_t(little_endian ? bytes - 1 - i : i)]);
    return v;
  };
  // The first directory: a count, then entries of 12 bytes: tag, type, number of values, the value.
  const uint64_t directory = number(4, 4);
  if (directory > t.size() - 2) return 1;
  const uint64_t entries = number(directory, 2);
  for (uint64_t i = 0; i < entries; i++) {
    const uint64_t at = directory + 2 + 12 * i;
    if (at + 12 > t.size()) return 1;
    constexpr uint64_t orientation_tag = 0x0112, short_type = 3;
    if (number(at, 2) != orientation_tag || number(at + 2, 2) != short_type) continue;
    const uint64_t v = number(at + 8, 2);
    return v >= 1 && v <= 8 ? int(v) : 1;
  }
  return 1;
}

Image upright(Image p, int orientation) {
  if (orientation <= 1 || orientation > 8) return p;
  const bool turned = lies_on_its_side(orientation);
  Image q{turned ? p.height : p.width, turned ? p.width : p.height, p.channels, std::vector<uint8_t>(p.pixels.size())};
  // Where the new picture's first pixel lies in the stored one, and how far apart its neighbours to the right and below are.
  const int64_t along = p.channels, down = p.width * p.channels, last_x = (p.width - 1) * along, last_y = (p.height - 1) * down;
  const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_below = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  const int64_t start = (from_right ? last_x : 0) + (from_below ? last_y : 0);
  const int64_t step_x = from_right ? -along : along, step_y = from_below ? -down : down;
  const int64_t next_x = turned ? step_y : step_x, next_y = turned ? step_x : step_y;
  uint8_t* to = q.pixels.data();
  for (int64_t y = 0; y < q.height; y++) {
    const uint8_t* from = p.pixels.data() + start + y * next_y;
    for (int64_t x = 0; x < q.width; x++, from += next_x)
      for (int64_t c = 0; c < p.channels; c++) *to++ = from[c];
  }
  return q;
}

}  // namespace cairn::detail
