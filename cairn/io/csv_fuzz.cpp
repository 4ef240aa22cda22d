// libFuzzer target: any bytes are a table, whose columns all have as many values as it has rows, or raise a typed error.
#include <cstdlib>

#include <cairn/base/errors.h>
#include <cairn/io/csv.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  try {
    const cairn::Table t = cairn::parse_csv({reinterpret_cast<const char*>(data), size}, "input");
    for (const auto& c : t.columns) {
      if (int64_t(c.values.size()) != t.rows() || int64_t(c.lines.size()) != t.rows()) std::abort();
      if (!c.numeric)
        for (double v : c.values)
          if (v < -1 || v >= double(c.categories.size())) std::abort();
    }
    t.numbers(t.names());
  } catch (const cairn::Error&) {}
  return 0;
}
