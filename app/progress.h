// Progress of a training: a bar that redraws itself on a terminal, plain lines in a log, JSON lines for a program.
#pragma once

#include <functional>

#include <app/command.h>
#include <cairn/plot/terminal.h>
#include <cairn/train/trainer.h>

namespace cairn {

// One line with a bar: epoch, loss, rate, time left; what does not fit the terminal is left out. At most columns - 1 wide.
std::string progress_line(const Terminal& terminal, const StepReport& r, int64_t epochs);

// One line of a finished epoch: loss, validation, time; below 80 columns what does not fit is left out.
std::string epoch_line(const EpochReport& r, int64_t epochs, size_t columns);

class Progress : public Callback {
 public:
  explicit Progress(const Session& session) : session_(session) {}
  void on_start(int64_t epochs, int64_t steps_per_epoch) override;
  void on_step(const StepReport& r) override;
  void on_epoch(const EpochReport& r) override;
 private:
  const Session& session_;
  Terminal terminal_ = Terminal::of(1);
  int64_t epochs_ = 0, steps_ = 0;
  double drawn_ = 0;  // when the bar was drawn last
};

// What is printed while pictures are read before a training: "reading 12,000 pictures ... 35 %", redrawn on a terminal, one plain line in a log;
// nothing where all are read within a second. Other work on many things names itself by `verb`, `things` and what a log is told beside.
class ReadingLine {
 public:
  explicit ReadingLine(bool redraws, std::string verb = "reading", std::string things = "pictures",
                       std::string note = " (once: they are kept as they are decoded)")
      : redraws_(redraws), verb_(std::move(verb)), things_(std::move(things)), note_(std::move(note)) {}
  std::string after(int64_t done, int64_t all, double seconds);  // what to print now; often ""
  std::string erased();                                          // what takes the line away again, for instance before an error; "" without one
 private:
  bool redraws_, said_ = false;
  std::string verb_, things_, note_;
  double drawn_ = 0;
};
// For Recipe::reading; empty under --json.
std::function<void(int64_t done, int64_t all)> reading_progress(const Session& session);
// The same examples; who reads them from the first to the last is seen to come on: "testing 10,000 examples ... 35 %".
std::shared_ptr<Dataset> watched_test(const Session& session, std::shared_ptr<Dataset> test);

}  // namespace cairn
