#include <cairn/io/safetensors.h>

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/json.h>
#include <cairn/base/text.h>

namespace cairn {
namespace {

constexpr uint64_t header_limit = 100'000'000;  // the reference library's
constexpr const char* metadata_key = "__metadata__";

// Every type of the format, narrowest first: the writer's order, backwards. `ours` is -1 for what Cairn does not have.
struct Type {
  const char* name;
  int bits;
  int ours;
};
constexpr Type types[] = {{"BOOL", 8, int(boolean)}, {"F4", 4, -1},      {"F6_E2M3", 6, -1},    {"F6_E3M2", 6, -1},    {"U8", 8, int(u8)},
                          {"I8", 8, int(i8)},        {"F8_E5M2", 8, -1}, {"F8_E4M3", 8, -1},    {"F8_E8M0", 8, -1},    {"F8_E4M3FNUZ", 8, -1},
                          {"F8_E5M2FNUZ", 8, -1},    {"I16", 16, -1},    {"U16", 16, -1},       {"F16", 16, int(f16)}, {"BF16", 16, int(bf16)},
                          {"I32", 32, int(i32)},     {"U32", 32, -1},    {"F32", 32, int(f32)}, {"C64", 64, -1},       {"F64", 64, int(f64)},
                          {"I64", 64, int(i64)},     {"U64", 64, -1}};

const Type* type_named(const std::string& name) {
  for (const Type& t : types)
    if (name == t.name) return &t;
  return nullptr;
}
const Type& type_of(DType t) {
  return *std::find_if(std::begin(types), std::end(types), [&](const Type& type) { return type.ours == int(t); });
}

}  // namespace

// ---- writing

void save(const std::string& path, const Tensors& tensors, const Metadata& metadata) {
  struct Item {
    const std::string* name;
    const Type* type;
    const Array* array;
  };
  std::vector<Item> items;
  for (const auto& [name, tensor] : tensors) {
    if (name == metadata_key)
      throw ConfigError(
          "[save] no tensor can be called '__metadata__': safetensors keeps that name for texts. Hint: give them as the third argument.");
    if (!valid_utf8(name)) throw ConfigError("[save] the name '" + printable(name) + "' is not UTF-8.");
    if (!tensor.defined()) throw StateError("[save] the tensor '" + name + "' has no values.");
    items.push_back({&name, &type_of(tensor.dtype()), &tensor.array()});
  }
  // std::map gave them by name; equal types keep that order.
  std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.type > b.type; });

  Json header = Json::object();
  if (!metadata.empty()) {
    Json texts = Json::object();
    for (const auto& [key, text] : metadata) {
      if (!valid_utf8(key) || !valid_utf8(text)) throw ConfigError("[save] the metadata '" + printable(key) + "' is not UTF-8.");
      texts[key] = text;
    }
    header[metadata_key] = std::move(texts);
  }
  Json::Object members = std::move(header.as_object());
  uint64_t offset = 0;
  for (const Item& item : items) {
    Json shape = Json::array();
    for (int64_t size : item.array->shape()) shape.push_back(size);
    uint64_t end = offset + uint64_t(item.array->numel()) * uint64_t(item.type->bits / 8);
    members.emplace_back(
        *item.name,
        Json::object({{"dtype", item.type->name}, {"shape", std::move(shape)}, {"data_offsets", Json(Json::Array{Json(offset), Json(end)})}}));
    offset = end;
  }
  std::string text = Json(std::move(members)).dump();
  text.append((8 - text.size() % 8) % 8, ' ');
  if (text.size() > header_limit)
    throw ConfigError(fmt::format("[save] the header of {} would take {} bytes, readers accept {}.", path, text.size(), header_limit));

  write_file(path, [&](const Sink& sink) {
    uint8_t length[8];
    for (int i = 0; i < 8; i++) length[i] = uint8_t(text.size() >> 8 * i);
    sink(length, 8);
    sink(text.data(), text.size());
    for (const Item& item : items) {
      Array values = item.array->contiguous() ? *item.array : contiguous_copy(*item.array);
      sink(values.raw(), static_cast<size_t>(values.numel() * size_of(values.dtype())));
    }
  });
}

// ---- reading

SafetensorsFile::SafetensorsFile(const std::string& path) : SafetensorsFile(ByteSource(path)) {}
SafetensorsFile::SafetensorsFile(ByteSource source) : source_(std::move(source)) { parse(); }

namespace {

// One member of the header. Json's own errors (a missing key, a number that is none) get the file and the tensor's name in front.
SafetensorsFile::Entry parse_entry(const std::string& file, const std::string& name, const Json& info) {
  SafetensorsFile::Entry e;
  e.name = name;
  const Json* offsets = nullptr;
  try {
    e.type = info.at("dtype").as_string();
    for (const Json& size : info.at("shape").as_array()) {
      uint64_t n = size.as_uint();
      if (n > uint64_t(INT64_MAX)) throw FileError(fmt::format("the axis {} is too long", n));
      e.shape.push_back(int64_t(n));
    }
    offsets = &info.at("data_offsets");
    if (offsets->as_array().size() != 2) throw FileError(fmt::format("expected two data_offsets, found {}", offsets->size()));
    e.begin = offsets->as_array()[0].as_uint();
    e.end = offsets->as_array()[1].as_uint();
  } catch (const FileError& error) { corrupt(file, 8, "a tensor's dtype, shape and data_offsets for '" + printable(name, 80) + "'", error.what()); }
  const Type* type = type_named(e.type);
  if (!type) corrupt(file, 8, "a known dtype for '" + printable(name, 80) + "'", "'" + printable(e.type) + "'");
  // An axis of length 0 must not hide others whose product, and with it the strides, would overflow.
  uint64_t bits = uint64_t(type->bits);
  bool fits = true, empty = false;
  for (int64_t size : e.shape) {
    fits = fits && checked_product(bits, uint64_t(std::max<int64_t>(1, size)), bits);
    empty = empty || size == 0;
  }
  if (empty) bits = 0;
  if (!fits || e.end < e.begin || bits % 8 || bits / 8 != e.end - e.begin)
    corrupt(file, 8,
            fits ? fmt::format("{} bytes for '{}' ({} of {} elements)", bits / 8, printable(name, 80), e.type, bits / uint64_t(type->bits))
                 : "a shape below 2^63 bytes for '" + printable(name, 80) + "'",
            fmt::format("data_offsets [{}, {}]", e.begin, e.end));
  return e;
}

}  // namespace

void SafetensorsFile::parse() {
  const std::string& file = source_.name();
  uint8_t length[8];
  if (source_.size() < 8) corrupt(file, 0, "the 8 bytes of a safetensors header's length", fmt::format("a file of {} bytes", source_.size()));
  source_.read(0, length, 8, "the header's length");
  uint64_t n = little64(length);
  if (n > header_limit || n > source_.size() - 8) {
    std::string start = source_.text(0, static_cast<size_t>(std::min<uint64_t>(source_.size(), 32)), "start");
    corrupt(file, 0, fmt::format("a header's length of at most {}", std::min(header_limit, source_.size() - 8)),
            fmt::format("{} ({})", n, looks_like(start)),
            "is it a safetensors file, and complete? PyTorch's .bin and .pt files are pickles; convert them with the Python package safetensors.");
  }
  start_ = 8 + n;
  Json header = Json::parse(source_.text(8, static_cast<size_t>(n), "the header"), file + " (header, from byte 8)");
  if (!header.is_object()) corrupt(file, 8, "a JSON object", "another value");

  for (const auto& [name, info] : header.as_object()) {
    if (name != metadata_key) {
      entries_.push_back(parse_entry(file, name, info));
      continue;
    }
    if (!info.is_object()) corrupt(file, 8, "an object of texts in __metadata__", "another value");
    for (const auto& [key, text] : info.as_object()) {
      if (!text.is_string()) corrupt(file, 8, "a text for the metadata '" + printable(key) + "'", "another value");
      metadata_[key] = text.as_string();
    }
  }
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name); });
  uint64_t expected = 0;
  for (const Entry& e : entries_) {
    if (e.begin != expected)
      corrupt(file, start_ + std::min(expected, source_.size() - start_),
              fmt::format("the values of '{}' to begin at {} of the buffer", printable(e.name, 80), expected),
              fmt::format("{} (values must neither leave holes nor overlap)", e.begin));
    expected = e.end;
  }
  if (source_.size() - start_ != expected)
    corrupt(file, std::min(source_.size(), start_ + expected), fmt::format("{} bytes of values after the header", expected),
            fmt::format("{}", source_.size() - start_), source_.size() - start_ < expected ? "the file is cut off; fetch or write it again." : "");
}

bool SafetensorsFile::has(const std::string& name) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.name == name; });
}

const SafetensorsFile::Entry& SafetensorsFile::entry(const std::string& name) const {
  std::vector<std::string> names;
  for (const Entry& e : entries_) {
    if (e.name == name) return e;
    names.push_back(e.name);
  }
  throw FileError(fmt::format("{} holds no tensor '{}'.{}", source_.name(), name, did_you_mean(name, names)));
}

Tensor SafetensorsFile::read(const Entry& e) const {
  const Type* type = type_named(e.type);
  if (type->ours < 0)
    throw UnsupportedError(fmt::format("{}: the tensor '{}' has the type {}, which Cairn does not have. Hint: convert it where the file was made.",
                                       source_.name(), e.name, e.type));
  if (e.shape.size() > size_t(Shape::max_rank))
    throw UnsupportedError(
        fmt::format("{}: the tensor '{}' has {} axes, Cairn has at most {}.", source_.name(), e.name, e.shape.size(), Shape::max_rank));
  Array x(Shape(e.shape), DType(type->ours));
  source_.read(start_ + e.begin, x.raw(), static_cast<size_t>(e.end - e.begin), "values");
  if (x.dtype() == boolean) {  // another byte than 0 or 1 in a bool is undefined behaviour in C++
    const uint8_t* p = static_cast<const uint8_t*>(x.raw());
    for (int64_t i = 0; i < x.numel(); i++)
      if (p[i] > 1) corrupt(source_.name(), start_ + e.begin + uint64_t(i), "0 or 1 in the BOOL tensor '" + e.name + "'", fmt::format("{}", p[i]));
  }
  return Tensor(x);
}

Tensors load(const std::string& path) {
  SafetensorsFile file(path);
  Tensors tensors;
  for (const auto& e : file.entries()) tensors.emplace(e.name, file.read(e));
  return tensors;
}

}  // namespace cairn
