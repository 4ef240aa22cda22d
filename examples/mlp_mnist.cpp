// The roadmap's Example 1: a multilayer perceptron on MNIST with the training loop written out.
#include <cairn/cairn.h>

#include <cstdio>

using namespace cairn;

int main() try {
  // Data: pixels to [0, 1], then (x - 0.5) / 0.5
  Labelled mnist = load_dataset("mnist", "train");
  TensorDataset data({{"image", mnist.x}, {"label", mnist.y}});
  data.normalize("image", {{0.5}, {0.5}});
  DataLoader loader(data, {.batch_size = 64, .shuffle = true});

  // Model
  Sequential net(Flatten(), Linear(28 * 28, 128), ReLU(), Dropout(0.2), Linear(128, 10));
  Adam adam(net.parameters(), {.lr = 1e-3});

  // Train for five epochs
  for (int epoch = 1; epoch <= 5; epoch++) {
    double running_loss = 0, correct = 0, total = 0;
    for (Batch& batch : loader) {
      Tensor images = batch["image"], labels = batch["label"];
      Tensor logits = net(images);
      Tensor loss = cross_entropy(logits, labels);
      adam.zero_grad();
      loss.backward();
      adam.step();

      running_loss += loss.item() * double(batch.size());
      correct += (logits.argmax(1) == labels).sum().item();
      total += double(batch.size());
    }
    std::printf("Epoch %d, Loss: %.4f, Accuracy: %.4f\n", epoch, running_loss / total, correct / total);
  }
} catch (const Error& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
