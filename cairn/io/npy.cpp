#include <cairn/io/npy.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/io/zip.h>

namespace cairn {
namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr uint64_t npy_header_limit = 10000;

struct Kind {
  const char* code;  // NumPy's, without the byte order
  DType dtype;       // what it becomes
  int bytes;         // of an element in the file
  char number;       // how it is read: f as it is, i signed, u unsigned
};
constexpr Kind kinds[] = {{"f2", f16, 2, 'f'}, {"f4", f32, 4, 'f'}, {"f8", f64, 8, 'f'}, {"i1", i8, 1, 'f'},
                          {"u1", u8, 1, 'f'},  {"i4", i32, 4, 'f'}, {"i8", i64, 8, 'f'}, {"b1", boolean, 1, 'f'},
                          {"i2", i32, 2, 'i'}, {"u2", i32, 2, 'u'}, {"u4", i64, 4, 'u'}};

// Reads Python's notation as far as the header uses it: one dictionary of texts, True or False, and a tuple of numbers.
class Header {
 public:
  Header(const ByteSource& source, std::string text, uint64_t start) : source_(source), text_(std::move(text)), start_(start) {
    expect('{');
    while (!next('}')) {
      const std::string key = quoted();
      expect(':');
      if (key == "descr" && !has_descr_) descr = value_of_descr(), has_descr_ = true;
      else if (key == "fortran_order" && !has_order_) fortran = truth(), has_order_ = true;
      else if (key == "shape" && !has_shape_) shape = tuple(), has_shape_ = true;
      else fail("descr, fortran_order and shape once each", "'" + printable(key) + "'");
      if (!next(',')) {
        expect('}');
        break;
      }
    }
    blanks();
    if (at_ != text_.size()) fail("the end of the header", "more text");
    if (!has_descr_ || !has_order_ || !has_shape_) fail("descr, fortran_order and shape", "a header without one of them");
  }
  std::string descr;
  bool fortran = false;
  std::vector<int64_t> shape;

 private:
  [[noreturn]] void fail(const std::string& expected, const std::string& found) { corrupt(source_.name(), start_ + at_, expected, found); }
  std::string here() { return at_ < text_.size() ? "'" + printable(text_.substr(at_, 12)) + "'" : "the end of the header"; }
  void blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) at_++;
  }
  bool next(char c) {
    blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    at_++;
    return true;
  }
  void expect(char c) {
    if (!next(c)) fail(fmt::format("'{}' in the header", c), here());
  }
  std::string quoted() {
    blanks();
    const char quote = at_ < text_.size() ? text_[at_] : ' ';
    const size_t end = quote == '\'' || quote == '"' ? text_.find(quote, at_ + 1) : std::string::npos;
    if (end == std::string::npos) fail("a text in quotes", here());
    std::string s = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return s;
  }
  std::string value_of_descr() {
    blanks();
    if (at_ < text_.size() && text_[at_] == '[')
      throw UnsupportedError(source_.name() + ": arrays of records (structured types) are not read. Hint: save their fields as arrays of their own.");
    return quoted();
  }
  bool truth() {
    blanks();
    for (auto [word, value] : {std::pair{"True", true}, {"False", false}})
      if (text_.compare(at_, strlen(word), word) == 0) {
        at_ += strlen(word);
        return value;
      }
    fail("True or False", here());
  }
  std::vector<int64_t> tuple() {
    std::vector<int64_t> sizes;
    expect('(');
    while (!next(')')) {
      blanks();
      const size_t begin = at_;
      while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') at_++;
      int64_t size = 0;
      if (!parse_int(std::string_view(text_).substr(begin, at_ - begin), size)) fail("the length of an axis", here());
      if (at_ < text_.size() && text_[at_] == 'L') at_++;  // Python 2 wrote long numbers so
      sizes.push_back(size);
      if (sizes.size() > 64) fail("at most 64 axes", "more");
      if (!next(',')) {
        expect(')');
        break;
      }
    }
    return sizes;
  }
  const ByteSource& source_;
  std::string text_;
  uint64_t start_;
  size_t at_ = 0;
  bool has_descr_ = false, has_order_ = false, has_shape_ = false;
};

const Kind& kind_of(const ByteSource& source, const std::string& descr) {
  const std::string code = descr.empty() ? "" : descr.substr(1);
  if (descr.find('O') != std::string::npos)
    corrupt(source.name(), 10, "numbers", "an array of Python objects", "reading it would run code from the file; save it with allow_pickle=False.");
  for (const Kind& k : kinds)
    if (code == k.code && std::string_view("<>|=").find(descr[0]) != std::string_view::npos && (descr[0] != '|' || k.bytes == 1)) return k;
  throw UnsupportedError(source.name() + ": the element type '" + printable(descr) +
                         "' is not read. Hint: convert it with .astype('float32') or ('int64') before saving.");
}

// Numbers of two or four bytes to wider ones, from the back so that nothing is overwritten unread.
template <class Narrow, class Wide_> void widen(char* p, size_t count) {
  for (size_t i = count; i-- > 0;) {
    Narrow narrow;
    std::memcpy(&narrow, p + i * sizeof(Narrow), sizeof(Narrow));
    const Wide_ wide = narrow;
    std::memcpy(p + i * sizeof(Wide_), &wide, sizeof(Wide_));
  }
}

std::string encode(const Tensor& x) {
  if (!x.defined()) throw StateError("[save_npy] the tensor has no values.");
  const Kind* kind = std::find_if(std::begin(kinds), std::end(kinds), [&](const Kind& k) { return k.dtype == x.dtype() && k.number == 'f'; });
  if (kind == std::end(kinds))
    throw DtypeError(fmt::format("[save_npy] NumPy has no {}. Hint: convert it with .to(f32), or save it as safetensors.", name_of(x.dtype())));
  std::string shape;
  for (int64_t size : x.shape()) shape += fmt::format("{}, ", size);
  if (x.rank() > 1) shape.resize(shape.size() - 2);
  else if (x.rank() == 1) shape.pop_back();
  std::string header = fmt::format("{{'descr': '{}{}', 'fortran_order': False, 'shape': ({}), }}", kind->bytes == 1 ? '|' : '<', kind->code, shape);
  header.append(63 - (magic.size() + 4 + header.size()) % 64, ' ');
  header += '\n';
  std::string bytes(magic);
  bytes += {1, 0, char(header.size()), char(header.size() >> 8)};
  bytes += header;
  const Array values = x.array().contiguous() ? x.array() : contiguous_copy(x.array());
  bytes.append(static_cast<const char*>(values.raw()), size_t(values.numel() * size_of(values.dtype())));
  return bytes;
}

}  // namespace

Tensor load_npy(const std::string& path) { return load_npy(ByteSource(path)); }

Tensor load_npy(const ByteSource& source) {
  const std::string& file = source.name();
  const std::string start = source.text(0, size_t(std::min<uint64_t>(source.size(), 12)), "the start");
  if (!start.starts_with(magic) || start.size() < 10) corrupt(file, 0, "the start of a .npy file (93 4e 55 4d 50 59)", looks_like(start));
  const int version = uint8_t(start[6]);
  if (version < 1 || version > 3 || start[7] != 0) corrupt(file, 6, "version 1.0, 2.0 or 3.0", fmt::format("{}.{}", version, uint8_t(start[7])));
  const uint64_t at = version == 1 ? 10 : 12;
  if (start.size() < at) corrupt(file, 8, "the header's length", "the end of the file");
  const uint64_t length = version == 1 ? little16(&start[8]) : little32(&start[8]);
  if (length > npy_header_limit) corrupt(file, 8, fmt::format("a header of at most {} bytes", npy_header_limit), fmt::format("{}", length));
  const Header header(source, source.text(at, size_t(length), "the header"), at);
  const Kind& kind = kind_of(source, header.descr);
  if (header.shape.size() > size_t(Shape::max_rank))
    throw UnsupportedError(fmt::format("{}: the array has {} axes, Cairn has at most {}.", file, header.shape.size(), Shape::max_rank));

  Shape shape(header.shape);
  uint64_t bytes = uint64_t(size_of(kind.dtype));
  for (int64_t size : shape)
    if (!checked_product(bytes, uint64_t(std::max<int64_t>(1, size)), bytes)) corrupt(file, at, "a shape below 2^63 bytes", shape.str());
  const uint64_t wanted = uint64_t(shape.numel()) * uint64_t(kind.bytes), there = source.size() - at - length;
  if (wanted != there)
    corrupt(file, at + length, fmt::format("{} bytes of elements for {} of {}", wanted, shape.str(), header.descr), fmt::format("{}", there),
            there < wanted ? "the file is cut off; write or fetch it again." : "");

  const bool reversed = header.fortran && shape.rank() > 1;
  if (reversed) std::reverse(&shape[0], &shape[0] + shape.rank());
  Array x(shape, kind.dtype);
  auto p = static_cast<char*>(x.raw());
  const size_t count = size_t(shape.numel());
  source.read(at + length, p, size_t(wanted), "elements");
  if (header.descr[0] == '>' && kind.bytes > 1)
    for (size_t i = 0; i < count; i++) std::reverse(p + i * size_t(kind.bytes), p + (i + 1) * size_t(kind.bytes));
  if (kind.number == 'i') widen<int16_t, int32_t>(p, count);
  else if (kind.number == 'u' && kind.bytes == 2) widen<uint16_t, int32_t>(p, count);
  else if (kind.number == 'u') widen<uint32_t, int64_t>(p, count);
  if (kind.dtype == boolean)
    for (size_t i = 0; i < count; i++)
      if (uint8_t(p[i]) > 1) corrupt(file, at + length + i, "0 or 1 in an array of bools", fmt::format("{}", uint8_t(p[i])));
  if (!reversed) return Tensor(x);
  // Column-major [a, b, c] is row-major [c, b, a]: turn the axes round and copy.
  Shape turned = shape;
  Strides strides = x.strides();
  std::reverse(&turned[0], &turned[0] + turned.rank());
  std::reverse(&strides[0], &strides[0] + strides.rank());
  return Tensor(contiguous_copy(x.with(turned, strides, x.offset())));
}

void save_npy(const std::string& path, const Tensor& x) { write_file(path, encode(x)); }

Tensors load_npz(const std::string& path) { return load_npz(ByteSource(path)); }

Tensors load_npz(const ByteSource& source) {
  const ZipFile zip(source);
  Tensors arrays;
  for (const auto& entry : zip.entries()) {
    const std::string shown = source.name() + " (" + printable(entry.name, 80) + ")";
    if (!entry.name.ends_with(".npy") || !valid_utf8(entry.name))
      corrupt(source.name(), entry.header, "arrays called NAME.npy", "'" + printable(entry.name, 80) + "'");
    const std::string bytes = zip.read(entry);
    arrays.emplace(entry.name.substr(0, entry.name.size() - 4), load_npy(ByteSource(shown, bytes)));
  }
  return arrays;
}

void save_npz(const std::string& path, const Tensors& arrays, bool packed) {
  write_file(path, [&](const Sink& sink) {
    ZipWriter zip(packed);
    auto put = [&](const std::string& bytes) { sink(bytes.data(), bytes.size()); };
    for (const auto& [name, tensor] : arrays) {
      if (!valid_utf8(name) || name.empty() || name.size() > 65000)
        throw ConfigError("[save_npz] the name '" + printable(name) + "' is empty, too long or not UTF-8.");
      put(zip.entry(name + ".npy", encode(tensor)));
    }
    put(zip.end());
  });
}

}  // namespace cairn
