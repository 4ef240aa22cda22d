#include <course/machinery/proof.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <regex>
#include <set>
#include <thread>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/json.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <course/machinery/checking.h>
#include <course/machinery/mutate.h>
#include <course/machinery/paths.h>
#include <course/machinery/toolchain.h>

namespace cairn::course {

namespace fs = std::filesystem;

namespace {

constexpr size_t mutations_wanted = 50, in_one_program = 32;
constexpr int64_t proof_version = 3;  // another one: what was proved before does not count

// What a proof depends on: the exercise's files, the judge's, the judge that the build made of them, and the engine where it is linked.
std::string digest_of(const Exercise& e) {
  std::vector<std::string> files;
  for (const std::string& folder : {e.folder, course_folder() + "/machinery/judge"})
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file() && entry.path().extension() != ".md" && entry.path().filename() != "figure.cpp" &&
          entry.path().filename() != "demo.cpp" && entry.path().extension() != ".toml" &&
          entry.path().string().find("/held_out/") == std::string::npos)
        files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  std::string all = fmt::format("{} {} ", proof_version, compiler());
  for (const std::string& f : files) all += f + " " + sha256_file(f) + "\n";
  if (file_exists(judge_object(e))) all += sha256_file(judge_object(e));
  if (e.engine) {
    struct stat s {};
    const std::string library = course_build_folder() + "/../libcairn.a";
    if (stat(library.c_str(), &s) == 0) all += fmt::format("{} {}", s.st_size, s.st_mtim.tv_sec);
  }
  return sha256(all);
}

// Runs f(0), f(1), ... f(n - 1) on as many threads as there are cores; the first error is thrown here.
void on_cores(size_t n, const std::function<void(size_t)>& f) {
  std::atomic<size_t> next{0};
  std::exception_ptr error;
  std::mutex guard;
  const auto work = [&] {
    for (size_t i; (i = next++) < n;) {
      try {
        f(i);
      } catch (...) {
        const std::lock_guard lock(guard);
        if (!error) error = std::current_exception();
      }
    }
  };
  std::vector<std::thread> threads;
  for (size_t i = 1; i < std::min<size_t>(n, std::max(1u, std::thread::hardware_concurrency())); i++) threads.emplace_back(work);
  work();
  for (std::thread& t : threads) t.join();
  if (error) std::rethrow_exception(error);
}

std::string first_lines(const std::string& text, size_t most) {
  std::string s;
  size_t n = 0;
  for (const std::string& line : split(text, '\n'))
    if (line.find("error") != std::string::npos && n++ < most) s += "\n    " + printable(line, 240);
  return s.empty() ? "\n    " + printable(text, 400) : s;
}

// How answers are compiled: as a learner's file is; `watched` by the sanitizers, too, but not optimised, which takes a third of the time to
// compile; `plain`, without them, which runs faster and starts a process for each answer ten times as fast; `brief`: neither, for answers that
// run on few inputs.
enum class Build { learners, watched, plain, brief };

// Where the solution takes a while on its inputs, running without optimisation costs more than it spares.
Build watched_for(double solution_seconds) { return solution_seconds > 0.05 ? Build::learners : Build::watched; }

bool has_sanitizers(Build how) { return how == Build::learners || how == Build::watched; }

// The judge of an exercise, as what is in its folder now makes it.
struct Workshop {
  const Exercise& exercise;
  const Scratch scratch = {};
  std::string judge;

  explicit Workshop(const Exercise& e) : exercise(e) {}

  Ended run(const std::vector<std::string>& words, double seconds = 600) const {
    Limits limits;
    limits.seconds = seconds;
    limits.output_bytes = uint64_t{32} << 20;
    return run_limited(words, exercise.folder, limits, {"LC_ALL=C", "TMPDIR=" + scratch.path()});
  }

  // The build has made it, and nothing that goes into it has changed since (what it depends on in cmake/judges.cmake).
  bool is_built() const {
    std::error_code error;
    const auto made = fs::last_write_time(judge_object(exercise), error);
    if (error) return false;
    const auto is_older = [&](const fs::path& file) { return fs::last_write_time(file, error) <= made && !error; };
    for (const auto& entry : fs::recursive_directory_iterator(exercise.folder))  // folders, too: files that went
      if (!is_older(entry.path())) return false;
    const std::string judge_folder = course_folder() + "/machinery/judge";
    return is_older(judge_folder + "/judge.h") && is_older(judge_folder + "/generate");
  }

  // False, with a problem, when check.cpp, the solution or a mutant does not compile.
  bool make_judge(std::vector<std::string>& problems) {
    if (is_built()) {
      judge = judge_object(exercise);
      return true;
    }
    write_unsynced(scratch / "judge.cpp", generated_unit("judge", exercise, {}, exercise.folder));
    const std::string include = fs::path(course_folder()).parent_path().string();
    std::vector<std::string> words = {compiler(), "-std=c++20", "-Og", "-w", "-I" + include, "-iquote", exercise.folder};
    for (const std::string& w : {std::string("-c"), scratch / "judge.cpp", std::string("-o"), scratch / "judge.o"}) words.push_back(w);
    const Ended e = run(words);
    judge = scratch / "judge.o";
    if (e.how == Ended::exited && e.code == 0) return true;
    problems.push_back("the judge (check.cpp, solution.cpp and the mutants) does not compile:" + first_lines(e.printed, 6));
    return false;
  }

  // A program that judges all of `files`; what does not compile is taken out of the list and named in `left_out`.
  std::string make_program(const std::string& name, Build how, std::vector<std::string>& files, std::vector<std::string>& left_out,
                           std::string& words_said) const {
    const std::string unit = scratch / (name + ".cpp"), object = scratch / (name + ".o"), program = scratch / name;
    for (int round = 0; round < 12 && !files.empty(); round++) {
      const std::string source = generated_unit("candidates", exercise, files, exercise.folder);
      write_unsynced(unit, source);
      std::vector<std::string> compile = learner_flags(exercise);
      std::erase_if(compile, [&](const std::string& w) {
        return w == "-g1" || w == "-Wall" || w.starts_with("-fmax-errors") || (!has_sanitizers(how) && w.find("sanitize") != std::string::npos);
      });
      if (how == Build::watched || how == Build::brief) compile.push_back("-O0");
      for (const std::string& w : {std::string("-w"), std::string("-fmax-errors=0"), std::string("-c"), unit, std::string("-o"), object})
        compile.push_back(w);
      const Ended e = run(compile);
      if (e.how == Ended::exited && e.code == 0) {
        std::vector<std::string> link = {compiler(), object};
        if (has_sanitizers(how)) link.push_back("-fsanitize=address,undefined");
        for (const std::string& w : link_words(exercise, judge)) link.push_back(w);
        link.push_back("-o"), link.push_back(program);
        const Ended l = run(link);
        if (l.how == Ended::exited && l.code == 0) return program;
        words_said = l.printed;
        return "";
      }
      words_said = e.printed;
      const std::set<size_t> bad = culprits(e.printed, unit, source, files);
      if (bad.empty()) return "";
      std::vector<std::string> good;
      for (size_t i = 0; i < files.size(); i++) (bad.contains(i) ? left_out : good).push_back(files[i]);
      files = good;
    }
    return "";
  }

  // Which files the compiler's errors are about: named in them, or by the namespace around a line of the generated unit.
  static std::set<size_t> culprits(const std::string& words, const std::string& unit, const std::string& source,
                                   const std::vector<std::string>& files) {
    std::map<std::string, size_t> numbers;
    for (size_t i = 0; i < files.size(); i++) numbers[fs::weakly_canonical(files[i]).string()] = i;
    const std::vector<std::string> lines = split(source, '\n');
    std::set<size_t> bad;
    static const std::regex place("([^ :\n]+):([0-9]+):");
    for (const std::string& row : split(words, '\n')) {
      if (row.find("error:") == std::string::npos && row.find("required from") == std::string::npos) continue;
      std::smatch found;
      if (!std::regex_search(row, found, place)) continue;
      const auto number = numbers.find(fs::weakly_canonical(found[1].str()).string());
      if (number != numbers.end()) bad.insert(number->second);
      else if (found[1] == unit) {
        int64_t line = 0;
        parse_int(found[2].str(), line);
        for (size_t i = std::min(size_t(line), lines.size()); i-- > 0;)
          if (std::smatch name; std::regex_match(lines[i], name, std::regex("namespace candidate_([0-9]+) \\{"))) {
            bad.insert(size_t(std::stoul(name[1])));
            break;
          }
      } else {
        static const std::regex inside("candidate_([0-9]+)::");
        if (std::regex_search(row, found, inside) && std::stoul(found[1]) < files.size()) bad.insert(size_t(std::stoul(found[1])));
      }
    }
    return bad;
  }

  // What the judge says of each candidate of a program; a candidate that says nothing has ended the program. BrokenCheck.
  std::map<std::string, Json> verdicts(const std::string& program, Build how, uint64_t seed, const std::vector<std::string>& more) const {
    std::vector<std::string> words = {program, "--each", "--out", "3", "--seed", std::to_string(seed)};
    words.insert(words.end(), more.begin(), more.end());
    Limits limits;
    limits.seconds = 1200;
    limits.output_bytes = uint64_t{256} << 20;
    if (!has_sanitizers(how)) limits.memory_bytes = uint64_t(exercise.memory_mib) << 20;  // the sanitizers have a limit of their own
    std::vector<std::string> environment = sanitizer_environment(scratch.path(), exercise.memory_mib);
    const Ended e = run_limited(words, scratch.path(), limits, environment);
    std::map<std::string, Json> said;
    for (const std::string& line : split(e.channel, '\n')) {
      if (line.find("\"verdict\":") == std::string::npos) continue;
      for (const Json& o : json_lines(line)) {
        throw_if_broken(exercise, o, seed);
        said[o.at("candidate").as_string()] = o;
      }
    }
    for (const auto& entry : fs::directory_iterator(scratch.path()))
      if (entry.path().filename().string().starts_with("report.")) fs::remove(entry.path());
    return said;
  }
};

std::string tell(const Json& o) {
  std::string s = text_of(o, "verdict");
  if (!text_of(o, "property").empty()) s += " at \"" + text_of(o, "property") + "\"";
  if (!text_of(o, "input").empty()) s += ", " + printable(text_of(o, "input"), 120);
  if (!text_of(o, "expected").empty()) s += ": expected " + printable(text_of(o, "expected"), 80) + ", got " + printable(text_of(o, "got"), 80);
  return s;
}

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".cpp") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

std::string relative(const Exercise& e, const std::string& file) {
  return file.starts_with(e.folder + "/") ? file.substr(e.folder.size() + 1) : file;
}

void prove_starter(const Workshop& w, Proof& p) {
  const Exercise& e = w.exercise;
  const std::string path = e.folder + "/exercise.cpp";
  const Verdict v = check_text(e, path, read_file(path, text_limit), 1, w.judge);
  if (v.kind == Verdict::does_not_compile) {
    std::string s = "exercise.cpp: the starter does not compile by itself, as a learner's file:";
    for (const CompilerNote& n : v.notes) s += fmt::format("\n    line {}: {}", n.line, n.message);
    p.problems.push_back(s);
    return;
  }
  for (const CompilerNote& n : v.notes)
    p.problems.push_back(fmt::format("exercise.cpp:{}: the starter is compiled with a warning: {}", n.line, n.message));
  if (v.kind == Verdict::pass) p.problems.push_back("exercise.cpp: the starter passes");
  else if (v.kind == Verdict::breaks_off) p.problems.push_back("exercise.cpp: the starter breaks off: " + v.fault.sentence);
  else if (v.slip_file != "exercise.cpp")
    p.problems.push_back("exercise.cpp: the starter is not told as the file as it came, but: " +
                         (v.slip.empty() ? "no slip" : v.slip + " (" + v.slip_file + ")"));
}

// Solutions pass with several seeds, mutants are refused under their own names.
void prove_answers(const Workshop& w, Proof& p, double& solution_seconds) {
  const Exercise& e = w.exercise;
  std::vector<std::string> files;
  for (const std::string& f : files_in(e.folder))
    if (const std::string name = fs::path(f).filename().string(); name.starts_with("solution")) files.push_back(f);
  p.solutions = int64_t(files.size());
  if (!file_exists(e.folder + "/solution_alt.cpp")) p.problems.push_back("solution_alt.cpp is missing: a right answer by another way");
  const auto mutants = files_in(e.folder + "/mutants");
  p.mutants = int64_t(mutants.size());
  if (p.mutants < 3) p.problems.push_back(fmt::format("mutants/: {}; at least 3 are asked for", p.mutants));
  for (const std::string& m : mutants) {
    const std::string text = read_file(m, text_limit);
    for (const char* key : {"// slip: ", "// why: "})
      if (text.find(key) == std::string::npos) p.problems.push_back(relative(e, m) + ": no line \"" + key + "...\"");
  }
  const std::vector<std::string> limit = {"--seconds", std::to_string(int64_t(e.seconds))};
  double running = 0;
  // Compiles a program of the answers `list` and runs it with each of the seeds; `problem` says what is wrong with the verdict on one of
  // `judged`, or nothing.
  const auto prove = [&](const char* program_name, Build how, std::vector<std::string> list, std::vector<std::string> judged,
                         const std::vector<uint64_t>& seeds, const std::vector<std::string>& more,
                         const std::function<std::string(const std::string& name, const Json&)>& problem) {
    std::vector<std::string> left_out;
    std::string said;
    const std::string program = w.make_program(program_name, how, list, left_out, said);
    for (const std::string& f : left_out) {
      p.problems.push_back(relative(e, f) + ": does not compile");
      std::erase(judged, f);
    }
    if (program.empty()) p.problems.push_back(std::string("the ") + program_name + " do not compile together:" + first_lines(said, 6));
    for (const uint64_t seed : seeds) {
      if (program.empty() || p.problems.size() > 40) return;
      const double begin = seconds_now();
      const auto verdicts = w.verdicts(program, how, seed, more);
      running += seconds_now() - begin;
      for (const std::string& f : judged) {
        const std::string name = relative(e, f);
        const auto by_path = verdicts.find(f), found = by_path != verdicts.end() ? by_path : verdicts.find(name);
        const std::string wrong = found == verdicts.end() ? "ends the whole program" : problem(name, found->second);
        if (!wrong.empty()) p.problems.push_back(fmt::format("{}: {} (seed {})", name, wrong, seed));
      }
    }
  };
  std::vector<std::string> without_names = limit;
  without_names.push_back("--no-names");
  prove("solutions", Build::learners, files, files, {1, 2, 3, 4, 5}, without_names,
        [](const std::string&, const Json& said) { return text_of(said, "verdict") == "pass" ? "" : tell(said); });
  solution_seconds = running / double(5 * files.size());
  const auto not_refused = [](const Json& said) -> std::string {
    const std::string verdict = text_of(said, "verdict");
    if (verdict == "fail") return "";
    return verdict == "pass" ? "passes" : "ends by " + verdict + "; a mutant ends and reads nothing outside of its containers";
  };
  prove("mutants", watched_for(solution_seconds), mutants, mutants, {1}, without_names,
        [&](const std::string&, const Json& said) { return not_refused(said); });
  // As the judge has compiled them, but for those that keep state: they would share it with their slips.
  std::vector<std::string> compiled = {e.folder + "/solution.cpp"};
  for (const std::string& m : mutants)
    if (read_file(m, text_limit).find("\n// state: ") != std::string::npos) compiled.push_back(m);
  std::vector<std::string> with_slips = limit;
  with_slips.push_back("--slips");
  prove("named-mutants", Build::plain, compiled, mutants, {1, 2, 3}, with_slips, [&](const std::string& name, const Json& said) {
    if (const std::string s = not_refused(said); !s.empty()) return s;
    if (const std::string named = text_of(said, "slip_file"); named != name)
      return (named.empty() ? "is refused without its name: " : "is named as " + named + ": ") + tell(said);
    return std::string();
  });
}

void prove_mutations(const Workshop& w, Proof& p, double solution_seconds, size_t most, const std::function<void(const std::string&)>& say) {
  const Exercise& e = w.exercise;
  const std::string folder = w.scratch / "mutations";
  fs::create_directory(folder);
  std::map<std::string, std::string> names;  // file -> name
  std::vector<std::string> all;
  std::set<std::string> possible;
  const auto take = [&](const std::string& source, const std::string& prefix) {
    if (!file_exists(e.folder + "/" + source)) return;
    const std::vector<Mutation> every = mutations_of(read_file(e.folder + "/" + source, text_limit));
    for (const Mutation& m : every) possible.insert(prefix + m.name());
    for (const Mutation& m : some_of(every, most)) {
      const std::string file = fmt::format("{}/m{}.cpp", folder, names.size());
      write_unsynced(file, m.text);
      names[file] = prefix + m.name();
      all.push_back(file);
    }
  };
  take("solution.cpp", "");
  // A solution of few lines has few of them: the other solution's count, too.
  if (possible.size() < mutations_wanted + 30) take("solution_alt.cpp", "alt ");
  p.possible = int64_t(all.size());
  say(fmt::format("{} {} mutations", e.id, all.size()));
  std::vector<std::vector<std::string>> parts;
  for (size_t i = 0; i < all.size(); i += in_one_program)
    parts.emplace_back(all.begin() + int64_t(i), all.begin() + int64_t(std::min(all.size(), i + in_one_program)));
  std::mutex guard;
  constexpr uint64_t seeds[] = {11, 12};
  std::map<std::string, uint64_t> passed;  // file -> the first seed with which it did
  std::set<std::string> too_slow;          // on a busy machine an equivalent one may be
  // Enough for a mutation that is right and slow: without optimisation it takes several times as long as the solution did.
  const int64_t seconds = std::max<int64_t>(2, int64_t(std::min(e.seconds, 12 * solution_seconds)));
  on_cores(parts.size(), [&](size_t i) {
    std::vector<std::string> left_out;
    std::string said;
    const std::string program = w.make_program(fmt::format("part{}", i), Build::brief, parts[i], left_out, said);
    if (program.empty() && !parts[i].empty()) {
      const std::lock_guard lock(guard);
      p.problems.push_back("mutations of the solution do not compile together:" + first_lines(said, 4));
      return;
    }
    if (parts[i].empty()) return;
    std::string slow;
    for (const uint64_t seed : seeds) {
      std::vector<std::string> more = {"--quick", "--seconds", std::to_string(seconds)};
      if (!slow.empty()) more.push_back("--skip"), more.push_back(slow);
      const auto verdicts = w.verdicts(program, Build::brief, seed, more);
      const std::lock_guard lock(guard);
      for (const auto& [file, verdict] : verdicts) {
        const std::string v = text_of(verdict, "verdict");
        if (v == "pass") passed.emplace(file, seed);
        if (v == "timeout") slow += (slow.empty() ? "" : ",") + file, too_slow.insert(names.at(file));
      }
    }
    const std::lock_guard lock(guard);
    p.mutations += int64_t(parts[i].size());
  });
  // What has passed is judged once more with the same inputs, by the sanitizers as well.
  std::map<std::string, uint64_t> survivors;
  std::vector<std::string> files, left_out;
  for (const auto& [file, seed] : passed) files.push_back(file);
  std::string said;
  const Build how = watched_for(solution_seconds);
  const std::string program = w.make_program("survivors", how, files, left_out, said);
  if (program.empty() && !files.empty()) p.problems.push_back("mutations that pass do not compile for the sanitizers:" + first_lines(said, 4));
  for (const uint64_t seed : seeds) {
    std::string others;
    size_t wanted = 0;
    for (const std::string& f : files)
      if (passed.at(f) == seed) wanted++;
      else others += (others.empty() ? "" : ",") + f;
    if (program.empty() || !wanted) continue;
    for (const auto& [file, verdict] : w.verdicts(program, how, seed, {"--quick", "--seconds", std::to_string(4 * seconds), "--skip", others}))
      if (text_of(verdict, "verdict") == "pass") survivors.emplace(names.at(file), seed);
      else if (text_of(verdict, "verdict") == "timeout") too_slow.insert(names.at(file));
  }
  for (const auto& [name, seed] : survivors) p.survivors.push_back(name);
  std::set<std::string> known, used;
  for (const Equivalent& q : equivalents_of(e, p.problems)) known.insert(q.name);
  std::set<std::string> made;
  for (const auto& [file, name] : names) made.insert(name);
  for (const auto& [name, seed] : survivors) {
    if (known.contains(name)) used.insert(name);
    else p.problems.push_back(fmt::format("a mutation passes (seed {}): {}", seed, name));
  }
  for (const std::string& name : known) {
    if (!possible.contains(name)) p.problems.push_back("equivalent.txt: there is no such mutation (any more): " + name);
    else if (made.contains(name) && !used.contains(name) && !too_slow.contains(name))
      p.problems.push_back("equivalent.txt: this mutation is refused, so it is not equivalent: " + name);
  }
  p.equivalent = int64_t(used.size());
  p.refused = p.mutations - int64_t(survivors.size());
}

Json to_json(const Proof& p, const std::string& digest) {
  return Json::object({{"digest", digest},
                       {"problems", Json::array(p.problems)},
                       {"solutions", p.solutions},
                       {"mutants", p.mutants},
                       {"mutations", p.mutations},
                       {"refused", p.refused},
                       {"equivalent", p.equivalent}});
}

bool from_cache(const std::string& path, const std::string& digest, Proof& p) {
  if (!file_exists(path)) return false;
  try {
    const Json o = Json::parse(read_file(path, text_limit));
    if (o.at("digest").as_string() != digest) return false;
    if (!o.at("problems").as_array().empty()) return false;  // some come from the machine: a full disk, a compiler that was killed
    p.solutions = o.at("solutions").as_int(), p.mutants = o.at("mutants").as_int(), p.mutations = o.at("mutations").as_int();
    p.refused = o.at("refused").as_int(), p.equivalent = o.at("equivalent").as_int();
    return p.cached = true;
  } catch (const Error&) {
    p = Proof{};
    return false;
  }
}

}  // namespace

std::vector<Equivalent> equivalents_of(const Exercise& exercise, std::vector<std::string>& problems) {
  std::vector<Equivalent> list;
  const std::string path = exercise.folder + "/equivalent.txt";
  if (!file_exists(path)) return list;
  int64_t number = 0;
  for (const std::string& line : split(read_file(path, text_limit), '\n')) {
    number++;
    if (trim(line).empty() || line.starts_with("#")) continue;
    const size_t mark = line.find("  #");
    Equivalent q;
    q.name = std::string(trim(line.substr(0, mark)));
    if (mark != std::string::npos) q.reason = std::string(trim(line.substr(mark + 3)));
    if (q.reason.empty()) problems.push_back(fmt::format("equivalent.txt:{}: no reason; the form is \"LINE: MUTATION  # reason\"", number));
    list.push_back(q);
  }
  return list;
}

Proof prove_exercise(const Exercise& exercise, bool anew, const std::function<void(const std::string&)>& say, size_t most_mutations) {
  Proof p;
  p.id = exercise.id;
  const double begin = seconds_now();
  const std::string digest = digest_of(exercise) + " " + std::to_string(most_mutations),
                    path = course_build_folder() + "/proof/" + exercise.id + ".json";
  if (!anew && from_cache(path, digest, p)) {
    p.id = exercise.id;
    return p;
  }
  p.id = exercise.id;
  for (const char* file : {"answer.h", "exercise.cpp", "solution.cpp", "hints.md"})
    if (!file_exists(exercise.folder + "/" + file)) p.problems.push_back(std::string(file) + " is missing");
  if (file_exists(exercise.folder + "/hints.md") && hints_of(exercise).size() != 3)
    p.problems.push_back(fmt::format("hints.md has {} hints (## Hint 1, ...); three are asked for", hints_of(exercise).size()));
  Workshop w(exercise);
  if (file_exists(exercise.folder + "/answer.h") && file_exists(exercise.folder + "/exercise.cpp") &&
      file_exists(exercise.folder + "/solution.cpp") && w.make_judge(p.problems)) {
    say(exercise.id + " starter, solutions and mutants");
    try {
      prove_starter(w, p);
      double solution_seconds = 0;
      prove_answers(w, p, solution_seconds);
      // While right answers are refused, every mutation is, too.
      if (p.problems.size() <= 40) prove_mutations(w, p, solution_seconds, most_mutations, say);
    } catch (const BrokenCheck& broken) { p.problems.push_back(broken.problem); }
  }
  p.seconds = seconds_now() - begin;
  try {
    disk().make_folder(fs::path(path).parent_path().string());
    write_unsynced(path, to_json(p, digest).dump(1) + "\n");
  } catch (const Error&) {  // an installed course may lie where nothing can be written
  }
  return p;
}

HeldOut judge_held_out(const Exercise& exercise) {
  HeldOut h;
  h.id = exercise.id;
  std::vector<std::string> files = files_in(exercise.folder + "/held_out"), left_out;
  if (files.empty()) return h;
  Workshop w(exercise);
  if (!w.make_judge(h.problems)) return h;
  std::string said;
  const std::string program = w.make_program("held", Build::learners, files, left_out, said);
  for (const std::string& f : left_out) h.problems.push_back(relative(exercise, f) + ": does not compile");
  if (program.empty()) {
    h.problems.push_back("held_out/ does not compile:" + first_lines(said, 4));
    return h;
  }
  std::map<std::string, Json> verdicts;
  try {
    verdicts = w.verdicts(program, Build::learners, 21, {"--seconds", std::to_string(int64_t(exercise.seconds))});
  } catch (const BrokenCheck& broken) {
    h.problems.push_back(broken.problem);
    return h;
  }
  for (const std::string& f : files) {
    const std::string text = read_file(f, text_limit), name = relative(exercise, f);
    const bool right = text.starts_with("// right");
    if (!right && text.find("// slip: ") == std::string::npos) {
      h.problems.push_back(name + ": begins neither with \"// right\" nor with \"// slip: ...\"");
      continue;
    }
    const auto found = verdicts.find(f);
    const Json verdict = found == verdicts.end() ? Json::object({{"verdict", "exit"}}) : found->second;
    const bool passed = text_of(verdict, "verdict") == "pass";
    if (right) {
      h.right++;
      if (!passed) h.right_refused++, h.lines.push_back(name + ": right, but " + tell(verdict));
      continue;
    }
    h.wrong++;
    if (passed) {
      h.lines.push_back(name + ": wrong, but passes");
      continue;
    }
    h.refused++;
    std::set<std::string> names;
    for (const std::string& line : split(text, '\n'))
      if (line.starts_with("// named: "))
        for (const std::string& n : split(line.substr(10), ',')) names.insert(std::string(trim(n)));
    const std::string slip = text_of(verdict, "slip_file");
    if (names.empty()) h.problems.push_back(name + ": no line \"// named: mutants/x.cpp\" or \"// named: none\"");
    // A crash or an endless loop has a sentence of its own, which names it.
    const bool apart = text_of(verdict, "verdict") != "fail";
    // Where no mutant does the same, a relation may say it: "// named: pattern transposed matrix".
    const std::string pattern = text_of(verdict, "pattern");
    const bool told = slip.empty() && std::any_of(names.begin(), names.end(), [&](const std::string& n) {
                        return n.starts_with("pattern ") && pattern.find(n.substr(8)) != std::string::npos;
                      });
    if (apart || told || names.contains(slip)) h.rightly_named++;
    else if (slip.empty())
      h.unnamed++, h.lines.push_back(name + ": refused without a name: " + tell(verdict) + (pattern.empty() ? "" : " (" + pattern + ")"));
    else h.wrongly_named++, h.lines.push_back(name + ": named " + slip);
  }
  return h;
}

}  // namespace cairn::course
