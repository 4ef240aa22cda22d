// cairn doctor: what this machine is and can do, what Cairn found on it, what is missing and the command that mends it.
#include <openssl/crypto.h>
#include <png.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdio>
// jpeglib.h needs size_t and FILE before it
#include <jpeglib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include <app/command.h>
#include <app/training.h>
#include <bench/ceilings.h>
#include <cairn/backend/backend.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>
#include <cairn/data/registry.h>

namespace cairn {

namespace {

struct DoctorOptions {
  std::string runs = default_runs();
  bool ceilings = true;
  void fields(Fields& f) {
    f("runs", runs, "folder that holds the runs: its disk is looked at");
    f("ceilings", ceilings, "measure what this machine can do at best (two seconds)");
  }
};

// A number of KiB from /proc/meminfo, in bytes; 0 where it is not.
uint64_t memory_line(const std::string& name) {
  std::ifstream file("/proc/meminfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with(name + ":")) {
      std::istringstream rest(line.substr(name.size() + 1));
      uint64_t kib = 0;
      rest >> kib;
      return kib * 1024;
    }
  return 0;
}

// Those instructions that kernels are chosen by.
std::vector<std::string> cpu_features() {
  const std::vector<std::string> known = {"avx2",        "fma",         "f16c",     "avx512f",  "avx512bw", "avx512vl",
                                          "avx512_vnni", "avx512_bf16", "avx_vnni", "amx_tile", "asimd",    "sve"};
  std::ifstream file("/proc/cpuinfo");
  std::vector<std::string> found;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("flags") && !line.starts_with("Features")) continue;
    const std::string flags = line + " ";
    for (const std::string& f : known)
      if (flags.find(" " + f + " ") != std::string::npos) found.push_back(f);
    return found;
  }
  return found;
}

// The disk that `folder` is or will be on.
std::filesystem::space_info disk_of(const std::string& folder) {
  std::error_code error;
  std::filesystem::path path = std::filesystem::absolute(folder, error);
  while (!std::filesystem::exists(path, error) && path.has_parent_path() && path != path.parent_path()) path = path.parent_path();
  return std::filesystem::space(path, error);
}

bool on_path(const std::string& program) {
  for (const std::string& folder : split(env("PATH", "/usr/bin:/bin"), ':'))
    if (access((folder + "/" + program).c_str(), X_OK) == 0) return true;
  return false;
}

std::string install(const std::string& package) { return std::string(geteuid() == 0 ? "" : "sudo ") + "apt-get install " + package; }

Json problem(const std::string& what, const std::string& mend) { return Json::object({{"what", what}, {"mend", mend}}); }

Json machine(const DoctorOptions& o) {
  const auto disk = disk_of(o.runs);
  return Json::object({{"cpu", cpu_name()},
                       {"features", Json::array(cpu_features())},
                       {"cores", sysconf(_SC_NPROCESSORS_ONLN)},
                       {"threads", num_threads()},
                       {"memory_bytes", memory_line("MemTotal")},
                       {"memory_available_bytes", memory_line("MemAvailable")},
                       {"disk_free_bytes", uint64_t(disk.available)},
                       {"disk_of", o.runs}});
}

Json software() {
  return Json::object({{"cairn", version()},
                       {"build", build_info()},
                       {"backend", backend().name()},
                       {"kernels", describe_cpu_backend()},
                       {"zlib", zlibVersion()},
                       {"libpng", png_get_libpng_ver(nullptr)},
                       {"libjpeg_turbo", fmt::format("{}.{}.{}", LIBJPEG_TURBO_VERSION_NUMBER / 1000000, LIBJPEG_TURBO_VERSION_NUMBER / 1000 % 1000,
                                                     LIBJPEG_TURBO_VERSION_NUMBER % 1000)},
                       {"zstd", ZSTD_versionString()},
                       {"openssl", OpenSSL_version(OPENSSL_VERSION)},
                       {"fmt", fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)}});
}

Json allocator() {
  const MemoryStats m = memory_stats();
  return Json::object({{"in_use_bytes", m.in_use},
                       {"peak_bytes", m.peak},
                       {"cached_bytes", m.cached},
                       {"allocations", m.allocations},
                       {"peak_rss_bytes", peak_rss_bytes()}});
}

// Data sets by name: is all of it here? Adds to `problems` what is not.
Json data_sets(Json& problems) {
  Json list = Json::array();
  for (const DatasetInfo* info : all_datasets()) {
    const bool here = have_dataset(*info);
    list.push_back(Json::object({{"name", info->name}, {"present", here}}));
    if (here) continue;
    problems.push_back(problem(std::string("the data set ") + info->name + " is not here",
                               *info->package ? install(info->package) : std::string("cairn data get ") + info->name));
  }
  return list;
}

Json find_problems(const Json& machine) {
  Json problems = Json::array();
  if (!on_path("curl")) problems.push_back(problem("curl is not here: `cairn data get` downloads with it", install("curl")));
  if (const uint64_t free = machine.at("disk_free_bytes").as_uint(); free < uint64_t{200} << 20)
    problems.push_back(problem("only " + human_bytes(free) + " are free on the disk of " + machine.at("disk_of").as_string(),
                               "cairn runs rm NAME, or --runs DIR on another disk"));
  if (backend().name() == std::string("reference")) problems.push_back(problem("the naive reference kernels are in use", "unset CAIRN_BACKEND"));
  return problems;
}

void show(const Session& session, const Json& r) {
  const Json &m = r.at("machine"), &s = r.at("software");
  std::vector<std::string> features;
  for (const Json& f : m.at("features").as_array()) features.push_back(f.as_string());
  session.say(fmt::format("{}\n  {}\n", s.at("build").as_string(), s.at("kernels").as_string()));
  session.say(fmt::format("machine    {}, {} core(s), {} thread(s) in use\n           {}", m.at("cpu").as_string(), m.at("cores").as_int(),
                          m.at("threads").as_int(), join(features, " ")));
  session.say(fmt::format("memory     {} of {} free; Cairn holds {} ({} kept for reuse)", human_bytes(m.at("memory_available_bytes").as_uint()),
                          human_bytes(m.at("memory_bytes").as_uint()), human_bytes(r.at("allocator").at("in_use_bytes").as_uint()),
                          human_bytes(r.at("allocator").at("cached_bytes").as_uint())));
  session.say(fmt::format("disk       {} free for {}", human_bytes(m.at("disk_free_bytes").as_uint()), m.at("disk_of").as_string()));
  const auto version_of = [&](const char* name) { return s.at(name).as_string(); };
  session.say(fmt::format("libraries  zlib {}, zstd {}, libpng {}, libjpeg-turbo {}, {}, fmt {}", version_of("zlib"), version_of("zstd"),
                          version_of("libpng"), version_of("libjpeg_turbo"), version_of("openssl"), version_of("fmt")));
  if (const Json* c = r.find("ceilings")) {
    const auto n = [&](const char* key) { return c->at(key).as_double(); };
    session.say(fmt::format("ceilings   multiply-adds {:.0f} GFLOP/s on one thread, {:.0f} on {}; matrix products {:.0f} and {:.0f}",
                            n("fma_gflops_1"), n("fma_gflops"), c->at("threads").as_int(), n("matmul_gflops_1"), n("matmul_gflops")));
    session.say(
        fmt::format("           memory: triad {:.0f} GB/s on one thread, {:.0f} on all ({:.0f} with stores past the caches); copy {:.0f}, fill "
                    "{:.0f}, sum {:.0f}",
                    n("triad_gbs_1"), n("triad_gbs"), n("triad_past_caches_gbs"), n("copy_gbs"), n("fill_gbs"), n("sum_gbs")));
    if (n("ping_pong_ns") > 0) session.say(fmt::format("           round trip of a cache line between two cores: {:.0f} ns", n("ping_pong_ns")));
  }
  std::vector<std::string> present;
  for (const Json& d : r.at("data").as_array())
    if (d.at("present").as_bool()) present.push_back(d.at("name").as_string());
  session.say("data       " + (present.empty() ? "none here" : join(present, ", ")));
  if (r.at("problems").size() == 0) session.say("\nNothing is missing.");
  else session.say("\nmissing, and what mends it:");
  for (const Json& p : r.at("problems").as_array()) session.say("  " + p.at("what").as_string() + "\n    " + p.at("mend").as_string());
}

int doctor(Session& session, Arguments& arguments) {
  DoctorOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 0);
  Json report = Json::object({{"event", "doctor"}, {"machine", machine(o)}, {"software", software()}, {"allocator", allocator()}});
  if (o.ceilings) report["ceilings"] = measure_ceilings();
  Json problems = find_problems(report.at("machine"));
  report["data"] = data_sets(problems);
  report["problems"] = problems;
  session.event(report);
  show(session, report);
  return 0;
}

}  // namespace

extern const CommandInfo doctor_command;
const CommandInfo doctor_command = {"doctor", "this machine, what Cairn found on it, what is missing and how to mend it", "cairn doctor", doctor,
                                    options_of<DoctorOptions>};

}  // namespace cairn
