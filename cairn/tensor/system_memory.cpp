#include <cairn/tensor/system_memory.h>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <limits>

namespace cairn {

namespace {

constexpr uint64_t unknown = std::numeric_limits<uint64_t>::max();

// The number after `key` in a file of lines "key number"; with an empty key the number that the file begins with.
uint64_t number_in(const char* path, const char* key) {
  std::FILE* f = std::fopen(path, "r");
  if (!f) return unknown;
  char line[256];
  unsigned long long value = 0;
  bool found = false;
  while (!found && std::fgets(line, sizeof line, f))
    found = std::strncmp(line, key, std::strlen(key)) == 0 && std::sscanf(line + std::strlen(key), "%llu", &value) == 1;
  std::fclose(f);
  return found ? value : unknown;
}

}  // namespace

uint64_t available_memory() {
  const uint64_t kib = number_in("/proc/meminfo", "MemAvailable:");
  uint64_t available = kib == unknown ? unknown : kib * 1024;
  const uint64_t limit = number_in("/sys/fs/cgroup/memory.max", ""), used = number_in("/sys/fs/cgroup/memory.current", "");
  if (limit != unknown && used != unknown) {
    const uint64_t files = number_in("/sys/fs/cgroup/memory.stat", "file ");  // the kernel drops these first
    const uint64_t held = used - std::min(used, files == unknown ? 0 : files);
    available = std::min(available, limit - std::min(limit, held));
  }
  return available;
}

uint64_t resident_memory() {
  std::FILE* f = std::fopen("/proc/self/statm", "r");
  if (!f) return 0;
  unsigned long long size = 0, resident = 0;
  const bool read = std::fscanf(f, "%llu %llu", &size, &resident) == 2;
  std::fclose(f);
  return read ? resident * uint64_t(sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace cairn
