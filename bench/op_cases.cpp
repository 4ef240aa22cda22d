// The table of `cairn bench --ops`: ops at sizes that occur in training (64 x 128: overhead counts; 16 M: only memory counts).
// A row: op, inputs, the call, the same in PyTorch, what it must compute or move.
#include <bench/ops.h>
#include <cairn/base/text.h>
#include <cairn/nn/nn.h>
#include <cairn/ops/ops.h>
#include <cairn/optim/optim.h>

namespace cairn {

namespace {

using Inputs = std::vector<Tensor>;
constexpr int64_t million16 = int64_t{16} << 20;

std::string text_of(const std::vector<OpInput>& inputs) {
  std::vector<std::string> parts;
  for (const OpInput& in : inputs) {
    std::vector<std::string> sizes;
    for (const int64_t s : in.shape) sizes.push_back(s % (1 << 20) == 0 ? std::to_string(s >> 20) + "M" : std::to_string(s));
    parts.push_back(sizes.empty() ? "number" : join(sizes, "x"));
  }
  return join(parts, ", ");
}

class CaseTable {
 public:
  // Memory-bound: `numel` floats an array (0: as many as the first input has), moved as `mix` says.
  template <class F> OpCase& memory(std::string op, std::vector<OpInput> inputs, F call, std::string torch, Mix mix, int64_t numel = 0) {
    OpCase& c = add(std::move(op), std::move(inputs), call, std::move(torch));
    c.mix = mix;
    c.numel = numel ? numel : c.inputs.at(0).shape.numel();
    c.bytes = mix.bytes(c.numel);
    return c;
  }
  template <class F> OpCase& compute(std::string op, std::vector<OpInput> inputs, F call, std::string torch, double flops) {
    OpCase& c = add(std::move(op), std::move(inputs), call, std::move(torch));
    c.flops = flops;
    return c;
  }
  std::vector<OpCase> cases;

 private:
  template <class F> OpCase& add(std::string op, std::vector<OpInput> inputs, F call, std::string torch) {
    OpCase c;
    c.op = std::move(op);
    c.shapes = text_of(inputs);
    c.inputs = std::move(inputs);
    c.torch = std::move(torch);
    c.prepare = [call](const Inputs& in) { return std::function<void()>([call, in] { call(in); }); };
    cases.push_back(std::move(c));
    return cases.back();
  }
};

void elementwise(CaseTable& t) {
  for (const Shape& s : {Shape{64, 128}, Shape{million16}}) {
    const auto unary = [&](const char* op, auto f) {
      t.memory(op, {{s}}, [f](const Inputs& x) { f(x[0]); }, std::string("torch.") + op + "(a)", {1, true});
    };
    unary("neg", [](const Tensor& x) { return neg(x); });
    unary("exp", [](const Tensor& x) { return exp(x); });
    unary("log", [](const Tensor& x) { return log(x); });
    unary("sqrt", [](const Tensor& x) { return sqrt(x); });
    unary("sin", [](const Tensor& x) { return sin(x); });
    unary("tanh", [](const Tensor& x) { return tanh(x); });
    unary("sigmoid", [](const Tensor& x) { return sigmoid(x); });
    unary("relu", [](const Tensor& x) { return relu(x); });
    t.memory("gelu", {{s}}, [](const Inputs& x) { gelu(x[0]); }, "F.gelu(a)", {1, true});
    t.memory("silu", {{s}}, [](const Inputs& x) { silu(x[0]); }, "F.silu(a)", {1, true});
    t.memory("add", {{s}, {s}}, [](const Inputs& x) { x[0] + x[1]; }, "a + b", {2, true});
    t.memory("mul", {{s}, {s}}, [](const Inputs& x) { x[0] * x[1]; }, "a * b", {2, true});
    t.memory("div", {{s}, {s}}, [](const Inputs& x) { x[0] / x[1]; }, "a / b", {2, true});
    t.memory("maximum", {{s}, {s}}, [](const Inputs& x) { maximum(x[0], x[1]); }, "torch.maximum(a, b)", {2, true});
    t.memory("pow", {{s}, {s}}, [](const Inputs& x) { pow(x[0], x[1]); }, "a ** b", {2, true});
    t.memory("mul", {{s}}, [](const Inputs& x) { x[0] * 2.0; }, "a * 2.0", {1, true});
    t.memory("lt", {{s}, {s}}, [](const Inputs& x) { x[0] < x[1]; }, "a < b", {2, false, Mix::Mask::written});
    t.memory("clone", {{s}}, [](const Inputs& x) { x[0].clone(); }, "a.clone()", {1, true});
  }
  // Broadcasting: a row to all rows, a column to all columns.
  t.memory("add", {{{64, 128}}, {{128}}}, [](const Inputs& x) { x[0] + x[1]; }, "a + b", {1, true});
  t.memory("add", {{{4096, 4096}}, {{4096}}}, [](const Inputs& x) { x[0] + x[1]; }, "a + b", {1, true});
  t.memory("add", {{{4096, 4096}}, {{4096, 1}}}, [](const Inputs& x) { x[0] + x[1]; }, "a + b", {1, true});
  // The mask (a byte an element) is made beforehand.
  const Shape s = {4096, 4096};
  OpCase& choice = t.memory("where", {{s}, {s}, {s, 2}}, [](const Inputs&) {}, "torch.where(c.bool(), a, b)", {2, true, Mix::Mask::read});
  choice.prepare = [](const Inputs& x) { return std::function<void()>([x, mask = x[2] > 0.5] { where(mask, x[0], x[1]); }); };
}

void reductions(CaseTable& t) {
  for (const Shape& s : {Shape{64, 128}, Shape{4096, 4096}}) {
    t.memory("sum", {{s}}, [](const Inputs& x) { sum(x[0]); }, "a.sum()", {1, false});
    t.memory("sum", {{s}}, [](const Inputs& x) { sum(x[0], {1}); }, "a.sum(1)", {1, false}).shapes += ", rows";
    t.memory("sum", {{s}}, [](const Inputs& x) { sum(x[0], {0}); }, "a.sum(0)", {1, false}).shapes += ", columns";
    t.memory("mean", {{s}}, [](const Inputs& x) { mean(x[0], {1}); }, "a.mean(1)", {1, false}).shapes += ", rows";
    t.memory("var", {{s}}, [](const Inputs& x) { var(x[0], {1}); }, "a.var(1)", {1, false}).shapes += ", rows";
    t.memory("max", {{s}}, [](const Inputs& x) { max(x[0], {1}); }, "a.amax(1)", {1, false}).shapes += ", rows";
    t.memory("argmax", {{s}}, [](const Inputs& x) { argmax(x[0], 1); }, "a.argmax(1)", {1, false}).shapes += ", rows";
    t.memory("norm", {{s}}, [](const Inputs& x) { norm(x[0]); }, "a.norm()", {1, false});
  }
  t.memory("cumsum", {{{4096, 4096}}}, [](const Inputs& x) { cumsum(x[0], 1); }, "a.cumsum(1)", {1, true});
  for (const Shape& s : {Shape{64, 10}, Shape{64, 1000}, Shape{4096, 1000}}) {
    t.memory("softmax", {{s}}, [](const Inputs& x) { softmax(x[0]); }, "a.softmax(1)", {1, true});
    t.memory("log_softmax", {{s}}, [](const Inputs& x) { log_softmax(x[0]); }, "a.log_softmax(1)", {1, true});
    t.memory("cross_entropy", {{s}, {{s[0]}, s[1]}}, [](const Inputs& x) { cross_entropy(x[0], x[1]); }, "F.cross_entropy(a, b)", {1, false});
  }
}

// Batch norm reads its input twice: for the statistics, and for the result.
void norms(CaseTable& t) {
  for (const Shape& s : {Shape{64, 128}, Shape{64, 64, 32, 32}, Shape{32, 64, 112, 112}}) {
    const Shape c = {s[1]};
    t.memory("batch_norm", {{s}, {c}, {c}}, [](const Inputs& x) { batch_norm(x[0], x[1], x[2]); }, "F.batch_norm(a, None, None, b, c, True)",
             {2, true});
  }
  for (const Shape& s : {Shape{64, 128}, Shape{8192, 768}}) {
    const Shape c = {s[1]};
    t.memory("layer_norm", {{s}, {c}, {c}}, [c](const Inputs& x) { layer_norm(x[0], c, x[1], x[2]); }, "F.layer_norm(a, b.shape, b, c)", {1, true});
    t.memory("rms_norm", {{s}, {c}}, [c](const Inputs& x) { rms_norm(x[0], c, x[1]); }, "F.rms_norm(a, b.shape, b)", {1, true});
  }
  t.memory("group_norm", {{{32, 64, 56, 56}}, {{64}}, {{64}}}, [](const Inputs& x) { group_norm(x[0], 32, x[1], x[2]); }, "F.group_norm(a, 32, b, c)",
           {1, true});
}

// B is written before each product, as weights are before each training step, so that nothing can be kept packed.
void products(CaseTable& t) {
  const auto product = [&](int64_t m, int64_t k, int64_t n) {
    const double flops = 2.0 * double(m) * double(k) * double(n);
    t.compute(
        "matmul", {{{m, k}}, {{k, n}}},
        [](const Inputs& x) {
          Tensor b = x[1];
          b.set_({0, 0}, 0.5);
          matmul(x[0], b);
        },
        "(b[0, 0].fill_(0.5), a @ b)", flops);
    t.compute(
         "matmul", {{{m, k}}, {{n, k}}}, [](const Inputs& x) { matmul(x[0], x[1].t()); }, "a @ b.T", flops)
        .shapes += ", b transposed";
    t.compute(
         "matmul", {{{k, m}}, {{k, n}}}, [](const Inputs& x) { matmul(x[0].t(), x[1]); }, "a.T @ b", flops)
        .shapes += ", a transposed";
  };
  product(64, 784, 128);
  product(64, 128, 10);
  product(1024, 1024, 1024);
  t.compute(
      "matmul", {{{32, 128, 64}}, {{32, 64, 128}}}, [](const Inputs& x) { matmul(x[0], x[1]); }, "a @ b", 2.0 * 32 * 128 * 64 * 128);
  for (const int64_t batch : {1, 64, 1024})
    t.compute(
        "linear", {{{batch, 784}}, {{128, 784}}, {{128}}}, [](const Inputs& x) { linear(x[0], x[1], x[2]); }, "F.linear(a, b, c)",
        2.0 * double(batch) * 784 * 128);
}

void movement(CaseTable& t) {
  constexpr int64_t rows = 4096, columns = 4096;
  const Shape s = {rows, columns};
  t.memory("contiguous", {{s}}, [](const Inputs& x) { x[0].t().contiguous(); }, "a.t().contiguous()", {1, true}).shapes += ", transposed";
  t.memory("contiguous", {{{64, 128}}}, [](const Inputs& x) { x[0].t().contiguous(); }, "a.t().contiguous()", {1, true}).shapes += ", transposed";
  t.memory("contiguous", {{{32, 64, 56, 56}}},
           [](const Inputs& x) {
             x[0].permute({0, 2, 3, 1}).contiguous();
           },
           "a.permute(0, 2, 3, 1).contiguous()", {1, true})
      .shapes += ", channels last";
  t.memory(
      "cat", {{s}, {s}},
      [](const Inputs& x) {
        cat({x[0], x[1]}, 1);
      },
      "torch.cat([a, b], 1)", {1, true}, 2 * s.numel());
  t.memory("cast", {{s}}, [](const Inputs& x) { x[0].to(bf16); }, "a.to(torch.bfloat16)", {1, true}).bytes = 6.0 * double(s.numel());
  t.memory("pad", {{s}}, [](const Inputs& x) { pad(x[0], {1, 1}); }, "F.pad(a, (1, 1))", {1, true});
  t.memory(
      "index_select", {{{30000, 512}}, {{8192}, 30000}}, [](const Inputs& x) { index_select(x[0], 0, x[1]); }, "a.index_select(0, b)", {1, true},
      8192 * 512);
  t.memory(
      "gather", {{{4096, 1000}}, {{4096, 100}, 1000}}, [](const Inputs& x) { gather(x[0], 1, x[1]); }, "a.gather(1, b)", {1, true}, 409600);
  t.memory("scatter_add", {{{4096, 1000}}, {{4096, 100}, 1000}, {{4096, 100}}}, [](const Inputs& x) { scatter_add(x[0], 1, x[1], x[2]); },
           "a.scatter_add(1, b, c)", {1, true});
  t.memory(
      "one_hot", {{{4096}, 1000}}, [](const Inputs& x) { one_hot(x[0], 1000); }, "F.one_hot(a, 1000)", {0, true}, 4096 * 1000);
  t.memory("topk", {{{256, 4096}}}, [](const Inputs& x) { topk(x[0], 5); }, "a.topk(5)", {1, false});
  t.memory("sort", {{{256, 4096}}}, [](const Inputs& x) { sort(x[0]); }, "a.sort()", {1, true});
  t.memory("tril", {{s}}, [](const Inputs& x) { tril(x[0]); }, "a.tril()", {1, true});
}

// Images as ResNet has them at its beginning and its end; bytes are those of x and y.
void pooling(CaseTable& t) {
  const auto pool = [&](const char* op, const Shape& x, auto f, const char* torch, double pixels) {
    t.memory(op, {{x}}, [f](const Inputs& in) { f(in[0]); }, torch, {1, true}).bytes = 4.0 * double(x[0] * x[1]) * (double(x[2] * x[3]) + pixels);
  };
  pool(
      "max_pool2d", {64, 64, 56, 56}, [](const Tensor& x) { max_pool2d(x, 2); }, "F.max_pool2d(a, 2)", 28 * 28);
  pool(
      "max_pool2d", {32, 64, 112, 112}, [](const Tensor& x) { max_pool2d(x, 3, {.stride = 2, .padding = 1}); }, "F.max_pool2d(a, 3, 2, 1)", 56 * 56);
  pool(
      "avg_pool2d", {64, 64, 56, 56}, [](const Tensor& x) { avg_pool2d(x, 2); }, "F.avg_pool2d(a, 2)", 28 * 28);
  pool(
      "global_avg_pool2d", {64, 512, 14, 14}, [](const Tensor& x) { global_avg_pool2d(x); }, "a.mean((2, 3))", 1);
}

void draws(CaseTable& t) {
  for (const Shape& s : {Shape{64, 128}, Shape{million16}}) {
    t.memory("rand", {{s}}, [](const Inputs& x) { rand(x[0].shape()); }, "torch.rand(a.shape)", {0, true});
    t.memory("randn", {{s}}, [](const Inputs& x) { randn(x[0].shape()); }, "torch.randn(a.shape)", {0, true});
    t.memory("dropout", {{s}}, [](const Inputs& x) { dropout(x[0], 0.2); }, "F.dropout(a, 0.2)", {1, true});
  }
}

// A whole step of an optimiser over two weights of a network, gradients in place.
void optimisers(CaseTable& t) {
  const auto step = [&](const std::string& name, const std::string& torch, int arrays, Mix mix) {
    for (const int64_t n : {int64_t{784}, int64_t{16384}}) {
      t.memory(
           name + " step", {{{128, n}}}, [](const Inputs&) {}, torch, mix)
          .prepare = [name](const Inputs& in) {
        Parameter p(in[0].clone());
        Tensor leaf = p.tensor();
        leaf.set_grad(in[0].clone());
        std::shared_ptr<Optimizer> o = make_optimizer(name, {{"weight", p}}, 1e-3, name == "sgd" ? 0.9 : 0.0);
        return std::function<void()>([o] { o->step(); });
      };
      t.cases.back().bytes = 4.0 * arrays * 128 * double(n);
    }
  };
  // Read and written: the weight and each state; read: the gradient.
  step("sgd", "optimizer(torch.optim.SGD, a, lr=1e-3, momentum=0.9)", 5, {3, true});
  step("adam", "optimizer(torch.optim.Adam, a, lr=1e-3)", 7, {3, true});
}

}  // namespace

std::vector<OpCase> all_op_cases() {
  CaseTable t;
  elementwise(t);
  reductions(t);
  norms(t);
  products(t);
  movement(t);
  pooling(t);
  draws(t);
  optimisers(t);
  return std::move(t.cases);
}

}  // namespace cairn
