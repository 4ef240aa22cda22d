#include <cairn/models/weights.h>

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/io/safetensors.h>
#include <cairn/nn/checks.h>
#include <cairn/ops/ops.h>

namespace cairn {

std::string renamed(const std::string& name, const std::vector<std::pair<std::string, std::string>>& prefixes) {
  for (const auto& [from, to] : prefixes)
    if (name.starts_with(from)) return to + name.substr(from.size());
  return name;
}

namespace {

// PyTorch's own files are pickles, since 2020 inside of a ZIP archive. Told by the bytes; by the name where those say nothing.
bool is_pickle(const std::string& path) {
  const ByteSource file(path);
  const std::string head = file.text(0, size_t(std::min<uint64_t>(16, file.size())), "the first bytes");
  if (head.starts_with("PK\x03\x04")) return true;
  if (head.size() >= 2 && head[0] == '\x80' && head[1] >= 1 && head[1] <= 5) return true;
  if (head.size() > 8 && head[8] == '{') return false;
  std::string extension = std::filesystem::path(path).extension().string();
  for (char& c : extension) c = char(std::tolower(static_cast<unsigned char>(c)));
  for (const char* known : {".pt", ".pth", ".bin", ".pkl", ".ckpt", ".th"})
    if (extension == known) return true;
  return false;
}

[[noreturn]] void refuse_pickle(const std::string& path) {
  const std::string shown = printable(path, 200), to = printable(std::filesystem::path(path).replace_extension(".safetensors").string(), 200);
  throw UnsupportedError(fmt::format(
      "[load_weights] {} is a pickle, PyTorch's own format: reading one can run any code that stands in it, so it is not read here.\nHint: convert "
      "it "
      "once, where PyTorch is: python3 -c \"import torch; from safetensors.torch import save_file; save_file({{k: v.contiguous() for k, v in "
      "torch.load('{}', weights_only=True).items()}}, '{}')\"",
      shown, shown, to));
}

std::string unwrapped(const std::string& name) { return renamed(name, {{"module.", ""}, {"_orig_mod.", ""}}); }

bool is_skipped(const std::string& name, const WeightsOptions& options) {
  return std::any_of(options.skip.begin(), options.skip.end(), [&](const std::string& s) { return is_below(name, s); });
}

// A training that starts with these fails in its first step, and seems to be to blame.
void check_is_finite(const Tensor& value, DType in_the_model, const std::string& path, const std::string& name) {
  if (!is_floating(value.dtype()) || !is_floating(in_the_model) || all_finite(value.to(in_the_model))) return;
  const int64_t n = value.numel() - sum(isfinite(value.to(in_the_model)).to(i64)).to_vector<int64_t>().at(0);
  throw NumericError(
      fmt::format("[load_weights] {}: of the {} values of '{}' {} {} {}. Hint: take weights from before the training that made them went "
                  "wrong, or others.",
                  printable(path, 200), value.numel(), printable(name), n, n == 1 ? "is" : "are",
                  value.dtype() == in_the_model ? "NaN or infinite" : fmt::format("NaN, infinite or too large for {}", name_of(in_the_model))));
}

// The file's tensors under the model's names, in the model's shapes where only a translated name makes them differ ([O, C, 1, 1], [O, C]).
StateDict values_of(const Module& model, const StateDict& state, const std::string& path, const WeightsOptions& options) {
  const SafetensorsFile file(path);
  StateDict values;
  for (const SafetensorsFile::Entry& entry : file.entries()) {
    const std::string plain = unwrapped(entry.name), name = name_in(model, entry.name);
    if (is_skipped(name, options)) continue;
    Tensor value = file.read(entry);
    const auto own = state.find(name);
    if (own != state.end()) check_is_finite(value, own->second.dtype(), path, entry.name);
    if (name != plain && own != state.end() && value.numel() == own->second.numel() && value.rank() > 0 && value.size(0) == own->second.size(0))
      value = reshape(value, own->second.shape());
    if (!values.emplace(name, value).second)
      throw StateError(
          fmt::format("[load_weights] {}: two tensors are called {}, one of them '{}'.", printable(path, 200), name, printable(entry.name)));
  }
  return values;
}

}  // namespace

std::string name_in(const Module& model, const std::string& name) {
  const auto* names = dynamic_cast<const KnowsOtherNames*>(&model);
  return names ? names->own_name(unwrapped(name)) : unwrapped(name);
}

StateDifference load_weights(Module& model, const std::string& path, const WeightsOptions& options) {
  if (!file_exists(path))
    throw FileError(fmt::format("[load_weights] there is no file {}. Hint: check the spelling, and the folder you are in.", printable(path, 200)));
  if (is_pickle(path)) refuse_pickle(path);
  const StateDict state = model.state_dict();
  std::vector<std::string> modules;
  for (const auto& [name, module] : model.modules()) modules.push_back(name);
  for (const std::string& s : options.skip)
    if (std::none_of(state.begin(), state.end(), [&](const auto& v) { return is_below(v.first, s); }))
      throw ConfigError(fmt::format("[load_weights] skip: there is nothing at or below '{}' in this {}.{}", printable(s), model.type_name(),
                                    did_you_mean(s, modules)));
  StateDict values = values_of(model, state, path, options);
  const bool some = std::any_of(values.begin(), values.end(), [&](const auto& v) {
    const auto own = state.find(v.first);
    return own != state.end() && own->second.shape() == v.second.shape();
  });
  if (!some && !options.strict)
    throw StateError(fmt::format("[load_weights] {}: none of its {} fits into this {}. Hint: its names are like '{}', the model's like '{}'.",
                                 printable(path, 200), values.size() == 1 ? "tensors (it has one)" : fmt::format("{} tensors", values.size()),
                                 model.type_name(), values.empty() ? "" : printable(values.begin()->first),
                                 state.empty() ? "" : state.begin()->first));
  for (const auto& [name, own] : state)  // what need not be in the file stays as it is
    if (is_skipped(name, options) || is_batch_counter(name)) values.emplace(name, own);
  try {
    return model.load_state_dict(values, options.strict);
  } catch (const StateError& e) { throw StateError(printable(path, 200) + ": " + e.what()); }
}

}  // namespace cairn
