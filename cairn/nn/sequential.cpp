// The list of layers behind Sequential and ModuleList.
#include <cairn/nn/sequential.h>

namespace cairn {

ModuleVector::ModuleVector(const ModuleVector& o) {
  for (const auto& m : o.list_) list_.push_back(m->copy_module());
}

Module& ModuleVector::operator[](int64_t i) const {
  const int64_t n = int64_t(list_.size()), at = i < 0 ? i + n : i;
  if (at < 0 || at >= n)
    throw IndexError("[sequential] there is no layer " + std::to_string(i) + ": it has " + std::to_string(n) +
                     ". Hint: they count from 0, or from the end from -1 on.");
  return *list_[at];
}

void ModuleVector::visit(Visitor& v) {
  for (size_t i = 0; i < list_.size(); i++) v(std::to_string(i), *list_[i]);
}

}  // namespace cairn
