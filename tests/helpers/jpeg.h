// JPEG files for tests, of every kind that cameras and programs write.
#pragma once

// jpeglib.h needs these two before it.
#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>

#include <cairn/io/image.h>
#include <tests/helpers/io_files.h>

namespace cairn {

struct JpegOptions {
  bool progressive = false;
  bool adobe = true;        // of four inks: with Adobe's marker
  bool ycck = false;        // of four inks: the three coloured ones as brightness and two differences
  int orientation = 0;      // 0: no EXIF
  bool big_endian = false;  // of EXIF
};

inline std::string exif_of(int orientation, bool big_endian) {
  const auto n = [&](uint64_t v, int bytes) { return big_endian ? big(v, bytes) : little(v, bytes); };
  return std::string("Exif\0\0", 6) + (big_endian ? std::string("MM\0*", 4) : std::string("II*\0", 4)) + n(8, 4) + n(2, 2) + n(0x010e, 2) + n(2, 2) +
         n(4, 4) + std::string("cat\0", 4) + n(0x0112, 2) + n(3, 2) + n(1, 4) + n(uint64_t(orientation), 2) + n(0, 2) + n(0, 4);
}

// A JPEG by libjpeg itself.
inline std::string jpeg_of(const Image& p, const JpegOptions& how = {}) {
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors;
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  unsigned char* out = nullptr;
  unsigned long bytes = 0;
  jpeg_mem_dest(&jpeg, &out, &bytes);
  jpeg.image_width = JDIMENSION(p.width);
  jpeg.image_height = JDIMENSION(p.height);
  jpeg.input_components = int(p.channels);
  jpeg.in_color_space = p.channels == 4 ? JCS_CMYK : p.channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, 100, TRUE);
  if (how.progressive) jpeg_simple_progression(&jpeg);
  if (how.ycck) jpeg_set_colorspace(&jpeg, JCS_YCCK);
  if (p.channels == 4) jpeg.write_Adobe_marker = how.adobe;
  jpeg_start_compress(&jpeg, TRUE);
  if (how.orientation) {
    const std::string data = exif_of(how.orientation, how.big_endian);
    jpeg_write_marker(&jpeg, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(data.data()), unsigned(data.size()));
  }
  while (jpeg.next_scanline < jpeg.image_height) {
    auto row = const_cast<JSAMPROW>(p.pixels.data() + size_t(jpeg.next_scanline) * size_t(p.width * p.channels));
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  std::string s(reinterpret_cast<char*>(out), bytes);
  jpeg_destroy_compress(&jpeg);
  free(out);
  return s;
}

}  // namespace cairn
