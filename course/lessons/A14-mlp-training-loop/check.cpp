// Small networks on made-up pictures: what the loader gives, what an epoch does to the weights and reports, what an evaluation leaves as it was.
#include <course/machinery/judge/judge.h>

#include <cairn/autograd/modes.h>

namespace {

using namespace cairn;

struct Small {
  int64_t examples, batch;
  uint64_t seed;
  int epochs;
};

TensorDataset pictures(const Small& s) {
  manual_seed(s.seed);
  Tensor x = randn({s.examples, 1, 2, 3}), y = randint(0, 3, {s.examples});
  return TensorDataset({{"image", x}, {"label", y}});
}

Sequential network() { return Sequential(Flatten(), Linear(6, 8), ReLU(), Dropout(0.4), Linear(8, 3)); }

std::vector<double> weights(const Sequential& net) {
  std::vector<double> all;
  for (const auto& [name, parameter] : net.parameters())
    for (const double v : parameter.tensor().to(f64).to_vector<double>()) all.push_back(v);
  return all;
}

Small drawn(judge::Draw& d) {
  const int64_t n = d.integer(1, 3 + 2 * d.size);
  return {n, d.integer(1, std::max<int64_t>(1, n - 1)), uint64_t(d.integer(0, 1000)), int(d.integer(1, 3))};
}

std::string shown(const Small& s) {
  return std::to_string(s.examples) + " examples in batches of " + std::to_string(s.batch) + ", seed " + std::to_string(s.seed) + ", " +
         std::to_string(s.epochs) + (s.epochs == 1 ? " epoch" : " epochs");
}

DataLoader ours(const TensorDataset& data, const Small& s) { return DataLoader(data, {.batch_size = s.batch, .shuffle = true, .seed = s.seed}); }

// Tells whether what comes out of the network was recorded: a layer that looks, and passes its input on.
struct Watched : Layer<Watched> {
  explicit Watched(bool* recorded) : recorded(recorded) {}
  Tensor forward(const Tensor& x) {
    *recorded = *recorded || x.requires_grad();
    return x;
  }
  void visit(Visitor&) {}
  bool* recorded;
};

}  // namespace

static void check(judge::Check<Answer>& c) {
  c.property<Small>("the loader")
      .also({{6, 4, 1, 2}, {9, 2, 5, 3}})
      .draw(drawn)
      .show(shown)
      .run([](const Answer& a, const Small& s, judge::Output& o) {
        Tensor numbers = arange(s.examples);
        const TensorDataset data({{"image", numbers}, {"label", numbers}});
        DataLoader loader = a.make_loader(data, s.batch, s.seed);
        for (int epoch = 1; epoch <= s.epochs; epoch++) {
          std::vector<int64_t> order, sizes;
          for (Batch& batch : loader) {
            for (const int64_t i : batch["label"].to_vector<int64_t>()) order.push_back(i);
            sizes.push_back(batch.size());
          }
          o("sizes of the batches in epoch " + std::to_string(epoch), sizes);
          o("examples in epoch " + std::to_string(epoch), order);
        }
      })
      .times(30)
      .read("The maths");
  c.property<Small>("training")
      .also({{4, 4, 1, 1}, {5, 4, 2, 1}, {5, 2, 3, 2}})
      .draw(drawn)
      .show(shown)
      .run([](const Answer& a, const Small& s, judge::Output& o) {
        const TensorDataset data = pictures(s);
        DataLoader loader = ours(data, s);
        Sequential net = network();
        net.eval();
        SGD sgd(net.parameters(), {.lr = 0.3});
        for (int epoch = 1; epoch <= s.epochs; epoch++) {
          const std::vector<double> r = a.train_epoch(net, sgd, loader);
          o("loss of epoch " + std::to_string(epoch), r.at(0));
          o("accuracy of epoch " + std::to_string(epoch), r.at(1));
        }
        o("the weights afterwards", weights(net));
      })
      .tolerance(1e-4, 1e-5)  // f32, and a different order of the sums moves the weights of a few steps by about 1e-6
      .times(30)
      .read("The maths");
  c.property<Small>("evaluation")
      .also({{4, 4, 1, 1}, {5, 4, 2, 1}, {5, 2, 3, 1}})
      .draw(drawn)
      .show(shown)
      .run([](const Answer& a, const Small& s, judge::Output& o) {
        const TensorDataset data = pictures(s);
        DataLoader loader(data, {.batch_size = s.batch});
        bool recorded = false;
        Sequential net(Flatten(), Linear(6, 8), ReLU(), Dropout(0.4), Linear(8, 3), Watched(&recorded));
        const std::vector<double> before = weights(net);
        const std::vector<double> r = a.evaluate(net, loader);
        o("loss", r.at(0));
        o("accuracy", r.at(1));
        o("weights changed", weights(net) != before);
        o("in training mode afterwards", net.training());
        o("gradients were recorded", recorded);
      })
      .tolerance(1e-5, 1e-6)
      .times(30)
      .read("The maths");
}
