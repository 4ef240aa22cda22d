// JPEG by libjpeg-turbo. It reports errors by longjmp, as libpng does: everything that needs a destructor lives outside of the function
// that jumps.
#include <cairn/io/image.h>

// jpeglib.h needs these two before it.
#include <cstddef>
#include <cstdio>

#include <jpeglib.h>

#include <csetjmp>

#include <cairn/base/errors.h>

namespace cairn {
namespace {

struct Failure {
  jpeg_error_mgr manager;  // first: libjpeg hands its address back
  std::jmp_buf jump;
  char message[JMSG_LENGTH_MAX] = {};
};

[[noreturn]] void failed(j_common_ptr jpeg) {
  auto* f = reinterpret_cast<Failure*>(jpeg->err);
  f->manager.format_message(jpeg, f->message);
  std::longjmp(f->jump, 1);
}
// Warnings are damage that libjpeg would paper over with grey: for training data that is an error.
void warned(j_common_ptr jpeg, int level) {
  if (level < 0) failed(jpeg);
}

bool read_header(jpeg_decompress_struct& jpeg, Failure& f, const std::string& bytes) {
  if (setjmp(f.jump)) return false;
  jpeg_create_decompress(&jpeg);
  jpeg.mem->max_memory_to_use = 1 << 29;
  jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<unsigned long>(bytes.size()));
  jpeg_read_header(&jpeg, TRUE);
  return true;
}

bool read_rows(jpeg_decompress_struct& jpeg, Failure& f, Image& picture) {
  if (setjmp(f.jump)) return false;
  jpeg.out_color_space = picture.channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg.dct_method = JDCT_ISLOW;  // the accurate one, the same on every machine
  jpeg_start_decompress(&jpeg);
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW row = picture.pixels.data() + size_t(jpeg.output_scanline) * size_t(picture.width * picture.channels);
    jpeg_read_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_decompress(&jpeg);
  return true;
}

}  // namespace

Image load_jpeg(const ByteSource& source) {
  if (source.size() > uint64_t(max_image_pixels) * 3)
    corrupt(source.name(), 0, "a JPEG of a reasonable size", std::to_string(source.size()) + " bytes");
  const std::string bytes = source.text(0, size_t(source.size()), "the picture");
  jpeg_decompress_struct jpeg{};
  Failure failure;
  jpeg.err = jpeg_std_error(&failure.manager);
  failure.manager.error_exit = failed;
  failure.manager.emit_message = warned;
  struct Close {
    jpeg_decompress_struct& jpeg;
    ~Close() { jpeg_destroy_decompress(&jpeg); }
  } close{jpeg};
  if (!read_header(jpeg, failure, bytes)) corrupt(source.name(), 0, "a sound JPEG", failure.message);
  const uint64_t width = jpeg.image_width, height = jpeg.image_height;
  const std::string size = std::to_string(width) + " x " + std::to_string(height);
  if (width == 0 || height == 0 || width > uint64_t(max_image_side) || height > uint64_t(max_image_side) ||
      width * height > uint64_t(max_image_pixels))
    corrupt(source.name(), 0, "at most " + std::to_string(max_image_side) + " pixels a side and " + std::to_string(max_image_pixels) + " in all",
            size);
  // A block of 8 x 8 takes two bits at least.
  if (width * height / 256 > source.size()) corrupt(source.name(), 0, "a size that " + std::to_string(source.size()) + " bytes can hold", size);
  if (jpeg.num_components != 1 && jpeg.num_components != 3)
    corrupt(source.name(), 0, "a grey or RGB JPEG", std::to_string(jpeg.num_components) + " components");
  Image picture{int64_t(width), int64_t(height), jpeg.num_components, {}};
  picture.pixels.resize(size_t(width * height) * size_t(picture.channels));
  if (!read_rows(jpeg, failure, picture)) corrupt(source.name(), source.size() - jpeg.src->bytes_in_buffer, "a sound JPEG", failure.message);
  return picture;
}

}  // namespace cairn
