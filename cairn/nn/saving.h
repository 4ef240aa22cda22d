// Weights in a file (safetensors): two lines to save and to load.
//
//   save("model.safetensors", model);
//   load("model.safetensors", model);
#pragma once

#include <map>
#include <string>

#include <cairn/nn/module.h>

namespace cairn {

// The state dict, atomically and durably; tied parameters once. FileError when it cannot be written.
void save(const std::string& path, const Module& module, const std::map<std::string, std::string>& metadata = {});
// As Module::load_state_dict; errors name the file.
StateDifference load(const std::string& path, Module& module, bool strict = true);

}  // namespace cairn
