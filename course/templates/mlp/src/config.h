// Everything that can be changed without touching the code. One description gives config.toml, the flags and their ranges.
#pragma once

#include <cairn/cairn.h>

struct Config {
  std::string data = "fashion-mnist", runs = "runs";
  int64_t hidden = 128, epochs = 5, batch_size = 64, seed = 0, limit_train = 0;
  double lr = 1e-3, dropout = 0.2, val_share = 0.1;

  void fields(cairn::Fields& f) {
    using namespace cairn;
    f("data", data, "a data set of Cairn's: fashion-mnist, mnist, digits, ... (cairn data lists them)");
    f("runs", runs, "where the log, the checkpoints and the model go");
    f("hidden", hidden, "width of the hidden layer", between(1, 65536));
    f("dropout", dropout, "chance that a hidden unit is silenced while training", between(0.0, 0.95));
    f("epochs", epochs, "passes over the training data", between(1, 1000));
    f("batch_size", batch_size, "examples a step", between(1, 100000));
    f("lr", lr, "learning rate of Adam", above(0.0));
    f("val_share", val_share, "share of the training data that is kept for validation", between(0.01, 0.5));
    f("limit_train", limit_train, "use only so many training examples; 0: all", at_least_value(0));
    f("seed", seed, "of the weights, the split and the order of examples");
  }
};
