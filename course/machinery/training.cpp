#include <course/machinery/training.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include <cairn/base/columns.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <course/machinery/checking.h>
#include <course/machinery/prose.h>
#include <course/machinery/run_messages.h>
#include <course/machinery/toml.h>
#include <course/machinery/toolchain.h>

namespace cairn::course {

namespace {

// A file that lies in memory only and has no name; a program that is started inherits it.
class MemoryFile {
 public:
  MemoryFile() {
    const int made = memfd_create("cairn-pictures", MFD_CLOEXEC);
    // Above the descriptors that the program gets.
    file_ = made < 0 ? -1 : fcntl(made, F_DUPFD, 20);
    if (made >= 0) close(made);
    if (file_ < 0) throw FileError(std::string("no memory can be shared with the training: ") + std::strerror(errno));
  }
  ~MemoryFile() { close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  void write(const void* bytes, size_t n) const {
    const auto* at = static_cast<const char*>(bytes);
    while (n > 0) {
      const ssize_t done = ::write(file_, at, n);
      if (done < 0 && errno == EINTR) continue;
      if (done <= 0) throw FileError(std::string("the pictures cannot be handed to the training: ") + std::strerror(errno));
      at += done, n -= size_t(done);
    }
  }
  int descriptor() const { return file_; }
 private:
  int file_;
};

// Both splits of a data set, as trainer.cpp reads them. The labels of the test pictures stay here.
struct Pictures {
  MemoryFile file;
  std::vector<int64_t> answers;
  int64_t classes = 0;
  std::string note;
};

int64_t at_most(int64_t n, int64_t most) { return most > 0 ? std::min(n, most) : n; }

void put(const Labelled& part, int64_t n, bool labels, const MemoryFile& file) {
  const Tensor x = part.x.contiguous();
  file.write(x.array().ptr<uint8_t>(), size_t(n * x.size(1) * x.size(2) * x.size(3)));
  if (!labels) return;
  const Tensor y = part.y.contiguous();
  const auto* from = y.array().ptr<int64_t>();
  const std::vector<uint8_t> bytes(from, from + n);
  file.write(bytes.data(), bytes.size());
}

std::unique_ptr<Pictures> pictures_of(const std::string& name, const TrainingPlan& project, const TrainingData& data) {
  const std::optional<Labelled> train = data(name, "train");
  if (!train) return nullptr;
  const std::optional<Labelled> test = data(name, "test");
  if (!test) return nullptr;
  for (const Labelled* part : {&*train, &*test})
    if (!part->pictures() || part->x.dtype() != u8 || part->classes.size() > 256 || part->size() == 0)
      throw FileError("the data set " + name + " holds no pictures with classes: a project cannot train on it.");
  auto p = std::make_unique<Pictures>();
  const int64_t known = at_most(train->size(), project.most_train), unknown = at_most(test->size(), project.most_test);
  const int64_t header[8] = {0x4341524e50413031, train->x.size(1), train->x.size(2), train->x.size(3), known, unknown, 0, 0};
  p->file.write(header, sizeof header);
  put(*train, known, true, p->file);
  put(*test, unknown, false, p->file);
  const Tensor y = test->y.contiguous();
  p->answers.assign(y.array().ptr<int64_t>(), y.array().ptr<int64_t>() + unknown);
  p->classes = int64_t(train->classes.size());
  p->note = train->note;
  return p;
}

std::string title_of(const std::string& data) {
  for (const DatasetInfo* d : all_datasets())
    if (data == d->name) return d->title;
  return data;
}

// What the trainer has said so far, line by line.
struct Heard {
  std::vector<double> losses;
  std::optional<std::vector<int64_t>> predictions;
  std::optional<std::string> thrown;
  size_t read = 0;

  void take(const std::string& channel) {
    const size_t end = channel.rfind('\n') + 1;  // 0 where there is none
    if (end <= read) return;
    for (const Json& line : json_lines(channel.substr(read, end - read))) {
      if (const Json* loss = line.find("loss")) losses.push_back(loss->is_number() ? loss->as_double() : std::nan(""));
      if (const Json* words = line.find("thrown"); words && words->is_string()) thrown = words->as_string();
      const Json* list = line.find("predictions");
      if (!list || !list->is_array()) continue;
      predictions.emplace();
      for (const Json& c : list->as_array()) predictions->push_back(c.is_int() ? c.as_int() : -1);
    }
    read = end;
  }
};

std::string percent(double v) { return fmt::format("{:.1f} %", v); }

// Right ones of all, and which class is said of every picture, if one is.
void score(Trained& t, const std::vector<int64_t>& said, const Pictures& p) {
  const auto n = int64_t(p.answers.size());
  t.pictures = n;
  t.kind = Trained::falls_short;
  if (int64_t(said.size()) != n) {
    t.sentence = fmt::format("classify_with_{} gives {} classes for {} pictures: one is asked for each picture of `unknown`, in their order.", t.part,
                             said.size(), n);
    return;
  }
  int64_t right = 0;
  for (int64_t i = 0; i < n; i++) {
    if (said[size_t(i)] < 0 || said[size_t(i)] >= p.classes) {
      t.sentence = fmt::format("classify_with_{} says class {} of picture {}; classes are 0 to {}.", t.part, said[size_t(i)], i, p.classes - 1);
      return;
    }
    right += said[size_t(i)] == p.answers[size_t(i)];
  }
  t.score = 100.0 * double(right) / double(n);
  if (100 * double(right) >= t.goal * double(n)) {
    t.kind = Trained::reached;
    return;
  }
  t.sentence = fmt::format("{} of the {} test pictures are right; the goal is {:g} %.", percent(t.score), n, t.goal);
  if (std::all_of(said.begin(), said.end(), [&](int64_t c) { return c == said[0]; }))
    t.sentence += fmt::format(" Every one of them is called class {}: nothing has been learned, or it is not used.", said[0]);
  else if (t.epochs == 0) t.sentence += " report(loss) was never called: does it train at all?";
  else if (t.last_loss >= t.first_loss && t.epochs > 1)
    t.sentence += " The loss has not fallen: try a tenth of the learning rate, and then ten times as much.";
  else
    t.sentence +=
        " The loss has fallen: more epochs, another learning rate or batch, inputs scaled around 0 and, for the network, more hidden units are what "
        "moves it now.";
}

// How a training ended that said no predictions.
std::string broken(const Trained& t, const Ended& ended, const Heard& h, const TrainingPlan& project) {
  const std::string where = t.epochs > 0 ? fmt::format(" after epoch {} (loss {:.4g})", t.epochs, t.last_loss) : std::string(" in the first epoch");
  const std::string memory = fmt::format(
      "the training asks for more memory than the {} MiB that it may use{}: are there copies of all pictures, or lists that grow without end?",
      project.memory_mib, where);
  if (h.thrown) return *h.thrown == "std::bad_alloc" ? memory : "the training ends by an exception" + where + ": " + printable(*h.thrown, 300);
  switch (ended.how) {
    case Ended::too_slow:
      return fmt::format(
          "the training was stopped{}: it takes longer than {}. Fewer epochs or hidden units, halved pictures; and let the innermost loop "
          "go along memory (w[j * n + k] with k innermost): that alone may be ten times faster.",
          where, human_seconds(project.seconds));
    case Ended::too_much_output: return "the training prints without end" + where + ". Leave out what prints in inner loops.";
    case Ended::too_many_processes:
      return fmt::format("your program starts more than {} processes (each thread counts){}: it was stopped. Look for what starts them in a loop.",
                         most_processes, where);
    case Ended::not_started: return "the training cannot be started.";
    default: break;
  }
  if (ended.how == Ended::killed && ended.code == SIGKILL) return memory;
  if (ended.how == Ended::killed)
    return fmt::format(
        "the training crashes{}: signal {} ({}). The small inputs did not show it, so look for what only many pictures reach: an index "
        "behind the last picture or the last, shorter batch.",
        where, ended.code, strsignal(ended.code));
  return fmt::format("the training ends the whole program{} (exit {}): leave classify_with_{} by return.", where, ended.code, t.part);
}

void train_one(Trained& t, const TrainingPlan& project, const Pictures& pictures, const std::string& program, const std::string& folder,
               const TrainingTell& tell) {
  Limits limits;
  limits.seconds = project.seconds;
  limits.memory_bytes = uint64_t(project.memory_mib) << 20;
  limits.processes = most_processes;
  Heard h;
  bool diverged = false;
  const double begin = seconds_now();
  const auto listen = [&](const std::string& channel) {
    h.take(channel);
    for (; t.epochs < int64_t(h.losses.size()); t.epochs++) diverged |= !std::isfinite(h.losses[size_t(t.epochs)]);
    if (!h.losses.empty()) t.first_loss = h.losses.front(), t.last_loss = h.losses.back();
    t.seconds = seconds_now() - begin;
    return !diverged && (!tell || tell({t, t.seconds}));
  };
  const Ended ended =
      run_limited({program, std::to_string(pictures.file.descriptor()), t.part}, folder, limits, {"OMP_NUM_THREADS=2", "LC_ALL=C"}, listen);
  listen(ended.channel);
  t.seconds = ended.seconds;
  t.prints = own_prints(ended.printed, 12);
  t.note = pictures.note;
  if (diverged) {
    t.kind = Trained::breaks_off;
    t.sentence = fmt::format(
        "the loss of epoch {} is no number: it has overflowed. Most often the learning rate is too large; or an exp or a log has met "
        "a value that the small inputs did not hold.",
        t.epochs);
  } else if (ended.how == Ended::stopped) {
    t.kind = Trained::stopped;
    t.sentence = "stopped by you; nothing is noted.";
  } else if (ended.how == Ended::exited && ended.code == 0 && h.predictions && !h.thrown) {
    score(t, *h.predictions, pictures);
  } else {
    t.kind = Trained::breaks_off;
    t.sentence = broken(t, ended, h, project);
  }
}

void compile(const Exercise& exercise, const std::string& file, const std::string& text, const Scratch& scratch) {
  const std::string copy = scratch / "exercise.cpp", unit = scratch / "trainer.cpp";
  write_unsynced(copy, text);
  write_unsynced(unit, trainer_unit(exercise, copy, text));
  std::vector<std::string> words = fast_command(exercise, unit, scratch / "trainer");
  words.push_back("-iquote"), words.push_back(std::filesystem::absolute(file).parent_path().string());  // the learner's own headers
  Limits limits;
  limits.seconds = 300;
  const Ended e = run_limited(words, scratch.path(), limits, {"LC_ALL=C", "TMPDIR=" + scratch.path()});
  if (compiler_says_nothing(e)) compiler_silent(e);
  if (e.how != Ended::exited || e.code != 0)
    throw FileError("your file passes on small inputs, but cannot be compiled for speed (-O3 -march=native): " + printable(e.printed, 400));
}

}  // namespace

std::optional<TrainingPlan> training_plan_of(const Exercise& exercise) {
  const std::string path = exercise.folder + "/project.toml";
  if (!file_exists(path)) return {};
  const Toml t = Toml::load(path);
  t.only({"seconds", "memory", "training"});
  TrainingPlan p;
  p.seconds = t.number("seconds");
  p.memory_mib = t.whole("memory", 3072);
  if (!(p.seconds > 0 && p.seconds <= 86400) || p.memory_mib < 64 || p.memory_mib > (1 << 20))
    t.fail("seconds must lie in 0 to 86400, memory in 64 to 1048576 MiB");
  for (const Toml& one : t.tables("training")) {
    one.only({"part", "name", "data"});
    Training training{one.text("part"), one.text("name"), {}};
    for (const Toml& goal : one.tables("data")) {
      goal.only({"name", "goal"});
      training.goals.push_back({goal.text("name"), goal.number("goal")});
      const TrainingGoal& g = training.goals.back();
      if (!(g.percent >= 0 && g.percent <= 100)) goal.fail("a goal is a percentage, 0 to 100");
      if (std::none_of(all_datasets().begin(), all_datasets().end(), [&](const DatasetInfo* d) { return g.data == d->name; }))
        goal.fail("there is no data set '" + printable(g.data) + "'");
    }
    if (training.goals.empty()) one.fail("a training needs data = [{ name = \"mnist\", goal = 96 }]");
    p.trainings.push_back(std::move(training));
  }
  if (p.trainings.empty()) t.fail("a project has at least one [[training]]");
  return p;
}

std::optional<Labelled> data_at_hand(const std::string& name, const std::string& split) {
  if (!have_dataset(dataset_named(name))) return {};
  return load_dataset(name, split);
}

std::vector<Trained> train_project(const Exercise& exercise, const TrainingPlan& project, const std::string& file, const std::string& text,
                                   const TrainingTell& tell, const TrainingData& data) {
  const Scratch scratch;
  compile(exercise, file, text, scratch);
  std::map<std::string, std::unique_ptr<Pictures>> loaded;
  std::vector<Trained> all;
  bool over = false;
  for (const Training& training : project.trainings) {
    Trained t;
    t.part = training.part, t.name = training.name;
    const Pictures* pictures = nullptr;
    std::string instead;
    for (const TrainingGoal& g : training.goals) {
      t.data = g.data, t.title = title_of(g.data), t.goal = g.percent;
      if (over) break;
      if (!loaded.contains(g.data)) loaded[g.data] = pictures_of(g.data, project, data);
      pictures = loaded[g.data].get();
      if (pictures) break;
      if (instead.empty()) instead = g.data;
    }
    if (over) {
      all.push_back(std::move(t));
      continue;
    }
    if (!pictures) {
      const std::string& first = training.goals[0].data;
      t.data = first, t.title = title_of(first), t.goal = training.goals[0].percent;
      t.kind = Trained::no_data;
      t.sentence = fmt::format("{} is not here, so this is still open. `cairn data get {}` brings it; then check again.", t.title, first);
    } else {
      train_one(t, project, *pictures, scratch / "trainer", scratch.path(), tell);
      if (!instead.empty() && t.note.empty()) t.note = fmt::format("because {} is not here: `cairn data get {}`", title_of(instead), instead);
      over = t.kind != Trained::reached;
    }
    all.push_back(std::move(t));
  }
  return all;
}

std::string training_line(const TrainingNews& news) {
  const Trained& t = news.so_far;
  return t.epochs == 0 ? fmt::format("{}, {}: first epoch, {}", t.title, t.name, human_seconds(news.seconds))
                       : fmt::format("{}, {}: epoch {}, loss {:.4g}, {}", t.title, t.name, t.epochs, t.last_loss, human_seconds(news.seconds));
}

std::string training_text(const std::vector<Trained>& all, size_t width) {
  std::string s, said;
  for (const Trained& t : all) {
    const bool scored = t.pictures > 0 && (t.kind == Trained::reached || t.kind == Trained::falls_short);
    const char* words[] = {"reached", "not yet", "breaks off", "no data", "stopped", "not tried"};
    const std::string got = scored ? percent(t.score) : "-";
    std::string line = fmt::format("  {:<14} {:<19} {:>7}  goal {:>2g} %  {}", t.title, t.name, got, t.goal, words[t.kind]), work;
    if (t.kind != Trained::no_data && t.kind != Trained::not_tried) {
      work = fmt::format("{} epoch{}, {}", t.epochs, t.epochs == 1 ? "" : "s", human_seconds(t.seconds));
      if (t.epochs > 0) work += fmt::format(", loss {:.4g} -> {:.4g}", t.first_loss, t.last_loss);
    }
    // Where the columns do not fit, the same as a sentence.
    if (width > 0 && columns_of(line) > width) {
      const std::string score = scored ? " with " + got : "";
      line = prose(fmt::format("{}, {}: {}{}, the goal is {:g} %", t.title, t.name, words[t.kind], score, t.goal), width, "    ").substr(2);
    }
    const std::string below(width > 0 && width < 60 ? 4 : 17, ' ');
    if (!work.empty()) {
      const bool fits = width == 0 || columns_of(line) + 2 + columns_of(work) <= width;
      line += fits ? "  " + work : "\n" + prose(work, width, below);
    }
    s += line + "\n";
    if (!t.note.empty()) s += prose("(" + t.note + ")", width, below) + "\n";
    if (!t.sentence.empty()) said += "\n" + prose(t.title + ", " + t.name + ": " + t.sentence, width) + "\n";
    if (!t.prints.empty() && t.kind != Trained::reached) {
      said += "your code printed:\n";
      for (const std::string& line : split(std::string(trim(t.prints)), '\n')) said += "  | " + line + "\n";
    }
  }
  return s + said;
}

Json training_json(const Trained& t) {
  const char* kinds[] = {"reached", "falls short", "breaks off", "no data", "stopped", "not tried"};
  Json o = Json::object({{"part", t.part},
                         {"data", t.data},
                         {"result", kinds[t.kind]},
                         {"score", t.score},
                         {"goal", t.goal},
                         {"epochs", t.epochs},
                         {"first_loss", t.first_loss},
                         {"last_loss", t.last_loss},
                         {"seconds", t.seconds}});
  if (!t.note.empty()) o["note"] = t.note;
  if (!t.sentence.empty()) o["sentence"] = t.sentence;
  if (!t.prints.empty()) o["prints"] = t.prints;
  return o;
}

}  // namespace cairn::course
