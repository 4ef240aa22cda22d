// The checks that ops make before any kernel runs, and the form of their messages.
#include <cairn/ops/call.h>

namespace cairn {

namespace {

std::string listed(std::initializer_list<Named> tensors, bool dtypes = false) {
  std::string text;
  for (const Named& n : tensors) {
    if (!n.tensor.defined()) continue;
    text += (text.empty() ? " (" : ", ") + std::string(n.name) + " " + (dtypes ? name_of(n.tensor.dtype()) : n.tensor.shape().str());
  }
  return text.empty() ? "" : text + ")";
}

std::string hinted(const std::string& hint) { return hint.empty() ? "" : "\nHint: " + hint; }

void check_defined(const char* op, std::initializer_list<Named> tensors) {
  for (const Named& n : tensors)
    if (!n.tensor.defined()) throw StateError(std::string("[") + op + "] " + n.name + " is not defined (an empty Tensor).");
}

}  // namespace

void fail_shape(const char* op, const std::string& rule, std::initializer_list<Named> tensors, const std::string& hint) {
  throw ShapeError(std::string("[") + op + "] " + rule + listed(tensors) + "." + hinted(hint));
}

void check_shape(const char* op, const std::string& rule, std::initializer_list<Named> tensors, bool ok, const std::string& hint) {
  if (!ok) fail_shape(op, rule, tensors, hint);
}

void check_rank(const char* op, const Tensor& x, RankRule rule, const char* name) {
  check_defined(op, {{name, x}});
  if (x.rank() >= rule.low && x.rank() <= rule.high) return;
  std::string wanted = rule.low == rule.high          ? "exactly " + std::to_string(rule.low)
                       : rule.high == Shape::max_rank ? "at least " + std::to_string(rule.low)
                                                      : std::to_string(rule.low) + " to " + std::to_string(rule.high);
  fail_shape(op, std::string(name) + " must have " + wanted + (rule.low == 1 && rule.high == 1 ? " axis" : " axes"), {{name, x}});
}

void check_floating(const char* op, const Tensor& x, const char* name) {
  check_defined(op, {{name, x}});
  if (!is_floating(x.dtype()))
    throw DtypeError(std::string("[") + op + "] " + name + " must be floating, it is " + name_of(x.dtype()) + ". Hint: " + name + ".to(f32).");
}

void check_same_dtype(const char* op, std::initializer_list<Named> tensors) {
  check_defined(op, tensors);
  for (const Named& n : tensors)
    if (n.tensor.dtype() != tensors.begin()->tensor.dtype())
      throw DtypeError(std::string("[") + op + "] all must have one type" + listed(tensors, true) + ". Hint: x.to(f32) converts.");
}

void check_beside(const char* op, const Named& x, const Named& parameter) {
  const bool narrow = size_of(x.tensor.dtype()) == 2;
  if (!(narrow && parameter.tensor.defined() && parameter.tensor.dtype() == f32)) check_same_dtype(op, {x, parameter});
}

void check_status(const char* op, Status status, const std::string& what) {
  if (!status.ok())
    throw IndexError(std::string("[") + op + "] index " + std::to_string(status.bad_value) + " at position " + std::to_string(status.bad_position) +
                     " is outside " + what + ".");
}

}  // namespace cairn
