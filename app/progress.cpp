#include <app/progress.h>

#include <cstdio>

#include <fmt/format.h>

#include <cairn/base/system.h>
#include <cairn/base/text.h>

namespace cairn {

namespace {

constexpr double redraw_seconds = 0.1;  // often enough for the eye, too rare to cost anything
constexpr int bar_width = 24;

std::string numbers(const Totals& t) {
  std::string text = fmt::format("loss {:.4f}", t.mean_loss());
  if (t.classifies) text += fmt::format("  accuracy {:.2f} %", 100 * t.accuracy());
  return text;
}

}  // namespace

void Progress::on_start(int64_t epochs, int64_t steps_per_epoch) {
  epochs_ = epochs;
  steps_ = steps_per_epoch;
}

void Progress::on_step(const StepReport& r) {
  if (!session_.terminal() || session_.json()) return;
  if (r.seconds - drawn_ < redraw_seconds && r.seconds >= drawn_) return;
  drawn_ = r.seconds;
  const int filled = int(bar_width * r.step / std::max<int64_t>(1, r.steps));
  std::string bar;
  for (int i = 0; i < bar_width; i++) bar += i < filled ? "━" : "╌";
  const double rate = double(r.step) / r.seconds;
  const double left = (double(r.steps - r.step) + double(epochs_ - r.epoch) * double(r.steps)) / rate;
  std::printf("\r\x1b[Kepoch %lld/%lld %s %s  %s/s  %s left", static_cast<long long>(r.epoch), static_cast<long long>(epochs_), bar.c_str(),
              numbers(*r.train).c_str(), fmt::format("{:.0f} steps", rate).c_str(), human_seconds(left).c_str());
  std::fflush(stdout);
}

void Progress::on_epoch(const EpochReport& r) {
  drawn_ = 0;
  session_.event(r.to_json());
  if (session_.json()) return;
  std::string line = fmt::format("epoch {}/{}  train {}", r.epoch, epochs_, numbers(r.train));
  if (r.val) line += "  |  validation " + numbers(*r.val);
  line += "  " + human_seconds(r.seconds);
  if (session_.terminal()) std::printf("\r\x1b[K");
  session_.say(line);
}

}  // namespace cairn
