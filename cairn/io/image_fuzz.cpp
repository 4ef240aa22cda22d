// libFuzzer target: any bytes are a picture, whose pixels fill it, whose header says the same, which can be decoded smaller and written again;
// or raise a typed error.
#include <cstdlib>

#include <cairn/base/errors.h>
#include <cairn/io/image.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  try {
    const cairn::Image p = cairn::load_image(cairn::ByteSource("input", {reinterpret_cast<const char*>(data), size}));
    if (p.pixels.size() != size_t(p.width * p.height * p.channels)) std::abort();
    const cairn::ImageInfo info = cairn::image_info(cairn::ByteSource("input", {reinterpret_cast<const char*>(data), size}));
    if (info.width != p.width || info.height != p.height || info.channels != p.channels) std::abort();
    const cairn::Image small = cairn::load_image(cairn::ByteSource("input", {reinterpret_cast<const char*>(data), size}), {.at_least = 5});
    if (small.width > p.width || small.height > p.height || small.width * small.height * small.channels != int64_t(small.pixels.size())) std::abort();
    if (p.pixels.size() < 10000) {
      const std::string again = cairn::encode_png(p);
      if (cairn::load_image(cairn::ByteSource("again", again)).pixels != p.pixels) std::abort();
    }
  } catch (const cairn::Error&) {}
  return 0;
}
