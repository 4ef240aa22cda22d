#include <cairn/io/idx.h>

#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>

namespace cairn {
namespace {

struct IdxType {
  uint8_t code;
  DType dtype;   // what it becomes here
  size_t bytes;  // what it takes in the file
};
constexpr std::array<IdxType, 6> idx_types = {{{0x08, u8, 1}, {0x09, i8, 1}, {0x0b, i32, 2}, {0x0c, i32, 4}, {0x0d, f32, 4}, {0x0e, f64, 8}}};

// Big-endian to this machine's order, in place. x86-64 and arm64 are little-endian.
void swap_bytes(char* p, size_t count, size_t bytes) {
  if (bytes > 1)
    for (size_t i = 0; i < count; i++) std::reverse(p + i * bytes, p + (i + 1) * bytes);
}

}  // namespace

Tensor load_idx(const std::string& path) { return load_idx(ByteSource(path)); }

Tensor load_idx(const ByteSource& source) {
  Unpacker in(source);
  uint8_t magic[4] = {};
  size_t n = in.read(magic, 4);
  auto type = std::find_if(idx_types.begin(), idx_types.end(), [&](const IdxType& t) { return t.code == magic[2]; });
  if (n < 4 || magic[0] || magic[1] || type == idx_types.end())
    corrupt(source.name(), 0, "the start of an IDX file: 00 00, a type (08 to 0e), the number of axes",
            looks_like({reinterpret_cast<char*>(magic), n}));
  if (magic[3] < 1 || magic[3] > Shape::max_rank) corrupt(source.name(), 3, "1 to 8 axes", fmt::format("{}", magic[3]));

  Shape shape;
  uint64_t bytes = type->bytes;
  for (int axis = 0; axis < magic[3]; axis++) {
    uint8_t size[4];
    in.read_exactly(size, 4, "an axis length");
    shape.push_back(big32(size));
    // Axes of length 0 must not hide absurd ones: the product of the others is bounded, too.
    if (!checked_product(bytes, std::max<uint32_t>(1, big32(size)), bytes))
      corrupt(source.name(), in.position() - 4, "a size below 2^63 bytes", "axes " + shape.str());
  }
  uint64_t header = in.position();
  bytes = shape.numel() ? bytes : 0;
  if (bytes > in.most() || (!in.packed() && header + bytes > source.size()))
    corrupt(source.name(), header, fmt::format("{} bytes for the axes {}", bytes, shape.str()),
            in.packed() ? fmt::format("a packed file of {} bytes that cannot hold them", source.size()) : fmt::format("{}", source.size() - header),
            "the file is cut off or its header is damaged; fetch it again.");

  Array x(shape, type->dtype);
  auto p = static_cast<char*>(x.raw());
  size_t count = static_cast<size_t>(shape.numel());
  in.read_exactly(p, bytes, "elements");
  in.expect_end(fmt::format("the elements of {}", shape.str()));
  swap_bytes(p, count, type->bytes);
  if (type->code == 0x0b)  // i16 widens to i32, from the back so that nothing is overwritten unread
    for (size_t i = count; i-- > 0;) {
      int16_t narrow;
      std::memcpy(&narrow, p + 2 * i, 2);
      int32_t wide = narrow;
      std::memcpy(p + 4 * i, &wide, 4);
    }
  return Tensor(x);
}

void save_idx(const std::string& path, const Tensor& x) {
  auto type = std::find_if(idx_types.begin(), idx_types.end(),
                           [&](const IdxType& t) { return t.dtype == x.dtype() && t.bytes == size_t(size_of(x.dtype())); });
  if (type == idx_types.end())
    throw DtypeError(
        fmt::format("[save_idx] IDX holds u8, i8, i32, f32 and f64, the tensor is {}. Hint: convert it with .to(f32), or save it as safetensors.",
                    name_of(x.dtype())));
  if (x.rank() < 1) throw ShapeError("[save_idx] IDX needs at least one axis, the tensor has none. Hint: reshape it to {1}.");
  for (int64_t size : x.shape())
    if (size > UINT32_MAX) throw ShapeError("[save_idx] an axis of an IDX file is shorter than 2^32 (" + x.shape().str() + ").");
  std::string header = {0, 0, static_cast<char>(type->code), static_cast<char>(x.rank())};
  for (int64_t size : x.shape())
    for (int shift = 24; shift >= 0; shift -= 8) header += static_cast<char>(size >> shift);
  Array values = contiguous_copy(x.array());
  swap_bytes(static_cast<char*>(values.raw()), static_cast<size_t>(values.numel()), type->bytes);
  write_file(path, [&](const Sink& sink) {
    sink(header.data(), header.size());
    sink(values.raw(), static_cast<size_t>(values.numel()) * type->bytes);
  });
}

}  // namespace cairn
