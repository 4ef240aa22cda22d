// Everything of models/.
#pragma once

#include <cairn/models/alexnet.h>
#include <cairn/models/cnn.h>
#include <cairn/models/layer_table.h>
#include <cairn/models/lenet.h>
#include <cairn/models/mobilenet_v2.h>
#include <cairn/models/registry.h>
#include <cairn/models/resnet.h>
#include <cairn/models/vgg.h>
#include <cairn/models/weights.h>
