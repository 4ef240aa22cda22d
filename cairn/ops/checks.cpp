// The checks that ops make before any kernel runs, and the form of their messages.
#include <cairn/ops/axis.h>
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
    if (!n.tensor.defined())
      throw StateError(std::string("[") + op + "] " + n.name + " is not defined (an empty Tensor). Hint: was it ever assigned?");
}

// What to do about a tensor with another number of axes.
std::string rank_hint(const std::string& name, int rank, RankRule rule) {
  if (rank > rule.high) return "reshape(shape) and flatten(from, to) join axes, squeeze(axis) drops one of size 1.";
  if (rank == 0 && rule.low == 1) return name + ".reshape({1}) makes a vector of one element.";
  if (rank + 1 == rule.low) return name + ".unsqueeze(0) puts an axis of size 1 in front" + (name == "x" ? ", as a batch of one example has." : ".");
  return "unsqueeze(axis) and reshape(shape) add axes.";
}

}  // namespace

int axis_in(const char* op, const Tensor& x, int axis, int more) {
  check_defined(op, {{"x", x}});
  const int rank = x.rank() + more;
  if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  const std::string end = std::to_string(rank);
  const std::string valid = rank == 0   ? "a scalar has no axis to name."
                            : rank == 1 ? "there is axis 0, which is also -1."
                                        : "axes are 0 to " + std::to_string(rank - 1) + ", or from the end -1 to -" + end + ".";
  throw IndexError(std::string("[") + op + "] axis " + std::to_string(axis) + " is outside a " + (more ? "result" : "tensor") + " of " + end +
                   (rank == 1 ? " axis" : " axes") + listed({{"x", x}}) + "." + hinted(valid));
}

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
  fail_shape(op, std::string(name) + " must have " + wanted + (rule.low == 1 && (rule.high == 1 || rule.high == Shape::max_rank) ? " axis" : " axes"),
             {{name, x}}, rank_hint(name, x.rank(), rule));
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
                     " is outside " + what + "." + hinted("counting starts at 0, so the largest is one less than that."));
}

}  // namespace cairn
