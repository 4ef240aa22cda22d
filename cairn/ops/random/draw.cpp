// Draws from the process's generator (manual_seed). Each takes as many Philox blocks (4 words) as it needs, so a run with the same seed
// draws the same values whatever the number of threads. No gradient reaches a draw.
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo rand_op, randn_op, randint_op, bernoulli_op, randperm_op;

namespace {

constexpr const char* draws_are_constant = "a draw does not depend on anything differentiable";

// f64 takes two words a number, everything else one; normal numbers are made in pairs.
RandomKey key_for(int64_t n, DType dtype) {
  const uint64_t words = (uint64_t(n) + 1) / 2 * 2 * (dtype == f64 ? 2 : 1);
  return take_random((words + 3) / 4);
}

void check_continuous(const char* op, const Shape& shape, DType dtype) {
  if (!is_floating(dtype))
    throw DtypeError("[" + std::string(op) + "] draws floating numbers, not " + name_of(dtype) + ". Hint: randint draws whole ones.");
  checked_bytes(shape, size_of(dtype));
}

Tensor continuous(const OpInfo& info, Distribution d, double a, double b, const Shape& shape, DType dtype) {
  check_continuous(info.name, shape, dtype);
  Call op(info, std::initializer_list<Tensor>{}, {{"shape", shape}, {"dtype", dtype}});
  Array y = op.out(shape, dtype);
  op.kernel().random(d, key_for(y.numel(), dtype), a, b, y);
  return op.not_differentiable(y, draws_are_constant);
}

}  // namespace

Tensor rand(const Shape& shape, DType dtype) { return continuous(rand_op, Distribution::uniform, 0, 1, shape, dtype); }
Tensor randn(const Shape& shape, DType dtype) { return continuous(randn_op, Distribution::normal, 0, 1, shape, dtype); }

Tensor randint(int64_t low, int64_t high, const Shape& shape, DType dtype) {
  if (low >= high)
    throw ConfigError("[randint] the range [" + std::to_string(low) + ", " + std::to_string(high) +
                      ") holds no whole number. Hint: low is included, high is not, so high must be above low.");
  constexpr int64_t exact = int64_t{1} << 53;  // whole numbers travel to the kernel as doubles
  if (low < -exact || high > exact || uint64_t(high) - uint64_t(low) > uint64_t{1} << 32)
    throw ConfigError("[randint] the range [" + std::to_string(low) + ", " + std::to_string(high) +
                      ") must hold at most 2^32 numbers, all within 2^53. Hint: a smaller range.");
  check_fits("randint", double(low), dtype);
  check_fits("randint", double(high - 1), dtype);
  checked_bytes(shape, size_of(dtype));
  Call op(randint_op, std::initializer_list<Tensor>{}, {{"low", low}, {"high", high}, {"shape", shape}, {"dtype", dtype}});
  Array y = op.out(shape, dtype);
  op.kernel().random(Distribution::integer, key_for(y.numel(), dtype), double(low), double(high), y);
  return op.not_differentiable(y, draws_are_constant);
}

// y_i = u_i < p_i ? 1 : 0, of p's type.
Tensor bernoulli(const Tensor& p) {
  check_floating("bernoulli", p, "p");
  Call op(bernoulli_op, {p});
  const Shape& shape = op[0].shape();
  const DType dtype = op[0].dtype() == f64 ? f64 : f32;
  Array chance = op[0].dtype() == dtype ? op[0] : cast_copy(op[0], dtype), bound = op.out({}, dtype);
  Array good(shape, boolean), also(shape, boolean), both(shape, boolean);
  op.kernel().fill(bound, 0);
  op.kernel().binary(Binary::ge, chance, bound.expanded(shape), good);
  op.kernel().fill(bound, 1);
  op.kernel().binary(Binary::le, chance, bound.expanded(shape), also);
  op.kernel().binary(Binary::logical_and, good, also, both);
  if (op.kernel().count_true(both) != shape.numel())
    throw ConfigError("[bernoulli] p holds chances, each must lie in [0, 1] (p " + shape.str() + "). Hint: sigmoid(p) makes chances of scores.");

  Array u(shape, dtype), hit(shape, boolean), y = op.out(shape);
  op.kernel().random(Distribution::uniform, key_for(u.numel(), dtype), 0, 1, u);
  op.kernel().binary(Binary::lt, u, chance, hit);
  op.kernel().copy(hit, y);
  return op.not_differentiable(y, "whether a draw hits does not change smoothly with its chance");
}

// 0 to n - 1 in random order, by exchanging each place with one of those up to it (Fisher and Yates 1938; Durstenfeld 1964).
Tensor randperm(int64_t n) {
  if (n < 0) throw ConfigError("[randperm] the length must not be negative, but is " + std::to_string(n) + ". Hint: 0 or more.");
  checked_bytes({n}, size_of(i64));
  Call op(randperm_op, std::initializer_list<Tensor>{}, {{"n", n}});
  const RandomKey key = take_random(1);
  Random random(mix(key.seed, key.offset), mix(key.stream, 0x9e3779b97f4a7c15));  // a sequence of its own: its length is not known
  Array y = op.out({n}, i64);
  int64_t* order = y.ptr<int64_t>();
  for (int64_t i = 0; i < n; ++i) {
    const int64_t j = int64_t(random.below(uint64_t(i) + 1));
    order[i] = order[j];
    order[j] = i;
  }
  return op.not_differentiable(y, draws_are_constant);
}

namespace {

std::vector<Tensor> run_rand(const std::vector<Tensor>&, const Attributes& a) { return {rand(a.shape(), a.dtype())}; }
std::vector<Tensor> run_randn(const std::vector<Tensor>&, const Attributes& a) { return {randn(a.shape(), a.dtype())}; }
std::vector<Tensor> run_randint(const std::vector<Tensor>&, const Attributes& a) {
  return {randint(a.integer("low"), a.integer("high"), a.shape(), a.dtype())};
}
std::vector<Tensor> run_bernoulli(const std::vector<Tensor>& in, const Attributes&) { return {bernoulli(in[0])}; }
std::vector<Tensor> run_randperm(const std::vector<Tensor>&, const Attributes& a) { return {randperm(a.integer("n"))}; }

Samples continuous_samples(const OpInfo& info) {
  Samples s(info);
  for (const Shape& shape : {Shape{}, {3, 5}, {0, 2}, {1, 7}}) s.add({}, {{"shape", shape}, {"dtype", f32}});
  s.add({}, {{"shape", Shape{9}}, {"dtype", f64}});
  s.add({}, {{"shape", Shape{9}}, {"dtype", bf16}});
  s.fails({}, {{"shape", Shape{2}}, {"dtype", i64}}, "[" + std::string(info.name) + "] draws floating numbers, not i64");
  return s.no_gradient(draws_are_constant).random("draws");
}
Samples rand_samples() { return continuous_samples(rand_op); }
Samples randn_samples() { return continuous_samples(randn_op); }

Samples randint_samples() {
  Samples s(randint_op);
  for (const Shape& shape : {Shape{}, {3, 5}, {0, 2}}) s.add({}, {{"low", -2}, {"high", 5}, {"shape", shape}, {"dtype", i64}});
  s.add({}, {{"low", 0}, {"high", 256}, {"shape", Shape{9}}, {"dtype", u8}});
  s.fails({}, {{"low", 3}, {"high", 3}, {"shape", Shape{2}}, {"dtype", i64}}, "[randint] the range [3, 3) holds no whole number");
  return s.no_gradient(draws_are_constant).random("draws");
}

Samples bernoulli_samples() {
  Samples s(bernoulli_op);
  for (const Shape& shape : {Shape{}, {3, 5}, {0, 2}}) s.add({sample_uniform(shape, 0, 1)});
  s.fails({tensor({0.5, 1.5})}, "[bernoulli] p holds chances, each must lie in [0, 1]");
  return s.no_gradient("whether a draw hits does not change smoothly with its chance").random("draws");
}

Samples randperm_samples() {
  Samples s(randperm_op);
  for (int64_t n : {0, 1, 9}) s.add({}, {{"n", n}});
  s.fails({}, {{"n", -1}}, "[randperm] the length must not be negative, but is -1");
  return s.no_gradient(draws_are_constant).random("draws");
}

}  // namespace

const OpInfo rand_op = {"rand", Autocast::widest, run_rand, rand_samples};
const OpInfo randn_op = {"randn", Autocast::widest, run_randn, randn_samples};
const OpInfo randint_op = {"randint", Autocast::widest, run_randint, randint_samples};
const OpInfo bernoulli_op = {"bernoulli", Autocast::widest, run_bernoulli, bernoulli_samples};
const OpInfo randperm_op = {"randperm", Autocast::widest, run_randperm, randperm_samples};

}  // namespace cairn
