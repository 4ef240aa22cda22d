// libFuzzer target: any bytes, as a config file or as the text of a flag, are taken or raise a typed error, and what was taken
// prints as a config file that reads back to the same values.
#include <cstdlib>

#include <cairn/base/errors.h>
#include <cairn/base/fields.h>

namespace {

struct Options {
  int epochs = 5;
  int64_t seed = 0;
  double lr = 1e-3;
  bool shuffle = true;
  std::string optimizer = "adam", note;
  void fields(cairn::Fields& f) {
    f("epochs", epochs, "passes over the data", cairn::at_least_value(1));
    f("seed", seed, "the seed");
    f("lr", lr, "step size", cairn::above(0.0));
    f("shuffle", shuffle, "a new order in every epoch");
    f("optimizer", optimizer, "how weights move", cairn::one_of({"sgd", "adam"}));
    f("note", note, "a word for the reader");
  }
};

void check_round_trip(const cairn::Fields& fields) {
  Options again;
  cairn::Fields read = cairn::fields_of(again);
  read.from_toml(fields.to_toml(), "round trip");
  if (read.to_json() != fields.to_json()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  Options options;
  cairn::Fields fields = cairn::fields_of(options);
  try {
    fields.from_toml(text, "input");
  } catch (const cairn::Error&) {}
  check_round_trip(fields);
  for (const auto& field : fields.list()) {
    try {
      fields.set(field.name, text, cairn::Fields::flag(field));
    } catch (const cairn::Error&) {}
  }
  try {
    fields.set(text, "1", "--" + std::string(text));
  } catch (const cairn::Error&) {}
  check_round_trip(fields);
  return 0;
}
