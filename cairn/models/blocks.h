// What several families share: starting values, and the place of an activation that another layer has computed.
#pragma once

#include <cairn/nn/nn.h>

namespace cairn {

// He et al. 2015 as torchvision does it for nets of ReLUs: the weight of every Conv2d below becomes N(0, 2 / fan_out), its bias 0.
void kaiming_convolutions(Module& net);
// The weight of every Linear below becomes N(0, deviation^2), its bias 0.
void normal_linears(Module& net, double deviation);
// Keras's defaults: weights of Conv2d and Linear uniform by Glorot, Bengio 2010, biases 0.
void glorot_everything(Module& net);

// A ReLU that the batch norm before it does in its own pass ({.relu = true}). It keeps its number in a Sequential, and so do the names of
// what follows: torchvision's "features.4.weight".
struct FusedReLU : Layer<FusedReLU> {
  Tensor forward(const Tensor& x) { return x; }
  std::string options() const override { return "done by the layer before"; }
};

// A size behind a window, for models whose Linear depends on it; 1 where nothing is left, so that the error is the layer's: see forward.
int64_t size_after(int64_t size, int64_t kernel, int64_t stride = 1, int64_t padding = 0);

}  // namespace cairn
