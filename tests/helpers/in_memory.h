// While it lives, temporary folders lie in memory where there is such a place: a sync costs nothing there. For tests that kill processes
// or fail calls; neither takes the memory of the system.
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <cairn/base/system.h>

namespace cairn {

class InMemory {
 public:
  InMemory() {
    if (env("TMPDIR").empty() && access("/dev/shm", W_OK | X_OK) == 0) changed_ = setenv("TMPDIR", "/dev/shm", 1) == 0;
  }
  ~InMemory() {
    if (changed_) unsetenv("TMPDIR");
  }
  InMemory(const InMemory&) = delete;

 private:
  bool changed_ = false;
};

}  // namespace cairn
