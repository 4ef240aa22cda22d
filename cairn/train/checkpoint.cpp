#include <cairn/train/checkpoint.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/io/safetensors.h>

namespace cairn {

namespace fs = std::filesystem;

namespace {
constexpr const char* tensors_file = "state.safetensors";
constexpr const char* manifest_file = "manifest.json";
constexpr std::string_view prefix = "step-", unfinished = ".writing-", aside = ".damaged-";

// What the manifest's own digest covers: all of it but the digest.
std::string digest_of(const Json& manifest) {
  Json::Object rest;
  for (const auto& member : manifest.as_object())
    if (member.first != "sha256") rest.push_back(member);
  return sha256(Json(std::move(rest)).dump());
}

// The manifest of a checkpoint, verified.
Json manifest_of(const std::string& path) {
  const std::string where = path + "/" + manifest_file;
  Json manifest = Json::parse(read_file(where, 64 << 20), where);
  if (!manifest.is_object() || !manifest.find("format") || !manifest.find("sha256")) throw FileError(where + ": this is no checkpoint's manifest.");
  if (manifest.at("format") != Json(Checkpoint::format))
    throw FileError(where + ": format " + manifest.at("format").dump() + ", this program reads " + std::to_string(Checkpoint::format) + ".");
  if (const Json digest = digest_of(manifest); digest != manifest.at("sha256"))
    throw FileError(where + ": its content has the SHA-256 " + digest.as_string() + ", expected " + manifest.at("sha256").dump() + ".");
  return manifest;
}
}  // namespace

std::string checkpoint_name(int64_t step) {
  char name[32];
  std::snprintf(name, sizeof name, "step-%09lld", static_cast<long long>(step));
  return name;
}

void write_checkpoint(const std::string& folder, const Checkpoint& c) {
  std::map<std::string, Tensor> tensors;
  Json values = Json::object();
  for (const auto& [part, state] : c.parts) {
    values[part] = state.values;
    for (const auto& [path, tensor] : state.tensors) tensors[part + "/" + path] = tensor;
  }
  const std::string name = checkpoint_name(c.step), beside = folder + "/" + std::string(unfinished) + name, path = folder + "/" + name;
  if (!file_exists(folder)) {
    disk().make_folder(folder);
    const std::string parent = fs::path(folder).parent_path().string();
    disk().sync_folder(parent.empty() ? "." : parent);
  }
  disk().remove_all(beside);
  disk().make_folder(beside);
  try {
    save(beside + "/" + tensors_file, tensors);
    Json manifest = Json::object({{"format", Checkpoint::format},
                                  {"step", c.step},
                                  {"tensors", Json::object({{"file", tensors_file},
                                                            {"bytes", file_size(beside + "/" + tensors_file)},
                                                            {"sha256", sha256_file(beside + "/" + tensors_file)}})},
                                  {"values", values},
                                  {"progress", c.progress}});
    if (!c.config.is_null()) manifest["config"] = c.config;
    manifest["sha256"] = digest_of(manifest);
    write_file(beside + "/" + manifest_file, manifest.dump(1));  // syncs the folder, too, and with it both names
    // A run that went on from an older checkpoint comes by this step again.
    if (file_exists(path)) set_aside_checkpoint(path);
    disk().rename(beside, path);
    disk().sync_folder(folder);
  } catch (...) {
    try {
      disk().remove_all(beside);
    } catch (const Error&) {}
    try {
      throw;
    } catch (const FileError& e) {  // the folder beside is nobody's business
      std::string text = e.what();
      for (size_t at; (at = text.find(unfinished)) != std::string::npos;) text.erase(at, unfinished.size());
      throw FileError(text);
    }
  }
}

Checkpoint read_checkpoint(const std::string& path) {
  const Json manifest = manifest_of(path);
  const Json& values = manifest.at("values");
  Checkpoint c;
  c.step = manifest.at("step").as_int();
  c.progress = manifest.at("progress");
  if (const Json* config = manifest.find("config")) c.config = *config;
  const Json& file = manifest.at("tensors");
  const std::string tensors = path + "/" + tensors_file;
  if (!file_exists(tensors)) throw FileError(tensors + ": missing.");
  if (file_size(tensors) != file.at("bytes").as_uint())
    throw FileError(tensors + ": " + std::to_string(file_size(tensors)) + " bytes, expected " + std::to_string(file.at("bytes").as_uint()) + ".");
  if (const std::string digest = sha256_file(tensors); digest != file.at("sha256").as_string())
    throw FileError(tensors + ": SHA-256 " + digest + ", expected " + file.at("sha256").as_string() + ".");
  for (const auto& [part, v] : values.as_object()) c.parts[part].values = v;
  for (auto& [name, tensor] : load(tensors)) {
    const size_t slash = name.find('/');
    if (slash == std::string::npos) throw FileError(tensors + ": tensor '" + name + "' belongs to no part.");
    c.parts[name.substr(0, slash)].tensors[name.substr(slash + 1)] = tensor;
  }
  return c;
}

std::vector<std::string> list_checkpoints(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().filename().string().starts_with(prefix)) found.push_back(entry.path().string());
  // By number: the names of very long trainings have more digits.
  std::sort(found.begin(), found.end(), [](const std::string& a, const std::string& b) { return std::pair(a.size(), a) < std::pair(b.size(), b); });
  return found;
}

bool newest_sound_checkpoint(const std::string& folder, Checkpoint& c, std::vector<std::string>& problems) {
  std::vector<std::string> found = list_checkpoints(folder);
  for (auto it = found.rbegin(); it != found.rend(); ++it) {
    try {
      c = read_checkpoint(*it);
      return true;
    } catch (const Error& e) { problems.push_back(std::string("skipped a damaged checkpoint: ") + e.what()); }
  }
  return false;
}

Json noted_config(const std::string& folder, int64_t& step) {
  std::vector<std::string> found = list_checkpoints(folder);
  for (auto it = found.rbegin(); it != found.rend(); ++it) {
    try {
      const Json manifest = manifest_of(*it);
      step = manifest.at("step").as_int();
      const Json* config = manifest.find("config");
      return config ? *config : Json();
    } catch (const Error&) {}  // who reads the whole of it says so
  }
  return nullptr;
}

void set_aside_checkpoint(const std::string& path) {
  const fs::path from(path);
  const std::string to = (from.parent_path() / (std::string(aside) + from.filename().string())).string();
  disk().remove_all(to);
  disk().rename(path, to);
}

void prune_checkpoints(const std::string& folder, const std::string& best) {
  std::vector<std::string> found = list_checkpoints(folder);
  for (size_t i = 0; i + 2 < found.size(); i++)
    if (fs::path(found[i]).filename() != best) disk().remove_all(found[i]);
  std::error_code error;
  std::vector<std::string> leftovers;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (const std::string name = entry.path().filename().string(); name.starts_with(unfinished) || name.starts_with(aside))
      leftovers.push_back(entry.path().string());
  for (const std::string& path : leftovers) disk().remove_all(path);
}

}  // namespace cairn
