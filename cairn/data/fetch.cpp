// Bringing a data set into the cache: by copying from a mirror, or from its home with the program curl. A file is written beside under
// another name, verified, synced and renamed: what has its name in the cache is whole.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <vector>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <cairn/data/registry.h>
#include <cairn/io/bytes.h>
#include <cairn/io/tar.h>

extern char** environ;

namespace cairn {
namespace {

namespace fs = std::filesystem;

struct Ended {
  int status = -1;  // -1: there is no such program
  std::string output;
};

// Runs a program without a shell and collects its standard output.
Ended run_program(std::vector<std::string> words) {
  std::vector<char*> argv;
  for (std::string& w : words) argv.push_back(w.data());
  argv.push_back(nullptr);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw FileError(std::string("cannot run ") + argv[0] + ": no pipe.");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  Ended e;
  for (char piece[512]; !failed;) {
    const ssize_t n = ::read(ends[0], piece, sizeof piece);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    e.output.append(piece, size_t(n));
  }
  ::close(ends[0]);
  if (failed) return e;
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return e;
  if (!WIFEXITED(status)) e.status = 128;
  else if (WEXITSTATUS(status) != 127) e.status = WEXITSTATUS(status);
  return e;
}

// Why a file does not hold what it should hold; empty when it does.
std::string mismatch(const DataFile& file, const std::string& path) {
  try {
    ContentDigest d = content_digest(path);
    if (file.bytes && d.bytes != file.bytes) return fmt::format("expected {} bytes of content, found {}", file.bytes, d.bytes);
    if (*file.sha256 && d.sha256 != file.sha256) return fmt::format("expected the SHA-256 {}, found {}", file.sha256, d.sha256);
  } catch (const FileError& e) {  // it does not even unpack: the words without a hint of their own
    std::string words = e.what();
    words.resize(std::min(words.size(), words.find(" Hint:")));
    while (words.ends_with('.') || words.ends_with('\n')) words.pop_back();
    return words;
  }
  return "";
}

// The path, or the one without .gz where somebody unpacked the file; "" when neither is there.
std::string packed_or_not(const std::string& path) {
  if (file_exists(path)) return path;
  const std::string plain = path.ends_with(".gz") ? path.substr(0, path.size() - 3) : "";
  return !plain.empty() && file_exists(plain) ? plain : "";
}

std::string by_hand(const DatasetInfo& info) {
  return fmt::format("copy the files yourself and name their folder: cairn data get {} --from DIR", info.name);
}

void copy_durably(const std::string& from, const std::string& to) {
  const ByteSource source(from);
  write_file(to, [&](const Sink& sink) {
    std::vector<char> piece(1 << 20);
    for (uint64_t at = 0; at < source.size(); at += piece.size()) {
      size_t n = size_t(std::min<uint64_t>(piece.size(), source.size() - at));
      source.read(at, piece.data(), n, "data");
      sink(piece.data(), n);
    }
  });
}

// Fetches an address into `part`, going on where that file ends.
void fetch(const DatasetInfo& info, const char* url, const std::string& part) {
  // The bar is for a person; what went wrong is said by the error below.
  const std::vector<std::string> words = {"curl",
                                          isatty(2) ? "--progress-bar" : "--silent",
                                          "--fail",
                                          "--location",
                                          "--retry",
                                          "3",
                                          "--connect-timeout",
                                          "20",
                                          "--proto",
                                          "=http,https",
                                          "--write-out",
                                          "%{http_code} %{errormsg}",
                                          "--continue-at",
                                          "-",
                                          "--output",
                                          part,
                                          url};
  Ended e = run_program(words);
  // A server that cannot go on where a file ends (33, 36), or has less than that (416), is asked for the whole.
  if (file_exists(part) && (e.status == 33 || e.status == 36 || e.output.starts_with("416"))) {
    disk().remove_all(part);
    e = run_program(words);
  }
  if (e.status == -1)
    throw FileError(fmt::format("cannot fetch {}: the program curl is not installed. Hint: apt install curl, or {}.", url, by_hand(info)));
  if (e.status == 0 && file_exists(part)) return;
  const std::string code = e.output.substr(0, 3);
  std::string why = code >= "400" && code <= "599" ? "the server answers " + code : fmt::format("curl ended with status {}", e.status);
  if (code < "400" && e.output.size() > 4) why += " (" + printable(e.output.substr(4), 200) + ")";
  throw FileError(fmt::format("cannot fetch {}: {}. Hint: run the command again to go on where it stopped, or {}.", url, why, by_hand(info)));
}

// Takes a verified file over; one that is wrong is removed, so that the next try begins anew.
void finish(const DatasetInfo& info, const char* url, const std::string& part, const std::string& to, const std::string& wrong) {
  if (!wrong.empty()) {
    disk().remove_all(part);
    throw FileError(fmt::format("{} is not what it should be: {}. It was removed. Hint: try again, or {}.", url, wrong, by_hand(info)));
  }
  int f = disk().append(part);
  disk().sync(f);
  disk().close(f);
  disk().rename(part, to);
  disk().sync_folder(fs::path(to).parent_path().string());
}

void download(const DatasetInfo& info, const DataFile& file, const std::string& to) {
  const std::string part = to + ".part";
  // What was stopped between the last byte and the name needs no network.
  if (!file_exists(part) || !mismatch(file, part).empty()) fetch(info, file.url, part);
  finish(info, file.url, part, to, mismatch(file, part));
}

// Every file of the data set out of an archive, each verified before it gets its name. Names in the archive are only compared.
void unpack(const DatasetInfo& info, const std::string& archive, const std::string& folder) {
  const ByteSource source(archive);
  TarReader tar(source);
  size_t found = 0;
  while (auto entry = tar.next())
    for (const DataFile& file : info.files) {
      if (!entry->file || fs::path(entry->name).filename() != file.name) continue;
      const std::string contents = tar.read(file.bytes);
      if (contents.size() != file.bytes || (*file.sha256 && sha256(contents) != file.sha256))
        throw FileError(fmt::format("{}: its file {} is not what it should be (expected {} bytes{}{}). Hint: fetch it again.", archive, file.name,
                                    file.bytes, *file.sha256 ? " with the SHA-256 " : "", file.sha256));
      write_file(folder + "/" + file.name, contents);
      found++;
      break;
    }
  if (found != info.files.size()) throw FileError(fmt::format("{} holds {} of the {} files of {}.", archive, found, info.files.size(), info.name));
}

std::string archive_mismatch(const DatasetInfo& info, const std::string& path) {
  const std::string digest = sha256_file(path);
  return digest == info.archive.sha256 ? "" : fmt::format("expected the SHA-256 {}, found {}", info.archive.sha256, digest);
}

// The data set's archive, from a folder, or fetched. False when there is none and nothing was asked of the network.
bool take_archive(const DatasetInfo& info, const std::string& from, const std::string& folder, const std::function<void(const std::string&)>& tell,
                  bool network) {
  std::string archive = look_for_data_file(info, info.archive.name, from);
  if (archive.empty()) {
    if (!network) return false;
    archive = folder + "/" + info.archive.name;
    tell(fmt::format("{}: fetching {}", info.archive.name, info.archive.url));
    fetch(info, info.archive.url, archive + ".part");
    finish(info, info.archive.url, archive + ".part", archive, archive_mismatch(info, archive + ".part"));
  } else if (std::string wrong = archive_mismatch(info, archive); !wrong.empty()) {
    throw FileError(fmt::format("{}: {}. Hint: this copy is damaged or of another data set; nothing was taken.", archive, wrong));
  }
  unpack(info, archive, folder);
  tell(fmt::format("{}: unpacked", archive));
  if (archive == folder + "/" + info.archive.name) disk().remove_all(archive);
  return true;
}

}  // namespace

ContentDigest content_digest(const std::string& path) {
  ByteSource source(path);
  Unpacker in(source);
  if (!in.packed()) return {source.size(), sha256_file(path)};
  std::string all;  // sha256() takes a whole; the largest file here unpacks to 47 MB
  constexpr size_t piece = 4 << 20, limit = size_t{1} << 31;
  for (;;) {
    size_t before = all.size();
    if (before >= limit) throw FileError(path + ": unpacks to more than 2 GiB, which no data set here does.");
    all.resize(before + piece);
    size_t n = in.read(all.data() + before, piece);
    all.resize(before + n);
    if (n < piece) break;
  }
  return {all.size(), sha256(all)};
}

std::string get_dataset(const DatasetInfo& info, const std::string& from, const std::function<void(const std::string&)>& say) {
  auto tell = [&](const std::string& line) {
    if (say) say(line);
  };
  const std::string folder = data_cache_folder() + "/" + info.name;
  std::string where = folder;
  disk().make_folder(folder);
  struct Sweeper {  // nothing is left behind where nothing was kept
    const std::string& folder;
    ~Sweeper() {
      std::error_code error;
      fs::remove(folder, error);  // an empty one only
    }
  } sweeper{folder};
  for (const DataFile& file : info.files) {
    const std::string target = folder + "/" + file.name, there = packed_or_not(target);
    if (!there.empty() && mismatch(file, there).empty()) {
      tell(fmt::format("{}: already there", file.name));
      continue;
    }
    // A folder that was named is the only source; otherwise the mirror, the package, and at last the network.
    std::string source;
    for (const std::string& place : {from.empty() ? "" : from + "/" + info.name + "/" + file.name, from.empty() ? "" : from + "/" + file.name,
                                     from.empty() ? env("CAIRN_DATA_MIRROR") + "/" + info.name + "/" + file.name : "",
                                     from.empty() && *info.system_folder ? std::string(info.system_folder) + "/" + file.name : ""})
      if (source.empty() && !place.empty()) source = packed_or_not(place);
    if (!source.empty()) {
      if (std::string wrong = mismatch(file, source); !wrong.empty())
        throw FileError(fmt::format("{}{}. Hint: this copy is damaged or of another data set; nothing was taken.",
                                    wrong.find(source) == std::string::npos ? source + ": " : "", wrong));
      const std::string name = fs::path(source).filename().string();
      copy_durably(source, folder + "/" + name);
      tell(fmt::format("{}: {} from {}", name, human_bytes(file_size(source)), source));
      continue;
    }
    // What takes its place: the archive of its home, another form in a mirror, and at last the network.
    const bool archived = *info.archive.name;
    if (archived && take_archive(info, from, folder, tell, false)) return folder;
    if (info.convert && info.convert(info, from, folder, tell)) return folder;
    if (archived && from.empty() && take_archive(info, from, folder, tell, true)) return folder;
    if (!from.empty()) throw FileError(fmt::format("{} holds neither {}/{} nor {}.", from, info.name, file.name, file.name));
    if (*file.url) {
      tell(fmt::format("{}: fetching {}", file.name, file.url));
      download(info, file, target);
      continue;
    }
    where = fs::path(find_data_file(info, file.name, from)).parent_path().string();  // else it says where it looked
    tell(fmt::format("{}: comes with Cairn", file.name));
  }
  return where;
}

}  // namespace cairn
