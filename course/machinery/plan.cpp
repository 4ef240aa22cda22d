#include <course/machinery/plan.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <set>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/plan_parts.h>

namespace cairn::course {

using namespace detail;
using std::chrono::days;

namespace {

constexpr int most_days = 3660;  // ten years
constexpr int slack = 60;        // minutes by which a week may grow
constexpr int review_after[] = {7, 21, 56};

// The days of the week that are used: all, or as many of them as make an hour each, spread out.
Weekdays used_days(const PlanRequest& r) {
  std::vector<int> all;
  for (int d = 0; d < 7; d++)
    if (r.days[size_t(d)]) all.push_back(d);
  const size_t n = std::min(all.size(), size_t(std::max(1.0, std::floor(r.hours))));
  Weekdays used;
  for (size_t i = 0; i < n; i++) used.set(size_t(all[i * all.size() / n]));
  return used;
}

struct Due {
  Day on;
  std::string item;
  int stage;
};

// Fills days with sessions, week by week.
class Scheduler {
 public:
  Scheduler(const Catalog& catalog, const PlanRequest& request, const Learned& learned, double speed, Day from)
      : catalog_(catalog), request_(request), used_(used_days(request)), start_(request.start), day_(std::max(request.start, from)) {
    weekly_ = 5 * int(std::floor(request.hours * 12 + 1e-9));
    const int n = int(used_.count());
    if (weekly_ / n > 12 * 60)
      throw ConfigError(
          fmt::format("{:g} hours on {} day{} a week are {:g} hours a day; nobody learns for more than 12.\nHint: more --days or fewer --hours.",
                      request.hours, n, n == 1 ? "" : "s", request.hours / n));
    for (int d = 0, i = 0; d < 7; d++)
      if (used_[size_t(d)]) share_[size_t(d)] = 5 * ((i + 1) * (weekly_ / 5) / n - i * (weekly_ / 5) / n), i++;
    work_ = work_of(catalog, request, learned, speed, std::clamp(5 * (weekly_ / n / 10), shortest_session, longest_session));
    plan_.request = request;
    plan_.speed = speed;
    plan_.items = work_.items, plan_.added = work_.added, plan_.done = work_.done;
    for (const Part& p : work_.parts) plan_.minutes_of_work += p.minutes;
    for (const auto& [id, passed] : learned.passed)
      if (catalog.find_lesson(id) && !learned.again.count(id)) add_reviews(id, passed.on, passed.reviews);
    if (!work_.parts.empty()) left_ = work_.parts[0].minutes;
  }

  Plan run() {
    const Day limit = day_ + days(most_days), end = request_.end ? std::min(*request_.end, limit) : limit;
    bool any = work_.parts.empty();
    for (Day d = day_; d <= end && !any; d += days(1)) any = studies(d);
    if (!any)
      throw ConfigError(fmt::format("there is no day to learn on between {} and {}.\nHint: a later --end, more --days or less --off.", iso_date(day_),
                                    iso_date(end)));
    for (; at_ < work_.parts.size() || !reviews_.empty(); day_ += days(1)) {
      if (at_ >= work_.parts.size() && (request_.end ? day_ > *request_.end : day_ > limit + days(most_days))) break;  // no reviews after it
      if (at_ < work_.parts.size() && day_ >= limit)
        throw ConfigError(
            fmt::format("{} hours of work at {:g} hours a week would take more than ten years.\nHint: more --hours, or a shorter --track.",
                        int(plan_.minutes_of_work / 60), request_.hours));
      if ((day_ - start_).count() % 7 == 0) week_used_ = 0;
      if (studies(day_)) fill_day();
    }
    count_parts();
    judge();
    return std::move(plan_);
  }

 private:
  bool studies(Day d) const {
    return used_[size_t(weekday_of(d))] &&
           std::none_of(request_.off.begin(), request_.off.end(), [&](const auto& o) { return o.first <= d && d <= o.second; });
  }
  void add_reviews(const std::string& id, Day passed, int done) {
    for (int stage = done; stage < 3; stage++) reviews_.push_back({passed + days(review_after[stage]), id, stage}), reviews_sorted_ = false;
  }

  // At a block's first part, on the first day of a week, with whole weeks ahead that have about its hours in them: the block gets those weeks.
  void align() {
    if (aligned_ || at_ >= work_.parts.size()) return;
    const int b = work_.parts[at_].block;
    if (b < 0 || left_ != work_.parts[at_].minutes || (at_ > 0 && work_.parts[at_ - 1].block == b)) return;
    const Day week = start_ + days((day_ - start_).count() / 7 * 7);
    for (Day d = week; d < day_; d += days(1))
      if (used_[size_t(weekday_of(d))]) return;  // the week has begun without it
    const int minutes = left_of_block(b), weeks = std::max(1, int(std::lround(double(minutes) / weekly_)));
    if (minutes > weeks * (weekly_ + 40) || minutes < weeks * (weekly_ - 30)) return;
    for (Day d = week; d < week + days(7 * weeks); d += days(1))
      if (used_[size_t(weekday_of(d))] && !studies(d)) return;
    aligned_ = true, block_ = b, block_end_ = week + days(7 * weeks);
  }
  int left_of_block(int b) const {
    int minutes = left_;
    for (size_t i = at_ + 1; i < work_.parts.size() && work_.parts[i].block == b; i++) minutes += work_.parts[i].minutes;
    return minutes;
  }
  int study_days_until(Day end) const {
    int n = 0;
    for (Day d = day_; d < end; d += days(1)) n += studies(d);
    return n;
  }

  void fill_day() {
    if (day_ >= block_end_) aligned_ = false;
    align();
    const int share = share_[size_t(weekday_of(day_))];
    int room = share + carry_, least = 0;
    if (aligned_ && at_ < work_.parts.size() && work_.parts[at_].block == block_) {
      const int n = study_days_until(block_end_), block = left_of_block(block_), per_week = int(used_.count());
      room = n == 1 ? block : 5 * ((block / 5 + n - 1) / n);
      least = (block * std::min(n, (n - 1) % per_week + 1) + n - 1) / n;  // of the block, until the week is over
    }
    const int reviewing = review(std::max(1, share / 3 / review_minutes), weekly_ + slack - least);
    if (!aligned_) room -= reviewing;
    while (at_ < work_.parts.size() && room > 0) {
      const Part& part = work_.parts[at_];
      if (aligned_ && part.block != block_) break;  // the next block has its own weeks
      int take = std::min({left_, longest_session, room});
      // No scraps: what would be left of a part, or of a day, is at least a quarter of an hour.
      if (left_ - take > 0 && left_ - take < shortest_session) take = left_ <= longest_session ? left_ : left_ - shortest_session;
      if (take < left_ && take < shortest_session) break;
      take = std::min(take, weekly_ + slack - week_used_);
      if (take <= 0 || (take < left_ && take < shortest_session)) break;
      plan_.sessions.push_back({day_, take, part.kind, part.item, command_for(part)});
      week_used_ += take, room -= take, left_ -= take;
      plan_.last = day_;
      if (plan_.first == Day{}) plan_.first = day_;
      if (left_ == 0) {
        if (part.ends_item && catalog_.find_lesson(part.item)) add_reviews(part.item, day_, 0);
        if (++at_ < work_.parts.size()) left_ = work_.parts[at_].minutes;
      }
    }
    carry_ = aligned_ ? 0 : std::clamp(room, 1 - shortest_session, shortest_session - 1);
  }

  // An exercise is laid into the learner's folder before it can be checked, however its parts fall on the days. Where it lies there already, from
  // an earlier plan, `cairn start` changes nothing and says what to type.
  std::string command_for(const Part& part) {
    if (part.kind != PlanSession::exercise && part.kind != PlanSession::project) return part.command;
    return begun_.insert(part.item).second ? "cairn start " + part.item : part.command;
  }

  // Five minutes each, those first that have waited longest, while the week stays within the limit.
  int review(int most, int limit) {
    if (!reviews_sorted_) std::stable_sort(reviews_.begin(), reviews_.end(), [](const Due& a, const Due& b) { return a.on < b.on; });
    reviews_sorted_ = true;
    int minutes = 0;
    while (!reviews_.empty() && reviews_.front().on <= day_ && most-- > 0 && week_used_ + review_minutes <= limit) {
      const Due due = reviews_.front();
      reviews_.pop_front();
      plan_.sessions.push_back({day_, review_minutes, PlanSession::review, due.item, "cairn review " + due.item, due.stage + 1, 3});
      minutes += review_minutes, week_used_ += review_minutes;
      // Two reviews of one lesson are at least a week apart, however late the first one came.
      for (Due& other : reviews_)
        if (other.item == due.item) reviews_sorted_ = false, other.on = std::max(other.on, day_ + days(7 * (other.stage - due.stage)));
    }
    return minutes;
  }

  void count_parts() {
    std::map<std::pair<std::string, int>, int> total, seen;
    for (const PlanSession& s : plan_.sessions)
      if (s.kind != PlanSession::review) total[{s.item, s.kind}]++;
    for (PlanSession& s : plan_.sessions)
      if (s.kind != PlanSession::review) s.part = ++seen[{s.item, s.kind}], s.parts = total[{s.item, s.kind}];
  }

  void judge() {
    if (!request_.end || plan_.last <= *request_.end) return;
    double before = 0, all = 0;
    for (const PlanSession& s : plan_.sessions) {
      if (s.kind == PlanSession::review) continue;
      all += s.minutes;
      if (s.day <= *request_.end) before += s.minutes;
    }
    plan_.problems.push_back(fmt::format("The hours do not suffice: of {:.0f} hours of work, {:.0f} fit in until {}; the rest lasts until {}.",
                                         all / 60, before / 60, iso_date(*request_.end), iso_date(plan_.last)));
  }

  const Catalog& catalog_;
  const PlanRequest request_;
  Weekdays used_;
  Day start_, day_;
  int weekly_ = 0;              // minutes
  std::array<int, 7> share_{};  // of a week's minutes, by day
  Work work_;
  Plan plan_;
  std::deque<Due> reviews_;
  std::set<std::string> begun_;  // exercises and projects
  bool reviews_sorted_ = false;
  size_t at_ = 0;  // the part that is next,
  int left_ = 0;   // and how much of it is left
  int carry_ = 0, week_used_ = 0;
  bool aligned_ = false;
  int block_ = -1;
  Day block_end_{};
};

void check_request(const PlanRequest& r, Day from) {
  if (!std::isfinite(r.hours) || r.hours < 0.5 || r.hours > 80)
    throw ConfigError(fmt::format("--hours must lie between 0.5 and 80 a week, got {:g}.", r.hours));
  if (r.days.none()) throw UsageError("--days names no day.\nHint: --days mon,wed,sat");
  if (r.end && *r.end < r.start) throw ConfigError(fmt::format("the plan ends on {}, before it starts on {}.", iso_date(*r.end), iso_date(r.start)));
  if (r.end && *r.end < from)
    throw ConfigError(fmt::format("the plan's end, {}, is past; today is {}.\nHint: a later --end.", iso_date(*r.end), iso_date(from)));
}

Plan planned(const Catalog& catalog, const PlanRequest& request, const Learned& learned, Day from) {
  return Scheduler(catalog, request, learned, learned_speed(catalog, learned), from).run();
}

// The length that the plan's track states; 0 for a choice of lessons, and for those who named an end of their own.
int own_weeks(const Catalog& catalog, const Plan& plan) {
  const Track* track = plan.request.end ? nullptr : catalog.find_track(trim(plan.request.track));
  return track ? track->weeks : 0;
}

}  // namespace

bool takes_longer(const Catalog& catalog, const Plan& plan) {
  const int own = own_weeks(catalog, plan);
  return own > 0 && week_of(plan, plan.last) > own + 1;  // a week more is no other plan: a day off may be behind it
}

const char* kind_name(PlanSession::Kind kind) {
  static const char* const names[] = {"theory", "demo", "train", "exercise", "project", "paper", "review", "again"};
  return names[kind];
}

Plan make_plan(const Catalog& catalog, const PlanRequest& request, const Learned& learned, Day from) {
  check_request(request, from);
  Plan plan = planned(catalog, request, learned, from);
  if (takes_longer(catalog, plan)) {
    std::vector<std::string> ways;
    for (const Offer& offer : offers(catalog, plan, learned, from)) ways.push_back(offer.what);
    plan.notes.push_back(fmt::format("At {:g} hours a week the track {} takes {} weeks, until {}, instead of its own {}.", request.hours,
                                     request.track, week_of(plan, plan.last), iso_date(plan.last), own_weeks(catalog, plan)));
    plan.notes.push_back(std::string(offers_note) + join(ways, "; ") + ".");
  }
  return plan;
}

double learned_speed(const Catalog& catalog, const Learned& learned) {
  constexpr double prior = 6;  // hours taken as stated: a first lesson that went badly does not double a plan
  double spent = prior, stated = prior;
  for (const auto& [id, passed] : learned.passed) {
    const Item* item = catalog.find(id);
    if (!item || item->hours <= 0 || passed.hours <= 0) continue;
    stated += item->hours;
    spent += std::clamp(passed.hours, item->hours / 5, item->hours * 5);  // a window left open overnight is not work
  }
  return std::clamp(spent / stated, 0.5, 3.0);
}

std::vector<Offer> offers(const Catalog& catalog, const Plan& plan, const Learned& learned, Day from) {
  std::vector<Offer> out;
  PlanRequest r = plan.request;
  r.core = true;
  if (!plan.request.core) {
    try {
      const Plan core = planned(catalog, r, learned, from);
      if (core.minutes_of_work < plan.minutes_of_work)
        out.push_back({fmt::format("the core path, {:.0f} hours: {}", core.minutes_of_work / 60,
                                   core.fits() && !takes_longer(catalog, core) ? "done by " + iso_date(core.last)
                                                                               : "still too much, it would last until " + iso_date(core.last)),
                       r});
    } catch (const UsageError&) {  // nothing of it is core
    }
  }
  r = plan.request;
  r.end = plan.last;
  const bool too_long = !plan.fits() || takes_longer(catalog, plan);
  if (too_long) out.push_back({"a later end: " + iso_date(plan.last), r});
  r = plan.request;
  // In half hours; more of them never make it later by much, so halving finds the least that does.
  const auto enough = [&](int halves) {
    r.hours = halves / 2.0;
    try {
      const Plan more = planned(catalog, r, learned, from);
      const int own = own_weeks(catalog, more);  // kept to the week: what is advised shall do what it says
      return more.fits() && (own == 0 || week_of(more, more.last) <= own);
    } catch (const ConfigError&) {  // more than the days of the week hold
      return false;
    }
  };
  int low = int(std::floor(plan.request.hours * 2)), high = std::min(120, int(plan.request.days.count()) * 24);
  if (too_long && low < high && enough(high)) {
    while (high - low > 1) (enough((low + high) / 2) ? high : low) = (low + high) / 2;
    r.hours = high / 2.0;
    out.push_back({fmt::format("more time: {:g} hours a week", r.hours), r});
  }
  return out;
}

std::vector<PlanSession> missed(const Plan& plan, const Learned& learned, Day day) {
  std::vector<PlanSession> out;
  for (const PlanSession& s : plan.sessions)
    if (s.day < day && s.kind != PlanSession::review && !learned.passed.count(s.item) && !learned.skipped.count(s.item)) out.push_back(s);
  return out;
}

std::vector<PlanSession> sessions_on(const Plan& plan, Day day) {
  std::vector<PlanSession> out;
  for (const PlanSession& s : plan.sessions)
    if (s.day == day) out.push_back(s);
  return out;
}

int week_of(const Plan& plan, Day day) { return int((day - plan.request.start).count() / 7) + 1; }

}  // namespace cairn::course
