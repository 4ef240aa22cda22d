// Three small convolutional networks from well-known examples, each a plain Sequential. Inputs [N, channels, height, width], results
// [N, classes] logits. Images too small for them are refused by the layer at which nothing is left.
#pragma once

#include <cairn/nn/sequential.h>

namespace cairn {

struct CnnConfig {
  int64_t channels = 1, height = 28, width = 28, classes = 10;
};

// Keras' "Simple MNIST convnet": two convolutions 3x3 of 32 and 64 maps, each with ReLU and a pool of 2; dropout 1/2; one Linear.
Sequential convnet(const CnnConfig& c = {});  // 34,826 parameters
// PyTorch's example "mnist": convolutions 3x3 of 32 and 64 maps, one pool of 2, dropout 1/4, Linear to 128, dropout 1/2, Linear.
Sequential mnist_cnn(const CnnConfig& c = {});  // 1,199,882
// Keras' example "cifar10_cnn": twice two convolutions 3x3 (32 and 64 maps) with a pool and dropout 1/4; Linear to 512, dropout 1/2, Linear.
Sequential cifar_cnn(const CnnConfig& c = {3, 32, 32, 10});  // 1,250,858

}  // namespace cairn
