#include <cairn/tensor/storage.h>

#include <cairn/base/errors.h>
#include <cairn/base/module_path.h>
#include <cairn/tensor/layout.h>

namespace cairn {

struct Storage::Write {
  const char* op = "";
  bool whole = true;  // the shape is not known
  Shape shape;
  std::string where;  // module path
};

void Storage::remember(const char* op, const Shape* shape) {
  if (!write_) write_ = std::make_unique<Write>();
  write_->op = op;
  write_->whole = !shape;
  if (shape) write_->shape = *shape;
  write_->where = module_path();
}

std::string Storage::last_writer() const {
  if (!write_) return "";
  return write_->op + (write_->whole ? "" : " into " + write_->shape.str()) + (write_->where.empty() ? "" : " in " + write_->where);
}

Storage::Storage(size_t bytes, Device device) : bytes_(bytes), device_(device) {
  if (device != Device::cpu) throw DeviceError("there is no CUDA backend in this build. Hint: Device::cpu.");
  data_ = static_cast<std::byte*>(allocate(bytes));
}

Storage::Storage(void* data, size_t bytes, std::function<void()> release)
    : data_(static_cast<std::byte*>(data)), bytes_(bytes), release_(new std::function<void()>(std::move(release))) {}

Storage::Storage(std::unique_ptr<BlockedImages> images)
    : bytes_(size_t(checked_bytes(images->shape, size_of(images->dtype)))), device_(Device::cpu), blocked_(std::move(images)) {}

Storage::~Storage() {
  if (release_) {
    if (*release_) (*release_)();
    delete release_;
  } else if (std::byte* p = data_.load(std::memory_order_relaxed)) {
    deallocate(p, bytes_);
  }
}

}  // namespace cairn
