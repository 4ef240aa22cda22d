// Progress of a training: a bar that redraws itself on a terminal, plain lines in a log, JSON lines for a program.
#pragma once

#include <app/command.h>
#include <cairn/train/trainer.h>

namespace cairn {

class Progress : public Callback {
 public:
  explicit Progress(const Session& session) : session_(session) {}
  void on_start(int64_t epochs, int64_t steps_per_epoch) override;
  void on_step(const StepReport& r) override;
  void on_epoch(const EpochReport& r) override;
 private:
  const Session& session_;
  int64_t epochs_ = 0, steps_ = 0;
  double drawn_ = 0;  // when the bar was drawn last
};

}  // namespace cairn
