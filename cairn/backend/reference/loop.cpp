// Walking strided arrays (see loop.h).
#include <cairn/backend/reference/loop.h>

namespace cairn::reference {

Walk::Walk(const Shape& shape, std::initializer_list<Strides> strides) : arrays_(int(strides.size())) {
  const Strides* s = strides.begin();
  for (int axis = 0; axis < shape.rank(); axis++) {
    if (shape[axis] == 0) empty_ = true;
    if (shape[axis] == 1) continue;
    // The axis before can be merged into this one when, in every array, one of its steps is a whole pass over this axis.
    bool merge = rank_ > 0;
    for (int k = 0; k < arrays_; k++) merge = merge && strides_[k][rank_ - 1] == s[k][axis] * shape[axis];
    if (!merge) rank_++;
    sizes_[rank_ - 1] = merge ? sizes_[rank_ - 1] * shape[axis] : shape[axis];
    for (int k = 0; k < arrays_; k++) strides_[k][rank_ - 1] = s[k][axis];
  }
  n = 1;
  if (rank_ > 0) {  // the innermost axis is the row
    rank_--;
    n = sizes_[rank_];
    for (int k = 0; k < arrays_; k++) step[k] = strides_[k][rank_];
  }
}

bool Walk::next() {
  if (empty_) return false;
  if (!started_) return started_ = true;
  position += n;
  for (int axis = rank_ - 1; axis >= 0; axis--) {
    for (int k = 0; k < arrays_; k++) at[k] += strides_[k][axis];
    if (++index_[axis] < sizes_[axis]) return true;
    for (int k = 0; k < arrays_; k++) at[k] -= strides_[k][axis] * sizes_[axis];
    index_[axis] = 0;
  }
  empty_ = true;
  return false;
}

void unsupported(const char* kernel, const char* what, DType dtype) {
  throw UnsupportedError(std::string("[") + kernel + "] " + what + " is not defined for " + name_of(dtype) +
                         ". Hint: convert the values to a type that has it first, with to(f32).");
}

}  // namespace cairn::reference
