// The tests of crashes rest on RecordingDisk; these show that it would catch what it is there to catch.
#include <gtest/gtest.h>

#include <set>

#include <cairn/base/errors.h>
#include <tests/helpers/recording_disk.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

// Every content of `name` that some crash during `body` may leave; "(none)" when it is not there.
std::set<std::string> outcomes(const TempFolder& folder, const std::string& name, const std::function<void(Disk&)>& body) {
  RecordingDisk recorder(folder.path());
  body(recorder);
  std::set<std::string> all;
  recorder.each_crash([&](const std::string& remains, const std::string&) {
    all.insert(file_exists(remains + "/" + name) ? read_file(remains + "/" + name) : "(none)");
  });
  return all;
}

void write_and_close(Disk& d, const std::string& path, const std::string& text, bool sync) {
  int file = d.create(path);
  d.write(file, text.data(), text.size());
  if (sync) d.sync(file);
  d.close(file);
}

using Outcomes = std::set<std::string>;

TEST(CrashModel, a_file_written_in_place_may_end_up_empty_or_cut) {
  TempFolder folder;
  folder.put("a", "old");
  EXPECT_EQ(outcomes(folder, "a", [&](Disk& d) { write_and_close(d, folder / "a", "newer!", true); }), (Outcomes{"old", "", "new", "newer!"}));
}

TEST(CrashModel, a_rename_without_sync_of_the_data_may_lose_the_data) {
  TempFolder folder;
  folder.put("a", "old");
  Outcomes all = outcomes(folder, "a", [&](Disk& d) {
    write_and_close(d, folder / "b", "newer!", false);
    d.rename(folder / "b", folder / "a");
    d.sync_folder(folder.path());
  });
  EXPECT_EQ(all, (Outcomes{"old", "", "new", "newer!"}));
}

TEST(CrashModel, a_rename_without_sync_of_the_folder_may_be_undone) {
  TempFolder folder;
  folder.put("a", "old");
  RecordingDisk recorder(folder.path());
  write_and_close(recorder, folder / "b", "new", true);
  recorder.rename(folder / "b", folder / "a");
  Outcomes at_the_end;
  for (Crash crash : all_crashes()) {
    TempFolder after;
    recorder.replay(recorder.log().size(), crash, after.path());
    at_the_end.insert(read_file(after / "a"));
  }
  EXPECT_EQ(at_the_end, (Outcomes{"old", "new"}));
}

TEST(CrashModel, an_appended_line_may_be_cut_but_what_was_synced_before_stays) {
  TempFolder folder;
  folder.put("log", "one\n");
  Outcomes all = outcomes(folder, "log", [&](Disk& d) {
    int file = d.append(folder / "log");
    d.write(file, "two\n", 4);
    d.sync(file);
    d.write(file, "three\n", 6);
    d.close(file);
  });
  EXPECT_EQ(all, (Outcomes{"one\n", "one\ntw", "one\ntwo\n", "one\ntwo\nthr", "one\ntwo\nthree\n"}));
}

TEST(CrashModel, a_truncation_may_or_may_not_have_happened) {
  TempFolder folder;
  folder.put("log", "abcdef");
  EXPECT_EQ(outcomes(folder, "log", [&](Disk& d) { d.truncate(folder / "log", 4); }), (Outcomes{"abcdef", "abcd", "ab"}));
}

TEST(CrashModel, a_renamed_folder_takes_its_files_along) {
  TempFolder folder;
  Outcomes all = outcomes(folder, "done/w", [&](Disk& d) {
    d.make_folder(folder / "tmp/");
    write_and_close(d, folder / "tmp/w", "weights", true);
    d.sync_folder(folder / "tmp");
    d.rename(folder / "tmp", folder / "done");
    d.sync_folder(folder.path());
  });
  EXPECT_EQ(all, (Outcomes{"(none)", "weights"}));
}

TEST(CrashModel, a_synced_file_in_a_folder_that_was_not_may_be_gone) {
  TempFolder folder;
  Outcomes all = outcomes(folder, "new/w", [&](Disk& d) {
    d.make_folder(folder / "new");
    write_and_close(d, folder / "new/w", "x", true);
    d.sync_folder(folder / "new");
  });
  EXPECT_TRUE(all.contains("(none)"));
  RecordingDisk recorder(folder.path());
  recorder.remove_all(folder / "new");
  TempFolder back, gone;
  recorder.replay(1, {Crash::kept, false}, back.path());
  recorder.replay(1, {Crash::kept, true}, gone.path());
  EXPECT_TRUE(file_exists(back / "new/w"));
  EXPECT_FALSE(file_exists(gone / "new"));
}

TEST(CrashModel, the_whole_log_with_nothing_lost_rebuilds_the_folder) {
  TempFolder folder, copy;
  folder.put("x/old", "1");
  RecordingDisk recorder(folder.path());
  recorder.make_folder(folder / "y/z");
  write_and_close(recorder, folder / "y/z/new", "2", false);
  recorder.rename(folder / "y", folder / "x/y");
  recorder.replay(recorder.log().size(), {Crash::kept, true}, copy.path());
  EXPECT_EQ(read_file(copy / "x/old"), "1");
  EXPECT_EQ(read_file(copy / "x/y/z/new"), "2");
  EXPECT_EQ(describe(recorder.log().back()), "rename y to x/y");
}

TEST(CrashModel, refuses_to_touch_what_lies_outside_of_its_root) {
  TempFolder folder, other;
  RecordingDisk recorder(folder.path());
  EXPECT_THROW(recorder.create(other / "a"), StateError);
  EXPECT_THROW(recorder.create(folder / "../a"), StateError);
  EXPECT_THROW(recorder.remove_all(folder.path()), StateError);
  EXPECT_TRUE(recorder.log().empty());
}

TEST(FaultyDisk, fails_once_or_from_then_on) {
  TempFolder folder;
  FaultyDisk once(2), full(2, true);
  for (FaultyDisk* d : {&once, &full}) {
    int file = d->create(folder / "a");
    EXPECT_THROW(d->write(file, "abcd", 4), FileError);
    EXPECT_EQ(read_file(folder / "a"), "ab");
    if (d == &once) d->write(file, "cd", 2);
    else EXPECT_THROW(d->write(file, "cd", 2), FileError);
    d->close(file);
    EXPECT_TRUE(d->failed());
    EXPECT_EQ(d->calls(), 4u);
  }
}

}  // namespace
}  // namespace cairn
