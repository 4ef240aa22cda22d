// A14's experiment: the roadmap's Example 1 on a part of Fashion-MNIST, with its numbers and its loop changed.
#include <algorithm>

#include <course/machinery/figure.h>

#include "training.h"

namespace cairn::course {

namespace {

class Example1 : public Demo {
 public:
  void fields(Fields& f) override {
    f("examples", examples_, "training pictures", between(100, 60000));
    f("hidden", hidden_, "width of the hidden layer", between(1, 2048));
    f("dropout", dropout_, "chance that a hidden unit is silenced while training", between(0.0, 0.95));
    f("lr", lr_, "learning rate of Adam", above(0.0));
    f("batch_size", batch_size_, "pictures a step", between(1, 10000));
    f("epochs", epochs_, "passes over the data", between(1, 30));
    f("slip", slip_, "a line of the loop that is wrong", one_of({"none", "no-zero-grad", "softmax-twice"}));
  }

  DemoResult run() override {
    const a14::Pictures train = a14::pictures("train", examples_), test = a14::pictures("test", 2000);
    manual_seed(0);
    Sequential net = a14::network(hidden_, dropout_);
    Adam adam(net.parameters(), {.lr = lr_});
    DataLoader loader(train.data, {.batch_size = batch_size_, .shuffle = true, .seed = 0});
    const a14::Slip slip = slip_ == "no-zero-grad" ? a14::Slip::no_zero_grad : slip_ == "softmax-twice" ? a14::Slip::softmax_twice : a14::Slip::none;
    plot::Line losses{.name = "training"}, tested{.name = "test"};
    a14::Score s;
    for (int epoch = 1; epoch <= epochs_; epoch++) {
      losses.y.push_back(a14::train_epoch(net, adam, loader, slip));
      s = a14::evaluate(net, test.data);
      tested.y.push_back(s.loss);
    }
    const a14::Score t = a14::evaluate(net, train.data);
    plot::Axes axes{.title = "loss by epoch", .x = {"epoch"}, .y = {"cross-entropy"}};
    axes.add(losses).add(tested);

    DemoResult result;
    result.figure = {.title = "The roadmap's Example 1", .panels = {axes}};
    result.numbers = {{"training loss of the last epoch", losses.y.back()},
                      {"test loss", s.loss},
                      {"test accuracy in percent", 100 * s.accuracy},
                      {"training minus test accuracy", 100 * (t.accuracy - s.accuracy)}};
    result.says = slip == a14::Slip::none
                      ? (t.accuracy - s.accuracy > 0.06
                             ? "It knows its training pictures better than new ones: more pictures, more dropout or fewer epochs narrow the gap."
                             : "Training and test pictures are about equally well known: more epochs or a wider layer may still help.")
                      : "One line of the loop is wrong, and still something is learned: that is why such slips live long. Compare with --slip none.";
    return result;
  }

 private:
  int64_t examples_ = 4000, hidden_ = 128, batch_size_ = 64, epochs_ = 5;
  double dropout_ = 0.2, lr_ = 1e-3;
  std::string slip_ = "none";
};

}  // namespace

extern const LessonDemo A14_demo;
const LessonDemo A14_demo = {"A14",
                             "the roadmap's Example 1, with its numbers and its loop in your hands",
                             [] { return std::unique_ptr<Demo>(new Example1); },
                             {{"examples", "200", "8000", "test accuracy in percent", 5},
                              {"hidden", "1", "128", "test accuracy in percent", 20},
                              {"dropout", "0", "0.9", "training loss of the last epoch", 0.2},
                              {"lr", "0.00001", "0.001", "test accuracy in percent", 10},
                              {"batch_size", "16", "2000", "training loss of the last epoch", 0.2},
                              {"epochs", "1", "10", "training loss of the last epoch", 0.2},
                              {"slip", "none", "softmax-twice", "training loss of the last epoch", 0.5}}};

}  // namespace cairn::course
