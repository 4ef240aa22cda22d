#include <cairn/models/blocks.h>

#include <algorithm>

namespace cairn {

namespace {

template <class M, class F> void each(Module& net, F f) {
  for (const auto& [path, module] : net.modules())
    if (M* layer = dynamic_cast<M*>(module)) f(*layer);
}

template <class M> void zero_bias(M& layer) {
  if (layer.bias.defined()) init::zeros(layer.bias);
}

}  // namespace

void kaiming_convolutions(Module& net) {
  each<Conv2d>(net, [](Conv2d& c) {
    init::kaiming_normal(c.weight, 0, init::Fan::out);
    zero_bias(c);
  });
}

void normal_linears(Module& net, double deviation) {
  each<Linear>(net, [deviation](Linear& l) {
    init::normal(l.weight, 0, deviation);
    zero_bias(l);
  });
}

void glorot_everything(Module& net) {
  const auto start = [](auto& layer) {
    init::xavier_uniform(layer.weight);
    zero_bias(layer);
  };
  each<Conv2d>(net, start);
  each<Linear>(net, start);
}

int64_t size_after(int64_t size, int64_t kernel, int64_t stride, int64_t padding) {
  return std::max<int64_t>(1, (size + 2 * padding - kernel) / stride + 1);
}

}  // namespace cairn
