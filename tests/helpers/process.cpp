#include <tests/helpers/process.h>

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace cairn {

namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

[[noreturn]] void become(const std::vector<std::string>& argv, const ProcessOptions& o, int out, int err) {
  for (const auto& [name, value] : o.environment) setenv(name.c_str(), value.c_str(), 1);
  if (!o.folder.empty() && chdir(o.folder.c_str()) != 0) _exit(125);
  if (o.file_limit >= 0) {
    const rlimit limit{rlim_t(o.file_limit), rlim_t(o.file_limit)};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  if (o.user >= 0 && (setgroups(0, nullptr) != 0 || setgid(gid_t(o.user)) != 0 || setuid(uid_t(o.user)) != 0)) _exit(124);
  if (!o.output.empty()) out = open(o.output.c_str(), O_WRONLY | O_CREAT, 0644);
  dup2(open("/dev/null", O_RDONLY), 0);
  dup2(out, 1);
  dup2(err, 2);
  std::vector<char*> words;
  for (const std::string& w : argv) words.push_back(const_cast<char*>(w.c_str()));
  words.push_back(nullptr);
  execv(words[0], words.data());
  _exit(126);
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& argv, const ProcessOptions& o) {
  int out[2], err[2];
  if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child == 0) become(argv, o, out[1], err[1]);
  close(out[1]);
  close(err[1]);

  constexpr double silence = 60;
  ProcessResult result;
  double heard = now(), due = o.kill_after_ms >= 0 && o.when.empty() ? heard + 1e-3 * o.kill_after_ms : -1;
  bool sent = o.kill_after_ms < 0;
  pollfd ends[2] = {{out[0], POLLIN, 0}, {err[0], POLLIN, 0}};
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    if (!sent && due < 0 && result.out.find(o.when) != std::string::npos) due = now() + 1e-3 * o.kill_after_ms;
    if (!sent && due >= 0 && now() >= due) {
      kill(child, o.signal);
      sent = true;
    }
    if (now() - heard > silence) {
      kill(child, SIGKILL);
      result.err += "\n(killed: it was silent for 60 s)\n";
      heard = now();
    }
    const int wait = !sent && due >= 0 ? std::max(0, int(1e3 * (due - now()))) : 1000;
    if (poll(ends, 2, wait) <= 0) continue;
    for (int i = 0; i < 2; i++) {
      if (ends[i].fd < 0 || !ends[i].revents) continue;
      char piece[4096];
      const ssize_t n = read(ends[i].fd, piece, sizeof piece);
      if (n > 0) {
        (i == 0 ? result.out : result.err).append(piece, size_t(n));
        heard = now();
      } else {
        close(ends[i].fd);
        ends[i].fd = -1;
      }
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status)) result.code = WEXITSTATUS(status);
  else result.signal = WTERMSIG(status);
  return result;
}

}  // namespace cairn
