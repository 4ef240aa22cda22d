// Optimisers against PyTorch's trajectories (tests/golden/optim.safetensors), groups, state, skipping, following a model.
#include <cairn/optim/optimizers.h>

#include <gmock/gmock.h>

#include <cairn/autograd/modes.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/golden.h>

namespace cairn {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// The options of a case: every field that it names.
template <class O> O options_of(const Json& c) {
  O o;
  const Fields fields = fields_of(o);
  for (const Field& f : fields.list()) {
    const Json* v = c.at("options").find(f.name);
    if (!v) continue;
    if (f.kind == Field::boolean) *static_cast<bool*>(f.value) = v->as_bool();
    else *static_cast<double*>(f.value) = v->as_double();
  }
  return o;
}

std::unique_ptr<Optimizer> optimizer_of(const Json& c, const NamedParameters& p) {
  const std::string& name = c.at("optimizer").as_string();
  if (name == "sgd") return std::make_unique<SGD>(p, options_of<SgdOptions>(c));
  if (name == "adam") return std::make_unique<Adam>(p, options_of<AdamOptions>(c));
  if (name == "adamw") return std::make_unique<AdamW>(p, options_of<AdamOptions>(c));
  if (name == "nadam") return std::make_unique<NAdam>(p, options_of<NAdamOptions>(c));
  if (name == "rmsprop") return std::make_unique<RMSprop>(p, options_of<RmspropOptions>(c));
  return std::make_unique<Adagrad>(p, options_of<AdagradOptions>(c));
}

// The two parameters of the golden cases, and their steps.
struct Problem {
  Parameter p, q;
  Tensor gradients;
  explicit Problem(const Golden& golden, const Json& c) {
    const size_t inputs = size_t(c.at("inputs").as_int());
    const Tensor start = golden.tensor(inputs, "start");
    gradients = golden.tensor(inputs, "gradients");
    p = Parameter(start.slice(0, {0, 12}).reshape({3, 4}).clone());
    q = Parameter(start.slice(0, {12, 16}).clone());
  }
  NamedParameters parameters() const { return {{"p", p}, {"q", q}}; }
  void step(Optimizer& o, int64_t t) {
    const Tensor g = gradients.select(0, t);
    Tensor(p.tensor()).set_grad(g.slice(0, {0, 12}).reshape({3, 4}) + p.tensor().detach() * 0.3);
    Tensor(q.tensor()).set_grad(g.slice(0, {12, 16}) + q.tensor().detach() * 0.3);
    o.step();
  }
  Tensor position() const { return cat({p.tensor().detach().flatten(), q.tensor().detach()}); }
};

TEST(Optimizers, follow_the_trajectories_of_pytorch_for_20_steps) {
  const Golden golden("optim.safetensors");
  int compared = 0;
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& c = golden.cases()[i];
    if (!c.find("optimizer")) continue;
    Problem problem(golden, c);
    const Tensor path = golden.tensor(i, "path");
    auto o = optimizer_of(c, problem.parameters());
    const double tolerance = path.dtype() == f64 ? 1e-10 : 1e-5;
    for (int64_t t = 0; t < path.size(0); t++) {
      problem.step(*o, t);
      ASSERT_EQ(problem.position().dtype(), path.dtype());
      ASSERT_LE(difference(problem.position(), path.select(0, t)), tolerance) << c.dump() << " step " << t + 1;
    }
    compared++;
  }
  EXPECT_EQ(compared, 28);
}

TEST(Optimizers, go_on_exactly_from_a_stored_state) {
  const Golden golden("optim.safetensors");
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& c = golden.cases()[i];
    if (!c.find("optimizer")) continue;
    Problem a(golden, c), b(golden, c);
    auto one = optimizer_of(c, a.parameters());
    for (int64_t t = 0; t < 7; t++) a.step(*one, t);
    State stored = one->state();
    for (auto& [key, t] : stored.tensors) t = t.clone();
    stored.values = Json::parse(stored.values.dump());  // as a file would have it
    NoGrad no_grad;
    Tensor(b.p.tensor()).copy_(a.p.tensor().detach());
    Tensor(b.q.tensor()).copy_(a.q.tensor().detach());
    auto two = optimizer_of(c, b.parameters());
    two->set_lr(123);
    two->load_state(stored);
    for (int64_t t = 7; t < 14; t++) a.step(*one, t), b.step(*two, t);
    EXPECT_EQ(a.position().to_vector<double>(), b.position().to_vector<double>()) << c.dump();
  }
}

Parameter weights(double value) { return Parameter(full({3}, value)); }
void give(const Parameter& p, double g) { Tensor(p.tensor()).set_grad(full(p.shape(), g, p.tensor().dtype())); }
double first(const Parameter& p) { return p.tensor().at({0}); }

TEST(Optimizers, pass_over_parameters_without_a_gradient_and_count_their_steps_apart) {
  const Parameter a = weights(1), b = weights(1), alone = weights(1);
  Adam together({{"a", a}, {"b", b}}, {.lr = 0.1}), single({{"b", alone}}, {.lr = 0.1});
  for (int t = 0; t < 6; t++) {
    give(a, 1 + t);
    if (t % 2) give(b, t), give(alone, t), single.step();
    together.step();
    together.zero_grad();
    single.zero_grad();
    EXPECT_FALSE(a.grad().defined());
  }
  EXPECT_EQ(first(b), first(alone));
  EXPECT_NE(first(a), first(b));
  EXPECT_EQ(together.state().values.at("groups").as_array()[0].at("parameters").as_array()[1].at("steps").as_int(), 3);
}

TEST(Optimizers, give_each_group_its_own_options) {
  const Parameter a = weights(1), b = weights(1);
  SGD o({{"a", a}}, {.lr = 0.1});
  o.add_group({{"b", b}}, {.lr = 0.5, .weight_decay = 1});
  give(a, 1), give(b, 1);
  o.step();
  EXPECT_FLOAT_EQ(first(a), 0.9);
  EXPECT_FLOAT_EQ(first(b), 0);
  EXPECT_EQ(o.group_count(), 2);
  EXPECT_EQ(o.lr(1), 0.5);
  o.set_lr(0.25, 1);
  o.set_momentum(0.9, 0);
  EXPECT_EQ(o.options(1).lr, 0.25);
  EXPECT_EQ(o.options(0).momentum, 0.9);
  EXPECT_EQ(o.parameters(1)[0].first, "b");
  EXPECT_EQ(o.parameters().size(), 2u);
  EXPECT_THROW(o.lr(2), IndexError);
}

TEST(Optimizers, begin_momentum_when_it_is_switched_on_late) {
  const Parameter a = weights(0), b = weights(0);
  SGD o({{"a", a}}, {.lr = 1}), fresh({{"b", b}}, {.lr = 1, .momentum = 0.5});
  give(a, 1);
  o.step();
  o.set_momentum(0.5, 0);
  for (int t = 0; t < 3; t++) {
    give(a, 1), give(b, 1);
    o.step(), fresh.step();
  }
  EXPECT_FLOAT_EQ(first(a), first(b) - 1);
}

TEST(Optimizers, follow_a_parameter_whose_contents_are_replaced) {
  Parameter a = weights(1);
  Adam o({{"a", a}}, {.lr = 0.1});
  give(a, 1);
  o.step();
  a.set(full({3}, 5, f64));
  give(a, 1);
  o.step();
  EXPECT_NEAR(first(a), 4.9, 1e-6);  // the moments came along, in the new type
  EXPECT_EQ(a.tensor().dtype(), f64);
}

TEST(Optimizers, count_a_write_so_that_a_stale_backward_is_refused) {
  const Parameter a(full({2}, 3.0));
  SGD o({{"a", a}});
  const Tensor loss = (a.value() * a.value()).sum();
  loss.backward({}, true);
  o.step();
  try {
    loss.backward();
    FAIL() << "the weights had changed";
  } catch (const StateError& e) { EXPECT_THAT(e.what(), HasSubstr("SGD.step")); }
}

// 0.9^n is no normal float after n = 830 steps, and stays above 0 for ever where such numbers count (0.9 of the smallest is rounded up).
TEST(Optimizers, let_averages_of_gradients_that_ended_decay_to_zero) {
  UseBackend use(cpu_backend());
  const Parameter p = weights(1);
  Adam adam({{"p", p}}, {.lr = 1e-3});
  for (int step = 0; step < 1200; step++) {
    give(p, step == 0);
    adam.step();
  }
  EXPECT_EQ(max(abs(adam.state().tensors.at("p.m"))).item(), 0);
  EXPECT_GT(min(adam.state().tensors.at("p.v")).item(), 0);
}

TEST(Optimizers, do_not_keep_gradients_alive) {
  const Parameter a(zeros({1 << 18}));
  Adam o({{"a", a}});
  give(a, 1);
  o.step();
  const uint64_t with = memory_stats().in_use;
  o.zero_grad();
  EXPECT_LE(memory_stats().in_use + (uint64_t{1} << 20), with);
}

TEST(Optimizers, take_gradients_of_any_strides) {
  const Parameter a(zeros({2, 3})), b(zeros({2, 3}));
  SGD one({{"a", a}}, {.lr = 1}), two({{"b", b}}, {.lr = 1});
  const Tensor g = arange(6).reshape({3, 2});
  Tensor(a.tensor()).set_grad(g.t());
  Tensor(b.tensor()).set_grad(g.t().contiguous());
  one.step(), two.step();
  EXPECT_TRUE(allclose(a.tensor(), b.tensor(), 0, 0));
}

template <class F> std::string error_of(F f) {
  try {
    f();
  } catch (const Error& e) { return std::string(e.type()) + ": " + e.what(); }
  return "no error";
}

TEST(Optimizers, refuse_bad_options_and_parameters) {
  const Parameter a = weights(1);
  const NamedParameters p = {{"a", a}};
  EXPECT_THAT(error_of([&] { Adam(p, {.lr = -1}); }), HasSubstr("ConfigError: [adam] lr must be"));
  EXPECT_THAT(error_of([&] { Adam(p, {.lr = std::nan("")}); }), HasSubstr("ConfigError: [adam] lr must be"));
  EXPECT_THAT(error_of([&] { Adam(p, {.beta1 = 1}); }), HasSubstr("[adam] beta1 must be"));
  EXPECT_THAT(error_of([&] { SGD(p, {.nesterov = true}); }), HasSubstr("[sgd] nesterov needs momentum"));
  EXPECT_THAT(error_of([&] { SGD({}, {}); }), HasSubstr("[sgd] a group needs at least one parameter"));
  EXPECT_THAT(error_of([&] { SGD({{"a", a}, {"b", a}}); }), HasSubstr("[sgd] 'b' is already there as 'a'"));
  EXPECT_THAT(error_of([&] { SGD({{"a", a}, {"a", weights(1)}}); }), HasSubstr("two parameters have the path 'a'"));
  EXPECT_THAT(error_of([&] { SGD({{"n", Parameter(zeros({2}, i64))}}); }), HasSubstr("DtypeError: [sgd] 'n' has type i64"));
  SGD o(p);
  EXPECT_THROW(o.add_group(p, {}), ConfigError);
  EXPECT_EQ(o.group_count(), 1);
  Adagrad g(p);
  EXPECT_THROW(g.set_momentum(0.9, 0), UnsupportedError);
}

TEST(Optimizers, refuse_the_state_of_something_else_and_stay_as_they_were) {
  const Parameter a = weights(1), b(zeros({4})), other(zeros({3}));
  Adam from({{"a", a}}), shape({{"a", b}}), path({{"b", other}}), momentum({{"a", a}});
  SGD kind({{"a", a}});
  give(a, 1);
  from.step();
  const State s = from.state();
  EXPECT_THAT(error_of([&] { kind.load_state(s); }), HasSubstr("it is of adam"));
  EXPECT_THAT(error_of([&] { shape.load_state(s); }), HasSubstr("'a.m' has the shape [3], the parameter [4]"));
  EXPECT_THAT(error_of([&] { path.load_state(s); }), HasSubstr("'b' is missing"));
  State less = s;
  less.tensors.erase("a.v");
  EXPECT_THAT(error_of([&] { momentum.load_state(less); }), HasSubstr("'a.v' is missing"));
  State more = s;
  more.tensors["x"] = a.tensor();
  EXPECT_THAT(error_of([&] { momentum.load_state(more); }), HasSubstr("'x' is not here"));
  EXPECT_TRUE(momentum.state().tensors.empty());
}

TEST(Optimizers, are_made_by_name) {
  for (const char* name : {"sgd", "adam", "adamw", "rmsprop", "adagrad", "nadam"}) {
    const Parameter a = weights(1);
    auto o = make_optimizer(name, {{"a", a}}, 0.1);
    EXPECT_EQ(o->lr(), 0.1);
    give(a, 1);
    o->step();
    EXPECT_LT(first(a), 1) << name;
    EXPECT_EQ(o->state().values.at("optimizer").as_string(), name);
  }
  EXPECT_THAT(error_of([] { make_optimizer("adm", {{"a", weights(1)}}, 0.1); }), HasSubstr("Did you mean 'adam'?"));
}

TEST(Optimizers, learn_a_line) {
  const Tensor x = linspace(-1, 1, 32).reshape({32, 1}), y = x * 3.0 + 0.5;
  const Parameter w(zeros({1, 1})), b(zeros({1}));
  Adam o({{"w", w}, {"b", b}}, {.lr = 0.1});
  for (int t = 0; t < 300; t++) {
    mse_loss(linear(x, w, b), y).backward();
    o.step();
    o.zero_grad();
  }
  EXPECT_NEAR(w.tensor().item(), 3, 1e-2);
  EXPECT_NEAR(b.tensor().item(), 0.5, 1e-2);
}

TEST(Optimizers, rates_set_later_are_held_to_the_same_range_and_groups_to_their_number) {
  Parameter p(ones({2}));
  Adam o({{"p", p}}, {.lr = 0.1});
  EXPECT_THROW(o.set_lr(-1), ConfigError);
  EXPECT_THROW(o.set_lr(std::nan("")), ConfigError);
  EXPECT_THROW(o.set_momentum(1.5, 0), ConfigError);
  EXPECT_EQ(o.lr(), 0.1);
  EXPECT_EQ(o.momentum(), 0.9);
  EXPECT_THROW(o.options(1), IndexError);
  EXPECT_THROW(o.options(-1), IndexError);
  EXPECT_THROW(o.load_state({}), StateError);
}

}  // namespace
}  // namespace cairn
