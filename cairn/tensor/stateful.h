// What a run must store to go on exactly where it stopped: optimisers, schedules, averages, samplers, callbacks, metrics.
#pragma once

#include <map>
#include <string>

#include <cairn/base/json.h>
#include <cairn/tensor/tensor.h>

namespace cairn {

// Tensors by path, and everything that is not a tensor (doubles keep their bits).
struct State {
  std::map<std::string, Tensor> tensors;
  Json values = Json::object();
};

class Stateful {
 public:
  virtual ~Stateful() = default;
  virtual State state() const = 0;
  // StateError, naming what is missing, left over or of another shape, when the state belongs to something else; nothing is
  // changed then.
  virtual void load_state(const State& state) = 0;
};

}  // namespace cairn
