// Trains the model of model.h: ./train [--field value ...]. The loop is written out, so that every part of it can be changed.
//   runs/log.jsonl       a line an epoch      runs/checkpoints/  where an interrupted training goes on
//   runs/config.toml     what was trained     runs/model.safetensors  the weights that were best on the validation split
#include <cstdio>

#include <cairn/base/disk.h>
#include <cairn/train/checkpoint.h>

#include "model.h"

using namespace cairn;

namespace {

struct Score {
  double loss = 0, accuracy = 0;
};

Score evaluate(Sequential& net, DatasetRef data) {
  NoGrad no_grad;
  net.eval();
  double loss = 0, correct = 0, total = 0;
  DataLoader loader(data, {.batch_size = 500});
  for (Batch& batch : loader) {
    const Tensor logits = net(batch["x"]);
    loss += cross_entropy(logits, batch["y"]).item() * double(batch.size());
    correct += (logits.argmax(1) == batch["y"]).sum().item();
    total += double(batch.size());
  }
  net.train();
  return {loss / total, correct / total};
}

// config.toml, where it lies beside the project, then the flags.
Config read_config(int argc, char** argv) {
  Config config;
  Fields fields = fields_of(config);
  if (file_exists("config.toml")) fields.from_toml(read_file("config.toml", 1 << 20), "config.toml");
  for (int i = 1; i < argc; i += 2) {
    const std::string flag = argv[i];
    if (!flag.starts_with("--") || i + 1 == argc) throw UsageError("usage: @NAME@ [--field value ...]; the fields are those of config.toml");
    fields.set(flag.substr(2), argv[i + 1], flag);
  }
  return config;
}

}  // namespace

int main(int argc, char** argv) try {
  Config config = read_config(argc, argv);
  manual_seed(uint64_t(config.seed));
  disk().make_folder(config.runs);
  write_file(config.runs + "/config.toml", fields_of(config).to_toml());

  // Data. The test split is looked at once, at the end.
  const Labelled train = load_dataset(config.data, "train"), test = load_dataset(config.data, "test");
  DatasetRef all = train.dataset();
  if (config.limit_train > 0 && config.limit_train < train.size())
    all = random_split(all, {config.limit_train, train.size() - config.limit_train}, 1)[0];
  auto [fit, held_out] = random_split(all, 1 - config.val_share, uint64_t(config.seed));
  DataLoader loader(fit, {.batch_size = config.batch_size, .shuffle = true, .seed = uint64_t(config.seed)});

  Sequential net = make_model(train.x.numel() / train.size(), int64_t(train.classes.size()), config);
  Adam adam(net.parameters(), {.lr = config.lr});

  // Where an earlier training was interrupted, it goes on.
  const std::string checkpoints = config.runs + "/checkpoints";
  int64_t first = 1;
  double best = 0;
  Checkpoint last;
  std::vector<std::string> problems;
  if (newest_sound_checkpoint(checkpoints, last, problems) && last.progress.at("config").as_string() == fields_of(config).to_toml()) {
    net.load_state(last.parts.at("model"));
    adam.load_state(last.parts.at("adam"));
    first = last.step + 1;
    best = last.progress.at("best").as_double();
    loader.set_epoch(first - 1);
    set_generator_state({uint64_t(last.progress.at("seed").as_int()), uint64_t(last.progress.at("offset").as_int())});
    std::printf("going on after epoch %lld\n", static_cast<long long>(last.step));
  }
  for (const std::string& problem : problems) std::fprintf(stderr, "%s\n", problem.c_str());

  for (int64_t epoch = first; epoch <= config.epochs; epoch++) {
    double sum = 0, seen = 0;
    for (Batch& batch : loader) {
      const Tensor loss = cross_entropy(net(batch["x"]), batch["y"]);
      adam.zero_grad();
      loss.backward();
      adam.step();
      sum += loss.item() * double(batch.size());
      seen += double(batch.size());
    }
    const Score val = evaluate(net, held_out);
    std::printf("epoch %lld  loss %.4f  validation %.4f  %.2f %%\n", static_cast<long long>(epoch), sum / seen, val.loss, 100 * val.accuracy);
    if (val.accuracy > best) {
      best = val.accuracy;
      save(config.runs + "/model.safetensors", net);
    }
    const Json line = Json::object({{"epoch", epoch}, {"train_loss", sum / seen}, {"val_loss", val.loss}, {"val_accuracy", val.accuracy}});
    const std::string log = config.runs + "/log.jsonl";
    write_file(log, (epoch > 1 && file_exists(log) ? read_file(log) : "") + line.dump() + "\n");
    const GeneratorState random = generator_state();
    write_checkpoint(
        checkpoints,
        {.step = epoch,
         .parts = {{"model", net.state()}, {"adam", adam.state()}},
         .progress = Json::object(
             {{"best", best}, {"config", fields_of(config).to_toml()}, {"seed", int64_t(random.seed)}, {"offset", int64_t(random.offset)}})});
    prune_checkpoints(checkpoints, "");
  }

  load(config.runs + "/model.safetensors", net);
  const Score score = evaluate(net, test.dataset());
  std::printf("test: %.2f %%, loss %.4f (the weights that were best on validation: %.2f %%)\n", 100 * score.accuracy, score.loss, 100 * best);
} catch (const Error& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
