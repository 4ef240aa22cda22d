// Every op, from its own samples: the fast kernels against the reference, gradients and second derivatives in float64 against
// differences, strided inputs, error texts, the replay of a trace. The list of ops is what the sources declare; an op without
// samples, an op that never went through the door, or a kernel that no op and no optimiser called fails the test.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/graph.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <tests/helpers/spy_backend.h>

namespace cairn {
namespace {

std::vector<Tensor> run(const OpInfo& op, const std::vector<Tensor>& inputs, const Attributes& attributes) {
  manual_seed(7);
  return op.run(inputs, attributes);
}

std::vector<Tensor> to_f64_leaves(const Samples& s, size_t sample) {
  std::vector<Tensor> result;
  for (const Tensor& x : s.list[sample].inputs) {
    if (!x.defined() || !is_floating(x.dtype())) {
      result.push_back(x);
      continue;
    }
    const int input = int(result.size());
    result.push_back(Tensor(cast_copy(x.array(), f64)));
    if (std::none_of(s.constants.begin(), s.constants.end(), [&](const auto& c) { return c.first == input; })) result.back().set_requires_grad();
  }
  return result;
}

// The same values behind other strides: every second element of a larger block, last axes swapped.
Tensor strided(const Tensor& x) {
  if (!x.defined()) return x;
  Shape larger = x.shape();
  if (larger.rank() == 0) return x;
  larger[larger.rank() - 1] *= 2;
  if (larger.rank() > 1) std::swap(larger[larger.rank() - 1], larger[larger.rank() - 2]);
  Array block(larger, x.dtype());
  Array view = larger.rank() > 1 ? block.transposed(larger.rank() - 1, larger.rank() - 2) : block;
  view = view.sliced(view.rank() - 1, 1, x.shape().back(), 2);
  device_ops().copy(x.array(), view);
  return Tensor(view);
}

void expect_close(const Tensor& a, const Tensor& b, double rtol, double atol, const std::string& what) {
  ASSERT_EQ(a.shape(), b.shape()) << what;
  ASSERT_EQ(a.dtype(), b.dtype()) << what;
  const std::vector<double> x = a.to_vector<double>(), y = b.to_vector<double>();
  for (size_t i = 0; i < x.size(); i++) {
    if (std::isnan(x[i]) && std::isnan(y[i])) continue;
    if (x[i] == y[i]) continue;
    ASSERT_NEAR(x[i], y[i], atol + rtol * std::abs(y[i])) << what << " element " << i;
  }
}

std::string described(const OpInfo& op, size_t i, const Sample& s) {
  std::string text = std::string(op.name) + " sample " + std::to_string(i) + " (";
  for (const Tensor& x : s.inputs) text += x.defined() ? x.shape().str() + " " + name_of(x.dtype()) + " " : "- ";
  return text + s.attributes.str() + ")";
}

int64_t ops_seen = 0, samples_seen = 0, derivatives_seen = 0;

class Conformance : public testing::TestWithParam<const OpInfo*> {
 protected:
  const OpInfo& op() const { return *GetParam(); }
};

TEST_P(Conformance, has_samples_and_goes_through_the_door) {
  const Samples s = op().samples();
  ASSERT_FALSE(s.list.empty()) << op().name;
  EXPECT_EQ(s.op, &op()) << "the samples belong to another op";
  OpsSeen seen;
  for (const Sample& sample : s.list) run(op(), sample.inputs, sample.attributes);
  EXPECT_NE(std::find(seen.names().begin(), seen.names().end(), op().name), seen.names().end()) << op().name;
  ops_seen++;
  samples_seen += int64_t(s.list.size());
}

TEST_P(Conformance, fast_kernels_agree_with_the_reference) {
  const Samples s = op().samples();
  for (DType t : {f32, bf16}) {
    for (size_t i = 0; i < s.list.size(); i++) {
      std::vector<Tensor> inputs;
      for (const Tensor& x : s.list[i].inputs) inputs.push_back(x.defined() && x.dtype() == f32 && t != f32 ? Tensor(cast_copy(x.array(), t)) : x);
      if (t == bf16 && !s.why_only_f32_f64.empty()) {
        EXPECT_THROW(run(op(), inputs, s.list[i].attributes), DtypeError) << described(op(), i, s.list[i]);
        continue;
      }
      const std::vector<Tensor> fast = run(op(), inputs, s.list[i].attributes);
      UseBackend use(reference_backend());
      const std::vector<Tensor> exact = run(op(), inputs, s.list[i].attributes);
      ASSERT_EQ(fast.size(), exact.size());
      // bf16 has 8 bits: results may round to either neighbour.
      for (size_t k = 0; k < fast.size(); k++)
        expect_close(fast[k], exact[k], t == f32 ? 3e-6 : 1.6e-2, t == f32 ? 2e-6 : 1e-2, described(op(), i, s.list[i]));
    }
  }
}

TEST_P(Conformance, strides_do_not_matter) {
  const Samples s = op().samples();
  for (size_t i = 0; i < s.list.size(); i++) {
    std::vector<Tensor> other;
    for (const Tensor& x : s.list[i].inputs) other.push_back(strided(x));
    const std::vector<Tensor> a = run(op(), s.list[i].inputs, s.list[i].attributes), b = run(op(), other, s.list[i].attributes);
    for (size_t k = 0; k < a.size(); k++) expect_close(a[k], b[k], 1e-6, 1e-6, described(op(), i, s.list[i]));
  }
}

TEST_P(Conformance, gradients_agree_with_differences) {
  const Samples s = op().samples();
  if (!s.why_no_gradient.empty()) return;  // the reviewed list below holds the reason
  int64_t compared = 0;
  for (size_t i = 0; i < s.list.size(); i++) {
    std::vector<Tensor> x = to_f64_leaves(s, i);
    if (std::none_of(x.begin(), x.end(), [](const Tensor& t) { return t.requires_grad(); })) continue;  // a sample of whole numbers
    const GradcheckResult r = gradcheck([&](const std::vector<Tensor>& v) { return run(op(), v, s.list[i].attributes); }, x);
    EXPECT_TRUE(r.ok) << described(op(), i, s.list[i]) << ": " << r.message;
    compared += r.elements;
  }
  EXPECT_GT(compared, 0) << op().name << " was never differentiated";
  derivatives_seen += compared;
}

TEST_P(Conformance, second_derivatives_agree_with_differences) {
  const Samples s = op().samples();
  if (!s.why_no_gradient.empty()) return;         // the reviewed list below holds the reason
  if (!s.why_no_second_gradient.empty()) return;  // the reviewed list below holds the reason
  for (size_t i = 0; i < s.list.size(); i++) {
    std::vector<Tensor> x = to_f64_leaves(s, i);
    if (std::none_of(x.begin(), x.end(), [](const Tensor& t) { return t.requires_grad(); })) continue;  // a sample of whole numbers
    const GradcheckResult r = gradgradcheck([&](const std::vector<Tensor>& v) { return run(op(), v, s.list[i].attributes); }, x);
    EXPECT_TRUE(r.ok) << described(op(), i, s.list[i]) << ": " << r.message;
    derivatives_seen += r.elements;
  }
}

TEST_P(Conformance, wrong_inputs_get_their_message) {
  const Samples s = op().samples();
  for (const FailingSample& f : s.failing) {
    try {
      run(op(), f.inputs, f.attributes);
      ADD_FAILURE() << op().name << " took inputs that it should refuse: " << f.message;
    } catch (const Error& e) {
      const std::string text = e.what();
      EXPECT_NE(text.find(f.message), std::string::npos) << op().name << "\n  says    " << text << "\n  expected " << f.message;
      EXPECT_TRUE(text.starts_with("[")) << op().name << " does not name itself first: " << text;
      EXPECT_NE(text.find("Hint: "), std::string::npos) << op().name << " does not say what to do: " << text;
    }
  }
}

TEST_P(Conformance, a_trace_runs_again) {
  const Samples s = op().samples();
  for (size_t i = 0; i < s.list.size(); i++) {
    std::vector<Tensor> given, at;  // undefined inputs (no bias) are not inputs of the trace
    for (const Tensor& x : s.list[i].inputs)
      if (x.defined()) given.push_back(x);
    auto f = [&](const std::vector<Tensor>& v) {
      std::vector<Tensor> all;
      size_t next = 0;
      for (const Tensor& x : s.list[i].inputs) all.push_back(x.defined() ? v[next++] : Tensor());
      return run(op(), all, s.list[i].attributes);
    };
    Graph graph = trace(f, given);
    ASSERT_FALSE(graph.calls.empty()) << described(op(), i, s.list[i]);
    const std::vector<Tensor> a = f(given);
    manual_seed(7);
    const std::vector<Tensor> b = graph.run(given);
    ASSERT_EQ(a.size(), b.size());
    for (size_t k = 0; k < a.size(); k++) expect_close(a[k], b[k], 0, 0, described(op(), i, s.list[i]));
  }
}

INSTANTIATE_TEST_SUITE_P(Ops, Conformance, testing::ValuesIn(all_ops()), [](const auto& info) { return std::string(info.param->name); });

TEST(Conformance_, every_kernel_of_the_backend_is_called) {
  std::ifstream file(CAIRN_SOURCE_DIR "/cairn/backend/backend.h");
  ASSERT_TRUE(file);
  std::set<std::string> declared;
  const std::regex pattern(R"(^  virtual [A-Za-z0-9_]+ ([a-z_]+)\()");
  for (std::string line; std::getline(file, line);)
    if (std::smatch m; std::regex_search(line, m, pattern)) declared.insert(m[1]);
  ASSERT_GT(declared.size(), 30u);

  SpyBackend spy(cpu_backend());
  UseBackend use(spy);
  for (const OpInfo* op : all_ops()) {
    const Samples s = op->samples();
    for (const Sample& sample : s.list) {
      std::vector<Tensor> x = sample.inputs;
      for (Tensor& t : x)
        if (t.defined() && is_floating(t.dtype())) t = t.detach().set_requires_grad();
      for (const Tensor& y : run(*op, x, sample.attributes))
        if (y.requires_grad() && y.numel() > 0) y.backward(ones(y.shape(), y.dtype()), true);
    }
  }
  // Kernels that belong to no op: initialisation, optimisers, clipping, checks (their results: backend/cpu/cpu_test.cpp, optim/).
  for (const char* other : {"sgd_step", "adam_step", "rmsprop_step", "adagrad_step", "ema_step", "scale", "clamp", "sum_square", "all_finite"})
    EXPECT_EQ(declared.erase(other), 1u) << other << " is no kernel any more";
  for (const std::string& name : declared) EXPECT_TRUE(spy.seen.count(name)) << "no op calls the kernel " << name;
}

// At the end of the program: the suites above run in no fixed order.
class SaysHowMuch : public testing::Environment {
  void TearDown() override {
    if (ops_seen)
      std::printf("conformance: %lld ops, %lld samples, %lld derivatives compared\n", static_cast<long long>(ops_seen),
                  static_cast<long long>(samples_seen), static_cast<long long>(derivatives_seen));
  }
};
[[maybe_unused]] const testing::Environment* const says_how_much = testing::AddGlobalTestEnvironment(new SaysHowMuch);

// The reviewed list: an op is exempt from gradients only with the reason that stands there.
TEST(Conformance_, exemptions_are_the_reviewed_ones) {
  std::ifstream file(CAIRN_SOURCE_DIR "/tests/exemptions.txt");
  std::stringstream text;
  text << file.rdbuf();
  std::string found;
  for (const OpInfo* op : all_ops()) {
    const Samples s = op->samples();
    if (!s.why_no_gradient.empty()) found += std::string(op->name) + ": no gradient: " + s.why_no_gradient + "\n";
    for (const auto& [input, why] : s.constants)
      found += std::string(op->name) + ": input " + std::to_string(input) + " has no gradient: " + why + "\n";
    if (!s.why_no_second_gradient.empty()) found += std::string(op->name) + ": no second derivative: " + s.why_no_second_gradient + "\n";
  }
  EXPECT_EQ(text.str(), found) << "tests/exemptions.txt must name exactly these; review each before you copy it there.";
}

}  // namespace
}  // namespace cairn
