// What the machine can still give, for the allocator.
#pragma once

#include <cstdint>

namespace cairn {

// Bytes that this process may still touch before the kernel kills something: MemAvailable, or less where a container's limit
// (cgroup v2) is nearer. The largest number when the system does not say.
uint64_t available_memory();
// Bytes of this process that lie in memory now.
uint64_t resident_memory();

}  // namespace cairn
