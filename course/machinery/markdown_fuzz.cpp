// libFuzzer target: any bytes, as Markdown of a lesson, become HTML without scripts and text that a terminal can show; the same bytes as maths.
#include <cstdlib>

#include <cairn/base/text.h>
#include <course/machinery/markdown.h>
#include <course/machinery/maths.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace cairn::course;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (size > 4096 || !cairn::is_plain_text(text)) return 0;  // read_lesson refuses them
  for (const bool plain : {false, true}) {
    const std::string html = Markdown(text).html(plain);
    if (!cairn::valid_utf8(html) || html.find("<script") != std::string::npos || html.find("<img") != std::string::npos) std::abort();
  }
  for (const bool unicode : {false, true}) {
    cairn::Terminal terminal;
    terminal.unicode = unicode;
    for (const std::string& shown : {Markdown(text).text(terminal, 40), readable_maths(text, unicode)}) {
      if (!cairn::is_plain_text(shown)) std::abort();
      for (const char c : shown)
        if (!unicode && static_cast<unsigned char>(c) > 126) std::abort();
    }
  }
  return 0;
}
