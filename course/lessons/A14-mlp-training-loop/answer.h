// What the exercise asks for: the loader, an epoch of training, and an evaluation.
#pragma once
#include <cairn/cairn.h>

struct Answer {
  cairn::DataLoader (*make_loader)(const cairn::TensorDataset& data, int64_t batch_size, uint64_t seed);
  std::vector<double> (*train_epoch)(cairn::Sequential& net, cairn::Optimizer& optimizer, cairn::DataLoader& loader);
  std::vector<double> (*evaluate)(cairn::Sequential& net, cairn::DataLoader& loader);
};
#define ANSWER                                                                               \
  {                                                                                          \
    make_loader,                                                                             \
        [](cairn::Sequential& net, cairn::Optimizer& optimizer, cairn::DataLoader& loader) { \
          const Result r = train_epoch(net, optimizer, loader);                              \
          return std::vector<double>{r.loss, r.accuracy};                                    \
        },                                                                                   \
        [](cairn::Sequential& net, cairn::DataLoader& loader) {                              \
          const Result r = evaluate(net, loader);                                            \
          return std::vector<double>{r.loss, r.accuracy};                                    \
        }                                                                                    \
  }
