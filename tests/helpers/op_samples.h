// Runs an op's samples in float64: first and second derivatives against differences, and the texts of its errors.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>

namespace cairn::test {

inline const OpInfo& op_named(const std::string& name) {
  for (const OpInfo* op : all_ops())
    if (name == op->name) return *op;
  throw StateError("no op is called " + name);
}

// Floating inputs as f64 leaves; the strides stay as they are for the values' reading, leaves are row-major.
inline std::vector<Tensor> f64_leaves(const std::vector<Tensor>& inputs) {
  std::vector<Tensor> leaves;
  for (const Tensor& x : inputs) {
    leaves.push_back(is_floating(x.dtype()) ? Tensor(cast_copy(x.array(), f64)) : x);
    if (is_floating(x.dtype())) leaves.back().set_requires_grad();
  }
  return leaves;
}

// `constant`: inputs that have no gradient by design (class weights).
inline void check_gradients(const std::string& name, const std::vector<int>& constant = {}) {
  const OpInfo& op = op_named(name);
  const Samples samples = op.samples();
  int number = 0;
  for (const Sample& s : samples.list) {
    SCOPED_TRACE(name + " sample " + std::to_string(number++) + " (" + s.attributes.str() + ")");
    std::vector<Tensor> leaves = f64_leaves(s.inputs);
    for (int i : constant)
      if (size_t(i) < leaves.size()) leaves[size_t(i)] = leaves[size_t(i)].detach();
    const TensorFunction f = [&](const std::vector<Tensor>& in) {
      manual_seed(7);
      return op.run(in, s.attributes);
    };
    const GradcheckResult first = gradcheck(f, leaves);
    EXPECT_TRUE(first.ok) << first.message;
    const GradcheckResult second = gradgradcheck(f, leaves);
    EXPECT_TRUE(second.ok) << second.message;
  }
}

// Each failing sample raises a typed error with the promised text.
inline void check_messages(const std::string& name) {
  const OpInfo& op = op_named(name);
  for (const FailingSample& s : op.samples().failing) {
    SCOPED_TRACE(name + " (" + s.attributes.str() + ")");
    try {
      op.run(s.inputs, s.attributes);
      ADD_FAILURE() << "no error, expected: " << s.message;
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find(s.message), std::string::npos) << "is:       " << e.what() << "\nexpected: " << s.message;
    }
  }
}

}  // namespace cairn::test
