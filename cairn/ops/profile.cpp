#include <cairn/ops/profile.h>

#include <algorithm>

#include <cairn/base/system.h>
#include <cairn/ops/watch.h>

namespace cairn {

Profiler::Profiler() : start_(seconds_now()), before_(layout_conversions()), outer_(watchers().profiler) {
  watchers().profiler = this;
  watch(detail::watch_profile, true);
}

Profiler::~Profiler() {
  watchers().profiler = outer_;
  watch(detail::watch_profile, outer_ != nullptr);
}

std::vector<ProfileLine> Profiler::lines() const {
  std::vector<ProfileLine> sorted = lines_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const ProfileLine& a, const ProfileLine& b) { return a.seconds > b.seconds; });
  return sorted;
}

double Profiler::seconds() const { return seconds_now() - start_; }

LayoutConversions Profiler::conversions() const {
  const LayoutConversions now = layout_conversions();
  return {now.count - before_.count, now.bytes - before_.bytes};
}

ProfileLine& profile_line(std::vector<ProfileLine>& lines, const std::string& op, const std::string& plan) {
  for (ProfileLine& l : lines)
    if (l.op == op && l.plan == plan) return l;
  return lines.emplace_back(ProfileLine{op, plan});
}

void Profiler::add(const std::string& op, double seconds, int64_t bytes) {
  ProfileLine& l = profile_line(lines_, op, "");
  l.calls++;
  l.seconds += seconds;
  l.bytes += bytes;
}

bool profiling() { return watchers().profiler; }

ProfileScope::ProfileScope(std::string name, int64_t bytes) : name_(std::move(name)), bytes_(bytes) {
  if (watchers().profiler) start_ = seconds_now();
}

ProfileScope::~ProfileScope() {
  if (start_ == 0) return;
  for (Profiler* p = watchers().profiler; p; p = p->outer_) p->add(name_, seconds_now() - start_, bytes_);
}

}  // namespace cairn
