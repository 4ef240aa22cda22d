// A state dict is a set of named tensors, which is what a safetensors file holds.
#include <cairn/nn/saving.h>

#include <cairn/io/safetensors.h>

namespace cairn {

void save(const std::string& path, const Module& module, const std::map<std::string, std::string>& metadata) {
  save(path, module.state_dict(), metadata);
}

StateDifference load(const std::string& path, Module& module, bool strict) {
  try {
    return module.load_state_dict(load(path), strict);
  } catch (const StateError& e) { throw StateError(path + ": " + e.what()); }
}

}  // namespace cairn
