#include <app/progress.h>

#include <cstdio>

#include <fmt/format.h>

#include <app/prose.h>
#include <cairn/base/columns.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>

namespace cairn {

namespace {

constexpr double redraw_seconds = 0.1;  // often enough for the eye, too rare to cost anything
constexpr double patience_seconds = 1;  // what takes less time needs no explanation
constexpr int widest_bar = 24, narrowest_bar = 4;

std::string numbers(const Totals& t, const char* loss, const char* accuracy) {
  std::string text = fmt::format("{} {:.4f}", loss, t.mean_loss());
  if (t.classifies) text += fmt::format("  {}{:.2f} %", accuracy, 100 * t.accuracy());
  return text;
}

}  // namespace

std::string progress_line(const Terminal& terminal, const StepReport& r, int64_t epochs) {
  const double rate = double(r.step) / r.seconds, left = (double(r.steps - r.step) + double(epochs - r.epoch) * double(r.steps)) / rate;
  const std::string head = fmt::format("epoch {}/{} ", r.epoch, epochs);
  // A line that wraps could not be redrawn: what matters least goes first.
  const size_t room = size_t(std::max(1, terminal.columns - 1));
  std::string tail;
  const std::string time = "  " + human_seconds(left) + " left", score = numbers(*r.train, "loss", "accuracy "), loss = numbers(*r.train, "loss", "");
  for (const std::string& t : {score + fmt::format("  {:.0f} steps/s", rate) + time, score + time, loss + time, loss}) {
    tail = t;
    if (head.size() + size_t(narrowest_bar) + 1 + tail.size() <= room) break;
  }
  const int64_t bar = std::min<int64_t>(widest_bar, int64_t(room) - int64_t(head.size() + 1 + tail.size()));
  if (bar < narrowest_bar) return (head + tail).substr(0, room);
  std::string text = head;
  const int64_t filled = bar * r.step / std::max<int64_t>(1, r.steps);
  for (int64_t i = 0; i < bar; i++) text += terminal.unicode ? (i < filled ? "━" : "╌") : (i < filled ? "#" : ".");
  return text + " " + tail;
}

std::string epoch_line(const EpochReport& r, int64_t epochs, size_t columns) {
  const double left = double(epochs - r.epoch) * r.seconds;
  const std::string which = fmt::format("{}/{}  ", r.epoch, epochs), loss = numbers(r.train, "loss", "accuracy ");
  const std::string scores = "epoch " + which + loss + (r.val ? "  " + numbers(*r.val, "validation", "") : "");
  const std::string timed = scores + "  " + human_seconds(r.seconds);
  const std::string whole = timed + (left >= 10 ? ", " + human_seconds(left) + " left" : "");
  if (columns >= 80) return whole;
  std::vector<std::string> lines = {whole, timed, scores};
  if (r.val) {  // what was seen in training matters less than what was not
    const std::string train = fmt::format("loss {:.4f}  ", r.train.mean_loss());
    lines.push_back("epoch " + which + train + numbers(*r.val, "val", ""));
    lines.push_back(which + train + numbers(*r.val, "val", ""));
    lines.push_back(which + numbers(*r.val, "val", ""));
  } else {
    lines.push_back("epoch " + which + numbers(r.train, "loss", ""));
    lines.push_back(which + numbers(r.train, "loss", ""));
  }
  for (const std::string& line : lines)
    if (line.size() <= columns) return line;
  return lines.back();
}

void Progress::on_start(int64_t epochs, int64_t steps_per_epoch) {
  epochs_ = epochs;
  steps_ = steps_per_epoch;
}

void Progress::on_step(const StepReport& r) {
  if (!session_.terminal() || session_.json()) return;
  if (r.seconds - drawn_ < redraw_seconds && r.seconds >= drawn_) return;
  drawn_ = r.seconds;
  std::printf("\r\x1b[K%s", progress_line(terminal_, r, epochs_).c_str());
  std::fflush(stdout);
}

void Progress::on_epoch(const EpochReport& r) {
  drawn_ = 0;
  const double left = double(epochs_ - r.epoch) * r.seconds;
  Json event = r.to_json();
  event["seconds_left"] = left;
  session_.event(event);
  if (session_.json()) return;
  if (session_.terminal()) std::printf("\r\x1b[K");
  session_.say(epoch_line(r, epochs_, table_width()));
}

std::string ReadingLine::after(int64_t done, int64_t all, double seconds) {
  if (done >= all) return erased();
  if (seconds < patience_seconds || (said_ && (!redraws_ || seconds - drawn_ < redraw_seconds))) return "";
  said_ = true;
  drawn_ = seconds;
  const std::string what = verb_ + " " + thousands(all) + " " + things_;
  return redraws_ ? fmt::format("\r\x1b[K{} ... {} %", what, 100 * done / all) : what + note_ + "\n";
}

std::string ReadingLine::erased() {
  if (!redraws_ || !said_) return "";
  said_ = false;
  return "\r\x1b[K";
}

namespace {

std::function<void(int64_t done, int64_t all)> printed(const Session& session, ReadingLine line) {
  if (session.json()) return {};
  struct Printed {
    ReadingLine line;
    double start = seconds_now();
    static void print(const std::string& text) {
      std::fputs(text.c_str(), stdout);
      std::fflush(stdout);
    }
    explicit Printed(ReadingLine l) : line(std::move(l)) {}
    ~Printed() { print(line.erased()); }  // the reading ended by an error, which stands on a line of its own
  };
  return [p = std::make_shared<Printed>(std::move(line))](int64_t done, int64_t all) {
    Printed::print(p->line.after(done, all, seconds_now() - p->start));
  };
}

// Tells how far a pass over a data set is, at each batch that is asked for.
class Watched : public Dataset {
 public:
  Watched(DatasetRef data, std::function<void(int64_t done, int64_t all)> tell) : data_(std::move(data)), tell_(std::move(tell)) {}
  int64_t size() const override { return data_->size(); }
  std::vector<std::string> names() const override { return data_->names(); }
  Batch read(Indices indices, const Pass& pass) const override {
    Batch batch = data_->read(indices, pass);
    if (!indices.empty()) tell_(indices.back() + 1, size());
    return batch;
  }

 private:
  DatasetRef data_;
  std::function<void(int64_t done, int64_t all)> tell_;
};

}  // namespace

std::function<void(int64_t done, int64_t all)> reading_progress(const Session& session) { return printed(session, ReadingLine(session.terminal())); }

std::shared_ptr<Dataset> watched_test(const Session& session, std::shared_ptr<Dataset> test) {
  auto tell = printed(session, ReadingLine(session.terminal(), "testing", "examples", ""));
  return tell ? std::make_shared<Watched>(std::move(test), std::move(tell)) : test;
}

}  // namespace cairn
