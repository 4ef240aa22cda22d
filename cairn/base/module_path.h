// Where in the model we are: "net.2.linear". Modules push their name while they run; errors, traces and profiles read it.
#pragma once

#include <string>

namespace cairn {

class ModuleScope {
 public:
  explicit ModuleScope(const char* name);  // `name` must outlive the scope
  ~ModuleScope();
  ModuleScope(const ModuleScope&) = delete;
  ModuleScope& operator=(const ModuleScope&) = delete;
 private:
  const char* name_;
  ModuleScope* outer_;
  friend std::string module_path();
};
std::string module_path();  // names joined with dots; empty outside of any module

}  // namespace cairn
