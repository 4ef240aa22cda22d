// What the readers of the single picture formats share; users include image.h.
#pragma once

#include <cairn/io/image.h>

namespace cairn::detail {

// All bytes of a picture's file. FileError when it is longer than any picture within the limits can be.
std::string picture_bytes(const ByteSource& source);
// FileError unless 1 <= width, height <= max_image_side and width * height <= max_pixels. `offset`: where the file says the size.
void check_picture_size(const std::string& name, uint64_t offset, uint64_t width, uint64_t height, int64_t max_pixels);

// A picture as it is stored, and how it has to be turned.
struct Stored {
  Image image;
  int orientation = 1;
};
Stored load_png(const ByteSource& source, const ImageOptions& options);
Stored load_jpeg(const ByteSource& source, const ImageOptions& options);
Stored load_netpbm(const ByteSource& source, const ImageOptions& options);
// Sizes as stored.
ImageInfo png_info(const ByteSource& source);
ImageInfo jpeg_info(const ByteSource& source);
ImageInfo netpbm_info(const ByteSource& source);

// The orientation (1 to 8) that EXIF data ask for, beginning with their TIFF header; 1 when there is none, or none that is sound: a
// picture does not become unreadable by a damaged remark.
int exif_orientation(std::string_view tiff);
Image upright(Image picture, int orientation);
// Width and height change places.
inline bool lies_on_its_side(int orientation) { return orientation >= 5; }

}  // namespace cairn::detail
