// A web server on this machine for the tests of downloads (http_server.py says what its addresses do), as long as the object lives.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include <cairn/base/disk.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {

class HttpServer {
 public:
  HttpServer() {
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    child_ = fork();
    if (child_ == 0) {
      dup2(in[0], 0);
      dup2(out[1], 1);
      execlp("python3", "python3", CAIRN_SOURCE_DIR "/tests/helpers/http_server.py", folder.path().c_str(), nullptr);
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    stdin_ = in[1];
    std::string line;
    for (char c; line.find('\n') == std::string::npos && read(out[0], &c, 1) == 1;) line += c;
    close(out[0]);
    port_ = std::atoi(line.c_str());
  }
  ~HttpServer() {
    close(stdin_);
    waitpid(child_, nullptr, 0);
  }
  HttpServer(const HttpServer&) = delete;

  bool runs() const { return port_ > 0; }  // python3 is here
  std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port_) + "/" + path; }
  std::string requests() const { return file_exists(folder / "requests") ? read_file(folder / "requests") : ""; }
  void forget_requests() const { std::filesystem::remove(folder / "requests"); }

  TempFolder folder;  // what it serves

 private:
  pid_t child_ = 0;
  int stdin_ = -1, port_ = 0;
};

}  // namespace cairn
