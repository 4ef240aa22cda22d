// libFuzzer target: any bytes are a safetensors file, whose tensors can then be read, or raise a typed error.
#include <cairn/base/errors.h>
#include <cairn/io/safetensors.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  try {
    const cairn::SafetensorsFile file(cairn::ByteSource("input", {reinterpret_cast<const char*>(data), size}));
    for (const auto& entry : file.entries()) {
      try {
        file.read(entry);
      } catch (const cairn::Error&) {  // a type that Cairn has not, or a bool that is none
      }
    }
  } catch (const cairn::Error&) {}
  return 0;
}
