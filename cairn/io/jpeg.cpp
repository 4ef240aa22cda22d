// JPEG by libjpeg-turbo. It reports errors by longjmp, as libpng does: everything that needs a destructor lives outside of the function
// that jumps.
//
// Scaled decoding: a block of 8 x 8 pixels is stored as 8 x 8 cosine coefficients; the lowest n x n of them make n x n pixels. libjpeg-turbo
// knows all n from 1 to 16, but has vector code for 1, 2, 4 and 8 only: 5/8 takes longer than all of the picture, so it is not used.
#include <cairn/io/image_formats.h>

// jpeglib.h needs these two before it.
#include <cstddef>
#include <cstdio>

#include <jpeglib.h>

#include <jerror.h>

#include <csetjmp>
#include <cstring>
#include <functional>

#include <cairn/base/errors.h>

namespace cairn::detail {
namespace {

struct Failure {
  jpeg_error_mgr manager;  // first: libjpeg hands its address back
  std::jmp_buf jump;
  char message[JMSG_LENGTH_MAX] = {};
};

[[noreturn]] void failed(j_common_ptr jpeg) {
  auto* f = reinterpret_cast<Failure*>(jpeg->err);
  f->manager.format_message(jpeg, f->message);
  if (jpeg->err->msg_code == JERR_NO_BACKING_STORE) std::strcpy(f->message, "a progressive picture that takes more than 512 MiB to decode");
  std::longjmp(f->jump, 1);
}
// Warnings are damage that libjpeg would paper over with grey: for training data that is an error. Unknown versions are none.
void warned(j_common_ptr jpeg, int level) {
  const int code = jpeg->err->msg_code;
  if (level < 0 && code != JWRN_JFIF_MAJOR && code != JWRN_ADOBE_XFORM) failed(jpeg);
}
// A progressive file may hold any number of scans of a few bytes, each of which visits the whole picture.
void count_scans(j_common_ptr jpeg) {
  constexpr int most_scans = 100;
  if (reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number <= most_scans) return;
  auto* f = reinterpret_cast<Failure*>(jpeg->err);
  std::strcpy(f->message, "more than 100 scans of a progressive picture");
  std::longjmp(f->jump, 1);
}

class Decoder {
 public:
  Decoder(const ByteSource& source, const std::string& bytes) : source_(source), bytes_(bytes) {
    jpeg_.err = jpeg_std_error(&failure_.manager);
    failure_.manager.error_exit = failed;
    failure_.manager.emit_message = warned;
  }
  ~Decoder() { jpeg_destroy_decompress(&jpeg_); }
  Decoder(const Decoder&) = delete;

  // Size, colours and orientation as stored.
  ImageInfo header(int64_t max_pixels) {
    if (!read_header()) corrupt(source_.name(), position(), "a sound JPEG", failure_.message);
    check_picture_size(source_.name(), position(), jpeg_.image_width, jpeg_.image_height, max_pixels);
    const int colours = jpeg_.num_components;
    if (colours != 1 && colours != 3 && colours != 4)
      corrupt(source_.name(), 0, "a JPEG of 1, 3 or 4 colours", std::to_string(colours) + " components");
    ImageInfo info{"JPEG", jpeg_.image_width, jpeg_.image_height, colours == 1 ? 1 : 3, 1};
    for (auto* m = jpeg_.marker_list; m; m = m->next) {
      const std::string_view data(reinterpret_cast<const char*>(m->data), m->data_length);
      if (m->marker != JPEG_APP0 + 1 || !data.starts_with(std::string_view("Exif\0\0", 6))) continue;
      info.orientation = exif_orientation(data.substr(6));
      break;
    }
    return info;
  }

  Image pixels(const ImageInfo& info, int64_t at_least) {
    // A block of 8 x 8 takes two bits at least.
    if (uint64_t(info.width * info.height) / 256 > bytes_.size())
      corrupt(source_.name(), 0, "a size that " + std::to_string(bytes_.size()) + " bytes can hold",
              std::to_string(info.width) + " x " + std::to_string(info.height));
    const auto scaled = [](int64_t n, int64_t eighths) { return (n * eighths + 7) / 8; };
    int64_t eighths = 8;
    if (at_least > 0)
      for (int64_t e : {4, 2, 1})
        if (scaled(std::min(info.width, info.height), e) >= at_least) eighths = e;
    Image p{scaled(info.width, eighths), scaled(info.height, eighths), info.channels, {}};
    const int64_t stored = jpeg_.num_components;
    p.pixels.resize(size_t(p.width * p.height * stored));
    jpeg_.scale_num = unsigned(eighths);
    jpeg_.scale_denom = 8;
    jpeg_.out_color_space = stored == 1 ? JCS_GRAYSCALE : stored == 3 ? JCS_RGB : JCS_CMYK;
    if (!read_rows(p.pixels.data(), p.width, p.height, stored)) corrupt(source_.name(), position(), "a sound JPEG", failure_.message);
    if (stored == 4) cmyk_to_rgb(p);
    return p;
  }

 private:
  // Where what it was reading begins; the end of the file where that is what is wrong.
  uint64_t position() const {
    const auto* begin = reinterpret_cast<const JOCTET*>(bytes_.data());
    if (!jpeg_.src || !jpeg_.src->next_input_byte) return 0;
    if (failure_.manager.msg_code == JWRN_JPEG_EOF) return bytes_.size();
    const std::less_equal<const JOCTET*> before;
    const JOCTET* at = jpeg_.src->next_input_byte;
    return before(begin, at) && before(at, begin + bytes_.size()) ? uint64_t(at - begin) : bytes_.size();
  }

  bool read_header() {
    if (setjmp(failure_.jump)) return false;
    jpeg_create_decompress(&jpeg_);
    jpeg_.mem->max_memory_to_use = 1 << 29;
    jpeg_mem_src(&jpeg_, reinterpret_cast<const unsigned char*>(bytes_.data()), static_cast<unsigned long>(bytes_.size()));
    jpeg_save_markers(&jpeg_, JPEG_APP0 + 1, 0xffff);  // where EXIF is
    jpeg_read_header(&jpeg_, TRUE);
    return true;
  }

  bool read_rows(uint8_t* to, int64_t width, int64_t height, int64_t channels) {
    if (setjmp(failure_.jump)) return false;
    scans_.progress_monitor = count_scans;
    jpeg_.progress = &scans_;
    jpeg_.dct_method = JDCT_ISLOW;  // the accurate one, the same on every machine
    jpeg_start_decompress(&jpeg_);
    if (jpeg_.output_width != JDIMENSION(width) || jpeg_.output_height != JDIMENSION(height) || jpeg_.output_components != channels) {
      std::strcpy(failure_.message, "a size that changes while it is read");
      return false;
    }
    while (jpeg_.output_scanline < jpeg_.output_height) {
      constexpr int64_t at_once = 16;
      JSAMPROW rows[at_once];
      for (int64_t i = 0; i < at_once; i++) rows[i] = to + std::min<int64_t>(jpeg_.output_scanline + i, height - 1) * width * channels;
      jpeg_read_scanlines(&jpeg_, rows, std::min<JDIMENSION>(at_once, jpeg_.output_height - jpeg_.output_scanline));
    }
    jpeg_finish_decompress(&jpeg_);
    return true;
  }

  // Light is what the coloured inks and the black leave. Adobe's programs store how much is left, others how much ink there is.
  void cmyk_to_rgb(Image& p) const {
    const bool left = jpeg_.saw_Adobe_marker;
    const uint8_t* from = p.pixels.data();
    uint8_t* to = p.pixels.data();
    for (int64_t i = 0, n = p.width * p.height; i < n; i++, from += 4) {
      const int black = left ? from[3] : 255 - from[3];
      for (int c = 0; c < 3; c++) *to++ = uint8_t(((left ? from[c] : 255 - from[c]) * black + 127) / 255);
    }
    p.pixels.resize(size_t(p.width * p.height * 3));
  }

  const ByteSource& source_;
  const std::string& bytes_;
  jpeg_decompress_struct jpeg_{};
  jpeg_progress_mgr scans_{};
  Failure failure_;
};

}  // namespace

Stored load_jpeg(const ByteSource& source, const ImageOptions& options) {
  const std::string bytes = picture_bytes(source);
  Decoder decoder(source, bytes);
  const ImageInfo info = decoder.header(options.max_pixels);
  return {decoder.pixels(info, options.at_least), info.orientation};
}

ImageInfo jpeg_info(const ByteSource& source) {
  // Most headers are short; remarks, colour profiles and thumbnails may stand before the size.
  constexpr uint64_t enough = 1 << 14;
  if (source.size() > 2 * enough) {
    try {
      const std::string start = source.text(0, size_t(enough), "the header");
      return Decoder(source, start).header(max_image_pixels);
    } catch (const FileError&) {}  // the whole file says what is wrong, if anything is
  }
  const std::string bytes = picture_bytes(source);
  return Decoder(source, bytes).header(max_image_pixels);
}

}  // namespace cairn::detail
