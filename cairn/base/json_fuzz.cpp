// libFuzzer target: any bytes parse or raise a typed error, and what parses prints as JSON that reads back to the same value.
#include <cstdlib>

#include <cairn/base/errors.h>
#include <cairn/base/json.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  cairn::Json value;
  try {
    value = cairn::Json::parse({reinterpret_cast<const char*>(data), size}, "input");
  } catch (const cairn::Error&) { return 0; }
  if (cairn::Json::parse(value.dump()) != value || cairn::Json::parse(value.dump(2)) != value) std::abort();
  return 0;
}
