// Every op and loss against PyTorch: values and gradients of the files in tests/golden that tools/golden makes of them (`files` below).
// `calls` says how a case's attributes become a call of ops.h. An op without a case stands in tests/golden/exempt.txt with its reason.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <set>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/golden.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

const char* const files[] = {"ops.safetensors", "vision.safetensors", "norm.safetensors", "linalg.safetensors"};

using Outputs = std::vector<Tensor>;

// A case's attributes.
struct At {
  const Json& json;
  int integer(const char* name) const { return int(json.at(name).as_int()); }
  int axis() const { return integer("axis"); }
  double number(const char* name) const {
    const Json& v = json.at(name);
    return v.is_string() ? std::numeric_limits<double>::infinity() : v.as_double();
  }
  bool flag(const char* name) const { return json.at(name).as_bool(); }
  const std::string& text(const char* name) const { return json.at(name).as_string(); }
  bool has(const char* name) const { return json.find(name) != nullptr; }
  std::vector<int64_t> list(const char* name) const {
    std::vector<int64_t> v;
    for (const Json& i : json.at(name).as_array()) v.push_back(i.as_int());
    return v;
  }
  // One number, or one for the rows and one for the columns.
  Size2 size2(const char* name) const {
    const auto v = list(name);
    return {v[0], v[1]};
  }
  template <class Options> Options pooling() const {
    Options o;
    const auto read = [&](const char* name, auto& value) {
      if constexpr (std::is_same_v<std::decay_t<decltype(value)>, Size2>) value = size2(name);
      else value = integer(name);
    };
    read("stride", o.stride);
    read("padding", o.padding);
    if constexpr (requires { o.dilation; }) read("dilation", o.dilation);
    if constexpr (requires { o.count_include_pad; }) o.count_include_pad = flag("count_include_pad");
    o.ceil_mode = flag("ceil_mode");
    return o;
  }
  UnfoldOptions unfolding() const { return {size2("dilation"), size2("padding"), size2("stride")}; }
  UpsampleOptions upsampling() const {
    const Json::Array& scale = json.at("scale").as_array();
    return {.size = size2("size"),
            .scale = {scale[0].as_double(), scale[1].as_double()},
            .mode = text("mode") == "nearest" ? Upsampling::nearest : Upsampling::bilinear,
            .align_corners = flag("align_corners")};
  }
  PadMode pad_mode() const {
    return text("mode") == "reflect" ? PadMode::reflect : text("mode") == "replicate" ? PadMode::replicate : PadMode::circular;
  }
  Shape shape(const char* name) const { return Shape(list(name)); }
  // y and, where they are tracked, the running statistics afterwards.
  Outputs batch_norm(const Inputs& in) const {
    const bool affine = flag("affine"), tracked = flag("tracked");
    const Tensor weight = affine ? in[1] : Tensor(), bias = affine ? in[2] : Tensor();
    const Tensor mean = tracked ? in[in.size() - 2].detach().clone() : Tensor(), var = tracked ? in.back().detach().clone() : Tensor();
    const Tensor y = cairn::batch_norm(in[0], weight, bias, mean, var,
                                       {.training = flag("training"), .momentum = number("momentum"), .eps = number("eps"), .relu = flag("relu")});
    return tracked ? Outputs{y, mean, var} : Outputs{y};
  }
  Axes axes() const {
    const auto v = list("axes");
    return Axes(v.begin(), v.end());
  }
  bool keepdim() const { return flag("keepdim"); }
  Variance variance() const { return flag("biased") ? Variance::biased : Variance::unbiased; }
  Reduction reduction() const {
    return text("reduction") == "none" ? Reduction::none : text("reduction") == "sum" ? Reduction::sum : Reduction::mean;
  }
  CrossEntropyOptions cross_entropy(const Inputs& in) const {
    return {.weight = flag("weighted") ? in[2].detach() : Tensor(),
            .ignore_index = integer("ignore_index"),
            .label_smoothing = number("label_smoothing"),
            .reduction = reduction()};
  }
};

using OneCall = std::function<Outputs(const Inputs&, const At&)>;
template <Tensor (*f)(const Tensor&)> Outputs unary(const Inputs& in, const At&) { return {f(in[0])}; }
template <Tensor (*f)(const Tensor&, const Tensor&)> Outputs binary(const Inputs& in, const At&) { return {f(in[0], in[1])}; }
template <Tensor (*f)(const Tensor&, const Axes&, bool)> Outputs reduction(const Inputs& in, const At& at) {
  return {f(in[0], at.axes(), at.keepdim())};
}
template <Tensor (*f)(const Tensor&, int, bool)> Outputs position(const Inputs& in, const At& at) { return {f(in[0], at.axis(), at.keepdim())}; }
template <Tensor (*f)(const Tensor&, int)> Outputs along(const Inputs& in, const At& at) { return {f(in[0], at.axis())}; }

const std::map<std::string, OneCall>& calls() {
  static const std::map<std::string, OneCall> table = {
      {"neg", unary<neg>},
      {"abs", unary<abs>},
      {"sign", unary<sign>},
      {"exp", unary<exp>},
      {"expm1", unary<expm1>},
      {"log", unary<log>},
      {"log1p", unary<log1p>},
      {"sqrt", unary<sqrt>},
      {"rsqrt", unary<rsqrt>},
      {"square", unary<square>},
      {"reciprocal", unary<reciprocal>},
      {"sin", unary<sin>},
      {"cos", unary<cos>},
      {"tanh", unary<tanh>},
      {"sigmoid", unary<sigmoid>},
      {"erf", unary<erf>},
      {"floor", unary<floor>},
      {"ceil", unary<ceil>},
      {"round", unary<round>},
      {"relu", unary<relu>},
      {"gelu", unary<gelu>},
      {"gelu_tanh", unary<gelu_tanh>},
      {"silu", unary<silu>},
      {"logical_not", unary<logical_not>},
      {"isfinite", unary<isfinite>},
      {"isnan", unary<isnan>},
      {"clamp", [](const Inputs& in, const At& at) { return Outputs{clamp(in[0], at.number("low"), at.number("high"))}; }},
      {"leaky_relu", [](const Inputs& in, const At& at) { return Outputs{leaky_relu(in[0], at.number("slope"))}; }},
      {"elu", [](const Inputs& in, const At& at) { return Outputs{elu(in[0], at.number("alpha"))}; }},
      {"softplus", [](const Inputs& in, const At& at) { return Outputs{softplus(in[0], at.number("beta"), at.number("threshold"))}; }},

      {"add", binary<add>},
      {"sub", binary<sub>},
      {"mul", binary<mul>},
      {"div", binary<div>},
      {"maximum", binary<maximum>},
      {"minimum", binary<minimum>},
      {"eq", binary<eq>},
      {"ne", binary<ne>},
      {"lt", binary<lt>},
      {"le", binary<le>},
      {"gt", binary<gt>},
      {"ge", binary<ge>},
      {"logical_and", binary<logical_and>},
      {"logical_or", binary<logical_or>},
      {"logical_xor", binary<logical_xor>},
      {"pow", [](const Inputs& in, const At& at) { return Outputs{at.has("exponent") ? pow(in[0], at.number("exponent")) : pow(in[0], in[1])}; }},
      {"where", [](const Inputs& in, const At&) { return Outputs{where(in[0], in[1], in[2])}; }},

      {"sum", reduction<sum>},
      {"mean", reduction<mean>},
      {"prod", reduction<prod>},
      {"max", reduction<max>},
      {"min", reduction<min>},
      {"any", reduction<any>},
      {"all", reduction<all>},
      {"logsumexp", reduction<logsumexp>},
      {"var", [](const Inputs& in, const At& at) { return Outputs{var(in[0], at.axes(), at.keepdim(), at.variance())}; }},
      {"std", [](const Inputs& in, const At& at) { return Outputs{std(in[0], at.axes(), at.keepdim(), at.variance())}; }},
      {"norm", [](const Inputs& in, const At& at) { return Outputs{norm(in[0], at.number("p"), at.axes(), at.keepdim())}; }},
      {"argmax", position<argmax>},
      {"argmin", position<argmin>},
      {"cumsum", along<cumsum>},
      {"softmax", along<softmax>},
      {"log_softmax", along<log_softmax>},
      {"sum_to", [](const Inputs& in, const At& at) { return Outputs{sum_to(in[0], at.list("shape"))}; }},

      {"matmul", binary<matmul>},
      {"outer", binary<outer>},
      {"solve", binary<solve>},
      {"cholesky", unary<cholesky>},
      {"qr", [](const Inputs& in, const At&) { return qr(in[0]); }},
      {"eigh", [](const Inputs& in, const At&) { return eigh(in[0]); }},
      {"svd", [](const Inputs& in, const At&) { return svd(in[0]); }},
      {"einsum", [](const Inputs& in, const At& at) { return Outputs{einsum(at.text("equation"), in)}; }},
      {"linear", [](const Inputs& in, const At&) { return Outputs{linear(in[0], in[1], in.size() > 2 ? in[2] : Tensor())}; }},

      {"reshape", [](const Inputs& in, const At& at) { return Outputs{reshape(in[0], at.list("shape"))}; }},
      {"permute", [](const Inputs& in, const At& at) { return Outputs{permute(in[0], at.axes())}; }},
      {"transpose", [](const Inputs& in, const At& at) { return Outputs{transpose(in[0], at.integer("a"), at.integer("b"))}; }},
      {"expand", [](const Inputs& in, const At& at) { return Outputs{expand(in[0], at.list("shape"))}; }},
      {"squeeze", along<squeeze>},
      {"unsqueeze", along<unsqueeze>},
      {"slice",
       [](const Inputs& in, const At& at) {
         Slice s;
         if (at.has("start")) s.start = at.integer("start");
         if (at.has("stop")) s.stop = at.integer("stop");
         s.step = at.integer("step");
         return Outputs{slice(in[0], at.axis(), s)};
       }},
      {"select", [](const Inputs& in, const At& at) { return Outputs{select(in[0], at.axis(), at.integer("index"))}; }},
      {"cat", [](const Inputs& in, const At& at) { return Outputs{cat(in, at.axis())}; }},
      {"stack", [](const Inputs& in, const At& at) { return Outputs{stack(in, at.axis())}; }},
      {"split",
       [](const Inputs& in, const At& at) {
         return at.has("size") ? split(in[0], at.integer("size"), at.axis()) : split(in[0], at.list("sizes"), at.axis());
       }},
      {"chunk", [](const Inputs& in, const At& at) { return chunk(in[0], at.integer("pieces"), at.axis()); }},
      {"pad", [](const Inputs& in, const At& at) { return Outputs{pad(in[0], at.list("amounts"), at.number("value"))}; }},
      {"roll", [](const Inputs& in, const At& at) { return Outputs{roll(in[0], at.integer("shift"), at.axis())}; }},
      {"flip", [](const Inputs& in, const At& at) { return Outputs{flip(in[0], at.axes())}; }},
      {"repeat", [](const Inputs& in, const At& at) { return Outputs{repeat(in[0], at.list("times"))}; }},
      {"contiguous", unary<contiguous>},
      {"clone", unary<clone>},
      {"cast", [](const Inputs& in, const At& at) { return Outputs{cast(in[0], dtype_named(at.text("dtype")))}; }},

      {"index_select", [](const Inputs& in, const At& at) { return Outputs{index_select(in[0], at.axis(), in[1])}; }},
      {"gather", [](const Inputs& in, const At& at) { return Outputs{gather(in[0], at.axis(), in[1])}; }},
      {"scatter", [](const Inputs& in, const At& at) { return Outputs{scatter(in[0], at.axis(), in[1], in[2])}; }},
      {"scatter_add", [](const Inputs& in, const At& at) { return Outputs{scatter_add(in[0], at.axis(), in[1], in[2])}; }},
      {"masked_fill", [](const Inputs& in, const At& at) { return Outputs{masked_fill(in[0], in[1], at.number("value"))}; }},
      {"masked_select", binary<masked_select>},
      {"one_hot", [](const Inputs& in, const At& at) { return Outputs{one_hot(in[0], at.integer("classes"))}; }},
      {"topk", [](const Inputs& in, const At& at) { return topk(in[0], at.integer("k"), at.axis(), at.flag("largest")); }},
      {"sort", [](const Inputs& in, const At& at) { return sort(in[0], at.axis(), at.flag("descending")); }},
      {"nonzero", unary<nonzero>},
      {"tril", [](const Inputs& in, const At& at) { return Outputs{tril(in[0], at.integer("diagonal"))}; }},
      {"triu", [](const Inputs& in, const At& at) { return Outputs{triu(in[0], at.integer("diagonal"))}; }},

      {"max_pool2d", [](const Inputs& in, const At& at) { return Outputs{max_pool2d(in[0], at.size2("kernel"), at.pooling<MaxPool2dOptions>())}; }},
      {"avg_pool2d", [](const Inputs& in, const At& at) { return Outputs{avg_pool2d(in[0], at.size2("kernel"), at.pooling<AvgPool2dOptions>())}; }},
      {"max_pool1d", [](const Inputs& in, const At& at) { return Outputs{max_pool1d(in[0], at.integer("kernel"), at.pooling<MaxPool1dOptions>())}; }},
      {"avg_pool1d", [](const Inputs& in, const At& at) { return Outputs{avg_pool1d(in[0], at.integer("kernel"), at.pooling<AvgPool1dOptions>())}; }},
      {"adaptive_max_pool2d", [](const Inputs& in, const At& at) { return Outputs{adaptive_max_pool2d(in[0], at.size2("size"))}; }},
      {"adaptive_avg_pool2d", [](const Inputs& in, const At& at) { return Outputs{adaptive_avg_pool2d(in[0], at.size2("size"))}; }},
      {"adaptive_max_pool1d", [](const Inputs& in, const At& at) { return Outputs{adaptive_max_pool1d(in[0], at.integer("size"))}; }},
      {"adaptive_avg_pool1d", [](const Inputs& in, const At& at) { return Outputs{adaptive_avg_pool1d(in[0], at.integer("size"))}; }},
      {"global_avg_pool2d", unary<global_avg_pool2d>},
      {"upsample", [](const Inputs& in, const At& at) { return Outputs{upsample(in[0], at.upsampling())}; }},
      {"pad_mode", [](const Inputs& in, const At& at) { return Outputs{pad(in[0], at.list("amounts"), at.pad_mode())}; }},
      {"unfold", [](const Inputs& in, const At& at) { return Outputs{unfold(in[0], at.size2("kernel"), at.unfolding())}; }},
      {"fold", [](const Inputs& in, const At& at) { return Outputs{fold(in[0], at.size2("size"), at.size2("kernel"), at.unfolding())}; }},
      {"pixel_shuffle", [](const Inputs& in, const At& at) { return Outputs{pixel_shuffle(in[0], at.integer("factor"))}; }},
      {"pixel_unshuffle", [](const Inputs& in, const At& at) { return Outputs{pixel_unshuffle(in[0], at.integer("factor"))}; }},

      {"batch_norm", [](const Inputs& in, const At& at) { return at.batch_norm(in); }},
      {"layer_norm",
       [](const Inputs& in, const At& at) {
         return Outputs{layer_norm(in[0], at.shape("last"), in.size() > 1 ? in[1] : Tensor(), in.size() > 2 ? in[2] : Tensor(), at.number("eps"))};
       }},
      {"rms_norm",
       [](const Inputs& in, const At& at) {
         const std::optional<double> eps = at.has("eps") ? std::optional(at.number("eps")) : std::nullopt;
         return Outputs{rms_norm(in[0], at.shape("last"), in.size() > 1 ? in[1] : Tensor(), eps)};
       }},
      {"group_norm",
       [](const Inputs& in, const At& at) {
         return Outputs{
             group_norm(in[0], at.integer("groups"), in.size() > 1 ? in[1] : Tensor(), in.size() > 2 ? in[2] : Tensor(), at.number("eps"))};
       }},
      {"instance_norm",
       [](const Inputs& in, const At& at) {
         return Outputs{instance_norm(in[0], in.size() > 1 ? in[1] : Tensor(), in.size() > 2 ? in[2] : Tensor(), at.number("eps"))};
       }},

      {"mse_loss", [](const Inputs& in, const At& at) { return Outputs{mse_loss(in[0], in[1], at.reduction())}; }},
      {"l1_loss", [](const Inputs& in, const At& at) { return Outputs{l1_loss(in[0], in[1], at.reduction())}; }},
      {"huber_loss", [](const Inputs& in, const At& at) { return Outputs{huber_loss(in[0], in[1], at.number("delta"), at.reduction())}; }},
      {"bce_with_logits", [](const Inputs& in, const At& at) { return Outputs{bce_with_logits(in[0], in[1], in[2].detach(), at.reduction())}; }},
      {"kl_div", [](const Inputs& in, const At& at) { return Outputs{kl_div(in[0], in[1], at.reduction())}; }},
      {"hinge_loss", [](const Inputs& in, const At& at) { return Outputs{hinge_loss(in[0], in[1], at.number("margin"), at.reduction())}; }},
      {"cross_entropy", [](const Inputs& in, const At& at) { return Outputs{cross_entropy(in[0], in[1], at.cross_entropy(in))}; }},
      {"nll_loss", [](const Inputs& in, const At& at) { return Outputs{nll_loss(in[0], in[1], at.cross_entropy(in))}; }},
  };
  return table;
}

double tolerance(DType t) { return t == f64 ? 1e-11 : t == f32 ? 1e-5 : 0; }

// Compares one case; adds failures.
void compare(const Golden& golden, size_t number) {
  const Json& c = golden.cases()[number];
  const std::string& op = c.at("op").as_string();
  SCOPED_TRACE("case " + std::to_string(number) + " " + op + " " + c.at("attributes").dump());
  const auto call = calls().find(op);
  if (call == calls().end()) {
    ADD_FAILURE() << "no line in `calls`";
    return;
  }
  Inputs in;
  std::vector<Tensor> expected_grads, found_grads;
  for (int64_t i = 0; i < c.at("inputs").as_int(); i++) {
    Tensor x = golden.tensor(number, "in" + std::to_string(i));
    expected_grads.push_back(golden.tensor(number, "grad" + std::to_string(i)));
    if (expected_grads.back().defined()) x.set_requires_grad();
    in.push_back(x);
  }
  const Outputs out = call->second(in, At{c.at("attributes")});
  ASSERT_EQ(int64_t(out.size()), c.at("outputs").as_int());
  std::vector<Tensor> differentiable, dys;
  for (size_t i = 0; i < out.size(); i++) {
    const Tensor expected = golden.tensor(number, "out" + std::to_string(i)), dy = golden.tensor(number, "dy" + std::to_string(i));
    EXPECT_EQ(out[i].dtype(), expected.dtype()) << "output " << i;
    EXPECT_LE(difference(out[i].detach(), expected), tolerance(expected.dtype())) << "output " << i << "\n" << out[i] << "\nexpected\n" << expected;
    if (dy.defined()) differentiable.push_back(out[i]), dys.push_back(dy);
  }
  if (dys.empty()) return;
  backward(differentiable, dys);
  for (size_t i = 0; i < in.size(); i++) {
    if (!expected_grads[i].defined()) continue;
    // PyTorch answers zeros where an input has no influence; here the gradient may as well be absent.
    const Tensor g = in[i].grad().defined() ? in[i].grad() : zeros_like(in[i].detach());
    EXPECT_LE(difference(g, expected_grads[i]), tolerance(g.dtype())) << "gradient " << i << "\n" << g << "\nexpected\n" << expected_grads[i];
  }
}

TEST(GoldenOps, values_and_gradients_are_those_of_pytorch) {
  size_t count = 0;
  for (const char* file : files) {
    SCOPED_TRACE(file);
    const Golden golden(file);
    for (size_t i = 0; i < golden.cases().size(); i++) compare(golden, i);
    count += golden.cases().size();
  }
  EXPECT_GE(count, 600u);
}

TEST(GoldenOps, every_op_has_a_case_or_a_reason) {
  std::set<std::string> compared, exempt;
  for (const char* file : files) {
    const Golden golden(file);
    for (const Json& c : golden.cases()) compared.insert(c.at("op").as_string());
  }
  for (const auto& [name, call] : calls()) EXPECT_TRUE(compared.count(name)) << name << " has a line in `calls` and no case";

  std::ifstream file(CAIRN_SOURCE_DIR "/tests/golden/exempt.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const size_t colon = line.find(": ");
    ASSERT_NE(colon, std::string::npos) << "'" << line << "' has no reason";
    exempt.insert(line.substr(0, colon));
  }
  std::set<std::string> names;
  for (const OpInfo* op : all_ops()) names.insert(op->name);
  for (const std::string& name : names)
    EXPECT_NE(compared.count(name), exempt.count(name)) << name << ": needs a case in tools/golden/make_ops.py or a line in exempt.txt, and not both";
  for (const std::string& name : exempt) EXPECT_TRUE(names.count(name)) << name << " is exempt and does not exist";
}

}  // namespace
}  // namespace cairn
