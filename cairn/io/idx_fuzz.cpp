// libFuzzer target: any bytes are an IDX file that is read, plain or packed, or raise a typed error.
#include <cairn/base/errors.h>
#include <cairn/io/idx.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  try {
    cairn::load_idx(cairn::ByteSource("input", {reinterpret_cast<const char*>(data), size}));
  } catch (const cairn::Error&) {}
  return 0;
}
