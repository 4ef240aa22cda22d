// Recipes as tests take them: with some fields set, trained in memory, scored.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <cairn/autograd/modes.h>
#include <cairn/ops/ops.h>
#include <recipes/recipe.h>

namespace cairn {

inline bool same(const Tensor& a, const Tensor& b) { return allclose(a, b, 0, 0); }

inline std::unique_ptr<Recipe> with(const std::string& name, const std::vector<std::pair<std::string, std::string>>& values) {
  auto recipe = find_recipe(name).make();
  Fields fields = fields_of(*recipe);
  for (const auto& [field, value] : values) fields.set(field, value, field);
  return recipe;
}

// Trains in memory as the program would, without a run. Batches of `steps` at most when that is not 0.
inline void train_model(Recipe& recipe, cairn::Setup& s, int64_t steps = 0) {
  DataLoader loader(s.train, {.batch_size = recipe.train.batch_size, .shuffle = true, .seed = 1});
  std::unique_ptr<Optimizer> optimizer = recipe.train.make_optimizer(*s.model);
  Supervised task(*s.model, *optimizer, s.objective, recipe.train.supervised());
  TrainerOptions options = recipe.train.trainer();
  if (steps > 0) options.max_steps = steps, options.epochs = steps;
  Trainer trainer(task, loader, nullptr, options);
  for (const auto& callback : recipe.train.callbacks(*optimizer, loader.batches())) trainer.add(callback);
  for (const auto& callback : s.callbacks) trainer.add(callback);
  trainer.fit();
  s.model->eval();
}

inline double accuracy(cairn::Setup& s) {
  NoGrad off;
  int64_t right = 0, n = 0;
  for (Batch& batch : DataLoader(s.test, {.batch_size = 500})) {
    right += int64_t(sum(eq(argmax(s.model->apply(batch["x"]), 1), batch["y"])).item());
    n += batch.size();
  }
  return double(right) / double(n);
}

}  // namespace cairn
