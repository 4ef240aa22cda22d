// The program as a user starts it: what it printed, how it ended; with a time to live, a limit on files, a folder to work in.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace cairn {

inline const std::string program = CAIRN_BINARY_DIR "/cairn";

struct ProcessOptions {
  std::string folder;                              // where it runs; empty: here
  std::map<std::string, std::string> environment;  // on top of ours
  int kill_after_ms = -1;                          // SIGKILL then; -1: never
  int signal = 9;                                  // what to send instead
  std::string when;                                // send it when this text has been printed (and then the milliseconds)
  long file_limit = -1;                            // RLIMIT_FSIZE in bytes
  int user = -1;                                   // becomes that user before it starts; -1: stays who we are
  std::string output;                              // a file that standard output goes to; empty: it is collected
};

struct ProcessResult {
  int code = -1;   // the exit code; -1 when a signal ended it
  int signal = 0;  // the signal that ended it
  std::string out, err;
};

// Runs argv[0] without a shell. A process that neither ends nor speaks for 60 s is killed, and `err` says so.
ProcessResult run_process(const std::vector<std::string>& argv, const ProcessOptions& options = {});

}  // namespace cairn
