// All of Cairn's public interface. It includes the standard library only, so that a program compiles in seconds.
#pragma once

#include <cairn/autograd/autograd.h>
#include <cairn/autograd/modes.h>
#include <cairn/autograd/parameter.h>
#include <cairn/backend/backend.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/base/threads.h>
#include <cairn/data/data.h>
#include <cairn/io/csv.h>
#include <cairn/io/idx.h>
#include <cairn/io/npy.h>
#include <cairn/io/safetensors.h>
#include <cairn/metrics/metrics.h>
#include <cairn/models/models.h>
#include <cairn/nn/nn.h>
#include <cairn/ops/call.h>
#include <cairn/ops/graph.h>
#include <cairn/ops/ops.h>
#include <cairn/optim/optim.h>
#include <cairn/tensor/tensor.h>
#include <cairn/train/callbacks.h>
#include <cairn/train/supervised.h>
#include <cairn/train/trainer.h>
