// libFuzzer target: any bytes, as an expression, as a format and as a text with {{...}}, give a value or a typed error; a value that is
// shown in full reads back as a number.
#include <cstdlib>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/expression.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace cairn::course;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Names names{{"a", 3}, {"x", 0.5}, {"loss", -1e-9}};
  try {
    double back = 0;
    const double value = evaluate(text, names);
    if (!cairn::parse_double(shown(value), back) || !cairn::parse_double(shown(value, ".17g"), back) || back != value) std::abort();
  } catch (const cairn::ConfigError&) {}
  try {
    shown(2.5, text);
  } catch (const cairn::ConfigError&) {}
  try {
    Names own = names;
    substitute(text, own);
  } catch (const cairn::ConfigError&) {}
  return 0;
}
