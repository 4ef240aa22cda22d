// Module and what visit derives: paths, state, ties, freezing, types, hooks.
#include <cairn/nn/module.h>

#include <gmock/gmock.h>

#include <optional>
#include <sstream>
#include <thread>

#include <cairn/autograd/modes.h>
#include <cairn/nn/activations.h>
#include <cairn/nn/init.h>
#include <cairn/nn/linear.h>
#include <cairn/nn/sequential.h>
#include <cairn/ops/ops.h>

namespace cairn {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Mlp : Layer<Mlp> {
  Linear fc1{4, 3}, fc2{3, 2};
  Tensor forward(const Tensor& x) { return fc2(relu(fc1(x))); }
  void visit(Visitor& v) override {
    v("fc1", fc1);
    v("fc2", fc2);
  }
};

// The same weight twice, a buffer, children in a vector and one that may be missing.
struct Tied : Layer<Tied> {
  Linear encode{4, 4};
  Parameter decode = encode.weight;
  Buffer mean{zeros({4})};
  std::vector<Linear> blocks = {Linear(4, 4), Linear(4, 4)};
  std::optional<Linear> head;
  Tensor forward(const Tensor& x) {
    Tensor y = encode(x);
    for (Linear& b : blocks) y = b(y);
    return linear(y - mean.value(), decode);
  }
  void visit(Visitor& v) override {
    v("encode", encode);
    v("decode", decode);
    v("mean", mean);
    v("blocks", blocks);
    v("head", head);
  }
};

std::vector<std::string> names(const NamedParameters& list) {
  std::vector<std::string> n;
  for (const auto& [path, p] : list) n.push_back(path);
  return n;
}

template <class F> std::string error_of(F f) {
  try {
    f();
  } catch (const Error& e) { return std::string(e.type()) + ": " + e.what(); }
  return "no error";
}

TEST(Module, parameters_come_in_the_order_of_visit_with_their_paths) {
  Mlp m;
  EXPECT_THAT(names(m.parameters()), ElementsAre("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"));
  EXPECT_EQ(m.parameter_count(), 4 * 3 + 3 + 3 * 2 + 2);
}

TEST(Module, tied_parameters_are_listed_and_saved_once_and_missing_children_are_passed_over) {
  Tied m;
  EXPECT_THAT(names(m.parameters()),
              ElementsAre("encode.weight", "encode.bias", "blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "blocks.1.bias"));
  EXPECT_THAT(names(m.buffers()), ElementsAre("mean"));
  EXPECT_EQ(m.state_dict().count("decode"), 0u);
  EXPECT_EQ(m.state_dict().size(), 7u);
  m.head.emplace(4, 4);
  EXPECT_EQ(m.state_dict().count("head.weight"), 1u);
}

TEST(Module, a_copy_is_tied_to_its_original_and_a_clone_is_not) {
  Tied m;
  Tied copy = m, clone = m.clone();
  init::constant(m.encode.weight, 7);
  EXPECT_EQ(copy.encode.weight.tensor().at({0, 0}), 7);
  EXPECT_NE(clone.encode.weight.tensor().at({0, 0}), 7);
  EXPECT_EQ(clone.encode.weight.identity(), clone.decode.identity());  // ties within stay
  EXPECT_NE(clone.encode.weight.identity(), m.encode.weight.identity());
  EXPECT_NE(clone.mean.identity(), m.mean.identity());
  EXPECT_TRUE(clone.encode.weight.tensor().requires_grad());
  EXPECT_FALSE(clone.mean.tensor().requires_grad());
}

// One layer behind two shared pointers, and a member that visit names twice.
struct SharedChild : Layer<SharedChild> {
  std::shared_ptr<Linear> first = std::make_shared<Linear>(4, 4), second = first;
  Linear own{4, 4};
  Tensor forward(const Tensor& x) { return own((*second)((*first)(x))); }
  void visit(Visitor& v) override {
    v("first", first);
    v("second", second);
    v("own", own);
    v("again", own);
  }
};

TEST(Module, a_clone_has_children_of_its_own_behind_shared_pointers_too) {
  SharedChild m;
  EXPECT_THAT(names(m.parameters()), ElementsAre("first.weight", "first.bias", "own.weight", "own.bias"));
  const Tensor x = randn({2, 4}), y = m(x).detach();
  SharedChild clone = m.clone();
  EXPECT_TRUE(allclose(clone(x), y));
  EXPECT_NE(clone.first, m.first);
  EXPECT_EQ(clone.first, clone.second);
  EXPECT_EQ(clone.parameter_count(), m.parameter_count());
  init::zeros(clone.first->weight);
  EXPECT_FALSE(allclose(clone(x), y));
  EXPECT_TRUE(allclose(m(x), y));
}

TEST(Module, state_goes_from_one_model_to_another_and_keeps_ties) {
  Tied from, to;
  init::constant(from.mean, 3);
  const Tensor x = randn({2, 4});
  EXPECT_FALSE(allclose(from(x), to(x)));
  EXPECT_TRUE(to.load_state_dict(from.state_dict()).none());
  EXPECT_TRUE(allclose(from(x), to(x)));
  EXPECT_EQ(to.encode.weight.identity(), to.decode.identity());
  to.load_state(from.state());
}

TEST(Module, a_tied_parameter_is_found_under_any_of_its_paths) {
  Tied from, to;
  StateDict d = from.state_dict();
  d["decode"] = d["encode.weight"];
  EXPECT_TRUE(to.load_state_dict(d).none());
  d.erase("encode.weight");
  init::zeros(to.encode.weight);
  EXPECT_TRUE(to.load_state_dict(d).none());
  EXPECT_TRUE(allclose(to.encode.weight.tensor(), from.encode.weight.tensor()));
}

TEST(Module, two_values_for_a_tied_parameter_are_not_loaded_silently) {
  Tied from, to;
  StateDict d = from.state_dict();
  d["decode"] = d["encode.weight"] + 1.0;
  try {
    to.load_state_dict(d);
    FAIL();
  } catch (const StateError& e) {
    EXPECT_NE(std::string(e.what()).find("1 tied in the module but not in the file:\n  decode (encode.weight has other values)"), std::string::npos)
        << e.what();
  }
  EXPECT_EQ(to.load_state_dict(d, false).untied.size(), 1u);
  EXPECT_TRUE(allclose(to.encode.weight.tensor(), from.encode.weight.tensor()));
}

TEST(Module, strict_loading_lists_exactly_what_differs_and_changes_nothing) {
  Mlp m;
  StateDict d = m.state_dict();
  const Tensor before = m.fc1.bias.tensor().detach().clone();
  d["fc1.bias"] = ones({3});
  d.erase("fc2.bias");
  d["fc3.weight"] = ones({1});
  d["fc1.weight"] = ones({3, 5});
  const std::string text = error_of([&] { m.load_state_dict(d); });
  EXPECT_EQ(text,
            "StateError: [load_state_dict] the state does not belong to this Mlp:\n1 missing:\n  fc2.bias\n1 unexpected:\n  fc3.weight\n"
            "1 of another shape:\n  fc1.weight (file [3, 5], module [3, 4])\nHint: strict = false loads what fits.");
  EXPECT_TRUE(allclose(m.fc1.bias.tensor(), before));

  const StateDifference differs = m.load_state_dict(d, false);
  EXPECT_THAT(differs.missing, ElementsAre("fc2.bias"));
  EXPECT_THAT(differs.unexpected, ElementsAre("fc3.weight"));
  EXPECT_THAT(differs.mismatched, ElementsAre("fc1.weight (file [3, 5], module [3, 4])"));
  EXPECT_EQ(m.fc1.bias.tensor().at({0}), 1);
}

TEST(Module, endless_lists_of_what_differs_are_shortened_in_the_message_only) {
  Mlp m;
  StateDict d = m.state_dict();
  for (int i = 1000; i < 2200; i++) d["extra." + std::to_string(i)] = ones({1});
  d.erase("fc2.bias");
  const std::string text = error_of([&] { m.load_state_dict(d); });
  EXPECT_THAT(text, HasSubstr("1 missing:\n  fc2.bias\n1200 unexpected:\n  extra.1000\n"));
  EXPECT_THAT(text, HasSubstr("  extra.1499\n  and 700 more\nHint:"));
  const StateDifference differs = m.load_state_dict(d, false);
  EXPECT_EQ(differs.unexpected.size(), 1200u);
  EXPECT_EQ(differs.unexpected.back(), "extra.2199");
}

TEST(Module, counters_of_batches_that_it_does_not_have_are_ignored) {
  Mlp m;
  StateDict d = m.state_dict();
  d["bn1.num_batches_tracked"] = ones({});
  d["num_batches_tracked"] = ones({});
  EXPECT_TRUE(m.load_state_dict(d).none());
  d["not_num_batches_tracked"] = ones({});
  EXPECT_THAT(m.load_state_dict(d, false).unexpected, ElementsAre("not_num_batches_tracked"));
}

TEST(Module, freezing_reaches_what_is_below_a_path_and_drops_its_gradients) {
  Mlp m;
  m(randn({5, 4})).sum().backward();
  EXPECT_EQ(m.freeze("fc1"), 2);
  EXPECT_FALSE(m.fc1.weight.tensor().requires_grad());
  EXPECT_FALSE(m.fc1.weight.grad().defined());
  EXPECT_TRUE(m.fc2.weight.grad().defined());
  m.zero_grad();
  m(randn({5, 4})).sum().backward();
  EXPECT_FALSE(m.fc1.weight.grad().defined());
  EXPECT_TRUE(m.fc2.bias.grad().defined());
  EXPECT_EQ(m.unfreeze(), 4);
  EXPECT_TRUE(m.fc1.weight.tensor().requires_grad());
  EXPECT_EQ(m.freeze("fc2.bias"), 1);
  EXPECT_THAT(error_of([&] { m.freeze("fc"); }), HasSubstr("ConfigError: [freeze] no parameter at or below 'fc'"));
  EXPECT_THAT(error_of([&] { m.freeze("fcc1"); }), HasSubstr("Did you mean 'fc1'?"));
}

TEST(Module, converting_keeps_slots_ties_and_requires_grad) {
  Tied m;
  const Parameter held = m.encode.weight;
  m.freeze("blocks");
  m.to(f64);
  EXPECT_EQ(held.tensor().dtype(), f64);
  EXPECT_EQ(m.mean.tensor().dtype(), f64);
  EXPECT_EQ(held.identity(), m.decode.identity());
  EXPECT_TRUE(held.tensor().requires_grad());
  EXPECT_FALSE(m.blocks[0].weight.tensor().requires_grad());
  EXPECT_EQ(m(zeros({1, 4}, f64)).dtype(), f64);
  EXPECT_THAT(error_of([&] { m.to(i32); }), HasSubstr("DtypeError: [to]"));
}

TEST(Module, training_mode_reaches_every_child) {
  Sequential net(Sequential(Dropout(0.5), Linear(2, 2)), Dropout(0.1));
  EXPECT_TRUE(net.training());
  net.eval();
  for (const auto& [path, m] : net.modules()) EXPECT_FALSE(m->training()) << path;
  net.train();
  for (const auto& [path, m] : net.modules()) EXPECT_TRUE(m->training()) << path;
}

TEST(Module, an_error_names_the_path_of_the_layer_and_how_it_was_made) {
  Sequential net(Flatten(), Sequential(Linear(1024, 10), ReLU()));
  EXPECT_EQ(error_of([&] {
              net(zeros({64, 1, 28, 28}));
            }),
            "ShapeError: [linear] the input has 784 features but the weight expects 1024 (input [64, 784], weight [10, 1024]) in 1.0. "
            "Hint: the layer was made with Linear(1024, 10).");
  Mlp m;
  EXPECT_THAT(error_of([&] { m(zeros({2, 5})); }), HasSubstr(" in fc1."));
  EXPECT_THAT(error_of([&] { Linear(784, 10)(zeros({64, 1, 28, 28})); }), HasSubstr("put a Flatten before it"));
}

TEST(Module, a_replaced_child_and_a_moved_model_keep_their_paths) {
  Mlp first;
  first(zeros({1, 4}));
  first.fc1 = Linear(5, 3);
  EXPECT_THAT(error_of([&] { first(zeros({1, 4})); }), HasSubstr(" in fc1."));
  std::vector<Mlp> models;
  models.push_back(std::move(first));
  models.emplace_back();
  EXPECT_THAT(error_of([&] { models[0](zeros({1, 4})); }), HasSubstr(" in fc1."));
}

TEST(Module, hooks_see_inputs_and_outputs_until_they_are_removed) {
  Mlp m;
  std::vector<std::string> seen;
  const int number = m.fc1.add_hook(
      {[&](Module& l, std::span<const Tensor> in) { seen.push_back(l.type_name() + " in " + in[0].shape().str() + " at " + module_path()); },
       [&](Module&, std::span<const Tensor> in, std::span<const Tensor> out) {
         seen.push_back("out " + in[0].shape().str() + " " + out[0].shape().str());
       }});
  m.eval();
  m(zeros({2, 4}));
  EXPECT_THAT(seen, ElementsAre("Linear in [2, 4] at fc1", "out [2, 4] [2, 3]"));
  Mlp copy = m;
  copy(zeros({2, 4}));
  EXPECT_EQ(seen.size(), 2u);  // hooks are not copied
  m.fc1.remove_hook(number);
  m(zeros({2, 4}));
  EXPECT_EQ(seen.size(), 2u);
}

TEST(Module, prints_as_a_tree) {
  Sequential net(Flatten(), Linear(4, 3, {.bias = false}), Sequential(ReLU(), Dropout(0.2)));
  std::ostringstream out;
  out << net;
  EXPECT_EQ(out.str(), "Sequential {\n  0: Flatten\n  1: Linear(4 -> 3, no bias)\n  2: Sequential {\n    0: ReLU\n    1: Dropout(0.2)\n  }\n}");
}

TEST(Module, inference_from_several_threads_gives_what_one_gives) {
  Mlp m;
  const Tensor x = randn({8, 4});
  std::vector<Tensor> results(4);
  std::vector<std::thread> threads;
  for (Tensor& y : results)
    threads.emplace_back([&] {
      NoGrad no_grad;
      y = m(x);
    });
  for (auto& t : threads) t.join();
  for (const Tensor& y : results) EXPECT_TRUE(allclose(y, m(x)));
}

TEST(Module, a_transform_on_a_parameter_is_what_the_layer_computes_with) {
  Linear l(3, 2);
  l.weight.set_transform([](const Tensor& w) { return w * 0.0; });
  EXPECT_TRUE(allclose(l(ones({1, 3})), l.bias.value().reshape({1, 2})));
  Linear copy = l.clone();
  EXPECT_TRUE(allclose(copy(ones({1, 3})), l.bias.value().reshape({1, 2})));
}

// Two parameters under one name would both train, and one of them would be missing in the file.
TEST(Module, a_name_given_twice_and_empty_names_are_errors) {
  struct Twice : Layer<Twice> {
    Linear a{2, 2}, b{2, 2};
    void visit(Visitor& v) override {
      v("a", a);
      v("a", b);
    }
  };
  struct Nameless : Layer<Nameless> {
    Linear a{2, 2};
    void visit(Visitor& v) override { v("", a); }
  };
  struct Again : Layer<Again> {
    Linear a{2, 2};
    void visit(Visitor& v) override {
      v("a", a);
      v("a", a);
    }
  };
  struct Tied : Layer<Tied> {
    Linear a{2, 2};
    Tensor forward(const Tensor& x) { return a(a(x)); }
    void visit(Visitor& v) override {
      v("a", a);
      v("b", a);
    }
  };
  struct Silent : Layer<Silent> {  // nothing of it would be in a file
    ReLU a, b;
    Tensor forward(const Tensor& x) { return b(a(x)); }
    void visit(Visitor& v) override {
      v("a", a);
      v("a", b);
    }
  };
  struct Mixed : Layer<Mixed> {
    Linear a{2, 2};
    Parameter scale{ones({2})};
    void visit(Visitor& v) override {
      v("a", a);
      v("a", scale);
    }
  };
  struct Dotted : Layer<Dotted> {  // two names, one path
    Linear a{2, 2};
    Parameter weight{ones({2})};
    void visit(Visitor& v) override {
      v("a", a);
      v("a.weight", weight);
    }
  };
  EXPECT_THAT(error_of([] { Twice().state_dict(); }), HasSubstr("ConfigError: [visit] this Twice gives the name 'a' twice"));
  EXPECT_THAT(error_of([] { Twice().parameters(); }), HasSubstr("ConfigError"));
  EXPECT_THAT(error_of([] { Again().parameters(); }), HasSubstr("this Again gives the name 'a' twice"));
  EXPECT_THAT(error_of([] { Mixed().parameters(); }), HasSubstr("this Mixed gives the name 'a' twice"));
  EXPECT_THAT(error_of([] { Silent().modules(); }), HasSubstr("this Silent gives the name 'a' twice"));
  EXPECT_THAT(error_of([] { Silent()(ones({2})); }), HasSubstr("this Silent gives the name 'a' twice"));
  EXPECT_THAT(error_of([] { Dotted().state_dict(); }), HasSubstr("ConfigError: [visit] two parameters of this Dotted have the path 'a.weight'"));
  EXPECT_EQ(Tied().parameters().size(), 2u) << "one child under two names is tied";
  EXPECT_NO_THROW(Tied()(ones({1, 2})));
  EXPECT_THAT(error_of([] { Nameless().state_dict(); }), HasSubstr("ConfigError: [visit] something in '' has an empty name"));
}

TEST(Module, layers_refuse_what_they_cannot_compute_with) {
  EXPECT_THAT(error_of([] { Linear(2, 2, {.dtype = i64}); }), HasSubstr("DtypeError: [linear]"));
  EXPECT_THAT(error_of([] { Lambda(nullptr); }), HasSubstr("ConfigError: [lambda]"));
}

}  // namespace
}  // namespace cairn
