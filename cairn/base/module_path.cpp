#include <cairn/base/module_path.h>

#include <vector>

namespace cairn {
namespace {
thread_local ModuleScope* innermost = nullptr;
}

// The scopes form a list on the stack: entering a module costs two stores, and the text is only built when somebody asks.
ModuleScope::ModuleScope(const char* name) : name_(name), outer_(innermost) { innermost = this; }
ModuleScope::~ModuleScope() { innermost = outer_; }

std::string module_path() {
  std::vector<const char*> names;
  for (const ModuleScope* s = innermost; s; s = s->outer_)
    if (s->name_ && *s->name_) names.push_back(s->name_);  // the model itself has no name
  std::string path;
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    if (!path.empty()) path += '.';
    path += *name;
  }
  return path;
}

}  // namespace cairn
