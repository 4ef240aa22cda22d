// checkpoint(): the same bits as without, less memory, gradients for everything that the function reads.
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/autograd/parameter.h>
#include <cairn/base/module_path.h>
#include <cairn/base/random.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

std::vector<float> bits(const Tensor& x) { return x.to_vector<float>(); }

TEST(Checkpoint, with_dropout_has_the_bits_of_the_plain_computation) {
  auto gradients = [](bool checkpointed) {
    manual_seed(3);
    Tensor x = randn({16, 32}).set_requires_grad(), w = randn({32, 32}).set_requires_grad();
    auto block = [&w](const Inputs& v) { return dropout(relu(matmul(v[0], w)), 0.5); };
    Tensor h = x;
    for (int i = 0; i < 3; i++) h = checkpointed ? checkpoint(block, {h}) : block({h});
    Tensor after = rand({4});  // the sequence goes on as if nothing had happened
    sum(h * h).backward();
    Tensor last = rand({4});
    return std::vector<std::vector<float>>{bits(h), bits(x.grad()), bits(w.grad()), bits(after), bits(last)};
  };
  EXPECT_EQ(gradients(true), gradients(false));
}

TEST(Checkpoint, keeps_only_what_the_function_reads) {
  Tensor x = ones({1000}).set_requires_grad();
  auto deep = [](const Inputs& v) {
    Tensor h = v[0];
    for (int i = 0; i < 50; i++) h = exp(h * 0.1);
    return h;
  };
  const uint64_t before = memory_stats().live_blocks;
  Tensor plain = deep({x});
  EXPECT_GT(memory_stats().live_blocks, before + 50);
  plain = Tensor();
  Tensor y = checkpoint(deep, {x});
  EXPECT_LE(memory_stats().live_blocks, before + 1);
  sum(y).backward();
  EXPECT_TRUE(x.grad().defined());
}

TEST(Checkpoint, gives_gradients_to_parameters_and_results_from_outside) {
  Tensor x = tensor({1, 2}, f64).set_requires_grad();
  Parameter p(tensor({3, 4}, f64));
  Tensor outside = p.value() * 2.0;  // a result, shared with the rest of the graph
  Tensor y = checkpoint([=](const Inputs& v) { return v[0] * outside + p.value(); }, {x});
  sum(y + outside).backward();
  EXPECT_EQ(list(x.grad()), (Numbers{6, 8}));
  EXPECT_EQ(list(p.grad()), (Numbers{2 * 1 + 1 + 2, 2 * 2 + 1 + 2}));
}

TEST(Checkpoint, needs_no_input_that_requires_gradients) {
  Parameter p(tensor({3, 4}, f64));
  Tensor y = checkpoint([=](const Inputs& v) { return v[0] * p.value(); }, {tensor({1, 2}, f64)});
  sum(y).backward();
  EXPECT_EQ(list(p.grad()), (Numbers{1, 2}));
  EXPECT_FALSE(checkpoint([](const Inputs& v) { return v[0] * 2.0; }, {tensor({1, 2}, f64)}).requires_grad());
}

TEST(Checkpoint, under_grad_leaves_every_grad_alone_and_answers_for_parameters) {
  Tensor x = tensor({1, 2}, f64).set_requires_grad();
  Parameter p(tensor({3, 4}, f64));
  Tensor y = checkpoint([=](const Inputs& v) { return v[0] * v[0] * p.value(); }, {x});
  EXPECT_EQ(list(grad({sum(y)}, {p.tensor()}, {}, true)[0]), (Numbers{1, 4}));
  EXPECT_EQ(list(grad({sum(y)}, {x}, {}, true)[0]), (Numbers{6, 16}));
  EXPECT_FALSE(x.grad().defined());
  EXPECT_FALSE(p.grad().defined());
}

TEST(Checkpoint, nests) {
  auto run = [](int depth) {
    manual_seed(5);
    Tensor x = randn({8}, f64).set_requires_grad(), w = randn({8}, f64).set_requires_grad(), u = randn({8}, f64).set_requires_grad();
    auto inner = [w](const Inputs& v) { return dropout(tanh(v[0] * w), 0.3); };
    auto middle = [=](const Inputs& v) {
      Tensor scaled = v[0] * u;  // held by the closure of the inner one
      auto with_scaled = [=](const Inputs& a) { return inner(a) + scaled; };
      return depth > 1 ? checkpoint(with_scaled, {v[0]}) : with_scaled({v[0]});
    };
    Tensor h = x;
    for (int i = 0; i < 2; i++) h = depth > 0 ? checkpoint(middle, {h}) : middle({h});
    sum(h * h).backward();
    return std::vector<Numbers>{list(h), list(x.grad()), list(w.grad()), list(u.grad())};
  };
  const auto plain = run(0);
  EXPECT_EQ(run(1), plain);
  EXPECT_EQ(run(2), plain);
}

TEST(Checkpoint, takes_the_same_tensor_twice_and_undefined_ones_and_numbers) {
  Tensor x = tensor({1, 2}, f64).set_requires_grad();
  Tensor y = checkpoint(
      [](const Inputs& v) {
        EXPECT_FALSE(v[2].defined());
        return v[0] * v[1] * v[3];
      },
      {x, x, Tensor(), 3.0});
  EXPECT_EQ(y.dtype(), f64);
  sum(y).backward();
  EXPECT_EQ(list(x.grad()), (Numbers{6, 12}));
}

TEST(Checkpoint, may_return_what_it_was_given_or_holds) {
  Tensor x = tensor({1, 2}, f64).set_requires_grad();
  Tensor h = x * 2.0, held = x * 5.0;
  Tensor a = checkpoint([](const Inputs& v) { return v[0]; }, {h});
  Tensor b = checkpoint([held](const Inputs&) { return held; }, {h});
  sum(a * 10.0 + b).backward();
  EXPECT_EQ(list(x.grad()), (Numbers{25, 25}));
}

TEST(Checkpoint, an_input_that_is_not_used_gets_nothing) {
  Tensor x = tensor({1, 2}, f64).set_requires_grad(), other = ones({3}, f64).set_requires_grad();
  Tensor y = checkpoint([](const Inputs& v) { return v[0] * 2.0; }, {x, other});
  sum(y).backward();
  EXPECT_FALSE(other.grad().defined());
  EXPECT_EQ(list(x.grad()), (Numbers{2, 2}));
}

TEST(Checkpoint, several_backwards_through_a_retained_one_add_up) {
  Tensor x = tensor({1, 2}, f64).set_requires_grad();
  Tensor y = checkpoint([](const Inputs& v) { return v[0] * v[0]; }, {x});
  Tensor loss = sum(y);
  loss.backward({}, true);
  loss.backward();
  EXPECT_EQ(list(x.grad()), (Numbers{4, 8}));
  EXPECT_THROW(loss.backward(), StateError);
}

TEST(Checkpoint, computes_again_in_the_type_of_the_forward) {
  auto gradient = [](bool checkpointed) {
    manual_seed(1);
    Tensor x = randn({8, 8}).set_requires_grad(), w = randn({8, 8}).set_requires_grad();
    auto f = [w](const Inputs& v) { return cast(matmul(matmul(v[0], w), w), f32); };
    Tensor y;
    {
      AutocastScope low;
      y = checkpointed ? checkpoint(f, {x}) : f({x});
    }
    sum(y * y).backward();
    EXPECT_EQ(w.grad().dtype(), f32);
    return std::vector<std::vector<float>>{bits(y), bits(x.grad()), bits(w.grad())};
  };
  EXPECT_EQ(gradient(true), gradient(false));
}

TEST(Checkpoint, finds_writes_to_what_it_will_read_again) {
  Tensor x = tensor({1, 2}, f64).set_requires_grad();
  Parameter p(tensor({3, 4}, f64));
  Tensor y = checkpoint([=](const Inputs& v) { return v[0] * p.value(); }, {x});
  {
    NoGrad off;
    Tensor w = p.tensor();
    w.fill_(1);
  }
  EXPECT_TRUE(contains(message_of<StateError>([&] { sum(y).backward(); }),
                       "[checkpoint] input 1 [2] is needed for backward, but fill_ into [2] has written"));
}

TEST(Checkpoint, a_function_that_changes_its_mind_is_an_error) {
  Tensor x = tensor({1, 2}, f64).set_requires_grad();
  int calls = 0;
  Tensor y = checkpoint([&calls](const Inputs& v) { return calls++ ? sum(v[0]) : v[0] * 2.0; }, {x});
  EXPECT_TRUE(contains(message_of<StateError>([&] { sum(y).backward(); }), "was [2] f64 in the forward pass and is [] f64 when it is replayed"));
  EXPECT_THROW(checkpoint([](const Inputs& v) { return argmax(v[0]); }, {x}), DtypeError);
  EXPECT_THROW(checkpoint([](const Inputs&) { return Tensor(); }, {x}), StateError);
}

TEST(Checkpoint, has_no_second_derivative_and_says_so) {
  Tensor x = tensor({1, 2}, f64).set_requires_grad();
  Tensor y = checkpoint([](const Inputs& v) { return v[0] * v[0]; }, {x});
  EXPECT_TRUE(contains(message_of<UnsupportedError>([&] { grad({sum(y)}, {x}, {}, false, true); }), "[checkpoint] has no second derivative"));
}

TEST(Checkpoint, without_recording_is_the_function_itself) {
  Tensor x = tensor({1, 2}, f64).set_requires_grad();
  NoGrad off;
  EXPECT_FALSE(checkpoint([](const Inputs& v) { return v[0] * 2.0; }, {x}).requires_grad());
}

TEST(Checkpoint, its_replay_knows_where_it_is) {
  Tensor x = tensor({1, 2}, f64).set_requires_grad();
  std::vector<std::string> places;
  Tensor y;
  {
    ModuleScope net("net");
    y = checkpoint(
        [&](const Inputs& v) {
          ModuleScope layer("fc1");
          places.push_back(module_path());
          return v[0] * 2.0;
        },
        {x});
  }
  sum(y).backward();
  EXPECT_EQ(places, (std::vector<std::string>{"net.fc1", "net.fc1"}));
}

TEST(Checkpoint, a_chain_of_many_needs_no_stack) {
  Tensor x = tensor({1, 2}, f64).set_requires_grad(), h = x;
  for (int i = 0; i < 5000; i++) h = checkpoint([](const Inputs& v) { return v[0] + 1.0; }, {h});
  sum(h).backward();
  EXPECT_EQ(list(x.grad()), (Numbers{1, 1}));
}

}  // namespace
}  // namespace cairn
