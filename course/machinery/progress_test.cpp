#include <course/machinery/progress.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <tests/helpers/temp_folder.h>

namespace cairn::course {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Entry entry(const std::string& id, const std::string& date, const std::string& kind = "exercise", bool passed = true) {
  Entry e{id, kind, passed};
  e.date = date;
  e.at = std::chrono::duration_cast<std::chrono::milliseconds>(parse_date(date).time_since_epoch()).count() + 1;
  return e;
}

std::vector<std::string> due(const Progress& p, const std::string& date) {
  std::vector<std::string> ids;
  for (const Review& r : p.due_reviews(parse_date(date))) ids.push_back(r.id + "/" + std::to_string(r.stage) + " " + iso_date(r.due));
  return ids;
}

std::vector<std::string> files_with(const TempFolder& folder, const std::string& word) {
  std::vector<std::string> names;
  for (const auto& f : std::filesystem::directory_iterator(folder.path()))
    if (f.path().filename().string().find(word) != std::string::npos) names.push_back(f.path().string());
  return names;
}

template <class F> std::string error_of(F f) {
  try {
    f();
  } catch (const Error& e) { return std::string(e.type()) + ": " + e.what(); }
  return "no error";
}

}  // namespace

TEST(Dates, are_read_and_written) {
  EXPECT_EQ(iso_date(parse_date("2028-02-29")), "2028-02-29");
  EXPECT_EQ((parse_date("2027-03-01") - parse_date("2027-02-27")).count(), 2);
  EXPECT_EQ(iso_date(today()).size(), 10u);
  for (const char* bad : {"2027-02-30", "2027-2-3", "4.1.2027", "", "2027-13-01", "2027-00-10", "1969-12-31", "2200-01-01", "2027-01-04 "})
    EXPECT_THROW(parse_date(bad), ConfigError) << bad;
}

TEST(Progress, a_pass_is_noted_with_date_time_and_digest) {
  TempFolder home;
  Entry noted;
  {
    Progress p(Progress::Write, home / "new/folder");
    EXPECT_FALSE(p.passed("A01"));
    p.record({"A01", "exercise", false, 60});
    noted = p.record({"A01", "exercise", true, 300, sha256("int main() {}")});
    p.record({"A01", "quiz", true, 100});
    p.record({"A02", "quiz", true, 50});
    EXPECT_THAT(p.notes(), IsEmpty());
  }
  Progress p(Progress::Read, home / "new/folder");
  EXPECT_TRUE(p.passed("A01"));
  EXPECT_FALSE(p.passed("A02")) << "a quiz alone is no proof";
  EXPECT_EQ(p.time_spent("A01"), 460);
  ASSERT_EQ(p.passes("A01").size(), 2u);
  EXPECT_EQ(p.passes("A01")[0], noted);
  EXPECT_EQ(noted.date, iso_date(today()));
  EXPECT_EQ(noted.digest, sha256("int main() {}"));
  EXPECT_THAT(p.passed_ids(), ElementsAre("A01"));
}

TEST(Progress, reading_makes_nothing_where_nothing_is) {
  TempFolder home;
  Progress p(Progress::Read, home / "cairn");
  EXPECT_THAT(p.entries(), IsEmpty());
  EXPECT_THAT(p.returned(), IsEmpty());
  EXPECT_FALSE(file_exists(home / "cairn"));
  EXPECT_FALSE(Progress::there(home / "cairn"));
  p.record({"A01"});  // now there is something
  EXPECT_TRUE(Progress::there(home / "cairn"));
}

TEST(Progress, wrong_entries_are_refused) {
  TempFolder home;
  Progress p(Progress::Write, home.path());
  EXPECT_THAT(error_of([&] { p.record({"A 1"}); }), HasSubstr("no id"));
  EXPECT_THAT(error_of([&] { p.record({std::string(65, 'a')}); }), HasSubstr("no id"));
  EXPECT_THAT(error_of([&] { p.record({"A01", "exercize"}); }), HasSubstr("exercise"));
  EXPECT_THAT(error_of([&] { p.record({"A01", "quiz", true, -1}); }), HasSubstr("seconds"));
  EXPECT_THAT(error_of([&] { p.record({"A01", "quiz", true, 1, "abc"}); }), HasSubstr("digest"));
  EXPECT_THAT(error_of([&] { p.record({"A01", "quiz", true, 1, "", std::string(70000, 'x')}); }), HasSubstr("64 KiB"));
  EXPECT_THAT(p.entries(), IsEmpty());
}

TEST(Progress, reviews_are_due_after_one_three_and_eight_weeks) {
  TempFolder home;
  Progress p(Progress::Write, home.path());
  p.record(entry("A06", "2027-01-04"));
  EXPECT_THAT(due(p, "2027-01-10"), IsEmpty());
  EXPECT_THAT(due(p, "2027-01-11"), ElementsAre("A06/0 2027-01-11"));
  p.record(entry("A06", "2027-01-09"));  // passing again does not put it off
  EXPECT_THAT(due(p, "2027-01-11"), ElementsAre("A06/0 2027-01-11"));
  p.record(entry("A06", "2027-01-11", "review"));
  EXPECT_THAT(due(p, "2027-01-24"), IsEmpty());
  EXPECT_THAT(due(p, "2027-01-25"), ElementsAre("A06/1 2027-01-25"));
  p.record(entry("A06", "2027-01-30", "review"));
  EXPECT_THAT(due(p, "2027-02-28"), IsEmpty());
  EXPECT_THAT(due(p, "2027-03-01"), ElementsAre("A06/2 2027-03-01"));
  p.record(entry("A06", "2027-03-01", "review"));
  EXPECT_THAT(due(p, "2030-01-01"), IsEmpty());
}

TEST(Progress, a_late_review_leaves_a_week_to_the_next) {
  TempFolder home;
  Progress p(Progress::Write, home.path());
  p.record(entry("A06", "2027-01-04"));
  p.record(entry("A06", "2027-01-24", "review"));
  EXPECT_THAT(due(p, "2027-02-28"), ElementsAre("A06/1 2027-01-31"));
}

TEST(Progress, a_failed_review_brings_the_lesson_back_until_it_is_passed_again) {
  TempFolder home;
  Progress p(Progress::Write, home.path());
  p.record(entry("A06", "2027-01-04"));
  p.record(entry("A07", "2027-01-04"));
  p.record(entry("A06", "2027-01-11", "review", false));
  EXPECT_THAT(p.returned(), ElementsAre("A06"));
  EXPECT_THAT(due(p, "2027-01-11"), ElementsAre("A07/0 2027-01-11"));
  EXPECT_TRUE(p.passed("A06")) << "what was earned stays";
  p.record(entry("A06", "2027-01-12", "quiz", false));
  EXPECT_THAT(p.returned(), ElementsAre("A06"));
  p.record(entry("A06", "2027-01-13", "quiz"));
  EXPECT_THAT(p.returned(), IsEmpty());
  EXPECT_THAT(due(p, "2027-01-20"), ElementsAre("A07/0 2027-01-11", "A06/0 2027-01-20"));
}

TEST(Progress, the_last_placement_counts) {
  TempFolder home;
  Progress p(Progress::Write, home.path());
  EXPECT_THAT(p.placed_ids(), IsEmpty());
  p.record({"placement", "placement", true, 600, "", R"({"skip": ["A04", "A05"]})"});
  EXPECT_THAT(p.placed_ids(), ElementsAre("A04", "A05"));
  p.record({"placement", "placement", true, 600, "", R"({"skip": ["A06"]})"});
  EXPECT_THAT(p.placed_ids(), ElementsAre("A06"));
  EXPECT_THAT(p.passed_ids(), IsEmpty());
}

TEST(Progress, export_and_import_keep_everything_once) {
  TempFolder one, two;
  Progress from(Progress::Write, one.path()), to(Progress::Write, two.path());
  from.record({"A01", "exercise", true, 0.1, sha256("x"), "caf\xc3\xa9"});
  from.record({"A02", "review", false, 12});
  to.record({"A03"});
  const Json json = Json::parse(from.to_json().dump());
  EXPECT_EQ(to.import(json, "x.json"), 2);
  EXPECT_EQ(to.import(json, "x.json"), 0) << "a second time adds nothing";
  EXPECT_EQ(to.entries("A01"), from.entries("A01"));
  EXPECT_EQ(to.entries().size(), 3u);
}

TEST(Progress, a_wrong_import_changes_nothing_and_names_the_entry) {
  TempFolder home;
  Progress p(Progress::Write, home.path());
  const auto imported = [&](const std::string& text) { return error_of([&] { p.import(Json::parse(text), "x.json"); }); };
  EXPECT_THAT(imported("[]"), HasSubstr("no export"));
  EXPECT_THAT(imported(R"({"format": "cairn progress", "version": 9, "entries": []})"), HasSubstr("format 9"));
  const std::string good = R"({"id":"A01","kind":"quiz","passed":true,"seconds":1,"digest":"","detail":"","date":"2027-01-04","at":5})";
  const auto with = [&](const std::string& other) { return R"({"format":"cairn progress","version":1,"entries":[)" + good + "," + other + "]}"; };
  EXPECT_THAT(imported(with(R"({"id":"A02"})")), HasSubstr("entry 2"));
  EXPECT_THAT(imported(with(R"({"id":"../x","kind":"quiz","passed":true,"seconds":1,"digest":"","detail":"","date":"2027-01-04","at":5})")),
              HasSubstr("entry 2: '../x' is no id"));
  EXPECT_THAT(imported(with(R"({"id":"A02","kind":"quiz","passed":true,"seconds":null,"digest":"","detail":"","date":"2027-01-04","at":5})")),
              HasSubstr("entry 2"));
  EXPECT_THAT(imported(with(R"({"id":"A02","kind":"quiz","passed":true,"seconds":1,"digest":"","detail":"","date":"2027-02-30","at":5})")),
              HasSubstr("2027-02-30"));
  EXPECT_THAT(p.entries(), IsEmpty());
}

TEST(Progress, a_reset_keeps_a_copy) {
  TempFolder home;
  Progress p(Progress::Write, home.path());
  p.record({"A01"});
  const std::string copy = p.reset();
  EXPECT_THAT(p.entries(), IsEmpty());
  EXPECT_THAT(Progress(Progress::Read, home.path()).entries(), IsEmpty());
  TempFolder other;
  other.put("progress.db", read_file(copy));
  EXPECT_TRUE(Progress(Progress::Read, other.path()).passed("A01"));
}

class DamagedProgress : public testing::TestWithParam<const char*> {};
TEST_P(DamagedProgress, is_kept_aside_and_restored_from_the_last_good_copy) {
  TempFolder home;
  {
    Progress p(Progress::Write, home.path());
    for (int i = 0; i < 6; i++) p.record({"A0" + std::to_string(i), "exercise", true, double(i), "", std::string(1000, 'x')});
  }
  const std::string file = home / "progress.db", how = GetParam();
  std::string bytes = read_file(file);
  if (how == "half of it") bytes.resize(bytes.size() / 2);
  if (how == "empty") bytes.clear();
  if (how == "words") bytes = "my notes\n";
  if (how == "zeros") bytes.assign(bytes.size(), '\0');
  if (how == "a letter") bytes[bytes.rfind("exercise")] = 'E';
  if (how == "the schema") bytes.replace(bytes.find("CREATE TABLE"), 12, "CREATE TABLX");
  if (how == "missing") std::filesystem::remove(file);
  else home.put("progress.db", bytes);
  Progress p(Progress::Read, home.path());
  EXPECT_EQ(p.entries().size(), 6u);
  ASSERT_EQ(p.notes().size(), 1u);
  EXPECT_THAT(p.notes()[0], HasSubstr("last good copy"));
  if (how != "missing") {
    ASSERT_EQ(files_with(home, "damaged").size(), 1u);
    EXPECT_EQ(read_file(files_with(home, "damaged")[0]), bytes);
  }
  EXPECT_THAT(Progress(Progress::Read, home.path()).notes(), IsEmpty()) << "mended once";
}
INSTANTIATE_TEST_SUITE_P(, DamagedProgress, testing::Values("half of it", "empty", "words", "zeros", "a letter", "the schema", "missing"));

TEST(Progress, damage_of_file_and_copy_is_kept_aside_and_a_new_file_begun) {
  TempFolder home;
  Progress(Progress::Write, home.path()).record({"A01"});
  home.put("progress.db", "ruined");
  home.put("progress.backup", "ruined, too");
  Progress p(Progress::Write, home.path());
  EXPECT_THAT(p.entries(), IsEmpty());
  ASSERT_EQ(p.notes().size(), 1u);
  EXPECT_THAT(p.notes()[0], HasSubstr("no good copy"));
  EXPECT_EQ(files_with(home, "damaged").size(), 2u);
}

TEST(Progress, a_file_set_aside_by_another_process_is_not_written_to) {
  TempFolder home;
  Progress p(Progress::Write, home.path());
  p.record({"A01"});
  std::filesystem::rename(home / "progress.db", home / "elsewhere.db");
  p.record({"A02"});
  EXPECT_EQ(Progress(Progress::Read, home.path()).entries().size(), 2u);
}

TEST(Progress, a_file_of_a_newer_cairn_is_left_alone) {
  TempFolder home;
  Progress(Progress::Write, home.path()).record({"A01"});
  std::string bytes = read_file(home / "progress.db");
  bytes[63] = 9;  // the user version stands in bytes 60 to 63 of SQLite's header
  home.put("progress.db", bytes);
  EXPECT_THAT(error_of([&] { Progress p(Progress::Write, home.path()); }), HasSubstr("newer Cairn"));
  EXPECT_EQ(read_file(home / "progress.db"), bytes);
}

TEST(Progress, a_place_that_cannot_be_a_folder_is_a_clear_error) {
  TempFolder home;
  const std::string file = home.put("file", "x");
  EXPECT_THAT(error_of([&] { Progress p(Progress::Write, file + "/cairn"); }), testing::AllOf(HasSubstr("FileError"), HasSubstr(file)));
}

TEST(Progress, a_full_home_is_a_clear_error_and_loses_nothing) {
  TempFolder home;
  Progress p(Progress::Write, home.path());
  p.record({"A01"});
  // A limit on the size of files stands in for a full disk: writes beyond it fail in the same way.
  signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit tight = before;
  tight.rlim_cur = file_size(home / "progress.db");
  setrlimit(RLIMIT_FSIZE, &tight);
  std::string error;
  int noted = 0;
  for (int i = 0; i < 200 && error.empty(); i++) {
    try {
      p.record({"A02", "exercise", true, 1, "", std::string(2000, 'x')});
      noted++;
    } catch (const Error& e) { error = std::string(e.type()) + ": " + e.what(); }
  }
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_THAT(error, testing::AllOf(HasSubstr("FileError"), HasSubstr("free some space")));
  EXPECT_EQ(p.entries().size(), size_t(noted) + 1);
  p.record({"A03"});
  Progress again(Progress::Read, home.path());
  EXPECT_EQ(again.entries().size(), size_t(noted) + 2);
  EXPECT_THAT(again.notes(), IsEmpty());
}

namespace {

// What only reads stands on a disk that takes no byte more.
template <class F> void on_a_full_disk(F&& f) {
  signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit none = before;
  none.rlim_cur = 0;
  setrlimit(RLIMIT_FSIZE, &none);
  f();
  setrlimit(RLIMIT_FSIZE, &before);
}

}  // namespace

TEST(Progress, reading_needs_no_room_on_the_disk) {
  TempFolder home;
  Progress(Progress::Write, home.path()).record({"A01"});
  const auto read = [&] {
    std::string said;
    std::set<std::string> ids;
    on_a_full_disk([&] {
      try {
        const Progress p(Progress::Read, home.path());
        ids = p.passed_ids();
        said = testing::PrintToString(p.notes());
      } catch (const Error& e) { said = std::string("refused: ") + e.what(); }
    });
    return std::pair(ids, said);
  };
  EXPECT_EQ(read(), std::pair(std::set<std::string>{"A01"}, std::string("{}")));
  // The copy is read where the file is damaged or missing and cannot be mended; both stay as they are.
  for (const bool missing : {false, true}) {
    if (missing) std::filesystem::remove(home / "progress.db");
    else write_file(home / "progress.db", "ruined");
    const auto [ids, said] = read();
    EXPECT_THAT(ids, ElementsAre("A01")) << said;
    EXPECT_THAT(said, testing::AllOf(HasSubstr(missing ? "is missing" : "is damaged"), HasSubstr("last good copy"), HasSubstr("cannot be mended")));
    EXPECT_EQ(file_exists(home / "progress.db"), !missing);
    if (!missing) EXPECT_EQ(read_file(home / "progress.db"), "ruined");
  }
  // With room again it is mended.
  EXPECT_THAT(Progress(Progress::Read, home.path()).passed_ids(), ElementsAre("A01"));
  EXPECT_EQ(read(), std::pair(std::set<std::string>{"A01"}, std::string("{}")));
}

TEST(Progress, a_file_that_a_full_disk_left_empty_reads_as_nothing) {
  TempFolder home;
  on_a_full_disk([&] {
    EXPECT_THROW(Progress(Progress::Write, home.path()), FileError);
    ASSERT_TRUE(file_exists(home / "progress.db"));
    EXPECT_THAT(Progress(Progress::Read, home.path()).entries(), IsEmpty());
  });
  write_file(home / "progress.db", "ruined");
  on_a_full_disk([&] { EXPECT_THROW(Progress(Progress::Read, home.path()), FileError) << "there is no good copy"; });
}

TEST(Progress, several_at_once_lose_nothing) {
  TempFolder home;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; t++)
    threads.emplace_back([&, t] {
      Progress p(Progress::Write, home.path());
      for (int i = 0; i < 5; i++) p.record({"A0" + std::to_string(t), "exercise", true, double(i)});
    });
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(Progress(Progress::Read, home.path()).entries().size(), 20u);
  TempFolder copy;
  copy.put("progress.db", read_file(home / "progress.backup"));
  EXPECT_EQ(Progress(Progress::Read, copy.path()).entries().size(), 20u) << "the copy is the newest state";
}

// A child notes passes and says so through a pipe; it is killed at some moment. What it said is there, in the file or through the copy.
TEST(ProgressSlow, killed_at_any_moment_nothing_earned_is_lost) {
  TempFolder home;
  std::vector<std::string> earned;
  for (int round = 0; round < 20; round++) {
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      for (int i = 0;; i++) {
        const int number = round * 100'000 + i;
        try {
          Progress p(Progress::Write, home.path());
          p.record({"N" + std::to_string(number)});
        } catch (const std::exception&) { _exit(1); }
        if (write(pipe_ends[1], &number, sizeof number) != sizeof number) _exit(1);
      }
    }
    close(pipe_ends[1]);
    int first = 0;
    if (read(pipe_ends[0], &first, sizeof first) == sizeof first) earned.push_back("N" + std::to_string(first));
    usleep(useconds_t(2'300 * round));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";
    for (int number = 0; read(pipe_ends[0], &number, sizeof number) == sizeof number;) earned.push_back("N" + std::to_string(number));
    close(pipe_ends[0]);
    if (round % 5 == 4) home.put("progress.db", "damaged as well");  // then the copy has to have it all
    Progress p(Progress::Read, home.path());
    const std::set<std::string> there = p.passed_ids();
    for (const std::string& id : earned) EXPECT_TRUE(there.contains(id)) << id << " was earned and is lost";
  }
  EXPECT_GE(earned.size(), 20u);
}

}  // namespace cairn::course
