// libFuzzer target: any bytes are a .npy file or a .npz archive that is read, or raise a typed error.
#include <cairn/base/errors.h>
#include <cairn/io/npy.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const cairn::ByteSource source("input", {reinterpret_cast<const char*>(data), size});
  try {
    cairn::load_npy(source);
  } catch (const cairn::Error&) {}
  try {
    cairn::load_npz(source);
  } catch (const cairn::Error&) {}
  return 0;
}
