#include <cairn/tensor/storage.h>

#include <cairn/base/errors.h>

namespace cairn {

Storage::Storage(size_t bytes, Device device) : bytes_(bytes), device_(device) {
  if (device != Device::cpu) throw DeviceError("there is no CUDA backend in this build. Hint: Device::cpu.");
  data_ = static_cast<std::byte*>(allocate(bytes));
}

Storage::Storage(void* data, size_t bytes, std::function<void()> release)
    : data_(static_cast<std::byte*>(data)), bytes_(bytes), release_(new std::function<void()>(std::move(release))) {}

Storage::~Storage() {
  if (release_) {
    if (*release_) (*release_)();
    delete release_;
  } else if (data_) {
    deallocate(data_, bytes_);
  }
}

}  // namespace cairn
