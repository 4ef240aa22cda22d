// A disk that does not wait for the platter: for tests that write much and lose no power.
#pragma once

#include <cairn/base/disk.h>

namespace cairn {

struct HastyDisk : Disk {
  void sync(int) override {}
  void sync_folder(const std::string&) override {}
};

}  // namespace cairn
