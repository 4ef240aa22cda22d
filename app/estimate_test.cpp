// The cost of a training, said beforehand: sane numbers, and not a trace in what follows.
#include <gtest/gtest.h>

#include <app/estimate.h>
#include <cairn/base/random.h>
#include <cairn/ops/ops.h>

namespace cairn {
namespace {

TEST(Estimate, leaves_the_model_and_the_random_sequence_as_they_were) {
  auto recipe = recipe_for(find_recipe("mlp"), "iris");
  const cairn::Setup s = prepare(*recipe, 3);
  const GeneratorState before = generator_state();
  StateDict old;
  for (const auto& [name, value] : s.model->state_dict()) old[name] = value.clone();
  const std::optional<Estimate> e = estimate_training(*recipe, s, 3);
  ASSERT_TRUE(e);
  EXPECT_GT(e->step_seconds, 0);
  EXPECT_GE(e->epoch_seconds, e->step_seconds);
  EXPECT_GE(e->seconds, double(recipe->train.epochs) * e->epoch_seconds);
  EXPECT_GT(e->bytes, uint64_t(1) << 20);
  EXPECT_EQ(generator_state().seed, before.seed);
  EXPECT_EQ(generator_state().offset, before.offset);
  for (const auto& [name, value] : s.model->state_dict()) EXPECT_TRUE(allclose(value, old.at(name), 0, 0)) << name;
  for (const auto& [path, p] : s.model->parameters()) EXPECT_FALSE(p.grad().defined()) << path;
}

TEST(Estimate, reads_as_a_sentence) {
  EXPECT_EQ(estimate_text({160, 0.1, 32, 300 << 20}, 2), "about 2 min 40 s on 2 threads, 300.0 MiB of memory");
  EXPECT_EQ(estimate_text({5, 0.1, 1, 1 << 20}, 1), "about 5.0 s on 1 thread, 1.0 MiB of memory");
}

TEST(Estimate, says_nothing_when_the_first_step_fails) {
  auto recipe = recipe_for(find_recipe("mlp"), "iris");
  cairn::Setup s = prepare(*recipe, 3);
  s.model = std::make_shared<Sequential>(Linear(1, 1));  // does not fit the data: the training will say so
  EXPECT_FALSE(estimate_training(*recipe, s, 3));
}

}  // namespace
}  // namespace cairn
