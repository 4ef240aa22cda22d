#include <bench/process.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

extern char** environ;

namespace cairn {

namespace {

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> p;
  for (std::string& w : words) p.push_back(w.data());
  p.push_back(nullptr);
  return p;
}

std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& variables) {
  std::vector<std::string> all;
  for (char** e = environ; *e; e++) {
    bool replaced = false;
    for (const auto& [name, value] : variables) replaced |= std::string_view(*e).starts_with(name + "=");
    if (!replaced) all.push_back(*e);
  }
  for (const auto& [name, value] : variables) all.push_back(name + "=" + value);
  return all;
}

std::string read_all(int file) {
  std::string text;
  char buffer[4096];
  for (;;) {
    const ssize_t n = read(file, buffer, sizeof buffer);
    if (n > 0) text.append(buffer, size_t(n));
    else if (n == 0 || errno != EINTR) return text;
  }
}

}  // namespace

std::string run_program(const std::vector<std::string>& words, const std::vector<std::pair<std::string, std::string>>& variables) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw FileError(std::string("no pipe to another program: ") + std::strerror(errno));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  std::vector<std::string> arguments = words, environment = environment_with(variables);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, words[0].c_str(), &actions, nullptr, pointers_to(arguments).data(), pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string text;
  int status = 0;
  if (!failed) {
    text = read_all(ends[0]);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  }
  close(ends[0]);
  if (failed) throw FileError("cannot start '" + printable(words[0]) + "': " + std::strerror(failed) + ".");
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw FileError("`" + printable(join(words, " "), 200) + "` " +
                    (WIFEXITED(status) ? "ended with exit code " + std::to_string(WEXITSTATUS(status))
                                       : "was ended by signal " + std::to_string(WTERMSIG(status))) +
                    ".");
  return text;
}

std::string own_program() {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) throw FileError("/proc/self/exe does not say where this program lies: " + error.message());
  return path.string();
}

}  // namespace cairn
