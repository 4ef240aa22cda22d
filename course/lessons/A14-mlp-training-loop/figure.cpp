// A14: the network of Example 1 on ten thousand pictures of clothes: its curves, what its hidden units look for as it learns, its surest mistakes,
// and the same loop with one line missing.
#include <algorithm>
#include <cstdio>

#include <cairn/plot/picture.h>
#include <cairn/plot/views.h>
#include <course/machinery/figure.h>

#include "training.h"

namespace cairn::course {

namespace {

constexpr int64_t train_size = 10000, test_size = 2000;
constexpr int epochs = 14, units = 12;

// The weights of some hidden units as pictures: white where a bright pixel raises the unit, black where it lowers it.
plot::Images weight_images(const Sequential& net, const Tensor& scale_of) {
  const Tensor w = net.parameters()[0].second.tensor().detach();
  const double most = max(abs(scale_of)).item();
  plot::Images images{.title = "weights of twelve hidden units", .columns = 6, .size = 90};
  for (int64_t u = 0; u < units; u++)
    images.tiles.push_back({.image = image_of(reshape(w[u], {28, 28}), -most, most), .caption = "unit " + std::to_string(u)});
  return images;
}

void training(Book& book) {
  const a14::Pictures train = a14::pictures("train", train_size), test = a14::pictures("test", test_size);
  manual_seed(0);
  Sequential net = a14::network(128, 0.2);
  Adam adam(net.parameters(), {.lr = 1e-3});
  DataLoader loader(train.data, {.batch_size = 64, .shuffle = true, .seed = 0});

  plot::Line losses{.name = "training"}, test_losses{.name = "test"}, accuracies{.name = "training"}, test_accuracies{.name = "test"};
  std::vector<Tensor> snapshots = {net.parameters()[0].second.tensor().detach().clone()};
  std::vector<double> reached = {a14::evaluate(net, test.data).accuracy};
  const a14::Score before = a14::evaluate(net, test.data);
  for (int epoch = 1; epoch <= epochs; epoch++) {
    losses.y.push_back(a14::train_epoch(net, adam, loader));
    const a14::Score s = a14::evaluate(net, test.data), t = a14::evaluate(net, train.data);
    test_losses.y.push_back(s.loss), test_accuracies.y.push_back(100 * s.accuracy), accuracies.y.push_back(100 * t.accuracy);
    snapshots.push_back(net.parameters()[0].second.tensor().detach().clone());
    reached.push_back(s.accuracy);
  }
  plot::Axes loss{.title = "loss", .x = {"epoch"}, .y = {"cross-entropy", false, 0, {}}};
  loss.add(losses).add(test_losses);
  plot::Axes accuracy{.title = "accuracy", .x = {"epoch"}, .y = {"percent"}};
  accuracy.add(accuracies).add(test_accuracies);
  book.figure("curves", {.title = "Fourteen epochs", .panels = {loss, accuracy}, .columns = 2});

  std::vector<Frame> frames;
  for (size_t epoch = 0; epoch < snapshots.size(); epoch++) {
    Sequential shown = a14::network(128, 0.2);
    NoGrad no_grad;
    Tensor first = shown.parameters()[0].second.tensor();
    first.copy_(snapshots[epoch]);
    char said[80];
    std::snprintf(said, sizeof said, "after epoch %zu: %.1f %% of the test pictures right", epoch, 100 * reached[epoch]);
    frames.push_back({std::to_string(epoch), {.title = "What hidden units look for", .panels = {weight_images(shown, snapshots.back())}}, said});
  }
  book.slider("weights", "epoch", std::move(frames));

  NoGrad no_grad;
  net.eval();
  std::vector<plot::Mistake> mistakes;
  DataLoader all(test.data, {.batch_size = test_size});
  for (Batch& batch : all) {
    const Tensor p = softmax(net(batch["image"]), 1);
    const std::vector<int64_t> said = p.argmax(1).to_vector<int64_t>(), truth = batch["label"].to_vector<int64_t>();
    for (size_t i = 0; i < said.size(); i++)
      if (said[i] != truth[i])
        mistakes.push_back(
            {image_of(test.x[int64_t(i)]), test.classes[size_t(truth[i])], test.classes[size_t(said[i])], p.at({int64_t(i), said[i]})});
  }
  book.number("wrong", double(mistakes.size()));
  book.figure("mistakes", plot::worst_mistakes(mistakes, 12, "Sure and wrong"));
  book.number("first_loss", before.loss);
  book.number("first_accuracy", 100 * before.accuracy);
  book.number("test_accuracy", test_accuracies.y.back());
  book.number("train_accuracy", accuracies.y.back());
  book.number("test_loss", test_losses.y.back());
  book.number("best_test_loss", *std::min_element(test_losses.y.begin(), test_losses.y.end()));
}

void slips(Book& book) {
  const a14::Pictures train = a14::pictures("train", 4000), test = a14::pictures("test", test_size);
  const std::vector<std::pair<const char*, a14::Slip>> cases = {
      {"right", a14::Slip::none}, {"no zero_grad", a14::Slip::no_zero_grad}, {"softmax twice", a14::Slip::softmax_twice}};
  plot::Axes axes{.title = "", .x = {"epoch", false, 0, 10}, .y = {"test accuracy in percent", false, 0, 100}};
  for (const auto& [name, slip] : cases) {
    manual_seed(3);
    Sequential net = a14::network(128, 0.2);
    SGD sgd(net.parameters(), {.lr = 0.05});
    DataLoader loader(train.data, {.batch_size = 64, .shuffle = true, .seed = 3});
    plot::Line line{.name = name, .x = {0}, .y = {100 * a14::evaluate(net, test.data).accuracy}};
    double last = 0;
    for (int epoch = 1; epoch <= 10; epoch++) {
      last = a14::train_epoch(net, sgd, loader, slip);
      line.x.push_back(epoch);
      line.y.push_back(100 * a14::evaluate(net, test.data).accuracy);
    }
    axes.add(line);
    book.number(std::string(slip == a14::Slip::none ? "right" : slip == a14::Slip::no_zero_grad ? "no_zero" : "twice") + "_accuracy", line.y.back());
    if (slip == a14::Slip::softmax_twice) book.number("twice_loss", last);
  }
  book.figure("slips", {.title = "One line is wrong", .panels = {axes}});
}

void draw_a14(Book& book) {
  training(book);
  slips(book);
}

}  // namespace

extern const LessonFigures A14_figures;
const LessonFigures A14_figures = {"A14", draw_a14};

}  // namespace cairn::course
